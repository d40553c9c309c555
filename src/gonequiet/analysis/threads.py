"""Ties messages into threads: by their headers, else by what they quote, else by subject.

Headers decide where there are any (RFC 5322, 3.6.4): a message that names others is never tied by
its words. Mail without such headers (old systems, some exports) is tied to the message whose
opening words it quotes, else to the latest message of the same subject among the same people,
unless others answer under that subject with headers.

Everything is local: a message's link depends only on the messages it shares an id, a subject key
or a quoted opening with, so a new message needs only those to be linked again.

Clocks: copies of the same mail were seen shifted by whole hours, so a reply may stand up to
`CLOCK_SHIFT_HOURS` before its parent; it is never tied by words to one further in its future.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from gonequiet.analysis.addresses import organisation_of
from gonequiet.analysis.disjoint_sets import DisjointSets
from gonequiet.domain.moments import DAY
from gonequiet.domain.thread import Link, LinkRule, MessageHead

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

SUBJECT_DAYS: Final = 90  # a reply by subject comes within; 99 in 100 known replies take 45
QUOTE_DAYS: Final = 365
CLOCK_SHIFT_HOURS: Final = 14
PEOPLE_READ: Final = 50  # of one message, in comparing who shares it
CHAIN_WALKED: Final = 1_000  # answers of answers followed, in looking for a circle
LOOKED_AT: Final = 30  # messages of one opening, or after one reply, before giving up
_NEVER: Final = 1 << 60  # sorts messages without a moment last


class _Forest(DisjointSets):
    """What is known so far: a parent per message, and the sets they form."""

    __slots__ = ("heads", "moments", "order", "owner", "parents", "people", "rules")

    def __init__(self, heads: Sequence[MessageHead], owner: frozenset[str]) -> None:
        super().__init__(len(heads))
        self.heads = heads
        self.owner = owner
        self.people: dict[int, frozenset[str]] = {}
        self.moments = [
            (head.sent_at if head.sent_at is not None else _NEVER, head.message) for head in heads
        ]
        self.order = sorted(range(len(heads)), key=self.moments.__getitem__)
        self.parents = [-1] * len(heads)
        self.rules = [LinkRule.START] * len(heads)

    def tie(self, child: int, parent: int, rule: LinkRule) -> None:
        """Sets the parent of a message."""
        self.parents[child] = parent
        self.rules[child] = rule
        self.unite(child, parent)

    def people_of(self, at: int) -> frozenset[str]:
        """Everybody on a message but the owner; a note to oneself is among the owner's own."""
        people = self.people.get(at)
        if people is None:
            head = self.heads[at]
            people = frozenset((head.sender, *head.recipients[:PEOPLE_READ])) - self.owner
            people = self.people[at] = people or frozenset((head.sender,))
        return people

    def descends(self, at: int, ancestor: int) -> bool:
        """Whether a message answers another, at any distance; yes when that is too far to tell."""
        if self.root_of(at) != self.root_of(ancestor):
            return False
        for _ in range(CHAIN_WALKED):
            if at == ancestor:
                return True
            at = self.parents[at]
            if at < 0:
                return False
        return True


def link(heads: Sequence[MessageHead], *, owner: Collection[str] = ()) -> list[Link]:
    """Finds the parent and the thread of every message.

    Args:
        heads: the messages, in any order; whole components, as the module says.
        owner: keys of the owner, who shares in everything and so proves nothing.

    Returns:
        One link per head, in the order given.
    """
    forest = _Forest(heads, frozenset(owner) | {""})
    _tie_by_headers(forest)
    _tie_by_words(forest)
    return _links_of(forest)


def _links_of(forest: _Forest) -> list[Link]:
    """Names each thread by its earliest message."""
    heads, parents, rules = forest.heads, forest.parents, forest.rules
    first: dict[int, int] = {}
    found: list[Link] = []
    for at in forest.order:
        first.setdefault(forest.root_of(at), heads[at].message)
    for at, head in enumerate(heads):
        thread, parent, rule = first[forest.root_of(at)], parents[at], rules[at]
        if parent >= 0:
            found.append(Link(head.message, heads[parent].message, rule, thread))
        elif thread != head.message and (head.in_reply_to or head.references):
            found.append(Link(head.message, None, LinkRule.SHARED_ROOT, thread))
        else:
            found.append(Link(head.message, None, LinkRule.START, thread))
    return found


# By headers.


def _tie_by_headers(forest: _Forest) -> None:
    """Ties every message to the one it names; those that name the same id share a thread."""
    heads, moments = forest.heads, forest.moments
    known: dict[str, int] = {}
    for at in forest.order:
        name = heads[at].message_id
        if name and (first := known.setdefault(name, at)) != at:
            forest.unite(at, first)
    doubtful: list[tuple[int, int, LinkRule]] = []
    for at, parent, rule in _named_parents(forest, known):
        if moments[parent] < moments[at]:
            forest.tie(at, parent, rule)
        else:
            doubtful.append((at, parent, rule))
    # Ties to an earlier message cannot close a circle; the few to a later one could.
    for at, parent, rule in doubtful:
        if not forest.descends(parent, at):
            forest.tie(at, parent, rule)


def _named_parents(forest: _Forest, known: dict[str, int]) -> Iterator[tuple[int, int, LinkRule]]:
    """Yields each message that names one we have, and joins all that name the same id."""
    named: dict[str, int] = dict(known)
    for at, head in enumerate(forest.heads):
        if not head.in_reply_to and not head.references:
            continue
        for name in head.in_reply_to + head.references:
            other = named.setdefault(name, at)
            if other != at:
                forest.unite(at, other)
        found = _named_parent(at, head, known)
        if found is not None:
            yield (at, *found)


def _named_parent(at: int, head: MessageHead, known: dict[str, int]) -> tuple[int, LinkRule] | None:
    """The message a header names: In-Reply-To first, else the last of References we have."""
    for name in head.in_reply_to:
        if (parent := known.get(name, at)) != at:
            return parent, LinkRule.IN_REPLY_TO
    for name in reversed(head.references):
        if (parent := known.get(name, at)) != at:
            return parent, LinkRule.REFERENCES
    return None


# By words.


def _tie_by_words(forest: _Forest) -> None:
    """Ties replies without headers: by the opening they quote, else by subject and people."""
    seekers = [at for at in forest.order if _seeks(forest.heads[at])]
    openings = _openings(forest, seekers)
    for at in seekers:
        places = openings.get(forest.heads[at].quoted_digest)
        parent = _quoted(forest, at, places) if places else None
        if parent is not None:
            forest.tie(at, parent, LinkRule.QUOTE)
    for group in _subject_groups(forest, seekers):
        _tie_group(forest, group)


def _seeks(head: MessageHead) -> bool:
    """Whether a message names no other but looks like a reply."""
    if head.in_reply_to or head.references or head.sent_at is None:
        return False
    return head.is_reply or head.quoted_digest != 0


def _openings(forest: _Forest, seekers: Sequence[int]) -> dict[int, list[int]]:
    """Messages by their opening words, in order, for the openings that somebody quotes."""
    found: dict[int, list[int]] = {
        digest: [] for at in seekers if (digest := forest.heads[at].quoted_digest)
    }
    if found:
        for at in forest.order:
            if (places := found.get(forest.heads[at].opening_digest)) is not None:
                places.append(at)
    return found


def _quoted(forest: _Forest, at: int, places: Sequence[int]) -> int | None:
    """The message that was quoted: the latest of the same subject, else the latest."""
    heads, moments = forest.heads, forest.moments
    people, key = forest.people_of(at), heads[at].subject_key
    until = moments[at][0] + CLOCK_SHIFT_HOURS * 3600
    since = moments[at][0] - QUOTE_DAYS * DAY
    other: int | None = None
    strangers: list[int] = []
    end = bisect_right(places, (until, _NEVER), key=moments.__getitem__)
    for place in reversed(places[max(0, end - LOOKED_AT) : end]):
        if place == at or moments[place][0] < since or forest.descends(place, at):
            continue
        if people.isdisjoint(forest.people_of(place)):
            if heads[place].subject_key == key:
                strangers.append(place)
            continue
        if heads[place].subject_key == key:
            return place
        other = place if other is None else other
    if other is not None and _is_telling(forest, at, places):
        return other
    return _passed_on(forest, at, strangers)


def _passed_on(forest: _Forest, at: int, places: Sequence[int]) -> int | None:
    """What the owner wrote to others and somebody of their house quotes back to the owner.

    It was passed on to them: they answer under its subject, though it never went to them.
    """
    head = forest.heads[at]
    house = organisation_of(head.sender)
    if not house or forest.owner.isdisjoint(head.recipients):
        return None
    for place in places:
        is_owners = forest.heads[place].sender in forest.owner
        if is_owners and house in {organisation_of(one) for one in forest.people_of(place)}:
            return place
    return None


def _is_telling(forest: _Forest, at: int, places: Sequence[int]) -> bool:
    """Whether an opening stands under one subject only; "for your information" does not."""
    if len(places) > LOOKED_AT:
        return False
    return len({forest.heads[place].subject_key for place in places if place != at}) == 1


def _subject_groups(forest: _Forest, seekers: Sequence[int]) -> Iterator[list[int]]:
    """Yields messages of one subject, in order, wherever one of them still seeks its parent.

    Where replies of the subject carry headers, one without them is taken at its word: it starts.
    """
    groups: dict[str, list[int]] = {
        key: []
        for at in seekers
        if forest.parents[at] < 0
        and forest.heads[at].is_reply
        and (key := forest.heads[at].subject_key)
    }
    for at in forest.order:
        head = forest.heads[at]
        if (group := groups.get(head.subject_key)) is not None:
            group.append(at)
            if head.is_reply and (head.in_reply_to or head.references):
                del groups[head.subject_key]
    yield from groups.values()


def _tie_group(forest: _Forest, group: Sequence[int]) -> None:
    """Ties each seeker to the latest message before it that shares somebody with it."""
    heads, parents = forest.heads, forest.parents
    latest: dict[str, int] = {}  # by person: place in the group of the last message with them
    left: list[int] = []
    for place, at in enumerate(group):
        people = forest.people_of(at)
        if parents[at] < 0 and heads[at].is_reply and _seeks(heads[at]):
            before = max([latest[person] for person in people if person in latest], default=-1)
            if before >= 0 and _may_answer(forest, at, group[before]):
                forest.tie(at, group[before], LinkRule.SUBJECT)
            else:
                left.append(place)
        latest.update(dict.fromkeys(people, place))
    for place in left:
        _tie_to_shifted(forest, group, place)


def _may_answer(forest: _Forest, child: int, parent: int) -> bool:
    """Whether a reply came soon enough after a message, and is not its own ancestor."""
    waited = forest.moments[child][0] - forest.moments[parent][0]
    return waited <= SUBJECT_DAYS * DAY and not forest.descends(parent, child)


def _tie_to_shifted(forest: _Forest, group: Sequence[int], place: int) -> None:
    """Ties a reply to a first message that a shifted clock put after it."""
    heads, moments, at = forest.heads, forest.moments, group[place]
    until = moments[at][0] + CLOCK_SHIFT_HOURS * 3600
    for later in group[place + 1 : place + 1 + LOOKED_AT]:
        if moments[later][0] > until:
            return
        head = heads[later]
        if head.is_reply or head.sender == heads[at].sender or forest.descends(later, at):
            continue
        if not forest.people_of(at).isdisjoint(forest.people_of(later)):
            forest.tie(at, later, LinkRule.SUBJECT)
            return

"""Proposes engagements: which threads are one piece of business.

Threads with one organisation belong together when they share people and follow on one another
before the exchange has rested for long, or when their subjects share a word that is telling: one
that is seldom used with anybody else. At public providers a contact stands for the organisation.
What the owner said (one, apart, named, none) is carried out last and outranks every rule.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from gonequiet.domain.engagement import Benchmark, Engagement, Said, key_of
from gonequiet.domain.moments import DAY
from gonequiet.domain.thread import subject_key

REST_DAYS: Final = 120
"""After so long without any exchange the same people begin something new."""
RECALL_DAYS: Final = 400
"""A telling word ties two threads this far apart."""
MOST_PARTIES: Final = 2
"""A word used with more organisations than this tells nothing."""
MOST_CONTACTS: Final = 12
"""A thread with more people than this is no piece of business."""


class ThreadSeen(NamedTuple):
    """A thread with somebody outside the owner's house.

    Attributes:
        thread: its number.
        party: the organisation it is with, or the contact where there is none.
        organisation: "" where a contact stands for it.
        subject: of its first message.
        anchors: Message-IDs, in order of time.
        messages: numbers, in the same order.
        contacts: how many messages each contact outside wrote or received.
        inbound: messages from outside.
        outbound: messages of the owner.
        first_at: UTC epoch seconds.
        last_at: UTC epoch seconds.
    """

    thread: int
    party: str
    organisation: str
    subject: str
    anchors: tuple[str, ...]
    messages: tuple[int, ...]
    contacts: Mapping[int, int]
    inbound: int
    outbound: int
    first_at: int
    last_at: int


def propose_engagements(
    threads: Iterable[ThreadSeen], said: Said, benchmarks: Sequence[Benchmark]
) -> tuple[Engagement, ...]:
    """Returns every engagement, the latest exchange first, after the owner's word.

    Args:
        threads: those with somebody outside; the order does not matter.
        said: what the owner said.
        benchmarks: kinds in order; the last is for all that fits no other.
    """
    seen = sorted(threads, key=lambda one: (one.first_at, one.anchors[0]))
    groups = _obeyed(_groups(seen), said)
    spoken_of = said.anchors()
    made = [_engagement(group, said, benchmarks, spoken_of) for group in groups if group]
    kept = [
        one
        for one, group in zip(made, filter(None, groups), strict=True)
        if not said.dismissed.intersection(*_anchors(group)) and _is_business(group, spoken_of)
    ]
    return tuple(sorted(kept, key=lambda one: (-one.last_at, one.anchor)))


def find_dismissed(threads: Iterable[ThreadSeen], said: Said) -> frozenset[int]:
    """Returns the messages of what the owner said is no engagement."""
    if not said.dismissed:
        return frozenset()
    seen = sorted(threads, key=lambda one: (one.first_at, one.anchors[0]))
    gone = [
        one for one in _obeyed(_groups(seen), said) if said.dismissed.intersection(*_anchors(one))
    ]
    return frozenset(number for group in gone for one in group for number in one.messages)


def _is_business(group: Sequence[ThreadSeen], spoken_of: frozenset[str]) -> bool:
    """Both sides took part, or the owner has said something of it."""
    if any(anchor in spoken_of for one in group for anchor in one.anchors):
        return True
    return sum(one.inbound for one in group) > 0 and sum(one.outbound for one in group) > 0


def _anchors(group: Sequence[ThreadSeen]) -> tuple[frozenset[str]]:
    return (frozenset(anchor for one in group for anchor in one.anchors),)


# --- what belongs together ---------------------------------------------------------------------


def _groups(threads: Sequence[ThreadSeen]) -> list[list[ThreadSeen]]:
    by_party: dict[str, list[ThreadSeen]] = defaultdict(list)
    for one in threads:
        if len(one.contacts) <= MOST_CONTACTS:
            by_party[one.party].append(one)
    telling = _telling_words(threads)
    return [group for party in by_party.values() for group in _of_party(party, telling)]


def _of_party(threads: Sequence[ThreadSeen], telling: frozenset[str]) -> list[list[ThreadSeen]]:
    """Splits the threads with one organisation, in order of time, into pieces of business."""
    groups = _Joined(len(threads))
    last_with: dict[int, int] = {}
    last_about: dict[str, int] = {}
    for at, one in enumerate(threads):
        for contact in one.contacts:
            earlier = last_with.get(contact)
            if earlier is not None and _days(threads[earlier], one) <= REST_DAYS:
                groups.join(earlier, at)
            last_with[contact] = _later(threads, earlier, at)
        for word in subject_words(one.subject) & telling:
            earlier = last_about.get(word)
            if earlier is not None and _days(threads[earlier], one) <= RECALL_DAYS:
                groups.join(earlier, at)
            last_about[word] = _later(threads, earlier, at)
    found: dict[int, list[ThreadSeen]] = defaultdict(list)
    for at, one in enumerate(threads):
        found[groups.root(at)].append(one)
    return list(found.values())


def _days(earlier: ThreadSeen, later: ThreadSeen) -> float:
    return (later.first_at - earlier.last_at) / DAY


def _later(threads: Sequence[ThreadSeen], earlier: int | None, at: int) -> int:
    """The one of two threads that went on longer."""
    if earlier is None or threads[at].last_at >= threads[earlier].last_at:
        return at
    return earlier


class _Joined:
    """Which of some numbered things are one."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, at: int) -> int:
        """The smallest number that is one with this."""
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, one: int, other: int) -> None:
        """Makes two one."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


_WORD = re.compile(r"[^\W\d_]{4,30}")
_PLAIN = re.compile(r"[^\W_]+")
_SAYS_NOTHING_WORDS: Final = """
about after again agreement also anfrage angebot another april august before below bitte both call
contract could danke date dear december dinner draft eine einen entwurf february final frage
fragen friday from für gespräch have hello here info information into invitation invoice january
july june just kurze last latest letzte lunch march meeting minutes monday more morgen nach next
noch note notes november number nächste october order other please proposal question questions
quick rechnung regarding reminder report request review rückfrage schedule september short some
soon status still subject betreff summary talk termin thank thanks that their them then there these
this those thursday time today tomorrow tuesday unser unsere unterlagen update wednesday wegen what
when where which with would your yours zeit über
"""
_SAYS_NOTHING: Final = frozenset(_SAYS_NOTHING_WORDS.split())


@lru_cache(maxsize=20_000)
def subject_words(subject: str) -> frozenset[str]:
    """Returns the words of a subject that may tell what it is about."""
    words = _WORD.findall(subject_key(subject).key)
    return frozenset(word for word in words if word not in _SAYS_NOTHING)


_BUSINESS = re.compile(
    r"\b(?:proposals?|offers?|quot(?:e|es|ation)|contracts?|agreements?|tender|bids?|fees?|pric(?:es?|ing)"
    r"|terms|scope|statement of work|partnership|reseller|pilot|angebot\w*|vertrag\w*|auftrag\w*"
    r"|honorar\w*|preis\w*|konditionen|ausschreibung\w*|kooperation\w*)\b"
)


def speaks_of_business(subject: str) -> bool:
    """Whether a subject speaks of something offered or bought."""
    return _BUSINESS.search(subject.casefold()) is not None


def _telling_words(threads: Sequence[ThreadSeen]) -> frozenset[str]:
    parties: dict[str, set[str]] = defaultdict(set)
    for one in threads:
        for word in subject_words(one.subject):
            parties[word].add(one.party)
    return frozenset(word for word, found in parties.items() if len(found) <= MOST_PARTIES)


# --- what the owner said -----------------------------------------------------------------------


def _obeyed(groups: list[list[ThreadSeen]], said: Said) -> list[list[ThreadSeen]]:
    """Carries out joins and separations, in the order they were said."""
    if not said.joins:
        return groups
    home = {anchor: one for group in groups for one in group for anchor in one.anchors}
    found = [list(group) for group in groups]
    for verb, *anchors in said.joins:
        meant = {home[anchor].thread: home[anchor] for anchor in anchors if anchor in home}
        if verb == "apart" and meant:
            found = [[one for one in group if one.thread not in meant] for group in found]
            found.append(list(meant.values()))
        elif len(meant) > 1:
            found = _joined(found, meant.keys())
    return found


def _joined(groups: list[list[ThreadSeen]], threads: Iterable[int]) -> list[list[ThreadSeen]]:
    wanted = set(threads)
    merged: list[ThreadSeen] = []
    rest: list[list[ThreadSeen]] = []
    for group in groups:
        if wanted.intersection(one.thread for one in group):
            merged += group
        else:
            rest.append(group)
    return [*rest, sorted(merged, key=lambda one: (one.first_at, one.anchors[0]))]


# --- what it is called -------------------------------------------------------------------------


def _engagement(
    group: Sequence[ThreadSeen],
    said: Said,
    benchmarks: Sequence[Benchmark],
    spoken_of: frozenset[str],
) -> Engagement:
    anchors = [anchor for one in group for anchor in one.anchors]
    own = set(anchors)
    name = _latest(said.names, own)
    kind = _latest(said.kinds, own)
    anchor = next((one for one in anchors if one in spoken_of), anchors[0])
    contacts = Counter[int]()
    for one in group:
        contacts.update(one.contacts)
    return Engagement(
        key=key_of(anchor),
        anchor=anchor,
        name=name or _name_of(group),
        is_named=bool(name),
        kind=kind or propose_kind([one.subject for one in group], benchmarks),
        is_kind_said=bool(kind),
        organisation=Counter(one.organisation for one in group).most_common(1)[0][0],
        contacts=tuple(contact for contact, _ in contacts.most_common()),
        threads=tuple(one.thread for one in group),
        messages=tuple(number for one in group for number in one.messages),
        first_at=min(one.first_at for one in group),
        last_at=max(one.last_at for one in group),
    )


def _latest(said: Iterable[tuple[str, str]], own: set[str]) -> str:
    found = ""
    for anchor, what in said:
        found = what if anchor in own else found
    return found


def _name_of(group: Sequence[ThreadSeen]) -> str:
    """What most of its messages speak of, else the subject it began with."""
    return next(iter(find_topics(group)), group[0].subject) or "(no subject)"


def find_topics(group: Sequence[ThreadSeen]) -> tuple[str, ...]:
    """Returns what the subjects speak of, by how many messages each carries, three at most."""
    subjects = [(f" {subject_key(one.subject).key} ", len(one.messages)) for one in group]
    weights: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for one in group:
        for part in _PARTS.split(one.subject):
            plain = _ARTICLE.sub("", " ".join(part.split())).strip(" .,!")
            folded = plain.casefold()
            if folded not in weights and _may_name(folded):
                spelled[folded] = plain
                weights[folded] = sum(count for text, count in subjects if folded in text)
    ranked = sorted(weights, key=lambda one: (-weights[one], -len(one), one))
    found: list[str] = []
    for topic in ranked:
        if not any(topic in other or other in topic for other in found):
            found.append(topic)
    return tuple(spelled[one][0].upper() + spelled[one][1:] for one in found[:_MOST_TOPICS])


_PARTS = re.compile(r"[:?()\[\]|/]| - |\bfwd?:|\b(?:re|aw|wg|sv):", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an|der|die|das|our|your|unser\w*|ihr\w*) ", re.IGNORECASE)
_MOST_TOPICS: Final = 3
_LONGEST_NAME: Final = 60


def _may_name(folded: str) -> bool:
    """Whether a part of a subject may name a piece of business."""
    words = folded.split()
    return (
        len(folded) <= _LONGEST_NAME
        and len(words) <= _MOST_NAME_WORDS
        and bool(subject_words(folded))
        and not _DIGITS.search(folded)
        and words[0] not in _LEADS
    )


_DIGITS = re.compile(r"\d{2}")
_MOST_NAME_WORDS: Final = 6
_LEAD_WORDS: Final = """
a an anbei and another any bitte catching could danke did do does draft following for frage fragen
für haben have how idea idee is ist könnten latest may meet meeting missing next noch on please
seen short should some termin thanks the time to unterlagen wann was welche wer what when where
which who wie will wo would you your zu zum zur
"""
_LEADS: Final = frozenset(_LEAD_WORDS.split())


def propose_kind(subjects: Sequence[str], benchmarks: Sequence[Benchmark]) -> str:
    """Returns the kind whose words stand in the most subjects; the last kind when none do."""
    counts = Counter[str]()
    for subject in subjects:
        text = f" {' '.join(_PLAIN.findall(subject.casefold()))} "
        for one in benchmarks:
            if any(f" {word} " in text for word in one.words):
                counts[one.kind] += 1
    best = counts.most_common(1)
    if best and best[0][1] >= max(2, len(subjects) // 8):
        return best[0][0]
    return benchmarks[-1].kind if benchmarks else ""

"""Who is who: contacts from addresses, by rules that say why, and the owner's word above them.

An address is joined to another only for a reason that is kept with it. Within one organisation
(registrable domain) the same full name is one person, and so is a form of the name that nobody
else there fits; where two people fit, nobody is joined. At public providers a name proves
nothing. Look-alikes (another domain, letters of another script, a number at the end) and
uncertain senders are joined with nobody.

Everything but suggestions is local to an organisation: resolving only the addresses of the
organisations concerned, with whatever edits and answers tie to them, gives the same contacts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from gonequiet.analysis.addresses import canonical_address, kind_of, organisation_of
from gonequiet.analysis.person_names import (
    PersonName,
    is_short_for,
    login_in,
    name_in_address,
    read_name,
    shown_name,
)
from gonequiet.domain.contact import (
    Contact,
    ContactAddress,
    ContactKind,
    Identities,
    JoinRule,
    SeenAddress,
    SetAside,
    SetAsideReason,
    Suggestion,
    SuggestionReason,
)
from gonequiet.domain.identity_edit import Edits, IdentityEdit, replay

if TYPE_CHECKING:
    from collections.abc import Collection

DOMINANT_SHARE: Final = 0.7  # of an address's full names, to be taken for the person's
CROWDED_FAMILY: Final = 4  # people of one family name: a missing middle letter, a short form
CROWDED_ALIAS: Final = 2  # or one letter then prove less
SUGGESTED_AT_MOST: Final = 4  # people of one name, beyond which it is a common one


class _Person(NamedTuple):
    """One address with what its looks and names say."""

    at: int
    local: str
    organisation: str
    name: PersonName | None
    is_named: bool  # some display name is a full name, whether or not it fits the address
    logins: tuple[str, ...]
    kind: ContactKind
    reason: SetAsideReason | None
    is_joinable: bool


class _Joined:
    """Sets of addresses (union-find), and what joined whom."""

    __slots__ = ("edges", "roots")

    def __init__(self, size: int) -> None:
        self.roots = list(range(size))
        self.edges: list[tuple[int, int, JoinRule]] = []

    def root_of(self, at: int) -> int:
        """The set an address is in."""
        roots = self.roots
        while roots[at] != at:
            roots[at] = roots[roots[at]]
            at = roots[at]
        return at

    def join(self, left: int, right: int, rule: JoinRule) -> None:
        """Makes two addresses one contact."""
        low, high = sorted((self.root_of(left), self.root_of(right)))
        if low != high:
            self.roots[high] = low
            self.edges.append((left, right, rule))

    def join_all(self, people: Sequence[_Person], rule: JoinRule) -> None:
        """Makes all of them one contact."""
        for person in people[1:]:
            self.join(people[0].at, person.at, rule)

    def count(self, people: Iterable[_Person]) -> int:
        """How many contacts they are."""
        return len({self.root_of(person.at) for person in people})


def resolve(
    seen: Sequence[SeenAddress],
    *,
    owner_addresses: Collection[str] = (),
    edits: Sequence[IdentityEdit] = (),
    met: Collection[tuple[str, str]] = (),
) -> Identities:
    """Finds who is who.

    Args:
        seen: the addresses, each once.
        owner_addresses: addresses known to be the owner's.
        edits: the owner's journal, in any order; it wins over every rule.
        met: pairs of addresses where the second answered, in the thread, what the owner had
            asked the first.

    Returns:
        Contacts, who is set aside, suggestions, and the owner's addresses.
    """
    said = replay(edits)
    seen = sorted(seen, key=itemgetter(0))  # the same book in another order says the same
    apart = said.alone | said.not_mine
    people = [_look_at(at, one, apart) for at, one in enumerate(seen)]
    joined = _Joined(len(seen))
    _join_mailboxes(joined, seen, people)
    organisations = _by_organisation(people)
    for members in organisations.values():
        _join_organisation(joined, members)
    places = {one.address: at for at, one in enumerate(seen)}
    _join_met(joined, people, organisations, met, places)
    for left, right in said.together:
        if left in places and right in places:
            joined.join(places[left], places[right], JoinRule.OWNER_SAID)
    mine = (frozenset(owner_addresses) | said.mine) - said.not_mine
    return _identities(joined, seen, people, mine, said)


# One address at a time.


def _look_at(at: int, one: SeenAddress, apart: frozenset[str]) -> _Person:
    """What the looks and names of one address say."""
    local = one.address.partition("@")[0].partition("+")[0]
    kind, reason = kind_of(one.address)
    if reason is None:
        kind, reason = _kind_by_use(one)
    name, is_named = _name_of(one, local)
    is_joinable = not one.is_uncertain and one.address not in apart
    return _Person(
        at,
        local,
        organisation_of(one.address),
        name,
        is_named,
        tuple({login for name, _ in one.names if "/" in name and (login := login_in(name))}),
        kind,
        reason,
        is_joinable and one.address.isascii(),
    )


def _kind_by_use(one: SeenAddress) -> tuple[ContactKind, SetAsideReason | None]:
    """Lists and machines that do not look it: nothing personal ever came, and little is sent."""
    if one.is_list_post:
        return ContactKind.LIST, SetAsideReason.LIST
    if one.n_personal or not one.n_sender or one.n_recipient * 3 > one.n_sender:
        return ContactKind.PERSON, None
    if one.n_automatic and one.n_automatic + one.n_list == one.n_sender:
        return ContactKind.MACHINE, SetAsideReason.ONLY_AUTOMATIC
    if one.n_list == one.n_sender:
        return ContactKind.LIST, SetAsideReason.LIST
    return ContactKind.PERSON, None


def _name_of(one: SeenAddress, local: str) -> tuple[PersonName | None, bool]:
    """The full name an address stands for, None when its names contradict one another."""
    spelt = name_in_address(local)
    read = [(name, count) for text, count in one.names if (name := read_name(text)) is not None]
    if not read:
        return spelt, False
    name = read[0][0] if len(read) == 1 else _dominant(read)
    if name is None or spelt is None:
        return name, True
    words = {spelt.given, spelt.family}
    if words.isdisjoint((name.given, name.family)):
        return None, True
    if spelt.middle and not name.middle and spelt.family == name.family:
        name = name._replace(middle=spelt.middle)
    return name, True


def _dominant(read: Sequence[tuple[PersonName, int]]) -> PersonName | None:
    """The name most of the records give, with the middle letter most of those give."""
    weights: Counter[tuple[str, str]] = Counter()
    for name, count in read:
        weights[name.given, name.family] += count
    (given, family), weight = weights.most_common(1)[0]
    if weight < DOMINANT_SHARE * weights.total():
        return None
    middles: Counter[str] = Counter()
    for name, count in read:
        if name.middle and (name.given, name.family) == (given, family):
            middles[name.middle] += count
    return PersonName(given, middles.most_common(1)[0][0] if middles else "", family)


# Rules that join.


def _join_mailboxes(
    joined: _Joined, seen: Sequence[SeenAddress], people: Sequence[_Person]
) -> None:
    """Joins the forms of one mailbox: +tags, Gmail dots, googlemail."""
    boxes: dict[str, int] = {}
    for person in people:
        if not person.is_joinable or person.kind == ContactKind.MACHINE:
            continue
        address = seen[person.at].address
        box = canonical_address(address)
        other = boxes.setdefault(box, person.at)
        if other != person.at:
            is_tagged = "+" in address or "+" in seen[other].address
            joined.join(other, person.at, JoinRule.TAGGED if is_tagged else JoinRule.GMAIL)


def _by_organisation(people: Iterable[_Person]) -> dict[str, list[_Person]]:
    """People an organisation's rules may join."""
    found: dict[str, list[_Person]] = {}
    for person in people:
        if person.organisation and person.is_joinable and person.kind == ContactKind.PERSON:
            found.setdefault(person.organisation, []).append(person)
    return found


def _join_organisation(joined: _Joined, members: Sequence[_Person]) -> None:
    """Joins the people of one organisation by full names, then by forms of a name."""
    if len(members) < 2:
        return
    families = _families(members)
    for family in families.values():
        if len(family) > 1:
            _join_same_names(joined, family)
            _join_short_names(joined, family)
    _join_logins(joined, members)
    for person in members:
        if person.name is None and not person.is_named:
            _join_alias(joined, person, families)


def _families(members: Iterable[_Person]) -> dict[str, list[_Person]]:
    """Named people by family name."""
    found: dict[str, list[_Person]] = {}
    for person in members:
        if person.name is not None:
            found.setdefault(person.name.family, []).append(person)
    return found


def _by_given(family: Iterable[_Person]) -> dict[str, list[_Person]]:
    """People of one family name by given name."""
    found: dict[str, list[_Person]] = {}
    for person in family:
        if person.name is not None:
            found.setdefault(person.name.given, []).append(person)
    return found


def _join_same_names(joined: _Joined, family: Sequence[_Person]) -> None:
    """Joins equal full names; a missing middle letter fits when only one is known."""
    for people in _by_given(family).values():
        if len(people) < 2 or _is_numbered(people):
            continue
        by_middle: dict[str, list[_Person]] = {}
        for person in people:
            by_middle.setdefault(_middle(person), []).append(person)
        known = [group for middle, group in by_middle.items() if middle]
        for group in known:
            joined.join_all(group, JoinRule.SAME_NAME)
        is_sure = not known or joined.count(family) <= CROWDED_FAMILY
        if len(known) < 2 and is_sure:
            joined.join_all(people, JoinRule.SAME_NAME)


def _middle(person: _Person) -> str:
    return person.name.middle if person.name else ""


def _is_numbered(people: Sequence[_Person]) -> bool:
    """Whether addresses differ only in a number: that is how directories part namesakes."""
    bare: dict[str, str] = {}
    for person in people:
        other = bare.setdefault(person.local.rstrip("0123456789"), person.local)
        if other != person.local:
            return True
    return False


def _join_short_names(joined: _Joined, family: Sequence[_Person]) -> None:
    """Joins "Mike" and "Michael" where each is one person and the family name is not common."""
    by_given = _by_given(family)
    if len(by_given) < 2 or joined.count(family) > CROWDED_FAMILY:
        return
    for short, people in by_given.items():
        fitting = [given for given in by_given if is_short_for(short, given)]
        if len(fitting) != 1:
            continue
        both = people + by_given[fitting[0]]
        middles = {middle for person in both if (middle := _middle(person))}
        if joined.count(both) == 2 and len(middles) < 2 and not _is_numbered(both):
            joined.join(people[0].at, by_given[fitting[0]][0].at, JoinRule.ALIAS)


def _join_logins(joined: _Joined, members: Sequence[_Person]) -> None:
    """Joins an address to the one person whose directory entry ends with it as login."""
    owners: dict[str, list[_Person]] = {}
    for person in members:
        for login in person.logins:
            owners.setdefault(login, []).append(person)
    if not owners:
        return
    for person in members:
        known = owners.get(person.local, ())
        if known and not person.is_named and joined.count(known) == 1:
            joined.join(known[0].at, person.at, JoinRule.ALIAS)


def _join_alias(joined: _Joined, person: _Person, families: dict[str, list[_Person]]) -> None:
    """Joins an address without a name to the one person whose name it abbreviates."""
    for mark, rest in _abbreviations(person.local):
        family = families.get(rest)
        if not family or joined.count(family) > CROWDED_ALIAS:
            continue
        fitting = [one for one in family if one.name and mark in _marks(person.local, one.name)]
        if fitting:
            if joined.count(fitting) == 1:
                joined.join(fitting[0].at, person.at, JoinRule.ALIAS)
            return


def _abbreviations(local: str) -> Iterator[tuple[str, str]]:
    """The ways to read an address as letters of the given names and a family name."""
    for separator in ("..", ".", "_", "-"):
        mark, found, family = local.partition(separator)
        if found:
            if family.isalpha():
                yield mark, family
            return
    if local.isalpha():
        for cut in (1, 2):
            yield local[:cut], local[cut:]
        yield local[-1:], local[:-1]


def _marks(local: str, name: PersonName) -> tuple[str, ...]:
    """The letters that may stand for a person's given names in an address."""
    if ".." in local:  # some directories put the middle letter there, and nothing else
        return (name.middle,) if name.middle else ()
    first = name.given[0]
    return (first, first + name.middle) if name.middle else (first,)


def _join_met(
    joined: _Joined,
    people: Sequence[_Person],
    organisations: dict[str, list[_Person]],
    met: Collection[tuple[str, str]],
    places: dict[str, int],
) -> None:
    """Joins a private address to a namesake at an organisation when it answered for it."""
    for asked, answered in met:
        if asked not in places or answered not in places:
            continue
        both = (people[places[asked]], people[places[answered]])
        private = [one for one in both if not one.organisation]
        if len(private) != 1 or not all(map(_is_namable, both)) or not _same_name(*both):
            continue
        at_work = both[0] if both[1] is private[0] else both[1]
        family = _families(organisations.get(at_work.organisation, ()))
        if at_work.name and joined.count(family.get(at_work.name.family, ())) == 1:
            joined.join(at_work.at, private[0].at, JoinRule.ANSWERED_FOR)


def _is_namable(person: _Person) -> bool:
    return person.is_joinable and person.is_named and person.kind == ContactKind.PERSON


def _same_name(left: _Person, right: _Person) -> bool:
    """Whether two full names are one, a missing middle letter fitting any."""
    if left.name is None or right.name is None:
        return False
    is_fit = not left.name.middle or not right.name.middle or left.name.middle == right.name.middle
    return is_fit and left.name[::2] == right.name[::2]


# What comes of it.


def _identities(
    joined: _Joined,
    seen: Sequence[SeenAddress],
    people: Sequence[_Person],
    mine: frozenset[str],
    said: Edits,
) -> Identities:
    """Turns the sets into contacts."""
    members: dict[int, list[int]] = {}
    for at in range(len(seen)):
        members.setdefault(joined.root_of(at), []).append(at)
    rules = _rules(joined, seen, members)
    contacts: dict[int, Contact] = {}
    set_aside: list[SetAside] = []
    owner: list[ContactAddress] = []
    for root, places in members.items():
        contact = _contact(places, seen, people, rules)
        if any(seen[at].address in mine for at in places):
            owner.extend(contact.addresses)
            continue
        contacts[root] = contact
        reason = _reason([people[at] for at in places])
        if reason is not None:
            set_aside.append(SetAside(contact.key, reason))
    return Identities(
        tuple(sorted(contacts.values())),
        tuple(sorted(set_aside)),
        tuple(sorted(_suggestions(joined, seen, people, contacts, said))),
        tuple(sorted(owner)),
    )


def _rules(
    joined: _Joined, seen: Sequence[SeenAddress], members: dict[int, list[int]]
) -> dict[int, JoinRule]:
    """For every joined address, the rule on the way to it from its contact's key."""
    ties: dict[int, list[tuple[int, JoinRule]]] = {}
    for left, right, rule in joined.edges:
        ties.setdefault(left, []).append((right, rule))
        ties.setdefault(right, []).append((left, rule))
    rules: dict[int, JoinRule] = {}
    for places in members.values():
        if len(places) < 2:
            continue
        start = min(places, key=lambda at: seen[at].address)
        rules[start] = JoinRule.ALONE
        reached = [start]
        for at in reached:
            for other, rule in ties[at]:
                if other not in rules:
                    rules[other] = rule
                    reached.append(other)
    return rules


def _contact(
    places: Sequence[int],
    seen: Sequence[SeenAddress],
    people: Sequence[_Person],
    rules: dict[int, JoinRule],
) -> Contact:
    """The contact that some addresses are."""
    if len(places) == 1:
        return _single(people[places[0]], seen[places[0]])
    addresses = sorted(ContactAddress(seen[at].address, rules[at]) for at in places)
    kinds = {people[at].kind for at in places}
    return Contact(
        addresses[0].address,
        tuple(addresses),
        _best_name([seen[at] for at in places]),
        _organisation([(people[at].organisation, seen[at]) for at in places]),
        ContactKind.PERSON if ContactKind.PERSON in kinds else people[places[0]].kind,
        any(seen[at].is_uncertain for at in places),
    )


def _single(person: _Person, one: SeenAddress) -> Contact:
    """The contact that one address is by itself."""
    return Contact(
        one.address,
        (ContactAddress(one.address, JoinRule.ALONE),),
        _best_name((one,)),
        person.organisation,
        person.kind,
        one.is_uncertain,
    )


def _reason(people: Sequence[_Person]) -> SetAsideReason | None:
    """Why a contact is set aside: only when each of its addresses would be."""
    reasons = [person.reason for person in people]
    return None if None in reasons else reasons[0]


def _organisation(used: Sequence[tuple[str, SeenAddress]]) -> str:
    """The organisation most of the mail went over."""
    weights: Counter[str] = Counter()
    for organisation, one in used:
        if organisation:
            weights[organisation] += one.n_sender + one.n_recipient + 1
    return min(weights, key=lambda name: (-weights[name], name), default="")


def _best_name(seen: Sequence[SeenAddress]) -> str:
    """The full name seen most often, else any name, else what the address spells, else that."""
    weights: dict[str, int] = {}
    for one in seen:
        for text, count in one.names:
            shown = shown_name(text)
            if shown and "@" not in shown:
                weights[shown] = weights.get(shown, 0) + count
    if len(weights) == 1:
        return next(iter(weights))
    if weights:
        return min(weights, key=lambda name: (read_name(name) is None, -weights[name], name))
    for one in seen:
        spelt = name_in_address(one.address.partition("@")[0])
        if spelt is not None:
            return " ".join(word.title() for word in spelt if word)
    return min(one.address for one in seen)


def _suggestions(
    joined: _Joined,
    seen: Sequence[SeenAddress],
    people: Sequence[_Person],
    contacts: dict[int, Contact],
    said: Edits,
) -> Iterator[Suggestion]:
    """Yields contacts of one full name that no rule joined, unless the name is a common one."""
    namesakes: dict[tuple[str, str], dict[int, _Person]] = {}
    for person in people:
        if person.name is None or not person.is_joinable or person.kind != ContactKind.PERSON:
            continue
        root = joined.root_of(person.at)
        if root in contacts and seen[person.at].address not in said.alone:
            found = namesakes.setdefault((person.name.given, person.name.family), {})
            found.setdefault(root, person)
    for found in namesakes.values():
        if not 1 < len(found) <= SUGGESTED_AT_MOST:
            continue
        named = list(found.items())
        for (left, one), (right, other) in pairwise(named):
            if _same_name(one, other):
                low, high = sorted((contacts[left].key, contacts[right].key))
                yield Suggestion(low, high, _why(one, other))


def _why(left: _Person, right: _Person) -> SuggestionReason:
    """Why two namesakes were not joined."""
    if not left.organisation or not right.organisation:
        return SuggestionReason.SAME_NAME_PRIVATE
    if left.organisation != right.organisation:
        return SuggestionReason.SAME_NAME_ELSEWHERE
    is_numbered = _is_numbered((left, right))
    return SuggestionReason.NUMBERED if is_numbered else SuggestionReason.SAME_NAME_HERE

"""The rules that make two addresses one person, and the sets they make.

Within one organisation (registrable domain) the same full name is one person, and so is a form of
the name that nobody else there fits; where two people fit, nobody is joined. At public providers
a name proves nothing. Look-alikes (another domain, letters of another script, a number at the
end) and uncertain senders are joined with nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from gonequiet.analysis.addresses import canonical_address
from gonequiet.analysis.disjoint_sets import DisjointSets
from gonequiet.analysis.person_names import PersonName, is_short_for, name_key
from gonequiet.domain.contact import (
    ContactKind,
    HeldCard,
    JoinRule,
    SeenAddress,
    SetAsideReason,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

CROWDED_FAMILY: Final = 4  # people of one family name: a missing middle letter, a short form
CROWDED_ALIAS: Final = 2  # or one letter then prove less


class Person(NamedTuple):
    """One address with what its looks and names say."""

    at: int
    local: str
    organisation: str
    name: PersonName | None
    is_named: bool  # some display name says something the address does not
    logins: tuple[str, ...]
    kind: ContactKind
    reason: SetAsideReason | None
    is_joinable: bool
    is_known_apart: bool = (
        False  # the owner said so, or it may be somebody pretending, or no person
    )


class Joined(DisjointSets):
    """Sets of addresses, each one contact, and what joined whom."""

    __slots__ = ("edges",)

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.edges: list[tuple[int, int, JoinRule]] = []

    def join(self, left: int, right: int, rule: JoinRule) -> None:
        """Makes two addresses one contact."""
        if self.unite(left, right):
            self.edges.append((left, right, rule))

    def join_all(self, people: Sequence[Person], rule: JoinRule) -> None:
        """Makes all of them one contact."""
        for person in people[1:]:
            self.join(people[0].at, person.at, rule)

    def count(self, people: Iterable[Person]) -> int:
        """How many contacts they are."""
        return len({self.root_of(person.at) for person in people})


def join_mailboxes(joined: Joined, seen: Sequence[SeenAddress], people: Sequence[Person]) -> None:
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


def by_organisation(people: Iterable[Person]) -> dict[str, list[Person]]:
    """People an organisation's rules may join."""
    found: dict[str, list[Person]] = {}
    for person in people:
        if person.organisation and person.is_joinable and person.kind == ContactKind.PERSON:
            found.setdefault(person.organisation, []).append(person)
    return found


def join_organisation(joined: Joined, members: Sequence[Person]) -> None:
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


def _families(members: Iterable[Person]) -> dict[str, list[Person]]:
    """Named people by family name."""
    found: dict[str, list[Person]] = {}
    for person in members:
        if person.name is not None:
            found.setdefault(person.name.family, []).append(person)
    return found


def _by_given(family: Iterable[Person]) -> dict[str, list[Person]]:
    """People of one family name by given name."""
    found: dict[str, list[Person]] = {}
    for person in family:
        if person.name is not None:
            found.setdefault(person.name.given, []).append(person)
    return found


def _join_same_names(joined: Joined, family: Sequence[Person]) -> None:
    """Joins equal full names; a missing middle letter fits when only one is known."""
    for people in _by_given(family).values():
        if len(people) < 2 or is_numbered(people):
            continue
        by_middle: dict[str, list[Person]] = {}
        for person in people:
            by_middle.setdefault(_middle(person), []).append(person)
        known = [group for middle, group in by_middle.items() if middle]
        for group in known:
            joined.join_all(group, JoinRule.SAME_NAME)
        is_sure = not known or joined.count(family) <= CROWDED_FAMILY
        if len(known) < 2 and is_sure:
            joined.join_all(people, JoinRule.SAME_NAME)


def _middle(person: Person) -> str:
    return person.name.middle if person.name else ""


def is_numbered(people: Sequence[Person]) -> bool:
    """Whether addresses differ only in a number: that is how directories part namesakes."""
    bare: dict[str, str] = {}
    for person in people:
        other = bare.setdefault(person.local.rstrip("0123456789"), person.local)
        if other != person.local:
            return True
    return False


def _join_short_names(joined: Joined, family: Sequence[Person]) -> None:
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
        if joined.count(both) == 2 and len(middles) < 2 and not is_numbered(both):
            joined.join(people[0].at, by_given[fitting[0]][0].at, JoinRule.ALIAS)


def _join_logins(joined: Joined, members: Sequence[Person]) -> None:
    """Joins an address to the one person whose directory entry ends with it as login."""
    owners: dict[str, list[Person]] = {}
    for person in members:
        for login in person.logins:
            owners.setdefault(login, []).append(person)
    if not owners:
        return
    for person in members:
        known = owners.get(person.local, ())
        if known and not person.is_named and joined.count(known) == 1:
            joined.join(known[0].at, person.at, JoinRule.ALIAS)


def _join_alias(joined: Joined, person: Person, families: dict[str, list[Person]]) -> None:
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


def join_cards(
    joined: Joined, people: Sequence[Person], cards: Iterable[HeldCard], places: Mapping[str, int]
) -> None:
    """Joins the addresses of one card; what stands on cards of several names is nobody's own."""
    cards = [card for card in cards if any(one in places for one in card.addresses)]
    bearers: dict[str, set[str]] = {}
    for card in cards:
        key = name_key(card.name)
        for address in card.addresses:
            bearers.setdefault(address, set()).add(key)
    for card in cards:
        theirs = [
            people[places[address]]
            for address in card.addresses
            if address in places and len(bearers[address]) == 1
        ]
        joined.join_all([one for one in theirs if not one.is_known_apart], JoinRule.CARD)


def join_numbers(
    joined: Joined,
    people: Sequence[Person],
    same_numbers: Mapping[str, str],
    places: Mapping[str, int],
) -> None:
    """Joins two ways to write one telephone number."""
    for written, number in same_numbers.items():
        both = [places[one] for one in (written, number) if one in places]
        if len(both) == 2 and not any(people[at].is_known_apart for at in both):
            joined.join(both[0], both[1], JoinRule.SAME_NUMBER)


def join_met(
    joined: Joined,
    people: Sequence[Person],
    organisations: dict[str, list[Person]],
    met: Collection[tuple[str, str]],
    places: dict[str, int],
) -> None:
    """Joins two addresses of one full name when the one answered for the other.

    That somebody else of the same name answers, in the thread, what was asked of their namesake
    elsewhere is far less likely than one person writing from home; within one organisation it
    is not, so there the other rules decide.
    """
    for asked, answered in met:
        if asked not in places or answered not in places:
            continue
        both = (people[places[asked]], people[places[answered]])
        if not all(map(_is_namable, both)) or not is_same_name(*both):
            continue
        if both[0].organisation == both[1].organisation:
            continue
        if all(_is_only_namesake(joined, organisations, one) for one in both):
            joined.join(both[0].at, both[1].at, JoinRule.ANSWERED_FOR)


def _is_only_namesake(
    joined: Joined, organisations: dict[str, list[Person]], person: Person
) -> bool:
    """Whether nobody else of that family name is at the person's organisation."""
    if not person.organisation:
        return True
    family = _families(organisations.get(person.organisation, ()))
    return person.name is not None and joined.count(family.get(person.name.family, ())) == 1


def _is_namable(person: Person) -> bool:
    return person.is_joinable and person.is_named and person.kind == ContactKind.PERSON


def is_same_name(left: Person, right: Person) -> bool:
    """Whether two full names are one, a missing middle letter fitting any."""
    if left.name is None or right.name is None:
        return False
    is_fit = not left.name.middle or not right.name.middle or left.name.middle == right.name.middle
    return is_fit and left.name[::2] == right.name[::2]

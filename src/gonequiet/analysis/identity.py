"""Who is who: contacts from addresses, by rules that say why, and the owner's word above them.

An address is joined to another only for a reason that is kept with it (`joining`). Everything but
suggestions is local to an organisation: resolving only the addresses of the organisations
concerned, with whatever edits and answers tie to them, gives the same contacts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from gonequiet.analysis.addresses import kind_of, organisation_of
from gonequiet.analysis.joining import (
    Joined,
    Person,
    by_organisation,
    is_numbered,
    is_same_name,
    join_cards,
    join_mailboxes,
    join_met,
    join_numbers,
    join_organisation,
)
from gonequiet.analysis.person_names import (
    PersonName,
    login_in,
    name_in_address,
    read_name,
    shown_name,
)
from gonequiet.domain.contact import (
    Contact,
    ContactAddress,
    ContactKind,
    HeldCard,
    Identities,
    JoinRule,
    SeenAddress,
    SetAside,
    SetAsideReason,
    Suggestion,
    SuggestionReason,
)
from gonequiet.domain.digests import digest_of
from gonequiet.domain.edit import Edit, Edits, replay
from gonequiet.domain.reach import SCHEMES, TEL, key_order
from gonequiet.domain.reach import shown as shown_address

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

DOMINANT_SHARE: Final = 0.7  # of an address's full names, to be taken for the person's
SUGGESTED_AT_MOST: Final = 4  # people of one name, beyond which it is a common one


def resolve(
    seen: Sequence[SeenAddress],
    *,
    owner_addresses: Collection[str] = (),
    edits: Sequence[Edit] = (),
    met: Collection[tuple[str, str]] = (),
    cards: Collection[HeldCard] = (),
    same_numbers: Mapping[str, str] | None = None,
) -> Identities:
    """Finds who is who.

    Args:
        seen: the addresses, each once.
        owner_addresses: addresses known to be the owner's.
        edits: the owner's journal, in any order; it wins over every rule.
        met: pairs of addresses where the second answered, in the thread, what the owner had
            asked the first.
        cards: the address cards that hold any of the addresses.
        same_numbers: for telephone numbers written without their country, the address with it.

    Returns:
        Contacts, who is set aside, suggestions, and the owner's addresses.
    """
    said = replay(edits)
    seen = sorted(seen, key=itemgetter(0))  # the same book in another order says the same
    apart = said.alone | said.not_mine
    people = [_look_at(at, one, apart) for at, one in enumerate(seen)]
    joined = Joined(len(seen))
    join_mailboxes(joined, seen, people)
    organisations = by_organisation(people)
    for members in organisations.values():
        join_organisation(joined, members)
    places = {one.address: at for at, one in enumerate(seen)}
    join_met(joined, people, organisations, met, places)
    join_numbers(joined, people, same_numbers or {}, places)
    join_cards(joined, people, cards, places)
    for left, right in said.together:
        if left in places and right in places:
            joined.join(places[left], places[right], JoinRule.OWNER_SAID)
    on_own_cards = {one for card in cards if card.is_owner for one in card.addresses}
    mine = (frozenset(owner_addresses) | said.mine | on_own_cards) - said.not_mine
    found = _identities(joined, seen, people, mine, said)
    looks = ((one.address, _digest(person)) for one, person in zip(seen, people, strict=True))
    return found._replace(looks=tuple(looks))


def look_of(one: SeenAddress, said: Edits) -> int:
    """Digest of all that `resolve` rests on of one address, but for how a contact is described.

    As long as no look changes and no address comes or goes, everybody stays who they are.
    """
    return _digest(_look_at(0, one, said.alone | said.not_mine))


def describe(
    seen: Sequence[SeenAddress], rules: Mapping[str, JoinRule], said: Edits
) -> tuple[Contact, SetAsideReason | None]:
    """Describes a contact whose addresses are known, as `resolve` would.

    Args:
        seen: its addresses, in order.
        rules: of each, what joined it.
        said: what the owner said.

    Returns:
        The contact, and why it is set aside.
    """
    people = [_look_at(at, one, said.alone | said.not_mine) for at, one in enumerate(seen)]
    places = range(len(seen))
    contact = _contact(places, seen, people, {at: rules[seen[at].address] for at in places})
    if any(one.address in said.frozen for one in seen):
        return contact, SetAsideReason.FROZEN
    return contact, _reason(people)


# One address at a time.


def _digest(person: Person) -> int:
    return digest_of(
        (
            person.name and tuple(person.name),
            person.is_named,
            sorted(person.logins),
            person.kind.value,
            person.reason and person.reason.value,
            person.is_joinable,
            person.is_known_apart,
        )
    )


def _look_at(at: int, one: SeenAddress, apart: frozenset[str]) -> Person:
    """What the looks and names of one address say."""
    local = one.address.partition("@")[0].partition("+")[0]
    kind, reason = kind_of(one.address)
    if one.address.startswith(TEL) and one.n_recipient:
        kind, reason = ContactKind.PERSON, None  # the owner called: somebody answers there
    if reason is None:
        kind, reason = _kind_by_use(one)
    name, is_named = _name_of(one, local)
    is_joinable = not one.is_uncertain and one.address not in apart
    return Person(
        at,
        local,
        organisation_of(one.address),
        name,
        is_named,
        tuple({login for name, _ in one.names if "/" in name and (login := login_in(name))}),
        kind,
        reason,
        is_joinable and one.address.isascii(),
        not is_joinable or kind in (ContactKind.MACHINE, ContactKind.LIST),
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
        return spelt, any(_is_words(text, local) for text, _ in one.names)
    name = read[0][0] if len(read) == 1 else _dominant(read)
    if name is None or spelt is None:
        return name, True
    words = {spelt.given, spelt.family}
    if words.isdisjoint((name.given, name.family)):
        return None, True
    if spelt.middle and not name.middle and spelt.family == name.family:
        name = name._replace(middle=spelt.middle)
    return name, True


def _is_words(display: str, local: str) -> bool:
    """Whether a display name says something the address does not."""
    shown = shown_name(display)
    return bool(shown) and "@" not in shown and shown.casefold() != local


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


# What comes of it.


def _identities(
    joined: Joined,
    seen: Sequence[SeenAddress],
    people: Sequence[Person],
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
        is_frozen = any(seen[at].address in said.frozen for at in places)
        reason = SetAsideReason.FROZEN if is_frozen else _reason([people[at] for at in places])
        if reason is not None:
            set_aside.append(SetAside(contact.key, reason))
    return Identities(
        tuple(sorted(contacts.values())),
        tuple(sorted(set_aside)),
        tuple(sorted(_suggestions(joined, seen, people, contacts, said))),
        tuple(sorted(owner)),
    )


def _rules(
    joined: Joined, seen: Sequence[SeenAddress], members: dict[int, list[int]]
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
        start = min(places, key=lambda at: key_order(seen[at].address))
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
    people: Sequence[Person],
    rules: dict[int, JoinRule],
) -> Contact:
    """The contact that some addresses are."""
    if len(places) == 1:
        return _single(people[places[0]], seen[places[0]])
    addresses = sorted(ContactAddress(seen[at].address, rules[at]) for at in places)
    kinds = {people[at].kind for at in places}
    return Contact(
        min((one.address for one in addresses), key=key_order),
        tuple(addresses),
        _best_name([seen[at] for at in places]),
        _organisation([(people[at].organisation, seen[at]) for at in places]),
        ContactKind.PERSON if ContactKind.PERSON in kinds else people[places[0]].kind,
        any(seen[at].is_uncertain for at in places),
    )


def _single(person: Person, one: SeenAddress) -> Contact:
    """The contact that one address is by itself."""
    return Contact(
        one.address,
        (ContactAddress(one.address, JoinRule.ALONE),),
        _best_name((one,)),
        person.organisation,
        person.kind,
        one.is_uncertain,
    )


def _reason(people: Sequence[Person]) -> SetAsideReason | None:
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
    return shown_address(min((one.address for one in seen), key=key_order))


def _suggestions(
    joined: Joined,
    seen: Sequence[SeenAddress],
    people: Sequence[Person],
    contacts: dict[int, Contact],
    said: Edits,
) -> Iterator[Suggestion]:
    """Yields contacts of one full name that no rule joined, unless the name is a common one."""
    namesakes: dict[tuple[str, str], dict[int, Person]] = {}
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
            if is_same_name(one, other):
                low, high = sorted((contacts[left].key, contacts[right].key))
                yield Suggestion(low, high, _why(one, other))


def _why(left: Person, right: Person) -> SuggestionReason:
    """Why two namesakes were not joined."""
    if left.local.startswith(SCHEMES) or right.local.startswith(SCHEMES):
        return SuggestionReason.SAME_NAME_CHANNEL
    if not left.organisation or not right.organisation:
        return SuggestionReason.SAME_NAME_PRIVATE
    if left.organisation != right.organisation:
        return SuggestionReason.SAME_NAME_ELSEWHERE
    return (
        SuggestionReason.NUMBERED if is_numbered((left, right)) else SuggestionReason.SAME_NAME_HERE
    )

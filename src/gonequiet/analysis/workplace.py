"""Where somebody works now, as far as the records show, and how else to reach them.

Who has changed employers answers no mail at the old one. Nothing is guessed: what is told stands on
a card, in a list of connections, in a bounce, or in where they have written from since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from gonequiet.analysis.addresses import organisation_of
from gonequiet.domain.reach import CHAT, NAME, NET, TEL, is_mail

MOST_WAYS: Final = 4
_LEGAL: Final = frozenset(
    {
        "ab", "ag", "and", "as", "bv", "co", "company", "corp", "corporation", "et", "gbr", "gmbh",
        "group", "holding", "inc", "incorporated", "kg", "limited", "llc", "llp", "ltd", "mbh",
        "nv", "ohg", "oy", "plc", "pte", "pty", "sa", "sarl", "sas", "se", "spa", "srl", "the",
        "und",
    }
)  # fmt: skip
_WORD: Final = re.compile(r"\w+")


class MoveRule(StrEnum):
    """What shows that somebody may be elsewhere now."""

    CARD = "card"  # their card names another organisation than it did
    NETWORK = "network"  # a network names another organisation than their card
    BOUNCE = "bounce"  # an address is dead, or says that they have left
    WRITES_FROM = "writes_from"  # they have written from another organisation's address since


class CardSeen(NamedTuple):
    """A card, or a line of a list of connections.

    Attributes:
        uid: of the card, "" when it has none.
        is_current: it lies in its source as that was read last.
        is_of_network: it is a line of a network's list.
        revised_on: ISO date of its last change, "" unknown.
        ways: the addresses on it.
        place: the source it lies in.
    """

    uid: str
    organisation: str
    role: str
    city: str
    is_current: bool
    is_of_network: bool
    revised_on: str
    ways: tuple[str, ...]
    place: str


class AddressSeen(NamedTuple):
    """One address of a contact, and what came from it.

    Attributes:
        first_at: of the contact's own messages from it, UTC epoch seconds; None without any.
        last_at: of the same.
        failed_at: when a mail to it came back last, None when none did.
        failed_in: Message-ID of what said so.
    """

    address: str
    first_at: int | None = None
    last_at: int | None = None
    failed_at: int | None = None
    failed_in: str = ""


class Move(NamedTuple):
    """One sign that somebody may be elsewhere now.

    Attributes:
        before: organisation (of a bounce: the address) before.
        now: organisation now, "" when it is not known.
        at: when it was seen, UTC epoch seconds, None when only the day is known, or nothing.
        on: ISO date of the card that shows it, "" when it has none.
        seen_in: the source or the Message-ID that shows it.
    """

    rule: MoveRule
    before: str
    now: str
    at: int | None
    on: str
    seen_in: str


class Workplace(NamedTuple):
    """Where somebody works, and how to reach them.

    Attributes:
        organisation: on their card, "" when it names none.
        role: on the same card.
        city: on the same card.
        moves: signs that they may be elsewhere than where the owner writes to.
        ways: addresses and numbers to try, the likeliest first; those known to be dead left out.
    """

    organisation: str = ""
    role: str = ""
    city: str = ""
    moves: tuple[Move, ...] = ()
    ways: tuple[str, ...] = ()


def find_workplace(cards: Sequence[CardSeen], addresses: Sequence[AddressSeen]) -> Workplace:
    """Returns what the records show of where a contact works.

    Args:
        cards: every card and connection of the contact, those that were replaced as well.
        addresses: every address of the contact, and those of the cards that replaced theirs.
    """
    current = [one for one in cards if one.is_current and (one.organisation or one.role)]
    current.sort(key=lambda one: (one.is_of_network, not one.organisation, one.place))
    shown = current[0] if current else None
    moves = (
        *_by_card(cards),
        *_by_network(current),
        *_by_bounce(addresses),
        *_by_writing(addresses),
    )
    return Workplace(
        shown.organisation if shown else "",
        shown.role if shown else "",
        shown.city if shown else "",
        moves,
        _ways(cards, addresses, moves),
    )


def _by_card(cards: Sequence[CardSeen]) -> Iterator[Move]:
    """Cards that were replaced by one of the same person that names another organisation."""
    known: set[tuple[str, str]] = set()
    for former in cards:
        if former.is_current or not former.organisation:
            continue
        for one in cards:
            named = (former.organisation, one.organisation)
            if one.is_current and _is_same(former, one) and _differ(*named) and named not in known:
                known.add(named)
                yield Move(MoveRule.CARD, *named, None, one.revised_on, one.place)


def _is_same(former: CardSeen, one: CardSeen) -> bool:
    """Whether one card replaces another: it lies in the same source and is of the same person."""
    by_uid = bool(former.uid) and former.uid == one.uid
    return former.place == one.place and (by_uid or not set(former.ways).isdisjoint(one.ways))


def _by_network(current: Sequence[CardSeen]) -> Iterator[Move]:
    own = next((one for one in current if not one.is_of_network and one.organisation), None)
    network = next((one for one in current if one.is_of_network and one.organisation), None)
    if own and network and _differ(own.organisation, network.organisation):
        named = (own.organisation, network.organisation)
        yield Move(MoveRule.NETWORK, *named, None, "", network.place)


def _by_bounce(addresses: Sequence[AddressSeen]) -> Iterator[Move]:
    for one in addresses:
        if one.failed_at is not None and (one.last_at or 0) < one.failed_at:
            yield Move(MoveRule.BOUNCE, one.address, "", one.failed_at, "", one.failed_in)


def _by_writing(addresses: Sequence[AddressSeen]) -> Iterator[Move]:
    """They wrote from one organisation until a day, and only from another since."""
    spells: dict[str, tuple[int, int]] = {}
    for one in addresses:
        house = organisation_of(one.address)
        if house and one.first_at is not None and one.last_at is not None:
            first, last = spells.get(house, (one.first_at, one.last_at))
            spells[house] = (min(first, one.first_at), max(last, one.last_at))
    ordered = sorted(spells.items(), key=lambda spell: spell[1][1])
    if len(ordered) < 2:
        return
    (before, (_, left_at)), (now, (came_at, _)) = ordered[-2:]
    if left_at < came_at:
        yield Move(MoveRule.WRITES_FROM, before, now, came_at, "", "")


def _ways(
    cards: Sequence[CardSeen], addresses: Sequence[AddressSeen], moves: Sequence[Move]
) -> tuple[str, ...]:
    """Returns how to reach somebody who may have moved, the likeliest way first; else nothing."""
    if not moves:
        return ()
    dead = {one.before for one in moves if one.rule is MoveRule.BOUNCE}
    left = {one.before for one in moves if one.rule is MoveRule.WRITES_FROM}
    written = sorted(addresses, key=lambda one: -(one.last_at or 0))
    on_cards = [way for one in cards if one.is_current for way in one.ways]
    replaced = {way for one in cards if not one.is_current for way in one.ways} - set(on_cards)
    every = dict.fromkeys([*(one.address for one in written if one.last_at), *on_cards])
    every |= dict.fromkeys(one.address for one in written)
    usable = [
        way
        for way in every
        if way not in dead | replaced
        and not way.startswith((CHAT, NAME))
        and (not is_mail(way) or organisation_of(way) not in left)
    ]
    usable.sort(key=lambda way: (way.startswith(NET), way.startswith(TEL)))
    return tuple(usable[:MOST_WAYS])


def _differ(one: str, other: str) -> bool:
    """Whether two names are of different organisations; legal forms and additions do not count."""
    left, right = _words(one), _words(other)
    return bool(left and right) and not (left <= right or right <= left)


def _words(name: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(name.casefold()))
    return words - _LEGAL or words

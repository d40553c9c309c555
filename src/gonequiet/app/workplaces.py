"""Use case: where contacts work now, and how else to reach them; another explanation of silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from gonequiet.analysis.workplace import AddressSeen, CardSeen, Workplace, find_workplace


class WorkplaceRecords(Protocol):
    """What the store holds of cards and addresses, by the contact's key."""

    def cards(self, contacts: Collection[str]) -> Mapping[str, list[CardSeen]]:
        """Returns every card of each contact, and those that replaced one of them."""

    def addresses(self, contacts: Collection[str], as_of: int) -> Mapping[str, list[AddressSeen]]:
        """Returns every address of each contact with what came from it up to a moment."""


def list_workplaces(
    records: WorkplaceRecords, contacts: Collection[str], *, as_of: int
) -> dict[str, Workplace]:
    """Returns where contacts work and how to reach them, by key; who is nowhere is left out."""
    cards, addresses = records.cards(contacts), records.addresses(contacts, as_of)
    found = {}
    for key in contacts:
        theirs, known = cards.get(key, []), addresses.get(key, [])
        listed = {one.address for one in known}
        more = {way for one in theirs if one.is_current for way in one.ways} - listed
        known = [*known, *(AddressSeen(way) for way in sorted(more))]
        here = find_workplace(theirs, known)
        if here != Workplace():
            found[key] = here
    return found

"""Who everybody is, as the addresses of records are looked up while conclusions are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gonequiet.app.conclusion_store import ConclusionStore, MessageFacts

OWNER = "\0owner"
"""The key the owner goes by in threads; no address can be equal to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who is who, by numbers of the store.

    Attributes:
        owned: the addresses known or recognised as the owner's.
        numbers: the number of every address.
        address: every address by number.
        contact: contact number by address number.
        contacts: key, organisation, whether it is set aside, name, and whether it is a person,
            by contact number.
        keys: the key a person goes by in threads, by address number.
        owners: the numbers of the owner's addresses.
    """

    owned: frozenset[str]
    numbers: Mapping[str, int]
    address: Mapping[int, str]
    contact: Mapping[int, int]
    contacts: Mapping[int, tuple[str, str, bool, str, bool]]
    keys: Mapping[int, str]
    owners: frozenset[int]
    _theirs: dict[int, set[str]] = field(default_factory=dict)

    def person(self, address: int | None) -> str:
        """Returns the key a person goes by in threads, "" for nobody."""
        return "" if address is None else self.keys.get(address, "")

    def failed(self, row: MessageFacts) -> set[int]:
        """Returns the contacts a bounce could not reach."""
        if not row.failed_addresses:
            return set()
        found = (self.numbers.get(address) for address in row.failed_addresses.split())
        return {self.contact[one] for one in found if one is not None and one in self.contact}

    def is_owner(self, address: int) -> bool:
        """Returns whether an address is the owner's."""
        return address in self.owners

    def are_namesakes(self, left: str, right: str) -> bool:
        """Returns whether two addresses belong to contacts who go by one name."""
        found = [self.contact.get(self.numbers[one]) for one in (left, right)]
        names = [self.contacts[one][3] for one in found if one is not None]
        return len(names) == 2 and names[0] == names[1]

    def active(self, addresses: Iterable[int]) -> set[int]:
        """Returns the contacts addresses belong to, those set aside left out."""
        contact, contacts = self.contact, self.contacts
        found = {contact[address] for address in addresses if address in contact}
        return {one for one in found if not contacts[one][2]}

    def addresses_of(self, contact: int) -> frozenset[str]:
        """Returns every address of a contact."""
        if not self._theirs:
            for address, owner in self.contact.items():
                self._theirs.setdefault(owner, set()).add(self.address[address])
        return frozenset(self._theirs.get(contact, ()))


def load_people(store: ConclusionStore, owned: frozenset[str]) -> People:
    """Returns who is who as the store holds it now."""
    numbers = store.address_numbers()
    address = {number: written for written, number in numbers.items()}
    contact, contacts = store.contact_of_address(), store.contacts()
    owners = frozenset(numbers[written] for written in owned if written in numbers)
    keys = {number: contacts[theirs][0] for number, theirs in contact.items()}
    return People(
        owned=owned,
        numbers=numbers,
        address=address,
        contact=contact,
        contacts=contacts,
        keys=address | keys | dict.fromkeys(owners, OWNER),
        owners=owners,
    )

"""Who is who, as drawing conclusions reads it of the database and gives it back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from gonequiet.domain.contact import (
    Contact,
    ContactKind,
    HeldCard,
    Identities,
    JoinRule,
    SeenAddress,
    SetAsideReason,
)
from gonequiet.store import address_use, identity_rows
from gonequiet.store.chosen import plain_rows
from gonequiet.store.concluded import Concluded
from gonequiet.store.contact_rows import save_identities
from gonequiet.store.database import Database
from gonequiet.store.indexes import LateIndexes
from gonequiet.store.ownership import read_owned


class ContactTables(Concluded):
    """Addresses, contacts and cards."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._indexes = LateIndexes(database)

    def count_addresses(self) -> None:
        """Adds what the messages not counted yet say of how addresses are used."""
        with self._database.writing() as connection:
            address_use.count_new(connection)
        self._indexes.begin()

    def seen_addresses(
        self, touched: Collection[str] | None, ties: Collection[tuple[str, str]]
    ) -> list[SeenAddress]:
        """Returns addresses with counts: all, or of the organisations of some."""
        with self._database.reading() as connection:
            if touched is None:
                return list(address_use.seen_in(connection))
            address_use.choose_near(connection, touched)
            identity_rows.add_houses(connection)
            identity_rows.add_tied(connection, ties)
            return list(address_use.seen_in(connection, address_use.NEAR))

    def seen_of(self, addresses: Collection[str]) -> list[SeenAddress]:
        """Returns some addresses with counts."""
        with self._database.reading() as connection:
            address_use.choose_near(connection, addresses)
            return list(address_use.seen_in(connection, address_use.NEAR))

    def held_with(self, addresses: Collection[str]) -> dict[str, tuple[str, JoinRule]]:
        """Returns all addresses of the contacts that hold some: key of the contact, and rule."""
        with self._database.reading() as connection:
            address_use.choose_near(connection, addresses)
            return identity_rows.held_with_near(connection)

    def looks_of(self, addresses: Collection[str]) -> dict[str, int]:
        """Returns the looks of addresses as who-is-who was drawn with last, those that have any."""
        with self._database.reading() as connection:
            return address_use.looks_of(connection, addresses)

    def address_numbers(self) -> Mapping[str, int]:
        """Returns the number of every address."""
        with self._database.reading() as connection:
            return dict(plain_rows(connection, "SELECT address, id FROM address"))

    def addresses_on(self, messages: Collection[int]) -> set[str]:
        """Returns every address some messages name, also as that of a list."""
        with self._database.reading() as connection:
            named = identity_rows.addresses_on(connection, messages)
            return named | address_use.named_as_lists(connection, messages)

    def telephones(self) -> list[str]:
        """Returns the telephone numbers written without their country."""
        with self._database.reading() as connection:
            return identity_rows.telephones(connection)

    def names_alone(self) -> list[tuple[str, int, str]]:
        """Returns names on networks and in chats, with contact number and rule."""
        with self._database.reading() as connection:
            return identity_rows.names_alone(connection)

    def save_contacts(self, identities: Identities, *, everything: bool) -> frozenset[int]:
        """Replaces contacts, all of them or those the identities speak of.

        Returns:
            The latter that are new, or are described otherwise than they were.
        """
        with self._database.writing() as connection:
            return save_identities(connection, identities, everything=everything)

    def save_alike(
        self,
        *,
        parted: Collection[tuple[Contact, str]],
        joined: Mapping[str, str],
        owned: Collection[str],
    ) -> None:
        """Moves names to the contacts they belong to, some to stand alone, some to the owner."""
        with self._database.writing() as connection:
            identity_rows.save_alike(connection, parted=parted, joined=joined, owned=owned)

    def owned(self) -> dict[str, str]:
        """Returns every address recognised as the owner's, and the rule that did."""
        with self._database.reading() as connection:
            return read_owned(connection)

    def owner_names(self) -> list[str]:
        """Returns the names the owner's addresses were seen with, the usual ones."""
        owned = json.dumps(sorted(self.owned()))
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT n.name FROM address_name n JOIN address a ON a.id = n.address_id "
                "WHERE a.address IN (SELECT value FROM json_each(?)) "
                "GROUP BY n.name ORDER BY sum(n.times) DESC, n.name LIMIT 20",
                (owned,),
            )
            return [row[0] for row in rows]

    def contact_of_address(self) -> dict[int, int]:
        """Returns the contact number of each address number."""
        with self._database.reading() as connection:
            return dict(
                plain_rows(connection, "SELECT address_id, contact_id FROM contact_address")
            )

    def contacts(self) -> dict[int, tuple[str, str, bool, str, bool]]:
        """Returns key, organisation, whether set aside, name, whether a person, by number."""
        with self._database.reading() as connection:
            rows = plain_rows(
                connection, "SELECT id, key, organisation, set_aside, name, kind FROM contact"
            )
            return {
                row[0]: (*row[1:3], bool(row[3]), row[4], _is_person(*row[3:6:2])) for row in rows
            }

    def met(self) -> frozenset[tuple[str, str]]:
        """Returns the pairs of addresses where the second answered for the first."""
        return frozenset((asked, answered) for asked, answered in self._conclusion("met") or [])

    def save_met(self, pairs: Collection[tuple[str, str]]) -> None:
        """Keeps those pairs."""
        self._conclude("met", sorted(pairs))

    def cards(self) -> dict[int, HeldCard]:
        """Returns the address cards that still stand in a source, by message number."""
        with self._database.reading() as connection:
            return identity_rows.held_cards(connection)

    def cards_before(self) -> frozenset[int]:
        """Returns the cards conclusions were drawn with last."""
        return frozenset(self._conclusion("cards") or [])

    def save_cards(self, cards: Collection[int]) -> None:
        """Keeps which cards conclusions are drawn with."""
        self._conclude("cards", sorted(cards))


def _is_person(set_aside: str, kind: str) -> bool:
    """Whether a contact is a person; one the owner froze is still the person they were."""
    return kind == ContactKind.PERSON and set_aside in ("", SetAsideReason.FROZEN)

"""Contacts on their way into the tables; of some, only what differs is written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, Final

from gonequiet.domain.contact import Contact, Identities
from gonequiet.store.address_use import save_looks
from gonequiet.store.driver import Connection
from gonequiet.store.ownership import read_owned

_ContactRow = tuple[int, str, str, str, str, str, int]
_DESCRIBED: Final = slice(3, 6)
"""The columns of a contact that change what is concluded of it: organisation, kind, set aside."""
_INSERT_CONTACT: Final = "INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?, ?, ?, ?)"
_INSERT_ADDRESS: Final = "INSERT OR REPLACE INTO contact_address VALUES (?, ?, ?)"


def save_identities(
    connection: Connection, identities: Identities, *, everything: bool
) -> frozenset[int]:
    """Makes the tables say what the identities say, of all contacts or of those they speak of.

    Returns:
        The latter that are new, or are described otherwise than they were.
    """
    run = connection.exec_driver_sql
    before = {} if everything else _stored(connection, identities.contacts)
    contacts = _rows(connection, identities, {key: row[0] for key, row in before.items()})
    changed = [row for row in contacts if before.get(row[1]) != row]
    _save_addresses(connection, identities, contacts, everything=everything)
    if changed:
        run(_INSERT_CONTACT, changed)
    run("DELETE FROM contact WHERE id NOT IN (SELECT contact_id FROM contact_address)")
    run("DELETE FROM contact_address WHERE contact_id NOT IN (SELECT id FROM contact)")
    _save_owner(connection, identities, everything=everything)
    return frozenset(
        row[0]
        for row in changed
        if row[1] not in before or before[row[1]][_DESCRIBED] != row[_DESCRIBED]
    )


def _stored(connection: Connection, contacts: Iterable[Contact]) -> dict[str, Any]:
    """Returns the rows of contacts as they stand, by key."""
    keys = json.dumps([one.key for one in contacts])
    rows = connection.exec_driver_sql(
        "SELECT * FROM contact WHERE key IN (SELECT value FROM json_each(?))", (keys,)
    )
    return {row[1]: row for row in rows}


def _rows(
    connection: Connection, identities: Identities, known: dict[str, int]
) -> list[_ContactRow]:
    """Returns the rows of contacts as they are to be; one without a number gets the next."""
    aside = {one.contact: one.reason.value for one in identities.set_aside}
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM contact").scalar()
    following = 1 + int(last or 0)
    rows: list[_ContactRow] = []
    for contact in identities.contacts:
        number = known.get(contact.key)
        if number is None:
            number, following = following, following + 1
        rows.append(
            (
                number,
                contact.key,
                contact.name,
                contact.organisation,
                contact.kind.value,
                aside.get(contact.key, ""),
                int(contact.is_uncertain),
            )
        )
    return rows


def _save_addresses(
    connection: Connection,
    identities: Identities,
    contacts: Collection[_ContactRow],
    *,
    everything: bool,
) -> None:
    """Gives every address of the contacts to the one it belongs to, and keeps its look."""
    run = connection.exec_driver_sql
    named = [one.address for contact in identities.contacts for one in contact.addresses]
    named += [address for address, _ in identities.looks]
    among = "" if everything else "WHERE address IN (SELECT value FROM json_each(?))"
    values = () if everything else (json.dumps(named),)
    numbers: dict[str, int] = dict(iter(run(f"SELECT address, id FROM address {among}", values)))
    rows = [
        (numbers[one.address], number, one.rule.value)
        for contact, (number, *_) in zip(identities.contacts, contacts, strict=True)
        for one in contact.addresses
        if one.address in numbers
    ]
    if not everything:
        held = "SELECT * FROM contact_address WHERE address_id IN (SELECT value FROM json_each(?))"
        standing = set(run(held, (json.dumps([row[0] for row in rows]),)))
        rows = [row for row in rows if row not in standing]
    if rows:
        run(_INSERT_ADDRESS, rows)
    save_looks(connection, identities.looks, numbers)


def _save_owner(connection: Connection, identities: Identities, *, everything: bool) -> None:
    """Keeps which addresses are the owner's, and why: all, or those the identities speak of."""
    owner = {} if everything else read_owned(connection)
    for contact in identities.contacts:
        for one in contact.addresses:
            owner.pop(one.address, None)
    owner |= {one.address: one.rule.value for one in identities.owner}
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO conclusion VALUES ('owner', ?)",
        (json.dumps(sorted(owner.items())),),
    )

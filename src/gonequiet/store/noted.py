"""What the owner noted of conversations, read from the journal for the ledger."""

from __future__ import annotations

import json
from collections.abc import Collection

from gonequiet.analysis.ledger import Uttered
from gonequiet.analysis.noted import as_uttered, number_of, text_of
from gonequiet.app.ledger import Wording
from gonequiet.domain.agreed import Agreed, agreed_in
from gonequiet.domain.digests import text_digest
from gonequiet.store.driver import Connection
from gonequiet.store.ownership import read_edits


def noted_until(connection: Connection, as_of: int) -> list[Uttered]:
    """Returns what was agreed up to a moment and is somebody's who is not set aside."""
    agreed = [one for one in _read(connection) if one.at <= as_of]
    if not agreed:
        return []
    addresses = sorted({step.address for one in agreed for step in one.steps})
    mails = {text_digest(name) for one in agreed for name in one.about}
    contacts: dict[str, int] = dict(
        connection.exec_driver_sql(_CONTACTS, (json.dumps(addresses),)).all()
    )
    rows = connection.exec_driver_sql(_PLACES, (json.dumps(sorted(mails)),)).all()
    places = {name: (message, thread) for name, message, thread in rows}
    return as_uttered(agreed, contacts, places)


def noted_wordings(connection: Connection, numbers: Collection[int]) -> dict[int, Wording]:
    """Returns the words of the notes among some numbers of messages."""
    if not any(number < 0 for number in numbers):
        return {}
    found = {number_of(one): Wording("", one.title, text_of(one)) for one in _read(connection)}
    return {number: found[number] for number in numbers if number in found}


def noted_claims(connection: Connection, beginning: str) -> list[str]:
    """Returns the keys of what was agreed that begin so."""
    keys = {one.key_of(step) for one in _read(connection) for step in one.steps}
    return sorted(key for key in keys if key.startswith(beginning))


def _read(connection: Connection) -> list[Agreed]:
    return agreed_in(read_edits(connection))


_CONTACTS = """
SELECT a.address, ca.contact_id FROM json_each(?) asked JOIN address a ON a.address = asked.value
JOIN contact_address ca ON ca.address_id = a.id
JOIN contact c ON c.id = ca.contact_id AND c.set_aside = ''"""

_PLACES = """
SELECT m.message_id, m.id, l.thread_id FROM json_each(?) asked
CROSS JOIN message m ON m.id_digest = asked.value JOIN link l ON l.message_id = m.id"""

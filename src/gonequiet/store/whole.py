"""Everything the store holds of one contact, and whole databases, as files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from gonequiet.app.packing import ROLES
from gonequiet.domain.edit import Edit
from gonequiet.store.database import Database
from gonequiet.store.ownership import read_edits


class ContactTables:
    """Implements `app.rights.ContactRecords` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def texts_of(self, contact: int) -> list[dict[str, Any]]:
        """Returns every record of the contact with its whole words, oldest first."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_RECORDS, (contact,)).all()
            people = connection.exec_driver_sql(_PEOPLE, (contact,)).all()
            places = connection.exec_driver_sql(_PLACES, (contact,)).all()
        who: dict[int, list[list[str]]] = {}
        for number, role, address in people:
            who.setdefault(number, []).append([ROLES[role].value, address])
        where: dict[int, list[str]] = {}
        for number, *place in places:
            where.setdefault(number, []).append(": ".join(filter(None, place)))
        return [_record(row, who.get(row[0], []), where.get(row[0], [])) for row in rows]

    def edits_about(self, addresses: Sequence[str]) -> list[Edit]:
        """Returns what the owner said about any of these addresses."""
        with self._database.reading() as connection:
            edits = read_edits(connection)
        return [
            edit
            for edit in edits
            if any(one in edit.first or one in edit.second for one in addresses)
        ]


def _record(row: Any, people: list[list[str]], places: list[str]) -> dict[str, Any]:
    at = None if row[2] is None else f"{datetime.fromtimestamp(row[2], UTC):%Y-%m-%dT%H:%M:%SZ}"
    return {
        "message": row[0],
        "message_id": row[1],
        "at": at,
        "channel": row[3],
        "kind": row[4],
        "direction": row[5],
        "people": people,
        "subject": row[6],
        "new_text": row[7],
        "forwarded": row[8],
        "signature": row[9],
        "attachments": json.loads(row[10] or "[]"),
        "detail": json.loads(row[11] or "null"),
        "lies_in": places,
    }


_THEIRS = """(SELECT DISTINCT p.message_id FROM contact_address ca
    JOIN participant p ON p.address_id = ca.address_id WHERE ca.contact_id = ?)"""
_RECORDS = f"""
SELECT m.id, m.message_id, m.sent_at, m.channel, m.kind, coalesce(l.direction, ''),
    t.subject, t.new_text, t.forwarded, t.signature, m.attachments, m.detail
FROM message m JOIN message_text t ON t.id = m.id LEFT JOIN link l ON l.message_id = m.id
WHERE m.id IN {_THEIRS} ORDER BY m.sent_at, m.id"""
_PEOPLE = f"""
SELECT p.message_id, p.role, a.address FROM participant p JOIN address a ON a.id = p.address_id
WHERE p.message_id IN {_THEIRS} ORDER BY p.message_id, p.position"""
_PLACES = f"""
SELECT c.message_id, s.location, u.path, c.position FROM copy c JOIN unit u ON u.id = c.unit_id
JOIN source s ON s.id = u.source_id WHERE c.message_id IN {_THEIRS} ORDER BY 1, 2, 3, 4"""

"""What the records hold on where contacts are: their addresses, signatures and UTC offsets."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection

from gonequiet.analysis.clock_offsets import SeenOffset
from gonequiet.analysis.whereabouts import Clues, SeenSignature
from gonequiet.store.database import Database

LATEST = 30
"""So many of a contact's latest messages are looked at for signatures."""

MONTHS = 12
"""Offsets of so many of the latest months with mail are taken, one of each."""

_SIGNATURE_CHARS = 2_000
_MONTH = 2_629_746  # the mean one, in seconds


class ClueTables:
    """Implements `app.workdays.ClueStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def clues(self, contacts: Collection[int]) -> dict[int, Clues]:
        """Returns the clues of each contact asked for; one without any has empty ones."""
        asked = json.dumps(sorted(set(contacts)))
        with self._database.reading() as connection:
            addresses = _grouped(connection.exec_driver_sql(_ADDRESSES, (asked,)).all())
            written = _grouped(connection.exec_driver_sql(_WRITTEN, (asked,)).all())
            latest = {contact: _latest(rows) for contact, rows in written.items()}
            texts = _signatures(connection, [one for rows in latest.values() for one in rows])
        return {
            contact: Clues(
                tuple(address for (address,) in addresses[contact]),
                tuple(
                    SeenSignature(at, texts[message])
                    for message, at in latest.get(contact, {}).items()
                    if message in texts
                ),
                _offsets(written[contact]),
            )
            for contact in set(contacts)
        }


def _grouped(rows: Collection[Any]) -> dict[int, list[Any]]:
    """Returns the rows of each contact, who stands first in them."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for contact, *row in rows:
        grouped[contact].append(row)
    return grouped


def _latest(rows: list[Any]) -> dict[int, int]:
    """Returns the latest messages and their moments, newest first."""
    newest = sorted(((at, message) for message, at, _ in rows), reverse=True)[:LATEST]
    return {message: at for at, message in newest}


def _offsets(rows: list[Any]) -> tuple[SeenOffset, ...]:
    """Returns the last offset of each of the latest months, oldest first."""
    by_month = {at // _MONTH: SeenOffset(at, minutes) for at, minutes in _dated(rows)}
    return tuple(by_month[month] for month in sorted(by_month)[-MONTHS:])


def _dated(rows: list[Any]) -> list[tuple[int, int]]:
    return sorted((at, minutes) for _, at, minutes in rows if minutes is not None)


def _signatures(connection: Connection, messages: list[int]) -> dict[int, str]:
    """Returns the signatures of messages that have one."""
    rows = connection.exec_driver_sql(_SIGNATURES, (json.dumps(messages),)).all()
    return {row[0]: row[1] for row in rows}


_ADDRESSES = """
SELECT c.contact_id, a.address FROM json_each(?) asked
JOIN contact_address c ON c.contact_id = asked.value JOIN address a ON a.id = c.address_id
ORDER BY c.contact_id, a.address"""

# The first participant of a message is its author: the index alone finds what somebody wrote.
_WRITTEN = """
SELECT c.contact_id, m.id, m.sent_at, m.utc_offset_minutes FROM json_each(?) asked
JOIN contact_address c ON c.contact_id = asked.value
JOIN participant p ON p.address_id = c.address_id AND p.position = 0 AND p.role = 0
JOIN message m ON m.id = p.message_id
WHERE m.kind IN ('personal', 'list') AND m.sent_at IS NOT NULL"""

_SIGNATURES = f"""
SELECT t.id, substr(t.signature, 1, {_SIGNATURE_CHARS}) FROM json_each(?) asked
JOIN message_text t ON t.id = asked.value WHERE t.signature <> ''"""

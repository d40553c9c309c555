"""What the records hold on where contacts are: their addresses, signatures and UTC offsets."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from gonequiet.analysis.clock_offsets import SeenOffset
from gonequiet.analysis.whereabouts import Clues, SeenSignature
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection

LATEST = 30
"""So many of a contact's latest messages are looked at for signatures."""

MONTHS = 12
"""Offsets of so many of the latest months with mail are taken, one of each."""

_MOST_RECENT = 40
_MOST_BEFORE = 24
_ONE_OF = 16
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
            addresses = _by_contact(connection.exec_driver_sql(_ADDRESSES, (asked,)).all())
            written = _by_contact(connection.exec_driver_sql(_WRITTEN, (asked,)).all())
            latest = [row[2] for rows in written.values() for row in rows[-LATEST:]]
            texts = _signatures(connection, latest)
        return {
            contact: Clues(
                tuple(row[1] for row in addresses.get(contact, ())),
                _seen(written.get(contact, [])[-LATEST:], texts),
                _offsets(written.get(contact, [])),
            )
            for contact in set(contacts)
        }


def _by_contact(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Returns the rows of each contact, who stands first in them, in order."""
    ordered = sorted(map(tuple, rows))
    return {contact: list(own) for contact, own in groupby(ordered, itemgetter(0))}


def _signatures(connection: Connection, messages: Sequence[int]) -> dict[int, str]:
    """Returns the signatures of messages that have one."""
    asked = json.dumps(sorted(messages))
    return {row[0]: row[1] for row in connection.exec_driver_sql(_SIGNATURES, (asked,))}


def _seen(written: Sequence[Any], texts: Mapping[int, str]) -> tuple[SeenSignature, ...]:
    return tuple(
        SeenSignature(at, texts[message]) for _, at, message, _ in written if message in texts
    )


def _offsets(written: Sequence[Any]) -> tuple[SeenOffset, ...]:
    """Returns the last offset of each of the latest months with one, newest first."""
    by_month: dict[int, SeenOffset] = {}
    for _, at, _, minutes in reversed(written):
        if minutes is None or at // _MONTH in by_month:
            continue
        if len(by_month) == MONTHS:
            break
        by_month[at // _MONTH] = SeenOffset(at, minutes)
    return tuple(by_month.values())


_ADDRESSES = """
SELECT c.contact_id, a.address FROM json_each(?) asked
JOIN contact_address c ON c.contact_id = asked.value JOIN address a ON a.id = c.address_id"""

# The first participant of a message is its author, so an index alone finds what somebody wrote.
# Of an address with thousands of messages, those read in last are taken, and some from before
# them: summer and winter are needed to tell one clock from another.
_WRITTEN = f"""
SELECT c.contact_id, m.sent_at, m.id, m.utc_offset_minutes FROM json_each(?) asked
JOIN contact_address c ON c.contact_id = asked.value
JOIN message m ON m.id IN (
    SELECT * FROM (SELECT p.message_id FROM participant p
        WHERE p.address_id = c.address_id AND p.position = 0
        ORDER BY p.message_id DESC LIMIT {_MOST_RECENT})
    UNION SELECT * FROM (SELECT p.message_id FROM participant p
        WHERE p.address_id = c.address_id AND p.position = 0 AND p.message_id % {_ONE_OF} = 0
        ORDER BY p.message_id DESC LIMIT {_MOST_BEFORE}))
WHERE m.from_address_id = c.address_id AND m.kind IN ('personal', 'list')
    AND m.sent_at IS NOT NULL"""

_SIGNATURES = f"""
SELECT t.id, substr(t.signature, 1, {_SIGNATURE_CHARS}) FROM json_each(?) asked
JOIN message_text t ON t.id = asked.value WHERE t.signature <> ''"""

"""What engagements are drawn from, as SQL."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from gonequiet.analysis.addresses import organisation_of
from gonequiet.app.engagement_records import (
    AnsweredWait,
    ExchangeSeen,
    MessageWords,
    NoticeSeen,
    Person,
)
from gonequiet.app.reading_version import VERSION
from gonequiet.domain.edit import Edit
from gonequiet.domain.episode import Closure
from gonequiet.domain.moments import EARLIEST_AT, LATEST_AT
from gonequiet.store.database import Database
from gonequiet.store.ownership import read_edits

_CHUNK = 500
_MOST_CHARS = 8_000  # of new words; nothing behind them is read
"""Mail dated behind 2099 tells nothing of when it was sent."""
_CONTACT_BITS = "c.set_aside = '' AND c.kind IN ('person', 'role')"
_SEEN_KINDS = "('personal', 'calendar', 'call', 'meeting')"
_NOTICE_WORDS = (
    "signed OR unterschrieben OR unterzeichnet OR signiert OR remittance OR zahlungsavis OR "
    '"purchase order" OR bestellung OR invoice OR rechnung OR signing'
)


class EngagementTables:
    """Implements `app.engagement_records.EngagementStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def people(self) -> dict[int, Person]:
        """Returns every contact that is not set aside, by number."""
        rows = self._all(f"SELECT id, key, name, organisation FROM contact c WHERE {_CONTACT_BITS}")
        return {row[0]: Person._make(row[1:]) for row in rows}

    def exchanges(self, as_of: int) -> list[ExchangeSeen]:
        """Returns what was exchanged with them up to a moment, oldest first."""
        contacts: dict[int, list[int]] = defaultdict(list)
        for message, contact in self._all(_WITH):
            contacts[message].append(contact)
        rows = self._all(_EXCHANGES, min(as_of, LATEST_AT))
        return [_seen(row, contacts[row[0]]) for row in rows if row[0] in contacts]

    def words(self, messages: Collection[int]) -> dict[int, MessageWords]:
        """Returns what some messages say, by number."""
        found: dict[int, MessageWords] = {}
        wanted = sorted(set(messages))
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ", ".join("?" * len(part))
            for row in self._all(f"{_WORDS} WHERE m.id IN ({marks})", *part):
                found[row[0]] = _words(row[1:])
        return found

    def steps(self, messages: Collection[int]) -> dict[int, list[list[str]]]:
        """Returns what messages undertake for sure, of those whose words were read already."""
        through = next((row[0] for row in self._all(_READ_THROUGH, VERSION)), 0)
        wanted = sorted({one for one in messages if one <= through})
        found: dict[int, list[list[str]]] = {one: [] for one in wanted}
        for message, by_reader, what, due_on in self._all(_STEPS, json.dumps(wanted)):
            who = "reader" if by_reader else "writer"
            found[message].append([who, " ".join(what.split()), due_on])
        return found

    def notices(self, as_of: int) -> list[NoticeSeen]:
        """Returns automatic mail up to a moment that may report a tangible commitment."""
        rows = self._all(_NOTICES, _NOTICE_WORDS, min(as_of, LATEST_AT))
        return [
            NoticeSeen(row[0], _anchor(*row[1:3]), row[3], organisation_of(row[4]), _words(row[5:]))
            for row in rows
        ]

    def answered_waits(self, as_of: int) -> list[AnsweredWait]:
        """Returns waits that called for an answer and had one by then, the latest first."""
        found = []
        for row in self._all(_ANSWERED, min(as_of, LATEST_AT)):
            follow_ups = (one[1] for one in json.loads(row[3] or "[]") if one[0] <= row[5])
            asked = (row[1], *follow_ups)
            in_thread = row[6] == Closure.RESPONSE.value
            found.append(AnsweredWait(row[0], asked, row[2], row[4], row[5], in_thread))
            if row[7] is not None and row[7] != row[4] and row[8] <= as_of:
                found.append(AnsweredWait(row[0], asked, row[2], row[7], row[8], True))
        return found

    def edits(self) -> list[Edit]:
        """Returns the owner's journal."""
        with self._database.reading() as connection:
            return read_edits(connection)

    def _all(self, sql: str, *values: object) -> Iterator[Any]:
        with self._database.reading() as connection:
            yield from connection.exec_driver_sql(sql, values)


def _seen(row: Any, contacts: list[int]) -> ExchangeSeen:
    return ExchangeSeen(
        number=row[0],
        anchor=_anchor(row[1], row[2]),
        thread=row[3],
        at=row[4],
        direction=row[5],
        kind=row[6],
        subject=row[7],
        sender=row[8] or 0,
        contacts=tuple(contacts),
        expects_answer=bool(row[9]),
        has_documents=bool(row[10]),
        detail=row[11],
    )


def _anchor(message_id: str, content_digest: int) -> str:
    return message_id or f"#{content_digest & (2**64 - 1):016x}"


def _words(row: Any) -> MessageWords:
    names = tuple(str(one[0]) for one in json.loads(row[2] or "[]") if one[0])
    return MessageWords(row[0], row[1], names, row[3] or 0)


_WITH = f"""
SELECT DISTINCT p.message_id, ca.contact_id FROM contact c
JOIN contact_address ca ON ca.contact_id = c.id
JOIN participant p ON p.address_id = ca.address_id WHERE {_CONTACT_BITS}"""

_EXCHANGES = f"""
SELECT m.id, m.message_id, m.content_digest, l.thread_id, m.sent_at, l.direction, m.kind,
    t.subject, CASE WHEN l.direction = 'inbound' THEN ca.contact_id END, (m.facts >> 4) & 1,
    m.attachments <> '', m.detail
FROM message m JOIN link l ON l.message_id = m.id JOIN message_text t ON t.id = m.id
LEFT JOIN contact_address ca ON ca.address_id = m.from_address_id
WHERE l.direction IN ('inbound', 'outbound') AND m.kind IN {_SEEN_KINDS}
AND l.rule <> 'superseded' AND m.sent_at > {EARLIEST_AT} AND m.sent_at <= ?
ORDER BY m.sent_at, m.id"""

_WORDS = f"""
SELECT m.id, t.subject, substr(t.new_text, 1, {_MOST_CHARS}), m.attachments, m.utc_offset_minutes
FROM message m JOIN message_text t ON t.id = m.id"""

_READ_THROUGH = "SELECT through FROM reader WHERE version = ?"

_STEPS = """
SELECT c.message_id, c.by_reader, substr(t.new_text, c.what_start + 1, c.what_stop - c.what_start),
    c.due_on
FROM commitment c JOIN message_text t ON t.id = c.message_id
WHERE c.message_id IN (SELECT value FROM json_each(?)) AND c.is_sure
ORDER BY c.message_id, c.start"""

_NOTICES = f"""
SELECT m.id, m.message_id, m.content_digest, m.sent_at,
    coalesce((SELECT a.address FROM address a WHERE a.id = m.from_address_id), ''),
    t.subject, substr(t.new_text, 1, {_MOST_CHARS}), m.attachments, m.utc_offset_minutes
FROM full_text f JOIN message m ON m.id = f.rowid JOIN message_text t ON t.id = m.id
JOIN link l ON l.message_id = m.id
WHERE full_text MATCH ? AND m.kind = 'automatic' AND l.direction = 'inbound'
AND m.sent_at > {EARLIEST_AT} AND m.sent_at <= ?
ORDER BY m.sent_at, m.id"""

_ANSWERED = f"""
SELECT e.contact_id, e.opened_by, e.opened_at, e.follow_ups, e.closed_by, e.closed_at, e.closure,
    e.replied_by, e.replied_at
FROM episode e JOIN contact c ON c.id = e.contact_id JOIN message m ON m.id = e.opened_by
JOIN message a ON a.id = e.closed_by
WHERE e.opened_at > {EARLIEST_AT} AND e.closed_at <= ? AND NOT e.is_mass
AND e.closure IN ('response', 'response_elsewhere')
AND c.set_aside = '' AND (m.facts >> 4) & 1 AND a.kind IN ('personal', 'calendar')
ORDER BY e.closed_at DESC, e.opened_at DESC, e.opened_by, e.contact_id"""

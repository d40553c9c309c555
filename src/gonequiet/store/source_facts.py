"""How far and how completely each source was read, as SQL and as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gonequiet.analysis.completeness import AnswersSeen
from gonequiet.domain.moments import EARLIEST_AT
from gonequiet.domain.source import SourceFacts, SourceKind
from gonequiet.store.database import Database
from gonequiet.store.shelf import ShelfTables


def find_sources(database: Database, shelf: ShelfTables) -> list[SourceFacts]:
    """Returns how far and how completely each source was read."""

    def held() -> list[dict[str, Any]]:
        """Returns what each source holds: a look at every copy."""
        with database.reading() as connection:
            return list(connection.exec_driver_sql(_HELD).mappings())

    known = {row["id"]: row for row in shelf.standing("sources", held)}
    with database.reading() as connection:
        rows = list(connection.exec_driver_sql(_SOURCES).mappings())
    return [_source({**known.get(row["id"], _NOTHING_HELD), **row}) for row in rows]


def find_answers_seen(database: Database, as_of: int, latest: int) -> AnswersSeen:
    """Returns of how many of the latest answers to the owner the letter is here."""
    with database.reading() as connection:
        ((answers, held),) = connection.exec_driver_sql(_ANSWERS, (as_of, latest)).all()
    return AnswersSeen(answers, held)


_NOTHING_HELD = {
    "newest_at": None,
    "oldest_at": None,
    "messages": 0,
    "copies": 0,
    "has_sent": 0,
    "has_received": 0,
    "channels": "",
}


def _source(row: Mapping[str, Any]) -> SourceFacts:
    return SourceFacts(
        location=row["location"],
        kind=SourceKind(row["kind"]),
        read_at=row["read_at"],
        newest_at=row["newest_at"],
        oldest_at=row["oldest_at"],
        messages=row["messages"],
        copies=row["copies"],
        has_sent=bool(row["has_sent"]),
        has_received=bool(row["has_received"]),
        problems=row["problems"],
        channels=tuple(sorted(filter(None, row["channels"].split(",")))),
    )


_ANSWERS = """
SELECT count(*), coalesce(sum(is_held), 0) FROM (
    SELECT l.rule = 'in_reply_to' AND p.direction = 'outbound' AS is_held
    FROM message m JOIN link l ON l.message_id = m.id
    LEFT JOIN link p ON p.message_id = l.parent_id
    WHERE m.kind = 'personal' AND l.direction = 'inbound' AND m.sent_at <= ?
        AND (l.rule <> 'in_reply_to' OR p.direction = 'outbound')
        AND EXISTS (SELECT 1 FROM reference r WHERE r.message_id = m.id AND r.kind = 0)
    ORDER BY m.sent_at DESC LIMIT ?)"""

_SOURCES = """
SELECT s.id, s.location, s.kind, s.read_at,
    (SELECT count(*) FROM problem p WHERE p.source_id = s.id) AS problems
FROM source s ORDER BY s.id"""

_HELD = f"""
SELECT s.id,
    max(CASE WHEN m.sent_at BETWEEN {EARLIEST_AT} AND s.added_at + 4000000000
        AND m.channel <> 'meeting' THEN m.sent_at END)
        AS newest_at,
    min(CASE WHEN m.sent_at > {EARLIEST_AT} THEN m.sent_at END) AS oldest_at,
    count(DISTINCT c.message_id) AS messages, count(c.message_id) AS copies,
    coalesce(max(u.folder_role = 'sent' OR c.labels LIKE '%sent%'), 0) AS has_sent,
    coalesce(max(l.direction = 'inbound'), 0) AS has_received,
    -- A mail that carries a meeting is no calendar: what else is in the calendar is not read.
    coalesce(group_concat(DISTINCT CASE WHEN m.channel <> 'meeting'
        OR instr(c.position, ' meeting ') = 0 THEN m.channel END), '') AS channels
FROM source s LEFT JOIN unit u ON u.source_id = s.id LEFT JOIN copy c ON c.unit_id = u.id
LEFT JOIN message m ON m.id = c.message_id LEFT JOIN link l ON l.message_id = m.id
GROUP BY s.id ORDER BY s.id"""

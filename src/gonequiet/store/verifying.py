"""Is the database sound? SQLite's own check, the full-text index, and a digest for every row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from sqlite3 import DatabaseError
from typing import Any

from gonequiet.app.health import Finding
from gonequiet.app.packing import row_digest
from gonequiet.domain.digests import digest_of, text_digest
from gonequiet.store.database import Database, back_up
from gonequiet.store.driver import Connection
from gonequiet.store.exporting import concluded_lines
from gonequiet.store.full_text import index_more, is_finished

MOST_NAMED = 20
"""Rows named in one finding; more are counted."""


def find_damage(database: Database) -> list[Finding]:
    """Returns everything that is not as it was written; nothing is changed."""
    try:
        with database.reading() as connection:
            findings = _integrity(connection)
            if findings:
                return findings
            for check in (_messages, _copies, _problems, _units, _sources, _edits):
                findings += check(connection)
        with database.writing() as connection:
            findings += _full_text(connection)
    except DatabaseError as error:
        findings = [Finding("database", f"it cannot be read ({str(error)[:100]})")]
    return findings


def find_drift(
    database: Database, redraw: Callable[[Database], None], folder: Path
) -> list[Finding]:
    """Draws all conclusions again on a copy and returns where they differ from those stored.

    Args:
        database: a sound one; it is only read.
        redraw: draws everything again.
        folder: where the copy may lie meanwhile.
    """
    copy = Database(folder / "again.db")
    back_up(database.path, copy.path)
    redraw(copy)
    stored, again = (_concluded(one) for one in (database, copy))
    return [
        Finding("conclusions", f"{len(found)} of kind '{kind}' are not as the records give them")
        for kind in sorted(stored.keys() | again.keys())
        if (found := stored.get(kind, Counter()) - again.get(kind, Counter()))
        or (found := again.get(kind, Counter()) - stored.get(kind, Counter()))
    ]


def _concluded(database: Database) -> dict[str, Counter[int]]:
    """Returns a multiset of digests of the exported lines, by kind."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for kind, line in concluded_lines(database):
        found[kind][text_digest(line)] += 1
    return found


def _integrity(connection: Connection) -> list[Finding]:
    rows = connection.exec_driver_sql("PRAGMA integrity_check(20)").all()
    return [Finding("database", str(row[0])) for row in rows if row[0] != "ok"]


def _full_text(connection: Connection) -> list[Finding]:
    try:
        while not is_finished(connection) and index_more(connection):
            pass  # a first import was stopped before it came to this
        connection.exec_driver_sql(
            "INSERT INTO full_text(full_text, rank) VALUES ('integrity-check', 1)"
        )
    except DatabaseError:
        return [Finding("full-text index", "it does not agree with the messages")]
    return []


_MESSAGE = """
SELECT m.id, m.digest, m.message_id, m.id_digest, m.content_digest, m.sent_at, m.sent_at_from,
    m.utc_offset_minutes, m.subject_digest, m.opening_digest, m.quoted_digest, m.kind, m.list_id,
    m.return_on, m.failed_addresses, m.attachments, m.facts, m.new_text_chars, m.size,
    t.subject, t.new_text, t.forwarded, t.signature, m.channel, m.states, m.detail
FROM message m LEFT JOIN message_text t ON t.id = m.id ORDER BY m.id"""
_ROW, _TEXTS, _CHANNEL = slice(2, 19), slice(19, 23), slice(23, 26)


def _messages(connection: Connection) -> list[Finding]:
    people = _Following(
        connection,
        "SELECT p.message_id, p.role, a.address FROM participant p "
        "LEFT JOIN address a ON a.id = p.address_id ORDER BY p.message_id, p.position",
    )
    references = _Following(
        connection,
        "SELECT message_id, kind, id_digest FROM reference ORDER BY message_id, position",
    )
    wrong = []
    for row in connection.exec_driver_sql(_MESSAGE):
        digest = row_digest(
            tuple(row[_ROW]),
            tuple(row[_TEXTS]),
            people.of(row[0]),
            tuple(references.of(row[0])),
            tuple(row[_CHANNEL]),
        )
        if digest != row[1]:
            wrong.append(f"message {row[0]}")
    return _named("messages", wrong)


class _Following:
    """Rows that belong to messages, read alongside them in the same order."""

    def __init__(self, connection: Connection, sql: str) -> None:
        rows: Iterator[Any] = iter(connection.exec_driver_sql(sql))
        self._groups = groupby(rows, key=itemgetter(0))
        self._next: tuple[int, list[tuple[Any, ...]]] | None = None
        self._advance()

    def of(self, message: int) -> list[tuple[Any, ...]]:
        """Returns the rows of a message; messages are asked for in rising order."""
        while self._next is not None and self._next[0] < message:
            self._advance()
        if self._next is None or self._next[0] != message:
            return []
        return self._next[1]

    def _advance(self) -> None:
        found = next(self._groups, None)
        self._next = None if found is None else (found[0], [tuple(row[1:]) for row in found[1]])


def _copies(connection: Connection) -> list[Finding]:
    rows = connection.exec_driver_sql(
        "SELECT c.digest, u.path, c.position, c.message_id, c.labels "
        "FROM copy c LEFT JOIN unit u ON u.id = c.unit_id"
    )
    return _named("copies", [f"{row[1]}:{row[2]}" for row in rows if _differs(row)])


def _problems(connection: Connection) -> list[Finding]:
    rows = connection.exec_driver_sql("SELECT digest, kind, position, reason FROM problem")
    return _named("problems", [str(row[2]) for row in rows if _differs(row)])


def _units(connection: Connection) -> list[Finding]:
    rows = connection.exec_driver_sql("SELECT digest, path, folder, folder_role, state FROM unit")
    return _named("cursors", [str(row[1]) for row in rows if _differs(row)])


def _sources(connection: Connection) -> list[Finding]:
    rows = connection.exec_driver_sql(
        "SELECT digest, kind, location, added_at, read_at FROM source"
    )
    return _named("sources", [str(row[2]) for row in rows if _differs(row)])


def _edits(connection: Connection) -> list[Finding]:
    rows = connection.exec_driver_sql(
        "SELECT digest, made_at, verb, first, second, undoes FROM edit"
    )
    return _named("your edits", [str(row[1]) for row in rows if _differs(row)])


def _differs(row: Any) -> bool:
    return bool(digest_of(tuple(row[1:])) != row[0])


def _named(what: str, wrong: list[str]) -> list[Finding]:
    if not wrong:
        return []
    named = ", ".join(wrong[:MOST_NAMED])
    more = f" and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
    return [Finding(what, f"{len(wrong)} not as written: {named}{more}")]

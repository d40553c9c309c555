"""What was judged, kept: read by the next question about the same moment, and by a scheduler."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress

from gonequiet.app.beliefs import Reason
from gonequiet.app.judging import Look
from gonequiet.errors import StoreError
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection, Row
from gonequiet.store.shelf import records_state

MOMENTS = 12
"""Of so many moments what was judged is kept; the oldest judgement gives way."""


class LookTables:
    """Implements `app.judging.LookBook` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_looks(self, as_of: int, terms: str) -> Mapping[tuple[int, int], Look]:
        """Returns what was judged as of a moment, by contact and opening message."""
        basis = self._basis(terms)
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_LOOKS, (as_of, basis)).all()
        return {(row[0], row[1]): _look(row) for row in rows}

    def save_looks(self, as_of: int, terms: str, looks: Sequence[Look]) -> None:
        """Keeps what was judged; that it cannot be kept is no failure."""
        basis = self._basis(terms)
        with suppress(StoreError), self._database.noting() as connection:
            number = _judged(connection, as_of, basis)
            connection.exec_driver_sql(_SAVE, [_row(number, look) for look in looks])

    def save_next(self, as_of: int, terms: str, next_look_at: int | None) -> None:
        """Keeps when the first of all open matters is to be looked at again."""
        basis = self._basis(terms)
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(_WHOLE, (as_of, basis)).first()
        if found == (next_look_at,):
            return
        with suppress(StoreError), self._database.noting() as connection:
            number = _judged(connection, as_of, basis)
            connection.exec_driver_sql(
                "UPDATE judged SET is_whole = 1, next_look_at = ? WHERE id = ?",
                (next_look_at, number),
            )

    def find_next(self, terms: str, until: int) -> tuple[int, int | None] | None:
        """Returns the latest moment up to another all was judged as of, and the next to look."""
        basis = self._basis(terms)
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(_LATEST, (basis, until)).first()
        return None if found is None else (found[0], found[1])

    def _basis(self, terms: str) -> str:
        return f"{records_state(self._database)} | {terms}"


def _judged(connection: Connection, as_of: int, basis: str) -> int:
    """Returns the number of a judgement; what stands no longer, or is oldest, makes room."""
    run = connection.exec_driver_sql
    run("DELETE FROM judged WHERE basis <> ?", (basis,))
    found = run("SELECT id FROM judged WHERE as_of = ?", (as_of,)).scalar()
    if found is None:
        found = run(
            "INSERT INTO judged (as_of, basis, is_whole) VALUES (?, ?, 0)", (as_of, basis)
        ).inserted
    run("DELETE FROM judged WHERE id <= ?", (int(found) - MOMENTS,))
    run("DELETE FROM look WHERE judged_id NOT IN (SELECT id FROM judged)")
    return int(found)


def _look(row: Row) -> Look:
    reasons = tuple(Reason(words, weight) for words, weight in json.loads(row[7]))
    return Look._make([*row[:5], (row[5], row[6]), reasons, *row[8:]])


def _row(number: int, look: Look) -> tuple[object, ...]:
    return (
        number,
        look.contact,
        look.message,
        look.thread,
        look.look_at,
        look.probability,
        *look.interval_90,
        json.dumps(look.reasons),
        look.waited_working_days,
        look.alike,
        look.alike_answered,
        look.at_first,
    )


_LOOKS = """
SELECT l.contact_id, l.opened_by, l.thread_id, l.look_at, l.probability, l.low_90, l.high_90,
    l.reasons, l.waited_working_days, l.alike, l.alike_answered, l.at_first
FROM judged j JOIN look l ON l.judged_id = j.id WHERE j.as_of = ? AND j.basis = ?"""

_SAVE = "INSERT OR REPLACE INTO look VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

_WHOLE = "SELECT next_look_at FROM judged WHERE as_of = ? AND basis = ? AND is_whole"

_LATEST = """
SELECT as_of, next_look_at FROM judged WHERE basis = ? AND is_whole AND as_of <= ?
ORDER BY as_of DESC LIMIT 1"""

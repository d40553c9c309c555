"""The writing side of an import: records, copies and cursors, a chunk at a time.

Every chunk is one transaction together with the cursor it brings its unit to, so that an import
killed at any moment goes on where it was. Statements are written out: this is the one place where
the time of an import is spent.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from itertools import islice

from gonequiet.app.ports import PackedRecord, UnitChunk
from gonequiet.domain.digests import digest_of
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import SourceKind, SourceUnit
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.erased import ErasedAddresses
from gonequiet.store.former import forget_superseded, retract, set_former_apart
from gonequiet.store.new_messages import NewMessages, Placed

_INSERT_COPY = "INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?, ?)"


class IngestTables:
    """Implements `app.ports.IngestStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._addresses: dict[str, int] = {}
        self._units: dict[tuple[int, str], int] = {}
        self._erased: ErasedAddresses | None = None
        self._oldest_kept: dict[int, int] = {}

    def sole_writer(self) -> AbstractContextManager[None]:
        """Holds the writer's lock."""
        return self._database.sole_writer()

    def add_source(self, kind: SourceKind, location: str, now: int) -> int:
        """Returns the number of a source, adding it when new."""
        with self._database.writing() as connection:
            run = connection.exec_driver_sql
            location = ErasedAddresses(connection).place(location)
            known = run("SELECT id FROM source WHERE location = ?", (location,)).scalar()
            if known is not None:
                return int(known)
            row = (kind.value, location, now, None)
            return run(
                "INSERT INTO source (kind, location, added_at, read_at, digest) "
                "VALUES (?, ?, ?, ?, ?)",
                (*row, digest_of(row)),
            ).inserted

    def finish_source(self, source: int, now: int) -> None:
        """Notes that a source was read to its end."""
        with self._database.writing() as connection:
            run = connection.exec_driver_sql
            forget_superseded(connection, source)
            rows = run("SELECT kind, location, added_at FROM source WHERE id = ?", (source,))
            run(
                "UPDATE source SET read_at = ?, digest = ? WHERE id = ?",
                (now, digest_of((*rows.all()[0], now)), source),
            )

    def has_source(self, location: str) -> bool:
        """Returns whether a source was ever added."""
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT 1 FROM source WHERE location = ?", (location,)
            )
            return found.first() is not None

    def keep_from(self, source: int, oldest_at: int | None) -> None:
        """Says that older records of a source are not taken in (None: all are)."""
        if oldest_at is None:
            self._oldest_kept.pop(source, None)
        else:
            self._oldest_kept[source] = oldest_at

    def unit_states(self, source: int) -> dict[str, tuple[int, str]]:
        """Returns unit number and cursor by path."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT path, id, state FROM unit WHERE source_id = ?", (source,)
            )
            return {path: (number, state) for path, number, state in rows}

    def known_positions(self, unit: int) -> frozenset[str]:
        """Returns the stored positions of a unit."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT position FROM copy WHERE unit_id = ? "
                "UNION ALL SELECT position FROM problem WHERE unit_id = ?",
                (unit, unit),
            )
            return frozenset(row[0] for row in rows)

    def has_only_problems(self, source: int) -> bool:
        """Returns whether a source gave problems and never a record."""
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT EXISTS (SELECT 1 FROM problem WHERE source_id = ?) AND NOT EXISTS "
                "(SELECT 1 FROM unit JOIN copy ON unit_id = unit.id WHERE source_id = ?)",
                (source, source),
            )
            return bool(found.scalar())

    def save_source_problems(self, source: int, problems: Sequence[RecordProblem]) -> None:
        """Replaces the problems found while looking for units."""
        with self._database.writing() as connection:
            connection.exec_driver_sql(
                "DELETE FROM problem WHERE source_id = ? AND unit_id IS NULL", (source,)
            )
            _insert_problems(connection, source, None, problems)

    def save_chunks(self, source: int, chunks: Sequence[UnitChunk]) -> tuple[int, int]:
        """Saves records, problems and cursors in one transaction; returns new messages, copies."""
        with self._database.writing() as connection:
            if self._erased is None:
                self._erased = ErasedAddresses(connection)
            if self._erased:
                chunks = self._erased.kept_of(chunks)
            oldest = self._oldest_kept.get(source)
            if oldest is not None:
                chunks = [newer_than(oldest, one) for one in chunks]
            numbers = [self._unit_number(connection, source, one.unit) for one in chunks]
            for number, (unit, chunk, restarts, keeps) in zip(numbers, chunks, strict=True):
                if restarts:
                    set_former_apart(connection, number, unit.path, keeps)
                if chunk.retracts:
                    retract(connection, number, chunk.retracts)
            batch = NewMessages(connection, self._addresses)
            placed = batch.save([record for one in chunks for record in one.chunk.records])
            _insert_copies(connection, numbers, chunks, placed)
            _note_touched(connection, batch.known)
            _save_problems(connection, source, numbers, chunks, placed)
            _set_states(connection, numbers, chunks)
            return batch.added, len(placed) - batch.added

    def _unit_number(self, connection: Connection, source: int, unit: SourceUnit) -> int:
        known = self._units.get((source, unit.path))
        if known is None:
            known = _unit_number(connection, source, unit)
            self._units[source, unit.path] = known
        return known


def _insert_copies(
    connection: Connection,
    numbers: Sequence[int],
    chunks: Sequence[UnitChunk],
    placed: Sequence[Placed],
) -> None:
    following = iter(placed)
    rows = [
        (number, *row, digest_of((one.unit.path, *row)))
        for number, one in zip(numbers, chunks, strict=True)
        for row in islice(following, len(one.chunk.records))
    ]
    if rows:
        connection.exec_driver_sql(_INSERT_COPY, rows)


def _note_touched(connection: Connection, known: Collection[int]) -> None:
    if known:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO touched VALUES (?)", [(one,) for one in sorted(known)]
        )


def _save_problems(
    connection: Connection,
    source: int,
    numbers: Sequence[int],
    chunks: Sequence[UnitChunk],
    placed: Sequence[Placed],
) -> None:
    """Replaces what a unit's problems were while it lay empty by those of its records."""
    connection.exec_driver_sql(
        "DELETE FROM problem WHERE unit_id = ? AND kind = ?",
        [(number, ProblemKind.EMPTIED.value) for number in dict.fromkeys(numbers)],
    )
    rows: list[tuple[object, ...]] = []
    following = iter(placed)
    for number, one in zip(numbers, chunks, strict=True):
        rows += [_problem_row(source, number, problem, None) for problem in one.chunk.problems]
        rows += [
            _problem_row(source, number, problem, message)
            for record, (_, message, _) in zip(
                one.chunk.records, islice(following, len(one.chunk.records)), strict=True
            )
            if record.problems
            for problem in _of_record(record)
        ]
    if rows:
        connection.exec_driver_sql(_INSERT_PROBLEM, rows)


def _set_states(
    connection: Connection, numbers: Sequence[int], chunks: Sequence[UnitChunk]
) -> None:
    latest = {
        number: (one.unit, one.chunk.state)
        for number, one in zip(numbers, chunks, strict=True)
        if one.chunk.state
    }
    rows = [
        (
            state,
            unit.folder,
            unit.folder_role,
            digest_of((unit.path, unit.folder, unit.folder_role, state)),
            number,
        )
        for number, (unit, state) in latest.items()
    ]
    if rows:
        connection.exec_driver_sql(
            "UPDATE unit SET state = ?, folder = ?, folder_role = ?, digest = ? WHERE id = ?", rows
        )


def newer_than(oldest_at: int, one: UnitChunk) -> UnitChunk:
    """Returns a chunk without the records older than a moment."""
    kept = [
        record
        for record in one.chunk.records
        if record.message.sent_at is None or record.message.sent_at >= oldest_at
    ]
    return one._replace(chunk=one.chunk._replace(records=kept))


def _unit_number(connection: Connection, source: int, unit: SourceUnit) -> int:
    run = connection.exec_driver_sql
    known = run(
        "SELECT id FROM unit WHERE source_id = ? AND path = ?", (source, unit.path)
    ).scalar()
    if known is not None:
        return int(known)
    row = (unit.path, unit.folder, unit.folder_role, "")
    return run(
        "INSERT INTO unit (source_id, path, folder, folder_role, state, digest) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (source, *row, digest_of(row)),
    ).inserted


_INSERT_PROBLEM = (
    "INSERT INTO problem (source_id, unit_id, kind, position, reason, message_id, digest) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


def _insert_problems(
    connection: Connection, source: int, unit: int | None, problems: Sequence[RecordProblem]
) -> None:
    rows = [_problem_row(source, unit, problem, None) for problem in problems]
    if rows:
        connection.exec_driver_sql(_INSERT_PROBLEM, rows)


def _of_record(record: PackedRecord) -> list[RecordProblem]:
    kind = ProblemKind.UNCERTAIN_SENDER if record.uncertain_sender else ProblemKind.PARTLY_READ
    return [
        RecordProblem(kind=kind, position=record.position, reason=reason)
        for reason in record.problems
    ]


def _problem_row(
    source: int, unit: int | None, problem: RecordProblem, message: int | None
) -> tuple[object, ...]:
    row = (problem.kind.value, problem.position, problem.reason)
    return (source, unit, *row, message, digest_of(row))

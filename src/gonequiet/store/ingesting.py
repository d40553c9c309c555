"""The writing side of an import: records, copies and cursors, a chunk at a time.

Every chunk is one transaction together with the cursor it brings its unit to, so that an import
killed at any moment goes on where it was. Statements are written out: this is the one place where
the time of an import is spent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from itertools import chain, islice
from operator import itemgetter
from typing import Any, Final

from gonequiet.analysis.addresses import house_of
from gonequiet.analysis.copies import CopyHead, judge_copy
from gonequiet.app.packing import FROM, PackedMessage, whole_digest
from gonequiet.app.ports import PackedRecord, UnitChunk
from gonequiet.domain.digests import digest_of
from gonequiet.domain.message import Channel
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import SourceKind, SourceUnit
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.erased import ErasedAddresses
from gonequiet.store.former import forget_superseded, retract, set_former_apart

_INSERT_TEXT = "INSERT INTO message_text VALUES (?, ?, ?, ?, ?)"
_INSERT_FULL_TEXT = (
    "INSERT INTO full_text (rowid, subject, new_text, forwarded) VALUES (?, ?, ?, ?)"
)
_SET_FULL_TEXT = "INSERT INTO full_text (full_text, rank) VALUES (?, ?)"
# What a transaction adds is one segment, and sixteen of them are merged at once, not four at a
# time after every transaction: a quarter less work in a first import, as fast to search.
_FULL_TEXT_AT_WORK = [("automerge", 0), ("hashsize", 16 * 1024 * 1024)]
_MANY = 1_000
# Columns of a packed row: digests of id and content; the same, moment and digest of subject.
_keys_of = itemgetter(1, 2)
_compared_of = itemgetter(1, 2, 3, 6)
_INSERT_PARTICIPANT = "INSERT INTO participant VALUES (?, ?, ?, ?)"
_INSERT_REFERENCE = "INSERT INTO reference VALUES (?, ?, ?, ?)"
_INSERT_COPY = "INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?, ?)"
_NOTE_ALIAS = "INSERT OR IGNORE INTO also_known VALUES (?, ?)"
_COUNT_NAMES = (
    "INSERT INTO address_name VALUES (?, ?, ?) "
    "ON CONFLICT DO UPDATE SET times = times + excluded.times"
)


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
            batch = _Batch(connection, self._addresses)
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
    placed: Sequence[_Placed],
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
    placed: Sequence[_Placed],
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


_Placed = tuple[str, int, str]
"""Position, message number and labels of a record."""
_SAYING_ALL: Final = frozenset((Channel.CALL.value, Channel.TEXT.value))
"""Channels of whose records one copy says all: where else it lies changes no conclusion."""


class _Batch:
    """The new messages of one chunk on their way into the tables."""

    def __init__(self, connection: Connection, addresses: dict[str, int]) -> None:
        self._connection = connection
        self._addresses = addresses
        self._names: Counter[tuple[int, str]] = Counter()
        self.added = 0
        self.known: set[int] = set()
        self._also_known: dict[int, int] = {}

    def save(self, records: Sequence[PackedRecord]) -> list[_Placed]:
        """Inserts what is new; returns position, message and labels of every record."""
        numbers = self._numbers(records)
        self._learn_addresses(records, numbers)
        self._insert(
            [
                (number, record.message)
                for record, (number, new) in zip(records, numbers, strict=True)
                if new
            ]
        )
        if self._also_known:
            self._connection.exec_driver_sql(_NOTE_ALIAS, list(self._also_known.items()))
        return [
            (record.position, number, record.labels)
            for record, (number, _) in zip(records, numbers, strict=True)
        ]

    def _numbers(self, records: Sequence[PackedRecord]) -> list[tuple[int, bool]]:
        """Decides for each record whether it is a copy of a known message or a new one."""
        known = _Candidates(self._connection, records)
        first = following = self._next_number()
        numbers: list[tuple[int, bool]] = []
        for record in records:
            message = record.message
            keys: tuple[int, int] = _keys_of(message.row)
            alike = known.of(*keys)
            copy_of = judge_copy(copy_head(following, message), alike).copy_of if alike else None
            if copy_of is not None:
                numbers.append((copy_of, False))
                if keys[0]:
                    self._also_known[keys[0]] = copy_of
                if copy_of < first and message.channel[0] not in _SAYING_ALL:
                    self.known.add(copy_of)
                continue
            known.add((following, message), keys)
            numbers.append((following, True))
            following += 1
        self.added = following - first
        return numbers

    def _next_number(self) -> int:
        found = self._connection.exec_driver_sql("SELECT max(id) FROM message").scalar()
        return 1 + (int(found) if found else 0)

    def _learn_addresses(
        self, records: Sequence[PackedRecord], numbers: Sequence[tuple[int, bool]]
    ) -> None:
        fresh = {
            address
            for record, (_, new) in zip(records, numbers, strict=True)
            if new
            for _, address, _ in record.message.participants
            if address not in self._addresses
        }
        if fresh:
            _add_addresses(self._connection, sorted(fresh), self._addresses)

    def _insert(self, messages: Sequence[tuple[int, PackedMessage]]) -> None:
        if not messages:
            return
        run = self._connection.exec_driver_sql
        rows = [self._row(number, packed) for number, packed in messages]
        run(f"INSERT INTO message VALUES ({', '.join('?' * len(rows[0]))})", rows)
        texts = [(number, *packed.texts) for number, packed in messages]
        run(_INSERT_TEXT, texts)
        if len(messages) >= _MANY:
            run(_SET_FULL_TEXT, _FULL_TEXT_AT_WORK)
        run(_INSERT_FULL_TEXT, [text[:4] for text in texts])
        participants = self._participants(messages)
        if participants:
            run(_INSERT_PARTICIPANT, participants)
        references = [
            (number, position, kind, digest)
            for number, packed in messages
            for position, (kind, digest) in enumerate(packed.references)
        ]
        if references:
            run(_INSERT_REFERENCE, references)
        if self._names:
            run(_COUNT_NAMES, [(*key, times) for key, times in self._names.items()])

    def _row(self, number: int, packed: PackedMessage) -> tuple[object, ...]:
        sender = _sender_of(packed)
        sender_id = None if sender is None else self._addresses[sender]
        digest = packed.digest or whole_digest(packed)
        return (number, *packed.row, sender_id, digest, *packed.channel)

    def _participants(
        self, messages: Sequence[tuple[int, PackedMessage]]
    ) -> list[tuple[int, int, int, int]]:
        addresses = self._addresses
        rows: list[tuple[int, int, int, int]] = []
        named: list[tuple[int, str]] = []
        for number, packed in messages:
            for position, (role, address, name) in enumerate(packed.participants):
                known = addresses[address]
                rows.append((number, position, role, known))
                if name:
                    named.append((known, name))
        self._names.update(named)
        return rows


def _sender_of(packed: PackedMessage) -> str | None:
    """The address of From, None without one."""
    for role, address, _ in packed.participants:
        if role == FROM:
            return address
    return None


class _Candidates:
    """Stored messages that any record of a chunk could be a copy of."""

    def __init__(self, connection: Connection, records: Sequence[PackedRecord]) -> None:
        self._by_key: dict[int, list[CopyHead | tuple[int, PackedMessage]]] = {}
        keys = set(chain.from_iterable(_keys_of(record.message.row) for record in records))
        for head, *digests in _find_heads(connection, keys - {0}):
            self.add(head, digests)

    def of(self, id_digest: int, content_digest: int) -> list[CopyHead]:
        """Returns the candidates of a record, oldest first."""
        named = self._by_key.get(id_digest, _NOBODY) if id_digest else _NOBODY
        alike = self._by_key.get(content_digest, _NOBODY) if content_digest else _NOBODY
        if named and alike:
            alike = [other for other in alike if other not in named]
        # Most messages meet no other: what deciding needs is made of those that do.
        return [one if isinstance(one, CopyHead) else copy_head(*one) for one in (*named, *alike)]

    def add(self, one: CopyHead | tuple[int, PackedMessage], digests: Iterable[int]) -> None:
        """Adds a message under its digests."""
        for key in digests:
            if key:
                self._by_key.setdefault(key, []).append(one)


_NOBODY: Final[list[CopyHead | tuple[int, PackedMessage]]] = []


def copy_head(number: int, packed: PackedMessage) -> CopyHead:
    """Returns what deciding on copies needs; the id stands as its digest."""
    id_digest, content_digest, sent_at, subject_digest = _compared_of(packed.row)
    sender = _sender_of(packed) or ""
    return CopyHead(
        number, str(id_digest or ""), sender, str(subject_digest), content_digest, sent_at
    )


def _find_heads(connection: Connection, keys: set[int]) -> Iterable[tuple[Any, ...]]:
    run = connection.exec_driver_sql
    run("CREATE TEMP TABLE IF NOT EXISTS wanted (key INTEGER PRIMARY KEY)")
    run("DELETE FROM wanted")
    if not keys:
        return
    run("INSERT INTO wanted VALUES (?)", [(key,) for key in keys])
    rows = run(
        "SELECT m.id, m.id_digest, a.address, m.subject_digest, m.content_digest, m.sent_at "
        "FROM message m LEFT JOIN address a ON a.id = m.from_address_id WHERE m.id IN ("
        "SELECT id FROM wanted CROSS JOIN message ON message.id_digest = wanted.key UNION "
        "SELECT id FROM wanted CROSS JOIN message ON message.content_digest = wanted.key) "
        "ORDER BY m.id"
    )
    for number, named, sender, subject, content, sent_at in rows:
        head = CopyHead(number, str(named or ""), sender or "", str(subject), content, sent_at)
        yield head, named, content


def _add_addresses(connection: Connection, fresh: list[str], known: dict[str, int]) -> None:
    run = connection.exec_driver_sql
    run(
        "INSERT OR IGNORE INTO address (address, organisation) VALUES (?, ?)",
        [(one, house_of(one)) for one in fresh],
    )
    for start in range(0, len(fresh), 500):
        part = fresh[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = run(f"SELECT address, id FROM address WHERE address IN ({marks})", tuple(part))
        known.update((row[0], row[1]) for row in rows)


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

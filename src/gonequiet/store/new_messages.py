"""New messages on their way into the tables; what is a copy of a known one is told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from gonequiet.analysis.addresses import house_of
from gonequiet.analysis.copies import judge_copy
from gonequiet.app.packing import PackedMessage, whole_digest
from gonequiet.app.ports import PackedRecord
from gonequiet.domain.message import Channel
from gonequiet.store.candidates import Candidates, copy_head, keys_of, sender_of
from gonequiet.store.driver import Connection
from gonequiet.store.full_text import index_texts

_INSERT_TEXT = "INSERT INTO message_text VALUES (?, ?, ?, ?, ?)"
_INSERT_PARTICIPANT = "INSERT INTO participant VALUES (?, ?, ?, ?)"
_INSERT_REFERENCE = "INSERT INTO reference VALUES (?, ?, ?, ?)"
_NOTE_ALIAS = "INSERT OR IGNORE INTO also_known VALUES (?, ?)"
_COUNT_NAMES = (
    "INSERT INTO address_name VALUES (?, ?, ?) "
    "ON CONFLICT DO UPDATE SET times = times + excluded.times"
)
Placed = tuple[str, int, str]
"""Position, message number and labels of a record."""
_SAYING_ALL: Final = frozenset((Channel.CALL.value, Channel.TEXT.value))
"""Channels of whose records one copy says all: where else it lies changes no conclusion."""


class NewMessages:
    """The new messages of one chunk on their way into the tables."""

    def __init__(self, connection: Connection, addresses: dict[str, int]) -> None:
        self._connection = connection
        self._addresses = addresses
        self._names: Counter[tuple[int, str]] = Counter()
        self.added = 0
        self.known: set[int] = set()
        self._also_known: dict[int, int] = {}

    def save(self, records: Sequence[PackedRecord]) -> list[Placed]:
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
        known = Candidates(self._connection, records)
        first = following = self._next_number()
        numbers: list[tuple[int, bool]] = []
        for record in records:
            message = record.message
            keys: tuple[int, int] = keys_of(message.row)
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
        index_texts(self._connection, [text[:4] for text in texts])
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
        sender = sender_of(packed)
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

"""Stored messages that a new record could be a copy of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from gonequiet.analysis.copies import CopyHead
from gonequiet.app.packing import FROM, PackedMessage
from gonequiet.app.ports import PackedRecord
from gonequiet.store.driver import Connection

# Columns of a packed row: digests of id and content; the same, moment and digest of subject.
keys_of = itemgetter(1, 2)
_compared_of = itemgetter(1, 2, 3, 6)


class Candidates:
    """Stored messages that any record of a chunk could be a copy of."""

    def __init__(self, connection: Connection, records: Sequence[PackedRecord]) -> None:
        self._by_key: dict[int, list[CopyHead | tuple[int, PackedMessage]]] = {}
        keys = set(chain.from_iterable(keys_of(record.message.row) for record in records))
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
    sender = sender_of(packed) or ""
    return CopyHead(
        number, str(id_digest or ""), sender, str(subject_digest), content_digest, sent_at
    )


def sender_of(packed: PackedMessage) -> str | None:
    """The address of From, None without one."""
    for role, address, _ in packed.participants:
        if role == FROM:
            return address
    return None


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

"""What a task gave, and how it goes from the process that read it to the one that writes.

Nearly all of it is texts and numbers in tuples, and `marshal` takes those apart and puts them
together in a third of the time `pickle` needs. What it cannot write goes the usual way.
"""

from __future__ import annotations

import marshal
import pickle
from typing import Any, NamedTuple

from gonequiet.app.packing import PackedMessage
from gonequiet.app.ports import PackedRecord
from gonequiet.domain.provenance import RecordProblem


class TaskRead(NamedTuple):
    """What one task gave, in order."""

    records: list[PackedRecord]
    problems: list[RecordProblem]


def written(read: TaskRead) -> bytes:
    """Returns what a task gave, as bytes for a pipe between our own processes."""
    try:
        records = [_flat(record) for record in read.records]
        problems = pickle.dumps(read.problems) if read.problems else b""
        return _MARSHALLED + marshal.dumps((records, problems))
    except ValueError:
        return _PICKLED + pickle.dumps(read)


def read_back(data: bytes | memoryview) -> TaskRead:
    """Returns what a task gave; only ever asked of bytes that one of our processes wrote."""
    if data[:1] == _PICKLED:
        whole: TaskRead = pickle.loads(data[1:])  # noqa: S301
        return whole
    flat, problems = marshal.loads(memoryview(data)[1:])  # noqa: S302
    records = [_record(*one) for one in flat]
    return TaskRead(records, pickle.loads(problems) if problems else [])  # noqa: S301


_MARSHALLED, _PICKLED = b"m", b"p"


def _flat(record: PackedRecord) -> tuple[Any, ...]:
    position, labels, message, problems, uncertain_sender = record
    return position, labels, tuple(message), problems, uncertain_sender


def _record(
    position: str,
    labels: str,
    message: tuple[Any, ...],
    problems: tuple[str, ...],
    uncertain_sender: bool,
) -> PackedRecord:
    return PackedRecord(position, labels, PackedMessage(*message), problems, uncertain_sender)

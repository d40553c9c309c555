"""Mail inside a .zip (Google Takeout and alike): streamed, never extracted to disk.

Members are read in their own order; names are only ever shown, never used as paths. Bombs are
bounded: no member may give more than `_MOST_BYTES`, nor grow more than `_MOST_RATIO` times.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.mbox import Span, iter_spans
from gonequiet.formats.recognise import FileKind, recognise
from gonequiet.formats.record_file import MOST_BYTES, READERS, ReadOptions, lacks, no_records
from gonequiet.sources.mail_files.tasks import (
    RECORD_CAP,
    BytesTask,
    ProblemsTask,
    RecordsTask,
    Task,
    raw_of,
)

_BLOCK = 4 * 1024 * 1024
_TASK_BYTES = 1024 * 1024
_MOST_BYTES = 64 * 1024**3
_MOST_RATIO = 400
_MOST_MEMBERS = 500_000

Record = tuple[str, bytes, int, bytes]


def archive_tasks(file: Path, options: ReadOptions) -> Iterator[Task]:
    """Yields the records of an archive as tasks; what cannot be read is a task of problems."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError):
        reason = "This cannot be opened as a zip archive; it may be cut off. Download it again."
        yield ProblemsTask([_problem("", reason, ProblemKind.UNREADABLE)])
        return
    with archive:
        yield from _batched(_records(archive, options))


def names_people(file: Path) -> bool:
    """Returns whether something in an archive may name people and give no addresses."""
    try:
        with zipfile.ZipFile(file) as archive:
            return any(name.lower().endswith(_NAMING) for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


_NAMING = (".txt", ".csv", ".tsv")


def _batched(records: Iterator[Record | RecordsTask | RecordProblem]) -> Iterator[Task]:
    batch: list[Record] = []
    held = 0
    for record in records:
        if isinstance(record, RecordProblem):
            yield ProblemsTask([record])
            continue
        if isinstance(record, RecordsTask):
            yield record
            continue
        batch.append(record)
        held += len(record[1])
        if held >= _TASK_BYTES:
            yield BytesTask(batch)
            batch, held = [], 0
    if batch:
        yield BytesTask(batch)


def _records(
    archive: zipfile.ZipFile, options: ReadOptions
) -> Iterator[Record | RecordsTask | RecordProblem]:
    seen: set[str] = set()
    for number, member in enumerate(archive.infolist()):
        if number >= _MOST_MEMBERS:
            yield _problem(member.filename, f"Only the first {_MOST_MEMBERS} members are read.")
            return
        if member.is_dir():
            continue
        position = member.filename if member.filename not in seen else f"{member.filename}#{number}"
        seen.add(member.filename)
        yield from _member(archive, member, position, options)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, position: str, options: ReadOptions
) -> Iterator[Record | RecordsTask | RecordProblem]:
    if member.flag_bits & 1:
        yield _problem(position, "This member is encrypted and was left out.")
        return
    if member.file_size > _MOST_BYTES or (
        member.file_size > _BLOCK and member.file_size > _MOST_RATIO * max(1, member.compress_size)
    ):
        yield _problem(position, "This member unpacks to an implausible size and was left out.")
        return
    try:
        with archive.open(member) as content:
            stream = _Stream(content)
            yield from _content(stream, member, position, options)
            is_damaged = stream.is_damaged
    except _DAMAGED:
        is_damaged = True
    if is_damaged:
        reason = "This member is damaged; what came before the damage was read."
        yield _problem(position, reason, ProblemKind.PARTLY_READ)


_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)
_PIECE = 256 * 1024


class _Stream:
    """A member as it is unpacked; where it is damaged, it ends."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.is_damaged = False

    def read(self, size: int) -> bytes:
        """Returns the next bytes: as many as were asked for, fewer only at the end."""
        pieces: list[bytes] = []
        while size and not self.is_damaged and (piece := self._piece(min(size, _PIECE))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _piece(self, size: int) -> bytes:
        try:
            return self._content.read(size)
        except _DAMAGED:
            self.is_damaged = True
            return b""


def _content(
    content: _Stream, member: zipfile.ZipInfo, position: str, options: ReadOptions
) -> Iterator[Record | RecordsTask | RecordProblem]:
    block = content.read(_BLOCK)
    kind = recognise(block[:8192], member.filename)
    if kind is FileKind.EML:
        whole = (block + content.read(RECORD_CAP))[:RECORD_CAP]
        if not content.is_damaged:
            yield (position, whole, member.file_size, b"")
    elif kind is FileKind.MBOX:
        yield from _from_mbox(content, block, position)
    elif why := lacks(kind):
        yield _problem(position, why, ProblemKind.NOT_RECOGNISED)
    elif kind in READERS:
        held = (block + content.read(MOST_BYTES))[:MOST_BYTES]
        named = options._replace(name=member.filename.rsplit("/", 1)[-1])
        yield RecordsTask("", held, kind, f"{position}/", named)
    else:
        yield _problem(position, no_records(kind, "member"), ProblemKind.NOT_RECOGNISED)


def _from_mbox(content: _Stream, held: bytes, position: str) -> Iterator[Record]:
    """Cuts a stream into mails, holding one block and at most one capped mail.

    The mail in which a damage lies is left out: it would stand for the whole one.
    """
    offset, dropped = 0, 0
    while True:
        more = content.read(_BLOCK)
        spans = list(iter_spans(held))
        for span in spans[:-1] if more or content.is_damaged else spans:
            yield _record(held, span, f"{position}@{offset + span.offset}", dropped)
            offset, dropped = offset + dropped, 0
        if not more:
            return
        begin = spans[-1].offset if spans else 0
        offset, held = offset + begin, held[begin:]
        if len(held) > RECORD_CAP:
            dropped += len(held) - RECORD_CAP
            held = held[: RECORD_CAP - _SEAM] + held[-_SEAM:]
        held += more


_SEAM = 1024
"""End of an overlong mail that is kept, so that a From_ line across two blocks is still seen."""


def _record(held: bytes, span: Span, position: str, dropped: int) -> Record:
    raw = raw_of(held, span, position, held[span.offset : span.line_end], dropped)
    return raw.position, raw.content, raw.size, raw.mbox_line


def _problem(position: str, reason: str, kind: ProblemKind = ProblemKind.SKIPPED) -> RecordProblem:
    return RecordProblem(kind=kind, position=position, reason=reason)

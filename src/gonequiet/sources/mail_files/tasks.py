"""Pieces of reading, small enough to hand to a worker process, and what a worker does with one.

Only regular files under the named root are ever opened, without following links, for reading.
"""

from __future__ import annotations

import mmap
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gonequiet.app.ports import PackedRecord
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.backup_parts import FilePart
from gonequiet.formats.mbox import Buffer, Span, iter_spans, leading_garbage
from gonequiet.formats.recognise import FileKind
from gonequiet.formats.record_file import ReadOptions
from gonequiet.sources.mail_files.outlook import Held, ItemsTask, items_of

RECORD_CAP = 16 * 1024 * 1024
"""Bytes of one record that are looked at; what lies beyond is listed as not read."""


class MboxTask(NamedTuple):
    """The messages of an mbox file that begin in `start <= offset < stop`."""

    path: str
    start: int
    stop: int


class FilesTask(NamedTuple):
    """Mails in files of their own: names relative to a folder, and their positions."""

    folder: str
    names: list[str]
    positions: list[str]


class BytesTask(NamedTuple):
    """Mails already taken out of an archive; as `Raw`, in its order."""

    records: list[tuple[str, bytes, int, bytes, str]]


class ProblemsTask(NamedTuple):
    """What was found unreadable on the way, kept in its place in the order."""

    problems: list[RecordProblem]


class RecordsTask(NamedTuple):
    """A file of records that is not mail, read whole: by path, or by its bytes out of an archive.

    Attributes:
        path: "" when the content is given.
        content: what was taken out of an archive.
        kind: what it is.
        prefix: begins the position of every record: the member's name.
        options: what the file alone does not tell.
        part: what of the file at the path is read, None for all of it.
    """

    path: str
    content: bytes
    kind: FileKind
    prefix: str
    options: ReadOptions
    part: FilePart | None = None


Task = MboxTask | FilesTask | BytesTask | ProblemsTask | RecordsTask | ItemsTask


class Raw(NamedTuple):
    """One record before it is read.

    Attributes:
        position: how it is found again.
        content: its bytes, of a very long one the beginning.
        size: bytes of all of it.
        mbox_line: the From_ line, empty without one.
        role: what the folder is for that it lies in, inside an archive; "" where its unit says so.
    """

    position: str
    content: bytes
    size: int
    mbox_line: bytes
    role: str = ""


def records_of(task: Task) -> Iterator[Raw | Held | RecordProblem]:
    """Yields the records of a task in order; a file that cannot be opened is a problem."""
    if isinstance(task, MboxTask):
        return _from_mbox(task)
    if isinstance(task, ItemsTask):
        return items_of(task)
    if isinstance(task, FilesTask):
        return _from_files(task)
    if isinstance(task, ProblemsTask):
        return iter(task.problems)
    assert isinstance(task, BytesTask)
    return (Raw(*record) for record in task.records)


def file_records_of(task: RecordsTask) -> Iterator[PackedRecord | RecordProblem]:
    """Yields the records of a file that is not mail; never raises for what is in it.

    Raises:
        OSError: the file cannot be read.
    """
    from gonequiet.app.packing import pack
    from gonequiet.formats.record_file import find_reader

    for found in find_reader(task.kind)(_blocks(task), task.options):
        if isinstance(found, RecordProblem):
            yield replace(found, position=f"{task.prefix}{found.position}")
        else:
            position = f"{task.prefix}{found.position}"
            message = found.message
            is_uncertain = message.uncertain_sender
            packed = pack(message)
            yield PackedRecord(position, found.labels, packed, message.problems, is_uncertain)


def _blocks(task: RecordsTask) -> Iterator[bytes]:
    """Yields what a reader is to see of a file."""
    if not task.path:
        yield task.content
        return
    part = task.part or FilePart(0, sys.maxsize, 0)
    yield part.head
    handle = os.open(task.path, _QUIETLY)
    try:
        os.lseek(handle, part.start, os.SEEK_SET)
        left = part.stop - part.start
        while left and (block := os.read(handle, min(_BLOCK, left))):
            left -= len(block)
            yield block
    finally:
        os.close(handle)
    yield part.tail


_BLOCK = 1024 * 1024


def _from_mbox(task: MboxTask) -> Iterator[Raw | RecordProblem]:
    with mapped(Path(task.path)) as buffer:
        if task.start == 0 and leading_garbage(buffer):
            yield _problem("0", "The file begins with something that is not a message.")
        for span in iter_spans(buffer, task.start):
            if span.offset >= task.stop:
                return
            line = buffer[span.offset : span.line_end]
            yield raw_of(buffer, span, str(span.offset), line)


def raw_of(buffer: Buffer, span: Span, position: str, line: bytes, dropped: int = 0) -> Raw:
    """Returns a message of an mbox, its lines as they were written before.

    Args:
        buffer: the file, or the part of it that is held.
        span: where the message stands in it.
        position: how it is found again.
        line: its From_ line.
        dropped: bytes of it that are not in the buffer.
    """
    cut = bytes(buffer[span.start : min(span.end, span.start + RECORD_CAP)])
    ends_in_cr = buffer[span.line_end : span.start] == b"\r"
    content = unmunged(cut.replace(b"\r", b"\n") if ends_in_cr else cut)
    beyond = span.end - span.start + dropped - len(cut)
    return Raw(position, content, len(content) + beyond, line)


_MUNGED = re.compile(rb"(?m)^>(>*From )")


def unmunged(content: bytes) -> bytes:
    """Takes back the ">" that mbox puts before lines that begin with "From " (RFC 4155)."""
    return _MUNGED.sub(rb"\1", content) if b"\n>" in content and b">From " in content else content


def _from_files(task: FilesTask) -> Iterator[Raw | RecordProblem]:
    folder = os.open(task.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for name, position in zip(task.names, task.positions, strict=True):
            yield _from_file(folder, name, position)
    finally:
        os.close(folder)


def _from_file(folder: int, name: str, position: str) -> Raw | RecordProblem:
    try:
        handle = os.open(name, _QUIETLY, dir_fd=folder)
    except OSError as error:
        return _problem(position, f"The file cannot be opened ({error.strerror}).")
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return _problem(position, "This is not a regular file.", ProblemKind.SKIPPED)
        content = os.read(handle, min(found.st_size + 1, RECORD_CAP))
        while len(content) < min(found.st_size, RECORD_CAP):
            more = os.read(handle, RECORD_CAP - len(content))
            if not more:
                break
            content += more
        return Raw(position, content, max(found.st_size, len(content)), b"")
    except OSError as error:
        return _problem(position, f"The file cannot be read ({error.strerror}).")
    finally:
        os.close(handle)


_QUIETLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""Never through a link, never waiting on a fifo."""


def _problem(
    position: str, reason: str, kind: ProblemKind = ProblemKind.UNREADABLE
) -> RecordProblem:
    return RecordProblem(kind=kind, position=position, reason=reason)


@contextmanager
def mapped(path: Path) -> Iterator[mmap.mmap]:
    """Opens a regular file to be read as one run of bytes."""
    handle = os.open(path, _QUIETLY)
    try:
        with mmap.mmap(handle, 0, access=mmap.ACCESS_READ) as buffer:
            yield buffer
    finally:
        os.close(handle)

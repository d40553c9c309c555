"""Records inside a packed file (Google Takeout and alike): streamed, never extracted to disk.

Members are read in their own order; names are only ever shown, never used as paths.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.apple_mail import mailbox_of
from gonequiet.formats.folders import FolderRole, folder_role
from gonequiet.formats.maildir import folder_name
from gonequiet.formats.mbox import Span, iter_spans
from gonequiet.formats.recognise import FileKind, recognise
from gonequiet.formats.record_file import (
    MOST_BYTES,
    READERS,
    ReadOptions,
    lacks,
    lies_beside_records,
    no_records,
)
from gonequiet.sources.mail_files.packs import (
    DAMAGED,
    Content,
    Member,
    UnreadableError,
    names_in,
    opened,
)
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
_MOST_MEMBERS = 500_000

Record = tuple[str, bytes, int, bytes, str]


def archive_tasks(file: Path, kind: FileKind, options: ReadOptions) -> Iterator[Task]:
    """Yields the records of a packed file as tasks; what cannot be read is a task of problems."""
    try:
        with opened(file, kind) as members:
            yield from _batched(_records(members, options))
    except UnreadableError as error:
        yield ProblemsTask([_problem("", str(error), ProblemKind.UNREADABLE)])


def names_people(file: Path, kind: FileKind) -> bool:
    """Returns whether something in a packed file may name people and give no addresses."""
    names = names_in(file, kind)
    return names is None or any(name.lower().endswith(_NAMING) for name in names)


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


_UNKNOWN = ProblemKind.NOT_RECOGNISED


def _records(
    members: Iterator[Member], options: ReadOptions
) -> Iterator[Record | RecordsTask | RecordProblem]:
    seen: set[str] = set()
    is_bare = True
    try:
        for number, member in enumerate(members):
            if number >= _MOST_MEMBERS:
                yield _problem(member.name, f"Only the first {_MOST_MEMBERS} members are read.")
                return
            position = member.name if member.name not in seen else f"{member.name}#{number}"
            seen.add(member.name)
            for one in _member(member, position, options):
                is_bare = False
                yield one
        if is_bare:  # nothing but what lies beside mail: perhaps the rest is missing
            yield _problem("", "No records were recognised in this archive.", _UNKNOWN)
    except DAMAGED:
        reason = "The archive is damaged or cut off; what came before was read. Get it again."
        yield _problem("", reason, ProblemKind.PARTLY_READ)


def _member(
    member: Member, position: str, options: ReadOptions
) -> Iterator[Record | RecordsTask | RecordProblem]:
    if member.left_out:
        yield _problem(position, member.left_out)
        return
    try:
        stream = _Stream(member.open())
        yield from _content(stream, member, position, options)
        is_damaged = stream.is_damaged
    except DAMAGED:
        is_damaged = True
    if is_damaged:
        reason = "This member is damaged; what came before the damage was read."
        yield _problem(position, reason, ProblemKind.PARTLY_READ)


_PIECE = 256 * 1024


class _Stream:
    """A member as it is unpacked; where it is damaged, it ends."""

    def __init__(self, content: Content) -> None:
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
        except DAMAGED:
            self.is_damaged = True
            return b""


def _content(
    content: _Stream, member: Member, position: str, options: ReadOptions
) -> Iterator[Record | RecordsTask | RecordProblem]:
    block = content.read(_BLOCK)
    kind = recognise(block[:8192], member.name)
    if kind is FileKind.EML:
        whole = (block + content.read(RECORD_CAP))[:RECORD_CAP]
        if not content.is_damaged:
            size = len(whole) if member.size is None else member.size
            yield (position, whole, size, b"", _role(_mail_folder(member.name)))
    elif kind is FileKind.MBOX:
        yield from _from_mbox(content, block, position, _role(member.name.removesuffix(".mbox")))
    elif why := lacks(kind):
        yield _problem(position, why, _UNKNOWN)
    elif kind in READERS:
        held = (block + content.read(MOST_BYTES))[:MOST_BYTES]
        named = options._replace(name=member.name.rsplit("/", 1)[-1])
        yield RecordsTask("", held, kind, f"{position}/", named)
    elif content.is_damaged or not lies_beside_records(member.name):
        yield _problem(position, no_records(kind, "member"), _UNKNOWN)


def _mail_folder(name: str) -> str:
    """Returns the folder a mail in a file of its own lies in, as its owner knows it."""
    path = name.rpartition("/")[0]
    if mailbox := mailbox_of(path):
        return mailbox
    above, _, last = path.rpartition("/")
    return folder_name(above.rpartition("/")[2]) if last in ("cur", "new") else last


def _role(folder: str) -> str:
    role = folder_role(folder)
    return "" if role is FolderRole.OTHER else role.value


def _from_mbox(content: _Stream, held: bytes, position: str, role: str) -> Iterator[Record]:
    """Cuts a stream into mails, holding one block and at most one capped mail.

    The mail in which a damage lies is left out: it would stand for the whole one.
    """
    offset, dropped = 0, 0
    while True:
        more = content.read(_BLOCK)
        spans = list(iter_spans(held))
        for span in spans[:-1] if more or content.is_damaged else spans:
            raw = _record(held, span, f"{position}@{offset + span.offset}", dropped)
            yield (*raw, role)
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


def _record(held: bytes, span: Span, position: str, dropped: int) -> tuple[str, bytes, int, bytes]:
    raw = raw_of(held, span, position, held[span.offset : span.line_end], dropped)
    return raw.position, raw.content, raw.size, raw.mbox_line


def _problem(position: str, reason: str, kind: ProblemKind = ProblemKind.SKIPPED) -> RecordProblem:
    return RecordProblem(kind=kind, position=position, reason=reason)

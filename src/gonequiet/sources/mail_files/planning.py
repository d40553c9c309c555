"""What of a unit is new since its cursor, as tasks: one planner for each kind of unit."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import chain, islice, repeat
from pathlib import Path
from typing import NamedTuple

from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import UnitKind
from gonequiet.formats.backup_parts import PART_BYTES, Mark, find_marks, find_parts, still_fitting
from gonequiet.formats.maildir import position_of
from gonequiet.formats.mbox import iter_spans
from gonequiet.formats.recognise import FileKind
from gonequiet.formats.record_file import ReadOptions, lacks
from gonequiet.sources.mail_files.archive import archive_tasks, names_people
from gonequiet.sources.mail_files.finding import kind_of, regular_files, stored_name
from gonequiet.sources.mail_files.outlook import list_folders, tasks_of
from gonequiet.sources.mail_files.tasks import (
    FilesTask,
    MboxTask,
    ProblemsTask,
    RecordsTask,
    Task,
    mapped,
)

MBOX_BYTES = 1024 * 1024
FILES = 256
_GROWING = (8, 4, 2)
"""The first tasks of all are such parts of a whole one: what writes need not wait for long."""
_TAIL = 4096
_SETTLED_NS = 2_000_000_000
"""A folder changed less than two seconds before it was listed may change again unnoticed."""

Cursor = dict[str, object]
Known = Callable[[], frozenset[str]]


class Step(NamedTuple):
    """One task of a unit, in order.

    Attributes:
        task: what to read.
        state: the unit's cursor once it is saved, "" to leave it.
        restarts: the unit was rewritten; what lay in it before lies there no more.
        retracts: a position whose record had only been written in part, "" for none.
        keeps: so many records of a unit that restarts lie in it as before.
    """

    task: Task
    state: str
    restarts: bool = False
    retracts: str = ""
    keeps: int = 0


Plan = Iterable[Step]
Shares = Iterator[int]
"""Which part of a whole one each task is to be."""


def growing_shares() -> Shares:
    """Yields the shares of all tasks of a source, over all its units."""
    return chain(_GROWING, repeat(1))


def plan_unit(
    kind: UnitKind, place: Path, state: str, known: Known, options: ReadOptions, shares: Shares
) -> Plan | None:
    """Returns the steps that read what is new in a unit, None when nothing is.

    Raises:
        OSError: the file or folder cannot be looked at.
    """
    before: Cursor = json.loads(state) if state else {}
    if kind is UnitKind.RECORDS:
        return _plan_records(place, before, options)
    if kind is UnitKind.ARCHIVE:
        return _plan_archive(place, before, options)
    return _PLANNERS[kind](place, before, known, shares)


def _plan_records(file: Path, before: Cursor, options: ReadOptions) -> Plan | None:
    """A file that is not mail is rewritten whole by whoever writes it, so it is read whole.

    But for a large backup of a telephone: it is read from where it differs.
    """
    found, kind = file.stat(), kind_of(file)
    if kind not in _BY_NAME:
        options = options._replace(names=())
    state: Cursor = {"size": found.st_size, "mtime": found.st_mtime_ns, "as": _said(options)}
    if state.items() <= before.items():
        return None
    if kind is FileKind.PST:
        return _data_file_steps(file, json.dumps(state))
    options = options._replace(name=stored_name(file.name))
    if kind is FileKind.SMS_BACKUP and found.st_size > PART_BYTES:
        return _part_steps(file, before, state, options)
    task = RecordsTask(str(file), b"", kind, "", options)
    return [Step(task, json.dumps(state), restarts=True)]


def _data_file_steps(file: Path, state: str) -> Iterator[Step]:
    folders = list_folders(file)
    if isinstance(folders, RecordProblem):
        yield Step(ProblemsTask([folders]), "", restarts=True)  # no cursor: it is tried again
        return
    restarts = True  # as with an archive
    for task in tasks_of(file, folders):
        found = ProblemsTask([task]) if isinstance(task, RecordProblem) else task
        yield Step(found, "", restarts)
        restarts = False
    yield Step(ProblemsTask([]), state, restarts)


def _part_steps(file: Path, before: Cursor, state: Cursor, options: ReadOptions) -> Iterator[Step]:
    """The parts of a large backup behind what was read of it before.

    A run that is stopped begins there anew: while it goes on, the cursor holds what it keeps.
    """
    with mapped(file) as content:
        known = _marks_of(before) if before.get("as") == state["as"] else []
        kept = still_fitting(content, known)
        parts = find_parts(content, after=kept[-1] if kept else None)
        kept = kept if parts[0].before else []
        marks = [*kept[:-1], *find_marks(content, parts)]
    going = json.dumps({"as": state["as"], _MARKS: kept})
    yield Step(ProblemsTask([]), going, restarts=True, keeps=parts[0].before)
    for part in parts:
        told = options._replace(before=part.before)
        task = RecordsTask(str(file), b"", FileKind.SMS_BACKUP, "", told, part)
        yield Step(task, json.dumps(state | {_MARKS: marks}) if part is parts[-1] else "")


_MARKS = "marks"


def _marks_of(before: Cursor) -> list[Mark]:
    found = before.get(_MARKS, [])
    assert isinstance(found, list)
    return [Mark._make(one) for one in found]


_BY_NAME = frozenset({FileKind.CHAT, FileKind.CSV})
"""What names people and may give no addresses: it reads differently once the owner is known."""


def _said(options: ReadOptions) -> str:
    """What the owner said that changes how a file is read."""
    said = "|".join((options.country, options.zone, *options.names, options.mapping))
    return blake2b(said.encode(), digest_size=8).hexdigest() if said.strip("|") else ""


def _plan_mbox(file: Path, before: Cursor, _known: Known, shares: Shares) -> Plan | None:
    found = file.stat()
    if before.get("size") == found.st_size and before.get("mtime") == found.st_mtime_ns:
        return None
    start, last = before.get("offset", 0), before.get("last", 0)
    assert isinstance(start, int)
    assert isinstance(last, int)
    if start and (found.st_size < start or _tail(file, start) != before.get("tail")):
        return _mbox_steps(file, 0, found, shares, restarts=True)
    if start and _last_has_grown(file, last, start):
        return _mbox_steps(file, last, found, shares, retracts=str(last))
    return _mbox_steps(file, start, found, shares)


def _last_has_grown(file: Path, last: int, end: int) -> bool:
    """Whether what was appended belongs to the message that was the last one before."""
    with file.open("rb") as content:
        content.seek(last)
        held = content.read(end - last + _TAIL)
    spans = list(islice(iter_spans(held), 2))
    following = spans[1].offset if len(spans) > 1 else len(held)
    return bool(held[end - last : following].strip())


def _mbox_steps(
    file: Path,
    start: int,
    found: os.stat_result,
    shares: Shares,
    *,
    restarts: bool = False,
    retracts: str = "",
) -> Iterator[Step]:
    while start < found.st_size:
        stop = min(start + MBOX_BYTES // next(shares), found.st_size)
        state: Cursor = {"offset": stop, "tail": _tail(file, stop)}
        if stop == found.st_size:
            state |= {"size": found.st_size, "mtime": found.st_mtime_ns}
        yield Step(MboxTask(str(file), start, stop), json.dumps(state), restarts, retracts)
        start, restarts, retracts = stop, False, ""


def _tail(file: Path, stop: int) -> str:
    with file.open("rb") as content:
        content.seek(max(0, stop - _TAIL))
        return blake2b(content.read(min(stop, _TAIL)), digest_size=16).hexdigest()


def _plan_maildir(folder: Path, before: Cursor, known: Known, shares: Shares) -> Plan | None:
    return _plan_folders(folder, ("cur", "new"), before, known, position_of, None, shares)


def _plan_mail_files(place: Path, before: Cursor, known: Known, shares: Shares) -> Plan | None:
    if place.is_dir():
        return _plan_folders(place, ("",), before, known, str, _is_mail, shares)
    if known():
        return None
    task = FilesTask(str(place.parent), [place.name], [stored_name(place.name)])
    return [Step(task, "")]


def _is_mail(file: str) -> bool:
    try:
        return kind_of(Path(file)) is FileKind.EML
    except OSError:
        return False


def _plan_folders(
    folder: Path,
    parts: tuple[str, ...],
    before: Cursor,
    known: Known,
    position: Callable[[str], str],
    is_wanted: Callable[[str], bool] | None,
    shares: Shares,
) -> Plan | None:
    stamps = {part: _settled_mtime(folder / part) for part in parts}
    if all(stamp and before.get(part) == stamp for part, stamp in stamps.items()):
        return None
    stored, state = known(), json.dumps(stamps)
    names = {part: _names(folder / part) for part in parts}
    if stored and not any(names.values()):
        return [Step(ProblemsTask([_emptied(folder)]), state)]
    new = {
        part: [
            name
            for name in listed
            if (not stored or stored_name(position(name)) not in stored)
            and (is_wanted is None or is_wanted(os.path.join(folder, part, name)))  # noqa: PTH118
        ]
        for part, listed in names.items()
    }
    return _file_steps(folder, new, position, state, shares)


def _names(folder: Path) -> list[str]:
    return [entry.name for entry in regular_files(folder) if not entry.name.startswith(".")]


EMPTIED = "Records were read here before and there are none now; what was read is kept."


def _emptied(folder: Path) -> RecordProblem:
    return RecordProblem(
        kind=ProblemKind.EMPTIED, position=stored_name(folder.name), reason=EMPTIED
    )


def _file_steps(
    folder: Path,
    new: dict[str, list[str]],
    position: Callable[[str], str],
    state: str,
    shares: Shares,
) -> Iterator[Step]:
    for part, names in new.items():
        listed = iter(names)
        while batch := list(islice(listed, FILES // next(shares))):
            positions = [stored_name(position(name)) for name in batch]
            yield Step(FilesTask(str(folder / part), batch, positions), "")
    yield Step(ProblemsTask([]), state)


def _settled_mtime(folder: Path) -> int:
    """Returns when a folder changed last, 0 when that was just now."""
    changed = folder.stat().st_mtime_ns
    return changed if time.time_ns() - changed > _SETTLED_NS else 0


def _plan_archive(file: Path, before: Cursor, options: ReadOptions) -> Plan | None:
    found = file.stat()
    state: Cursor = {"size": found.st_size, "mtime": found.st_mtime_ns}
    state |= {"as": _said(options._replace(names=())), "names": "|".join(options.names)}
    state |= {} if lacks(FileKind.MSG) else {"outlook": True}  # read again once it can be
    known_by = before.get("names")
    is_same = before | {"names": state["names"]} == state
    if is_same and known_by == state["names"]:
        return None
    kind = kind_of(file)
    if is_same and not names_people(file, kind):
        return None
    return _archive_steps(file, kind, json.dumps(state), options)


def _archive_steps(file: Path, kind: FileKind, state: str, options: ReadOptions) -> Iterator[Step]:
    restarts = True  # also after a run that was stopped inside: an archive has no middle
    for task in archive_tasks(file, kind, options):
        yield Step(task, "", restarts)
        restarts = False
    yield Step(ProblemsTask([]), state, restarts)


_PLANNERS: dict[UnitKind, Callable[[Path, Cursor, Known, Shares], Plan | None]] = {
    UnitKind.MBOX: _plan_mbox,
    UnitKind.MAILDIR: _plan_maildir,
    UnitKind.MAIL_FILES: _plan_mail_files,
}

"""Mail on the disk as a record source: what is new in each unit, as tasks, in order."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from gonequiet.app.ports import KnownPositions, PackedChunk, UnitChunks
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import SourceKind, SourceUnit, UnitKind
from gonequiet.errors import NotFound, SourceError
from gonequiet.formats.maildir import position_of
from gonequiet.sources.mail_files.archive import archive_tasks
from gonequiet.sources.mail_files.finding import Found, find_units, regular_files
from gonequiet.sources.mail_files.tasks import FilesTask, MboxTask, Task
from gonequiet.sources.mail_files.workers import ReadingPool

_MBOX_BYTES = 1024 * 1024
_FILES = 400
_TAIL = 4096
_SETTLED_NS = 2_000_000_000
"""A folder changed less than two seconds before it was listed may change again unnoticed."""

Step = tuple[Task, str]
"""A task, and the cursor once it is saved ("" leaves the cursor)."""


class MailFiles:
    """Mail under one path.

    Args:
        location: an existing file or folder.
        pool: the worker processes that read it.
    """

    def __init__(self, location: str, pool: ReadingPool) -> None:
        self._root = Path(location)
        self.location = str(self._root)
        self._pool = pool
        self._found: Found = find_units(self._root)
        self.kind = _kind(self._root, self._found.units)

    def problems(self) -> Sequence[RecordProblem]:
        """Returns what could not be looked at while finding units."""
        return tuple(self._found.problems)

    def units(self) -> Sequence[SourceUnit]:
        """Returns the readable pieces, in a fixed order."""
        return tuple(self._found.units)

    def read(self, unit: SourceUnit, state: str, known: KnownPositions) -> UnitChunks | None:
        """Reads what is new in a unit since `state`; None when nothing is."""
        before = json.loads(state) if state else {}
        try:
            plan = _PLANNERS[unit.kind](self._root / unit.path, before, known)
        except OSError as error:
            reason = f"The file or folder cannot be read ({error.strerror})."
            return UnitChunks(unit=unit, restarts=False, chunks=[_unreadable(unit, reason)])
        if plan is None:
            return None
        restarts, steps = plan
        return UnitChunks(unit=unit, restarts=restarts, chunks=self._chunks(steps))

    def _chunks(self, steps: Iterable[Step]) -> Iterator[PackedChunk]:
        states: list[str] = []

        def tasks() -> Iterator[Task]:
            for task, state in steps:
                states.append(state)
                yield task

        for number, read in enumerate(self._pool.in_order(tasks())):
            yield PackedChunk(read.records, read.problems, states[number])


def open_mail_files(location: str, pool: ReadingPool) -> MailFiles:
    """Opens a path as mail on the disk.

    Raises:
        NotFound: nothing is there.
        SourceError: it cannot be read, or holds no mail.
    """
    root = Path(os.path.normpath(Path(location).expanduser().absolute()))
    if not root.exists():
        raise NotFound(f"There is nothing at {root}. Check the path and try again.")
    if not os.access(root, os.R_OK):
        raise SourceError(f"{root} may not be read. Change its permissions and try again.")
    source = MailFiles(str(root), pool)
    if not source.units():
        raise SourceError(
            f"No mail was found in {root}. gonequiet reads mbox files, Maildir folders, .eml "
            "files and Google Takeout archives; name one of those, or the folder that holds them."
        )
    return source


Plan = tuple[bool, Iterable[Step]]


def _plan_mbox(file: Path, before: dict[str, object], _known: KnownPositions) -> Plan | None:
    found = file.stat()
    if before.get("size") == found.st_size and before.get("mtime") == found.st_mtime_ns:
        return None
    start = before.get("offset", 0)
    assert isinstance(start, int)
    if start and (found.st_size < start or _tail(file, start) != before.get("tail")):
        return True, _mbox_steps(file, 0, found)
    return False, _mbox_steps(file, start, found)


def _mbox_steps(file: Path, start: int, found: os.stat_result) -> Iterator[Step]:
    while start < found.st_size:
        stop = min(start + _MBOX_BYTES, found.st_size)
        state: dict[str, object] = {"offset": stop, "tail": _tail(file, stop)}
        if stop == found.st_size:
            state |= {"size": found.st_size, "mtime": found.st_mtime_ns}
        yield MboxTask(str(file), start, stop), json.dumps(state)
        start = stop


def _tail(file: Path, stop: int) -> str:
    with file.open("rb") as content:
        content.seek(max(0, stop - _TAIL))
        return blake2b(content.read(min(stop, _TAIL)), digest_size=16).hexdigest()


def _plan_maildir(folder: Path, before: dict[str, object], known: KnownPositions) -> Plan | None:
    return _plan_folders(folder, ("cur", "new"), before, known, position_of)


def _plan_mail_files(place: Path, before: dict[str, object], known: KnownPositions) -> Plan | None:
    if place.is_dir():
        return _plan_folders(place, ("",), before, known, str)
    if known():
        return None
    return False, [(FilesTask(str(place.parent), [place.name], [place.name]), "")]


def _plan_folders(
    folder: Path,
    parts: tuple[str, ...],
    before: dict[str, object],
    known: KnownPositions,
    position: Callable[[str], str],
) -> Plan | None:
    stamps = {part: _settled_mtime(folder / part) for part in parts}
    if all(stamp and before.get(part) == stamp for part, stamp in stamps.items()):
        return None
    stored = known()
    new = [
        (part, [name for name in _names(folder / part) if position(name) not in stored])
        for part in parts
    ]
    return False, _file_steps(folder, new, position, json.dumps(stamps))


def _names(folder: Path) -> list[str]:
    return [entry.name for entry in regular_files(folder) if not entry.name.startswith(".")]


def _file_steps(
    folder: Path,
    new: list[tuple[str, list[str]]],
    position: Callable[[str], str],
    state: str,
) -> Iterator[Step]:
    for part, names in new:
        listed = iter(names)
        while batch := list(islice(listed, _FILES)):
            yield FilesTask(str(folder / part), batch, [position(name) for name in batch]), ""
    yield FilesTask(str(folder), [], []), state


def _settled_mtime(folder: Path) -> int:
    """Returns when a folder changed last, 0 when that was just now."""
    changed = folder.stat().st_mtime_ns
    return changed if time.time_ns() - changed > _SETTLED_NS else 0


def _plan_archive(file: Path, before: dict[str, object], _known: KnownPositions) -> Plan | None:
    found = file.stat()
    state = {"size": found.st_size, "mtime": found.st_mtime_ns}
    if before == state:
        return None
    return bool(before), archive_tasks(file, json.dumps(state))


_PLANNERS: dict[UnitKind, Callable[[Path, dict[str, object], KnownPositions], Plan | None]] = {
    UnitKind.MBOX: _plan_mbox,
    UnitKind.MAILDIR: _plan_maildir,
    UnitKind.MAIL_FILES: _plan_mail_files,
    UnitKind.ARCHIVE: _plan_archive,
}


def _unreadable(unit: SourceUnit, reason: str) -> PackedChunk:
    problem = RecordProblem(kind=ProblemKind.UNREADABLE, position=unit.path, reason=reason)
    return PackedChunk([], [problem], "")


def _kind(root: Path, units: Sequence[SourceUnit]) -> SourceKind:
    if len(units) == 1 and units[0].path == "":
        return _ALONE[units[0].kind]
    return SourceKind.FOLDER if root.is_dir() else SourceKind.MAIL_FILE


_ALONE = {
    UnitKind.MBOX: SourceKind.MBOX,
    UnitKind.MAILDIR: SourceKind.MAILDIR,
    UnitKind.MAIL_FILES: SourceKind.MAIL_FILE,
    UnitKind.ARCHIVE: SourceKind.ARCHIVE,
}

"""Mail on the disk as a record source: what is new in each unit, read in order."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from gonequiet.app.ports import KnownPositions, PackedChunk, UnitChunk
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import SourceKind, SourceUnit, UnitKind
from gonequiet.errors import NotFound, SourceError
from gonequiet.formats.record_file import IN_PACKS, NEEDS, ReadOptions, lacks, no_records
from gonequiet.sources.mail_files.finding import Found, find_units, kind_of, stored_name
from gonequiet.sources.mail_files.outcomes import TaskRead
from gonequiet.sources.mail_files.packs import begins_whole
from gonequiet.sources.mail_files.planning import Shares, Step, growing_shares, plan_unit
from gonequiet.sources.mail_files.tasks import MboxTask, ProblemsTask, Task
from gonequiet.sources.mail_files.workers import ReadingPool


class MailFiles:
    """Mail under one path.

    Args:
        root: an existing file or folder, links resolved.
        location: the path as the owner named it, made absolute.
        pool: the worker processes that read it.
        options: what files that are not mail do not tell themselves.
    """

    def __init__(self, root: Path, location: str, pool: ReadingPool, options: ReadOptions) -> None:
        self._options = options
        self._root = root
        self.location = location
        self._pool = pool
        self._found: Found = find_units(root)
        self.kind = _kind(root, self._found.units)

    def problems(self) -> Sequence[RecordProblem]:
        """Returns what could not be looked at while finding units."""
        return tuple(self._found.problems)

    def units(self) -> Sequence[SourceUnit]:
        """Returns the readable pieces, in a fixed order."""
        return tuple(self._found.units)

    def read_new(self, states: Mapping[str, str], known: KnownPositions) -> Iterator[UnitChunk]:
        """Yields what is new in each unit since its cursor, unit by unit, in order."""
        taken: deque[tuple[SourceUnit, Step]] = deque()
        shares = growing_shares()

        def tasks() -> Iterator[Task]:
            for unit in self._found.units:
                for step in self._steps(unit, states.get(unit.path, ""), known, shares):
                    taken.append((unit, step))
                    yield step.task

        last = _LastRecord()
        for read in self._pool.in_order(tasks()):
            unit, step = taken.popleft()
            yield from _chunks(unit, step, read, last.noted(unit, step, read))

    def _steps(
        self, unit: SourceUnit, state: str, known: KnownPositions, shares: Shares
    ) -> Iterator[Step]:
        place = self._root / self._found.true_paths.get(unit.path, unit.path)
        try:
            stored = partial(known, unit.path)
            plan = plan_unit(unit.kind, place, state, stored, self._options, shares)
            yield from plan or ()
        except OSError as error:
            reason = f"The file or folder cannot be read ({error.strerror})."
            problem = RecordProblem(kind=ProblemKind.UNREADABLE, position=unit.path, reason=reason)
            yield Step(ProblemsTask([problem]), "")


def _chunks(unit: SourceUnit, step: Step, read: TaskRead, state: str) -> Iterator[UnitChunk]:
    """Yields what a step gave in pieces worth a transaction; the last one moves the cursor."""
    restarts = step.restarts
    for start in range(0, len(read.records) - MOST_RECORDS, MOST_RECORDS):
        part = PackedChunk(read.records[start : start + MOST_RECORDS], [], "")
        yield UnitChunk(unit, part, restarts, step.keeps)
        restarts = False
    rest = read.records[max(0, (len(read.records) - 1) // MOST_RECORDS * MOST_RECORDS) :]
    last = PackedChunk(rest, read.problems, state, step.retracts)
    yield UnitChunk(unit, last, restarts, step.keeps)


MOST_RECORDS = 5_000


class _LastRecord:
    """Adds to an mbox cursor where its last record begins: that one may still be growing."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}

    def noted(self, unit: SourceUnit, step: Step, read: TaskRead) -> str:
        if not isinstance(step.task, MboxTask) or not step.state:
            return step.state
        if read.records:
            self._at[unit.path] = int(read.records[-1].position)
        state = json.loads(step.state)
        state["last"] = self._at.get(unit.path, step.task.start)
        return json.dumps(state)


def open_mail_files(location: str, pool: ReadingPool, options: ReadOptions) -> MailFiles:
    """Opens a path as records on the disk.

    Raises:
        NotFound: nothing is there.
        SourceError: it cannot be read, or holds no records.
    """
    named = Path(os.path.normpath(Path(location).expanduser().absolute()))
    shown = stored_name(str(named))
    if not named.exists():
        raise NotFound(f"There is nothing at {shown}. Check the path and try again.")
    if not os.access(named, os.R_OK):
        raise SourceError(f"{shown} may not be read. Change its permissions and try again.")
    source = MailFiles(named.resolve(), shown, pool, options)
    if not source.units():
        telling = {*map(lacks, NEEDS), *(no_records(kind, "file") for kind in IN_PACKS)}
        reasons = [one.reason for one in source.problems() if one.reason in telling]
        if reasons:
            raise SourceError(f"Nothing in {shown} could be read. {reasons[0]}")
        raise SourceError(
            f"No records were found in {shown}. gonequiet reads mail (mbox, Maildir, .eml, Google "
            "Takeout), calendars, cards, calls, texts and chats; name such a file, or the folder "
            "that holds them."
        )
    if source.kind is SourceKind.ARCHIVE and not begins_whole(named, kind_of(named)):
        raise SourceError(
            f"{shown} cannot be opened as an archive (it may be cut off). "
            "Download it again and import it once more."
        )
    return source


def _kind(root: Path, units: Sequence[SourceUnit]) -> SourceKind:
    if len(units) == 1 and units[0].path == "":
        return _ALONE[units[0].kind]
    return SourceKind.FOLDER if root.is_dir() else SourceKind.MAIL_FILE


_ALONE = {
    UnitKind.MBOX: SourceKind.MBOX,
    UnitKind.MAILDIR: SourceKind.MAILDIR,
    UnitKind.MAIL_FILES: SourceKind.MAIL_FILE,
    UnitKind.ARCHIVE: SourceKind.ARCHIVE,
    UnitKind.RECORDS: SourceKind.RECORDS,
}

"""What a worker process does with a task: it reads records, many at once, and bounds each.

Many mails cost less together than one by one (`formats.words.read_words`). Where one of them takes
too long or needs too much, all of them are read again alone, and only that one is left out.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from gonequiet.app.ports import PackedRecord
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.record_file import ReadOptions
from gonequiet.sources.mail_files.invitations import carries_calendar, meetings_beside
from gonequiet.sources.mail_files.outcomes import TaskRead
from gonequiet.sources.mail_files.outlook import Held
from gonequiet.sources.mail_files.tasks import (
    Raw,
    RecordsTask,
    Task,
    file_records_of,
    records_of,
)

if TYPE_CHECKING:
    from gonequiet.sources.mail_files.memo import WritersMemo

RECORD_SECONDS = 3.0
"""One record may take this long; the slowest honest mail takes a hundredth of it."""
FILE_SECONDS = 75.0
"""A file of records that is not mail may take this long as a whole."""
TOGETHER = 64
"""So many mails are read at once."""
_TOGETHER_BYTES = 1024 * 1024
NOT_BEGUN = -1
AMONG_OTHERS = -2
"""Stands for the number of the record that is being read, while several are."""


class _TooSlowError(Exception):
    """Raised by the alarm."""


class Order(NamedTuple):
    """What a worker is to do.

    Attributes:
        task: what to read.
        skip: records to leave out, by number, with the reason.
        is_alone: read every record alone, so that it is known which one stops the process.
    """

    task: Task
    skip: dict[int, str]
    is_alone: bool


class TaskReader:
    """Reads tasks; made once in a process.

    Args:
        at: where to note the number of the record being read.
        memo: what was read before.
        options: what calendars in mails do not tell themselves.
    """

    def __init__(self, at: Any, memo: WritersMemo, options: ReadOptions) -> None:
        from gonequiet.sources.mail_files.mail_records import records_reader

        signal.signal(signal.SIGALRM, _alarm)
        self._at = at
        self._options = options
        self._read = records_reader(memo)
        self._records: list[PackedRecord] = []
        self._problems: list[RecordProblem] = []

    def carry_out(self, order: Order) -> TaskRead:
        """Returns what a task gives without the records to skip."""
        self._records, self._problems = [], []
        try:
            if isinstance(order.task, RecordsTask):
                self._read_file(order.task)
            else:
                self._read_records(order)
        except OSError as error:
            reason = f"The file cannot be read ({error.strerror})."
            problem = RecordProblem(kind=ProblemKind.UNREADABLE, position="", reason=reason)
            self._problems.append(problem)
        return TaskRead(self._records, self._problems)

    def _read_records(self, order: Order) -> None:
        waiting: list[tuple[int, Raw]] = []
        held = 0
        for number, raw in enumerate(records_of(order.task)):
            if isinstance(raw, Raw) and not order.is_alone and number not in order.skip:
                waiting.append((number, raw))
                held += len(raw.content)
                if len(waiting) < TOGETHER and held < _TOGETHER_BYTES:
                    continue
                self._read_together(waiting)
            else:
                self._read_together(waiting)
                self._read_one(number, raw, order)
            waiting, held = [], 0
        self._read_together(waiting)

    def _read_one(self, number: int, raw: Raw | Held | RecordProblem, order: Order) -> None:
        if isinstance(raw, RecordProblem):
            self._problems.append(raw)
        elif number in order.skip:
            self._problems.append(_left_out(raw, order.skip[number]))
        else:
            self._read_alone(number, raw)

    def _read_together(self, mails: list[tuple[int, Raw]]) -> None:
        self._at.value = AMONG_OTHERS
        found = self._found([raw for _, raw in mails]) if mails else None
        for place, (number, raw) in enumerate(mails):
            if found is None or carries_calendar(found[place]):
                self._read_alone(number, raw)
            else:
                self._records.append(found[place])

    def _found(self, mails: list[Raw]) -> list[PackedRecord] | None:
        """Returns what mails say, None when one of them is not read within its bounds."""
        try:
            with _within(RECORD_SECONDS):
                return self._read(mails)
        except Exception:  # whatever it is: alone, each of them will tell
            return None

    def _read_alone(self, number: int, raw: Raw | Held) -> None:
        self._at.value = number
        try:
            with _within(RECORD_SECONDS):
                self._take(raw)
        except _TooSlowError:
            reason = "This record took too long to read and was left out."
            self._problems.append(_left_out(raw, reason))
        except (MemoryError, RecursionError):
            reason = "This record needs too much memory and was left out."
            self._problems.append(_left_out(raw, reason))
        except Exception as error:  # a fault of ours; what the error says may be words of a record
            reason = f"This record cannot be read ({type(error).__name__}) and was left out."
            self._problems.append(_left_out(raw, reason))

    def _take(self, raw: Raw | Held) -> None:
        if isinstance(raw, Raw):
            found = self._read([raw])[0]
            self._take_meetings(found, raw)
            self._records.append(found)
            return
        for item in raw.load(self._options):
            if isinstance(item, RecordProblem):
                self._problems.append(item)
            else:
                self._records.append(item)

    def _take_meetings(self, mail: PackedRecord, raw: Raw) -> None:
        """Puts the meetings a mail carries before it: the last record of all stays a mail."""
        if not carries_calendar(mail):
            return
        for beside in meetings_beside(mail, raw.content, self._options):
            if isinstance(beside, RecordProblem):
                self._problems.append(beside)
            else:
                self._records.append(beside)

    def _read_file(self, task: RecordsTask) -> None:
        """Reads a file that is not mail; what was read before it took too long is kept."""
        try:
            with _within(FILE_SECONDS):
                for found in file_records_of(task):
                    if isinstance(found, RecordProblem):
                        self._problems.append(found)
                    else:
                        self._records.append(found)
        except _TooSlowError:
            self._problems.append(_cut_short(task, "took too long to read"))
        except (MemoryError, RecursionError):
            self._problems.append(_cut_short(task, "needs too much memory"))
        except OSError:
            raise
        except Exception as error:
            self._problems.append(_cut_short(task, f"cannot be read ({type(error).__name__})"))


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raises `_TooSlowError` in what takes longer; ends the process where that is not heard.

    The alarm is heard between two steps of Python. Inside a library that never comes back nothing
    is, and only the end of the process helps: the main process then knows which record it was.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds + _GRACE_SECONDS)  # of CPU; unheard, it ends us
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


_GRACE_SECONDS = 5.0


def _cut_short(task: RecordsTask, why: str) -> RecordProblem:
    reason = f"This file {why}; what came before was read."
    return RecordProblem(kind=ProblemKind.PARTLY_READ, position=task.prefix, reason=reason)


def _left_out(raw: Raw | Held, reason: str) -> RecordProblem:
    return RecordProblem(kind=ProblemKind.UNREADABLE, position=raw.position, reason=reason)


def _alarm(_number: int, _frame: object) -> None:
    raise _TooSlowError

"""Reading in worker processes that can be killed without losing the run.

Each worker takes one task at a time and notes in shared memory which record it is at. When one
dies or stalls, the record it was at is listed as a problem and the task is done again without it.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawValue
from typing import Any, NamedTuple, Self

from gonequiet.app.ports import PackedRecord
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.record_file import ReadOptions
from gonequiet.sources.mail_files.invitations import carries_calendar, meetings_beside
from gonequiet.sources.mail_files.memo import SharedMemo, WritersMemo
from gonequiet.sources.mail_files.outlook import Held
from gonequiet.sources.mail_files.tasks import (
    Raw,
    RecordsTask,
    Task,
    file_records_of,
    record_reader,
    records_of,
    warm_up,
)

RECORD_SECONDS = 3.0
"""One record may take this long; the slowest honest mail takes a hundredth of it."""
TASK_SECONDS = 90.0
"""A worker silent for this long inside a task is stopped."""
FILE_SECONDS = 75.0
"""A file of records that is not mail may take this long as a whole."""
WORKER_BYTES = 700 * 1024 * 1024
"""What a worker may allocate on top of the program itself."""


class TaskRead(NamedTuple):
    """What one task gave, in order."""

    records: list[PackedRecord]
    problems: list[RecordProblem]


class _TooSlowError(Exception):
    """Raised by the alarm inside a worker."""


class ReadingPool:
    """A few worker processes; use as a context manager.

    Args:
        workers: how many; by default one for each processor, at least one, at most eight.
        options: what calendars in mails do not tell themselves.
    """

    def __init__(self, workers: int | None = None, options: ReadOptions | None = None) -> None:
        self._context = _context()
        self._options = options or ReadOptions(now=0)
        self._wanted = workers or max(1, min(8, (os.cpu_count() or 2)))
        self._workers: list[_Worker] = []
        self._memo: SharedMemo | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()

    def in_order(self, tasks: Iterable[Task]) -> Iterator[TaskRead]:
        """Yields the outcome of each task, in the order of the tasks, a few of them ahead."""
        waiting = iter(tasks)
        ahead: deque[_Job] = deque()
        more = True
        while more or ahead:
            while more and len(ahead) < self._wanted + 2:
                task = next(waiting, None)
                if task is None:
                    more = False
                    break
                ahead.append(_Job(task))
                self._hand_out(ahead)
            if not ahead:
                return
            self._collect(ahead)
            while ahead and ahead[0].outcome is not None:
                done = ahead.popleft()
                assert done.outcome is not None
                self._hand_out(ahead)
                yield done.outcome

    def _hand_out(self, ahead: deque[_Job]) -> None:
        for job in ahead:
            if job.worker is None and job.outcome is None:
                worker = self._idle()
                if worker is None:
                    return
                worker.start(job)

    def _idle(self) -> _Worker | None:
        for worker in self._workers:
            if worker.job is None:
                return worker
        if len(self._workers) < self._wanted:
            worker = _Worker(self._context, self._workers, self._next_memo(), self._options)
            self._workers.append(worker)
            return self._workers[-1]
        return None

    def _next_memo(self) -> WritersMemo | None:
        """Returns the next process's share of the memo, None where memory is not inherited."""
        if self._context.get_start_method() != "fork":
            return None
        self._memo = self._memo or SharedMemo(self._wanted)
        return self._memo.of_writer(len(self._workers))

    def _collect(self, ahead: deque[_Job]) -> None:
        if ahead[0].outcome is not None:
            return
        busy = {worker.pipe: worker for worker in self._workers if worker.job is not None}
        ready = wait(list(busy), timeout=1.0)
        for pipe in ready:
            assert isinstance(pipe, Connection)
            busy[pipe].finish()
        for worker in busy.values():
            if worker.job is not None and time.monotonic() - worker.started > TASK_SECONDS:
                worker.give_up("This record took too long to read and was left out.")
        self._hand_out(ahead)


class _Job:
    """A task on its way."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.skip: dict[int, str] = {}
        self.worker: _Worker | None = None
        self.outcome: TaskRead | None = None


class _Worker:
    """One process and the pipe to it."""

    def __init__(
        self,
        context: BaseContext,
        siblings: list[_Worker],
        memo: WritersMemo | None,
        options: ReadOptions,
    ) -> None:
        self._options = options
        self._context = context
        self._siblings = siblings
        self._memo = memo
        self.job: _Job | None = None
        self.started = 0.0
        self._spawn()

    def _spawn(self) -> None:
        warm_up()
        self._at: Any = RawValue("q", -1)
        self.pipe, theirs = self._context.Pipe()
        inherited = [self.pipe, *(one.pipe for one in self._siblings if one is not self)]
        ours = inherited if self._context.get_start_method() == "fork" else []
        self._process = self._context.Process(  # type: ignore[attr-defined]
            target=_work,
            args=(theirs, self._at, ours, self._memo, self._options),
            daemon=True,
            name="gonequiet-reader",
        )
        self._process.start()
        theirs.close()

    def start(self, job: _Job) -> None:
        self.job, job.worker, self.started = job, self, time.monotonic()
        self._at.value = -1
        self.pipe.send((job.task, job.skip))

    def finish(self) -> None:
        assert self.job is not None
        try:
            outcome = self.pipe.recv()
        except (EOFError, OSError):
            self.give_up("This record stopped the reading process and was left out.")
            return
        self.job.outcome, self.job.worker, self.job = outcome, None, None

    def give_up(self, reason: str) -> None:
        """Replaces the process and does the task again without the record it was at."""
        assert self.job is not None
        job, at = self.job, int(self._at.value)
        self._process.kill()
        self._process.join()
        self.pipe.close()
        self._spawn()
        if at in job.skip:
            problem = RecordProblem(kind=ProblemKind.UNREADABLE, position="", reason=reason)
            job.outcome, job.worker, self.job = TaskRead([], [problem]), None, None
            return
        job.skip[at] = reason
        self.start(job)

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self.pipe.send(None)
        self.pipe.close()
        self._process.join(timeout=2)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _context() -> BaseContext:
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _work(
    pipe: Connection,
    at: Any,
    inherited: list[Connection],
    memo: WritersMemo | None,
    options: ReadOptions,
) -> None:
    """Serves tasks until told to stop or left alone.

    Args:
        pipe: orders in, outcomes out.
        at: where to note the number of the record being read.
        inherited: our copies of the other side's ends; while one is open, nobody who waits on
            it would learn that the main process has died.
        memo: what the processes have read already, None to remember alone.
        options: what calendars in mails do not tell themselves.
    """
    for end in inherited:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _alarm)
    _bound_memory()
    gc.disable()  # nothing cyclic outlives a message; collected between tasks
    reading = _Reading(at, record_reader(memo or SharedMemo(1).of_writer(0)), options)
    with contextlib.suppress(EOFError, OSError):
        while (order := pipe.recv()) is not None:
            pipe.send(reading.of_task(*order))
            gc.collect(0)


class _Reading:
    """What a worker process does with its tasks.

    Args:
        at: where to note the number of the record being read.
        read: reads one record.
        options: what calendars in mails do not tell themselves.
    """

    def __init__(self, at: Any, read: Callable[[Raw], PackedRecord], options: ReadOptions) -> None:
        self._options = options
        self._at = at
        self._read = read

    def of_task(self, task: Task, skip: dict[int, str]) -> TaskRead:
        """Returns what a task gives without the records to skip."""
        records: list[PackedRecord] = []
        problems: list[RecordProblem] = []
        try:
            if isinstance(task, RecordsTask):
                _read_file(task, records, problems)
            else:
                self._read_records(task, skip, records, problems)
        except OSError as error:
            reason = f"The file cannot be read ({error.strerror})."
            problems.append(RecordProblem(kind=ProblemKind.UNREADABLE, position="", reason=reason))
        return TaskRead(records, problems)

    def _read_records(
        self,
        task: Task,
        skip: dict[int, str],
        records: list[PackedRecord],
        problems: list[RecordProblem],
    ) -> None:
        for number, raw in enumerate(records_of(task)):
            if isinstance(raw, RecordProblem):
                problems.append(raw)
            elif number in skip:
                problems.append(_left_out(raw, skip[number]))
            else:
                self._at.value = number
                self._read_one(raw, records, problems)

    def _read_one(
        self, raw: Raw | Held, records: list[PackedRecord], problems: list[RecordProblem]
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, RECORD_SECONDS)
        try:
            found = raw.load() if isinstance(raw, Held) else self._read(raw)
            if isinstance(found, RecordProblem):
                problems.append(found)
            else:
                if isinstance(raw, Raw) and carries_calendar(found):
                    self._take_meetings(found, raw, records, problems)
                records.append(found)
        except _TooSlowError:
            problems.append(_left_out(raw, "This record took too long to read and was left out."))
        except (MemoryError, RecursionError):
            problems.append(_left_out(raw, "This record needs too much memory and was left out."))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _take_meetings(
        self,
        mail: PackedRecord,
        raw: Raw,
        records: list[PackedRecord],
        problems: list[RecordProblem],
    ) -> None:
        """Puts the meetings a mail carries before it: the last record of all stays a mail."""
        for beside in meetings_beside(mail, raw.content, self._options):
            if isinstance(beside, RecordProblem):
                problems.append(beside)
            else:
                records.append(beside)


def _read_file(
    task: RecordsTask, records: list[PackedRecord], problems: list[RecordProblem]
) -> None:
    """Reads a file that is not mail; what was read before it took too long is kept."""
    signal.setitimer(signal.ITIMER_REAL, FILE_SECONDS)
    try:
        for found in file_records_of(task):
            if isinstance(found, RecordProblem):
                problems.append(found)
            else:
                records.append(found)
    except _TooSlowError:
        problems.append(_cut_short(task, "took too long to read"))
    except (MemoryError, RecursionError):
        problems.append(_cut_short(task, "needs too much memory"))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _cut_short(task: RecordsTask, why: str) -> RecordProblem:
    reason = f"This file {why}; what came before was read."
    return RecordProblem(kind=ProblemKind.PARTLY_READ, position=task.prefix, reason=reason)


def _left_out(raw: Raw | Held, reason: str) -> RecordProblem:
    return RecordProblem(kind=ProblemKind.UNREADABLE, position=raw.position, reason=reason)


def _alarm(_number: int, _frame: object) -> None:
    raise _TooSlowError


def _bound_memory() -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (WORKER_BYTES, WORKER_BYTES))

"""Reading in worker processes that can be killed without losing the run.

Each worker takes one task at a time and notes in shared memory which record it is at. When one
dies or stalls, the record it was at is listed as a problem and the task is done again without it.
When it was at several, the task is done again record by record, to learn which one it is.
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
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawValue
from pathlib import Path
from typing import Any, Self

from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.record_file import ReadOptions
from gonequiet.sources.mail_files.memo import SharedMemo, WritersMemo
from gonequiet.sources.mail_files.outcomes import TaskRead, read_back, written
from gonequiet.sources.mail_files.reading import AMONG_OTHERS, NOT_BEGUN, Order, TaskReader
from gonequiet.sources.mail_files.tasks import ProblemsTask, Task, warm_up

TASK_SECONDS = 90.0
"""A worker silent for this long inside a task is stopped."""
_MOST_AHEAD = 64
_YOUNG = 100_000
"""A worker looks for cyclic garbage among so many young objects."""
WORKER_BYTES = 700 * 1024 * 1024
"""What a worker may allocate on top of the program itself."""


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
            while more and self._has_room(ahead):
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

    def _has_room(self, ahead: deque[_Job]) -> bool:
        to_read = sum(job.needs_reading for job in ahead)
        return to_read < self._wanted + 2 and len(ahead) < _MOST_AHEAD

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
        self.is_alone = False
        self.worker: _Worker | None = None
        self.outcome: TaskRead | None = None
        # What was found on the way needs no process to be read.
        self.needs_reading = not isinstance(task, ProblemsTask)
        if isinstance(task, ProblemsTask):
            self.outcome = TaskRead([], task.problems)


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
        self._at: Any = RawValue("q", NOT_BEGUN)
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
        self._at.value = NOT_BEGUN
        order = Order(job.task, job.skip, job.is_alone)
        try:
            self.pipe.send(order)
        except OSError:  # it was stopped between two tasks: nothing of this one was read
            self._replace()
            self.pipe.send(order)

    def finish(self) -> None:
        assert self.job is not None
        try:
            outcome = read_back(self.pipe.recv_bytes())
        except (EOFError, OSError):
            self.give_up("This record stopped the reading process and was left out.")
            return
        self.job.outcome, self.job.worker, self.job = outcome, None, None

    def give_up(self, reason: str) -> None:
        """Replaces the process and does the task again without the record it was at."""
        assert self.job is not None
        job, at = self.job, int(self._at.value)
        self._replace()
        if at == AMONG_OTHERS and not job.is_alone:
            job.is_alone = True
            self.start(job)
            return
        if at in job.skip:
            problem = RecordProblem(kind=ProblemKind.UNREADABLE, position="", reason=reason)
            job.outcome, job.worker, self.job = TaskRead([], [problem]), None, None
            return
        job.skip[at] = reason
        self.start(job)

    def _replace(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()
        self._spawn()

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
    _bound_memory()
    gc.disable()  # nothing cyclic outlives a message; collected between tasks, now and then
    reader = TaskReader(at, memo or SharedMemo(1).of_writer(0), options)
    with contextlib.suppress(EOFError, OSError):
        while (order := pipe.recv()) is not None:
            pipe.send_bytes(written(reader.carry_out(order)))
            if gc.get_count()[0] > _YOUNG:
                gc.collect(0)


def _bound_memory() -> None:
    bound = _held_bytes() + WORKER_BYTES
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))


def _held_bytes() -> int:
    """What the process holds already, inherited with its parent's threads and libraries."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmData:")[2].split(None, 1)[0]) * 1024
    return 0

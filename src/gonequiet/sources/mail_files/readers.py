"""One reading process, and the jobs it was given.

It has a few jobs at a time, so that it goes on while the main process saves. When it dies or
stalls, only the first of them can be to blame.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
import time
from collections import deque
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawValue
from struct import Struct
from typing import Any

from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.record_file import ReadOptions
from gonequiet.sources.mail_files.memo import SharedMemo, WritersMemo
from gonequiet.sources.mail_files.memory_bound import bound_memory
from gonequiet.sources.mail_files.outcomes import TaskRead, read_back, written
from gonequiet.sources.mail_files.reading import AMONG_OTHERS, NOT_BEGUN, Order, TaskReader
from gonequiet.sources.mail_files.tasks import FilesTask, MboxTask, ProblemsTask, Task
from gonequiet.sources.mail_files.tray import Tray

MOST_RECORDS = 1_200
"""A process is given so many records to go on with: they last for as long as a group is saved."""
_MOST_ORDERED = 65_536
"""Bytes of orders in its pipe: with more, it and the main process could wait for each other."""
_RECORD_BYTES = 4_096
_YOUNG = 100_000
"""A worker looks for cyclic garbage among so many young objects."""
WORKER_BYTES = 700 * 1024 * 1024
"""What a worker may allocate on top of the program itself."""
_PLACE = Struct("QQ")
"""Where on the tray an outcome lies, and its length; any other notice is longer."""


class Job:
    """A task on its way.

    Attributes:
        task: what to read.
        records: about how many records that is.
        skip: records to leave out, by number, with the reason.
        is_alone: every record is to be read alone.
        reader: who was given it.
        outcome: what it gave.
    """

    def __init__(self, task: Task) -> None:
        self.task = task
        self.records = _records_in(task)
        self.skip: dict[int, str] = {}
        self.is_alone = False
        self.reader: Reader | None = None
        self.outcome: TaskRead | None = None
        if isinstance(task, ProblemsTask):  # found on the way, it needs no process to be read
            self.outcome = TaskRead([], task.problems)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody was given it yet."""
        return self.reader is None and self.outcome is None

    def order(self) -> bytes:
        """Returns what its reader is told."""
        return pickle.dumps(Order(self.task, self.skip, self.is_alone))


def _records_in(task: Task) -> int:
    if isinstance(task, FilesTask):
        return len(task.names)
    if isinstance(task, MboxTask):
        return (task.stop - task.start) // _RECORD_BYTES
    return 0 if isinstance(task, ProblemsTask) else MOST_RECORDS


class Reader:
    """One process and the pipe to it.

    Args:
        context: how processes begin here.
        siblings: those begun before, whose pipes it inherits.
        memo: its share of what all have read, None where memory is not inherited.
        options: what calendars in mails do not tell themselves.
    """

    def __init__(
        self,
        context: BaseContext,
        siblings: list[Reader],
        memo: WritersMemo | None,
        options: ReadOptions,
    ) -> None:
        self._options = options
        self._context = context
        self._siblings = siblings
        self._memo = memo
        self._ordered: deque[int] = deque()
        self.jobs: deque[Job] = deque()
        self.started = 0.0
        self._spawn()

    def _spawn(self) -> None:
        is_forked = self._context.get_start_method() == "fork"
        self._at: Any = RawValue("q", NOT_BEGUN)
        self._tray = Tray() if is_forked else None
        self.pipe, theirs = self._context.Pipe()
        inherited = [self.pipe, *(one.pipe for one in self._siblings if one is not self)]
        ours = inherited if is_forked else []
        self._process = self._context.Process(  # type: ignore[attr-defined]
            target=_work,
            args=(theirs, self._at, ours, self._memo, self._tray, self._options),
            daemon=True,
            name="gonequiet-reader",
        )
        self._process.start()
        theirs.close()

    def load(self) -> int:
        """Returns about how many records it has been given."""
        return sum([job.records for job in self.jobs])

    def take(self, job: Job) -> bool:
        """Gives it a job to do after those it has; returns False when it has enough to do."""
        if self.jobs and not self._has_room(job):
            return False
        order = job.order()
        if self.jobs and sum(self._ordered) + len(order) > _MOST_ORDERED:
            return False
        try:
            self.pipe.send_bytes(order)
        except OSError:
            if self.jobs:
                return False  # it is gone, as will be seen when its outcome is waited for
            self._replace()  # it was stopped between two tasks: nothing of this one was read
            self.pipe.send_bytes(order)
        if not self.jobs:
            self.started = time.monotonic()
        self.jobs.append(job)
        self._ordered.append(len(order))
        job.reader = self
        return True

    def _has_room(self, job: Job) -> bool:
        # Without a tray, what it writes and what we write could fill both ways of the pipe.
        return self._tray is not None and self.load() + job.records <= MOST_RECORDS

    def finish(self) -> None:
        """Takes the outcome of its first job."""
        try:
            outcome = self._received()
        except (EOFError, OSError):
            self.give_up("This record stopped the reading process and was left out.")
            return
        self._end_first(outcome)
        self.started = time.monotonic()

    def _received(self) -> TaskRead:
        notice = self.pipe.recv_bytes()
        if self._tray is None or len(notice) != _PLACE.size:
            return read_back(notice)
        with self._tray.taking(*_PLACE.unpack(notice)) as lying:
            return read_back(lying)

    def _end_first(self, outcome: TaskRead) -> None:
        job = self.jobs.popleft()
        self._ordered.popleft()
        job.outcome, job.reader = outcome, None

    def give_up(self, reason: str) -> None:
        """Replaces the process and does its first job again without the record it was at."""
        job, at = self.jobs[0], int(self._at.value)
        self._replace()
        if at in job.skip:
            problem = RecordProblem(kind=ProblemKind.UNREADABLE, position="", reason=reason)
            job.outcome = TaskRead([], [problem])
            return
        if at == AMONG_OTHERS and not job.is_alone:
            job.is_alone = True
        else:
            job.skip[at] = reason
        self.take(job)

    def _replace(self) -> None:
        """Starts anew; nobody has its jobs then."""
        self._process.kill()
        self._process.join()
        self.pipe.close()
        for job in self.jobs:
            job.reader = None
        self.jobs.clear()
        self._ordered.clear()
        self._spawn()

    def dismiss(self) -> None:
        """Lets the process end."""
        with contextlib.suppress(OSError):
            self.pipe.send(None)
        self.pipe.close()

    def join(self) -> None:
        """Waits until it has ended."""
        self._process.join(timeout=2)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(
    pipe: Connection,
    at: Any,
    inherited: list[Connection],
    memo: WritersMemo | None,
    tray: Tray | None,
    options: ReadOptions,
) -> None:
    """Serves tasks until told to stop or left alone.

    Args:
        pipe: orders in, outcomes out.
        at: where to note the number of the record being read.
        inherited: our copies of the other side's ends; while one is open, nobody who waits on
            it would learn that the main process has died.
        memo: what the processes have read already, None to remember alone.
        tray: where outcomes are laid, None to send them all through the pipe.
        options: what calendars in mails do not tell themselves.
    """
    for end in inherited:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from gonequiet.sources.mail_files.mail_records import warm_up  # unless it was inherited

    warm_up()
    bound_memory(WORKER_BYTES)
    gc.disable()  # nothing cyclic outlives a message; collected between tasks, now and then
    reader = TaskReader(at, memo or SharedMemo(1).of_writer(0), options)
    try:
        _serve(pipe, reader, at, tray)
    except (EOFError, OSError):
        return
    except Exception:  # the main process sees that it ended; a traceback may hold words of a record
        if os.environ.get("GONEQUIET_TRACEBACK"):
            raise
        sys.exit(1)


def _serve(pipe: Connection, reader: TaskReader, at: Any, tray: Tray | None) -> None:
    while (order := pipe.recv()) is not None:
        outcome = written(reader.carry_out(order))
        at.value = NOT_BEGUN  # of the next one
        start = tray.lay(outcome) if tray else None
        pipe.send_bytes(outcome if start is None else _PLACE.pack(start, len(outcome)))
        if gc.get_count()[0] > _YOUNG:
            gc.collect(0)

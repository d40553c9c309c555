"""Reading in worker processes that can be killed without losing the run.

Each worker takes its tasks one after the other and notes in shared memory which record it is at.
When one dies or stalls, the record it was at is listed as a problem and the task is done again
without it. When it was at several, the task is done again record by record, to learn which one.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Self

from gonequiet.formats.record_file import ReadOptions
from gonequiet.sources.mail_files.memo import SharedMemo, WritersMemo
from gonequiet.sources.mail_files.outcomes import TaskRead
from gonequiet.sources.mail_files.readers import MOST_RECORDS, Job, Reader
from gonequiet.sources.mail_files.tasks import Task

TASK_SECONDS = 90.0
"""A worker silent for this long inside a task is stopped."""
_MOST_AHEAD = 256
_MOST_RECORDS_AHEAD = 4 * MOST_RECORDS
"""Whatever the number of processors: what was read and is not saved yet is memory."""
_WORTH_A_PROCESS = 100
"""With fewer records left to read, another process takes longer to begin than they take."""


class ReadingPool:
    """A few worker processes; use as a context manager.

    Args:
        workers: how many; by default one for each processor, at least one, at most eight.
        options: what calendars in mails do not tell themselves.
        meanwhile: done once while the first records are being read; never when none are.
    """

    def __init__(
        self,
        workers: int | None = None,
        options: ReadOptions | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        self._context = _context()
        self._options = options or ReadOptions(now=0)
        self._meanwhile = meanwhile
        self._is_begun = False
        self._wanted = workers or max(1, min(8, (os.cpu_count() or 2)))
        self._readers: list[Reader] = []
        self._memo: SharedMemo | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._readers:
            reader.dismiss()
        for reader in self._readers:
            reader.join()

    def in_order(self, tasks: Iterable[Task]) -> Iterator[TaskRead]:
        """Yields the outcome of each task, in the order of the tasks, some of them ahead."""
        waiting = iter(tasks)
        ahead: deque[Job] = deque()
        more = True
        while more or ahead:
            more = more and self._look_ahead(waiting, ahead)
            if self._readers and not self._is_begun:
                self._is_begun = True
                self._meanwhile()
            if ahead:
                self._collect(ahead)
            if ahead and (outcome := ahead[0].outcome) is not None:
                ahead.popleft()
                yield outcome

    def _look_ahead(self, waiting: Iterator[Task], ahead: deque[Job]) -> bool:
        """Hands out what there is to do; returns whether there may be more.

        Nobody begins before it is known whether there are only a few records.
        """
        more = True
        while more and self._has_room(ahead):
            task = next(waiting, None)
            if task is None:
                more = False
            else:
                ahead.append(Job(task))
            if self._readers or not _are_few(ahead):
                self._hand_out(ahead)
        self._hand_out(ahead)
        return more

    def _has_room(self, ahead: deque[Job]) -> bool:
        if len(ahead) >= _MOST_AHEAD:
            return False
        if self._readers and sum([job.is_waiting for job in ahead]) > 1:
            return False
        most = min(2 * self._wanted * MOST_RECORDS, _MOST_RECORDS_AHEAD)
        return sum([job.records for job in ahead]) < most

    def _hand_out(self, ahead: deque[Job]) -> None:
        for job in ahead:
            if job.is_waiting and not self._least_busy(_are_few(ahead)).take(job):
                return

    def _least_busy(self, are_few: bool) -> Reader:
        reader = min(self._readers, key=Reader.load, default=None)
        is_busy = reader is not None and reader.load() > _WORTH_A_PROCESS
        if reader is None or (is_busy and len(self._readers) < self._wanted):
            if not are_few:
                from gonequiet.sources.mail_files.mail_records import warm_up

                warm_up()  # once for all processes; a few records' one does it while we do else
            reader = Reader(self._context, self._readers, self._next_memo(), self._options)
            self._readers.append(reader)
        return reader

    def _next_memo(self) -> WritersMemo | None:
        """Returns the next process's share of the memo, None where memory is not inherited."""
        if self._context.get_start_method() != "fork":
            return None
        self._memo = self._memo or SharedMemo(self._wanted)
        return self._memo.of_writer(len(self._readers))

    def _collect(self, ahead: deque[Job]) -> None:
        """Takes what is read; waits for it where the next outcome is not there."""
        is_there = ahead[0].outcome is not None
        busy = {reader.pipe: reader for reader in self._readers if reader.jobs}
        for pipe in wait(list(busy), timeout=0 if is_there else 1.0):
            assert isinstance(pipe, Connection)
            busy[pipe].finish()
        for reader in busy.values() if not is_there else ():
            if reader.jobs and time.monotonic() - reader.started > TASK_SECONDS:
                reader.give_up("This record took too long to read and was left out.")
        self._hand_out(ahead)


def _are_few(jobs: Iterable[Job]) -> bool:
    return sum([job.records for job in jobs]) <= _WORTH_A_PROCESS


def _context() -> BaseContext:
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")

"""Reading the words of messages in worker processes that end when the main process does.

The words are capped and every rule takes linear time, so no text can hold a worker up; one that is
killed all the same has its batch read again in the main process.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Self

from gonequiet.app.reading import BATCH, TextToRead, WordsRead, make_ready, read_texts

Batch = Sequence[TextToRead]


class WordPool:
    """A few worker processes; use as a context manager.

    Args:
        workers: how many; by default one for each processor, at most eight.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._wanted = workers or max(1, min(8, os.cpu_count() or 2))
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()

    def in_order(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, list[WordsRead]]]:
        """Yields each batch with what was read, in the order of the batches."""
        waiting = iter(batches)
        first = next(waiting, None)
        if first is None:
            return
        if len(first) < BATCH or self._wanted == 1:
            yield first, read_texts(first)  # a process is not worth its start
            for batch in waiting:
                yield batch, read_texts(batch)
            return
        ahead: deque[tuple[_Worker, Batch]] = deque()
        make_ready()
        # A worker has one batch at a time: with two, both ends could wait to be heard.
        self._hand_out(first, ahead, 0)
        for number, batch in enumerate(waiting, start=1):
            if len(ahead) >= self._wanted:
                yield _collected(ahead)
            self._hand_out(batch, ahead, number)
        while ahead:
            yield _collected(ahead)

    def _hand_out(self, batch: Batch, ahead: deque[tuple[_Worker, Batch]], number: int) -> None:
        if len(self._workers) < self._wanted:
            self._workers.append(_Worker(self._workers))
        worker = self._workers[number % len(self._workers)]
        worker.ask(batch)
        ahead.append((worker, batch))


def _collected(ahead: deque[tuple[_Worker, Batch]]) -> tuple[Batch, list[WordsRead]]:
    worker, batch = ahead.popleft()
    read = worker.answer()
    return batch, read_texts(batch) if read is None else read


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, siblings: Sequence[_Worker]) -> None:
        context = multiprocessing.get_context()
        self.pipe, theirs = context.Pipe()
        is_forked = context.get_start_method() == "fork"
        ours = [self.pipe, *(one.pipe for one in siblings)] if is_forked else []
        self._process = context.Process(
            target=_work, args=(theirs, ours), daemon=True, name="gonequiet-words"
        )
        self._process.start()
        theirs.close()

    def ask(self, batch: Batch) -> None:
        try:
            self.pipe.send(list(batch))
        except OSError:
            return  # it is gone; `answer` will find out

    def answer(self) -> list[WordsRead] | None:
        """Returns what it read, None when it is gone."""
        try:
            found: list[WordsRead] = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return found

    def stop(self) -> None:
        self.pipe.close()
        self._process.join(timeout=5)
        if self._process.is_alive():
            self._process.kill()


def _work(pipe: Connection, inherited: Sequence[Connection]) -> None:
    """Reads batches until the main process closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in inherited:
        one.close()  # else this process would keep its own pipe open and outlive the main one
    gc.freeze()
    while True:
        try:
            batch = pipe.recv()
            pipe.send(read_texts(batch))
        except (EOFError, OSError):
            return

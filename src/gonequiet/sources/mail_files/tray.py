"""Where a reading process lays what it read, until the main process has time to take it.

A pipe holds little: whoever writes more into it stands still until somebody reads. While the main
process saves, what is read meanwhile lies here, in memory that both of them see.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.sharedctypes import RawValue

_ROOM = 4 * 1024 * 1024


class Tray:
    """Room for outcomes, used round and round; made before the process that shares it."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _ROOM)
        self._laid = 0  # known to the process that lays, counted over all rounds
        self._taken = RawValue("Q", 0)

    def lay(self, data: bytes) -> int | None:
        """Returns where the data lies now, None when there is no room for it."""
        start, length = self._laid, len(data)
        to_edge = _ROOM - start % _ROOM
        if length > to_edge:
            start += to_edge
        if start + length - int(self._taken.value) > _ROOM:
            return None
        at = start % _ROOM
        self._memory[at : at + length] = data
        self._laid = start + length
        return start

    @contextmanager
    def taking(self, start: int, length: int) -> Iterator[memoryview]:
        """Gives what lies somewhere; its room is free again afterwards."""
        at = start % _ROOM
        with memoryview(self._memory)[at : at + length] as data:
            yield data
        self._taken.value = start + length

"""What reading processes have read already, in memory they share.

A mailbox holds the same words in several folders. Whichever process meets them first keeps what
it read; the others find it under the digest of what it was read from. Every process writes to a
region of its own, round and round, and to one table of slots. Nobody waits for anybody: a slot or
a value that somebody is just writing over does not fit its check sum, and is read as nothing.
"""

from __future__ import annotations

import marshal
import mmap
from struct import Struct
from typing import Any
from zlib import crc32

_SLOTS = 65_536
_SLOT = Struct("16sIII")  # key, start and length of the value, check sum over both
_TABLE = _SLOTS * _SLOT.size
_REGIONS = 32 * 1024 * 1024
_SMALLEST_SHARE = 16
"""A value is kept when it takes at most one sixteenth of a region."""


class SharedMemo:
    """The memory; made before the processes that share it, which inherit it.

    Args:
        writers: how many processes will write to it.
    """

    def __init__(self, writers: int) -> None:
        self.memory = mmap.mmap(-1, _TABLE + _REGIONS)
        self.region = _REGIONS // writers

    def of_writer(self, number: int) -> WritersMemo:
        """Returns the memo as the writer of that number uses it."""
        return WritersMemo(self.memory, _TABLE + number * self.region, self.region)


class WritersMemo:
    """Implements `mail_records.Memo` over shared memory, for one process."""

    def __init__(self, memory: mmap.mmap, start: int, size: int) -> None:
        self._memory = memory
        self._start = self._at = start
        self._stop = start + size

    def find(self, key: bytes) -> tuple[Any, ...] | None:
        """Returns what is kept under a key of 16 bytes, None when nothing is."""
        known, start, length, check = _SLOT.unpack_from(self._memory, _place(key))
        if known != key:
            return None
        value = self._memory[start : start + length]
        if crc32(value, crc32(key)) != check:
            return None
        # Only our own processes write here, and the check sum says that this is what one wrote.
        held: tuple[Any, ...] = marshal.loads(value)  # noqa: S302
        return held

    def keep(self, key: bytes, value: tuple[Any, ...]) -> None:
        """Keeps texts, numbers and tuples of them, in the place of what this writer kept first."""
        written = marshal.dumps(value)
        length = len(written)
        if length * _SMALLEST_SHARE > self._stop - self._start:
            return
        if self._at + length > self._stop:
            self._at = self._start
        start, self._at = self._at, self._at + length
        self._memory[start : self._at] = written
        check = crc32(written, crc32(key))
        _SLOT.pack_into(self._memory, _place(key), key, start, length, check)


def _place(key: bytes) -> int:
    return int.from_bytes(key[:4], "big") % _SLOTS * _SLOT.size

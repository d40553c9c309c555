"""OLE2 containers (MS-CFB, version 3), in which Outlook and Office keep things, written by hand."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Tree: TypeAlias = "dict[str, bytes | Tree]"

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_FREE, _END, _TABLE, _NOTHING = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_UNUSED = b"\0" * 68 + struct.pack("<III", _NOTHING, _NOTHING, _NOTHING) + b"\0" * 48


class _Entry(NamedTuple):
    name: str
    content: bytes | None  # None: a folder
    following: list[int]  # the next one in the same folder
    children: list[int]


def container(tree: Tree) -> bytes:
    """Returns a file that holds folders and streams."""
    return _Container(tree).written()


class _Container:
    """One file on its way into sectors."""

    def __init__(self, tree: Tree) -> None:
        self._entries: list[_Entry] = []
        self._sectors: list[bytes] = []
        self._next: list[int] = []
        self._add("Root Entry", tree)

    def _add(self, name: str, held: bytes | Tree) -> int:
        number = len(self._entries)
        made = _Entry(name, held if isinstance(held, bytes) else None, [], [])
        self._entries.append(made)
        if not isinstance(held, bytes):
            ordered = sorted(held.items(), key=lambda one: (len(one[0]), one[0].upper()))
            made.children.extend(self._add(*one) for one in ordered)
            for this, following in pairwise(made.children):
                self._entries[this].following.append(following)
        return number

    def _put(self, content: bytes) -> int:
        """Puts content into sectors one behind the other; returns the first."""
        first, count = len(self._sectors), -(-len(content) // _SECTOR)
        cuts = range(0, len(content), _SECTOR)
        self._sectors += [content[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in cuts]
        self._next += [*range(first + 1, first + count), _END] if count else []
        return first if count else _END

    def written(self) -> bytes:
        starts, small, small_next = [_END] * len(self._entries), b"", list[int]()
        for number, entry in enumerate(self._entries):
            content = entry.content or b""
            if len(content) >= _CUTOFF:
                starts[number] = self._put(content)
            elif content:
                starts[number], count = len(small_next), -(-len(content) // _SMALL)
                small += content.ljust(count * _SMALL, b"\0")
                small_next += [*range(len(small_next) + 1, len(small_next) + count), _END]
        starts[0] = self._put(small)
        small_at = self._put(struct.pack(f"<{len(small_next)}I", *small_next))
        sizes = [len(small), *(len(entry.content or b"") for entry in self._entries[1:])]
        directory = b"".join(map(_row, self._entries, starts, sizes))
        directory_at = self._put(directory + _UNUSED * (-len(self._entries) % 4))
        tables = -(-len(self._next) // 127)
        at = len(self._sectors)
        table = [*self._next, *[_TABLE] * tables]
        table += [_FREE] * (tables * 128 - len(table))
        self._sectors.append(struct.pack(f"<{len(table)}I", *table))
        head = struct.pack(
            "<8s16s5H6x9I",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
            0, tables, directory_at, 0, _CUTOFF, small_at, -(-len(small_next) // 128), _END, 0,
        )  # fmt: skip
        listed = [*range(at, at + tables), *[_FREE] * (109 - tables)]
        return head + struct.pack("<109I", *listed) + b"".join(self._sectors)


def _row(entry: _Entry, start: int, size: int) -> bytes:
    """One row of the directory; the siblings in a folder stand in a tree as lopsided as a list."""
    name = f"{entry.name}\0".encode("utf-16-le")
    kind = 5 if entry.name == "Root Entry" else 1 if entry.content is None else 2
    following, child = (*entry.following, _NOTHING)[0], (*entry.children, _NOTHING)[0]
    links = struct.pack("<HBBIII", len(name), kind, 1, _NOTHING, following, child)
    return name.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<IQ", start, size)

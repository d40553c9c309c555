"""Outlook data files (.pst, MS-PST, 64 bit), small and written by hand: folders and messages."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.support.outlook import Given, Value

_STORE, _NAMES, _ROOT = 0x21, 0x61, 0x122
_RECIPIENTS, _ATTACHMENTS = 0x692, 0x671
_PAGE, _FIRST = 512, 0x4600
_ENTRY = struct.pack("<IHH", 0x8554, 6, 0)  # one property with a name: a file has some


class PstFolder(NamedTuple):
    """A folder: its name, the messages in it (properties, people, what hangs on it), folders below.

    Attributes:
        holds: its class, as "IPF.Note".
    """

    name: str
    messages: Sequence[tuple[Given, Sequence[Given], Sequence[Given]]] = ()
    below: Sequence[PstFolder] = ()
    holds: str = "IPF.Note"


def pst_file(folders: Sequence[PstFolder], *, names: bytes = _ENTRY) -> bytes:
    """Returns a data file that holds some folders below its top one.

    Args:
        folders: what it holds.
        names: which number of this file stands for which name.
    """
    file = _File()
    file.node(_STORE, _properties({0x3001: "Personal Folders"}), 0)
    mapped: Given = {0x0001: 251, 0x0002: bytes(16), 0x0003: names, 0x0004: bytes(4)}
    file.node(_NAMES, _properties(mapped), 0)
    top = PstFolder("Top of Personal Folders", below=folders)
    file.folder(PstFolder("", below=[top]), _ROOT, _ROOT)
    return file.written()


def _crc(data: bytes) -> int:
    """As MS-PST reckons it: no complement before and after."""
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def _signature(place: int, number: int) -> int:
    both = (place ^ number) & 0xFFFFFFFF
    return (both >> 16) ^ (both & 0xFFFF)


class _File:
    """One file on its way: blocks, then the two trees that find them, then the header."""

    def __init__(self) -> None:
        self._content = bytearray(_FIRST)
        self._blocks: list[tuple[int, int, int]] = []
        self._nodes: list[tuple[int, int, int, int]] = []
        self._next_block = 4
        self._next_node = 0x400

    def _number(self, kind: int) -> int:
        self._next_node += 1
        return self._next_node << 5 | kind

    def block(self, data: bytes, *, is_internal: bool = False) -> int:
        """Adds a block; returns its number."""
        number = self._next_block | (2 if is_internal else 0)
        self._next_block += 4
        place = len(self._content)
        padding = -(len(data) + 16) % 64
        trailer = struct.pack("<HHIQ", len(data), _signature(place, number), _crc(data), number)
        self._content += data + b"\0" * padding + trailer
        self._blocks.append((number, place, len(data)))
        return number

    def node(
        self, number: int, data: bytes, parent: int, below: Iterable[tuple[int, bytes]] = ()
    ) -> None:
        """Adds a node with what lies below it."""
        held = [struct.pack("<QQQ", one, self.block(content), 0) for one, content in below]
        inner = struct.pack("<BBHI", 2, 0, len(held), 0) + b"".join(held)
        tree = self.block(inner, is_internal=True) if held else 0
        self._nodes.append((number, self.block(data), tree, parent))

    def folder(self, folder: PstFolder, parent: int, number: int = 0) -> int:
        """Adds a folder and all in it; returns its number."""
        number = number or self._number(2)
        held: Given = {0x3001: folder.name, 0x3602: len(folder.messages), 0x3613: folder.holds}
        self.node(number, _properties(held), parent)
        below = [self.folder(one, number) for one in folder.below]
        messages = [self._message(number, *one) for one in folder.messages]
        for kind, listed in ((0x0D, below), (0x0E, messages), (0x0F, [])):
            rows: list[Given] = [{0x3602: 0} for _ in listed]
            self.node(number & ~0x1F | kind, _table(rows, listed), 0)
        return number

    def _message(
        self, folder: int, given: Given, people: Sequence[Given], attached: Sequence[Given]
    ) -> int:
        number = self._number(4)
        below = [(_RECIPIENTS, _table(people, range(1, len(people) + 1)))]
        if attached:
            numbers = [at << 5 | 5 for at in range(1, len(attached) + 1)]
            below += [(_ATTACHMENTS, _table([{0x0E20: 1} for _ in attached], numbers))]
            below += [(at, _properties(one)) for at, one in zip(numbers, attached, strict=True)]
        self.node(number, _properties(given), folder, sorted(below))
        return number

    def written(self) -> bytes:
        """Returns the file."""
        self._content += b"\0" * (-len(self._content) % _PAGE)
        nodes = [struct.pack("<QQQII", *row, 0) for row in sorted(self._nodes)]
        blocks = [struct.pack("<QQHHI", *row, 2, 0) for row in sorted(self._blocks)]
        node_tree, block_tree = self._tree(0x81, nodes), self._tree(0x80, blocks)
        root = struct.pack(
            "<IQQQQQQQQBBH", 0, len(self._content), 0x4400, 0, 0, *node_tree, *block_tree, 2, 0, 0
        )
        head = struct.pack("<HHHBBIIQQI", 0x4D53, 23, 19, 1, 1, 0, 0, 0, 0x1000, 1)
        head += struct.pack("<I", 0x400) * 32 + bytes(8) + root + bytes(4)
        head += b"\xff" * 256 + b"\x80\0\0\0" + struct.pack("<Q", self._next_block)
        sums = struct.pack("<I", _crc(head[:471])), struct.pack("<I", _crc(head[:516]))
        whole = b"!BDN" + sums[0] + head + sums[1]
        self._content[: len(whole)] = whole
        return bytes(self._content)

    def _tree(self, kind: int, rows: Sequence[bytes]) -> tuple[int, int]:
        """Adds the pages of a tree; returns number and place of its root."""
        level, size = 0, len(rows[0])
        while True:
            most = 488 // size
            pages = [rows[at : at + most] for at in range(0, len(rows), most)]
            placed = [self._page(kind, part, size, level) for part in pages]
            if len(placed) == 1:
                return placed[0]
            keys = [part[0][:8] for part in pages]
            rows = [key + struct.pack("<QQ", *at) for key, at in zip(keys, placed, strict=True)]
            level, size = level + 1, 24

    def _page(self, kind: int, rows: Sequence[bytes], size: int, level: int) -> tuple[int, int]:
        number, place = self._next_block | 2, len(self._content)
        self._next_block += 4
        body = b"".join(rows).ljust(488, b"\0")
        body += struct.pack("<BBBBI", len(rows), 488 // size, size, level, 0)
        trailer = struct.pack("<BBHIQ", kind, kind, _signature(place, number), _crc(body), number)
        self._content += body + trailer
        return number, place


class _Heap:
    """A heap in one block: pieces, and where they begin."""

    def __init__(self, client: int) -> None:
        self._client = client
        self._pieces: list[bytes] = []

    def put(self, piece: bytes) -> int:
        """Adds a piece; returns how it is referred to."""
        self._pieces.append(piece)
        return len(self._pieces) << 5

    def written(self, root: int) -> bytes:
        """Returns the block."""
        starts, body = [12], b""
        for piece in self._pieces:
            body += piece
            starts.append(12 + len(body))
        body += b"\0" * (len(body) % 2)
        head = struct.pack("<HBBII", 12 + len(body), 0xEC, self._client, root, 0)
        count = len(self._pieces)
        return head + body + struct.pack(f"<HH{count + 1}H", count, 0, *starts)


def _properties(given: Given) -> bytes:
    """The properties of one thing."""
    heap, rows = _Heap(0xBC), b""
    head = heap.put(bytes(8))  # its place is known; what stands there follows
    for number, value in sorted(given.items()):
        kind, raw = _encoded(value)
        rows += struct.pack("<HHI", number, kind, _held(heap, kind, raw))
    records = heap.put(rows)
    written = bytearray(heap.written(head))
    written[12:20] = struct.pack("<BBBBI", 0xB5, 2, 6, 0, records)
    return bytes(written)


def _held(heap: _Heap, kind: int, raw: bytes) -> int:
    """What stands in the place of a value: itself when it is small, else where it is."""
    if kind in (0x0003, 0x000B):
        return int.from_bytes(raw, "little")
    return heap.put(raw) if raw else 0


def _encoded(value: Value) -> tuple[int, bytes]:
    if isinstance(value, int):
        return 0x0003, struct.pack("<I", value)
    if isinstance(value, str):
        return 0x001F, value.encode("utf-16-le")
    if isinstance(value, bytes):
        return 0x0102, value
    ticks = int(value.timestamp()) * 10_000_000 + 116_444_736_000_000_000
    return 0x0040, struct.pack("<Q", ticks)


def _table(rows: Sequence[Given], numbers: Sequence[int]) -> bytes:
    """A table: a row for each number, with columns for whatever any of them holds."""
    heap = _Heap(0x7C)
    kinds = {number: _encoded(value)[0] for row in rows for number, value in row.items()}
    columns = {0x67F2: 3, 0x67F3: 3, **dict(sorted(kinds.items()))}
    count, marks = len(columns), -(-len(columns) // 8)
    info, index_head = heap.put(bytes(22 + 8 * count)), heap.put(bytes(8))
    body, index = b"", b""
    for at, (number, row) in enumerate(zip(numbers, rows, strict=True)):
        held = {0x67F2: number, 0x67F3: 1}
        held |= {one: _held(heap, *_encoded(value)) for one, value in row.items()}
        body += b"".join(struct.pack("<I", held.get(one, 0)) for one in columns)
        there = "".join("1" if one in held else "0" for one in columns).ljust(8 * marks, "0")
        body += int(there, 2).to_bytes(marks, "big")
        index += struct.pack("<II", number, at)
    index_rows, matrix = (heap.put(index), heap.put(body)) if rows else (0, 0)
    described = sorted((one, kind, at) for at, (one, kind) in enumerate(columns.items()))
    told = struct.pack("<BB4H", 0x7C, count, *[4 * count] * 3, 4 * count + marks)
    told += struct.pack("<III", index_head, matrix, 0)
    told += b"".join(struct.pack("<HHHBB", kind, one, 4 * at, 4, at) for one, kind, at in described)
    told += struct.pack("<BBBBI", 0xB5, 4, 4, 0, index_rows)
    written = bytearray(heap.written(info))
    written[12 : 12 + len(told)] = told
    return bytes(written)

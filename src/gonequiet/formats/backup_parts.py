"""Cuts a large backup of calls and texts into parts that are read by themselves, side by side.

A part is well-formed once the root's tags stand around it. Whatever could make a "<" mean
something else than the beginning of a tag (comments, CDATA, another encoding) leaves a file whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from gonequiet.formats.mbox import Buffer

PART_BYTES: Final = 2 * 1024 * 1024
"""A part is about so long: a fraction of a second to read."""
_HEAD_BYTES: Final = 8_192
_HEAD: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^<>]{0,2000}\?>\s*|<!--[^<>]{0,2000}-->\s*){0,20}"
    rb"<([a-zA-Z]{1,40})(?:\s[^<>]{0,2000})?>"
)
_ENTRY: Final = re.compile(rb"<(?:sms|mms|call)[\s/>]")
_OTHERWISE: Final = (b"<!", b"<?", b"\0")


class FilePart(NamedTuple):
    """One part of a file.

    Attributes:
        start: its first byte.
        stop: the byte after its last.
        before: how many entries stand before it.
        head: what is read before it.
        tail: what is read after it.
    """

    start: int
    stop: int
    before: int
    head: bytes = b""
    tail: bytes = b""


def find_parts(content: Buffer, part_bytes: int = PART_BYTES) -> list[FilePart]:
    """Returns the parts of a backup in order; a single one when it is short, or when in doubt."""
    whole = [FilePart(0, len(content), 0)]
    root = _HEAD.match(content[:_HEAD_BYTES])
    if root is None or len(content) <= part_bytes:
        return whole
    if any(content.find(mark, root.end()) >= 0 for mark in _OTHERWISE):
        return whole
    cuts = [(0, 0), *_cuts(content, root.end(), part_bytes), (len(content), 0)]
    opened, closed = b"<%s>" % root[1], b"</%s>" % root[1]
    return [
        FilePart(start, stop, before, opened if start else b"", closed * (stop < len(content)))
        for (start, before), (stop, _) in pairwise(cuts)
    ]


def _cuts(content: Buffer, start: int, part_bytes: int) -> Iterator[tuple[int, int]]:
    """Yields where parts after the first begin, and how many entries stand before."""
    last = 0
    for number, found in enumerate(_ENTRY.finditer(content, start)):
        if found.start() - last >= part_bytes:
            last = found.start()
            yield last, number

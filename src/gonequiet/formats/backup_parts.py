"""Cuts a large backup of calls and texts into parts that are read by themselves, side by side.

A part is well-formed once the root's tags stand around it. Whatever could make a "<" mean
something else than the beginning of a tag (comments, CDATA, another encoding) leaves a file whole.

The next backup of a telephone is the last one, and some more at its end. So where each part begins
is kept as a mark, with a digest of all that stands before it; reading goes on from the last mark
that still fits. The root's own tag is left out: it holds the number of entries and the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
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


class Mark(NamedTuple):
    """Where a part of a backup begins.

    Attributes:
        length: bytes between the root's tag and the part.
        before: entries in them.
        digest: of them.
    """

    length: int
    before: int
    digest: str


def find_parts(
    content: Buffer, part_bytes: int = PART_BYTES, *, after: Mark | None = None
) -> list[FilePart]:
    """Returns the parts of a backup in order; a single one when it is short, or when in doubt.

    Args:
        content: of the file.
        part_bytes: about how long a part is to be.
        after: leaves out what stands before a mark of this very content.
    """
    whole = [FilePart(0, len(content), 0)]
    root = _HEAD.match(content[:_HEAD_BYTES])
    if root is None or len(content) <= part_bytes:
        return whole
    if any(content.find(mark, root.end()) >= 0 for mark in _OTHERWISE):
        return whole
    first = (root.end() + after.length, after.before) if after else (0, 0)
    cuts = [first, *_cuts(content, root.end(), first, part_bytes), (len(content), 0)]
    opened, closed = b"<%s>" % root[1], b"</%s>" % root[1]
    return [
        FilePart(start, stop, before, opened if start else b"", closed * (stop < len(content)))
        for (start, before), (stop, _) in pairwise(cuts)
    ]


def find_marks(content: Buffer, parts: Sequence[FilePart]) -> list[Mark]:
    """Returns the marks of all parts that have entries before them."""
    root = _HEAD.match(content[:_HEAD_BYTES])
    if root is None:
        return []
    return _marks(content, root.end(), [(one.start, one.before) for one in parts if one.before])


def still_fitting(content: Buffer, marks: Sequence[Mark]) -> list[Mark]:
    """Returns the marks before which nothing has changed, in order."""
    root = _HEAD.match(content[:_HEAD_BYTES])
    if root is None or not marks:
        return []
    places = [(root.end() + one.length, one.before) for one in marks]
    found = _marks(content, root.end(), places)
    return [one for one, now in zip(marks, found, strict=False) if one == now]


def _marks(content: Buffer, start: int, places: Iterable[tuple[int, int]]) -> list[Mark]:
    """Returns the marks at places inside the content, given in order."""
    found, digest, at = [], blake2b(digest_size=16), start
    for place, before in places:
        if place > len(content):
            break
        digest.update(content[at:place])
        at = place
        found.append(Mark(place - start, before, digest.hexdigest()))
    return found


def _cuts(
    content: Buffer, start: int, first: tuple[int, int], part_bytes: int
) -> Iterator[tuple[int, int]]:
    """Yields where parts after the first begin, and how many entries stand before."""
    last, before = first
    for number, found in enumerate(_ENTRY.finditer(content, max(start, last)), before):
        if found.start() - last >= part_bytes:
            last = found.start()
            yield last, number

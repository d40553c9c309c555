"""Where messages begin and end in an mbox file, found at memory speed without copying.

A message begins at a line "From ..." that follows a blank line (or begins the file), ends in a
date or names an address (RFC 4155 and its looser relatives), and has a header field or nothing
after it. "From " inside a body that does not look so is text. Bodies keep ">From " as it was
written: unquoting is for whoever shows them. Lines may end as on the first Macs, in a CR alone,
where the whole file does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

Buffer = bytes | bytearray | mmap

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_TOLD_BY = 8192
"""So many bytes show how lines end."""
_MAX_LINE = 512
_DATED = re.compile(
    rb"From (?:\S+|\".{1,80}\"\S*|.{1,120}?)\s+(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+)?"
    rb"(?:[A-Z][a-z]{2}\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2}(?:\s+\d{2,4})?),?\s+\d{1,2}:\d{2}"
)
_ADDRESSED = re.compile(rb"From <?[^\s<>@]{1,256}@[^\s<>@]{1,256}>?\s*")
_OPENING = re.compile(rb"[!-9;-~]{1,80}[ \t]*:|>From |\r?\n|\r|\Z")


class Span(NamedTuple):
    """One message in an mbox: `buffer[start:end]` is the message without its From_ line.

    Attributes:
        offset: where the From_ line begins.
        line_end: where it ends, so `buffer[offset:line_end]` is the line.
        start: first byte of the message.
        end: after its last byte, the blank line that belongs to the file left out.
    """

    offset: int
    line_end: int
    start: int
    end: int


def iter_spans(buffer: Buffer, start: int = 0) -> Iterator[Span]:
    """Yields the messages of an mbox file in order.

    Args:
        buffer: the file.
        start: where to begin, 0 or the `offset` of an earlier span.
    """
    size, line_break = len(buffer), line_break_of(buffer)
    first = _begins_at(buffer)
    at_once = start <= first and is_from_line(buffer, first, line_break)
    offset = first if at_once else _next_boundary(buffer, start, line_break)
    while 0 <= offset < size:
        following = _next_boundary(buffer, offset + 5, line_break)
        end = size if following < 0 else following
        line_end = buffer.find(line_break, offset, end)
        line_end = end if line_end < 0 else line_end
        begin = min(line_end + 1, end)
        yield Span(offset, line_end, begin, _without_blank(buffer, begin, end))
        offset = following


def leading_garbage(buffer: Buffer) -> int:
    """Returns how many bytes stand before the first message; 0 when there are none."""
    line_break = line_break_of(buffer)
    if is_from_line(buffer, _begins_at(buffer), line_break):
        return 0
    first = _next_boundary(buffer, 0, line_break)
    return len(buffer) if first < 0 else first


def line_break_of(buffer: Buffer) -> bytes:
    r"""Returns the byte that ends lines: \r where the file begins with lines that end so alone."""
    told = buffer[:_TOLD_BY]
    return b"\r" if b"\n" not in told and b"\r" in told else b"\n"


def _begins_at(buffer: Buffer) -> int:
    return len(_BYTE_ORDER_MARK) if buffer[: len(_BYTE_ORDER_MARK)] == _BYTE_ORDER_MARK else 0


def is_from_line(buffer: Buffer, offset: int, line_break: bytes = b"\n") -> bool:
    """Whether a line that begins at `offset` is the From_ line of a message."""
    line_end = buffer.find(line_break, offset, offset + _MAX_LINE)
    line = bytes(buffer[offset : offset + _MAX_LINE if line_end < 0 else line_end])
    if not line.startswith(b"From ") or not _message_follows(buffer, line_end):
        return False
    return _DATED.match(line) is not None or _ADDRESSED.fullmatch(line.rstrip()) is not None


def _message_follows(buffer: Buffer, line_end: int) -> bool:
    """Whether what comes after the line can begin a message: a field, nothing, a blank line."""
    if line_end < 0:
        return True
    following = buffer[line_end + 1 : line_end + 100]
    return _OPENING.match(following) is not None


def _next_boundary(buffer: Buffer, at: int, line_break: bytes) -> int:
    """Returns the offset of the next From_ line after a blank line, -1 when there is none."""
    mark = line_break + b"From "
    found = buffer.find(mark, max(0, at - 1))
    while found >= 0:
        if _follows_blank(buffer, found, line_break) and is_from_line(
            buffer, found + 1, line_break
        ):
            return found + 1
        found = buffer.find(mark, found + 1)
    return -1


def _follows_blank(buffer: Buffer, newline: int, line_break: bytes) -> bool:
    before = bytes(buffer[max(0, newline - 3) : newline])
    return newline == 0 or before.endswith((line_break, line_break + b"\r")) or before == b"\r"


def _without_blank(buffer: Buffer, begin: int, end: int) -> int:
    tail = bytes(buffer[max(begin, end - 4) : end])
    if tail.endswith(b"\r\n\r\n"):
        return end - 2
    return end - 1 if tail.endswith((b"\n\n", b"\r\r")) else end

"""Runs of lines of one kind, as a message is cut by who wrote them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class BlockKind(StrEnum):
    """What a run of lines is, as far as quoting goes."""

    TEXT = "text"
    QUOTATION = "quotation"  # lines behind a ">" prefix
    MARKER = "marker"  # a dashed line, a name and date, an attribution
    LETTERHEAD = "letterhead"  # the company, above the headers of Lotus Notes
    HEADERS = "headers"  # From, Sent, To, Subject of another message


class Block(NamedTuple):
    """A run of lines of one kind.

    Attributes:
        kind: what the lines are.
        start: index of the first line.
        stop: index after the last line.
        forwards: whether a marker says that what follows was passed on, not answered.
        attributes: whether a marker only names who wrote the quotation below it.
        memo: whether headers are those of a memo, typed by the one who writes.
    """

    kind: BlockKind
    start: int
    stop: int
    forwards: bool = False
    attributes: bool = False
    memo: bool = False

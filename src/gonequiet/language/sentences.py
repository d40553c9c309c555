"""Cuts text into sentences, in one pass, by rules that hold for mail.

A sentence ends at a mark of its end before white space, at a blank line, before an item of a list,
and at a short line that ends in none of them, because mail is full of lines that are no prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Sentence(NamedTuple):
    """Where a sentence stands: `text[start:stop]`, without white space around it."""

    start: int
    stop: int


_BREAK = re.compile(
    r"[.!?…]{1,6}[\"'”’)\]]{0,3}(?=\s)|\n(?=[ \t]{0,20}\n|[ \t]{0,20}(?:[-*•]|\d{1,2}[.)])\s)|\n"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|inc|ltd|co|corp|no|nos|approx|dept|fig|jan"
    r"|feb|mar"
    r"|apr|jun|jul|aug|sep|sept|oct|nov|dec|u\.s|a\.m|p\.m|z\.b|d\.h|u\.a|bzw|ca|evtl|ggf|inkl|nr"
    r"|usw"
    r"|sog|vgl|hr|fr|tel)|\b[a-zäöü]|(?<!\d)\d{1,2})\.$",
    re.IGNORECASE,
)
_SHORT_LINE = 50
_LONGEST = 2_000


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences in order; what lies between them is white space."""
    return tuple(_trimmed(text))


def _trimmed(text: str) -> Iterator[Sentence]:
    start = 0
    for stop in (*_stops(text), len(text)):
        while start < stop and text[start].isspace():
            start += 1
        end = stop
        while end > start and text[end - 1].isspace():
            end -= 1
        for piece in range(start, end, _LONGEST):
            yield Sentence(piece, min(end, piece + _LONGEST))
        start = stop


def _stops(text: str) -> Iterator[int]:
    line_start = 0
    for match in _BREAK.finditer(text):
        if match[0] == "\n":
            if _ends_at_line(text, line_start, match.start()):
                yield match.start()
            line_start = match.end()
        elif not _is_abbreviated(text, match):
            yield match.end()


def _ends_at_line(text: str, start: int, stop: int) -> bool:
    """Whether a line break ends the sentence: a blank line, a list, or a line that is short."""
    following = text[stop + 1 : stop + 24]
    first = following.lstrip(" \t")[:1]
    if first in {"", "\n", "-", "*", "•"} or stop - start < 2:
        return True
    if first.isdigit() and re.match(r"\s*\d{1,2}[.)]\s", following):
        return True
    return stop - start < _SHORT_LINE and not first.islower()


def _is_abbreviated(text: str, match: re.Match[str]) -> bool:
    if match[0] != ".":
        return False
    if _ABBREVIATED.search(text, max(0, match.start() - 8), match.end()) is None:
        return False
    following = text[match.end() : match.end() + 40].lstrip()
    return not text[match.end() : match.end() + 2].startswith("\n\n") and following[:1] != ""

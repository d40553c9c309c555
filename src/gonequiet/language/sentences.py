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
_WORDS = frozenset(
    (
        *("mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "inc", "ltd", "co", "corp", "no"),
        *("nos", "approx", "dept", "fig", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep"),
        *("sept", "oct", "nov", "dec", "bzw", "ca", "evtl", "ggf", "inkl", "nr", "usw", "sog"),
        *("vgl", "hr", "fr", "tel"),
    )
)
_ABBREVIATED = re.compile(
    rf"(?:\b(?:{'|'.join(_WORDS)}|e\.g|i\.e|u\.s|a\.m|p\.m|z\.b|d\.h|u\.a)"
    r"|\b[a-zäöü]|(?<!\d)\d{1,2})\.$",
    re.IGNORECASE,
)
_REACH = 8  # characters before a full stop in which any abbreviation begins
_SHORT_LINE = 50
_LONGEST = 2_000


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences in order; what lies between them is white space."""
    return tuple(_trimmed(text))


def _trimmed(text: str) -> Iterator[Sentence]:
    start = 0
    for stop in (*_stops(text), len(text)):
        words = text[start:stop].lstrip()
        begin = stop - len(words)
        end = begin + len(words.rstrip())
        for piece in range(begin, end, _LONGEST):
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
    if match[0] != "." or _ends_in_a_word(text, match.start()):
        return False
    if _ABBREVIATED.search(text, max(0, match.start() - _REACH), match.end()) is None:
        return False
    following = text[match.end() : match.end() + 40].lstrip()
    return not text[match.end() : match.end() + 2].startswith("\n\n") and following[:1] != ""


def _ends_in_a_word(text: str, stop: int) -> bool:
    """Whether a plain word of several letters stands there; most sentences end so."""
    start = text.rfind(" ", max(0, stop - _REACH), stop) + 1
    word = text[start:stop] if start else text[max(0, stop - _REACH) : stop]
    is_whole = start > 0 or len(word) == _REACH
    return is_whole and len(word) > 1 and word.isalpha() and word.lower() not in _WORDS

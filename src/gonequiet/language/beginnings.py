"""The letters with which a match of a pattern can begin, read off the pattern itself.

A pattern that begins "(?:could|can) you " is only worth trying where "could you " or "can you "
stands. What cannot be told (a class of letters, a repetition) ends a beginning; an empty beginning
says that a match can begin anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_MOST = 64  # beginnings of one pattern; beyond it they are cut shorter
_PIECE = re.compile(
    r"(?P<look>\(\?(?:[=!]|<[=!]))|(?P<group>\((?:\?:|\?P<\w+>)?)|(?P<class>\[\^?\]?(?:\\.|[^\]])*\])"
    r"|(?P<edge>\\[bBAZ]|\^|\$)|(?P<kind>\\[dDsSwW])|(?P<end>[|)])|(?P<any>\.)|\\?(?P<letter>.)",
    re.DOTALL,
)
_OFTEN = re.compile(r"(?P<often>\?|[*+]|\{(?P<least>\d*),?\d*\})[?+]?")


class _Start(NamedTuple):
    """Some letters a match begins with, and whether they are all that is known of it."""

    letters: str
    is_cut: bool = False


_Starts = frozenset[_Start]
_NOTHING: _Starts = frozenset({_Start("")})
_ANYTHING: _Starts = frozenset({_Start("", is_cut=True)})


@cache
def beginnings_of(pattern: str) -> frozenset[str]:
    """The letters one of which every match begins with; "" when that cannot be told.

    Args:
        pattern: a regular expression without backward references and comments.
    """
    starts, _ = _either(pattern, 0)
    letters = {start.letters for start in starts}
    return frozenset(one for one in letters if not _has_shorter(one, letters))


def _has_shorter(letters: str, others: set[str]) -> bool:
    return any(letters[:length] in others for length in range(len(letters)))


def _either(pattern: str, at: int) -> tuple[_Starts, int]:
    """The beginnings of alternatives up to the end of their group, and where that is."""
    found: set[_Start] = set()
    while True:
        starts, at = _row(pattern, at)
        found |= starts
        if at >= len(pattern) or pattern[at] == ")":
            return frozenset(found), at
        at += 1  # behind the bar


def _row(pattern: str, at: int) -> tuple[_Starts, int]:
    """The beginnings of what stands in a row, and where it ends."""
    starts = _NOTHING
    while at < len(pattern) and pattern[at] not in "|)":
        piece, at = _piece(pattern, at)
        starts = _joined(starts, piece)
    return starts, at


def _piece(pattern: str, at: int) -> tuple[_Starts, int]:
    match = _PIECE.match(pattern, at)
    assert match is not None  # any letter is a piece
    kind = match.lastgroup
    at = match.end()
    if kind in ("look", "group"):
        piece, at = _either(pattern, at)
        at += 1
        if kind == "look":
            return _NOTHING, at
    elif kind == "edge":
        return _NOTHING, at
    else:
        piece = frozenset(_letters(match)) if kind in ("class", "letter") else _ANYTHING
    return _repeated(pattern, at, piece)


def _letters(match: re.Match[str]) -> Iterator[_Start]:
    """One letter, or each of a few in a class."""
    inside = (match["class"] or "")[1:-1]
    if match["letter"]:
        yield _Start(match["letter"])
    elif inside.isalpha() and len(inside) <= 3:
        yield from map(_Start, inside)
    else:
        yield _Start("", is_cut=True)


def _repeated(pattern: str, at: int, piece: _Starts) -> tuple[_Starts, int]:
    """What a piece begins with when it may be missing or stand there several times."""
    often = _OFTEN.match(pattern, at)
    if often is None:
        return piece, at
    if often["often"] != "?":
        piece = frozenset(_Start(start.letters, is_cut=True) for start in piece)
    if often["often"] in "?*" or often["least"] in ("", "0"):
        piece |= _NOTHING
    return piece, often.end()


def _joined(starts: _Starts, piece: _Starts) -> _Starts:
    whole = [start for start in starts if not start.is_cut]
    if len(whole) * len(piece) > _MOST:
        return frozenset(_Start(start.letters, is_cut=True) for start in starts)
    longer = {_Start(one.letters + two.letters, two.is_cut) for one in whole for two in piece}
    return frozenset(longer | {start for start in starts if start.is_cut})

"""Finds sentences worth a closer look by letters they must hold, at a tenth of a pattern's cost."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from gonequiet.language.sentences import Sentence

Hints = tuple[tuple[str, str], ...]
"""Letters, and the kind of finding they hint at."""


def hints_of(letters_of_kind: Mapping[str, Sequence[str]]) -> Hints:
    """The hints of a data file."""
    return tuple((one, kind) for kind, letters in letters_of_kind.items() for one in letters)


def hinted_sentences(
    folded: str, spans: Sequence[Sentence], hints: Hints
) -> Iterator[tuple[int, frozenset[str]]]:
    """The sentences that hold a hint, in order, with the kinds hinted at.

    Args:
        folded: the text in lower case, as long as the text the spans were cut from.
        spans: its sentences.
        hints: from `hints_of`.
    """
    starts = [span.start for span in spans]
    placed = (
        (max(0, bisect_right(starts, at + 1) - 1), kind) for at, kind in _where(folded, hints)
    )
    for at, group in groupby(placed, key=itemgetter(0)):
        yield at, frozenset(kind for _, kind in group)


def _where(folded: str, hints: Hints) -> list[tuple[int, str]]:
    found = []
    for letters, kind in hints:
        at = folded.find(letters)
        while at >= 0:
            found.append((at, kind))
            at = folded.find(letters, at + 1)
    found.sort()
    return found

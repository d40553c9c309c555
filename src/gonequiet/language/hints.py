"""Finds sentences worth a closer look by letters they must hold, at a tenth of a pattern's cost.

Letters that begin a word are looked up word by word; the others are searched for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from gonequiet.language.lexicon import Tongue
from gonequiet.language.sentences import Sentence


class Hints(NamedTuple):
    """Letters, and the kind of finding they hint at.

    Attributes:
        words: letters that begin a word, by their first two, with what they hint at.
        others: letters that may stand anywhere.
    """

    words: Mapping[str, tuple[tuple[str, str], ...]]
    others: tuple[tuple[str, str], ...]

    @property
    def kinds(self) -> frozenset[str]:
        """Everything that is hinted at."""
        found = {kind for pairs in self.words.values() for _, kind in pairs}
        return frozenset(found | {kind for _, kind in self.others})


_WORD = re.compile(r"[a-zäöüß][a-zäöüß']+")
_BEGINS = 2  # letters by which the words are sorted


def hints_of(letters_of_kind: Mapping[str, Sequence[str]], tongue: Tongue) -> Hints:
    """The hints of a data file.

    In English they begin words, as the patterns do; German puts words together, so there they may
    stand anywhere.
    """
    words: dict[str, list[tuple[str, str]]] = {}
    others: list[tuple[str, str]] = []
    for kind, several in letters_of_kind.items():
        for given in several:
            letters = given.lstrip(" ")
            if tongue is Tongue.ENGLISH and letters[:_BEGINS].isalpha() and len(letters) >= _BEGINS:
                words.setdefault(letters[:_BEGINS], []).append((letters, kind))
            else:
                others.append((given, kind))
    return Hints({first: tuple(pairs) for first, pairs in words.items()}, tuple(others))


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
    if hints.words:
        for word in _WORD.finditer(folded):
            start = word.start()
            for letters, kind in hints.words.get(word[0][:_BEGINS], ()):
                if folded.startswith(letters, start):
                    found.append((start, kind))
    for letters, kind in hints.others:
        at = folded.find(letters)
        while at >= 0:
            found.append((at, kind))
            at = folded.find(letters, at + 1)
    found.sort()
    return found

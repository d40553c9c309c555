"""Kinds of words: which kinds each word of a sentence belongs to, and where.

A kind is a list of words that do the same work ("answer", "reply", "geantwortet"). In the data file
`ignor*` stands for every word that begins so, and `get_back` for words in a row. Where something
stands is kept as a number with one bit a word (bit 0: the first word), so that looking whether one
kind follows another is a shift and an "and".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

Places = dict[str, int]
"""Of each symbol (a word, a kind, words in a row) where it stands: a bit for each word."""

NUMBER: Final = "#"
"""Stands for every number written in digits."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+[a-z]*|[?!]")
_QUOTED: Final = re.compile(r'"[^"\n]{0,500}"')
_MARKS: Final = "?!"
_SHORTEST_STEM: Final = 3
_LONGEST_STEM: Final = 20
_KNOWN_WORDS: Final = 32_768


def words_of(sentence: str) -> tuple[list[str], frozenset[str]]:
    """Returns the words of a folded sentence in order, and which of "?" and "!" it has.

    Words between quotation marks are left out: they are talked about, not said.
    """
    found = _WORD.findall(_QUOTED.sub(" ", sentence) if '"' in sentence else sentence)
    marks = frozenset(found).intersection(_MARKS)
    return ([word for word in found if word not in _MARKS] if marks else found), marks


class Kinds:
    """The kinds of words of a data file, and the other symbols that are asked for."""

    def __init__(self, kinds: Mapping[str, Iterable[str]], symbols: Iterable[str] = ()) -> None:
        """Takes the words of each kind, and symbols that stand for themselves ("ignor*")."""
        self._by_word: dict[str, set[str]] = {}
        self._by_stem: dict[str, set[str]] = {}
        self._rows: dict[tuple[str, str], list[tuple[list[str], str]]] = {}
        for kind, words in kinds.items():
            for word in words:
                self._add(word, kind)
        for symbol in symbols:
            if "_" in symbol or symbol.endswith("*"):
                self._add(symbol, symbol)
        self._kinds_of = lru_cache(_KNOWN_WORDS)(self._find_kinds)

    def places(self, words: Sequence[str]) -> Places:
        """Returns where each symbol stands among some words."""
        found: Places = {}
        for at, word in enumerate(words):
            bit = 1 << at
            for symbol in self._kinds_of(word):
                found[symbol] = found.get(symbol, 0) | bit
        for at, two in enumerate(pairwise(words)):
            for row, symbol in self._rows.get(two, ()):
                if words[at : at + len(row)] == row:
                    found[symbol] = found.get(symbol, 0) | ((1 << len(row)) - 1) << at
        return found

    def kinds_of(self, word: str) -> tuple[str, ...]:
        """Returns the symbols that a word alone stands for, itself among them."""
        return self._kinds_of(word)

    def _add(self, word: str, symbol: str) -> None:
        if "_" in word:
            row = word.split("_")
            self._rows.setdefault((row[0], row[1]), []).append((row, symbol))
        elif word.endswith("*"):
            self._by_stem.setdefault(word[:-1], set()).add(symbol)
        else:
            self._by_word.setdefault(word, set()).add(symbol)

    def _find_kinds(self, word: str) -> tuple[str, ...]:
        found = {word, *self._by_word.get(word, ())}
        if word[0].isdecimal():
            found |= {NUMBER, *self._by_word.get(NUMBER, ())}
        for cut in range(_SHORTEST_STEM, min(len(word), _LONGEST_STEM) + 1):
            found |= self._by_stem.get(word[:cut], set())
        head, apostrophe, tail = word.partition("'")
        if apostrophe:
            found |= {head, apostrophe + tail}
        return tuple(sorted(found))

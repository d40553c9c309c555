"""The notation that turns of phrase are written in, and what it comes to as a pattern.

A phrase is words in a row, in lower case::

    you (never|did not) answer~        one of several
    i am [really] disappointed         may be left out
    you promised ... nothing           up to four words between; `..` two, `....` eight
    your . is late                     exactly one word, whatever it is
    ignor*                             any ending; `*mal` any beginning
    email~  (call|letter)~             a plural or genitive ending, or none
    e-mail                             "e-mail", "e mail" or "email"
    {message}                          a slot, defined once for a language, before it is used
    (,|>)                              before a comma; between words a comma goes without saying
    ^fine i will                       `^` opens the sentence
    <just checking in>                 `<` opens a clause, `>` ends the sentence or its line

Every piece is bounded, so a pattern takes time linear in the text whatever the text is. From the
same notation come the hints: words of which one must occur for the phrase to occur. They are looked
up first, because looking up a word is a hundred times cheaper than trying a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from typing import Final, NamedTuple

_SYMBOL: Final = re.compile(r"\s+|[()\[\]|<>^]|\{[a-z_]+\}|\.{2,4}|[^\s()\[\]|<>^{}]+")
_GAPS: Final = {"..": 2, "...": 4, "....": 8}
_ANY_WORD: Final = r"[^\s]{1,30}+"  # possessive: its comma is never offered to the blank
_BLANK: Final = r"[,:]?[ \n]{1,9}"
_START: Final = r"(?:\A|(?<=\n)|(?<=[,;:(\"–—-] )|(?<=[(\"]))[\"(]?"
_END: Final = r"(?=[ ]{0,3}(?:[.!?…;)\"]|\Z|\n))"
_EDGES: Final = {"^": r"\A", "<": _START, ">": _END, ",": "(?=,)", ":": "(?=:)"}
_OPENINGS: Final = (_EDGES["^"], _START)
_PLAIN: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_INFLECTIONS: Final = ("", "s", "es", "n", "en")
_INFLECTED: Final = re.compile(r"\(([^()\[\]{}]*)\)~")
_PARTS: Final = re.compile(r"[^\w*~]+")
_MIN_HINT: Final = 2


class Phrase(NamedTuple):
    """A phrase, ready to be looked for in folded text.

    Attributes:
        expression: the regular expression that matches it.
        hints: one of these words stands in every text it matches; "ignor*" stands for every word
            that begins so, "*mal" for every word that ends so.
        also: so does one of these, all of them whole words; empty: there is no more to ask for.
    """

    expression: str
    hints: frozenset[str]
    also: frozenset[str] = frozenset()

    def may_occur_among(self, words: Set[str]) -> bool:
        """Whether a text of these words, in which one of the hints stands, can have the phrase."""
        return not self.also or not self.also.isdisjoint(words)

    def find_in(self, text: str) -> Iterator[re.Match[str]]:
        """Yields every place where the phrase stands."""
        return _compiled(self.expression).finditer(text)

    def occurs_in(self, text: str) -> bool:
        """Whether the phrase stands anywhere."""
        return _compiled(self.expression).search(text) is not None


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    # Compiled when first needed: a letter hints at few of the many phrases.
    return re.compile(expression)


class PhraseError(ValueError):
    """A phrase in a data file is not written as the notation has it."""


class _Piece(NamedTuple):
    """A part of a phrase.

    Attributes:
        first: its pattern where it begins a phrase.
        after: its pattern behind something else, with the blank before it.
        hints: one of these occurs with it; None: it promises nothing.
        is_optional: it may be missing.
        also: and so does one of these, elsewhere in it.
    """

    first: str
    after: str
    hints: frozenset[str] | None = None
    is_optional: bool = False
    also: frozenset[str] = frozenset()


class Notation:
    """The notation with the slots of one language."""

    def __init__(self, slots: Mapping[str, str]) -> None:
        """Reads the slots in order; each may use those before it.

        Raises:
            PhraseError: a slot is not written as the notation has it.
        """
        self._slots: dict[str, _Piece] = {}
        for name, written in slots.items():
            piece = _Reader(written, self._slots).whole()
            self._slots[name] = _Piece(f"(?:{piece.first})", f"(?:{piece.after})", piece.hints)

    def read(self, written: str) -> Phrase:
        """Returns a phrase.

        Raises:
            PhraseError: a bracket is open, a slot unknown, or nothing in it must occur.
        """
        piece = _Reader(written, self._slots).whole()
        if piece.hints is None:
            raise PhraseError(f"Nothing in '{written}' must occur; add a word that does.")
        return Phrase(piece.first, piece.hints, piece.also)


class _Reader:
    """Reads a phrase symbol by symbol."""

    def __init__(self, written: str, slots: Mapping[str, _Piece]) -> None:
        self._written = written
        self._slots = slots
        spread = _INFLECTED.sub(_each_inflected, written)
        self._symbols = [symbol for symbol in _SYMBOL.findall(spread) if not symbol.isspace()]
        self._at = 0

    def whole(self) -> _Piece:
        piece = self._sequence()
        if self._at < len(self._symbols):
            raise PhraseError(f"A bracket too many in '{self._written}'.")
        return piece

    def _sequence(self) -> _Piece:
        pieces: list[_Piece] = []
        while self._at < len(self._symbols) and self._symbols[self._at] not in ")]|":
            pieces.append(self._piece())
        if all(piece.is_optional for piece in pieces):
            raise PhraseError(f"An empty or optional alternative in '{self._written}'.")
        hints = _hints_in_order(pieces)
        whole = (each for each in hints[1:] if not any("*" in hint for hint in each))
        first, after = _joined(pieces, begun=False), _joined(pieces, begun=True)
        best = hints[0] if hints else None
        return _Piece(first, after, best, also=next(whole, frozenset()))

    def _piece(self) -> _Piece:
        symbol = self._symbols[self._at]
        self._at += 1
        if symbol in "([":
            return self._alternatives(")" if symbol == "(" else "]")
        if symbol in _EDGES:
            return _Piece(_EDGES[symbol], _EDGES[symbol])
        if symbol == ".":
            return _Piece(_ANY_WORD, _BLANK + _ANY_WORD)
        if symbol in _GAPS:
            gap = f"(?:{_BLANK}{_ANY_WORD}){{0,{_GAPS[symbol]}}}?"
            return _Piece(gap, gap, is_optional=True)
        return self._slot(symbol[1:-1]) if symbol[0] == "{" else _word(symbol)

    def _alternatives(self, closing: str) -> _Piece:
        found = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            found.append(self._sequence())
        if self._next() != closing:
            raise PhraseError(f"A bracket is open in '{self._written}'.")
        self._at += 1
        first = f"(?:{'|'.join(piece.first for piece in found)})"
        after = f"(?:{'|'.join(piece.after for piece in found)})"
        if closing == "]":
            return _Piece(f"(?:{first}{_BLANK})?", f"{after}?", is_optional=True)
        return _Piece(first, after, _union([piece.hints for piece in found]))

    def _slot(self, name: str) -> _Piece:
        if name not in self._slots:
            raise PhraseError(f"No slot is called '{name}' in '{self._written}'.")
        return self._slots[name]

    def _next(self) -> str:
        return self._symbols[self._at] if self._at < len(self._symbols) else ""


def _each_inflected(group: re.Match[str]) -> str:
    """`(call|letter)~` as `(call~|letter~)`."""
    return f"({'|'.join(f'{each}~' for each in group[1].split('|'))})"


def _joined(pieces: Sequence[_Piece], *, begun: bool) -> str:
    """The pattern of pieces in a row, at the beginning or behind something else."""
    pattern = ""
    for piece in pieces:
        pattern += piece.after if begun else piece.first
        begun = begun or not (piece.is_optional or piece.first in _OPENINGS)
    return pattern


def _word(symbol: str) -> _Piece:
    stem = symbol.strip("*~")
    pattern = "".join(map(_letter, stem))
    if symbol.startswith("*"):
        pattern = r"\w{0,15}" + pattern
    elif stem[0].isalnum():
        pattern = r"\b" + pattern
    pattern += _ending(symbol)
    return _Piece(pattern, _BLANK + pattern, _hints(symbol))


def _hints(symbol: str) -> frozenset[str] | None:
    """The words one of which every spelling of a symbol has; "ignor*" and "*mal" stand for many."""
    joined = symbol.replace("-", "").replace("'", "")
    parts = [part for part in _PARTS.split(symbol) if len(part.strip("*~")) >= _MIN_HINT]
    longest = max(parts, key=len, default="")
    if not longest:
        return None
    endings = _INFLECTIONS if symbol.endswith("~") else ("",)
    stems = {stem.rstrip("~") for stem in (joined, longest)}
    return frozenset(
        spelling + ending for stem in stems for spelling in _spellings(stem) for ending in endings
    )


def _spellings(word: str) -> list[str]:
    """A word with and without umlauts."""
    found = [word]
    for letter, plain in _PLAIN.items():
        found += [each.replace(letter, plain) for each in found if letter in each]
    return found


def _letter(letter: str) -> str:
    if letter == "-":
        return "[- ]?"
    if letter == "'":
        return "'?"
    return f"(?:{letter}|{_PLAIN[letter]})" if letter in _PLAIN else re.escape(letter)


def _ending(symbol: str) -> str:
    if symbol.endswith("*"):
        return r"\w{0,15}"
    if symbol.endswith("~"):
        return r"(?:'?e?s|e?n)?\b"
    return r"\b" if symbol[-1].isalnum() else ""


def _union(found: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    if any(hints is None for hints in found):
        return None
    return frozenset().union(*(hints for hints in found if hints is not None))


def _hints_in_order(pieces: Sequence[_Piece]) -> list[frozenset[str]]:
    """The hints of each piece that has some, rarest first: long words, then few of them."""
    known = [piece.hints for piece in pieces if piece.hints]
    return sorted(known, key=lambda hints: (-min(map(len, hints)), len(hints)))

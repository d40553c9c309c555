"""The notation that turns of phrase are written in, and what it comes to as a pattern.

A phrase is words in a row, in lower case::

    you (never|did not) answer~        one of several
    i am [really] disappointed         may be left out
    you promised ... nothing           up to four words between; `..` two, `....` eight
    ignor*                             any ending; `*mal` any beginning
    email~  (call|letter)~             a plural or genitive ending, or none
    e-mail                             "e-mail", "e mail" or "email"
    {message}                          a slot, defined once for a language
    (,|>)                              before a comma; between words a comma goes without saying
    ^fine i will                       `^` opens the sentence
    <just checking in>                 `<` opens a clause, `>` ends the sentence or its line

Every piece is bounded, so a pattern takes time linear in the text whatever the text is. From the
same notation come the hints: words of which one must occur for the phrase to occur. They are looked
up first, because looking up a word is a hundred times cheaper than trying a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"\s+|[()\[\]|<>^]|\{[a-z_]+\}|\.{2,4}|[^\s()\[\]|<>^{}]+")
_GAPS: Final = {"..": 2, "...": 4, "....": 8}
_BLANK: Final = r"[,:]?[ \n]{1,9}"
_START: Final = r"(?:\A|(?<=\n)|(?<=[,;:(\"–—-] )|(?<=[(\"]))[\"(]?"
_END: Final = r"(?=[ ]{0,3}(?:[.!?…;)\"]|\Z|\n))"
_EDGES: Final = {"^": r"\A[ \n]{0,9}", "<": _START, ">": _END, ",": "(?=,)", ":": "(?=:)"}
_OPENINGS: Final = (_EDGES["^"], _START)
_PLAIN: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_INFLECTIONS: Final = ("", "s", "es", "n", "en")
_INFLECTED: Final = re.compile(r"\(([^()\[\]{}]*)\)~")
_PARTS: Final = re.compile(r"[^\w*~]+")
_MIN_HINT: Final = 2


class Phrase(NamedTuple):
    """A phrase, ready to be looked for in folded text.

    Attributes:
        pattern: what matches it.
        hints: one of these words stands in every text the pattern matches; "ignor*" stands for
            every word that begins so, "*mal" for every word that ends so.
    """

    pattern: re.Pattern[str]
    hints: frozenset[str]


class PhraseError(ValueError):
    """A phrase in a data file is not written as the notation has it."""


class _Piece(NamedTuple):
    """A part of a phrase.

    Attributes:
        first: its pattern where it begins a phrase.
        after: its pattern behind something else, with the blank before it.
        hints: one of these occurs with it; None: it promises nothing.
        is_optional: it may be missing.
    """

    first: str
    after: str
    hints: frozenset[str] | None = None
    is_optional: bool = False


def compile_phrase(written: str, slots: Mapping[str, str]) -> Phrase:
    """Compiles one phrase.

    Args:
        written: the phrase.
        slots: phrases by the names they are used under in braces.

    Raises:
        PhraseError: a bracket is open, a slot unknown, or nothing in it must occur.
    """
    piece = _Reader(written, slots).whole()
    if piece.hints is None:
        raise PhraseError(f"Nothing in '{written}' must occur; add a word that does.")
    return Phrase(re.compile(piece.first), piece.hints)


class _Reader:
    """Reads a phrase token by token."""

    def __init__(self, written: str, slots: Mapping[str, str]) -> None:
        self._written = written
        self._slots = slots
        spread = _INFLECTED.sub(_each_inflected, written)
        self._tokens = [token for token in _TOKEN.findall(spread) if not token.isspace()]
        self._at = 0

    def whole(self) -> _Piece:
        piece = self._sequence()
        if self._at < len(self._tokens):
            raise PhraseError(f"A bracket too many in '{self._written}'.")
        return piece

    def _sequence(self) -> _Piece:
        pieces: list[_Piece] = []
        while self._at < len(self._tokens) and self._tokens[self._at] not in ")]|":
            pieces.append(self._piece())
        if all(piece.is_optional for piece in pieces):
            raise PhraseError(f"An empty or optional alternative in '{self._written}'.")
        return _Piece(
            _joined(pieces, begun=False), _joined(pieces, begun=True), _best_hints(pieces)
        )

    def _piece(self) -> _Piece:
        token = self._tokens[self._at]
        self._at += 1
        if token in "([":
            return self._alternatives(")" if token == "(" else "]")
        if token in _EDGES:
            return _Piece(_EDGES[token], _EDGES[token])
        if token in _GAPS:
            gap = rf"(?:{_BLANK}[^\s]{{1,30}}){{0,{_GAPS[token]}}}?"
            return _Piece(gap, gap, is_optional=True)
        return self._slot(token[1:-1]) if token[0] == "{" else _word(token)

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
        outer = {known: phrase for known, phrase in self._slots.items() if known != name}
        piece = _Reader(self._slots[name], outer).whole()
        return _Piece(f"(?:{piece.first})", f"(?:{piece.after})", piece.hints)

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""


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


def _word(token: str) -> _Piece:
    stem = token.strip("*~")
    pattern = "".join(map(_letter, stem))
    if token.startswith("*"):
        pattern = r"\w{0,15}" + pattern
    elif stem[0].isalnum():
        pattern = r"\b" + pattern
    pattern += _ending(token)
    return _Piece(pattern, _BLANK + pattern, _hints(token))


def _hints(token: str) -> frozenset[str] | None:
    """The words one of which every spelling of a token has; "ignor*" and "*mal" stand for many."""
    joined = token.replace("-", "").replace("'", "")
    parts = [part for part in _PARTS.split(token) if len(part.strip("*~")) >= _MIN_HINT]
    longest = max(parts, key=len, default="")
    if not longest:
        return None
    endings = _INFLECTIONS if token.endswith("~") else ("",)
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


def _ending(token: str) -> str:
    if token.endswith("*"):
        return r"\w{0,15}"
    if token.endswith("~"):
        return r"(?:'?e?s|e?n)?\b"
    return r"\b" if token[-1].isalnum() else ""


def _union(found: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    if any(hints is None for hints in found):
        return None
    return frozenset().union(*(hints for hints in found if hints is not None))


def _best_hints(pieces: Sequence[_Piece]) -> frozenset[str] | None:
    """The hints that are rarest: long words first, then few of them."""
    known = [piece.hints for piece in pieces if piece.hints]
    if not known:
        return None
    return max(known, key=lambda hints: (min(map(len, hints)), -len(hints)))

"""Turns sentences into numbers a linear reader can weigh.

The features of a sentence are its words, pairs and triples of words, how longer words begin and
end, a word beside a class, what stands around the words that take something back, runs of word
classes (`lexicon`) seen through a few views that blank out the rest, what begins a clause, and a
few facts of its outer form. Each is named by a 32-bit number; no
table of names is kept. All sentences given are done at once on arrays, which costs a fraction of
building strings; give many at a time where you can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from gonequiet.language.lexicon import (
    Tongue,
    class_names,
    class_of_word,
    load_cues,
    weakening_words,
)

Numbers = NDArray[np.uint64]


class Features(NamedTuple):
    """Features of several sentences.

    Attributes:
        names: 32-bit number of each feature, repeated where a sentence has it twice.
        sentence: index of the sentence each belongs to, same length, not sorted.
        total: how many sentences there are.
    """

    names: NDArray[np.uint32]
    sentence: NDArray[np.intp]
    total: int


_ANY_NUMBER = "0"  # all numbers are one word
MAX_TOKENS = 60  # of a sentence; what is meant has been said by then

_TOKEN = re.compile(r"[a-zäöüß]+(?:['’][a-z]+)?|\d+|[?!,.:;$]|[^\s\w]")
_BREAKS = frozenset(",:;-.!?)(\"'“”–—")
_CLAUSE_WORDS = frozenset({"and", "but", "so", "then", "please", "und", "aber", "bitte"})
_VIEWS = (
    # family, view in the English data file, lengths of runs
    (110, "asking", (2, 3, 4)),
    (120, "firmness", (2, 3)),
    (130, "kindness", (2, 3)),
)
_START, _STOP = crc32(b"<s>"), crc32(b"</s>")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_WORD = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_FAMILY = 0xFF
_NAME = np.uint64(0xFFFFFF00)


class _Tokens(NamedTuple):
    """All tokens of all sentences, with a mark before and after each sentence.

    Attributes:
        word: the token itself.
        kind: number of its class, of its shape, or 0.
        stem: its first five letters, 0 for words of up to five.
        root: its first four letters, 0 for words of up to four.
        ending: its last three letters, 0 for words of up to five.
        outline: its ending if it is a telling one, else whether it is short, a number, a mark.
        weakens: whether it is one of the words whose surroundings are looked at.
        begins: whether a clause begins with it.
        sentence: index of the sentence.
    """

    word: Numbers
    kind: Numbers
    stem: Numbers
    root: Numbers
    ending: Numbers
    outline: Numbers
    weakens: NDArray[np.bool_]
    begins: NDArray[np.bool_]
    sentence: NDArray[np.intp]


class _Traits(NamedTuple):
    """What is to be known of a token wherever it stands; a column each in `_Vocabulary`."""

    word: int
    kind: int
    stem: int
    root: int
    ending: int
    outline: int
    weakens: bool
    is_word: bool
    ends_clause: bool  # a clause begins behind it


def tokenise(sentence: str) -> list[str]:
    """Lower-case words, numbers and marks of punctuation."""
    return _TOKEN.findall(sentence.lower().replace("’", "'"))[:MAX_TOKENS]


EVERY_FAMILY = frozenset(range(256))


def sentence_features(
    sentences: Sequence[str],
    tongue: Tongue = Tongue.ENGLISH,
    wanted: frozenset[int] = EVERY_FAMILY,
) -> Features:
    """Features of every sentence, in the word classes of the given language.

    Args:
        sentences: many at a time cost less than each.
        tongue: whose word classes are used.
        wanted: families of features; others may be left out, which is quicker.
    """
    token_lists = [tokenise(sentence) for sentence in sentences]
    tokens = _tokens(token_lists, tongue)
    parts = [*_runs(tokens, wanted), *_parts_of_words(tokens)]
    if not wanted.isdisjoint(range(70, 78)):
        parts += _surroundings(tokens)
    if not wanted.isdisjoint(range(20, 25)):
        parts += _clause_starts(tokens)
    parts += _views(tokens, wanted)
    parts += _outer_form(sentences, token_lists, tokens)
    names = np.concatenate([part.names for part in parts])
    where = np.concatenate([part.sentence for part in parts])
    return Features((names & _LOW).astype(np.uint32), where, len(sentences))


def families(names: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Which sort of feature each is; a fit may leave whole families out."""
    return names & np.uint32(_FAMILY)


_SHAPES = 100  # classes from here on are marks and word endings, not classes of words
_OUTLINES = ("ing", "ed", "ly", "tion", "ists", "s")
_NUMBER, _MARK, _SHORT, _LONG = 20, 21, 22, 23


def _outline(word: str) -> int:
    if not word[0].isalpha():
        return _NUMBER if word == _ANY_NUMBER else _MARK
    if len(word) > 4:
        for number, ending in enumerate(_OUTLINES, start=1):
            if word.endswith(ending):
                return number
    return _SHORT if len(word) <= 4 else _LONG


_FIRST, _LAST = "<s>", "</s>"
_MARKS = {
    _FIRST: _Traits(_START, _SHAPES, 0, 0, 0, 30, False, False, True),
    _LAST: _Traits(_STOP, _SHAPES + 1, 0, 0, 0, 31, False, False, False),
}
_MOST_WORDS = 1 << 16


class _Vocabulary(dict[str, int]):
    """Numbers the tokens met, and keeps what is to be known of each in a table.

    Args:
        tongue: whose word classes are used.
    """

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue
        self._new: list[_Traits] = []
        self._table = np.zeros((len(_Traits._fields), 0), dtype=np.uint64)
        self._held = 0
        for mark, traits in _MARKS.items():
            self._add(mark, traits)

    def __missing__(self, token: str) -> int:
        if token.isdigit() and token != _ANY_NUMBER:
            return self[_ANY_NUMBER]
        return self._add(token, _traits(token, self._tongue))

    def _add(self, token: str, traits: _Traits) -> int:
        number = self[token] = self._held + len(self._new)
        self._new.append(traits)
        return number

    def table(self) -> Numbers:
        """A row for each trait, a column for each token and some room."""
        known, room = self._held, self._table.shape[1]
        self._held += len(self._new)
        if self._held > room:
            wider = np.zeros((len(_Traits._fields), 2 * self._held), dtype=np.uint64)
            wider[:, :room] = self._table
            self._table = wider
        if self._new:
            self._table[:, known : self._held] = np.array(self._new, dtype=np.uint64).T
            self._new = []
        return self._table


@cache
def _vocabularies() -> dict[Tongue, _Vocabulary]:
    return {}


def _vocabulary(tongue: Tongue) -> _Vocabulary:
    """The vocabulary of a language; one that has grown too large is begun anew."""
    known = _vocabularies().get(tongue)
    if known is None or len(known) > _MOST_WORDS:
        known = _vocabularies()[tongue] = _Vocabulary(tongue)
    return known


def _traits(token: str, tongue: Tongue) -> _Traits:
    is_long, is_word = len(token) > 5, token[0].isalpha()
    return _Traits(
        crc32(token.encode()),
        class_of_word(tongue).get(token) or _shape(token),
        crc32(token[:5].encode()) if is_long else 0,
        crc32(token[:4].encode()) if len(token) > 4 else 0,
        crc32(token[-3:].encode()) if is_long else 0,
        _outline(token),
        token in weakening_words(tongue),
        is_word,
        token in _BREAKS or token in _CLAUSE_WORDS,
    )


def _tokens(token_lists: Sequence[Sequence[str]], tongue: Tongue) -> _Tokens:
    vocabulary = _vocabulary(tongue)
    number = vocabulary.__getitem__
    first, last = number(_FIRST), number(_LAST)
    numbers: list[int] = []
    for tokens in token_lists:
        numbers.append(first)
        numbers.extend(map(number, tokens))
        numbers.append(last)
    met = vocabulary.table()[:, np.array(numbers, dtype=np.intp)]
    word, kind, stem, root, ending, outline, weakens, is_word, ends_clause = met
    begins = np.zeros(len(numbers), dtype=np.bool_)
    begins[1:] = (is_word[1:] > 0) & (ends_clause[:-1] > 0)
    lengths = [len(tokens) + 2 for tokens in token_lists]
    where = np.repeat(np.arange(len(token_lists)), lengths)
    return _Tokens(word, kind, stem, root, ending, outline, weakens > 0, begins, where)


def _shape(token: str) -> int:
    if not token[0].isalpha():
        return _SHAPES + 10 + (ord(token[0]) & 0xFF)
    if token.endswith("ing"):
        return _SHAPES + 2
    if token.endswith("ed"):
        return _SHAPES + 3
    return _SHAPES + 4 if token.endswith("ly") else 0


class _Part(NamedTuple):
    """Features of one family."""

    names: Numbers
    sentence: NDArray[np.intp]


def _part(family: int, sentence: NDArray[np.intp], *numbers: Numbers) -> _Part:
    """Names features by what they are made of; the last byte of a name is its family."""
    mixed = numbers[0] + np.uint64(family * 0x1F3D5B79)
    for number in numbers[1:]:
        mixed = (mixed * _MIX) ^ number
    mixed = mixed * _MIX
    return _Part(((mixed >> _WORD) & _NAME) | np.uint64(family), sentence)


def _runs(tokens: _Tokens, wanted: frozenset[int]) -> Iterator[_Part]:
    """Runs of one to three words, a word beside a class, and how longer words begin."""
    word, where = tokens.word, tokens.sentence
    yield _part(1, where, word)
    for length in (2, 3):
        yield from _run(length, tokens, *(word[at:] for at in range(length)))
    if wanted.isdisjoint((6, 7)):
        return
    inside = where[:-1] == where[1:]
    yield _part(6, where[:-1][inside], word[:-1][inside], tokens.kind[1:][inside])
    yield _part(7, where[:-1][inside], tokens.kind[:-1][inside], word[1:][inside])


def _parts_of_words(tokens: _Tokens) -> Iterator[_Part]:
    """How longer words begin and end."""
    for family, part in ((5, tokens.stem), (8, tokens.ending), (9, tokens.root)):
        there = part > 0
        yield _part(family, tokens.sentence[there], part[there])


def _surroundings(tokens: _Tokens) -> Iterator[_Part]:
    """What stands around each word that may take something back, and which come in a row."""
    at = np.flatnonzero(tokens.weakens)
    word, outline, where = tokens.word[at], tokens.outline, tokens.sentence[at]
    after, then = outline[at + 1], outline[np.minimum(at + 2, len(outline) - 1)]
    yield _part(70, where, word)
    yield _part(71, where, word, after)
    yield _part(72, where, outline[at - 1], word)
    yield _part(73, where, word, after, then)
    yield _part(74, where, outline[at - 1], word, after)
    starts = np.searchsorted(tokens.sentence, where)
    early = at - starts <= 2
    yield _part(75, where[early], word[early])
    together = where[:-1] == where[1:]
    yield _part(76, where[:-1][together], word[:-1][together], word[1:][together])
    counts = np.bincount(where, minlength=int(tokens.sentence[-1]) + 1)
    yield _part(77, np.arange(len(counts)), np.minimum(counts, 5).astype(np.uint64))


def _views(tokens: _Tokens, wanted: frozenset[int]) -> Iterator[_Part]:
    """Runs of the few classes that matter to one question, the rest blanked out."""
    for family, view, lengths in _VIEWS:
        if wanted.isdisjoint((family, *(family + length for length in lengths))):
            continue
        seen = _seen_through(view)[tokens.kind.astype(np.intp)]
        told = seen & (tokens.kind < _SHAPES)
        kind = np.where(seen, tokens.kind, np.uint64(0))
        padded = tokens._replace(kind=kind)
        yield _part(family, tokens.sentence[told], kind[told])
        for length in lengths:
            yield from _run(family + length, padded, *(kind[at:] for at in range(length)))


def _run(salt: int, tokens: _Tokens, *columns: Numbers) -> Iterator[_Part]:
    size = len(columns[-1])
    if size > 0:
        first, last = tokens.sentence[:size], tokens.sentence[len(tokens.sentence) - size :]
        inside = first == last
        yield _part(salt, first[inside], *(column[:size][inside] for column in columns))


def _clause_starts(tokens: _Tokens) -> Iterator[_Part]:
    """The words and classes that begin a clause, where an imperative or a question shows."""
    at = np.flatnonzero(tokens.begins)
    word, kind, where = tokens.word, tokens.kind, tokens.sentence[at]
    third = np.minimum(at + 2, len(word) - 1)
    yield _part(20, where, word[at])
    yield _part(21, where, kind[at])
    yield _part(22, where, kind[at], kind[at + 1])
    yield _part(23, where, word[at], word[at + 1])
    yield _part(24, where, kind[at], kind[at + 1], kind[third])


@cache
def _class_numbers(view: str) -> NDArray[np.intp]:
    known = class_names()
    words: str = load_cues(Tongue.ENGLISH)["views"][view]
    return np.array([known.index(name) + 1 for name in words.split()], dtype=np.intp)


@cache
def _seen_through(view: str) -> NDArray[np.bool_]:
    """For every kind of token whether the view shows it; shapes are shown in all."""
    seen = np.arange(_SHAPES + 300) >= _SHAPES
    seen[_class_numbers(view)] = True
    return seen


def _outer_form(
    sentences: Sequence[str], token_lists: Sequence[Sequence[str]], tokens: _Tokens
) -> Iterator[_Part]:
    """Length, last mark, a question mark anywhere, how many classes of each kind there are."""
    every = np.arange(len(sentences))
    facts = [
        [min(len(found) // 4, 10) for found in token_lists],
        [
            ord(sentence.rstrip()[-1:] or " ") * (not sentence[-1:].isalnum())
            for sentence in sentences
        ],
        [found.count("?") for found in token_lists],
        [min(found.count("!"), 3) for found in token_lists],
        [sentence[:1].isupper() for sentence in sentences],
    ]
    for salt, values in enumerate(facts, start=40):
        yield _part(salt, every, np.array(values, dtype=np.uint64))
    yield _class_counts(tokens, len(sentences))


def _class_counts(tokens: _Tokens, total: int) -> _Part:
    """How many words of each telling class a sentence has; none, one, two or more."""
    counted = _class_numbers("counted")
    cells = tokens.sentence * (_SHAPES + 300) + tokens.kind.astype(np.intp)
    held = np.bincount(cells, minlength=total * (_SHAPES + 300))
    some: Numbers = np.minimum(held.reshape(total, -1)[:, counted], 3).astype(np.uint64).ravel()
    numbers = np.tile(counted.astype(np.uint64), total)
    return _part(60, np.repeat(np.arange(total), len(counted)), numbers, some)

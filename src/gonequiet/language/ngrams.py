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
from functools import cache, lru_cache
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
    """What is to be known of a token wherever it stands."""

    word: int
    stem: int
    root: int
    ending: int
    outline: int
    shape: int


def tokenise(sentence: str) -> list[str]:
    """Lower-case words, numbers as "0", and marks of punctuation."""
    found = _TOKEN.findall(sentence.lower().replace("’", "'"))
    return ["0" if token.isdigit() else token for token in found[:MAX_TOKENS]]


def sentence_features(sentences: Sequence[str], tongue: Tongue = Tongue.ENGLISH) -> Features:
    """Features of every sentence, in the word classes of the given language."""
    token_lists = [tokenise(sentence) for sentence in sentences]
    tokens = _tokens(token_lists, tongue)
    parts = [*_runs(tokens), *_parts_of_words(tokens), *_surroundings(tokens)]
    parts += [*_views(tokens), *_clause_starts(tokens)]
    parts.extend(_outer_form(sentences, token_lists, tokens))
    names = np.concatenate([part.names for part in parts])
    where = np.concatenate([part.sentence for part in parts])
    return Features((names & _LOW).astype(np.uint32), where, len(sentences))


def families(names: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Which sort of feature each is; a fit may leave whole families out."""
    return names & np.uint32(_FAMILY)


_SHAPES = 100  # classes from here on are marks and word endings, not classes of words
_OUTLINES = ("ing", "ed", "ly", "tion", "ists", "s")
_NUMBER, _MARK, _SHORT, _LONG = 20, 21, 22, 23


@lru_cache(maxsize=1 << 15)
def _traits(token: str) -> _Traits:
    long = len(token) > 5
    return _Traits(
        crc32(token.encode()),
        crc32(token[:5].encode()) if long else 0,
        crc32(token[:4].encode()) if len(token) > 4 else 0,
        crc32(token[-3:].encode()) if long else 0,
        _outline(token),
        _shape(token),
    )


def _outline(word: str) -> int:
    if not word[0].isalpha():
        return _NUMBER if word == "0" else _MARK
    if len(word) > 4:
        for number, ending in enumerate(_OUTLINES, start=1):
            if word.endswith(ending):
                return number
    return _SHORT if len(word) <= 4 else _LONG


_FIRST = _Traits(_START, 0, 0, 0, 30, _SHAPES)
_LAST = _Traits(_STOP, 0, 0, 0, 31, _SHAPES + 1)


def _tokens(token_lists: Sequence[Sequence[str]], tongue: Tongue) -> _Tokens:
    classes, weakening = class_of_word(tongue), weakening_words(tongue)
    traits: list[_Traits] = []
    kinds: list[int] = []
    begins: list[bool] = []
    weakens: list[bool] = []
    for tokens in token_lists:
        found = [_FIRST, *map(_traits, tokens), _LAST]
        traits += found
        names = ("", *tokens, "")
        kinds += [classes.get(name) or one.shape for name, one in zip(names, found, strict=True)]
        weakens += [name in weakening for name in names]
        begins += [False, *map(_begins_clause, names, tokens), False]
    columns = np.array(traits, dtype=np.uint64).reshape(-1, len(_Traits._fields))
    lengths = [len(tokens) + 2 for tokens in token_lists]
    return _Tokens(
        columns[:, 0],
        np.array(kinds, dtype=np.uint64),
        columns[:, 1],
        columns[:, 2],
        columns[:, 3],
        columns[:, 4],
        np.array(weakens, dtype=bool),
        np.array(begins, dtype=bool),
        np.repeat(np.arange(len(token_lists)), lengths),
    )


def _shape(token: str) -> int:
    if not token[0].isalpha():
        return _SHAPES + 10 + (ord(token[0]) & 0xFF)
    if token.endswith("ing"):
        return _SHAPES + 2
    if token.endswith("ed"):
        return _SHAPES + 3
    return _SHAPES + 4 if token.endswith("ly") else 0


def _begins_clause(before: str, token: str) -> bool:
    is_break = not before or before in _BREAKS or before in _CLAUSE_WORDS
    return is_break and token[0].isalpha()


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


def _runs(tokens: _Tokens) -> Iterator[_Part]:
    """Runs of one to three words, a word beside a class, and how longer words begin."""
    word, where = tokens.word, tokens.sentence
    yield _part(1, where, word)
    for length in (2, 3):
        yield from _run(length, tokens, *(word[at:] for at in range(length)))
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


def _views(tokens: _Tokens) -> Iterator[_Part]:
    """Runs of the few classes that matter to one question, the rest blanked out."""
    for family, view, lengths in _VIEWS:
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

"""What of a sentence is weighed: its words, kinds of words near one another, and frames."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple

from gonequiet.language.tone.frames import END, Frame, Frames, read_frame, symbols_of
from gonequiet.language.tone.kinds import NUMBER, Kinds, Places, words_of

RULE: Final = "R "
"""What a feature begins with that says: a frame of this rule is there."""

_KNOWN_WORDS: Final = 32_768
_STEM: Final = 5
_NEARBY: Final = 5
_LENGTHS: Final = (2, 4, 8, 16, 28)
_COUNTS: Final = (1, 2, 3, 5)


class Readings(NamedTuple):
    """The words and frames of the data file, ready to be looked for."""

    wide: Kinds
    narrow: Kinds
    frames: Frames


@cache
def readings() -> Readings:
    """Returns what is looked for, read from the data file once."""
    cues = files("gonequiet.language").joinpath("cues", "tone_frames.toml")
    data = tomllib.loads(cues.read_text("utf-8"))
    frames = all_frames(data["frames"])
    return Readings(
        Kinds({f"<{name}": words.split() for name, words in data["kinds"].items()}),
        Kinds(
            {f"@{name}": words.split() for name, words in data["narrow"].items()},
            symbols_of(frames),
        ),
        Frames(frames, frozenset(data["common"].split())),
    )


def all_frames(written: dict[str, str]) -> list[Frame]:
    """Returns the frames of a data file: those of each rule, one a line."""
    return [
        read_frame(line.strip(), rule)
        for rule, lines in written.items()
        for line in lines.strip().splitlines()
    ]


def features_of(sentence: str) -> set[str]:
    """Returns everything that is weighed of a folded sentence."""
    words, marks = words_of(sentence)
    return plain_features(words, marks) | shape_features(words, marks)


def plain_features(words: Sequence[str], marks: frozenset[str]) -> set[str]:
    """Returns the words of a sentence, their beginnings and kinds, and how many there are."""
    found = {f"L{sum(len(words) > length for length in _LENGTHS)}", *marks}
    for word in set(words):
        found.update(of_word(word))
    return found


@lru_cache(_KNOWN_WORDS)
def of_word(word: str) -> tuple[str, ...]:
    """Returns what is weighed of a word alone: itself, its beginning, its kinds."""
    if word[0].isdecimal():
        return (NUMBER,)
    kinds = tuple(kind for kind in readings().wide.kinds_of(word) if kind.startswith("<"))
    return (word, f"{word[:_STEM]}*", *kinds) if len(word) > _STEM else (word, *kinds)


def shape_features(words: Sequence[str], marks: frozenset[str]) -> set[str]:
    """Returns pairs of words, pairs with a word between, pairs of kinds nearby, and frames."""
    plain = [NUMBER if word[0].isdecimal() else word for word in words]
    row = ["^", *plain, "$"]
    found = {f"{one} {two}" for one, two in pairwise(row)}
    found.update([f"{one} _ {two}" for one, two in zip(row, row[2:], strict=False)])
    found |= _pairs(words)
    found |= _frames(words, marks)
    return found


def _pairs(words: Sequence[str]) -> set[str]:
    """Kinds of which one stands shortly before another."""
    rows: list[list[str]] = [[] for _ in words]
    for kind, bits in readings().wide.places(words).items():
        if kind[0] == "<":
            for at in range(bits.bit_length()):
                if bits >> at & 1:
                    rows[at].append(kind)
    return {
        one + two
        for at, kinds in enumerate(rows)
        for later in rows[at + 1 : at + 1 + _NEARBY]
        for one in kinds
        for two in later
    }


def _frames(words: Sequence[str], marks: frozenset[str]) -> set[str]:
    frames = list(readings().frames.found_in(_places(words, marks), len(words)))
    found = {frame.name for frame in frames} | {RULE + frame.rule for frame in frames}
    return found | {f"frames {count}" for count in _COUNTS if len(frames) >= count}


def _places(words: Sequence[str], marks: frozenset[str]) -> Places:
    places = readings().narrow.places(words)
    for mark in (*marks, END):
        places[mark] = 1 << len(words)
    return places

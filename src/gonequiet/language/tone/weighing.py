"""Weighs the words of a whole sentence where no phrase is found in it.

Phrases know what they list. A new sentence that offends in words of its own is found by the weight
of all its words together: logistic regression on which words it has, fitted on made-up sentences
and on real sent mail by `benchmarks/tone_words.py`. The threshold is so high that mail which took
no part in the fit is as good as never marked, which leaves much unmarked too. Which rule it comes
under is what its words most often stand for.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

STEP: Final = 0.05
"""What one step of a weight in the data file stands for, in log odds."""

THRESHOLD: Final = 2.0
"""Log odds past which a sentence is marked."""

_FEWEST_WORDS: Final = 4
_KNOWN_WORDS: Final = 32_768
_STEM: Final = 5
_WORD: Final = re.compile(r"[^\W\d_]+|\d+|[?!]")
_QUOTED: Final = re.compile(r'"[^"\n]{0,500}"')


class _Weights(NamedTuple):
    """Read from the data file.

    Attributes:
        words: of each word how much it speaks for a mark, and then for each rule, in steps.
        bias: of a sentence without words, in steps.
    """

    words: dict[str, tuple[int, ...]]
    bias: int
    rules: tuple[str, ...]


@cache
def _weights() -> _Weights:
    data = files("gonequiet.language").joinpath("cues", "tone_words.tsv").read_text("utf-8")
    head, bias, *lines = data.splitlines()
    rows = (line.split("\t") for line in lines)
    words = {row[0]: tuple(map(int, row[1:])) for row in rows}
    return _Weights(words, int(bias), tuple(head.split("\t")[2:]))


def words_of(sentence: str) -> set[str]:
    """Returns the different words of a folded sentence.

    Words between quotation marks are left out: they are talked about, not said.
    """
    return set(_WORD.findall(_QUOTED.sub(" ", sentence) if '"' in sentence else sentence))


def features(word: str) -> tuple[str, ...]:
    """Returns what is weighed of a word: itself, and the beginning of a long one."""
    if word.isdigit():
        return ("#",)
    return (word, f"{word[:_STEM]}*") if len(word) > _STEM else (word,)


@lru_cache(_KNOWN_WORDS)
def _weight(word: str) -> int:
    known = _weights().words
    return sum(known[feature][0] for feature in features(word) if feature in known)


def find_rule(sentence: str) -> str | None:
    """Returns the rule that a folded sentence offends as a whole, None when it does not."""
    words = words_of(sentence)
    if len(words) < _FEWEST_WORDS or sum(map(_weight, words)) <= _needed():
        return None
    weights = _weights()
    rows = [row for word in words for each in features(word) if (row := weights.words.get(each))]
    sums = [sum(row[at] for row in rows) for at in range(1, len(weights.rules) + 1)]
    return weights.rules[sums.index(max(sums))]


@cache
def _needed() -> float:
    """The sum of weights, in steps, that a sentence must pass to be marked."""
    return THRESHOLD / STEP - _weights().bias

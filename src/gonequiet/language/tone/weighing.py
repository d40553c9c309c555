"""Weighs a whole sentence where no phrase is found in it.

Phrases know what they list. A new sentence that offends in words of its own is found by the weight
of all that it has: words, kinds of words near one another, frames. It is a logistic regression,
fitted by `benchmarks/tone_words.py` on made-up sentences and on real mail, of which nothing but the
weights of made-up sentences' features is kept. Which rule a sentence comes under is read from the
same features; where it stands is the clause that weighs most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from gonequiet.language.tone.features import RULE, plain_features, shape_features
from gonequiet.language.tone.kinds import words_of

STEP: Final = 0.05
"""What one step of a weight in the data file stands for, in log odds."""

THRESHOLD: Final = 0.5
"""Log odds past which a sentence is marked."""

FLOOR: Final = -8.0
"""Log odds of its words alone below which nothing near them can get a sentence marked."""

FRAME_VOTE: Final = 30
"""What a frame of a rule adds for that rule, in steps."""

_FEWEST_WORDS: Final = 3
_CLAUSE: Final = re.compile(r"[,;:–—](?=\s)")


class Weighed(NamedTuple):
    """A sentence that weighs enough.

    Attributes:
        rule: what it comes under.
        start: where the clause that weighs most begins, in the sentence.
        end: where it ends.
    """

    rule: str
    start: int
    end: int


class _Weights(NamedTuple):
    """Read from the data file, all in steps.

    Attributes:
        marked: of each feature, how much it speaks for a mark.
        rules: of each feature of words alone, how much it speaks for each rule.
        bias: of a sentence without features.
        names: of the rules.
    """

    marked: dict[str, int]
    rules: dict[str, tuple[int, ...]]
    bias: int
    names: tuple[str, ...]


def weigh(sentence: str) -> Weighed | None:
    """Returns what a folded sentence offends by as a whole, None when it does not."""
    features = _heavy_features(sentence)
    if features is None:
        return None
    start, end = _heaviest_clause(sentence)
    return Weighed(_rule_of(features), start, end)


def log_odds(sentence: str) -> float:
    """Returns how likely it is that a folded sentence offends, as log odds."""
    words, marks = words_of(sentence)
    features = plain_features(words, marks) | shape_features(words, marks)
    return STEP * _sum(features)


@cache
def _weights() -> _Weights:
    data = files("gonequiet.language").joinpath("cues", "tone_words.tsv").read_text("utf-8")
    head, bias, *lines = data.splitlines()
    rows = [line.split("\t") for line in lines]
    return _Weights(
        {row[0]: int(row[1]) for row in rows},
        {row[0]: tuple(map(int, row[2:])) for row in rows if len(row) > 2},
        int(bias),
        tuple(head.split("\t")[2:]),
    )


def _sum(features: Set[str]) -> int:
    bias, marked = _weights().bias, _weights().marked
    return bias + sum(map(marked.__getitem__, marked.keys() & features))


def _heavy_features(sentence: str) -> set[str] | None:
    """What a sentence has that weighs enough; None: it does not."""
    words, marks = words_of(sentence)
    if len(words) < _FEWEST_WORDS and not marks:
        return None
    plain = plain_features(words, marks)
    if _sum(plain) * STEP <= FLOOR:
        return None
    features = plain | shape_features(words, marks)
    return features if _sum(features) * STEP > THRESHOLD else None


def _rule_of(features: Iterable[str]) -> str:
    weights = _weights()
    sums = dict.fromkeys(weights.names, 0)
    for feature in features:
        if feature.startswith(RULE):
            sums[feature.removeprefix(RULE)] += FRAME_VOTE
        for name, weight in zip(weights.names, weights.rules.get(feature, ()), strict=False):
            sums[name] += weight
    return max(sums, key=lambda name: sums[name])


def _heaviest_clause(sentence: str) -> tuple[int, int]:
    """Where the clause stands that weighs most and would be marked alone; else all of it."""
    ends = [mark.start() for mark in _CLAUSE.finditer(sentence)]
    clauses = list(zip([0, *(end + 1 for end in ends)], [*ends, len(sentence)], strict=True))
    weighed = [(log_odds(sentence[start:end].strip()), start, end) for start, end in clauses]
    odds, start, end = max(weighed)
    if odds <= THRESHOLD:
        return 0, len(sentence)
    return end - len(sentence[start:end].lstrip()), end

"""Linear readers: a weight for each feature, fitted by `benchmarks/text.py fit`, shipped as data.

The score of a sentence is the log odds

    bias + sum(x_f * s_f * w_f) / sqrt(sum((x_f * s_f) ** 2))

over its features f, x_f being how often the sentence has the feature, or 1 where
the reader counts once: logistic regression on rows of
unit length whose features were scaled beforehand by how unevenly they fall on the two sides (Wang
and Manning, "Baselines and Bigrams", ACL 2012). Unknown features count for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gonequiet.language.lexicon import Tongue
from gonequiet.language.ngrams import Features, families, sentence_features

Floats = NDArray[np.float64]


_SLOTS = 1 << 18
_LAST_BYTE = np.uint32(8)  # holds the family; see `ngrams`


class LinearReader(NamedTuple):
    """The weights of one reader.

    Attributes:
        names: 32-bit numbers of the features it knows.
        scales: s_f of each, quantised.
        weights: w_f of each, quantised.
        scale_unit: what one step of `scales` stands for.
        weight_unit: what one step of `weights` stands for.
        bias: log odds of a sentence without features.
        once: whether a feature counts once in a sentence, however often it is there.
        slots: index into `names` by hash; `find_slots` makes it.
    """

    names: NDArray[np.uint32]
    scales: NDArray[np.uint8]
    weights: NDArray[np.int8]
    scale_unit: float
    weight_unit: float
    bias: float
    once: bool
    slots: NDArray[np.int32]

    def scores(self, features: Features) -> Floats:
        """Log odds of every sentence, in order."""
        at = self.slots[_slot(features.names)]
        known = self.names[at] == features.names
        at, sentence = at[known], features.sentence[known]
        if self.once:
            pairs = np.sort(sentence * len(self.names) + at)
            is_first = np.ones(len(pairs), dtype=np.bool_)
            np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
            sentence, at = np.divmod(pairs[is_first], len(self.names))
        scales = self.scales[at] * self.scale_unit
        gained = scales * self.weights[at] * self.weight_unit
        total = np.bincount(sentence, gained, minlength=features.total)
        length = np.sqrt(np.bincount(sentence, scales * scales, minlength=features.total))
        return self.bias + total / np.maximum(length, 1e-9)


def _slot(names: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return (names >> _LAST_BYTE ^ names << _LAST_BYTE) & np.uint32(_SLOTS - 1)


def find_slots(names: NDArray[np.uint32], gains: Floats) -> NDArray[np.int32]:
    """A table from hash to index; of features that share a slot the most telling one stays."""
    slots = np.zeros(_SLOTS, dtype=np.int32)
    order = np.argsort(np.abs(gains), kind="stable")
    slots[_slot(names[order])] = order
    return slots


@cache
def load_reader(name: str) -> LinearReader:
    """The shipped reader of that name: "intent", "hedge" or "politeness"."""
    path = resources.files("gonequiet.language.weights").joinpath(f"{name}.npz")
    with path.open("rb") as file, np.load(file) as data:
        names, scales, weights = data["names"], data["scales"], data["weights"]
        return LinearReader(
            names,
            scales,
            weights,
            float(data["scale_unit"]),
            float(data["weight_unit"]),
            float(data["bias"]),
            bool(data["once"]),
            find_slots(names, scales * weights.astype(np.float64)),
        )


@cache
def _known_families(name: str) -> frozenset[int]:
    return frozenset(map(int, np.unique(families(load_reader(name).names))))


def read_scores(name: str, sentences: Sequence[str], tongue: Tongue) -> Floats:
    """Log odds of every sentence by a shipped reader; many at once cost less than each."""
    features = sentence_features(sentences, tongue, _known_families(name))
    return load_reader(name).scores(features)


def read_chances(name: str, sentences: Sequence[str], tongue: Tongue) -> list[float]:
    """Chance of every sentence to be of a shipped reader's kind."""
    scores = np.clip(read_scores(name, sentences, tongue), -30.0, 30.0)
    chances: list[float] = (1.0 / (1.0 + np.exp(-scores))).tolist()
    return chances

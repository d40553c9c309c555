"""Fits the net that weighs sentences (`gonequiet.language.tone.net`), and writes it down.

Some nets, each from another beginning, are fitted by stochastic gradient descent (Adam) and then
laid side by side as one. In each step half of the features of a sentence are left out, so that none
is relied on alone. Beside whether a sentence offends, the hidden units learn to say which rule it
comes under. Everything is counted in one thread and one order, so the same sentences give the same
net.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gonequiet.language.tone.net import FURTHEST, NOUGHT, OWN_STEPS, STEP

NETS: Final = 3
UNITS: Final = 16
"""Hidden units of each net."""

LEAST_TIMES: Final = 4
"""Made-up sentences that a feature must stand in."""

EPOCHS: Final = 12
BATCH: Final = 256
RATE: Final = 3e-3
LEFT_OUT: Final = 0.6
"""The share of the features of a sentence that a step does not see."""

UNITS_LEFT_OUT: Final = 0.3
RULE_COUNTS: Final = 0.5
"""How much naming the rule counts beside saying whether a sentence offends."""

LEAST_OWN: Final = 2
"""A feature is left out when its own weight is below this and it hardly moves a hidden unit."""

Array = npt.NDArray[np.float32]
Parts = dict[str, Array]


class Lesson(NamedTuple):
    """What is learned from.

    Attributes:
        features: of each sentence.
        rules: of each, its number among the rules; as many as there are rules: it is clean.
        counts: how much each counts.
        known: how many of the first are made up; only what these have gets a row.
    """

    features: Sequence[Set[str]]
    rules: npt.NDArray[np.int64]
    counts: Array
    known: int


class Fitted(NamedTuple):
    """A net in whole numbers, as `Net` reads it."""

    rows: dict[str, tuple[int, list[int]]]
    bias: int
    inner: list[int]
    outer: list[int]
    rules: dict[str, list[int]]

    def written(self) -> str:
        """Returns the text of the data file."""
        parts = {"bias": [self.bias], "inner": self.inner, "outer": self.outer, **self.rules}
        head = [f"{name}\t{' '.join(map(str, numbers))}" for name, numbers in parts.items()]
        rows = [
            f"{name}\t{own}\t{''.join(chr(NOUGHT + weight) for weight in weights)}"
            for name, (own, weights) in sorted(self.rows.items())
        ]
        return "\n".join([*head, "", *rows]) + "\n"


def fit_nets(lesson: Lesson, rules: Sequence[str]) -> Fitted:
    """Fits the nets and returns them as one."""
    vocabulary = words_of(lesson)
    matrix = matrix_of(lesson.features, vocabulary)
    nets = [_fit_net(matrix, lesson, len(rules) + 1, seed) for seed in range(NETS)]
    return _in_whole_numbers(nets, vocabulary, rules)


def words_of(lesson: Lesson) -> list[str]:
    """Returns the features that get a row."""
    times = Counter(each for found in lesson.features[: lesson.known] for each in found)
    return sorted(each for each, count in times.items() if count >= LEAST_TIMES)


def matrix_of(features: Iterable[Set[str]], vocabulary: Sequence[str]) -> csr_matrix:
    """Returns which sentence (row) has which feature (column)."""
    places = {each: at for at, each in enumerate(vocabulary)}
    columns: list[int] = []
    ends = [0]
    for found in features:
        columns.extend(sorted(places[each] for each in found if each in places))
        ends.append(len(columns))
    ones = np.ones(len(columns), np.float32)
    return csr_matrix((ones, columns, ends), (len(ends) - 1, len(places)))


def _fit_net(matrix: csr_matrix, lesson: Lesson, classes: int, seed: int) -> Parts:
    random = np.random.default_rng(seed)
    net = _beginning(matrix.shape[1], classes, random)
    first, second = ({name: np.zeros_like(part) for name, part in net.items()} for _ in range(2))
    step = 0
    for _ in range(EPOCHS):
        order = random.permutation(matrix.shape[0])
        for begin in range(0, len(order), BATCH):
            chosen = order[begin : begin + BATCH]
            slopes = _slopes(net, matrix[chosen], lesson, chosen, random)
            step += 1
            for name, slope in slopes.items():
                first[name] += 0.1 * (slope - first[name])
                second[name] += 0.001 * (slope * slope - second[name])
                spread = np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8
                net[name] -= RATE / (1 - 0.9**step) * first[name] / spread
    return net


def _beginning(features: int, classes: int, random: np.random.Generator) -> Parts:
    """A net that knows nothing: rows, own weights, and what the hidden units say of it."""
    shapes = {"rows": (features, UNITS), "outer": (UNITS, 1), "rules": (UNITS, classes)}
    spreads = {"rows": 0.05, "outer": UNITS**-0.5, "rules": UNITS**-0.5}
    net = {name: random.normal(0, spreads[name], shape) for name, shape in shapes.items()}
    noughts = {"own": (features, 1), "inner": (UNITS,), "bias": (1,), "of_rules": (classes,)}
    net |= {name: np.zeros(shape) for name, shape in noughts.items()}
    return {name: part.astype(np.float32) for name, part in net.items()}


def _slopes(
    net: Parts,
    seen: csr_matrix,
    lesson: Lesson,
    chosen: npt.NDArray[np.int64],
    random: np.random.Generator,
) -> Parts:
    """How the loss over some sentences rises with each number of the net."""
    seen = seen.copy()
    seen.data *= random.random(seen.nnz, np.float32) > LEFT_OUT
    counts = lesson.counts[chosen, None] / len(chosen)
    rules = lesson.rules[chosen]
    sums = seen @ net["rows"] + net["inner"]
    left = random.random(sums.shape, np.float32) > UNITS_LEFT_OUT
    passed = ((sums > 0) & left).astype(np.float32) / (1 - UNITS_LEFT_OUT)
    units = sums * passed
    clean = net["rules"].shape[1] - 1
    odds = seen @ net["own"] + units @ net["outer"] + net["bias"]
    of_odds = (_chance(odds) - (rules != clean)[:, None]) * counts
    said = units @ net["rules"] + net["of_rules"]
    said = np.exp(said - said.max(1, keepdims=True))
    said /= said.sum(1, keepdims=True)
    said[np.arange(len(rules)), rules] -= 1
    of_rules = RULE_COUNTS * counts * said
    back = (of_odds @ net["outer"].T + of_rules @ net["rules"].T) * passed
    across = seen.T.tocsr()
    return {
        "rows": across @ back,
        "own": across @ of_odds,
        "inner": back.sum(0),
        "outer": units.T @ of_odds,
        "bias": of_odds.sum(0),
        "rules": units.T @ of_rules,
        "of_rules": of_rules.sum(0),
    }


def _chance(odds: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), np.float32)


def _in_whole_numbers(
    nets: Sequence[Parts], vocabulary: Sequence[str], rules: Sequence[str]
) -> Fitted:
    """The nets side by side; the weights of each hidden unit in steps of its own."""
    rows = np.hstack([net["rows"] for net in nets])
    steps = np.quantile(np.abs(rows), 0.9995, axis=0) / FURTHEST
    whole = np.clip(np.rint(rows / steps), -FURTHEST, FURTHEST).astype(int)
    own = np.rint(np.mean([net["own"] for net in nets], 0)[:, 0] / (STEP * OWN_STEPS)).astype(int)
    in_units = steps[:, None] / (len(nets) * STEP)
    outer = np.rint(np.vstack([net["outer"] for net in nets]) * in_units).astype(int)[:, 0]
    of_rules = np.rint(np.vstack([net["rules"] for net in nets]) * in_units).astype(int)
    alone = np.rint(np.mean([net["of_rules"] for net in nets], 0) / STEP).astype(int)
    kept = (np.abs(own) >= LEAST_OWN) | (np.abs(whole).max(1) > 1)
    return Fitted(
        {
            name: (int(own[at]), whole[at].tolist())
            for at, name in enumerate(vocabulary)
            if kept[at]
        },
        round(float(np.mean([net["bias"] for net in nets])) / STEP),
        np.rint(np.hstack([net["inner"] for net in nets]) / steps).astype(int).tolist(),
        outer.tolist(),
        {name: [int(alone[at]), *of_rules[:, at].tolist()] for at, name in enumerate(rules)},
    )

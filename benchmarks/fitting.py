"""Fits the linear readers of `gonequiet.language.learned` and cross-validates them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from gonequiet.language.learned import LinearReader, find_slots
from gonequiet.language.ngrams import Features, families, sentence_features

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
SMOOTHING = 0.5


class Recipe(NamedTuple):
    """How a reader is fitted.

    Attributes:
        inverse_penalty: C of logistic regression; larger trusts the data more.
        least_count: sentences a feature must be in.
        power: exponent of the log ratio that scales a feature.
        keep: how many features are kept, the most telling first.
        without: families of features left out.
        once: whether a feature counts once in a sentence.
    """

    inverse_penalty: float = 8.0
    least_count: int = 2
    power: float = 0.5
    keep: int = 30_000
    without: tuple[int, ...] = ()
    once: bool = False


RECIPES = {  # the families left out say nothing on the question, see `ngrams`
    "intent": Recipe(without=tuple(range(120, 140)), once=True),
    "hedge": Recipe(
        without=(6, 7, *range(20, 30), *range(110, 140)), inverse_penalty=4.0, power=0.75
    ),
    "politeness": Recipe(without=(6, 7, 8, 9, 22, 24, *range(70, 80), *range(110, 130)), once=True),
}


class Table(NamedTuple):
    """Sentences as rows of a sparse matrix of features."""

    names: NDArray[np.uint32]
    matrix: csr_matrix


def read_table(sentences: list[str]) -> Table:
    """Features of every sentence and how often it has each."""
    features: Features = sentence_features(sentences)
    names, column = np.unique(features.names, return_inverse=True)
    ones = np.ones(len(column))
    matrix = csr_matrix((ones, (features.sentence, column)), (len(sentences), len(names)))
    return Table(names, matrix)


def fit_reader(
    table: Table, labels: NDArray[np.bool_], recipe: Recipe, importance: Floats | None = None
) -> LinearReader:
    """Fits weights by L-BFGS on scaled rows of unit length."""
    if recipe.once:
        table = table._replace(matrix=(table.matrix > 0).astype(np.float64))
    matrix, names, scales = _scaled(table, labels, recipe)
    lengths = np.sqrt(np.asarray((matrix @ diags(scales)).sum(axis=1)).ravel())
    rows = diags(1.0 / np.maximum(lengths, 1e-9)) @ matrix
    weights, bias = _logistic(csr_matrix(rows), labels, recipe.inverse_penalty, importance)
    return _quantised(names, scales, weights, bias, once=recipe.once)


def _scaled(
    table: Table, labels: NDArray[np.bool_], recipe: Recipe
) -> tuple[csr_matrix, NDArray[np.uint32], Floats]:
    positive = np.asarray(table.matrix[labels].sum(axis=0)).ravel()
    negative = np.asarray(table.matrix[~labels].sum(axis=0)).ravel()
    wanted = ~np.isin(families(table.names), recipe.without)
    often: NDArray[np.intp] = np.flatnonzero((positive + negative >= recipe.least_count) & wanted)
    warm, cold = positive[often] + SMOOTHING, negative[often] + SMOOTHING
    ratio: Floats = np.log((warm / warm.sum()) / (cold / cold.sum()))
    telling: Floats = np.abs(ratio) * np.sqrt(warm + cold)
    best = np.sort(np.argsort(-telling, kind="stable")[: recipe.keep])
    raw = np.abs(ratio[best]) ** recipe.power
    step = raw.max() / 255.0
    scales: Floats = np.maximum(np.rint(raw / step), 1.0) * step  # as it will be stored
    kept = often[best]
    return csr_matrix(table.matrix[:, kept] @ diags(scales)), table.names[kept], scales


def _logistic(
    rows: csr_matrix, labels: NDArray[np.bool_], inverse_penalty: float, importance: Floats | None
) -> tuple[Floats, float]:
    sign = np.where(labels, 1.0, -1.0)
    share = np.ones(len(sign)) if importance is None else importance / importance.mean()
    columns = csr_matrix(rows.T)

    def loss(theta: Floats) -> tuple[float, Floats]:
        margin = sign * (rows @ theta[:-1] + theta[-1])
        pull = -sign * share / (1.0 + np.exp(np.clip(margin, -500, 500)))
        value = inverse_penalty * float(share @ np.logaddexp(0.0, -margin))
        gradient = np.append(columns @ pull, pull.sum()) * inverse_penalty
        gradient[:-1] += theta[:-1]
        return value + 0.5 * float(theta[:-1] @ theta[:-1]), gradient

    start = np.zeros(rows.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return found.x[:-1], float(found.x[-1])


def _quantised(
    names: NDArray[np.uint32], scales: Floats, weights: Floats, bias: float, *, once: bool
) -> LinearReader:
    scale_unit, weight_unit = scales.max() / 255.0, np.abs(weights).max() / 127.0
    return LinearReader(
        names,
        np.rint(scales / scale_unit).astype(np.uint8),
        np.rint(weights / weight_unit).astype(np.int8),
        float(scale_unit),
        float(weight_unit),
        bias,
        once,
        find_slots(names, scales * weights),
    )


def folds(count: int, number: int = 10, seed: int = 0) -> list[Rows]:
    """Row numbers of each fold, shuffled by a fixed seed."""
    order = np.random.default_rng(seed).permutation(count)
    return [np.sort(part) for part in np.array_split(order, number)]


def subset(table: Table, rows: Rows) -> Table:
    """The table with only these rows."""
    return table._replace(matrix=csr_matrix(table.matrix[rows]))


def features_of(table: Table, rows: Rows) -> Features:
    """The rows of a table as the features a reader takes."""
    part = csr_matrix(table.matrix[rows])
    often = part.data.astype(np.intp)
    sentence = np.repeat(np.repeat(np.arange(len(rows)), np.diff(part.indptr)), often)
    return Features(np.repeat(table.names[part.indices], often), sentence, len(rows))


def area_under_curve(labels: NDArray[np.bool_], scores: Floats) -> float:
    """Chance that a positive scores above a negative (Mann and Whitney), ties counted half."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2.0)[place]
    positives = int(labels.sum())
    above = ranks[labels].sum() - positives * (positives + 1) / 2.0
    return float(above / (positives * (len(labels) - positives)))

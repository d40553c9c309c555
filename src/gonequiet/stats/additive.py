"""An additive logistic model of piecewise-linear effects, fitted by Newton's method.

    logit p = c + sum_f u_f(x_f) + z * sum_f v_f(x_f)

x_f are numbers placed between knots (`stats.hats`), z one further number per stratum of rows
(here: how long the wait has lasted). u and v hold one coefficient per knot. The penalty is
ridge on the distance from a prior and on differences between neighbouring knots, so a fact seen
rarely stays with the prior, and effects do not jump:

    level/2 |b - m|^2 + smooth/2 sum (d(k+1) - d(k))^2,  d = b - m

The fitted value maximises the posterior of independent Gaussians (Hastie, Tibshirani and
Friedman, The Elements of Statistical Learning, 2009, sections 4.4 and 5.2). It does not mean that
the effects are causal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Self

import numpy as np

from gonequiet.stats.arrays import Floats, Floats32
from gonequiet.stats.hats import HatRow, fill

BLOCK = 16384  # rows of the design that exist at one time
MAX_STEPS = 25
CLOSE_ENOUGH = 1e-3  # of the penalised log likelihood


@dataclass(frozen=True, slots=True)
class Stratum:
    """Rows that share one value of z.

    Attributes:
        z: the shared number.
        columns: one placed column per fact.
        happened: outcomes as 0 and 1, shape (n,).
        weights: what each row counts, shape (n,).
    """

    z: float
    columns: tuple[HatRow, ...]
    happened: Floats32
    weights: Floats32

    def __len__(self) -> int:
        return len(self.happened)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of the design belong to which fact.

    Attributes:
        sizes: knots per fact.
    """

    sizes: tuple[int, ...]

    @property
    def width(self) -> int:
        """Columns of the design, all facts together."""
        return sum(self.sizes)

    @property
    def starts(self) -> tuple[int, ...]:
        """First column of each fact."""
        return _starts(self.sizes)

    def part(self, coefficients: Floats, fact: int) -> Floats:
        """The coefficients of one fact."""
        start = self.starts[fact]
        return coefficients[start : start + self.sizes[fact]]

    def roughness(self) -> Floats:
        """The matrix of the sum of squared differences between neighbouring knots."""
        rough = np.zeros((self.width, self.width))
        for start, size in zip(self.starts, self.sizes, strict=True):
            step = np.diff(np.eye(size), axis=0)
            rough[start : start + size, start : start + size] = step.T @ step
        return rough


@lru_cache(maxsize=16)
def _starts(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(accumulate(sizes[:-1], initial=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Additive:
    """Coefficients of the additive model.

    Attributes:
        constant: c.
        effects: u, one number per knot of each fact in the order of the layout.
        slopes: v, likewise.
    """

    constant: float
    effects: Floats
    slopes: Floats

    @classmethod
    def zero(cls, width: int) -> Self:
        """No effects at all."""
        return cls(constant=0.0, effects=np.zeros(width), slopes=np.zeros(width))

    def packed(self) -> Floats:
        """All coefficients in one vector: c, u, v."""
        return np.concatenate(([self.constant], self.effects, self.slopes))

    @classmethod
    def unpacked(cls, packed: Floats) -> Self:
        """The inverse of `packed`."""
        width = (len(packed) - 1) // 2
        return cls(
            constant=float(packed[0]), effects=packed[1 : width + 1], slopes=packed[width + 1 :]
        )

    def at(self, z: float) -> Floats:
        """Coefficient per knot for rows with one z."""
        return self.effects + z * self.slopes


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """How strongly coefficients are held to the prior.

    Attributes:
        level: ridge on the distance of u from the prior.
        smooth: ridge on differences between neighbouring knots.
        slopes: how many times stronger both are for v.
        constant: ridge on the distance of c from the prior; keeps it finite when everything or
            nothing happened.
    """

    level: float = 4.0
    smooth: float = 12.0
    slopes: float = 3.0
    constant: float = 1.0

    def matrix(self, layout: Layout) -> Floats:
        """Precision over (c, u, v)."""
        one = self.level * np.eye(layout.width) + self.smooth * layout.roughness()
        whole = np.zeros((2 * layout.width + 1, 2 * layout.width + 1))
        middle = layout.width + 1
        whole[0, 0] = self.constant
        whole[1:middle, 1:middle] = one
        whole[middle:, middle:] = self.slopes * one
        return whole


def linear_part(model: Additive, layout: Layout, columns: tuple[HatRow, ...], z: Floats) -> Floats:
    """The logit of each row.

    Args:
        model: coefficients.
        layout: their layout.
        columns: one placed column per fact, each of n values.
        z: shape (n,).
    """
    steady = np.zeros(len(z), np.float32)
    rising = np.zeros(len(z), np.float32)
    for fact, column in enumerate(columns):
        steady += column.times(layout.part(model.effects, fact))
        rising += column.times(layout.part(model.slopes, fact))
    return model.constant + steady.astype(np.float64) + z * rising


def _blocks(stratum: Stratum, layout: Layout) -> Iterator[tuple[slice, Floats32]]:
    """The dense design of some rows at a time."""
    for start in range(0, len(stratum), BLOCK):
        rows = slice(start, min(start + BLOCK, len(stratum)))
        block = np.zeros((rows.stop - rows.start, layout.width), np.float32)
        for first, column in zip(layout.starts, stratum.columns, strict=True):
            fill(block, first, HatRow(column.left[rows], column.share[rows]))
        yield rows, block


def _loss(logit: Floats, stratum: Stratum) -> float:
    surprise = np.logaddexp(0.0, logit) - stratum.happened * logit
    return float((stratum.weights * surprise).sum())


def _logits(model: Additive, layout: Layout, strata: tuple[Stratum, ...]) -> list[Floats]:
    return [linear_part(model, layout, s.columns, np.full(len(s), s.z)) for s in strata]


def _derivatives(
    strata: tuple[Stratum, ...], logits: list[Floats], layout: Layout
) -> tuple[Floats, Floats]:
    """Gradient and curvature of the log likelihood over (c, u, v)."""
    size = layout.width
    gradient = np.zeros(2 * size + 1)
    curvature = np.zeros((2 * size + 1, 2 * size + 1))
    for stratum, logit in zip(strata, logits, strict=True):
        slope, gram, one = _sums(stratum, logit, layout)
        lift = np.array([1.0, stratum.z])
        gradient[0] += one[0]
        gradient[1:] += np.concatenate([z * slope[0] for z in lift])
        curvature[0, 0] += one[1]
        edge = np.concatenate([z * slope[1] for z in lift])
        curvature[0, 1:] += edge
        curvature[1:, 0] += edge
        curvature[1:, 1:] += np.kron(np.outer(lift, lift), gram)
    return gradient, curvature


def _sums(
    stratum: Stratum, logit: Floats, layout: Layout
) -> tuple[Floats, Floats, tuple[float, float]]:
    """Per stratum: X'(r, w) as two rows, X'WX, and the sums of r and w."""
    said = 1.0 / (1.0 + np.exp(-logit))
    residual = (stratum.weights * (stratum.happened - said)).astype(np.float32)
    weight = (stratum.weights * said * (1.0 - said)).astype(np.float32)
    slope = np.zeros((2, layout.width))
    gram = np.zeros((layout.width, layout.width))
    for rows, block in _blocks(stratum, layout):
        slope[0] += residual[rows] @ block
        slope[1] += weight[rows] @ block
        gram += (block * weight[rows, None]).T @ block
    return slope, gram, (float(residual.sum()), float(weight.sum()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A fitted additive model.

    Attributes:
        model: the coefficients.
        mean_variance: of a logit, averaged over the information in the rows: effective number
            of coefficients over information (Laplace's approximation).
    """

    model: Additive
    mean_variance: float


def fit_additive(
    strata: tuple[Stratum, ...], layout: Layout, *, prior: Additive, penalty: Penalty
) -> Fit:
    """Fits the coefficients of largest posterior; deterministic.

    Args:
        strata: the rows, grouped by z.
        layout: knots per fact.
        prior: where coefficients stand without evidence; also where the search starts.
        penalty: how strongly they are held there.
    """
    centre = prior.packed()
    precision = penalty.matrix(layout)
    at = centre.copy()
    logits = _logits(Additive.unpacked(at), layout, strata)
    cost = sum(map(_loss, logits, strata))
    curvature = precision
    for _ in range(MAX_STEPS):
        gradient, curvature = _derivatives(strata, logits, layout)
        curvature += precision
        push = gradient - precision @ (at - centre)
        move: Floats = np.linalg.solve(curvature, push).astype(np.float64)
        before = cost
        at, cost, logits = _descend(at, move, cost, centre, precision, layout, strata)
        if before - cost < CLOSE_ENOUGH:
            break
    model = Additive.unpacked(at)
    effective = len(at) - float(np.trace(np.linalg.solve(curvature, precision)))
    information = float(curvature[0, 0] - precision[0, 0])
    return Fit(model=model, mean_variance=effective / max(information, 1e-9))


def _descend(
    at: Floats,
    move: Floats,
    cost: float,
    centre: Floats,
    precision: Floats,
    layout: Layout,
    strata: tuple[Stratum, ...],
) -> tuple[Floats, float, list[Floats]]:
    """Halves a Newton step until it helps: with rare outcomes a full step can overshoot."""
    length = 1.0
    while True:
        there = at + length * move
        logits = _logits(Additive.unpacked(there), layout, strata)
        away = there - centre
        new_cost = sum(map(_loss, logits, strata)) + 0.5 * float(away @ precision @ away)
        if new_cost <= cost + 1e-6 or length < 1e-3:
            return there, new_cost, logits
        length /= 2.0

"""BG/NBD: is an exchange that nobody owes anything still alive?

A contact writes as a Poisson process with a rate of their own (Gamma over contacts, shape r,
rate alpha) and may stop for good after any message with a chance of their own (Beta(a, b)). From
x repeat messages, the last of them at t_x, seen until T (Fader, Hardie and Lee 2005, Marketing
Science 24(2), equations 6 and, for P(alive), Fader, Hardie and Lee 2008):

    P(alive) = 1 / (1 + [x > 0] a / (b + x - 1) ((alpha + T) / (alpha + t_x)) ** (r + x))

It says whether the rhythm goes on, not whether anybody meant to end it. "For good" never holds
strictly: contacts come back, so its calibration is measured over a finite horizon
(see `analysis.drifting`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gonequiet.stats.arrays import Floats

Cost = Callable[[Floats], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What was seen of each exchange, in one direction.

    Attributes:
        repeats: x, messages after the first, shape (n,).
        last: t_x, time of the last message after the first; 0 when there was only one.
        seen: T, time the exchange has been under observation after the first message.
    """

    repeats: Floats
    last: Floats
    seen: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class BgNbd:
    """The four parameters, in the unit of time of the rhythm they were fitted on.

    Attributes:
        r: shape of the rates.
        alpha: rate of the rates, in time units.
        a: first parameter of the chance to stop.
        b: second parameter.
    """

    r: float
    alpha: float
    a: float
    b: float


def _gammaln(x: Floats) -> Floats:
    """Log Gamma by Stirling's series after shifting up by seven (error below 1e-12)."""
    shift = np.zeros_like(x)
    for k in range(7):
        shift += np.log(x + k)
    y = x + 7.0
    series = 1 / (12 * y) - 1 / (360 * y**3) + 1 / (1260 * y**5)
    whole: Floats = (y - 0.5) * np.log(y) - y + 0.5 * np.log(2 * np.pi) + series - shift
    return whole


def log_likelihood(model: BgNbd, rhythm: Rhythm) -> Floats:
    """Log likelihood of each exchange (equation 6 of the paper)."""
    x, r, alpha = rhythm.repeats, model.r, model.alpha
    a, b = np.float64(model.a), np.float64(model.b)
    rates = _gammaln(r + x) - _gammaln(np.full_like(x, r)) + r * np.log(alpha)
    stays = _gammaln(b + x) - _gammaln(a + b + x) + _gammaln(a + b + 0 * x) - _gammaln(b + 0 * x)
    alive = -(r + x) * np.log(alpha + rhythm.seen)
    repeated = x > 0
    gone = np.log(a) - np.log(b + np.maximum(x, 1.0) - 1.0) - (r + x) * np.log(alpha + rhythm.last)
    total: Floats = rates + stays + np.where(repeated, np.logaddexp(alive, gone), alive)
    return total


def chance_alive(model: BgNbd, rhythm: Rhythm) -> Floats:
    """Chance that each exchange still goes on; 1 after a single message, which teaches nothing."""
    x = rhythm.repeats
    odds = np.log(model.a) - np.log(model.b + np.maximum(x, 1.0) - 1.0)
    odds = odds + (model.r + x) * np.log((model.alpha + rhythm.seen) / (model.alpha + rhythm.last))
    return np.where(x > 0, 1.0 / (1.0 + np.exp(np.minimum(odds, 700.0))), 1.0)


def chance_of_message(model: BgNbd, rhythm: Rhythm, horizon: float) -> Floats:
    """Chance of at least one more message within a horizon: alive, and writing in it."""
    silent = (model.r + rhythm.repeats) * np.log(
        (model.alpha + rhythm.seen) / (model.alpha + rhythm.seen + horizon)
    )
    return chance_alive(model, rhythm) * -np.expm1(silent)


def fit_bgnbd(rhythm: Rhythm, *, ridge: float = 0.02, steps: int = 400) -> BgNbd:
    """Fits by Nelder and Mead's simplex over the logarithms of the parameters; deterministic.

    Args:
        rhythm: the exchanges.
        ridge: pull of the log parameters towards r = 1, alpha = mean gap, a = b = 1.
        steps: at most so many simplex steps.
    """
    if not len(rhythm.repeats):
        return BgNbd(r=1.0, alpha=1.0, a=1.0, b=1.0)
    gap = float(rhythm.seen.sum() / max(float(rhythm.repeats.sum()), 1.0))
    centre = np.array([0.0, np.log(max(gap, 1e-6)), 0.0, 0.0])

    def cost(at: Floats) -> float:
        pull = ridge * float(((at - centre) ** 2).sum())
        return pull - float(log_likelihood(_unpacked(at), rhythm).mean())

    return _unpacked(_simplex(cost, centre, steps))


def _unpacked(at: Floats) -> BgNbd:
    r, alpha, a, b = (float(v) for v in np.exp(np.clip(at, -12.0, 25.0)))
    return BgNbd(r=r, alpha=alpha, a=a, b=b)


def _simplex(cost: Cost, start: Floats, steps: int) -> Floats:
    """Nelder and Mead 1965, with the usual coefficients."""
    points = np.array([start, *(start + 0.7 * unit for unit in np.eye(len(start)))])
    costs = np.array([cost(p) for p in points])
    for _ in range(steps):
        order = np.argsort(costs, kind="stable")
        points, costs = points[order], costs[order]
        if costs[-1] - costs[0] < 1e-10:
            break
        points, costs = _step(cost, points, costs)
    best: Floats = points[int(np.argmin(costs))]
    return best


def _step(cost: Cost, points: Floats, costs: Floats) -> tuple[Floats, Floats]:
    middle = points[:-1].mean(axis=0)
    away = middle - points[-1]
    there = middle + away
    reached = cost(there)
    if reached < costs[0]:
        further = middle + 2.0 * away
        far = cost(further)
        there, reached = (further, far) if far < reached else (there, reached)
    elif reached >= costs[-2]:
        there = middle + (0.5 if reached < costs[-1] else -0.5) * away
        reached = cost(there)
        if reached >= costs[-1]:
            shrunk = points[0] + 0.5 * (points - points[0])
            return shrunk, np.array([cost(p) for p in shrunk])
    return np.vstack((points[:-1], there)), np.append(costs[:-1], reached)

"""How sure a share is, and a number of the past, from few cases. Pure arithmetic, no library."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, comb, exp, log
from typing import NamedTuple

_STEPS = 1_000


class Bounds(NamedTuple):
    """Between these it lies, with the certainty asked for."""

    low: float
    high: float


def share_interval(yes: float, no: float, level: float = 0.9) -> Bounds:
    """Returns the central interval of a share after some cases, by Bayes with a flat prior.

    The posterior is Beta(1 + yes, 1 + no); its quantiles are read from a fine grid, right to
    about 0.001. It says where the share of all such cases may lie, not how the next one goes.

    Args:
        yes: cases for, 0 or more; may be fractions.
        no: cases against.
        level: certainty, above 0 and below 1.
    """
    logs = [
        yes * log((at + 0.5) / _STEPS) + no * log(1 - (at + 0.5) / _STEPS) for at in range(_STEPS)
    ]
    top = max(logs)
    weights = [exp(one - top) for one in logs]
    total = sum(weights)
    tail = (1 - level) / 2
    return Bounds(_reached(weights, tail * total), _reached(weights, (1 - tail) * total))


def _reached(weights: Sequence[float], wanted: float) -> float:
    run = 0.0
    for at, weight in enumerate(weights):
        if run + weight >= wanted:
            return (at + (wanted - run) / weight) / _STEPS
        run += weight
    return 1.0


class Quantile(NamedTuple):
    """A quantile of some numbers of the past, and how sure it is.

    Attributes:
        value: the quantile.
        low: below it with the certainty asked for; the smallest number when there are too few.
        high: above it; None when the numbers are too few to bound it.
    """

    value: float
    low: float
    high: float | None


def quantile_interval(values: Sequence[float], share: float, level: float = 0.9) -> Quantile:
    """Returns a quantile with an interval that assumes nothing of the distribution.

    The interval lies between two of the numbers; which ones follows from the binomial
    distribution of how many fall below the quantile (order statistics, Thompson 1936).

    Args:
        values: one or more.
        share: which quantile, above 0 and below 1.
        level: certainty of the interval.
    """
    ordered, size = sorted(values), len(values)
    below = [comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size + 1)]
    tail = (1 - level) / 2
    low, run = 0, 0.0
    while low < size and run + below[low] <= tail:
        run += below[low]
        low += 1
    high, run = size, 0.0
    while high > 0 and run + below[high] <= tail:
        run += below[high]
        high -= 1
    at = min(size, max(1, ceil(share * size))) - 1
    return Quantile(ordered[at], ordered[max(0, low - 1)], ordered[high] if high < size else None)

"""Where a sequence changed once, if it did: a Bayesian single change-point over several measures.

Observations come in order; each measure gives a number for every observation, or NaN where it has
none. Under "no change" a measure has one mean throughout; under "changed before observation c" it
has one mean before c and another from c on. Means are drawn around the overall one and integrated
out, so that a change must earn its extra means:

* a number is normal with one unknown variance; mean m ~ N(overall, var / K), var inverse gamma.
  With n_j, SS_j and d_j the count, sum of squares and distance from the overall mean of segment j,
  log p = sum_j 0.5 ln(K / (K + n_j)) - (A + n / 2) ln(B + S / 2),
  S = sum_j SS_j + K n_j / (K + n_j) d_j^2 (Bernardo and Smith, "Bayesian Theory", 1994, app. A);
* a share is a row of yes and no; its chance ~ Beta around the overall one, which gives the beta
  binomial.

Measures are taken as independent of one another, and their logarithms add up. What a change does
not mean: why it came. Slow drift is reported as a change in its middle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRIOR_CHANGE: Final = 0.2
LEAST_SIDE: Final = 4
_MEAN_WEIGHT: Final = 0.5  # K: a segment's mean lies within 1.4 spreads of the overall one
_SPREAD_WEIGHT: Final = 1.0  # A; B is A times the overall variance
_SHARE_WEIGHT: Final = 2.0  # observations the overall share counts for
_TINIEST: Final = 1e-9


class Measure(NamedTuple):
    """One number for every observation.

    Attributes:
        values: one an observation, NaN where there is none.
        is_share: the values are 0 and 1, and what counts is how often there is a 1.
    """

    values: Floats
    is_share: bool = False


class ChangePoint(NamedTuple):
    """Where everything changed at once.

    Attributes:
        cut: index of the first observation after the change (the middle of the belief).
        earliest: start of the 90 % interval for it.
        latest: end of the interval, itself included.
        probability: that there was a change at all.
        before: mean of each measure before the cut; NaN without any value.
        after: mean of each measure from the cut on.
    """

    cut: int
    earliest: int
    latest: int
    probability: float
    before: tuple[float, ...]
    after: tuple[float, ...]


def find_change_point(
    measures: Sequence[Measure], *, least_side: int = LEAST_SIDE, prior: float = PRIOR_CHANGE
) -> ChangePoint | None:
    """Finds where the measures changed, however likely that is.

    Args:
        measures: all of one length.
        least_side: observations there must be on either side of the change.
        prior: chance of a change before anything was seen.

    Returns:
        The belief about a change; None when there are too few observations for one.
    """
    total = len(measures[0].values) if measures else 0
    cuts = np.arange(least_side, total - least_side + 1)
    if not len(cuts):
        return None
    gains = np.sum([_gains(measure, cuts) for measure in measures], axis=0)
    evidence = _log_sum(gains) - math.log(len(cuts)) + math.log(prior / (1 - prior))
    share = np.exp(gains - _log_sum(gains))
    below = np.cumsum(share)
    cut, earliest, latest = (int(cuts[np.searchsorted(below, q)]) for q in (0.5, 0.05, 0.95))
    return ChangePoint(
        cut,
        earliest,
        latest,
        1 / (1 + math.exp(-min(max(evidence, -700.0), 700.0))),
        tuple(_mean(measure.values[:cut]) for measure in measures),
        tuple(_mean(measure.values[cut:]) for measure in measures),
    )


def _gains(measure: Measure, cuts: NDArray[np.intp]) -> Floats:
    """Log marginal likelihood of a change at each cut, over that of none."""
    seen = ~np.isnan(measure.values)
    values = np.where(seen, measure.values, 0.0)
    counts = np.concatenate(([0.0], np.cumsum(seen)))
    if counts[-1] < 2:
        return np.zeros(len(cuts))
    sums = np.concatenate(([0.0], np.cumsum(values)))
    if measure.is_share:
        return _share_gains(counts, sums, cuts)
    centred = np.where(seen, values - sums[-1] / counts[-1], 0.0)
    return _normal_gains(counts, centred, cuts)


def _share_gains(counts: Floats, sums: Floats, cuts: NDArray[np.intp]) -> Floats:
    overall = (sums[-1] + 0.5) / (counts[-1] + 1)
    yes, no = _SHARE_WEIGHT * overall, _SHARE_WEIGHT * (1 - overall)

    def marginal(n: Floats, k: Floats) -> Floats:
        pairs = zip((yes + k).tolist(), (no + n - k).tolist(), strict=True)
        return np.array([_log_beta(a, b) for a, b in pairs]) - _log_beta(yes, no)

    before = marginal(counts[cuts], sums[cuts])
    after = marginal(counts[-1] - counts[cuts], sums[-1] - sums[cuts])
    gains: Floats = before + after - marginal(counts[-1:], sums[-1:])[0]
    return gains


def _normal_gains(counts: Floats, centred: Floats, cuts: NDArray[np.intp]) -> Floats:
    sums = np.concatenate(([0.0], np.cumsum(centred)))
    squares = float(centred @ centred)
    total = counts[-1]
    floor = _SPREAD_WEIGHT * max(squares / total, _TINIEST)

    def fit(n: Floats, s: Floats) -> tuple[Floats, Floats]:
        """What a segment's own mean costs, and by how much it lowers the sum of squares."""
        cost: Floats = 0.5 * np.log(_MEAN_WEIGHT / (_MEAN_WEIGHT + n))
        gain: Floats = s * s / (_MEAN_WEIGHT + n)
        return cost, gain

    costs, gained = fit(counts[cuts], sums[cuts])
    more_costs, more_gained = fit(total - counts[cuts], -sums[cuts])
    whole_cost, _ = fit(counts[-1:], sums[-1:])
    power = _SPREAD_WEIGHT + total / 2
    split = np.log(floor + (squares - gained - more_gained) / 2)
    gains: Floats = costs + more_costs - whole_cost[0]
    gains -= power * (split - math.log(floor + squares / 2))
    return gains


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _log_sum(logs: Floats) -> float:
    top = float(logs.max())
    return top + math.log(float(np.exp(logs - top).sum()))


def _mean(values: Floats) -> float:
    seen = values[~np.isnan(values)]
    return float(seen.mean()) if len(seen) else float("nan")

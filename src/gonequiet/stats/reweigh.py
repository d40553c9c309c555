"""Corrects a stated logit group by group, from few own outcomes.

A logit that is a sum of parts learned elsewhere, l = c + sum_g s_g, is corrected to
shift + sum_g t_g s_g with Gaussian priors on shift (mean c) and on each t_g (mean 1): a
shrunken logistic recalibration (Steyerberg et al. 2004) with one stretch per group instead of one
for all. A handful of numbers are estimated from sums over the rows, so it needs few of them.
"""

from __future__ import annotations

import numpy as np

from gonequiet.stats.arrays import Floats

STEPS = 25


def fit_weights(
    parts: Floats, happened: Floats, counts: Floats, *, centre: Floats, precision: Floats
) -> Floats:
    """Weights of largest posterior.

    Args:
        parts: one column per group, shape (n, g).
        happened: 0 or 1, shape (n,).
        counts: what each row counts, shape (n,).
        centre: prior means, shape (g,).
        precision: prior precisions, shape (g,).
    """
    at = centre.copy()
    for _ in range(STEPS):
        said = 1.0 / (1.0 + np.exp(-np.clip(parts @ at, -30.0, 30.0)))
        push = parts.T @ (counts * (happened - said)) - precision * (at - centre)
        spread = counts * said * (1.0 - said)
        curvature = (parts * spread[:, None]).T @ parts + np.diag(precision)
        move = np.clip(np.linalg.solve(curvature, push), -1.0, 1.0)
        at = at + move
        if float(np.abs(move).max()) < 1e-9:
            break
    return at

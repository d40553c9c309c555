"""Shrunken logistic recalibration: a shift and a stretch of logits, held to "no change".

Given what was said and what came of it, logit p' = shift + stretch * logit p with Gaussian priors
on shift (mean 0) and stretch (mean 1), weighted so that old statements fade (Platt 1999, with the
prior of Steyerberg et al. 2004 for updating a model from little evidence).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.stats.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalibration:
    """How logits are corrected.

    Attributes:
        shift: added.
        stretch: multiplied.
    """

    shift: float = 0.0
    stretch: float = 1.0

    def apply(self, logit: Floats) -> Floats:
        """The corrected logits."""
        return self.shift + self.stretch * logit


def fit_recalibration(
    logit: Floats,
    happened: Floats,
    weights: Floats,
    *,
    shift_precision: float = 4.0,
    stretch_precision: float = 20.0,
) -> Recalibration:
    """Corrects logits from what came of earlier ones; nothing is corrected without evidence.

    Args:
        logit: what was said.
        happened: what came of it, 0 or 1.
        weights: what each statement counts.
        shift_precision: statements' worth of holding the shift at 0.
        stretch_precision: likewise for the stretch at 1.
    """
    at = np.array([0.0, 1.0])
    centre = at.copy()
    prior = np.diag([shift_precision, stretch_precision])
    design = np.column_stack((np.ones(len(logit)), logit))
    for _ in range(20):
        said = 1.0 / (1.0 + np.exp(-np.clip(design @ at, -30.0, 30.0)))
        gradient = design.T @ (weights * (happened - said)) - prior @ (at - centre)
        curvature = (design * (weights * said * (1.0 - said))[:, None]).T @ design + prior
        move = np.clip(np.linalg.solve(curvature, gradient), -1.0, 1.0)
        at = at + move
        if np.abs(move).max() < 1e-9:
            break
    return Recalibration(shift=float(at[0]), stretch=float(max(at[1], 0.1)))

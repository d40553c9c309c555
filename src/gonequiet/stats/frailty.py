"""Gamma frailty: how much faster or slower one contact answers than everybody.

A contact's multiplier F on the hazard has a Gamma prior of mean 1 and shape A. With d answers
seen while the pooled hazard accumulated E over all of the contact's waits, the posterior is
Gamma(A + d, rate A + E), and the chance of an answer while the hazard grows by D is

    P = 1 - ((A + E) / (A + E + D)) ** (A + d)

Nothing is iterated; silence alone raises E and lowers the belief. It says nothing about why.
(Clayton 1978; Fader and Hardie use the same Gamma-Poisson mixture.)
"""

from __future__ import annotations

from math import lgamma

import numpy as np

from gonequiet.stats.arrays import Floats

NORMAL_95 = 1.6448536269514722  # 95 % of a standard normal lie below
SHAPES = tuple(float(a) for a in np.geomspace(0.1, 20.0, 40))


def predictive(shape: float, events: Floats, exposure: Floats, growth: Floats) -> Floats:
    """Chance of an answer while the pooled hazard grows by `growth`."""
    kept = np.log1p(growth / (shape + exposure))
    return -np.expm1(-(shape + events) * kept)


def log_rate(shape: float, events: Floats, exposure: Floats) -> Floats:
    """Logarithm of the posterior mean of the multiplier; 0 when nothing is known."""
    return np.log((shape + events) / (shape + exposure))


def log_evidence(shape: float, events: Floats, exposure: Floats) -> float:
    """Log marginal likelihood of (events, exposure) per contact, up to a constant in the shape."""
    gammas = np.array([lgamma(shape + d) for d in events]) - lgamma(shape)
    fit = shape * np.log(shape) - (shape + events) * np.log(shape + exposure)
    return float((gammas + fit).sum())


def fit_shape(events: Floats, exposure: Floats) -> float:
    """The shape of largest evidence on a grid from 0.1 (all different) to 20 (all alike)."""
    seen = exposure > 0.0
    if not seen.any():
        return 1.0
    scores = [log_evidence(shape, events[seen], exposure[seen]) for shape in SHAPES]
    return SHAPES[int(np.argmax(scores))]


def multiplier_interval_90(shape: Floats) -> tuple[Floats, Floats]:
    """Ends of the 90 % interval of a Gamma multiplier of mean 1 and the given shape.

    Wilson and Hilferty 1931: the cube root of a Gamma variable is nearly normal. Where the cube
    root would turn negative (shapes below 0.3) the lower end is 0.
    """
    spread = 1.0 / (9.0 * shape)
    middle = 1.0 - spread
    reach = NORMAL_95 * np.sqrt(spread)
    return np.maximum(middle - reach, 0.0) ** 3, (middle + reach) ** 3

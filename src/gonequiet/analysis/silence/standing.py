"""Scores kept ready: what a wait's facts are worth, so that only time remains to be added.

A logit is c + (sum of effects) + z(age) * (sum of slopes). Between two messages nothing but the
age changes, so the two sums per wait are kept and a million open waits are scored in a blink.
Facts that move by themselves ("since their last message") are refreshed when a wait is looked at
again (`predicting.next_look_at`) or anything arrives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.model import ReplyModel, age_slope
from gonequiet.stats.arrays import Floats, Floats32
from gonequiet.stats.hats import HatRow, place

AGE_FACT = 0  # how long was waited is the first fact of every model


@dataclass(frozen=True, slots=True)
class Standing:
    """What all facts but the age are worth, per wait.

    Attributes:
        steady: sum of effects.
        rising: sum of slopes.
    """

    steady: Floats32
    rising: Floats32


def standing_of(model: ReplyModel, columns: tuple[HatRow, ...]) -> Standing:
    """Adds up the placed facts of some waits once."""
    n = len(columns[0].left)
    steady = np.full(n, model.card.constant, np.float32)
    rising = np.zeros(n, np.float32)
    for fact, column in enumerate(columns):
        if fact != AGE_FACT:
            steady += column.times(model.layout.part(model.card.effects, fact))
            rising += column.times(model.layout.part(model.card.slopes, fact))
    return Standing(steady, rising)


def score_standing(model: ReplyModel, standing: Standing, waited_days: Floats) -> Floats32:
    """The reply probabilities after so many days of silence, other things unchanged.

    The age's own part is read from a fine table over the first two months, which is as good as
    the knots themselves: both are piecewise linear in the logarithm of the age.
    """
    at = np.minimum(np.asarray(waited_days, np.float32) * np.float32(_TICKS), _LAST_TICK)
    tick = at.astype(np.int32)
    steady, slope = _age_table(model)
    logit = standing.rising * slope[tick]
    logit += standing.steady
    logit += steady[tick]
    np.negative(logit, out=logit)
    np.exp(logit, out=logit)
    logit += np.float32(1.0)
    said: Floats32 = np.reciprocal(logit, out=logit)
    return said


_TICKS = 24 * 12  # five minutes
_LAST_TICK = np.float32(60 * _TICKS - 1)


def _age_table(model: ReplyModel) -> tuple[Floats32, Floats32]:
    """Per tick of age: the age's own logit, and z."""
    days = (np.arange(60 * _TICKS) + 0.5) / _TICKS
    spec = model.specs[AGE_FACT]
    placed = place(np.log1p(days), spec.stretched_knots())
    z = age_slope(days)
    effects = placed.times(model.layout.part(model.card.effects, AGE_FACT))
    slopes = placed.times(model.layout.part(model.card.slopes, AGE_FACT))
    return (effects + z * slopes).astype(np.float32), z.astype(np.float32)

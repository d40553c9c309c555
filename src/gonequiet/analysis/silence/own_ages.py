"""What the owner's own silences of an age came to, against what the model said of them.

The shipped scorecard was learned at ages up to a fortnight, from other people's mail. How often a
silence of a month is still broken differs from owner to owner more than anything else in the
model, and every owner has many such silences whose outcome is known. So the hazard from an age on
is multiplied by what came true over what was said there, drawn towards one by a few replies' worth
of doubt. Multiplying a hazard keeps probabilities in order and between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.fitting import settled_rows
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.model import HORIZON_DAYS, ReplyModel
from gonequiet.analysis.silence.predicting import LOOK_AGES, Predictions, predict
from gonequiet.analysis.silence.waits import Waits
from gonequiet.stats.arrays import Flags, Floats, Ints
from gonequiet.stats.frailty import multiplier_interval_90
from gonequiet.stats.hazard import DAY

AGES = (3.0, 7.0, 14.0, 21.0, 30.0, 45.0)  # days
DOUBT = 2.0  # replies; the prior belief that the model is right weighs so much
ALIKE = np.array((2.0, 2.0, 1.2, 0.5, 0.3, 0.3))
"""How alike owners are at each age: shape of the Gamma multiplier between 67 owners of four tables,
each after 50 mails, the prior fitted on the other three."""
LEAST = 1e-3  # of a multiplier; below it nothing is said apart
_HALVINGS = 5
LATEST_ROWS = 4_000  # of each age; enough, and the latest tell most


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAges:
    """Multipliers of the hazard by age.

    Attributes:
        said: replies the model expected at each of `AGES`, shape (6,).
        came: replies that came, shape (6,).
    """

    said: Floats
    came: Floats

    def factors(self, waited_days: Floats) -> Floats:
        """The multiplier at each age; one up to the day before the first, flat after the last."""
        logs = np.log((self.came + DOUBT) / (self.said + DOUBT))
        return np.exp(np.interp(waited_days, (0.0, *AGES), np.concatenate(([0.0], logs))))

    def reaches(self, waited_days: Floats) -> tuple[Floats, Floats]:
        """How far the multiplier may lie below and above `factors`: ends of 90 %, as logarithms.

        Before anything is known it is a Gamma variable of mean 1 and shape `ALIKE`; replies that
        came and replies that were said make it Gamma(ALIKE + came, rate ALIKE + said). So many
        silences that were all left unbroken bound it from above, as many broken ones do.
        """
        shapes = ALIKE + self.came
        low, high = (shapes / (ALIKE + self.said) * end for end in multiplier_interval_90(shapes))
        middle = (self.came + DOUBT) / (self.said + DOUBT)
        below = np.log(np.maximum(middle / np.maximum(low, LEAST), 1.0))
        above = np.log(np.maximum(high / middle, 1.0))
        first, second = (
            np.interp(waited_days, (0.0, *AGES), np.concatenate(([0.0], reach)))
            for reach in (below, above)
        )
        return first, second

    def applied(self, said: Predictions) -> tuple[Floats, Floats, Floats]:
        """Probability and interval of predictions, with their hazard multiplied."""
        grown, low, high = (
            -np.log1p(-np.minimum(one, 1.0 - 1e-12))
            for one in (said.probability, said.low_90, said.high_90)
        )
        factors, reaches = self.factors(said.waited_days), self.reaches(said.waited_days)
        below, above = (
            _widened(grown, end, reach) for end, reach in zip((low, high), reaches, strict=True)
        )
        middle, least, most = (-np.expm1(-grown * factors * one) for one in (1.0, below, above))
        return middle, least, most


def _widened(grown: Floats, end: Floats, more: Floats) -> Floats:
    """How far an end of an interval lies from the middle, as a factor, with more doubt."""
    with np.errstate(divide="ignore"):
        reach = np.log(end / np.maximum(grown, 1e-300))
    wider = np.sqrt(reach**2 + more**2)
    return np.exp(np.where(reach < 0.0, -wider, wider))


def next_looks(
    model: ReplyModel,
    own: OwnAges,
    waits: Waits,
    history: History,
    rows: Ints,
    waited_days: Floats,
    *,
    horizon_days: float,
    threshold: float,
) -> Floats:
    """Days of waiting after which each silence first counts as quiet, if nothing else happens.

    It is looked for at `LOOK_AGES`, then halved in between until a day is told to the hour.

    Returns:
        Shape (n,); `waited_days` where it does already, infinite where it will not within the
        last of `LOOK_AGES`.
    """
    ages = np.maximum(waited_days[:, None], np.array(LOOK_AGES))
    ahead = np.concatenate((np.ones((len(rows), 1), np.bool_), np.diff(ages) > 0), axis=1)

    def is_below(asked: Ints, waited: Floats) -> Flags:
        said = predict(model, waits, history, asked, waited, horizon_days=horizon_days)
        return own.applied(said)[0] < threshold

    below = np.zeros(ages.shape, np.bool_)
    below[ahead] = is_below(np.broadcast_to(rows[:, None], ages.shape)[ahead], ages[ahead])
    first = np.argmax(below, axis=1)
    every = np.arange(len(rows))
    until = np.where(below.any(axis=1), ages[every, first], np.inf)
    since = ages[every, np.maximum(first - 1, 0)]
    between = np.flatnonzero(np.isfinite(until) & (until > since))
    for _ in range(_HALVINGS if len(between) else 0):
        middle = (since[between] + until[between]) / 2.0
        crossed = is_below(rows[between], middle)
        until[between] = np.where(crossed, middle, until[between])
        since[between] = np.where(crossed, since[between], middle)
    return until


def find_own_ages(model: ReplyModel, waits: Waits, history: History, as_of: float) -> OwnAges:
    """Sums what was said and what came, over the owner's settled silences.

    Args:
        model: what says it.
        waits: the records as they stand at `as_of`.
        history: their indices.
        as_of: UTC epoch seconds.
    """
    sums = [_at_age(model, waits, history, age, as_of) for age in AGES]
    said, came = (np.array(column, np.float64) for column in zip(*sums, strict=True))
    return OwnAges(said=said, came=came)


def _at_age(
    model: ReplyModel, waits: Waits, history: History, age: float, as_of: float
) -> tuple[float, float]:
    rows = settled_rows(waits, age, as_of)[-LATEST_ROWS:]
    if not len(rows):
        return 0.0, 0.0
    said = predict(model, waits, history, rows, np.full(len(rows), age))
    came = waits.replied_after[rows] <= (age + HORIZON_DAYS) * DAY
    return float(said.probability.sum()), float(came.sum())

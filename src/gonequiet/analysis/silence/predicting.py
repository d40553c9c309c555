"""What the reply model says: a probability, its interval, and when to look again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.facts import find_facts
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.model import HORIZON_DAYS, ReplyModel, age_slope, place_facts
from gonequiet.analysis.silence.waits import Waits
from gonequiet.stats.additive import linear_part
from gonequiet.stats.arrays import Floats, Ints
from gonequiet.stats.frailty import multiplier_interval_90
from gonequiet.stats.hats import HatRow
from gonequiet.stats.hazard import DAY, accumulated_at

LOOK_AGES = (0, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 21, 25, 30, 40, 50, 60)  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictions:
    """What is said of some waits.

    Attributes:
        probability: chance of a reply within the horizon, shape (n,).
        low_90: lower end of its 90 % interval.
        high_90: upper end.
        columns: the placed facts, which reasons are read from.
        waited_days: how long each has waited.
        horizon_days: the horizon.
    """

    probability: Floats
    low_90: Floats
    high_90: Floats
    columns: tuple[HatRow, ...]
    waited_days: Floats
    horizon_days: float


def predict(
    model: ReplyModel,
    waits: Waits,
    history: History,
    rows: Ints,
    waited_days: Floats,
    *,
    horizon_days: float = HORIZON_DAYS,
) -> Predictions:
    """The chance of a reply within the horizon for waits still open at an age.

    Args:
        model: fitted or shipped.
        waits: the records.
        history: `History.of(waits, model.accumulated())`; build it once for many questions.
        rows: which waits, shape (n,).
        waited_days: how long each has waited, shape (n,).
        horizon_days: how far ahead the question looks.
    """
    columns, said = _said(model, waits, history, rows, waited_days)
    growth = -np.log1p(-said) * _share_of_horizon(model, waited_days, horizon_days)
    answers = answers_known(history, rows, waits.sent_at[rows] + waited_days * DAY)
    low, high = multiplier_interval_90(1.0 / (1.0 / (model.shape + answers) + model.spread))
    return Predictions(
        probability=-np.expm1(-growth),
        low_90=-np.expm1(-growth * low),
        high_90=-np.expm1(-growth * high),
        columns=columns,
        waited_days=waited_days,
        horizon_days=horizon_days,
    )


def _said(
    model: ReplyModel, waits: Waits, history: History, rows: Ints, waited_days: Floats
) -> tuple[tuple[HatRow, ...], Floats]:
    """The placed facts and the chance within the standard horizon."""
    columns = place_facts(model.specs, find_facts(waits, history, rows, waited_days * DAY))
    logit = linear_part(model.card, model.layout, columns, age_slope(waited_days))
    return columns, 1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0)))


def _share_of_horizon(model: ReplyModel, waited_days: Floats, horizon_days: float) -> Floats:
    """Pooled hazard within a horizon, in units of that within the standard one."""
    if horizon_days == HORIZON_DAYS:
        return np.ones(len(waited_days))
    accumulated = model.accumulated()
    begin = waited_days * DAY
    now = accumulated_at(accumulated, begin)
    wanted = accumulated_at(accumulated, begin + horizon_days * DAY) - now
    standard = accumulated_at(accumulated, begin + HORIZON_DAYS * DAY) - now
    return np.where(standard > 0.0, wanted / np.maximum(standard, 1e-12), 1.0)


def answers_known(history: History, rows: Ints, moments: Floats) -> Floats:
    """Answers each wait's contact had given by a moment, faded with the half-life."""
    contact = history.groups.contact[rows]
    early = history.early[1].events.total(contact, moments)
    return early + history.late[1].events.total(contact, moments)


def next_look_at(
    model: ReplyModel, waits: Waits, history: History, rows: Ints, *, threshold: float, as_of: float
) -> Floats:
    """The moment each silence crosses the owner's threshold, if nothing else happens.

    Args:
        model: fitted or shipped.
        waits: the records as they stand at `as_of`.
        history: their indices.
        rows: which waits, all open at `as_of`.
        threshold: a reply probability; below it a silence counts as quiet.
        as_of: UTC epoch seconds.

    Returns:
        Epoch seconds: `as_of` where the threshold is crossed already, infinite where it will not
        be crossed within two months of waiting.
    """
    waited_now = (as_of - waits.sent_at[rows]) / DAY
    crossing = np.full(len(rows), np.inf)
    for age in reversed(LOOK_AGES):
        waited = np.maximum(waited_now, age)
        below = _said(model, waits, history, rows, waited)[1] < threshold
        crossing = np.where(below, waited, crossing)
    return waits.sent_at[rows] + crossing * DAY

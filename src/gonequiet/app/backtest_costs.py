"""What it costs to be wrong, and the rules of thumb the model has to beat.

A silence is called quiet when the chance of a reply falls below the owner's threshold. A false
alarm is a silence called quiet whose reply came all the same; a missed one was never called quiet
and no reply came.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.fitting import settled_rows
from gonequiet.analysis.silence.history import HALF_LIFE
from gonequiet.analysis.silence.model import HORIZON_DAYS
from gonequiet.analysis.silence.waits import Waits
from gonequiet.app.backtest import Replay
from gonequiet.stats.arrays import Flags, Floats
from gonequiet.stats.asof import EventIndex, dense_codes
from gonequiet.stats.hazard import DAY
from gonequiet.stats.scoring import Figures, figures

MONTH = 30.44 * DAY
FIXED_DAYS = 3.0
USUAL_DELAY_SHRUNK = 2.0  # replies' worth of the pooled delay behind "their usual delay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What a threshold costs.

    Attributes:
        threshold: called quiet below it.
        false_alarms_per_month: waits called quiet at some age that were answered after all.
        missed: share of the waits never answered that were never called quiet.
        called: share of all waits called quiet at some age.
    """

    threshold: float
    false_alarms_per_month: float
    missed: float
    called: float


def costs_at(replay: Replay, threshold: float) -> Costs:
    """Costs of a threshold over a replay; each wait counts once."""
    part = replay.settled & (replay.age_days > 0.0)
    waits = dense_codes(replay.message[part], replay.owner[part], replay.contact[part])
    if not len(waits):
        nan = float("nan")
        return Costs(threshold=threshold, false_alarms_per_month=0.0, missed=nan, called=nan)
    called, came = np.zeros(waits.max() + 1, np.bool_), np.zeros(waits.max() + 1, np.bool_)
    quiet = replay.stated[part] < threshold
    happened = replay.happened[part]
    np.logical_or.at(called, waits, quiet)
    np.logical_or.at(came, waits, happened)
    alarms = np.zeros(len(called), np.bool_)
    np.logical_or.at(alarms, waits, quiet & happened)
    months = max(float(np.ptp(replay.said_at[part])) / MONTH, 1.0)
    silent = ~came
    return Costs(
        threshold=threshold,
        false_alarms_per_month=float(alarms.sum() / months),
        missed=float((silent & ~called).sum() / max(int(silent.sum()), 1)),
        called=float(called.mean()),
    )


def threshold_for(replay: Replay, false_alarms_per_month: float) -> float:
    """The highest threshold, in whole per cent, with at most so many false alarms a month."""
    fits = [
        cent / 100
        for cent in range(1, 100)
        if costs_at(replay, cent / 100).false_alarms_per_month <= false_alarms_per_month
    ]
    return max(fits, default=0.0)


def rules_of_thumb(replay: Replay, waits: Waits, start: float) -> dict[str, Figures]:
    """Figures of what is usually done instead, on the same statements, ages but 0.

    Args:
        replay: the statements to compare with.
        waits: the records they were made of.
        start: the moment up to which base rates are learned.
    """
    part = replay.settled & (replay.age_days > 0.0)
    happened = replay.happened[part]
    stated = {
        "fixed 3 days": np.where(replay.age_days[part] < FIXED_DAYS, 1.0, 0.0),
        "twice their usual delay": _twice_usual(replay, waits)[part],
        "base rate per age": _base_rates(replay, waits, start)[part],
    }
    return {name: figures(happened, said) for name, said in stated.items()}


def _base_rates(replay: Replay, waits: Waits, start: float) -> Floats:
    """Share answered among all earlier silences of the same age."""
    said = np.zeros(len(replay.stated))
    for age in np.unique(replay.age_days):
        rows = settled_rows(waits, float(age), start)
        came = waits.replied_after[rows] <= (age + HORIZON_DAYS) * DAY
        said[replay.age_days == age] = (came.sum() + 0.5) / (len(rows) + 1.0)
    return said


def _twice_usual(replay: Replay, waits: Waits) -> Floats:
    """1 until twice the contact's mean delay so far has passed, then 0."""
    answered: Flags = waits.covered & np.isfinite(waits.replied_after)
    everyone = np.concatenate((waits.contact[answered], replay.contact))
    codes = dense_codes(everyone)
    n = int(answered.sum())
    delay = waits.replied_after[answered]
    at = waits.sent_at[answered] + delay
    total = EventIndex.build(codes[:n], at, delay, HALF_LIFE).total(codes[n:], replay.said_at)
    count = EventIndex.build(codes[:n], at, None, HALF_LIFE).total(codes[n:], replay.said_at)
    pooled = float(np.median(delay)) if n else DAY
    usual = (total + USUAL_DELAY_SHRUNK * pooled) / (count + USUAL_DELAY_SHRUNK)
    return np.where(replay.age_days * DAY < 2.0 * usual, 1.0, 0.0)

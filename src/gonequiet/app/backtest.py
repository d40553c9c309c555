"""Replays the records: what would have been said at each moment, and what came of it.

The model is fitted on what was known when the replay starts and refitted as it goes on, as the
product does; every statement rests on what was known at its own moment. Beside it stand the rules
of thumb it has to beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gonequiet.analysis.silence.fitting import fit
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.model import HORIZON_DAYS, ReplyModel
from gonequiet.analysis.silence.own_ages import find_own_ages
from gonequiet.analysis.silence.predicting import predict
from gonequiet.analysis.silence.waits import Waits
from gonequiet.stats.arrays import Flags, Floats, Ints
from gonequiet.stats.asof import EventIndex, dense_codes
from gonequiet.stats.hazard import DAY
from gonequiet.stats.scoring import Figures, ReliabilityBand, figures, reliability

REPLAY_AGES = (0.0, 1.0, 3.0, 7.0, 14.0)  # days of silence at which something is said
START_SHARE = 0.70  # of the waits are only learned from
REFIT_DAYS = 182.0
COLD_BELOW = 3  # earlier waits with a contact


class WaitingTables(Protocol):
    """Where tables of waits are read from and predictions written to."""

    def read(self, directory: str, target: str, *, team: bool) -> Waits:
        """The waits of one directory."""

    def save(self, replay: Replay, path: str) -> None:
        """Writes one row per statement."""


class Learner(Protocol):
    """How a model comes from records: `fitting.fit` or `fitting.update`."""

    def __call__(self, waits: Waits, *, prior: ReplyModel, as_of: float) -> ReplyModel:
        """A model of what was known at a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What was said and what came of it, one row per wait and age.

    Attributes:
        message: key of the wait.
        owner: key of the wait.
        contact: key of the wait.
        age_days: silence so far when it was said.
        stated: the reply probability stated, within 30 days.
        happened: whether the reply came within them.
        settled: the outcome is known, so that the statement can be scored.
        said_at: the moment it was said, epoch seconds.
        earlier: waits with this contact before.
    """

    message: Ints
    owner: Ints
    contact: Ints
    age_days: Floats
    stated: Floats
    happened: Flags
    settled: Flags
    said_at: Floats
    earlier: Floats


@dataclass(frozen=True, slots=True)
class _Asked:
    """The statements to make: which wait, at which age."""

    rows: Ints
    age_days: Floats
    said_at: Floats


def backtest_waiting_tables(
    tables: WaitingTables, directory: str, target: str, out: str, *, team: bool, prior: ReplyModel
) -> BacktestReport:
    """Replays tables of waits and writes the predictions where `out` says."""
    replay = replay_waits(tables.read(directory, target, team=team), prior=prior)
    tables.save(replay, out)
    return report_on(replay)


def replay_waits(
    waits: Waits,
    *,
    prior: ReplyModel,
    start: float | None = None,
    refit_days: float | None = REFIT_DAYS,
    learn: Learner = fit,
) -> Replay:
    """Says at each age of each later wait what was known then.

    Args:
        waits: all records.
        prior: what a brand-new owner starts with.
        start: the moment from which on something is said; by default seven tenths of the waits
            are only learned from.
        refit_days: days between refits; None fits once.
        learn: how the model learns: `fit`, or `update` for sums only.
    """
    begin = replay_start(waits) if start is None else start
    asked = _asked(waits, begin)
    stated = np.zeros(len(asked.rows))
    for since, until in _spells(begin, asked.said_at, refit_days):
        due = np.flatnonzero((asked.said_at >= since) & (asked.said_at < until))
        if len(due):
            model = learn(waits, prior=prior, as_of=since)
            stated[due] = _said(model, waits, asked, due, since)
    return _replay(waits, asked, stated)


def replay_start(waits: Waits) -> float:
    """The moment up to which waits are only learned from."""
    sent = waits.sent_at[waits.covered]
    return float(np.quantile(sent, START_SHARE)) if len(sent) else 0.0


def _said(model: ReplyModel, waits: Waits, asked: _Asked, due: Ints, since: float) -> Floats:
    """What would have been said, by the model and the owner's own ages as of the last fit."""
    history = History.of(waits, model.accumulated())
    own = find_own_ages(model, waits, history, since)
    return own.applied(predict(model, waits, history, asked.rows[due], asked.age_days[due]))[0]


def _asked(waits: Waits, start: float) -> _Asked:
    """Every covered wait sent from the start on, at each age it was still open."""
    rows, ages = [], []
    for age in REPLAY_AGES:
        reached = waits.observed_until - waits.sent_at >= age * DAY
        open_ = waits.covered & (waits.replied_after > age * DAY) & reached
        found = np.flatnonzero(open_ & (waits.sent_at >= start))
        rows.append(found)
        ages.append(np.full(len(found), age))
    which, age_days = np.concatenate(rows), np.concatenate(ages)
    return _Asked(which, age_days, waits.sent_at[which] + age_days * DAY)


def _spells(
    start: float, said_at: Floats, refit_days: float | None
) -> tuple[tuple[float, float], ...]:
    """Spells of time that share one fit, half open."""
    if refit_days is None or not len(said_at):
        return ((start, np.inf),)
    begins = np.arange(start, said_at.max() + 1.0, refit_days * DAY)
    return tuple(zip(begins.tolist(), [*begins[1:].tolist(), np.inf], strict=True))


def _replay(waits: Waits, asked: _Asked, stated: Floats) -> Replay:
    rows, age = asked.rows, asked.age_days
    until = (age + HORIZON_DAYS) * DAY
    pairs = dense_codes(waits.owner, waits.contact)
    before = EventIndex.build(pairs[waits.covered], waits.sent_at[waits.covered])
    return Replay(
        message=waits.message[rows],
        owner=waits.owner[rows],
        contact=waits.contact[rows],
        age_days=age,
        stated=stated,
        happened=waits.replied_after[rows] <= until,
        settled=waits.observed_until[rows] - waits.sent_at[rows] >= until,
        said_at=asked.said_at,
        earlier=before.count_before(pairs[rows], waits.sent_at[rows]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestReport:
    """How honest the statements were.

    Attributes:
        pooled: figures over all ages but 0.
        by_age: age in days and its figures.
        cold: figures for contacts with fewer than three earlier waits, ages but 0.
        bands: "we said 20-30 % so often; so many came true", ages but 0.
    """

    pooled: Figures
    by_age: tuple[tuple[float, Figures], ...]
    cold: Figures
    bands: tuple[ReliabilityBand, ...]


def report_on(replay: Replay) -> BacktestReport:
    """Figures of a replay; only statements whose outcome is known count."""
    quiet = replay.settled & (replay.age_days > 0.0)
    cold = quiet & (replay.earlier < COLD_BELOW)

    def of(part: Flags) -> Figures:
        return figures(replay.happened[part], replay.stated[part])

    return BacktestReport(
        pooled=of(quiet),
        by_age=tuple((a, of(replay.settled & (replay.age_days == a))) for a in REPLAY_AGES),
        cold=of(cold),
        bands=reliability(replay.happened[quiet], replay.stated[quiet]),
    )

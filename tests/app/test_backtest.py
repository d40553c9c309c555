"""Replaying records: what would have been said, and what came of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gonequiet.analysis.silence.fitting import update
from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.app.backtest import Replay, replay_start, replay_waits, report_on
from gonequiet.app.backtest_costs import costs_at, rules_of_thumb, threshold_for
from gonequiet.stats.hazard import DAY
from tests.support.simulated_waits import draw_waits

WAITS = draw_waits(seed=31, waits=1500, contacts=60).waits


@pytest.fixture(scope="module")
def replay() -> Replay:
    return replay_waits(WAITS, prior=shipped_prior(), refit_days=None)


def test_only_later_waits_are_spoken_of_and_only_while_open(replay: Replay) -> None:
    assert set(np.unique(replay.age_days)) == {0.0, 1.0, 3.0, 7.0, 14.0}
    assert len(replay.stated) < 5 * 0.31 * len(WAITS)
    assert ((replay.stated > 0) & (replay.stated < 1)).all()


def test_statements_before_an_instant_do_not_depend_on_what_comes_after() -> None:
    late = float(np.quantile(WAITS.sent_at, 0.9))
    whole = replay_waits(WAITS, prior=shipped_prior(), learn=update)
    cut = replay_waits(
        WAITS.known_at(late), prior=shipped_prior(), learn=update, start=replay_start(WAITS)
    )
    said = {key(whole, k): whole.stated[k] for k in range(len(whole.stated))}
    compared = [k for k in range(len(cut.stated)) if cut.said_at[k] <= late]
    assert len(compared) > 200
    assert all(cut.stated[k] == said[key(cut, k)] for k in compared)


def key(replay: Replay, row: int) -> tuple[int, float]:
    return int(replay.message[row]), float(replay.age_days[row])


def test_the_report_beats_the_rules_of_thumb(replay: Replay) -> None:
    report = report_on(replay)
    rules = rules_of_thumb(replay, WAITS, replay_start(WAITS))
    assert set(rules) == {"fixed 3 days", "twice their usual delay", "base rate per age"}
    for figures in rules.values():
        assert figures.n == report.pooled.n
        assert report.pooled.log_loss < figures.log_loss
    assert rules["fixed 3 days"].ece > 0.1
    assert report.pooled.ece < 0.06


def hand_made(stated: list[float], happened: list[bool]) -> Replay:
    n = len(stated)
    return Replay(
        message=np.arange(n),
        owner=np.zeros(n, np.int64),
        contact=np.zeros(n, np.int64),
        age_days=np.full(n, 3.0),
        stated=np.array(stated),
        happened=np.array(happened),
        settled=np.ones(n, np.bool_),
        said_at=np.linspace(0.0, 2 * 30.44 * DAY, n),
        earlier=np.zeros(n),
    )


def test_costs_are_those_of_counting_by_hand() -> None:
    said = hand_made([0.05, 0.05, 0.3, 0.3, 0.9], [False, True, False, True, True])
    costs = costs_at(said, 0.1)
    assert costs.false_alarms_per_month == pytest.approx(0.5)
    assert costs.missed == pytest.approx(0.5)
    assert costs.called == pytest.approx(0.4)
    assert costs_at(said, 0.5).missed == 0.0


def test_the_threshold_meets_the_wanted_false_alarms() -> None:
    said = hand_made([0.05, 0.05, 0.3, 0.3, 0.9], [False, True, False, True, True])
    assert threshold_for(said, 0.5) == pytest.approx(0.30)
    assert threshold_for(said, 0.0) == pytest.approx(0.05)
    assert threshold_for(said, 9.0) == pytest.approx(0.99)


def test_nothing_settled_is_reported_as_nothing() -> None:
    young = replace(WAITS, observed_until=WAITS.sent_at + 20 * DAY)
    report = report_on(replay_waits(young, prior=shipped_prior(), learn=update))
    assert report.pooled.n == 0
    assert report.bands == ()

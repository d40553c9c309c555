"""Exchanges that fade against their own rhythm, both directions told apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gonequiet.analysis.drifting import (
    UNBENT,
    DriftModel,
    Fading,
    assess_drift,
    find_rhythm,
    fit_drift,
    who_faded,
)
from gonequiet.stats.arrays import Floats, Ints
from gonequiet.stats.bgnbd import BgNbd
from gonequiet.stats.hazard import DAY
from gonequiet.stats.scoring import ece

T0 = 1_600_000_000.0
NOW = T0 + 600 * DAY
RHYTHM = BgNbd(r=1.0, alpha=20.0, a=1.0, b=8.0)
MODEL = DriftModel(rhythm=RHYTHM, weights=UNBENT, horizon_days=90.0)


def messages(**days: list[float]) -> tuple[Ints, Floats]:
    group = np.concatenate([np.full(len(d), k) for k, d in enumerate(days.values())])
    moments = np.concatenate([np.array(d) * DAY + T0 for d in days.values()])
    return group.astype(np.int64), moments


def test_messages_of_one_sitting_count_once() -> None:
    groups, rhythm = find_rhythm(*messages(ana=[0, 0.1, 0.3, 20, 20.2], ben=[5]), NOW)
    assert groups.tolist() == [0, 1]
    assert rhythm.repeats.tolist() == [1.0, 0.0]
    assert rhythm.last.tolist() == [20.0, 0.0]
    assert rhythm.seen.tolist() == [600.0, 595.0]


def test_later_messages_are_not_looked_at() -> None:
    before = assess_drift(MODEL, *messages(ana=[0, 30, 60]), as_of=T0 + 100 * DAY)
    after = assess_drift(MODEL, *messages(ana=[0, 30, 60, 150, 300]), as_of=T0 + 100 * DAY)
    assert before.alive == pytest.approx(after.alive)


def test_a_weekly_writer_silent_for_a_year_has_faded_and_a_yearly_one_has_not() -> None:
    weekly = list(np.arange(0, 240, 7.0))
    drift = assess_drift(MODEL, *messages(weekly=weekly, yearly=[0, 200, 400]), as_of=NOW)
    assert drift.alive[0] < 0.05
    assert drift.alive[1] > 0.5
    assert drift.usual_gap_days == pytest.approx([7.0, 200.0])


def test_the_sides_are_told_apart() -> None:
    assert who_faded(0.1, 0.9, 20) is Fading.THEIRS
    assert who_faded(0.9, 0.1, 20) is Fading.OWN
    assert who_faded(0.1, 0.1, 20) is Fading.BOTH
    assert who_faded(0.9, 0.9, 20) is Fading.NEITHER
    assert who_faded(0.1, 0.1, 2) is Fading.TOO_LITTLE


def test_statements_come_true_as_often_as_said_when_contacts_come_back() -> None:
    """Writers who pause for a season and return: BG/NBD alone would bury them."""
    rng = np.random.default_rng(4)
    days: list[Floats] = []
    for _ in range(400):
        rate = rng.gamma(1.0, 0.05)
        awake = ((np.arange(0, 900) + rng.integers(0, 240)) // 120) % 2 == 0
        days.append(np.flatnonzero(awake & (rng.random(900) < rate)).astype(float))
    group, moments = messages(**{str(k): list(d) for k, d in enumerate(days)})
    model = fit_drift(group, moments, as_of=NOW)
    plain = replace(model, weights=UNBENT)
    said, unbent = (assess_drift(m, group, moments, as_of=NOW) for m in (model, plain))
    until = NOW + 90 * DAY
    came = np.isin(said.group, group[(moments > NOW) & (moments <= until)])
    assert ece(came, said.next_message) < ece(came, unbent.next_message)
    assert said.next_message.mean() == pytest.approx(came.mean(), abs=0.08)


def test_with_too_little_past_the_plain_rhythm_speaks() -> None:
    model = fit_drift(*messages(ana=[590]), as_of=NOW)
    assert model.weights == pytest.approx(UNBENT, abs=0.3)

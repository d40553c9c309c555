"""The reply model against known truth: simulate, fit, look whether intervals cover."""

from __future__ import annotations

import numpy as np
import pytest

from gonequiet.analysis.silence.fitting import fit, settled_rows
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.predicting import predict
from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.stats.arrays import Floats
from gonequiet.stats.scoring import ece
from tests.support.simulated_waits import Truth, draw_waits

pytestmark = pytest.mark.slow
AGES = (0.0, 1.0, 3.0, 7.0)


def said_and_true(truth: Truth) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Probability, interval ends, true chance and outcome on the last third of the waits."""
    waits = truth.waits
    cut = float(np.quantile(waits.sent_at, 0.7))
    model = fit(waits, prior=shipped_prior(), as_of=cut)
    history = History.of(waits, model.accumulated())
    parts = []
    for age in AGES:
        rows = settled_rows(waits, age, np.inf)
        rows = rows[waits.sent_at[rows] >= cut]
        waited = np.full(len(rows), age)
        said = predict(model, waits, history, rows, waited)
        came = waits.replied_after[rows] <= (age + 30) * 86400
        true = truth.chance(rows, waited)
        parts.append((said.probability, said.low_90, said.high_90, true, came.astype(float)))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return columns[0], columns[1], columns[2], columns[3], columns[4]


@pytest.fixture(scope="module")
def replays() -> list[tuple[Floats, Floats, Floats, Floats, Floats]]:
    return [
        said_and_true(draw_waits(seed=100 + k, shape=shape))
        for k, shape in enumerate((0.7, 1.0, 1.0, 1.5, 2.0, 3.0))
    ]


def test_ninety_per_cent_intervals_cover_the_truth_nine_times_of_ten(
    replays: list[tuple[Floats, Floats, Floats, Floats, Floats]],
) -> None:
    covered = np.concatenate([(low <= t) & (t <= high) for _, low, high, t, _ in replays])
    assert 0.88 <= covered.mean() <= 0.92


def test_probabilities_are_honest_where_the_truth_is_known(
    replays: list[tuple[Floats, Floats, Floats, Floats, Floats]],
) -> None:
    said = np.concatenate([r[0] for r in replays])
    came = np.concatenate([r[4] for r in replays]) > 0.5
    assert ece(came, said) < 0.025


def test_probabilities_follow_the_true_chances(
    replays: list[tuple[Floats, Floats, Floats, Floats, Floats]],
) -> None:
    for said, _, _, true, _ in replays:
        assert np.corrcoef(said, true)[0, 1] > 0.8

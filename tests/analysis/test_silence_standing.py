"""Scores kept ready equal the scores worked out anew."""

from __future__ import annotations

import numpy as np
import pytest

from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.predicting import predict
from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.analysis.silence.standing import score_standing, standing_of
from tests.support.simulated_waits import draw_waits


@pytest.mark.parametrize("days", [0.5, 1.0, 4.0, 14.0, 29.0])
def test_kept_scores_are_those_worked_out_anew(days: float) -> None:
    waits = draw_waits(seed=41, waits=400, contacts=30).waits
    model = shipped_prior()
    rows, waited = np.arange(300, 400), np.full(100, days)
    said = predict(model, waits, History.of(waits, model.accumulated()), rows, waited)
    kept = score_standing(model, standing_of(model, said.columns), waited)
    assert kept == pytest.approx(said.probability, rel=0.01)

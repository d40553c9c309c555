"""Figures of stated probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from gonequiet.stats.scoring import auc, brier, ece, figures, log_loss, reliability

HAPPENED = np.array([True, False, True, False, False])
STATED = np.array([0.9, 0.4, 0.4, 0.2, 0.1])


def test_the_figures_of_five_statements_are_those_of_pencil_and_paper() -> None:
    assert auc(HAPPENED, STATED) == pytest.approx(5.5 / 6)
    assert brier(HAPPENED, STATED) == pytest.approx((0.01 + 0.16 + 0.36 + 0.04 + 0.01) / 5)
    expected = -np.log([0.9, 0.6, 0.4, 0.8, 0.9]).mean()
    assert log_loss(HAPPENED, STATED) == pytest.approx(expected)


def test_auc_asks_only_for_the_order() -> None:
    assert auc(HAPPENED, STATED) == pytest.approx(auc(HAPPENED, STATED**3))


def test_saying_the_same_to_everybody_orders_nothing_and_may_be_honest() -> None:
    happened = np.arange(1000) % 5 == 0
    stated = np.full(1000, 0.2)
    assert auc(happened, stated) == pytest.approx(0.5)
    assert ece(happened, stated) < 0.01


def test_honest_statements_have_a_small_ece_and_boasts_a_large_one() -> None:
    rng = np.random.default_rng(7)
    stated = rng.beta(0.6, 2.0, 60_000)
    happened = rng.random(60_000) < stated
    assert ece(happened, stated) < 0.01
    assert ece(happened, np.sqrt(stated)) > 0.1


def test_of_nothing_nothing_is_claimed() -> None:
    nothing = figures(np.zeros(0, np.bool_), np.zeros(0))
    assert nothing.n == 0
    assert np.isnan(nothing.auc)


def test_bands_count_what_was_said_in_them() -> None:
    bands = reliability(HAPPENED, STATED)
    assert [(b.n, b.happened) for b in bands] == [(1, 0.0), (1, 0.0), (2, 0.5), (1, 1.0)]
    assert sum(b.n for b in bands) == 5
    assert reliability(np.array([True]), np.array([1.0]))[0].high == 1.0

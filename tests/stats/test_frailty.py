"""The Gamma frailty of contacts."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from gonequiet.stats.frailty import fit_shape, log_evidence, multiplier_interval_90, predictive


def test_the_predictive_is_the_integral_over_the_posterior() -> None:
    said = predictive(1.5, np.array([2.0]), np.array([3.0]), np.array([0.4]))[0]
    draws = stats.gamma(1.5 + 2.0, scale=1 / (1.5 + 3.0))
    assert said == pytest.approx(draws.expect(lambda f: -np.expm1(-f * 0.4)), rel=1e-6)


def test_silence_alone_lowers_the_belief() -> None:
    exposure = np.linspace(0.0, 5.0, 20)
    said = predictive(1.0, np.zeros(20), exposure, np.full(20, 0.5))
    assert (np.diff(said) < 0.0).all()


def test_answers_raise_the_belief() -> None:
    said = predictive(1.0, np.arange(10.0), np.full(10, 2.0), np.full(10, 0.5))
    assert (np.diff(said) > 0.0).all()
    assert ((said > 0.0) & (said < 1.0)).all()


def test_the_evidence_is_that_of_the_negative_binomial() -> None:
    events, exposure, shape = np.array([3.0, 0.0]), np.array([2.0, 1.0]), 1.7
    mine = log_evidence(shape, events, exposure) - log_evidence(1.0, events, exposure)

    def reference(a: float) -> float:
        return float(stats.nbinom(a, a / (a + exposure)).logpmf(events).sum())

    assert mine == pytest.approx(reference(shape) - reference(1.0))


@pytest.mark.parametrize("shape", [0.5, 1.0, 3.0])
def test_the_shape_of_simulated_contacts_is_found_again(shape: float) -> None:
    rng = np.random.default_rng(3)
    exposure = rng.uniform(1.0, 12.0, 4000)
    events = rng.poisson(rng.gamma(shape, 1 / shape, 4000) * exposure).astype(float)
    assert fit_shape(events, exposure) == pytest.approx(shape, rel=0.15)


@pytest.mark.parametrize("shape", [0.7, 1.0, 3.0, 20.0, 200.0])
def test_interval_ends_are_the_gamma_quantiles(shape: float) -> None:
    low, high = multiplier_interval_90(np.array([shape]))
    exact = stats.gamma(shape, scale=1 / shape)
    assert exact.cdf(low[0]) == pytest.approx(0.05, abs=0.03)
    assert exact.cdf(high[0]) == pytest.approx(0.95, abs=0.003)

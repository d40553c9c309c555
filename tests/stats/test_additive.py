"""The additive logistic model, its hats and its penalty."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from gonequiet.stats.additive import (
    Additive,
    Layout,
    Penalty,
    Stratum,
    fit_additive,
)
from gonequiet.stats.arrays import Floats
from gonequiet.stats.hats import fill, place
from gonequiet.stats.reweigh import fit_weights

KNOTS = np.array([0.0, 1.0, 3.0])


def test_a_value_between_knots_shares_its_weight() -> None:
    row = place(np.array([0.0, 0.5, 2.0, 9.0, -4.0, np.inf, np.nan]), KNOTS)
    effects = np.array([10.0, 20.0, 40.0])
    assert row.times(effects) == pytest.approx([10, 15, 30, 40, 10, 40, 40])


def test_the_hats_of_every_value_sum_to_one() -> None:
    block = np.zeros((50, 3), np.float32)
    fill(block, 0, place(np.linspace(-1, 4, 50), KNOTS))
    assert block.sum(axis=1) == pytest.approx(np.ones(50))


def stratum(seed: int, z: float, n: int = 400) -> tuple[Stratum, Floats]:
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.0, 3.0, n)
    chance = 1 / (1 + np.exp(-(-1.0 + 0.8 * x + z * (0.5 - 0.4 * x))))
    happened = (rng.random(n) < chance).astype(np.float32)
    return Stratum(z, (place(x, KNOTS),), happened, np.ones(n, np.float32)), x


def dense(x: Floats, z: float) -> Floats:
    """The design by interpolation, in double precision and another way than the code's."""
    hats = np.column_stack([np.interp(x, KNOTS, unit) for unit in np.eye(3)])
    return np.column_stack((np.ones(len(x)), hats, z * hats))


def test_the_fit_is_the_optimum_a_general_optimiser_finds() -> None:
    penalty = Penalty(level=1.0, smooth=2.0, slopes=3.0)
    drawn = [(*stratum(seed, z), z) for seed, z in ((1, -0.5), (2, 0.5))]
    strata = tuple(s for s, _, _ in drawn)
    fitted = fit_additive(strata, Layout((3,)), prior=Additive.zero(3), penalty=penalty).model
    precision = penalty.matrix(Layout((3,)))
    design = np.concatenate([dense(x, z) for _, x, z in drawn])
    happened = np.concatenate([s.happened for s in strata]).astype(np.float64)

    def cost(at: Floats) -> float:
        surprise = np.logaddexp(0.0, design @ at) - happened * (design @ at)
        return float(surprise.sum() + 0.5 * at @ precision @ at)

    def slope(at: Floats) -> Floats:
        said = 1 / (1 + np.exp(-design @ at))
        return np.asarray(precision @ at - design.T @ (happened - said), np.float64)

    reference = optimize.minimize(cost, np.zeros(7), jac=slope, method="BFGS")
    assert cost(fitted.packed()) == pytest.approx(reference.fun, abs=1e-3)
    assert fitted.packed() == pytest.approx(reference.x, abs=0.05)


def test_known_effects_are_found_again() -> None:
    strata = tuple(stratum(s, z, 40_000)[0] for s, z in ((3, -0.5), (4, 0.5)))
    fitted = fit_additive(strata, Layout((3,)), prior=Additive.zero(3), penalty=Penalty()).model
    steady = fitted.effects - fitted.effects[0]
    rising = fitted.slopes - fitted.slopes[0]
    assert steady == pytest.approx([0.0, 0.8, 2.4], abs=0.12)
    assert rising == pytest.approx([0.0, -0.4, -1.2], abs=0.2)


def test_without_rows_the_prior_stays() -> None:
    empty = Stratum(0.0, (place(np.array([]), KNOTS),), np.zeros(0, np.float32), np.zeros(0, "f4"))
    prior = Additive(constant=-2.0, effects=np.array([0.1, 0.2, 0.3]), slopes=np.zeros(3))
    fitted = fit_additive((empty,), Layout((3,)), prior=prior, penalty=Penalty()).model
    assert fitted.packed() == pytest.approx(prior.packed())


def test_when_nothing_ever_happened_the_fit_stays_finite() -> None:
    rows, _ = stratum(5, 0.0)
    never = Stratum(0.0, rows.columns, np.zeros(len(rows), np.float32), rows.weights)
    fitted = fit_additive((never,), Layout((3,)), prior=Additive.zero(3), penalty=Penalty()).model
    assert np.isfinite(fitted.packed()).all()
    assert fitted.constant < -3.0


def test_weights_without_rows_stay_where_the_prior_puts_them() -> None:
    centre = np.array([-1.0, 1.0])
    weights = fit_weights(
        np.zeros((0, 2)), np.zeros(0), np.zeros(0), centre=centre, precision=np.array([2.0, 20.0])
    )
    assert weights == pytest.approx(centre)


def test_weights_follow_plenty_of_rows() -> None:
    rng = np.random.default_rng(6)
    part = rng.normal(0.0, 1.5, 50_000)
    happened = (rng.random(50_000) < 1 / (1 + np.exp(-(0.4 + 0.5 * part)))).astype(float)
    weights = fit_weights(
        np.column_stack((np.ones(50_000), part)),
        happened,
        np.ones(50_000),
        centre=np.array([-1.0, 1.0]),
        precision=np.array([2.0, 20.0]),
    )
    assert weights == pytest.approx([0.4, 0.5], abs=0.05)

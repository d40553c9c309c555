"""Shares and quantiles from few cases, against scipy and by coverage."""

from __future__ import annotations

import random

import pytest
from scipy.stats import beta

from gonequiet.stats.shares import quantile_interval, share_interval


@pytest.mark.parametrize(("yes", "no"), [(0, 0), (3, 1), (15, 16), (40, 2), (0, 25), (6.5, 0.5)])
@pytest.mark.parametrize("level", [0.5, 0.9])
def test_the_interval_of_a_share_is_that_of_the_beta_distribution(
    yes: float, no: float, level: float
) -> None:
    wanted = beta.ppf([(1 - level) / 2, (1 + level) / 2], 1 + yes, 1 + no)

    assert share_interval(yes, no, level) == pytest.approx(wanted, abs=5e-4)


def test_intervals_of_quantiles_cover_the_true_one() -> None:
    chance = random.Random(5)
    covered = 0
    for _ in range(2_000):
        found = quantile_interval([chance.random() for _ in range(20)], 0.8)
        covered += found.low <= 0.8 and (found.high is None or found.high >= 0.8)

    assert covered / 2_000 >= 0.9


def test_few_numbers_leave_the_upper_bound_open() -> None:
    assert quantile_interval([3, 9, 12], 0.8).high is None


def test_the_quantile_is_one_of_the_numbers() -> None:
    assert quantile_interval([4, 8, 2, 6, 10], 0.8).value == 8

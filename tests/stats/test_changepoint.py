"""A change put into simulated observations is found again; where there is none, none is claimed."""

from __future__ import annotations

import numpy as np
import pytest

from gonequiet.stats.changepoint import ChangePoint, Measure, find_change_point


def simulated(
    rng: np.random.Generator, size: int, cut: int, shift: float, share: float
) -> list[Measure]:
    """Two numbers that shift by so many spreads, and a share that rises; some values missing."""
    late = np.arange(size) >= cut
    delays = rng.normal(0.0, 1.0, size) + shift * late
    delays[rng.random(size) < 0.3] = np.nan
    lengths = rng.normal(5.0, 0.7, size) - 0.7 * shift * late
    signs = (rng.random(size) < np.where(late, share, 0.1)).astype(float)
    return [Measure(delays), Measure(lengths), Measure(signs, is_share=True)]


def belief(measures: list[Measure]) -> ChangePoint:
    found = find_change_point(measures)
    assert found is not None
    return found


def test_ninety_per_cent_intervals_hold_nine_in_ten_true_changes() -> None:
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(300):
        cut = int(rng.integers(10, 50))
        found = belief(simulated(rng, 60, cut, 1.2, 0.5))
        held += found.earliest <= cut <= found.latest
    assert 0.87 <= held / 300 <= 1.0


def test_without_a_change_one_is_seldom_claimed() -> None:
    rng = np.random.default_rng(8)
    sure = [belief(simulated(rng, n, n, 0.0, 0.1)).probability > 0.8 for n in [12, 30, 60] * 100]
    assert np.mean(sure) < 0.03


def test_a_large_change_is_claimed_and_placed() -> None:
    found = belief(simulated(np.random.default_rng(9), 60, 35, 2.0, 0.7))
    assert found.probability > 0.99
    assert abs(found.cut - 35) <= 2
    assert found.after[0] > found.before[0]
    assert found.after[1] < found.before[1]


def test_probabilities_keep_their_word() -> None:
    """Half of the exchanges change; those said to have changed with 60 to 90 % mostly did."""
    rng = np.random.default_rng(10)
    said = []
    for number in range(600):
        changes = number % 2 == 0
        cut = int(rng.integers(4, 37)) if changes else 40
        shift = float(rng.normal(0.0, 1.4))
        measure = Measure(rng.normal(0.0, 1.0, 40) + shift * (np.arange(40) >= cut))
        found = find_change_point([measure], prior=0.5)
        assert found is not None
        said.append((found.probability, changes))
    middle = [changed for chance, changed in said if 0.6 <= chance < 0.9]
    assert len(middle) > 30
    assert 0.6 < np.mean(middle) < 0.95


def test_too_few_observations_say_nothing() -> None:
    assert find_change_point([Measure(np.arange(7.0))]) is None
    assert find_change_point([]) is None


@pytest.mark.parametrize("size", [8, 9, 30])
def test_what_never_varies_never_changed(size: int) -> None:
    found = belief([Measure(np.full(size, 3.0)), Measure(np.zeros(size), is_share=True)])
    assert found.probability < 0.2


def test_a_measure_without_values_changes_nothing() -> None:
    rng = np.random.default_rng(11)
    told = simulated(rng, 40, 20, 1.0, 0.4)
    more = [*told, Measure(np.full(40, np.nan))]
    assert belief(told).probability == pytest.approx(belief(more).probability)


def test_scale_and_origin_do_not_matter() -> None:
    values = np.random.default_rng(12).normal(0.0, 1.0, 40) + (np.arange(40) >= 25)
    one, other = belief([Measure(values)]), belief([Measure(values * 60 + 1000)])
    assert one.cut == other.cut
    assert one.probability == pytest.approx(other.probability)

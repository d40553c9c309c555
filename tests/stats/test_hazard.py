"""Events and exposure per bin."""

from __future__ import annotations

import numpy as np
import pytest

from gonequiet.stats.hazard import (
    BINS,
    DAY,
    EDGES,
    HOUR,
    BinSums,
    accumulated_at,
    floor_to_edge,
)


def assert_accumulated_hazard_properties(accumulated: np.ndarray) -> None:
    assert accumulated[0] == 0.0
    assert (np.diff(accumulated) > 0.0).all()


def test_two_waits_give_the_sums_of_pencil_and_paper() -> None:
    sums = BinSums.of(np.array([0.75 * HOUR, np.inf]), np.array([DAY, 3 * HOUR]))
    assert sums.events.sum() == 1.0
    assert sums.events[1] == 1.0
    assert sums.exposure[:4] == pytest.approx([0.5 + 0.5, 0.25 + 0.5, 1.0, 1.0])
    assert sums.exposure.sum() == pytest.approx(0.75 + 3.0)


def test_an_answer_after_the_records_end_is_not_seen() -> None:
    sums = BinSums.of(np.array([5 * HOUR]), np.array([2 * HOUR]))
    assert sums.events.sum() == 0.0
    assert sums.exposure.sum() == pytest.approx(2.0)


def test_sums_of_two_halves_are_the_sums_of_the_whole() -> None:
    rng = np.random.default_rng(1)
    answered = rng.exponential(30 * HOUR, 400)
    observed = rng.uniform(0, 40 * DAY, 400)
    halves = BinSums.of(answered[:150], observed[:150]) + BinSums.of(answered[150:], observed[150:])
    whole = BinSums.of(answered, observed)
    assert halves.events == pytest.approx(whole.events)
    assert halves.exposure == pytest.approx(whole.exposure)


def test_the_hazard_of_exponential_waits_is_found_again() -> None:
    rng = np.random.default_rng(2)
    answered = rng.exponential(50 * HOUR, 200_000)
    sums = BinSums.of(answered, np.full(200_000, 45 * DAY))
    assert sums.hazard()[:12] == pytest.approx(np.full(12, 1 / 50), rel=0.06)


def test_nelson_aalen_of_a_textbook_sample() -> None:
    """All answered within the first bin: events over exposure, as Nelson and Aalen have it."""
    sums = BinSums.of(np.array([600.0, 1200.0, 1800.0]), np.full(3, DAY))
    assert sums.exposure[0] == pytest.approx((600 + 1200 + 1800) / HOUR)
    assert sums.events[0] == 3.0


def test_accumulated_hazard_rises_from_zero_and_stays_after_the_last_edge() -> None:
    accumulated = BinSums(events=np.ones(BINS), exposure=np.full(BINS, 100.0)).accumulated()
    assert_accumulated_hazard_properties(accumulated)
    late = accumulated_at(accumulated, np.array([EDGES[-1], EDGES[-1] * 9]))
    assert late[0] == late[1] == accumulated[-1]


def test_a_wait_is_floored_to_the_bin_edge_it_has_reached() -> None:
    waited = np.array([0.0, 1799.0, DAY, DAY + 1])
    assert floor_to_edge(waited).tolist() == [0.0, 0.0, DAY, DAY]

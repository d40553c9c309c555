"""What had happened by a moment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.stats.asof import EventIndex, dense_codes

EVENTS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1000)), max_size=40)


def index_of(events: list[tuple[int, int]], half_life: float = np.inf) -> EventIndex:
    groups = np.array([g for g, _ in events], np.int64)
    moments = np.array([t for _, t in events], np.float64)
    return EventIndex.build(groups, moments, None, half_life)


@given(EVENTS, st.integers(0, 4), st.integers(0, 1000))
def test_counts_are_those_of_counting_by_hand(
    events: list[tuple[int, int]], group: int, moment: int
) -> None:
    index = index_of(events)
    asked = np.array([group]), np.array([float(moment)])
    assert index.count(*asked)[0] == sum(g == group and t <= moment for g, t in events)
    assert index.count_before(*asked)[0] == sum(g == group and t < moment for g, t in events)


@given(EVENTS, st.integers(0, 4), st.integers(0, 1000))
def test_the_last_event_is_the_latest_one_up_to_the_moment(
    events: list[tuple[int, int]], group: int, moment: int
) -> None:
    gap = index_of(events).since_last(np.array([group]), np.array([float(moment)]))[0]
    times = [t for g, t in events if g == group and t <= moment]
    assert gap == (moment - max(times) if times else np.inf)


@given(EVENTS, EVENTS, st.integers(0, 500))
def test_later_events_change_no_answer(
    events: list[tuple[int, int]], later: list[tuple[int, int]], moment: int
) -> None:
    early = [(g, t) for g, t in events if t <= moment]
    both = early + [(g, moment + 1 + t) for g, t in later]
    groups, moments = np.arange(5), np.full(5, float(moment))
    alone, together = index_of(early, 50.0), index_of(both, 50.0)
    assert np.array_equal(alone.count(groups, moments), together.count(groups, moments))
    assert np.array_equal(alone.total(groups, moments), together.total(groups, moments))


def test_an_event_counts_half_after_the_half_life() -> None:
    index = index_of([(0, 100)], half_life=50.0)
    asked = np.array([0, 0, 0]), np.array([100.0, 150.0, 200.0])
    assert index.total(*asked) == pytest.approx([1.0, 0.5, 0.25])


def test_absurd_dates_are_clamped_and_do_no_harm() -> None:
    index = EventIndex.build(np.array([0, 0]), np.array([-1e12, 5e10]))
    assert index.count(np.array([0]), np.array([1e9]))[0] == 1.0


def test_equal_pairs_share_a_number() -> None:
    codes = dense_codes(np.array([7, 7, 9, 7]), np.array([1, 2, 1, 1]))
    assert codes.tolist() == [0, 1, 2, 0]

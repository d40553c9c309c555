"""Working days and hours of many spells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.stats.worktime import make_calendar, work_hours_between, workdays_between

WEEK = (True, True, True, True, True, False, False)
CALENDAR = make_calendar(WEEK, ("2024-12-25", "2024-12-26"))
UTC_HERE = np.array([0.0])


def at(text: str) -> np.ndarray:
    return np.array([datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()])


def hours(begin: str, end: str, offset: float = 0.0) -> float:
    return float(work_hours_between(at(begin), at(end), np.array([offset]), CALENDAR)[0])


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2024-11-15T16:00", "2024-11-18T10:00", 2),  # Friday afternoon to Monday morning
        ("2024-11-16T10:00", "2024-11-17T20:00", 0),  # a weekend
        ("2024-11-18T09:00", "2024-11-18T17:00", 8),
        ("2024-11-18T03:00", "2024-11-18T23:00", 8),
        ("2024-12-24T16:00", "2024-12-27T10:00", 2),  # two holidays between
        ("2024-11-19T12:00", "2024-11-18T12:00", 0),  # a clock set back
    ],
)
def test_working_hours_are_those_on_the_wall(begin: str, end: str, expected: float) -> None:
    assert hours(begin, end) == pytest.approx(expected)


def test_the_offset_decides_whose_morning_it_is() -> None:
    assert hours("2024-11-18T00:00", "2024-11-18T06:00", offset=9.0) == pytest.approx(6)
    assert hours("2024-11-18T00:00", "2024-11-18T06:00", offset=0.0) == 0


def test_friday_to_monday_is_one_working_day() -> None:
    spans = (at("2024-11-15T10:00"), at("2024-11-18T10:00"))
    assert workdays_between(*spans, UTC_HERE, CALENDAR)[0] == 1
    assert workdays_between(spans[0], spans[0], UTC_HERE, CALENDAR)[0] == 0


@given(st.integers(0, 24 * 40), st.integers(0, 24 * 40), st.integers(0, 24 * 40))
def test_working_hours_add_up_and_never_exceed_the_clock(a: int, b: int, c: int) -> None:
    start = datetime(2024, 11, 1, tzinfo=UTC)
    x, y, z = (np.array([(start + timedelta(hours=h)).timestamp()]) for h in sorted((a, b, c)))
    whole = work_hours_between(x, z, UTC_HERE, CALENDAR)[0]
    parts = [work_hours_between(*p, UTC_HERE, CALENDAR)[0] for p in ((x, y), (y, z))]
    assert whole == pytest.approx(sum(parts))
    assert whole <= (z - x)[0] / 3600 + 1e-9


def test_absurd_dates_are_clamped() -> None:
    wild = work_hours_between(np.array([-1e15]), np.array([1e15]), UTC_HERE, CALENDAR)
    assert np.isfinite(wild).all()


def test_a_week_without_workdays_counts_every_day() -> None:
    never = make_calendar((False,) * 7, ())
    assert workdays_between(at("2024-11-15"), at("2024-11-18"), UTC_HERE, never)[0] == 3

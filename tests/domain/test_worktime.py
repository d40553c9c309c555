"""Whose time counts, and pauses of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

from gonequiet.domain.worktime import (
    Pause,
    WorkCalendar,
    find_zone,
    local_day,
    next_opening,
    paused_seconds,
)

BERLIN = WorkCalendar(zone="Europe/Berlin", holidays=frozenset({date(2024, 10, 3)}))


def utc(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def test_a_local_day_may_differ_from_the_utc_day() -> None:
    assert local_day(utc("2024-11-17T23:30"), BERLIN) == date(2024, 11, 18)


def test_the_next_opening_skips_evenings_weekends_and_holidays() -> None:
    assert next_opening(utc("2024-11-15T18:00"), BERLIN) == utc("2024-11-18T08:00")
    assert next_opening(utc("2024-10-02T16:00"), BERLIN) == utc("2024-10-04T07:00")
    assert next_opening(utc("2024-11-18T12:00"), BERLIN) == utc("2024-11-18T12:00")


def test_openings_stay_at_the_same_wall_hour_when_clocks_change() -> None:
    assert next_opening(utc("2024-10-25T16:00"), BERLIN) == utc("2024-10-28T08:00")
    assert next_opening(utc("2024-10-24T16:00"), BERLIN) == utc("2024-10-25T07:00")


def test_absurd_moments_and_unknown_zones_do_no_harm() -> None:
    nowhere = WorkCalendar(zone="Mars/Olympus")
    assert find_zone("Mars/Olympus") is None
    assert find_zone("../etc/passwd") is None
    assert local_day(-1e18, nowhere) == date(1970, 1, 2)
    assert local_day(1e18, nowhere) == date(2200, 1, 1)


def test_who_never_works_is_not_waited_for() -> None:
    never = WorkCalendar(week=(False,) * 7)
    assert next_opening(utc("2024-11-15T18:00"), never) == utc("2024-11-15T18:00")


def test_overlapping_pauses_stop_the_clock_once() -> None:
    pauses = (Pause(begins_at=10, ends_at=30), Pause(begins_at=20, ends_at=40))
    assert paused_seconds(0, 100, pauses) == 30
    assert paused_seconds(25, 35, pauses) == 10
    assert paused_seconds(50, 60, pauses) == 0
    assert paused_seconds(0, 100, ()) == 0

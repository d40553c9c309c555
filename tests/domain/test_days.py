"""A day is one on the owner's wall, whatever day it is in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.domain.days import Days

ZONES = ("UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kolkata")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_an_evening_in_california_is_still_the_same_day() -> None:
    assert Days(ZoneInfo("America/Los_Angeles")).day_of(at("2026-05-08T03:00")) == date(2026, 5, 7)


def test_a_day_ends_where_the_owner_is() -> None:
    assert Days(ZoneInfo("Europe/Berlin")).end_of(date(2026, 5, 7)) == at("2026-05-07T22:00")


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_on_which_clocks_change_is_as_long_as_it_is(day: date, hours: int) -> None:
    days = Days(ZoneInfo("Europe/Berlin"))
    assert days.end_of(day) - days.start_of(day) == hours * 3600


@given(st.integers(-(10**15), 10**15), st.sampled_from(ZONES))
def test_any_number_is_on_some_day(moment: int, zone: str) -> None:
    assert date.min <= Days(ZoneInfo(zone)).day_of(moment) <= date.max


@given(st.dates(date(1970, 1, 2), date(2999, 12, 30)), st.sampled_from(ZONES))
def test_a_day_holds_its_moments_and_no_others(day: date, zone: str) -> None:
    days = Days(ZoneInfo(zone))
    start, end = days.start_of(day), days.end_of(day)
    assert days.day_of(start) == days.day_of(end - 1) == day
    assert days.day_of(end) == day + timedelta(days=1)
    assert days.day_of(start - 1) == day - timedelta(days=1)


def test_the_last_day_of_all_ends() -> None:
    assert Days().end_of(date.max) > Days().start_of(date.max)

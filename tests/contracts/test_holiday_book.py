"""The book of holidays, against calendars printed elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from gonequiet.app.workdays import HolidayBook
from gonequiet.sources.holiday_book import PackagedHolidays

BOOK: HolidayBook = PackagedHolidays()


@pytest.mark.parametrize(
    ("country", "region", "day"),
    [
        ("JP", "", date(2026, 5, 6)),  # substitute for the Sunday of Golden Week
        ("DE", "", date(2026, 10, 3)),
        ("US", "", date(2026, 11, 26)),  # Thanksgiving
        ("SG", "", date(2026, 8, 10)),  # National Day, observed on Monday
        ("GB", "", date(2026, 8, 31)),  # most of the United Kingdom lives in England
        ("GB", "SCT", date(2026, 8, 3)),
        ("DE", "BY", date(2026, 1, 6)),
    ],
)
def test_a_public_holiday_is_known(country: str, region: str, day: date) -> None:
    assert day in BOOK.holidays(country, region, day.year)


@pytest.mark.parametrize(
    ("country", "region", "day"),
    [
        ("DE", "HH", date(2026, 1, 6)),  # only in the south
        ("GB", "SCT", date(2026, 8, 31)),
        ("US", "NY", date(2026, 2, 12)),  # kept by the state's offices only
    ],
)
def test_a_day_of_elsewhere_is_not(country: str, region: str, day: date) -> None:
    assert day not in BOOK.holidays(country, region, day.year)


@pytest.mark.parametrize("country", ["", "XX", "ZZZ", "d"])
def test_an_unknown_country_has_none(country: str) -> None:
    assert BOOK.holidays(country, "", 2026) == frozenset()
    assert BOOK.weekend(country, 2026) == (5, 6)


def test_an_unknown_region_has_those_of_its_country() -> None:
    assert BOOK.holidays("DE", "Nowhere", 2026) == BOOK.holidays("DE", "", 2026)


@pytest.mark.parametrize(
    ("country", "year", "weekend"),
    [
        ("GB", 2026, (5, 6)),
        ("SA", 2026, (4, 5)),
        ("IL", 2026, (4, 5)),
        ("AE", 2020, (4, 5)),
        ("AE", 2026, (5, 6)),  # changed in 2022
    ],
)
def test_the_weekend_is_the_countrys_of_that_year(
    country: str, year: int, weekend: tuple[int, ...]
) -> None:
    assert BOOK.weekend(country, year) == weekend


@pytest.mark.parametrize("year", [1970, 2199])
def test_years_far_away_do_no_harm(year: int) -> None:
    assert all(day.year == year for day in BOOK.holidays("JP", "", year))

"""Public holidays of the world, from the `holidays` package; imported when first asked."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from gonequiet.domain.workdays import WEEKEND

if TYPE_CHECKING:
    from holidays import HolidayBase

# Where most people of a country live, when its nations keep different days and none is known.
_USUAL_REGION = {"GB": "ENG"}
# Days that the states of these countries add are kept by their offices, not by business.
_WITHOUT_REGIONS = frozenset({"US"})


class PackagedHolidays:
    """Implements `app.workdays.HolidayBook`; knows nothing of a country it has no rules for."""

    def holidays(self, country: str, region: str, year: int) -> frozenset[date]:
        """Returns the public holidays of a year; none for an unknown country."""
        found = _of_year(country, self._region(country, region), year)
        return frozenset() if found is None else frozenset(found)

    def weekend(self, country: str, year: int) -> tuple[int, ...]:
        """Returns the free weekdays of a country as they were in the middle of a year."""
        found = _of_year(country, "", year)
        if found is None:
            return WEEKEND
        middle = date(year, 7, 1)
        week = (middle + timedelta(days=step) for step in range(7))
        return tuple(sorted(day.weekday() for day in week if found.is_weekend(day)))

    @staticmethod
    def _region(country: str, region: str) -> str:
        if country in _WITHOUT_REGIONS:
            return ""
        return region or _USUAL_REGION.get(country, "")


@lru_cache(maxsize=2048)
def _of_year(country: str, region: str, year: int) -> HolidayBase | None:
    """Returns one year of a country; of the whole of it when the region is unknown."""
    import holidays

    try:
        return holidays.country_holidays(country, subdiv=region or None, years=year)
    except NotImplementedError:  # no such country, or no such region in it
        return _of_year(country, "", year) if region else None

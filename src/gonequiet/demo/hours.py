"""Working hours, working days and public holidays of the people in the demo."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

DAY_LENGTH_HOURS = 9.0
YEARS = range(2015, 2041)


class Place(NamedTuple):
    """Where somebody works: decides holidays and the offset of their mail."""

    country: str
    region: str
    zone: str


@lru_cache(maxsize=64)
def days_off(country: str, region: str, year: int) -> frozenset[date]:
    """Returns the public holidays of one year."""
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))


def is_working_day(place: Place, day: date) -> bool:
    """Says whether people work there on that day."""
    return day.weekday() < 5 and day not in days_off(place.country, place.region, day.year)


def next_working_day(place: Place, day: date) -> date:
    """Returns the day itself when it is a working day, else the next one."""
    while not is_working_day(place, day):
        day += timedelta(days=1)
    return day


def shift_working_days(place: Place, day: date, count: int) -> date:
    """Moves by `count` working days, backwards when it is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(place, day):
            day += step
    return next_working_day(place, day)


def count_working_days(place: Place, start: date, end: date) -> int:
    """Counts working days after `start` up to and including `end`."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(place, day) for day in days)


def at_local(place: Place, day: date, clock: str) -> datetime:
    """Returns "10:20" on that day as an aware moment of that place."""
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(place.zone))


def add_working_hours(place: Place, moment: datetime, hours: float, starts: float) -> datetime:
    """Adds working hours of nine a day that begin at `starts` o'clock, skipping days off.

    Args:
        place: of the person who works.
        moment: aware, in any zone.
        hours: working hours to add.
        starts: beginning of the working day as a decimal hour.

    Returns:
        An aware moment in the person's own zone, within their working hours.
    """
    local = moment.astimezone(ZoneInfo(place.zone))
    day = next_working_day(place, local.date())
    clock = local.hour + local.minute / 60 if day == local.date() else 0.0
    worked = min(max(clock - starts, 0.0), DAY_LENGTH_HOURS) + hours
    whole_days, rest = divmod(worked, DAY_LENGTH_HOURS)
    day = shift_working_days(place, day, int(whole_days)) if whole_days else day
    minutes = int((starts + rest) * 60)
    return at_local(place, day, f"{minutes // 60}:{minutes % 60}") + timedelta(
        seconds=int(worked * 3600) % 60
    )


def random_working_moment(place: Place, day: date, starts: float, random: Random) -> datetime:
    """Returns some moment of the working day that falls on, or next after, `day`."""
    minutes = int(starts * 60 + random.random() * DAY_LENGTH_HOURS * 60)
    moment = at_local(place, next_working_day(place, day), f"{minutes // 60}:{minutes % 60}")
    return moment + timedelta(seconds=random.randrange(60))


def in_the_evening(moment: datetime, random: Random) -> datetime:
    """Returns a moment on the evening of the same day."""
    return moment.replace(hour=random.randrange(19, 23), minute=random.randrange(60))

"""Working time: which days count as waiting, in the contact's own zone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonequiet.domain.days import zone_named
from gonequiet.domain.episode import Pause
from gonequiet.domain.moments import DAY

WEEKEND = (5, 6)
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2200
_EARLIEST_AT, _LATEST_AT = -2_208_988_800, 7_258_118_400  # the same years, UTC
_EPOCH = date(1970, 1, 1).toordinal()
_STEP = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """When somebody can be expected to work.

    Attributes:
        holidays: public holidays where they are.
        weekend: weekdays that are free, Monday is 0.
        time_zone: IANA name; "" or an unknown one stands for UTC.
    """

    holidays: frozenset[date] = frozenset()
    weekend: tuple[int, ...] = WEEKEND
    time_zone: str = ""


def working_days_between(
    start_at: int, stop_at: int, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> int:
    """Returns how many working days lie after the day of `start_at` up to the day of `stop_at`.

    Days are those of the contact's zone. A day whose noon lies in a pause is no working day; the
    return of an absence is known to the day at best, and noon is far from either end of it.

    Args:
        start_at: UTC epoch seconds.
        stop_at: UTC epoch seconds; before `start_at` gives 0.
        calendar: of the contact.
        pauses: away spells, in any order; they may overlap.
    """
    days = _prepared(calendar)
    first, last = days.day_of(start_at), days.day_of(stop_at)
    if last <= first:
        return 0
    count = days.working(first, last)
    for from_at, until_at in _merged(pauses):
        away_from = max(first, days.first_noon(from_at) - 1)
        away_to = min(last, days.first_noon(until_at) - 1)
        if away_to > away_from:
            count -= days.working(away_from, away_to)
    return count


def counted_seconds(
    start_at: int, stop_at: int, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> int:
    """Returns the seconds from one moment to another without public holidays and away spells.

    Every public holiday is left out whole, also one that falls on a weekend; other weekend days
    stay in, because the reply model knows what a weekend does. Spans are half open.

    Args:
        start_at: UTC epoch seconds.
        stop_at: UTC epoch seconds; before `start_at` gives 0.
        calendar: of the contact.
        pauses: away spells, in any order; they may overlap each other and holidays.
    """
    if stop_at <= start_at:
        return 0
    days = _prepared(calendar)
    counted = days.counted(start_at, stop_at)
    for from_at, until_at in _merged(pauses):
        away_from, away_to = max(start_at, from_at), min(stop_at, until_at)
        if away_to > away_from:
            counted -= days.counted(away_from, away_to)
    return counted


def counted_until(
    start_at: int, seconds: int, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> int:
    """Returns the moment by which so many seconds count, to a quarter of an hour at worst.

    The inverse of `counted_seconds`: what a holiday or an absence holds up comes later.

    Args:
        start_at: UTC epoch seconds.
        seconds: to be counted from then on.
        calendar: of the contact.
        pauses: away spells, in any order; they may overlap.
    """
    moment = start_at + max(seconds, 0)
    away = list(_merged(pauses))
    while (missing := seconds - counted_seconds(start_at, moment, calendar, pauses)) > 0:
        moment += max(missing, _STEP)
        moment = max((until for since, until in away if since <= moment < until), default=moment)
    return moment


def first_worked_at(start_at: int, calendar: WorkCalendar, pauses: Sequence[Pause] = ()) -> int:
    """Returns the beginning of the first working day after the day of a moment.

    Args:
        start_at: UTC epoch seconds; absurd moments are drawn near.
        calendar: of the contact; where it has no working day, a year later is returned.
        pauses: away spells, in any order.
    """
    zone = zone_named(calendar.time_zone)
    first = _prepared(calendar).day_of(start_at)
    moments = (_midnight(date.fromordinal(first + step), zone) for step in range(1, 367))
    moment = start_at
    for moment in moments:
        if working_days_between(start_at, moment, calendar, pauses):
            break
    return moment


def _merged(pauses: Sequence[Pause]) -> Iterable[tuple[int, int]]:
    """Yields the away spells in order, those that touch as one."""
    if len(pauses) < 2:
        return [(one.from_at, one.until_at) for one in pauses]
    merged: list[tuple[int, int]] = []
    for from_at, until_at in sorted((one.from_at, one.until_at) for one in pauses):
        if merged and from_at <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], until_at))
        else:
            merged.append((from_at, until_at))
    return merged


class _Days(NamedTuple):
    """A calendar, worked out so that a question is a few look-ups.

    Attributes:
        zone: the time zone.
        off_starts: first moment of each holiday, in order.
        off_stops: first moment after it.
        off_sums: seconds of all holidays before it; one entry more than there are holidays.
        free_days: ordinals of the holidays that are no weekend days, in order.
        week: working days from a Monday to each weekday, that day included.
        offsets: seconds east of UTC on days (UTC, since 1970) without a change; filled in use,
            because asking the zone costs more than all the rest.
    """

    zone: ZoneInfo
    off_starts: list[int]
    off_stops: list[int]
    off_sums: list[int]
    free_days: list[int]
    week: tuple[int, ...]
    offsets: dict[int, int | None]

    def day_of(self, at: int) -> int:
        """Returns the ordinal of the day a moment falls on; absurd moments are drawn near."""
        return self._local(at) // DAY + _EPOCH

    def first_noon(self, at: int) -> int:
        """Returns the ordinal of the first day whose noon is not before a moment."""
        return -((DAY // 2 - self._local(at)) // DAY) + _EPOCH

    def working(self, after: int, until: int) -> int:
        """Returns how many working days lie after a day up to another (ordinals)."""
        free = bisect_right(self.free_days, until) - bisect_right(self.free_days, after)
        return self._weekdays(until) - self._weekdays(after) - free

    def counted(self, start_at: int, stop_at: int) -> int:
        """Returns the seconds of a span that fall on no holiday."""
        return stop_at - start_at - self._off_before(stop_at) + self._off_before(start_at)

    def _weekdays(self, day: int) -> int:
        """Returns how many days up to an ordinal are no weekend days; day 1 was a Monday."""
        weeks, weekday = divmod(day - 1, 7)
        return weeks * self.week[6] + self.week[weekday]

    def _off_before(self, at: int) -> int:
        place = bisect_right(self.off_starts, at)
        if not place:
            return 0
        return self.off_sums[place] - max(0, self.off_stops[place - 1] - at)

    def _local(self, at: int) -> int:
        """Returns what the contact's clock shows, as seconds since its own 1970."""
        at = min(max(at, _EARLIEST_AT), _LATEST_AT)
        day = at // DAY
        if day not in self.offsets:
            first, last = _offset(day * DAY, self.zone), _offset((day + 1) * DAY, self.zone)
            self.offsets[day] = first if first == last else None
        steady = self.offsets[day]
        return at + (_offset(at, self.zone) if steady is None else steady)


@lru_cache(maxsize=1024)
def _prepared(calendar: WorkCalendar) -> _Days:
    zone = zone_named(calendar.time_zone)
    holidays = sorted(
        day for day in calendar.holidays if _EARLIEST_YEAR <= day.year <= _LATEST_YEAR
    )
    starts = [_midnight(day, zone) for day in holidays]
    stops = [_midnight(day + timedelta(days=1), zone) for day in holidays]
    works = [day not in calendar.weekend for day in range(7)]
    return _Days(
        zone,
        starts,
        stops,
        list(accumulate((b - a for a, b in zip(starts, stops, strict=True)), initial=0)),
        [day.toordinal() for day in holidays if works[day.weekday()]],
        tuple(accumulate(works)),
        {},
    )


def _offset(at: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(at, zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())

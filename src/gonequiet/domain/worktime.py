"""Whose time counts: a contact's working week, holidays and zone, and pauses of the clock.

Moments stay UTC. A working calendar only says which local days and hours are worked; counting
itself is `stats.worktime`, for many waits at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONDAY_TO_FRIDAY = (True, True, True, True, True, False, False)
EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)  # wilder moments are brought to these ends
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """When somebody usually works.

    Attributes:
        zone: IANA name of their time zone.
        week: whether each day from Monday to Sunday is worked.
        holidays: local days that are not worked.
        opens_at: hour their day begins, 0 to 23.
        closes_at: hour it ends, 1 to 24.
    """

    zone: str = "UTC"
    week: tuple[bool, bool, bool, bool, bool, bool, bool] = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = frozenset()
    opens_at: int = 9
    closes_at: int = 17

    def is_workday(self, day: date) -> bool:
        """Whether a local day is worked."""
        return self.week[day.weekday()] and day not in self.holidays


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A spell in which a clock stands still, half open: an absence, say.

    Attributes:
        begins_at: UTC epoch seconds.
        ends_at: UTC epoch seconds, the stated return.
    """

    begins_at: float
    ends_at: float


def find_zone(name: str) -> ZoneInfo | None:
    """The zone of a name, or None when this machine knows no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local_day(moment: float, calendar: WorkCalendar) -> date:
    """The local day of a moment; absurd moments are brought to the nearest sensible one."""
    bounded = min(max(moment, EARLIEST.timestamp()), LATEST.timestamp())
    return datetime.fromtimestamp(bounded, find_zone(calendar.zone) or UTC).date()


def next_opening(moment: float, calendar: WorkCalendar) -> float:
    """The first moment from this one on inside the calendar's working hours.

    Wall time is built per local day and then taken back to UTC, so that a change of the clocks
    moves no opening. Where ten weeks hold no workday the moment itself comes back.
    """
    zone = find_zone(calendar.zone) or UTC
    day = local_day(moment, calendar)
    for ahead in range(70):
        at = day + timedelta(days=ahead)
        if not calendar.is_workday(at):
            continue
        opens, closes = (_wall(at, hour, zone) for hour in (calendar.opens_at, calendar.closes_at))
        if moment < closes:
            return max(moment, opens)
    return moment


def _wall(day: date, hour: int, zone: tzinfo) -> float:
    """Epoch seconds of a local hour; hour 24 is midnight after the day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return (midnight + timedelta(hours=hour)).timestamp()


def paused_seconds(begins_at: float, ends_at: float, pauses: tuple[Pause, ...]) -> float:
    """Seconds of a spell in which any of the pauses held; overlaps count once."""
    total, reached = 0.0, begins_at
    for pause in sorted(pauses, key=lambda p: p.begins_at):
        start, stop = max(pause.begins_at, reached), min(pause.ends_at, ends_at)
        if stop > start:
            total += stop - start
            reached = stop
    return total

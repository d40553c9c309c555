"""Working time of many spells at once: days by numpy's busday, hours by shifted wall time.

A working day counts from its local opening to its closing hour. Offsets from UTC are given per
moment, so a change of the clocks between two moments is counted as wall clocks show it.
"""

from __future__ import annotations

import numpy as np

from gonequiet.stats.arrays import Flags, Floats
from gonequiet.stats.hazard import DAY, HOUR

EARLIEST, LATEST = 86_400.0, 7_258_118_400.0  # 1970 to 2200; wilder moments are clamped


def make_calendar(week: tuple[bool, ...], holidays: tuple[str, ...]) -> np.busdaycalendar:
    """A numpy calendar.

    Args:
        week: whether each day from Monday to Sunday is worked; all False means never.
        holidays: ISO dates.
    """
    worked = list(week) if any(week) else [True] * 7
    days = np.array(holidays, "datetime64[D]")
    return np.busdaycalendar(weekmask=worked, holidays=days)


def workdays_between(
    begins: Floats, ends: Floats, offsets_hours: Floats, calendar: np.busdaycalendar
) -> Floats:
    """Working days from the day of one moment to that of another, the first not counted.

    Args:
        begins: epoch seconds, shape (n,).
        ends: epoch seconds, shape (n,).
        offsets_hours: local time minus UTC, shape (n,) or (1,).
        calendar: see `make_calendar`.
    """
    first, last = _local(begins, offsets_hours), _local(ends, offsets_hours)
    counted = np.busday_count(_days(first) + 1, _days(last) + 1, busdaycal=calendar)
    return np.maximum(counted, 0).astype(np.float64)


def work_hours_between(
    begins: Floats,
    ends: Floats,
    offsets_hours: Floats,
    calendar: np.busdaycalendar,
    *,
    opens_at: float = 9.0,
    closes_at: float = 17.0,
) -> Floats:
    """Working hours between two moments, 0 where the end lies before the beginning.

    Args:
        begins: epoch seconds, shape (n,).
        ends: epoch seconds, shape (n,).
        offsets_hours: local time minus UTC, shape (n,) or (1,).
        calendar: see `make_calendar`.
        opens_at: local hour a day begins.
        closes_at: local hour it ends.
    """
    first, last = _local(begins, offsets_hours), _local(ends, offsets_hours)
    length = closes_at - opens_at
    days = np.busday_count(_days(first), _days(last), busdaycal=calendar)
    into_last = _hours_into(last, opens_at, length, calendar)
    into_first = _hours_into(first, opens_at, length, calendar)
    return np.maximum(days * length + into_last - into_first, 0.0)


def _local(moments: Floats, offsets_hours: Floats) -> Floats:
    return np.clip(moments, EARLIEST, LATEST) + offsets_hours * HOUR


def _days(local: Floats) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.floor(local / DAY).astype(np.int64).astype("datetime64[D]")


def _hours_into(
    local: Floats, opens_at: float, length: float, calendar: np.busdaycalendar
) -> Floats:
    """Hours of the working day that have passed at a local moment; 0 on a day not worked."""
    worked: Flags = np.is_busday(_days(local), busdaycal=calendar)
    hour = np.mod(local, DAY) / HOUR
    return np.where(worked, np.clip(hour - opens_at, 0.0, length), 0.0)

"""The owner's days: on which day a moment falls where the owner is, and when that day ends.

Moments are kept in UTC; whoever says "today", "due" or "overdue" means a day on the owner's wall.
Everything that turns one into the other does it here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from gonequiet.domain.moments import DAY

_EARLIEST_AT: Final = -62_135_510_400  # a day after the first that can be named
_LATEST_AT: Final = 253_402_214_399  # a day before the last
_UTC: Final = "UTC"


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    """Returns the zone of a name; "" and what is no name of one stand for UTC."""
    try:
        return ZoneInfo(name or _UTC)
    except (ValueError, OSError, KeyError):  # not a name, a folder, unknown here
        return ZoneInfo(_UTC)


class Days(NamedTuple):
    """Days as they begin and end in one zone.

    Attributes:
        zone: of the owner's wall clock.
    """

    zone: tzinfo = UTC

    def local(self, moment: int) -> datetime:
        """Returns a moment (UTC epoch seconds) as the wall clock shows it; absurd ones drawn near.

        The two ends of the calendar are left out: no zone can then lead beyond them.
        """
        near = min(max(moment, _EARLIEST_AT), _LATEST_AT)
        return datetime.fromtimestamp(near, self.zone)

    def day_of(self, moment: int) -> date:
        """Returns the day a moment falls on."""
        return self.local(moment).date()

    def start_of(self, day: date) -> int:
        """Returns the first moment of a day, UTC epoch seconds."""
        return int(datetime.combine(day, time(), self.zone).timestamp())

    def end_of(self, day: date) -> int:
        """Returns the first moment after a day; it has 23 or 25 hours where clocks change."""
        if day == date.max:
            return self.start_of(day) + DAY
        return self.start_of(day + timedelta(days=1))


IN_UTC: Final = Days()

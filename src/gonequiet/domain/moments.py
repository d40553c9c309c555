"""Moments are UTC epoch seconds; these are the ones that are believed, and how long a day is."""

from __future__ import annotations

from typing import Final

DAY: Final = 86_400
EARLIEST_AT: Final = 473_385_600
"""1985 in UTC: no mail, call or text the owner kept is older; a date before it is a mistake."""
LATEST_AT: Final = 4_102_444_800
"""2100 in UTC: no record is of later than this."""


def plausible(at: int) -> int | None:
    """Returns a moment at which something may have been recorded, None for any other."""
    return at if EARLIEST_AT <= at < LATEST_AT else None

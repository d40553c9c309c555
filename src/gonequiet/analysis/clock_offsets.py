"""What the UTC offsets of somebody's mail tell: which clocks they fit, summer and winter.

A mail carries the offset of the machine it was written on. Mail with offset 0 all year may come
from a server that keeps UTC, so it contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonequiet.analysis.places import zones_of

_LATEST_AT = 7_258_118_400  # the year 2200: later moments are mistakes
_FEWEST = 3  # months that must fit before a clock alone tells a country
_FITS = 0.8
_SERVERS = "Etc/UTC"


class SeenOffset(NamedTuple):
    """The offset a contact's mail had at a moment; one a month is enough.

    Attributes:
        at: UTC epoch seconds.
        minutes: east of UTC.
    """

    at: int
    minutes: int


class Fit(NamedTuple):
    """How well a country's clocks agree with the offsets.

    Attributes:
        time_zone: the clock of the country that agrees best.
        share: of the offsets that agree with it, 0 to 1.
        contrary: share of the offsets that are neither its own nor 0.
    """

    time_zone: str
    share: float
    contrary: float


# One clock for each way of keeping time, and the country that has nearly all of its people; "":
# several countries share it.
_CLOCKS = {
    "Pacific/Honolulu": "US",
    "America/Anchorage": "US",
    "America/Los_Angeles": "US",
    "America/Phoenix": "",
    "America/Denver": "US",
    "America/Mexico_City": "",
    "America/Chicago": "US",
    "America/Bogota": "",
    "America/New_York": "US",
    "America/Caracas": "",
    "America/Halifax": "CA",
    "America/Santiago": "CL",
    "America/St_Johns": "CA",
    "America/Argentina/Buenos_Aires": "",
    _SERVERS: "",
    "Europe/London": "GB",
    "Africa/Lagos": "",
    "Europe/Berlin": "",
    "Africa/Johannesburg": "",
    "Europe/Athens": "",
    "Europe/Moscow": "",
    "Asia/Tehran": "IR",
    "Asia/Dubai": "",
    "Asia/Kabul": "AF",
    "Asia/Karachi": "",
    "Asia/Kolkata": "IN",
    "Asia/Kathmandu": "NP",
    "Asia/Dhaka": "",
    "Asia/Yangon": "MM",
    "Asia/Bangkok": "",
    "Asia/Singapore": "",
    "Asia/Tokyo": "",
    "Australia/Darwin": "AU",
    "Australia/Adelaide": "AU",
    "Australia/Brisbane": "",
    "Australia/Sydney": "AU",
    "Pacific/Auckland": "NZ",
}


def fit_country(offsets: Sequence[SeenOffset], country: str) -> Fit | None:
    """Returns how well a country agrees with the offsets, None when nothing can be said."""
    seen = _plausible(offsets)
    zones = zones_of(country)
    if not seen or not zones:
        return None
    best = max(zones, key=lambda zone: (_share(seen, zone), -zones.index(zone)))
    share = _share(seen, best)
    stray = sum(one.minutes != 0 and not _agrees(one, best) for one in seen)
    return Fit(best, share, stray / len(seen))


def country_by_clock(offsets: Sequence[SeenOffset]) -> tuple[str, str]:
    """Returns the country and clock that the offsets alone tell, "" where they do not.

    Two clocks that fit equally well tell nothing: +02:00 in July is Berlin and Johannesburg.
    """
    seen = _plausible(offsets)
    if len(seen) < _FEWEST:
        return "", ""
    shares = {zone: _share(seen, zone) for zone in _CLOCKS if _may_fit(seen, zone)}
    if not shares:
        return "", ""
    best = max(shares.values())
    fitting = [zone for zone, share in shares.items() if share == best]
    if len(fitting) > 1 or fitting[0] == _SERVERS:
        return "", ""
    return _CLOCKS[fitting[0]], fitting[0]


def in_words(minutes: int) -> str:
    """Writes an offset as mail does: "+05:30"."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def _plausible(offsets: Sequence[SeenOffset]) -> list[SeenOffset]:
    return [one for one in offsets if 0 <= one.at <= _LATEST_AT and abs(one.minutes) <= 14 * 60]


def _may_fit(seen: Sequence[SeenOffset], zone: str) -> bool:
    """Says whether enough offsets agree with a clock; most are out after a few."""
    strays_left = int(len(seen) * (1 - _FITS) + 1e-9)
    for one in seen:
        strays_left -= not _agrees(one, zone)
        if strays_left < 0:
            return False
    return True


def _share(seen: Sequence[SeenOffset], zone: str) -> float:
    return sum(_agrees(one, zone) for one in seen) / len(seen)


def _agrees(seen: SeenOffset, zone: str) -> bool:
    offset = datetime.fromtimestamp(seen.at, _zone(zone)).utcoffset()
    return offset is not None and offset.total_seconds() == seen.minutes * 60


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)

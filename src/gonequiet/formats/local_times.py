"""Moments as people and telephones write them: "31.12.23, 21:15", "12/31/2023 9:15 PM".

Which number is the day is not in one line, but mostly in all of them together: a number above
twelve settles it. Where nothing does, the country does (the United States put the month first),
and the reader says that it guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from gonequiet.domain.days import zone_named
from gonequiet.domain.moments import plausible

_DATE: Final = re.compile(
    r"(?P<a>\d{1,4})[./\-\u200e ]{1,2}(?P<b>\d{1,2})[./\-\u200e ]{1,2}(?P<c>\d{2,4})"
)
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:[\s\u202f\u00a0]*(?P<half>[ap])\.?[\s\u00a0]?m\b\.?)?",
    re.IGNORECASE,
)
_ZONE: Final = re.compile(r"(?:(?P<utc>Z|UTC|GMT)|(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2}))\s*$")
_DIGITS: Final = re.compile(r"\d{9,13}")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january jän jänner",
            "feb februar february",
            "mar mär mrz märz march",
            "apr april",
            "may mai",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "oct okt oktober october",
            "nov november",
            "dec dez dezember december",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMED: Final = re.compile(
    r"(?:(?P<day>\d{1,2})\.?[ -](?P<month>[A-Za-zäÄ]{3,9})\.?,?[ -](?P<year>\d{4}))|"
    r"(?:(?P<month2>[A-Za-zäÄ]{3,9})\.? (?P<day2>\d{1,2}),? (?P<year2>\d{4}))"
)
_MONTH_FIRST: Final = frozenset({"US", "PH", "PR", "GU", "FM", "MH"})
_LAST_MONTH: Final = 12
_EARLIEST_YEAR: Final = 1985


class DateOrder(NamedTuple):
    """Which number is the day.

    Attributes:
        is_month_first: the month stands before the day.
        is_guessed: nothing in the records settles it.
    """

    is_month_first: bool
    is_guessed: bool


def find_order(texts: Iterable[str], country: str) -> DateOrder:
    """Returns which number is the day, from all dates of a file."""
    first, second, seen = 0, 0, False
    for text in texts:
        found = _DATE.search(text[:60])
        if found is None or len(found["a"]) == 4:
            continue
        seen = True
        first, second = max(first, int(found["a"])), max(second, int(found["b"]))
        if first > _LAST_MONTH or second > _LAST_MONTH:
            break
    if first > _LAST_MONTH or second > _LAST_MONTH:
        return DateOrder(second > _LAST_MONTH, is_guessed=False)
    return DateOrder(country.upper() in _MONTH_FIRST, is_guessed=seen)


def parse_moment(text: str, order: DateOrder, zone: str) -> int | None:
    """Returns a moment as UTC epoch seconds, None when it is none.

    Args:
        text: a date and a time, or seconds or milliseconds since 1970.
        order: which number is the day.
        zone: what the moment is in when it names no zone itself, "" for UTC.
    """
    text = text.strip()[:60]
    if _DIGITS.fullmatch(text):
        value = int(text)
        return plausible(value // 1000 if len(text) > 10 else value)
    day = _day(text, order)
    if day is None:
        return None
    rest = text[day[3] :]
    try:
        moment = datetime(*day[:3], *_time(rest), tzinfo=_zone_of(rest, zone))
    except (ValueError, OverflowError):
        return None
    return plausible(int(moment.timestamp()))


def _day(text: str, order: DateOrder) -> tuple[int, int, int, int] | None:
    found = _DATE.search(text)
    if found is not None:
        a, b, c = int(found["a"]), int(found["b"]), int(found["c"])
        if len(found["a"]) == 4:
            return a, b, c, found.end()
        year = c + 2000 if c < 100 else c
        day, month = (b, a) if order.is_month_first else (a, b)
        return year, month, day, found.end()
    named = _NAMED.search(text)
    if named is None:
        return None
    month = _MONTHS.get((named["month"] or named["month2"]).lower(), 0)
    day = int(named["day"] or named["day2"])
    return (int(named["year"] or named["year2"]), month, day, named.end()) if month else None


def _time(text: str) -> tuple[int, int, int]:
    found = _TIME.search(text)
    if found is None:
        return 0, 0, 0
    hour = int(found["hour"])
    half = (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(found["minute"]), int(found["second"] or 0)


def _zone_of(text: str, zone: str) -> ZoneInfo:
    found = _ZONE.search(text)
    if found is None:
        return zone_named(zone)
    if found["utc"]:
        return zone_named("")
    hours = int(found["h"])
    # POSIX names have the sign turned around; only whole hours have one.
    return zone_named(f"Etc/GMT{'-' if found['sign'] == '+' else '+'}{hours}" if hours else "")

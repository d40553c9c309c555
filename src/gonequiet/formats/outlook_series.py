"""How often an appointment of Outlook repeats: the binary pattern (MS-OXOCAL 2.2.1.44) as RRULE.

Its dates are minutes since 1601 in the local time of the series; so are those given back here.
"""

from __future__ import annotations

import struct
from datetime import datetime, timedelta
from typing import Final, NamedTuple

_EPOCH: Final = datetime(1601, 1, 1)  # noqa: DTZ001 - local times of the series
_MOST: Final = 3_000
_DAYS: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_DAY, _WEEK, _MONTH, _MONTH_NTH, _MONTH_END = range(5)
_YEARLY: Final = 0x200D
_BY_DATE, _BY_COUNT = 0x2021, 0x2022
_LAST: Final = 5
_MINUTES_OF_A_DAY: Final = 1440
_TEXTS: Final = (0x1, 0x10)  # of a changed time: its subject and place stand in the pattern
_NUMBERS: Final = (0x2, 0x4, 0x8, 0x20, 0x40, 0x80, 0x100)


class Changed(NamedTuple):
    """One time of a series that was moved.

    Attributes:
        original: when it was to begin.
        starts: when it begins now.
        ends: when it ends now.
    """

    original: datetime
    starts: datetime
    ends: datetime


class Series(NamedTuple):
    """A series; all its times are local.

    Attributes:
        rule: as RFC 5545 writes it.
        starts: when the first of it begins.
        ends: when that one ends.
        left_out: the original starts of what was called off or moved.
        changed: what was moved.
    """

    rule: str
    starts: datetime
    ends: datetime
    left_out: tuple[datetime, ...]
    changed: tuple[Changed, ...]


class _Reader:
    """Takes little-endian numbers off bytes, one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def take(self, shape: str) -> tuple[int, ...]:
        found = struct.unpack_from(f"<{shape}", self._content, self._at)
        self._at += struct.calcsize(f"<{shape}")
        return found

    def number(self) -> int:
        return self.take("I")[0]

    def dates(self) -> list[datetime]:
        count = self.number()
        if count > _MOST:
            raise ValueError(count)
        return [_local(minutes) for minutes in self.take(f"{count}I")]


def parse_series(content: bytes) -> Series | None:
    """Returns what a pattern says, None where it is damaged or of another calendar."""
    try:
        return _series(_Reader(content))
    except (struct.error, ValueError, OverflowError):
        return None


def _series(held: _Reader) -> Series | None:
    _, _, frequency, pattern, _ = held.take("HHHHH")
    _, period, _ = held.take("III")
    rule = _rule(held, pattern, period, is_yearly=frequency == _YEARLY)
    if not rule:
        return None
    ends_by, count, _ = held.take("III")
    deleted = held.dates()
    held.dates()  # the days of what was moved: they stand with the changes, too
    first, last = _local(held.number()), _local(held.number())
    held.take("II")
    start, end = (timedelta(minutes=minutes) for minutes in held.take("II"))
    if ends_by == _BY_COUNT:
        rule += f";COUNT={count}"
    elif ends_by == _BY_DATE:
        rule += f";UNTIL={last:%Y%m%d}T235959"
    left_out = tuple(day + start for day in deleted)
    return Series(rule, first + start, first + end, left_out, tuple(_changes(held)))


def _rule(held: _Reader, pattern: int, period: int, *, is_yearly: bool) -> str:
    """Returns the rule without its end, "" for a pattern of another calendar."""
    if pattern == _DAY:
        return f"FREQ=DAILY;INTERVAL={max(1, period // _MINUTES_OF_A_DAY)}"
    if pattern == _WEEK:
        return f"FREQ=WEEKLY;INTERVAL={max(1, period)};WKST=SU;BYDAY={_named(held.number())}"
    monthly = f"FREQ=MONTHLY;INTERVAL={max(1, period, 12 * is_yearly)}"
    if pattern == _MONTH:
        day = held.number()
        return f"{monthly};BYMONTHDAY={day if day < 31 else -1}"
    if pattern == _MONTH_END:
        held.number()
        return f"{monthly};BYMONTHDAY=-1"
    if pattern == _MONTH_NTH:
        days, place = held.take("II")
        return f"{monthly};BYDAY={_named(days)};BYSETPOS={-1 if place == _LAST else place}"
    return ""


def _named(days: int) -> str:
    return ",".join(name for bit, name in enumerate(_DAYS) if days >> bit & 1)


def _changes(held: _Reader) -> list[Changed]:
    """Returns what was moved; of what cannot be read the rest is let go."""
    found: list[Changed] = []
    try:
        for _ in range(min(held.take("H")[0], _MOST)):
            starts, ends, original, flags = held.take("IIIH")
            found.append(Changed(_local(original), _local(starts), _local(ends)))
            _skip(held, flags)
    except struct.error:
        return found
    return found


def _skip(held: _Reader, flags: int) -> None:
    """Passes over what a change holds besides its times, in the order of its flags."""
    for flag in sorted((*_TEXTS, *_NUMBERS)):
        if flags & flag and flag in _TEXTS:
            _, length = held.take("HH")
            held.take(f"{length}x")
        elif flags & flag:
            held.number()


def _local(minutes: int) -> datetime:
    return _EPOCH + timedelta(minutes=minutes)

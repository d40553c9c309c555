"""Moments in mail: RFC 5322 dates, Received fields, mbox From_ lines, and which one to believe."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_tz
from functools import lru_cache
from typing import NamedTuple

from gonequiet.domain.message import SentAtFrom
from gonequiet.domain.moments import DAY

EARLIEST = DAY  # 1970-01-02: what is older is a clock that was never set
LATEST = 7_258_118_400  # 2200-01-01
_EPOCH_DAY = date(1970, 1, 1).toordinal()
# Where the clock of a PC begins; mail that claims these two days was never dated.
_PC_CLOCK_ZERO = range(315_446_400, 315_619_200)  # 1979-12-31 to 1980-01-01, UTC
_AHEAD_OF_ARRIVAL = 2 * DAY
_MAX_DATE_CHARS = 200

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "met": 60,
    "cest": 120, "mest": 120, "eet": 120, "eest": 180, "msk": 180, "jst": 540, "kst": 540,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
    "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip
_USUAL = re.compile(
    r"\s*(?:[A-Za-z]{2,9}\.?\s*,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]{0,6}\.?[\s-]+(\d{2,4})"
    r"\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?\s*([+-]\d{4}\b|[A-Za-z]{1,5}\b)?"
)
# The same form in three pieces, all of which come again and again: the day before the clock, the
# clock, and what stands behind it. Taken apart at its first colon, a date costs a few look-ups.
_DAY_PIECE = re.compile(
    r"\s*(?:[A-Za-z]{2,9}\.?\s*,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]{0,6}\.?[\s-]+(\d{2,4})\s+"
)
_ZONE_PIECE = re.compile(r"(?:\.\d{1,9})?\s*([+-]\d{4}\b|[A-Za-z]{1,5}\b)?")
_CLOCK = {f"{minute // 60:02}:{minute % 60:02}": minute * 60 for minute in range(24 * 60)}
_SECONDS = {f":{second:02}": second for second in range(60)}
_ASCTIME = re.compile(
    r"(?:^|\s)(?:[A-Za-z]{3},?\s+)?([A-Za-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?"
    r"(?:\s+([+-]\d{4}|[A-Za-z]{3,5}))?\s+(\d{4})(?:\s+([+-]\d{4}))?\s*$"
)


class Moment(NamedTuple):
    """A point in time as written down.

    Attributes:
        at: UTC epoch seconds.
        offset_minutes: the writer's own offset, None when not stated or "-0000".
    """

    at: int
    offset_minutes: int | None


class Dating(NamedTuple):
    """When a message was sent, and how that is known."""

    sent_at: int | None
    sent_at_from: SentAtFrom
    utc_offset_minutes: int | None
    problems: tuple[str, ...]


def parse_mail_date(value: str) -> Moment | None:
    """Returns the moment a Date field states, None when it states none.

    The usual RFC 5322 form is read here, everything else by the standard library.
    """
    value = value[:_MAX_DATE_CHARS]
    colon = value.find(":")
    minute = _CLOCK.get(value[colon - 2 : colon + 3]) if colon > 2 else None
    second = _SECONDS.get(value[colon + 3 : colon + 6])
    midnight = _midnight(value[: colon - 2]) if minute is not None else None
    if minute is None or second is None or midnight is None:
        return _any_form(value)
    offset = _offset_behind(value[colon + 6 :])
    return Moment(midnight + minute + second - (offset or 0) * 60, offset)


@lru_cache(maxsize=2048)
def _midnight(day: str) -> int | None:
    """Returns the epoch seconds at which a day begins in UTC, None when it is written unusually."""
    found = _DAY_PIECE.fullmatch(day)
    start = _moment(found[3], found[2], found[1], ("0", "0", None), None) if found else None
    return start.at if start else None


@lru_cache(maxsize=512)
def _offset_behind(rest: str) -> int | None:
    """Returns the writer's offset as it stands behind the clock."""
    found = _ZONE_PIECE.match(rest)
    return _offset_minutes(found[1]) if found else None


def _any_form(value: str) -> Moment | None:
    usual = _USUAL.match(value)
    if usual:
        day, month, year, hour, minute, second, zone = usual.groups()
        return _moment(year, month, day, (hour, minute, second), zone)
    return _other_form(value)


def _moment(
    year: str, month: str, day: str, clock: tuple[str, str, str | None], zone: str | None
) -> Moment | None:
    number = _MONTHS.get(month.lower())
    if number is None:
        return None
    try:
        days = date(_full_year(year), number, int(day)).toordinal() - _EPOCH_DAY
    except ValueError:
        return None
    hour, minute, second = int(clock[0]), int(clock[1]), int(clock[2] or 0)
    if hour > 24 or minute > 59 or second > 61:
        return None
    offset = _offset_minutes(zone)
    at = days * DAY + hour * 3600 + minute * 60 + second - (offset or 0) * 60
    return Moment(at, offset)


def _full_year(year: str) -> int:
    """Returns the year; two and three digits as RFC 5322 4.3 reads them.

    "0001" is what programs make of the two digits "01".
    """
    number = int(year)
    if number >= 1000:
        return number
    return number + (2000 if number < 50 else 1900)


def _offset_minutes(zone: str | None) -> int | None:
    if not zone or zone == "-0000":
        return None
    if zone[0] not in "+-":
        return _ZONES.get(zone.lower())
    minutes = int(zone[1:3]) * 60 + int(zone[3:5])
    if minutes > 15 * 60:
        return None
    return -minutes if zone[0] == "-" else minutes


def _other_form(value: str) -> Moment | None:
    asctime = parse_asctime(value)
    if asctime:
        return asctime
    try:
        parts = parsedate_tz(value)
        if parts is None:
            return _iso_form(value)
        days = date(parts[0], parts[1], parts[2]).toordinal() - _EPOCH_DAY
        seconds = parts[3] * 3600 + parts[4] * 60 + parts[5]
        offset = parts[9] or 0
    except (ValueError, OverflowError, TypeError, IndexError):
        return _iso_form(value)
    offset_minutes = offset // 60 if parts[9] is not None and abs(offset) <= 54_000 else None
    return Moment(days * DAY + seconds - (offset_minutes or 0) * 60, offset_minutes)


def _iso_form(value: str) -> Moment | None:
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    offset = moment.utcoffset()
    aware = moment if offset is not None else moment.replace(tzinfo=UTC)
    minutes = None if offset is None else int(offset.total_seconds() // 60)
    try:
        return Moment(int(aware.timestamp()), minutes)
    except (ValueError, OverflowError):
        return None


def parse_asctime(value: str) -> Moment | None:
    """Returns the moment at the end of an asctime-like text, as in From_ lines."""
    found = _ASCTIME.search(value[-_MAX_DATE_CHARS:])
    if not found:
        return None
    month, day, hour, minute, second, zone, year, zone_after = found.groups()
    return _moment(year, month, day, (hour, minute, second), zone_after or zone)


def parse_received(value: str) -> Moment | None:
    """Returns the moment after the last semicolon of a Received field."""
    _, semicolon, stamp = value.rpartition(";")
    return parse_mail_date(stamp.strip()) if semicolon else None


def is_credible(at: int) -> bool:
    """Whether a moment can be one at which mail was sent."""
    return EARLIEST <= at < LATEST and at not in _PC_CLOCK_ZERO


def date_message(date_field: str, received: str, mbox_line: str) -> Dating:
    """Returns when a message was sent: Date, else topmost Received, else the From_ line.

    Args:
        date_field: the Date field, "" when absent.
        received: the topmost Received field, "" when absent.
        mbox_line: the From_ line, "" when there is none or it means nothing.
    """
    stated = parse_mail_date(date_field) if date_field else None
    arrived = parse_received(received) if received else None
    if arrived is not None and not is_credible(arrived.at):
        arrived = None
    problem = _date_problem(date_field, stated, arrived)
    if stated is not None and not problem:
        return Dating(stated.at, SentAtFrom.DATE, stated.offset_minutes, ())
    return _fallback(arrived, mbox_line, problem)


def _date_problem(date_field: str, stated: Moment | None, arrived: Moment | None) -> str:
    if not date_field:
        return "It has no Date."
    if stated is None:
        return "Its Date cannot be read."
    if not is_credible(stated.at):
        return "Its Date cannot be true."
    if arrived is not None and stated.at > arrived.at + _AHEAD_OF_ARRIVAL:
        return "Its Date is later than its arrival."
    return ""


def _fallback(arrived: Moment | None, mbox_line: str, problem: str) -> Dating:
    if arrived is not None:
        problem += " The moment of arrival was taken."
        return Dating(arrived.at, SentAtFrom.RECEIVED, None, (problem,))
    filed = parse_asctime(mbox_line) if mbox_line else None
    if filed is not None and is_credible(filed.at):
        problem += " The moment in the mailbox line was taken."
        return Dating(filed.at, SentAtFrom.MBOX_LINE, None, (problem,))
    return Dating(None, SentAtFrom.NOWHERE, None, (problem + " No other moment was found.",))

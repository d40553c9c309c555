"""What each form of a date means: a match and the day it was written become a span of days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from gonequiet.language.calendar_words import MONTHS, NUMBERS, WEEKDAYS

Days = tuple[date, date]
_PAST_MENTION_DAYS = 45  # a day this far back is meant as past; further back, next year's is meant


def _make(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1970 <= year <= 2200 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _year(words: str | None, month: int, day: int, written_on: date) -> int:
    if words:
        number = int(words)
        return number + 2000 if number < 100 else number
    this = _make(written_on.year, month, min(day, 28))
    past = this is not None and (written_on - this).days > _PAST_MENTION_DAYS
    return written_on.year + past


def day_month(day: str, month: str, year: str | None, written_on: date) -> Days | None:
    """A day and a month by number or name, with or without a year."""
    number = int(month) if month.isdigit() else MONTHS[month]
    found = _make(_year(year, number, int(day), written_on), number, int(day))
    return (found, found) if found else None


def read_iso(match: re.Match[str], _written_on: date) -> Days | None:
    """Reads "2026-05-01"."""
    found = _make(int(match["y"]), int(match["m"]), int(match["d"]))
    return (found, found) if found else None


def read_slashed(match: re.Match[str], written_on: date) -> Days | None:
    """Reads "5/1/2026", the month first unless it can be none."""
    first, second = match["first"], match["second"]
    if int(first) > 12:
        first, second = second, first
    return day_month(second, first, match["slashed_year"], written_on)


def read_dotted(match: re.Match[str], written_on: date) -> Days | None:
    """Reads "1.5.2026"."""
    return day_month(match["dd"], match["dm"], match["dotted_year"], written_on)


def read_day_month(match: re.Match[str], written_on: date) -> Days | None:
    """Reads "1st of May", "14. März 2026"."""
    return day_month(match["day"], match["of_month"], match["day_year"], written_on)


def read_month_day(match: re.Match[str], written_on: date) -> Days | None:
    """Reads "May 1st, 2026"."""
    return day_month(match["on_day"], match["month"], match["month_year"], written_on)


def read_day_number(match: re.Match[str], written_on: date) -> Days | None:
    """Reads "by the 30th": the next such day, of this month or of the one after."""
    number = int(match["day_number"])
    months = written_on.year * 12 + written_on.month - 1 + (number < written_on.day)
    found = _make(months // 12, months % 12 + 1, number)
    return (found, found) if found else None


def read_relative_day(match: re.Match[str], written_on: date) -> Days:
    """Reads "today", "tomorrow", "übermorgen", "end of the day"."""
    words = match["near"]
    ahead = 0
    if words.startswith(("day after", "the day after", "übermorgen")):
        ahead = 2
    elif words.startswith(("tom", "morgen")):
        ahead = 1
    day = written_on + timedelta(days=ahead)
    return day, day


def read_weekday(match: re.Match[str], written_on: date) -> Days:
    """Reads "Friday", "next Friday", "letzten Montag"."""
    number = WEEKDAYS[match["weekday"]]
    which = match["which"] or ""
    ahead = (number - written_on.weekday()) % 7 or 7
    if which.startswith(("next", "nächst")) and ahead < 7 and number > written_on.weekday():
        ahead += 7  # "next Friday" said on a Tuesday is not this week's
    if which.startswith(("last", "letzt")):
        ahead -= 7
    day = written_on + timedelta(days=ahead)
    return day, day


def read_week(match: re.Match[str], written_on: date) -> Days:
    """Reads "this week", "end of next week"."""
    which = match["of_week"]
    weeks = 1 if which.startswith(("next", "following", "nächst", "kommend")) else 0
    monday = written_on - timedelta(days=written_on.weekday()) + timedelta(weeks=weeks)
    first, last = _part_of(match["week_part"], monday, monday + timedelta(days=4))
    return max(first, min(written_on, last)), last


def read_weekend(match: re.Match[str], written_on: date) -> Days:
    """Reads "this weekend", "am Wochenende"."""
    saturday = written_on + timedelta(days=(5 - written_on.weekday()) % 7)
    if written_on.weekday() == 6:
        saturday = written_on - timedelta(days=1)
    if match["of_weekend"].startswith(("next", "nächst", "kommend")):
        saturday += timedelta(weeks=1)
    return max(saturday, written_on), saturday + timedelta(days=1)


def read_span(match: re.Match[str], written_on: date) -> Days:
    """Reads "in two weeks", "within 5 business days"."""
    number, unit = NUMBERS[match["number"]], match["unit"]
    if unit.startswith(("business", "working", "werktag", "arbeitstag")):
        day = _business_days_after(written_on, number)
    elif unit.startswith(("day", "tag")):
        day = written_on + timedelta(days=number)
    elif unit.startswith(("week", "woche", "fortnight")):
        day = written_on + timedelta(weeks=number)
    else:
        day = _months_after(written_on, number)
    return day, day


def _business_days_after(day: date, number: int) -> date:
    for _ in range(number):
        day += timedelta(days=1)
        while day.weekday() >= 5:
            day += timedelta(days=1)
    return day


def _months_after(day: date, number: int) -> date:
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_month(match: re.Match[str], written_on: date) -> Days | None:
    """Reads "in May", "by mid March 2026"."""
    month = MONTHS[match["whole_month"]]
    part = match["month_part"]
    year = _year(match["whole_year"], month, 28 if not part else 15, written_on)
    return _part_of(part, date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def read_this_month(match: re.Match[str], written_on: date) -> Days:
    """Reads "this month", "end of next month"."""
    ahead = 1 if match["of_this_month"].startswith(("next", "nächst", "kommend")) else 0
    first = _months_after(written_on.replace(day=1), ahead)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    start, stop = _part_of(match["this_month_part"], first, last)
    return max(start, min(written_on, stop)), stop


def read_quarter(match: re.Match[str], written_on: date) -> Days:
    """Reads "Q3", "early next quarter"."""
    words = match["quarter"]
    current = (written_on.month - 1) // 3 + 1
    year = int(match["quarter_year"]) if match["quarter_year"] else written_on.year
    if words[0] == "q":
        number = int(words[1])
        if not match["quarter_year"] and number < current:
            year += 1
    else:
        ahead = words.startswith(("next", "nächst", "kommend"))
        number = current + ahead
        year, number = (year + 1, 1) if number > 4 else (year, number)
    first = date(year, number * 3 - 2, 1)
    last = date(year, number * 3, monthrange(year, number * 3)[1])
    return _part_of(match["quarter_part"], first, last)


def read_year(match: re.Match[str], written_on: date) -> Days:
    """Reads "this year", "end of the year"."""
    ahead = match["of_year"].startswith(("next", "nächst", "kommend"))
    year = written_on.year + ahead
    return _part_of(match["year_part"], date(year, 1, 1), date(year, 12, 31))


def read_end_word(match: re.Match[str], written_on: date) -> Days:
    """Reads "year-end", "Monatsende"."""
    words = match["end_word"]
    last = date(written_on.year, 12, 31)
    if words == "monatsende":
        last = written_on.replace(day=monthrange(written_on.year, written_on.month)[1])
    return last, last


def read_calendar_week(match: re.Match[str], written_on: date) -> Days | None:
    """Reads "KW 23", a week as ISO 8601 counts them."""
    number = int(match["calendar_week"])
    if not 1 <= number <= 52:
        return None
    monday = date.fromisocalendar(written_on.isocalendar().year, number, 1)
    if (written_on - monday).days > _PAST_MENTION_DAYS:
        monday = date.fromisocalendar(written_on.isocalendar().year + 1, number, 1)
    return monday, monday + timedelta(days=4)


def _part_of(words: str | None, first: date, last: date) -> Days:
    """The early, middle or late third of a stretch; its end is its last day."""
    if not words:
        return first, last
    third = max((last - first).days // 3, 1)
    if any(word in words for word in ("begin", "start", "early", "anfang")):
        return first, first + timedelta(days=third)
    if "mid" in words or "mitte" in words:
        return first + timedelta(days=third), last - timedelta(days=third)
    if "late" in words or "latter" in words:
        return last - timedelta(days=third), last
    return last, last

"""Dates as people write them, resolved to days against the day a message was written.

"By Friday", "end of next week", "early Q3", "in two weeks", "nächsten Freitag", "3/14", "14. März":
each becomes a span of days. What is due is due on the last day of its span. Weeks begin on Monday
and, for what is owed, end on Friday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gonequiet.language.date_forms import ANY_DATE, HINT_OF_DATE, RULES
from gonequiet.language.date_reading import Days, day_month
from gonequiet.language.lexicon import Tongue


class DatedSpan(NamedTuple):
    """Some words that name a day or a stretch of days.

    Attributes:
        start: index of the first character.
        stop: index after the last.
        first_on: the first day meant.
        last_on: the last day meant; the day on which what is owed is due.
        is_limit: the words before it say "by", "until" or the like.
        rule: name of the rule that read it.
    """

    start: int
    stop: int
    first_on: date
    last_on: date
    is_limit: bool
    rule: str


_FRACTIONS = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4", "24/7", "50/50"})


def find_dates(
    text: str, written_on: date, tongue: Tongue = Tongue.ENGLISH
) -> tuple[DatedSpan, ...]:
    """Every date in the text, in order.

    Args:
        text: a sentence or a few; the cost is linear in its length.
        written_on: the day the message was written, by its own time zone.
        tongue: decides whether 3/4 is the third month or the third day.
    """
    return tuple(_joined(text, _found(text.lower(), written_on, tongue)))


_BETWEEN = re.compile(r",? ?(?:the |den |dem |\()?")
_ON_A_DAY = frozenset({"iso", "slashed", "dotted", "day_month", "month_day"})


def _joined(text: str, spans: Iterator[DatedSpan]) -> Iterator[DatedSpan]:
    """Takes a weekday and the date behind it for one: "by Tuesday, 12 May"."""
    before: DatedSpan | None = None
    for span in spans:
        if before is not None and _names_its_day(text, before, span):
            span = span._replace(start=before.start, is_limit=before.is_limit or span.is_limit)
        elif before is not None:
            yield before
        before = span
    if before is not None:
        yield before


def _names_its_day(text: str, weekday: DatedSpan, span: DatedSpan) -> bool:
    if weekday.rule != "weekday" or span.rule not in _ON_A_DAY:
        return False
    return _BETWEEN.fullmatch(text.lower(), weekday.stop, span.start) is not None


def _found(text: str, written_on: date, tongue: Tongue) -> Iterator[DatedSpan]:
    if len(text) > 20_000 or not HINT_OF_DATE.search(text):
        return
    for match in ANY_DATE.finditer(text):
        rule = match.lastgroup or ""
        own = RULES[rule].pattern.match(text, match.start())
        days = _read(rule, own, written_on, tongue) if own else None
        if own is not None and days is not None and not _is_figure_of_speech(text, own):
            limit = _LIMIT.search(text, max(0, match.start() - 24), match.start()) is not None
            yield DatedSpan(match.start(), own.end(), *days, limit, rule)


def _read(rule: str, match: re.Match[str], written_on: date, tongue: Tongue) -> Days | None:
    if rule == "slashed" and tongue is Tongue.GERMAN:
        return day_month(match["first"], match["second"], match["slashed_year"], written_on)
    if rule == "dotted" and tongue is Tongue.ENGLISH and not match["dotted_year"]:
        return None  # a paragraph or a version, 1.2.
    return RULES[rule].read(match, written_on)


def _is_figure_of_speech(text: str, match: re.Match[str]) -> bool:
    """Whether words that look like a day are none: a greeting, a fraction."""
    before = text[max(0, match.start() - 7) : match.start()]
    if match[0] in _FRACTIONS:
        return not re.search(r"(?:\b(?:on|by|am|vom|bis)|day,?) $", before)
    return before.endswith(("guten ", "good ")) and match[0] in {"morgen", "morning"}


_LIMIT = re.compile(
    r"(?:\b(?:by|until|till|before|no later than|not later than|latest|within|due(?: on)?|bis"
    r"|spätestens"
    r"|vor|innerhalb(?: von)?)(?: (?:the|this|zum|am|end of|close of business|cob|eod|on))*:? )$"
)

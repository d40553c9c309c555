"""The forms in which people write dates, each with how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from gonequiet.language import date_reading as reading
from gonequiet.language.calendar_words import MONTHS, NUMBERS, WEEKDAYS
from gonequiet.language.date_reading import Days

_Reader = Callable[[re.Match[str], date], "Days | None"]


def _alternatives(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_WEEKDAY = _alternatives(WEEKDAYS)
_MONTH = _alternatives(MONTHS)
_NUMBER = _alternatives(NUMBERS)
_PART = (
    r"(?P<{0}>(?:the )?(?:very )?(?:beginning|start|early|middle|mid|late|latter part"
    r"|end)(?: of)?(?: the)?"
    r"|anfang|mitte|ende|bis ende)[ -]"
)


class DateRule(NamedTuple):
    """A wording of a date, and how to read what it matched."""

    pattern: re.Pattern[str]
    read: _Reader


_ORDINAL = r"(?:st|nd|rd|th)?"
_FORMS: dict[str, tuple[str, _Reader]] = {
    "iso": (r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", reading.read_iso),
    "slashed": (
        r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<slashed_year>(?:19|20)?\d\d))?(?![/\d])",
        reading.read_slashed,
    ),
    "dotted": (
        r"(?P<dd>\d{1,2})\.(?P<dm>\d{1,2})\.(?P<dotted_year>(?:19|20)\d\d|\d\d\b)?(?!\.?\d)",
        reading.read_dotted,
    ),
    "day_month": (
        (
            rf"(?P<day>\d{{1,2}})(?:{_ORDINAL}|\.)(?: of)?[ -](?P<of_month>{_MONTH})\b\.?"
            r"(?:,?[ -](?P<day_year>(?:19|20)\d\d)\b)?"
        ),
        reading.read_day_month,
    ),
    "month_day": (
        (
            rf"(?P<month>{_MONTH})\.? (?:the )?(?P<on_day>\d{{1,2}}){_ORDINAL}\b(?!:)"
            r"(?:,? (?P<month_year>(?:19|20)\d\d)\b)?"
        ),
        reading.read_month_day,
    ),
    "day_number": (
        (
            r"(?:(?<=by )|(?<=until )|(?<=till )|(?<=before )|(?<=than ))"
            r"the (?P<day_number>\d{1,2})(?:st|nd|rd|th)\b"
            r"(?=[.,;:!?)]|$|\s(?:and|at|for|if|so|or|but|to|then|as|with|in)\b)"
        ),
        reading.read_day_number,
    ),
    "near": (
        (
            r"(?P<near>(?:the )?day after tomorrow|tom+or+ow|today|tonight"
            r"|this (?:morning|afternoon|evening)|later in the day"
            r"|(?:the )?end of (?:the )?(?:business )?day"
            r"|close of business|eod|cob|übermorgen|heute|morgen)\b"
            rf"(?! (?:on |this |next )?(?:{_WEEKDAY})\b)"
        ),
        reading.read_relative_day,
    ),
    "week": (
        (
            rf"(?:{_PART.format('week_part')})?(?P<of_week>(?:this|next|the following|the"
            rf"|diese[rn]?|nächste[rn]?"
            r"|kommende[rn]?|der|following)) (?:week|woche)\b(?! ?(?:end|of))"
        ),
        reading.read_week,
    ),
    "weekend": (
        (
            r"(?P<of_weekend>this|next|the coming|over the|at the|am|dieses|nächstes|kommendes)"
            r" (?:weekend|wochenende)\b"
        ),
        reading.read_weekend,
    ),
    "weekday": (
        (
            rf"(?:(?P<which>this|next|last|coming|diesen|nächsten|kommenden"
            rf"|letzten) )?(?P<weekday>{_WEEKDAY})\b"
        ),
        reading.read_weekday,
    ),
    "span": (
        (
            rf"(?:in|within|innerhalb von|binnen)(?: about| around| the next"
            rf"| etwa)? (?P<number>{_NUMBER})"
            r" (?P<unit>(?:business |working )?days?|weeks?|months?|werktagen?|arbeitstagen?"
            r"|tag(?:en)?"
            r"|wochen?|monat(?:en)?)\b"
        ),
        reading.read_span,
    ),
    "this_month": (
        (
            rf"(?:{_PART.format('this_month_part')})?(?P<of_this_month>this|next|the|diese[sn]"
            rf"|nächste[sn]"
            r"|kommende[sn]|des) (?:month|monats?)\b"
        ),
        reading.read_this_month,
    ),
    "quarter": (
        (
            rf"(?:{_PART.format('quarter_part')})?(?P<quarter>q[1-4]|(?:this|next|the|diese[sn]"
            rf"|nächste[sn]|des)"
            r" (?:quarter|quartals?))\b(?: (?P<quarter_year>(?:19|20)\d\d)\b)?"
        ),
        reading.read_quarter,
    ),
    "year": (
        (
            rf"(?:{_PART.format('year_part')})?(?P<of_year>this|next|the|diese[sn]|nächste[sn]|des)"
            r" (?:year|jahr(?:es)?)\b"
        ),
        reading.read_year,
    ),
    "month": (
        (
            rf"(?:{_PART.format('month_part')}|(?:in|by|until|for|im"
            rf"|bis) )(?P<whole_month>{_MONTH})\b"
            r"(?! ?\d{1,2}\b)(?: (?P<whole_year>(?:19|20)\d\d)\b)?"
        ),
        reading.read_month,
    ),
    "end_word": (r"(?P<end_word>year-end|year end|jahresende|monatsende)\b", reading.read_end_word),
    "calendar_week": (r"kw ?(?P<calendar_week>\d{1,2})\b", reading.read_calendar_week),
}
RULES = {name: DateRule(re.compile(form), read) for name, (form, read) in _FORMS.items()}
_UNNAMED = re.compile(r"\(\?P<\w+>")
ANY_DATE = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{name}>{_UNNAMED.sub('(?:', form)})" for name, (form, _) in _FORMS.items())
    + ")"
)
HINT_OF_DATE = re.compile(
    r"\d[/.-]|day|week|month|quarter|year|\bq[1-4]|morrow|morow|night|noon|evening|morning|weekend"
    r"|wochenende|eod|cob|\d ?(?:st|nd|rd|th)?\.? ?[jfmasond]|\d(?:st|nd|rd|th)\b"
    r"|[a-zä]{3,9}\.? (?:the )?\d|tag|woche|monat|jahr|quartal|morgen|heute|mittwoch|kw|close of"
    r"|(?:early|mid|late|end|in|by|until|for|anfang|mitte|ende|im|bis)[ -](?:of )?[jfmasondkq]"
)

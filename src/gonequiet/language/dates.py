"""Dates as people write them, resolved to days against the day a message was written.

"By Friday", "end of next week", "early Q3", "in two weeks", "nächsten Freitag", "3/14", "14. März":
each becomes a span of days. What is due is due on the last day of its span. Weeks begin on Monday
and, for what is owed, end on Friday.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

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


Days = tuple[date, date]
_Reader = Callable[[re.Match[str], date], "Days | None"]


def _listed(words: str, first: int) -> dict[str, int]:
    """Numbers words in their order."""
    return {word: number for number, word in enumerate(words.split(), start=first)}


_NUMBERS = (
    {str(number): number for number in range(1, 100)}
    | _listed("one two three four five six seven eight nine ten", 1)
    | _listed("ein zwei drei vier fünf sechs sieben acht neun zehn", 1)
    | {"a": 1, "an": 1, "einem": 1, "einer": 1, "couple of": 2, "a couple of": 2, "few": 3}
    | {"a few": 3, "ein paar": 3, "wenigen": 3, "den nächsten": 3}
)
_WEEKDAYS = (
    _listed("monday tuesday wednesday thursday friday saturday sunday", 0)
    | _listed("montag dienstag mittwoch donnerstag freitag samstag sonntag", 0)
    | {"mon": 0, "tue": 1, "tues": 1, "weds": 2, "thur": 3, "thurs": 3, "fri": 4}
)
_MONTHS = (
    _listed("jan feb mar apr may jun jul aug sep oct nov dec", 1)
    | {"sept": 9}
    | _listed(
        "januar februar märz april mai juni juli august september oktober november dezember", 1
    )
    | _listed("january february march april may june july", 1)
    | _listed("august september october november december", 8)
)
_FRACTIONS = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4", "24/7", "50/50"})
_PAST_MENTION_DAYS = 45  # a day this far back is meant as past; further back, next year's is meant


def _alternatives(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_WEEKDAY = _alternatives(_WEEKDAYS)
_MONTH = _alternatives(_MONTHS)
_NUMBER = _alternatives(_NUMBERS)
_PART = (
    r"(?P<{0}>(?:the )?(?:very )?(?:beginning|start|early|middle|mid|late|latter part"
    r"|end)(?: of)?(?: the)?"
    r"|anfang|mitte|ende|bis ende)[ -]"
)


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
    if len(text) > 20_000 or not _HINT.search(text):
        return
    for match in _ANY.finditer(text):
        rule = match.lastgroup or ""
        own = _RULES[rule].pattern.match(text, match.start())
        days = _read(rule, own, written_on, tongue) if own else None
        if own is not None and days is not None and not _is_figure_of_speech(text, own):
            limit = _LIMIT.search(text, max(0, match.start() - 24), match.start()) is not None
            yield DatedSpan(match.start(), own.end(), *days, limit, rule)


def _read(rule: str, match: re.Match[str], written_on: date, tongue: Tongue) -> Days | None:
    if rule == "slashed" and tongue is Tongue.GERMAN:
        return _day_month(match["first"], match["second"], match["slashed_year"], written_on)
    if rule == "dotted" and tongue is Tongue.ENGLISH and not match["dotted_year"]:
        return None  # a paragraph or a version, 1.2.
    return _RULES[rule].read(match, written_on)


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


# --- reading each form -------------------------------------------------------------------------


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


def _day_month(day: str, month: str, year: str | None, written_on: date) -> Days | None:
    number = int(month) if month.isdigit() else _MONTHS[month]
    found = _make(_year(year, number, int(day), written_on), number, int(day))
    return (found, found) if found else None


def _read_iso(match: re.Match[str], _written_on: date) -> Days | None:
    found = _make(int(match["y"]), int(match["m"]), int(match["d"]))
    return (found, found) if found else None


def _read_slashed(match: re.Match[str], written_on: date) -> Days | None:
    first, second = match["first"], match["second"]
    if int(first) > 12:
        first, second = second, first
    return _day_month(second, first, match["slashed_year"], written_on)


def _read_dotted(match: re.Match[str], written_on: date) -> Days | None:
    return _day_month(match["dd"], match["dm"], match["dotted_year"], written_on)


def _read_day_month(match: re.Match[str], written_on: date) -> Days | None:
    return _day_month(match["day"], match["of_month"], match["day_year"], written_on)


def _read_month_day(match: re.Match[str], written_on: date) -> Days | None:
    return _day_month(match["on_day"], match["month"], match["month_year"], written_on)


def _read_relative_day(match: re.Match[str], written_on: date) -> Days:
    words = match["near"]
    ahead = 0
    if words.startswith(("day after", "the day after", "übermorgen")):
        ahead = 2
    elif words.startswith(("tom", "morgen")):
        ahead = 1
    day = written_on + timedelta(days=ahead)
    return day, day


def _read_weekday(match: re.Match[str], written_on: date) -> Days:
    number = _WEEKDAYS[match["weekday"]]
    which = match["which"] or ""
    ahead = (number - written_on.weekday()) % 7 or 7
    if which.startswith(("next", "nächst")) and ahead < 7 and number > written_on.weekday():
        ahead += 7  # "next Friday" said on a Tuesday is not this week's
    if which.startswith(("last", "letzt")):
        ahead -= 7
    day = written_on + timedelta(days=ahead)
    return day, day


def _read_week(match: re.Match[str], written_on: date) -> Days:
    which = match["of_week"]
    weeks = 1 if which.startswith(("next", "following", "nächst", "kommend")) else 0
    monday = written_on - timedelta(days=written_on.weekday()) + timedelta(weeks=weeks)
    first, last = _part_of(match["week_part"], monday, monday + timedelta(days=4))
    return max(first, min(written_on, last)), last


def _read_weekend(match: re.Match[str], written_on: date) -> Days:
    saturday = written_on + timedelta(days=(5 - written_on.weekday()) % 7)
    if written_on.weekday() == 6:
        saturday = written_on - timedelta(days=1)
    if match["of_weekend"].startswith(("next", "nächst", "kommend")):
        saturday += timedelta(weeks=1)
    return max(saturday, written_on), saturday + timedelta(days=1)


def _read_span(match: re.Match[str], written_on: date) -> Days:
    number, unit = _NUMBERS[match["number"]], match["unit"]
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


def _read_month(match: re.Match[str], written_on: date) -> Days | None:
    month = _MONTHS[match["whole_month"]]
    part = match["month_part"]
    year = _year(match["whole_year"], month, 28 if not part else 15, written_on)
    return _part_of(part, date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _read_this_month(match: re.Match[str], written_on: date) -> Days:
    ahead = 1 if match["of_this_month"].startswith(("next", "nächst", "kommend")) else 0
    first = _months_after(written_on.replace(day=1), ahead)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    start, stop = _part_of(match["this_month_part"], first, last)
    return max(start, min(written_on, stop)), stop


def _read_quarter(match: re.Match[str], written_on: date) -> Days:
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


def _read_year(match: re.Match[str], written_on: date) -> Days:
    ahead = match["of_year"].startswith(("next", "nächst", "kommend"))
    year = written_on.year + ahead
    return _part_of(match["year_part"], date(year, 1, 1), date(year, 12, 31))


def _read_end_word(match: re.Match[str], written_on: date) -> Days:
    words = match["end_word"]
    last = date(written_on.year, 12, 31)
    if words == "monatsende":
        last = written_on.replace(day=monthrange(written_on.year, written_on.month)[1])
    return last, last


def _read_calendar_week(match: re.Match[str], written_on: date) -> Days | None:
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


class _Rule(NamedTuple):
    """A wording of a date, and how to read what it matched."""

    pattern: re.Pattern[str]
    read: _Reader


_ORDINAL = r"(?:st|nd|rd|th)?"
_NEXT = r"(?:this|next|the following|the coming|coming|the|diese[rnsm]?|nächste[rnsm]?"
r"|kommende[rnsm]?|der|des)"
_FORMS: dict[str, tuple[str, _Reader]] = {
    "iso": (r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _read_iso),
    "slashed": (
        r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<slashed_year>(?:19|20)?\d\d))?(?![/\d])",
        _read_slashed,
    ),
    "dotted": (
        r"(?P<dd>\d{1,2})\.(?P<dm>\d{1,2})\.(?P<dotted_year>(?:19|20)\d\d|\d\d\b)?(?!\.?\d)",
        _read_dotted,
    ),
    "day_month": (
        (
            rf"(?P<day>\d{{1,2}})(?:{_ORDINAL}|\.)(?: of)?[ -](?P<of_month>{_MONTH})\b\.?"
            r"(?:,?[ -](?P<day_year>(?:19|20)\d\d)\b)?"
        ),
        _read_day_month,
    ),
    "month_day": (
        (
            rf"(?P<month>{_MONTH})\.? (?:the )?(?P<on_day>\d{{1,2}}){_ORDINAL}\b(?!:)"
            r"(?:,? (?P<month_year>(?:19|20)\d\d)\b)?"
        ),
        _read_month_day,
    ),
    "near": (
        (
            r"(?P<near>(?:the )?day after tomorrow|tom+or+ow|today|tonight"
            r"|this (?:morning|afternoon|evening)|later in the day"
            r"|(?:the )?end of (?:the )?(?:business )?day"
            r"|close of business|eod|cob|übermorgen|heute|morgen)\b"
            rf"(?! (?:on |this |next )?(?:{_WEEKDAY})\b)"
        ),
        _read_relative_day,
    ),
    "week": (
        (
            rf"(?:{_PART.format('week_part')})?(?P<of_week>(?:this|next|the following|the"
            rf"|diese[rn]?|nächste[rn]?"
            r"|kommende[rn]?|der|following)) (?:week|woche)\b(?! ?(?:end|of))"
        ),
        _read_week,
    ),
    "weekend": (
        (
            r"(?P<of_weekend>this|next|the coming|over the|at the|am|dieses|nächstes|kommendes)"
            r" (?:weekend|wochenende)\b"
        ),
        _read_weekend,
    ),
    "weekday": (
        (
            rf"(?:(?P<which>this|next|last|coming|diesen|nächsten|kommenden"
            rf"|letzten) )?(?P<weekday>{_WEEKDAY})\b"
        ),
        _read_weekday,
    ),
    "span": (
        (
            rf"(?:in|within|innerhalb von|binnen)(?: about| around| the next"
            rf"| etwa)? (?P<number>{_NUMBER})"
            r" (?P<unit>(?:business |working )?days?|weeks?|months?|werktagen?|arbeitstagen?"
            r"|tag(?:en)?"
            r"|wochen?|monat(?:en)?)\b"
        ),
        _read_span,
    ),
    "this_month": (
        (
            rf"(?:{_PART.format('this_month_part')})?(?P<of_this_month>this|next|the|diese[sn]"
            rf"|nächste[sn]"
            r"|kommende[sn]|des) (?:month|monats?)\b"
        ),
        _read_this_month,
    ),
    "quarter": (
        (
            rf"(?:{_PART.format('quarter_part')})?(?P<quarter>q[1-4]|(?:this|next|the|diese[sn]"
            rf"|nächste[sn]|des)"
            r" (?:quarter|quartals?))\b(?: (?P<quarter_year>(?:19|20)\d\d)\b)?"
        ),
        _read_quarter,
    ),
    "year": (
        (
            rf"(?:{_PART.format('year_part')})?(?P<of_year>this|next|the|diese[sn]|nächste[sn]|des)"
            r" (?:year|jahr(?:es)?)\b"
        ),
        _read_year,
    ),
    "month": (
        (
            rf"(?:{_PART.format('month_part')}|(?:in|by|until|for|im"
            rf"|bis) )(?P<whole_month>{_MONTH})\b"
            r"(?! ?\d{1,2}\b)(?: (?P<whole_year>(?:19|20)\d\d)\b)?"
        ),
        _read_month,
    ),
    "end_word": (r"(?P<end_word>year-end|year end|jahresende|monatsende)\b", _read_end_word),
    "calendar_week": (r"kw ?(?P<calendar_week>\d{1,2})\b", _read_calendar_week),
}
_RULES = {name: _Rule(re.compile(form), read) for name, (form, read) in _FORMS.items()}
_UNNAMED = re.compile(r"\(\?P<\w+>")
_ANY = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{name}>{_UNNAMED.sub('(?:', form)})" for name, (form, _) in _FORMS.items())
    + ")"
)
_HINT = re.compile(
    r"\d[/.-]|day|week|month|quarter|year|\bq[1-4]|morrow|morow|night|noon|evening|morning|weekend"
    r"|wochenende|eod|cob|\d ?(?:st|nd|rd|th)?\.? ?[jfmasond]"
    r"|[a-zä]{3,9}\.? (?:the )?\d|tag|woche|monat|jahr|quartal|morgen|heute|mittwoch|kw|close of"
    r"|(?:early|mid|late|end|in|by|until|for|anfang|mitte|ende|im|bis)[ -](?:of )?[jfmasondkq]"
)

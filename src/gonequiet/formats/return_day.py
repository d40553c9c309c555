"""The day of return an out-of-office answer states: a small grammar of its own.

A cue ("back on", "until", "wieder ab") and a day right after it; a day that says when somebody
returns goes before a day that says how long they are away, and the first before later ones. Where
no cue has one, the day may stand before it ("on Monday, 5 October, I am back").
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple

MAX_CHARS = 3_000
_LONGEST_ABSENCE_DAYS = 400
_WITHOUT_YEAR_DAYS = 300  # further ahead, a day without a year is one that has passed

_MONTH_NAMES = {
    1: "january jan januar jänner janvier enero gennaio janeiro januari tammikuuta stycznia января",
    2: "february feb februar février febrero febbraio fevereiro februari lutego февраля",
    3: "march mar märz mrz mars marzo março maart marca марта",
    4: "april apr avril abril aprile kwietnia апреля",
    5: "may mai mayo maggio maio mei maj maja мая",
    6: "june jun juni juin junio giugno junho czerwca июня",
    7: "july jul juli juillet julio luglio julho lipca июля",
    8: "august aug août agosto augustus augusti sierpnia августа",
    9: "september sept sep septembre septiembre settembre setembro września сентября",
    10: "october oct okt oktober octobre octubre ottobre outubro października октября",
    11: "november nov novembre noviembre novembro listopada ноября",
    12: "december dec dez dezember décembre diciembre dicembre dezembro desember grudnia декабря",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_WEEKDAY_NAMES = (
    "monday mon montag lundi lunes lunedì maandag måndag mandag",
    "tuesday tue tues dienstag mardi martes martedì dinsdag tisdag tirsdag",
    "wednesday wed mittwoch mercredi miércoles mercoledì woensdag onsdag",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì donderdag torsdag",
    "friday fri freitag vendredi viernes venerdì vrijdag fredag",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag",
)
_WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}


_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = "(?:" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:,?\s+(?:de\s+)?(?P<year>\d{4})\b)?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª)?"
_ARTICLE = r"(?:the|den|dem|le|el|il|op|on|am|vom)"
_LEAD_IN = rf"(?:{_ARTICLE}\s+)?(?:{_WEEKDAY}(?: week)?,?\s*(?:{_ARTICLE}\s+)?)?"
_RETURN_CUES = (
    r"back(?: (?:in|at|to)(?: the| my)? [a-z]+)?(?: again)?",
    r"return(?:ing)?(?: (?:back )?to (?:the |my )?\w+)?|(?:available|reachable) again",
    r"resume(?: work)?|re-?open(?:s|ing)?",
    r"ab|erst(?: wieder)?",
    r"zurück|wieder(?: (?:im (?:büro|haus)|da|(?:persönlich )?erreichbar|zurück|verfügbar))?",
    r"de retour|retour|de vuelta|regreso|vuelvo|rientro|rientrerò|sarò di ritorno",
    r"de volta|retorno|terug|weer (?:aanwezig|bereikbaar)|tilbage|tillbaka|åter",
)
_UNTIL_CUES = (
    r"(?:until|till|through|thru|up to)(?: and including)?",
    r"jusqu'?(?:au|à)|hasta|fino al?|até|tot(?: en met)?|t/m",
    r"bis(?: (?:zum|und mit|einschließlich|inklusive|einschl\.|incl\.|inkl\.))?",
    r"till och med|t\.o\.m\.|til og med",
)
_ON = (
    r"[\s,:]*(?:(?:on|am|ab|from|by|as of|zum|el|le|il|op|den|dem|the|a partire dal|à partir du"
    r"|a partir del|vanaf|i)\s+){0,3}"
)
_RETURNS = r"\b(?:" + "|".join(_RETURN_CUES) + ")" + _ON
_UNTIL = r"\b(?:" + "|".join(_UNTIL_CUES) + ")" + _ON
# "July 3 - July 10", "3.8. - 10.8.": the dash says until.
_DASH = r"(?<=[\w.])\s?(?:[-–—]|\bto\b|\bau\b|\bal\b)\s?"
_MONTH_FIRST = rf"{_MONTH}\s*(?P<day>\d{{1,2}}){_ORDINAL}\b(?!:){_YEAR}"
_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?:\.|{_ORDINAL})\s*(?:of\s+|de\s+)?{_MONTH}{_YEAR}"
_NUMBERS = r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?:(?P=mark)(?P<year>\d{2,4})?)?(?!\d)"
_ISO = r"(?P<year>\d{4})-(?P<a>\d{2})-(?P<b>\d{2})"
_SAME_MONTH = (
    rf"\b{_MONTH}\s*\d{{1,2}}{_ORDINAL}\s*(?:-|–|to|through|thru|until)\s*(?P<day>\d{{1,2}})"
    rf"{_ORDINAL}\b{_YEAR}"
)

_BACK_AFTER = r"[^.!?]{0,40}\b(?:back|return|available again|reachable again|zurück|wieder)\b"
_NUMBER_WORDS = {
    "a": 1, "one": 1, "einer": 1, "einem": 1, "two": 2, "zwei": 2, "three": 3, "drei": 3, "four": 4,
    "vier": 4,
}  # fmt: skip
_BACK_IN = (
    r"\b(?:back|return(?:ing)?|wieder(?: da| zurück| erreichbar)?)(?: again| at my desk)? (?:in )?"
)
_SPELL = rf"(?P<many>{'|'.join(_NUMBER_WORDS)}|\d{{1,2}}) (?P<unit>day|week|tag|woche)[a-z]*"
_TODAY = (
    r"\b(?:out|away|off|unavailable|not (?:in|available|reachable))\b[^.!?]{0,25}\b(?:for )?today\b"
    r"|\bheute\b[^.!?]{0,30}\b(?:nicht|außer haus|termine?n?|unterwegs|abwesend)\b"
)
_MIDDLES = frozenset(("mid", "middle", "mitte"))


class _Grammar(NamedTuple):
    """The grammar compiled: cues, surest first, and the forms a day has after a cue."""

    cues: tuple[re.Pattern[str], ...]
    days: tuple[re.Pattern[str], ...]
    same_month: re.Pattern[str]
    weekday: re.Pattern[str]
    tomorrow: re.Pattern[str]
    next_week: re.Pattern[str]
    of_month: re.Pattern[str]
    edge_of_month: re.Pattern[str]
    month: re.Pattern[str]
    spells: tuple[re.Pattern[str], ...]
    in_month: re.Pattern[str]
    before: tuple[re.Pattern[str], ...]
    week: re.Pattern[str]
    today: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    """Returns the grammar; compiling it takes longer than reading a hundred messages."""
    forms = (_ISO, _MONTH_FIRST, _DAY_FIRST, _NUMBERS)
    return _Grammar(
        tuple(_compiled(cue) for cue in (_RETURNS, _UNTIL, _DASH)),
        tuple(_compiled(_LEAD_IN + form) for form in forms),
        _compiled(_SAME_MONTH),
        _compiled(rf"(?:next |nächsten |kommenden )?(?P<weekday>{_WEEKDAY})"),
        _compiled(r"(?:tomorrow|morgen|demain|mañana|domani|imorgon)\b"),
        _compiled(r"(?:next week|nächste[rn]? woche|la semaine prochaine|la próxima semana)\b"),
        _compiled(rf"{_LEAD_IN}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)(?![\d/-])"),
        _compiled(
            rf"(?:at the |the |am )?(?P<edge>end|ende|beginning|start|anfang|mid|middle|mitte)"
            rf"(?: of| des|-)? ?(?:the )?(?:{_MONTH}|month|monats)"
        ),
        _compiled(rf"{_MONTH}(?:\s+(?P<year>\d{{4}}))?(?!\s*\d)"),
        (_compiled(_BACK_IN + _SPELL), _compiled(rf"\bin {_SPELL}{_BACK_AFTER}")),
        _compiled(rf"{_BACK_IN}{_MONTH}(?:\s+(?P<year>\d{{4}}))?(?!\s*\d)"),
        tuple(_compiled(rf"{_LEAD_IN}{form}{_BACK_AFTER}") for form in forms),
        _compiled(rf"\b(?:kw|kalenderwoche|cw) ?(?P<week>\d{{1,2}})\b{_BACK_AFTER}"),
        _compiled(_TODAY),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def return_date(subject: str, text: str, sent_at: int | None, offset_minutes: int | None) -> str:
    """Returns the stated day of return as an ISO date, "" when none can be made out.

    Days without a year are taken as the first such day on or after the day of sending; numbers
    are read day first with dots and, with slashes, in the order that gives the nearer day.
    A last day away ("until 3 August") counts as the day of return, a day early at worst.

    Args:
        subject: of the message.
        text: its words.
        sent_at: when it was sent, epoch seconds.
        offset_minutes: the sender's offset from UTC.
    """
    if sent_at is None:
        return ""
    try:
        sent_on = datetime.fromtimestamp(sent_at + (offset_minutes or 0) * 60, UTC).date()
    except (ValueError, OverflowError):
        return ""
    words = " ".join(text[:MAX_CHARS].split())
    cues = _grammar().cues
    day = (
        _stated_day(words, sent_on, cues[:2])
        or _end_of_range(words, sent_on)
        or _relative_day(words, sent_on)
        or _day_before_cue(words, sent_on)
        # The subject repeats that of the answered message, so a mere range of days is not theirs.
        or _stated_day(subject[:MAX_CHARS], sent_on, cues[:2])
    )
    return day.isoformat() if day is not None else ""


def _stated_day(words: str, sent_on: date, cues: tuple[re.Pattern[str], ...]) -> date | None:
    for cue in cues:
        for found in cue.finditer(words):
            for form in _grammar().days:
                match = form.match(words, found.end())
                day = _day_of(match.groupdict(), sent_on) if match else None
                if day is not None:
                    return day
    return None


def _end_of_range(words: str, sent_on: date) -> date | None:
    day = _stated_day(words, sent_on, _grammar().cues[2:])
    if day is None:
        match = _grammar().same_month.search(words)
        day = _day_of(match.groupdict(), sent_on) if match else None
    return day


def _relative_day(words: str, sent_on: date) -> date | None:
    grammar = _grammar()
    for cue in grammar.cues[:2]:
        for found in cue.finditer(words):
            if grammar.tomorrow.match(words, found.end()):
                return sent_on + timedelta(days=1)
            if grammar.next_week.match(words, found.end()):
                return sent_on + timedelta(days=7 - sent_on.weekday())
            if match := grammar.edge_of_month.match(words, found.end()):
                return _edge_of_month(match, sent_on)
            if match := grammar.of_month.match(words, found.end()):
                return _in_month(int(match["day"]), sent_on)
            if match := grammar.weekday.match(words, found.end()):
                wanted = _WEEKDAYS[match["weekday"].lower().rstrip(".")]
                return sent_on + timedelta(days=(wanted - sent_on.weekday() - 1) % 7 + 1)
            if match := grammar.month.match(words, found.end()):
                return _start_of_month(match, sent_on)
    return None


def _days_of(match: re.Match[str]) -> int:
    """Returns how many days "two weeks" are."""
    said = match["many"].lower()
    number = _NUMBER_WORDS.get(said) or int(said)
    return number * (7 if match["unit"].lower() in ("week", "woche") else 1)


def _start_of_month(match: re.Match[str], sent_on: date) -> date | None:
    """Returns the first of a month that is named alone, when it lies ahead."""
    wanted = _MONTHS[match["month"].lower()]
    year = int(match["year"] or sent_on.year + (wanted <= sent_on.month))
    try:
        found = date(year, wanted, 1)
    except ValueError:  # there is no such year
        return None
    return found if 0 < (found - sent_on).days <= _LONGEST_ABSENCE_DAYS else None


def _day_before_cue(words: str, sent_on: date) -> date | None:
    """Returns a day named ahead of "back" or "wieder", or the next when only today is spoken of."""
    grammar = _grammar()
    for form in grammar.before:
        for match in form.finditer(words):
            day = _day_of(match.groupdict(), sent_on)
            if day is not None:
                return day
    for spell in grammar.spells:
        if spoken := spell.search(words):
            return sent_on + timedelta(days=_days_of(spoken))
    if month := grammar.in_month.search(words):
        return _start_of_month(month, sent_on)
    if week := grammar.week.search(words):
        return _monday_of(int(week["week"]), sent_on)
    return sent_on + timedelta(days=1) if grammar.today.search(words) else None


def _monday_of(week: int, sent_on: date) -> date | None:
    """Returns the Monday of a numbered week (ISO 8601) that comes next."""
    for year in (sent_on.year, sent_on.year + 1):
        try:
            found = date.fromisocalendar(year, week, 1)
        except ValueError:  # no such week in that year
            continue
        if found >= sent_on:
            return found if (found - sent_on).days <= _WITHOUT_YEAR_DAYS else None
    return None


def _in_month(number: int, sent_on: date) -> date | None:
    """Returns the next day of that number, in this month or the one after."""
    for month in (sent_on.replace(day=1), _next_month(sent_on)):
        try:
            found = month.replace(day=number)
        except ValueError:  # the month is shorter
            continue
        if found >= sent_on:
            return found
    return None


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _edge_of_month(match: re.Match[str], sent_on: date) -> date:
    """Returns the last day of a month, its middle, or its first, that comes next."""
    is_end, named = match["edge"].lower().startswith("end"), match["month"]
    if match["edge"].lower() in _MIDDLES:
        month = sent_on.replace(day=1)
        while month.month != (_MONTHS[named.lower()] if named else month.month):
            month = _next_month(month)
        return month.replace(day=15)
    month = sent_on.replace(day=1)
    if named or not is_end:
        wanted = _MONTHS[named.lower()] if named else _next_month(sent_on).month
        while month.month != wanted:
            month = _next_month(month)
    return _next_month(month) - timedelta(days=1) if is_end else month


def _day_of(groups: dict[str, str | None], sent_on: date) -> date | None:
    candidates = [
        day
        for month, number in _month_days(groups)
        if (day := _dated(groups.get("year"), month, number, sent_on)) is not None
        and 0 <= (day - sent_on).days <= _LONGEST_ABSENCE_DAYS
    ]
    return min(candidates) if candidates else None


def _month_days(groups: dict[str, str | None]) -> list[tuple[int, int]]:
    """Returns the readings of a day as month and day; "5/12" has two."""
    month, day = groups.get("month"), groups.get("day")
    if month and day:
        return [(_MONTHS[month.lower()], int(day))]
    a, b = int(groups["a"] or 0), int(groups["b"] or 0)
    mark = groups.get("mark")
    if mark is None:
        return [(a, b)]
    return [(b, a)] if mark == "." else [(a, b), (b, a)]


def _dated(year: str | None, month: int, day: int, sent_on: date) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this_year = date(sent_on.year, month, day)
        found = this_year if this_year >= sent_on else date(sent_on.year + 1, month, day)
    except ValueError:
        return None
    return found if (found - sent_on).days <= _WITHOUT_YEAR_DAYS else None

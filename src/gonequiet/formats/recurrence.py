"""Recurrence rules (RFC 5545 3.3.10), expanded within bounds.

Libraries expand a rule until it gives what was asked for; a rule that never does keeps them busy
for minutes. Here every rule is walked day by day up to a last moment, and one that repeats within
the day step by step up to a number of steps, so that what it costs is known beforehand.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

MOST: Final = 1000
"""Of one series, the latest so many are kept."""
_STEPS: Final = 20_000
_MOST_DAYS: Final = 8_000
_DAYS_OF_A_WEEK: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_RULE: Final = 2000
_WITHIN_A_DAY: Final = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_LARGEST_INTERVAL: Final = 10_000
_DAY: Final = timedelta(days=1)


class Rule(NamedTuple):
    """One rule; the names are those of RFC 5545, empty where it says nothing.

    Attributes:
        until: the last moment, as local time of the series; None for none.
        by_day: number within the period (0 for every one) and weekday (0 is Monday).
    """

    freq: str
    interval: int
    times: int | None
    until: str
    by_day: tuple[tuple[int, int], ...]
    by_month: frozenset[int]
    by_month_day: frozenset[int]
    by_year_day: frozenset[int]
    by_week: frozenset[int]
    by_hour: tuple[int, ...]
    by_minute: tuple[int, ...]
    by_second: tuple[int, ...]
    by_position: tuple[int, ...]
    week_start: int


class Occurrences(NamedTuple):
    """What a rule comes to.

    Attributes:
        starts: in order, local times.
        is_complete: False when there were more than are looked at or kept.
    """

    starts: list[datetime]
    is_complete: bool


def parse_rule(text: str) -> Rule | None:
    """Returns a rule, None when it is none."""
    parts: dict[str, str] = {}
    for part in text[:_LONGEST_RULE].upper().replace(" ", "").split(";"):
        name, _, value = part.partition("=")
        parts[name] = value
    freq = parts.get("FREQ", "")
    if freq not in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", *_WITHIN_A_DAY):
        return None
    try:
        return Rule(
            freq,
            min(max(1, int(parts.get("INTERVAL") or 1)), _LARGEST_INTERVAL),
            _count(parts.get("COUNT", "")),
            parts.get("UNTIL", ""),
            tuple(map(_weekday, _listed(parts, "BYDAY"))),
            _numbers(parts, "BYMONTH"),
            _numbers(parts, "BYMONTHDAY"),
            _numbers(parts, "BYYEARDAY"),
            _numbers(parts, "BYWEEKNO"),
            _within(parts, "BYHOUR", 24),
            _within(parts, "BYMINUTE", 60),
            _within(parts, "BYSECOND", 60),
            tuple(sorted(_numbers(parts, "BYSETPOS"))),
            _DAYS_OF_A_WEEK.index(parts.get("WKST") or "MO"),
        )
    except ValueError:
        return None


def _listed(parts: dict[str, str], name: str) -> list[str]:
    return [one for one in parts.get(name, "").split(",") if one]


def _numbers(parts: dict[str, str], name: str) -> frozenset[int]:
    return frozenset(int(one) for one in _listed(parts, name))


def _within(parts: dict[str, str], name: str, end: int) -> tuple[int, ...]:
    return tuple(sorted(one for one in _numbers(parts, name) if 0 <= one < end))


def _count(stated: str) -> int | None:
    """Returns how often a series takes place; some programs write none as 0 or -1."""
    count = int(stated) if stated else 0
    return count if count > 0 else None


def _weekday(text: str) -> tuple[int, int]:
    return int(text[:-2] or 0), _DAYS_OF_A_WEEK.index(text[-2:])


def expand(rule: Rule, start: datetime, *, until: datetime | None, last: datetime) -> Occurrences:
    """Returns when a series takes place.

    Args:
        rule: how it repeats.
        start: its first start, local time.
        until: the rule's own end as local time, None for none.
        last: what lies later is left out.
    """
    end = last if until is None else min(last, until)
    kept: deque[datetime] = deque(maxlen=MOST)
    found = 0
    begin = _late_start(rule, start, end)
    walk = _steps(rule, start, end) if rule.freq in _WITHIN_A_DAY else _days(rule, begin, end)
    for at in walk:
        if at is None or found >= _STEPS:
            return Occurrences(list(kept), False)
        if at < start:
            continue
        if at > end:
            break
        kept.append(at)
        found += 1
        if found == rule.times:
            break
    return Occurrences(list(kept), found <= MOST and begin == start)


def _late_start(rule: Rule, start: datetime, end: datetime) -> datetime:
    """Where to begin: of what has gone on for decades by days only the last years are walked."""
    if rule.freq != "DAILY" or rule.times is not None:
        return start
    skipped = (end - start).days // rule.interval - _MOST_DAYS
    return start + skipped * rule.interval * _DAY if skipped > 0 else start


def _days(rule: Rule, start: datetime, end: datetime) -> Iterator[datetime | None]:
    """Yields the starts of a rule that repeats by days; None when there are too many."""
    fits = _fitting_day(_with_defaults(rule, start))
    times = _times(rule, start)
    for days in _periods(rule, start.date(), end.date()):
        chosen = [day for day in days if fits(day)]
        if len(chosen) * len(times) > _STEPS:
            yield None
        moments = [datetime.combine(day, at) for day in chosen for at in times]
        yield from _positioned(moments, rule.by_position) if rule.by_position else moments


def _times(rule: Rule, start: datetime) -> list[time]:
    return [
        time(hour, minute, second)
        for hour in rule.by_hour or (start.hour,)
        for minute in rule.by_minute or (start.minute,)
        for second in rule.by_second or (start.second,)
    ]


def _positioned(moments: list[datetime], positions: tuple[int, ...]) -> list[datetime]:
    wanted, count = frozenset(positions), len(moments)
    return [
        at for place, at in enumerate(moments) if not wanted.isdisjoint((place + 1, place - count))
    ]


def _with_defaults(rule: Rule, start: datetime) -> Rule:
    """A rule that names no days repeats that of its first start."""
    if rule.by_week or rule.by_year_day or rule.by_month_day or rule.by_day:
        return rule
    if rule.freq == "YEARLY":
        months = rule.by_month or frozenset((start.month,))
        return rule._replace(by_month=months, by_month_day=frozenset((start.day,)))
    if rule.freq == "MONTHLY":
        return rule._replace(by_month_day=frozenset((start.day,)))
    if rule.freq == "WEEKLY":
        return rule._replace(by_day=((0, start.weekday()),))
    return rule


def _periods(rule: Rule, start: date, end: date) -> Iterator[Iterator[date]]:
    """Yields the days of every period from the first to the last."""
    if rule.freq == "DAILY":
        return ((day for day in (one,)) for one in _dates(start, end, rule.interval))
    if rule.freq == "WEEKLY":
        monday = start - timedelta(days=(start.weekday() - rule.week_start) % 7)
        return (_dates(one, one + 6 * _DAY) for one in _dates(monday, end, 7 * rule.interval))
    if rule.freq == "MONTHLY":
        return _months(start, end, rule.interval)
    return (
        _dates(date(year, 1, 1), date(year, 12, 31))
        for year in range(start.year, end.year + 1, rule.interval)
    )


def _months(start: date, end: date, interval: int) -> Iterator[Iterator[date]]:
    for month in range(12 * start.year + start.month - 1, 12 * end.year + end.month, interval):
        first = date(month // 12, month % 12 + 1, 1)
        yield _dates(first, first.replace(day=monthrange(first.year, first.month)[1]))


def _dates(first: date, last: date, step: int = 1) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1, step))


def _fitting_day(rule: Rule) -> Callable[[date], bool]:
    """Returns what says whether the rule allows a day."""
    tests: list[Callable[[date], bool]] = []
    if months := rule.by_month:
        tests.append(lambda day: day.month in months)
    if rule.by_day:
        tests.append(_weekday_test(rule))
    if month_days := rule.by_month_day:
        tests.append(
            lambda day: (
                day.day in month_days
                or day.day - 1 - monthrange(day.year, day.month)[1] in month_days
            )
        )
    if year_days := rule.by_year_day:
        tests.append(lambda day: not year_days.isdisjoint(_year_days(day)))
    if weeks := rule.by_week:
        tests.append(lambda day: not weeks.isdisjoint(_weeks(day, rule.week_start)))
    return lambda day: all(test(day) for test in tests)


def _year_days(day: date) -> tuple[int, int]:
    number = day.timetuple().tm_yday
    return number, number - 367 if isleap(day.year) else number - 366


def _weeks(day: date, week_start: int) -> tuple[int, int]:
    """The number of a day's week from the beginning and from the end of its own year, 0 outside.

    Week 1 is the first with at least four days in the year.
    """
    first = date(day.year, 1, 1)
    before = (first.weekday() - week_start) % 7
    opening = first - before * _DAY if before <= 3 else first + (7 - before) * _DAY
    following = date(day.year + 1, 1, 1) if day.year < 9999 else date(9999, 12, 31)
    after = (following.weekday() - week_start) % 7
    closing = following - after * _DAY if after <= 3 else following + (7 - after) * _DAY
    if not opening <= day < closing:
        return 0, 0
    number, total = (day - opening).days // 7 + 1, (closing - opening).days // 7
    return number, number - total - 1


def _weekday_test(rule: Rule) -> Callable[[date], bool]:
    plain = frozenset(weekday for number, weekday in rule.by_day if not number)
    numbered = frozenset(one for one in rule.by_day if one[0])
    in_month = rule.freq == "MONTHLY" or bool(rule.by_month)
    if not numbered or rule.freq not in ("MONTHLY", "YEARLY"):
        every = plain | {weekday for _, weekday in numbered}
        return lambda day: day.weekday() in every

    def fits(day: date) -> bool:
        weekday = day.weekday()
        if weekday in plain:
            return True
        if in_month:
            number, length = day.day, monthrange(day.year, day.month)[1]
        else:
            number, length = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
        forward, backward = (number - 1) // 7 + 1, -((length - number) // 7 + 1)
        return (forward, weekday) in numbered or (backward, weekday) in numbered

    return fits


def _steps(rule: Rule, start: datetime, end: datetime) -> Iterator[datetime | None]:
    """Yields the starts of a rule that repeats within the day; None when there are too many."""
    seconds = _WITHIN_A_DAY[rule.freq] * rule.interval
    fits = _fitting_day(rule)
    at, steps = start, 0
    while at <= end:
        steps += 1
        if steps > _STEPS:
            yield None
        if not fits(at.date()):
            midnight = datetime.combine(at.date(), time()) + _DAY
            missing = -(-(midnight - at).total_seconds() // seconds)
            at += timedelta(seconds=missing * seconds)
            continue
        yield from _within_step(rule, at)
        at += timedelta(seconds=seconds)


def _within_step(rule: Rule, at: datetime) -> list[datetime]:
    """What one step gives: smaller parts are filled in, its own and larger ones must fit."""
    if rule.by_hour and at.hour not in rule.by_hour:
        return []
    if rule.freq == "HOURLY":
        found = [
            at.replace(minute=minute, second=second)
            for minute in rule.by_minute or (at.minute,)
            for second in rule.by_second or (at.second,)
        ]
    elif rule.by_minute and at.minute not in rule.by_minute:
        return []
    elif rule.freq == "MINUTELY":
        found = [at.replace(second=second) for second in rule.by_second or (at.second,)]
    else:
        found = [] if rule.by_second and at.second not in rule.by_second else [at]
    return _positioned(found, rule.by_position) if rule.by_position else found

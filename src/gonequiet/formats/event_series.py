"""The times at which a series of a calendar file takes place, by its rules and lists of dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from gonequiet.formats.calendar_zones import parse_local
from gonequiet.formats.content_lines import Line
from gonequiet.formats.event_fields import Fields
from gonequiet.formats.event_moments import EARLIEST_YEAR, LATEST_YEAR, FileClock, Moment
from gonequiet.formats.recurrence import expand, parse_rule

_MOST_RULES: Final = 5


def starts_of_series(
    fields: Fields, start: Moment, clock: FileClock, last_at: int
) -> tuple[list[datetime], bool]:
    """Returns the local starts of a series in order, and whether these are all there are.

    Args:
        fields: of the event.
        start: when it takes place first.
        clock: of the file.
        last_at: how far it is followed, UTC epoch seconds.
    """
    last = start.zone.local(last_at)
    starts, is_complete = _expanded(fields.get("RRULE", ()), start, last)
    extra = clock.dates(fields.get("RDATE", ()), start)
    left_out = set(clock.dates(fields.get("EXDATE", ()), start))
    left_out.update(_expanded(fields.get("EXRULE", ()), start, last)[0])
    if not fields.get("RRULE") or not (starts or extra):
        starts = [start.local, *starts]
    dates = {one.date() for one in clock.dates(fields.get("EXDATE", ()), start, of_days=True)}
    found = sorted({one for one in (*starts, *extra) if one <= last} - left_out)
    return [one for one in found if one.date() not in dates], is_complete


def _expanded(rules: Sequence[Line], start: Moment, last: datetime) -> tuple[list[datetime], bool]:
    starts: list[datetime] = []
    is_complete = len(rules) <= _MOST_RULES
    for line in rules[:_MOST_RULES]:
        rule = parse_rule(line.value)
        if rule is None:
            starts.append(start.local)
            is_complete = False
            continue
        until = _until(rule.until, start)
        found = expand(rule, start.local, until=until, last=last)
        starts += found.starts
        is_complete = is_complete and found.is_complete
    return starts, is_complete


def _until(text: str, start: Moment) -> datetime | None:
    local = parse_local(text) if text else None
    if local is None or local.year >= LATEST_YEAR:
        return None
    if "T" not in text or local.year < EARLIEST_YEAR:
        return local + timedelta(days=1, seconds=-1)
    if text.endswith("Z") and not start.is_date:
        return start.zone.local(int(local.replace(tzinfo=UTC).timestamp()))
    return local

"""Time zones of a calendar file: by name, by what Windows calls them, by the file's own rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from gonequiet.formats.content_lines import Block, Line, lines_of
from gonequiet.formats.recurrence import expand, parse_rule

COMPONENTS: Final = frozenset({"VTIMEZONE", "STANDARD", "DAYLIGHT"})
_MOST_RULED: Final = 6  # zones of a file, and changes of the clock in one, that are worked out
_LONGEST_NAME: Final = 100
_EARLIEST_YEAR: Final = 1970
_OFFSET: Final = re.compile(r"([+-])(\d{2}):?(\d{2})(?::?\d{2})?")
_FIXED: Final = re.compile(r"(?:UTC|GMT|Z)?\s*([+-])\s*(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_UTC_NAMES: Final = frozenset(
    {"UTC", "GMT", "Z", "ETC/UTC", "ETC/GMT", "COORDINATED UNIVERSAL TIME"}
)
_OF_AN_OBSERVANCE: Final = frozenset({"DTSTART", "TZOFFSETTO", "TZOFFSETFROM", "RRULE"})


class Ruled(NamedTuple):
    """A zone worked out from the rules of the file.

    Attributes:
        onsets: local moments at which the clock changes, in order.
        offsets: the offset before the first of them, then after each.
    """

    onsets: tuple[datetime, ...]
    offsets: tuple[timedelta, ...]

    def seconds_at(self, local: datetime) -> int:
        """Returns the moment a local time is, UTC epoch seconds."""
        offset = self.offsets[bisect_right(self.onsets, local)]
        return int((local - offset).replace(tzinfo=UTC).timestamp())


class Zone(NamedTuple):
    """A time zone that a record names.

    Attributes:
        name: as it is known best, "" for UTC.
        clock: what turns local times into moments.
        is_known: False: it is none we know, and is taken as UTC.
    """

    name: str
    clock: tzinfo | Ruled
    is_known: bool = True

    def moment(self, local: datetime) -> int:
        """Returns the moment a local time is, UTC epoch seconds."""
        if isinstance(self.clock, Ruled):
            return self.clock.seconds_at(local)
        return int(local.replace(tzinfo=self.clock).timestamp())

    def local(self, moment: int) -> datetime:
        """Returns the local time of a moment, nearly so for a zone of the file's own rules."""
        if isinstance(self.clock, Ruled):
            plain = datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)
            return plain + self.clock.offsets[bisect_right(self.clock.onsets, plain)]
        return datetime.fromtimestamp(moment, self.clock).replace(tzinfo=None)


GREENWICH: Final = Zone("", UTC)


class Zones:
    """The zones a file names and those it defines."""

    def __init__(self, until_year: int) -> None:
        self._until = datetime(until_year, 12, 31)  # noqa: DTZ001
        self._defined: dict[str, tuple[Block, tuple[Block, ...]]] = {}
        self._observances: list[Block] = []
        self._known: dict[str, Zone] = {}
        self._ruled = 0

    def learn(self, block: Block) -> None:
        """Takes in a definition, or a part of one that is still to end."""
        if block.name != "VTIMEZONE":
            self._observances.append(block)
            return
        parts, self._observances = self._observances[-_MOST_RULED:], []
        for line in lines_of(block.content, frozenset({"TZID"})):
            if len(self._defined) < 100 * _MOST_RULED:
                self._defined.setdefault(line.value.strip()[:_LONGEST_NAME], (block, tuple(parts)))

    def find(self, name: str) -> Zone:
        """Returns the zone of a name; an unknown one is UTC and says so."""
        name = name.strip().strip('"')[:_LONGEST_NAME]
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._look_up(name)
        return known

    def _look_up(self, name: str) -> Zone:
        named = zone_by_name(name)
        if named is not None or name not in self._defined:
            return named or Zone(name, UTC, is_known=False)
        block, parts = self._defined[name]
        for line in lines_of(block.content, frozenset({"X-LIC-LOCATION"})):
            if (located := zone_by_name(line.value.strip())) is not None:
                return located
        self._ruled += 1
        ruled = self._by_rules(parts) if self._ruled <= _MOST_RULED else None
        return Zone(name, ruled or UTC, is_known=ruled is not None)

    def _by_rules(self, parts: Sequence[Block]) -> Ruled | None:
        changes: dict[datetime, timedelta] = {}
        before: tuple[datetime, timedelta] | None = None
        for part in parts:
            lines = {line.name: line for line in lines_of(part.content, _OF_AN_OBSERVANCE)}
            onsets, after = self._onsets(lines), _offset(lines.get("TZOFFSETTO"))
            if not onsets or after is None:
                continue
            changes |= dict.fromkeys(onsets, after)
            earlier = _offset(lines.get("TZOFFSETFROM"))
            if before is None or onsets[0] < before[0]:
                before = (onsets[0], after if earlier is None else earlier)
        if before is None:
            return None
        ordered = sorted(changes.items())
        offsets = (before[1], *(offset for _, offset in ordered))
        return Ruled(tuple(onset for onset, _ in ordered), offsets)

    def _onsets(self, lines: Mapping[str, Line]) -> list[datetime]:
        start = parse_local(lines["DTSTART"].value) if "DTSTART" in lines else None
        if start is None:
            return []
        rule = parse_rule(lines["RRULE"].value) if "RRULE" in lines else None
        if rule is None:
            return [start]
        start = start.replace(year=max(start.year, _EARLIEST_YEAR), day=min(start.day, 28))
        until = parse_local(rule.until) if rule.until else None
        return expand(rule, start, until=until, last=self._until).starts


def _offset(line: Line | None) -> timedelta | None:
    found = _OFFSET.match(line.value.strip()) if line else None
    if found is None:
        return None
    size = timedelta(hours=min(int(found[2]), 23), minutes=min(int(found[3]), 59))
    return -size if found[1] == "-" else size


@lru_cache(maxsize=512)
def zone_by_name(name: str) -> Zone | None:
    """Returns the zone of an IANA or Windows name or a fixed offset, None when it is none."""
    if name.upper() in _UTC_NAMES:
        return GREENWICH
    parts = name.strip("/").split("/")
    for start in range(max(0, len(parts) - 3), len(parts)):
        if (found := _iana("/".join(parts[start:]))) is not None:
            return found
    fixed = _FIXED.fullmatch(name)
    if fixed and int(fixed[2]) < 15:
        size = timedelta(hours=int(fixed[2]), minutes=min(int(fixed[3] or 0), 59))
        return Zone(name, timezone(-size if fixed[1] == "-" else size))
    return _windows(name)


def _iana(name: str) -> Zone | None:
    try:
        return Zone(name, ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return None


def _windows(name: str) -> Zone | None:
    # Imported here: it takes a fifth of a second, and only Outlook's files need it.
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    found = WINDOWS_TO_OLSON.get(name) or WINDOWS_TO_OLSON.get(name.title())
    return _iana(found) if found else None


_MOMENT: Final = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2}):?(\d{2})?(?:\.\d{1,9})?)?"
)


def parse_local(value: str) -> datetime | None:
    """Returns the date and time a value begins with, zone marks left out; None for none."""
    found = _MOMENT.match(value.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
    except ValueError:
        return None

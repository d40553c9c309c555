"""When an event of a calendar file takes place: moments as written, in the zones of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from gonequiet.domain.moments import DAY
from gonequiet.formats.calendar_zones import GREENWICH, Zone, Zones, parse_local
from gonequiet.formats.content_lines import Block, Line
from gonequiet.formats.event_fields import MOST_DATES, Fields, lasts_of

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


class Moment(NamedTuple):
    """A date or time as written, with its zone."""

    local: datetime
    zone: Zone
    is_date: bool

    @property
    def at(self) -> int:
        """UTC epoch seconds."""
        return self.zone.moment(self.local)

    @property
    def is_plausible(self) -> bool:
        """Whether anything can take place then."""
        return EARLIEST_YEAR <= self.local.year < LATEST_YEAR

    def moved_to(self, local: datetime) -> Moment:
        """Returns another local time of the same kind and zone."""
        return self._replace(local=local)

    def original(self) -> str:
        """How one of a series is known: by its original start."""
        if self.is_date:
            return f"{self.local:%Y-%m-%d}"
        return f"{datetime.fromtimestamp(self.at, UTC):%Y-%m-%dT%H:%M:%SZ}"


class FileClock:
    """What the moments of one file are, by its zones."""

    def __init__(self, until_year: int, zone: str) -> None:
        """Begins with the owner's zone, for times that name none.

        Args:
            until_year: up to here the rules of zones are worked out.
            zone: the owner's, "" for UTC.
        """
        self._zones = Zones(until_year)
        self._default = self._zones.find(zone) if zone else GREENWICH

    def learn(self, block: Block) -> None:
        """Takes in a zone that the file defines."""
        self._zones.learn(block)

    def take_for_default(self, name: str) -> None:
        """Takes a zone for the one of all times that name none, if it is known."""
        found = self._zones.find(name)
        self._default = found if found.is_known else self._default

    def moment(self, fields: Fields, name: str) -> Moment | None:
        """Returns the moment a field of an event names, None where it names none."""
        lines = fields.get(name)
        return self._written(lines[0].value, lines[0].parameters) if lines else None

    def dates(
        self, lines: Sequence[Line], start: Moment, *, of_days: bool = False
    ) -> list[datetime]:
        """Returns the moments a list of dates names, as local times of the series."""
        found: list[datetime] = []
        for line in lines[:MOST_DATES]:
            for value in line.value[: 20 * MOST_DATES].split(","):
                at = self._written(value.partition("/")[0], line.parameters)
                if at is None or len(found) >= MOST_DATES:
                    continue
                if at.is_date and not start.is_date:
                    found += [at.local] if of_days else []
                elif not of_days and at.is_date == start.is_date:
                    found.append(at.local if at.zone is start.zone else start.zone.local(at.at))
        return found

    def ends_at(self, fields: Fields, start: Moment) -> int:
        """Returns when an event ends, by what it states, UTC epoch seconds."""
        end = self.moment(fields, "DTEND")
        if end is not None:
            return end.at
        lasts = lasts_of(fields)
        if lasts is not None:
            return start.at + lasts
        return start.at + (DAY if start.is_date else 0)

    def _written(self, value: str, parameters: Mapping[str, str]) -> Moment | None:
        value = value.strip()
        local = parse_local(value)
        if local is None or local.year < EARLIEST_YEAR or local.year > LATEST_YEAR:
            return None
        is_date = parameters.get("VALUE", "").upper() == "DATE" or "T" not in value.upper()
        if value[-1:] in "Zz":
            return Moment(local, GREENWICH, is_date)
        named_zone = "" if is_date else parameters.get("TZID", "")
        zone = self._zones.find(named_zone) if named_zone else self._default
        return Moment(
            local.replace(hour=0, minute=0, second=0) if is_date else local, zone, is_date
        )

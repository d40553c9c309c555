"""Use case: each contact's working calendar, from what the records tell of where they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple, Protocol

from gonequiet.analysis.whereabouts import Clues, Whereabouts, find_whereabouts
from gonequiet.app.shelf import WHEREABOUTS, Shelf
from gonequiet.domain.moments import DAY
from gonequiet.domain.workdays import WEEKEND, WorkCalendar

_MOST_YEARS = 60
_EARLIEST_AT, _LATEST_AT = 0, 7_226_582_400  # 1970 and 2199


class ClueStore(Protocol):
    """What the records hold on where contacts are."""

    def clues(self, contacts: Collection[int]) -> dict[int, Clues]:
        """Returns the clues of each contact asked for; one without any has empty ones."""


class HolidayBook(Protocol):
    """Public holidays and weekends of the world."""

    def holidays(self, country: str, region: str, year: int) -> frozenset[date]:
        """Returns the public holidays of a year; none for an unknown country."""

    def weekend(self, country: str, year: int) -> tuple[int, ...]:
        """Returns the free weekdays, Monday is 0."""


class _Place(NamedTuple):
    """What a calendar is made from; many contacts share one."""

    country: str
    region: str
    time_zone: str
    first_year: int
    last_year: int


class ContactClocks:
    """Answers where contacts work and when, and keeps what it found.

    Args:
        clues: what the records hold.
        book: holidays of the world; asked only for contacts whose country is known.
        shelf: where findings are kept between questions.
    """

    def __init__(self, clues: ClueStore, book: HolidayBook, shelf: Shelf) -> None:
        self._clues = clues
        self._book = book
        self._shelf = shelf
        self._found: dict[int, Whereabouts] = {}
        self._calendars: dict[_Place, WorkCalendar] = {}

    def whereabouts(self, contacts: Collection[int]) -> Mapping[int, Whereabouts]:
        """Returns where each contact works; one without clues is nowhere."""
        if not self._found:
            self._found = _whereabouts_in(self._shelf.find_kept(WHEREABOUTS))
        missing = sorted(set(contacts) - self._found.keys())
        if missing:
            clues = self._clues.clues(missing)
            for contact in missing:
                self._found[contact] = find_whereabouts(clues.get(contact, Clues()))
            self._shelf.keep(WHEREABOUTS, json.dumps(list(self._found.items())))
        return {contact: self._found[contact] for contact in contacts}

    def calendars(
        self, contacts: Collection[int], *, since: int, until: int
    ) -> dict[int, WorkCalendar]:
        """Returns each contact's calendar, with the holidays of the years a span touches.

        Args:
            contacts: by number.
            since: beginning of the span, UTC epoch seconds; absurd moments are drawn near.
            until: its end; holidays of the sixty years before it are known at most.
        """
        last = _year(until + DAY)
        first = max(min(_year(since - DAY), last), last - _MOST_YEARS + 1)
        return {
            contact: self._calendar(_Place(one.country, one.region, _clock(one), first, last))
            for contact, one in self.whereabouts(contacts).items()
        }

    def _calendar(self, place: _Place) -> WorkCalendar:
        if place not in self._calendars:
            self._calendars[place] = self._made(place)
        return self._calendars[place]

    def _made(self, place: _Place) -> WorkCalendar:
        if not place.country:
            return WorkCalendar(weekend=WEEKEND, time_zone=place.time_zone)
        name = f"holidays {place.country} {place.region} {place.first_year} {place.last_year}"
        kept = self._shelf.find_kept(name)
        if kept is None:
            kept = self._looked_up(place)
            self._shelf.keep(name, kept)
        days, weekend = json.loads(kept)
        return WorkCalendar(
            holidays=frozenset(date.fromisoformat(day) for day in days),
            weekend=tuple(weekend),
            time_zone=place.time_zone,
        )

    def _looked_up(self, place: _Place) -> str:
        years = range(place.first_year, place.last_year + 1)
        days = (self._book.holidays(place.country, place.region, year) for year in years)
        found = sorted(day.isoformat() for day in frozenset[date]().union(*days))
        return json.dumps([found, self._book.weekend(place.country, place.last_year)])


def _whereabouts_in(kept: str | None) -> dict[int, Whereabouts]:
    rows = json.loads(kept) if kept else []
    return {contact: Whereabouts._make(found) for contact, found in rows}


def _year(at: int) -> int:
    return datetime.fromtimestamp(min(max(at, _EARLIEST_AT), _LATEST_AT), UTC).year


def _clock(found: Whereabouts) -> str:
    """Returns the clock to count by; a bare offset of whole hours stands for one."""
    if found.time_zone or not found.utc_offset_minutes:
        return found.time_zone
    hours, rest = divmod(found.utc_offset_minutes, 60)
    # The names of these zones have the sign turned round (POSIX).
    return f"Etc/GMT{-hours:+d}" if not rest and -12 <= hours <= 14 else ""

"""Contacts' calendars: made from clues and a book of holidays, and kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

import pytest

from gonequiet.analysis.clock_offsets import SeenOffset
from gonequiet.analysis.whereabouts import Clues
from gonequiet.app.workdays import ContactClocks
from gonequiet.domain.workdays import WorkCalendar

SINCE = int(datetime(2025, 12, 20, tzinfo=UTC).timestamp())
UNTIL = int(datetime(2026, 1, 10, tzinfo=UTC).timestamp())
DANA, KENJI, NOBODY = 1, 2, 3


class FakeShelf:
    """Keeps nothing."""

    def find_kept(self, name: str) -> str | None:
        return None

    def keep(self, name: str, text: str) -> None:
        return None


class FakeClues:
    """Implements `app.workdays.ClueStore` by what it is given, and counts the questions."""

    def __init__(self, known: dict[int, Clues]) -> None:
        self.known = known
        self.asked: list[list[int]] = []

    def clues(self, contacts: Collection[int]) -> dict[int, Clues]:
        self.asked.append(sorted(contacts))
        return {contact: self.known[contact] for contact in contacts if contact in self.known}


class FakeBook:
    """Implements `app.workdays.HolidayBook`: everybody has New Year, in all years asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, int]] = []

    def holidays(self, country: str, region: str, year: int) -> frozenset[date]:
        self.asked.append((country, region, year))
        return frozenset({date(year, 1, 1)})

    def weekend(self, country: str, year: int) -> tuple[int, ...]:
        return (4, 5) if country == "SA" else (5, 6)


@pytest.fixture
def store() -> FakeClues:
    return FakeClues({DANA: Clues(("dana@werk.de",)), KENJI: Clues(("kenji@kaisha.co.jp",))})


@pytest.fixture
def book() -> FakeBook:
    return FakeBook()


def test_a_calendar_has_the_holidays_of_every_year_the_span_touches(
    store: FakeClues, book: FakeBook
) -> None:
    found = ContactClocks(store, book, FakeShelf()).calendars([DANA], since=SINCE, until=UNTIL)
    assert found[DANA] == WorkCalendar(
        holidays=frozenset({date(2025, 1, 1), date(2026, 1, 1)}), time_zone="Europe/Berlin"
    )


def test_the_weekend_is_the_countrys(book: FakeBook) -> None:
    store = FakeClues({DANA: Clues(("dana@house.com.sa",))})
    assert ContactClocks(store, book, FakeShelf()).calendars([DANA], since=SINCE, until=UNTIL)[
        DANA
    ].weekend == (
        4,
        5,
    )


def test_without_a_country_no_book_is_opened(store: FakeClues, book: FakeBook) -> None:
    found = ContactClocks(store, book, FakeShelf()).calendars([NOBODY], since=SINCE, until=UNTIL)
    assert found == {NOBODY: WorkCalendar()}
    assert not book.asked


@pytest.mark.parametrize(("minutes", "zone"), [(480, "Etc/GMT-8"), (-300, "Etc/GMT+5"), (345, "")])
def test_a_bare_offset_still_tells_when_the_day_begins(
    book: FakeBook, minutes: int, zone: str
) -> None:
    store = FakeClues({DANA: Clues(offsets=(SeenOffset(SINCE, minutes),))})
    found = ContactClocks(store, book, FakeShelf()).calendars([DANA], since=SINCE, until=UNTIL)
    assert found[DANA].time_zone == zone


def test_what_was_found_is_kept(store: FakeClues, book: FakeBook) -> None:
    clocks = ContactClocks(store, book, FakeShelf())
    first = clocks.calendars([DANA], since=SINCE, until=UNTIL)
    asked = len(book.asked)
    again = clocks.calendars([DANA, KENJI], since=SINCE, until=UNTIL)
    assert again[DANA] is first[DANA]
    assert store.asked == [[DANA], [KENJI]]
    assert {country for country, _, _ in book.asked[asked:]} == {"JP"}


def test_absurd_spans_ask_for_sixty_years_at_most(store: FakeClues, book: FakeBook) -> None:
    ContactClocks(store, book, FakeShelf()).calendars([DANA], since=-(2**62), until=2**62)
    ContactClocks(store, book, FakeShelf()).calendars([KENJI], since=2**62, until=-(2**62))
    assert len(book.asked) == 60 + 1

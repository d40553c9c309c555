"""Where contacts are, against the cast of the demo, and what counting working time costs.

Usage: python -m benchmarks.whereabouts [DATABASE ...]

The demo mailbox is written and imported anew; its cast says where everybody works. For other
databases there is no truth: countries and the clues that told them are counted.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gonequiet.analysis.whereabouts import Whereabouts
from gonequiet.app.records import ContactCard
from gonequiet.app.workdays import ContactClocks
from gonequiet.cli.entry import run
from gonequiet.demo.cast import Person, load_cast
from gonequiet.domain.episode import Pause
from gonequiet.domain.workdays import WorkCalendar, counted_seconds, working_days_between
from gonequiet.sources.holiday_book import PackagedHolidays
from gonequiet.store.asking import RecordTables
from gonequiet.store.clues import ClueTables
from gonequiet.store.database import Database
from gonequiet.store.shelf import ShelfTables

CONTACTS = 300
CALLS = 5_000
DAY = 86_400


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run(["demo", folder])
        print("\nthe demo mailbox")
        against_the_cast(*places_of(Path(folder) / "demo.db"))
    for name in sys.argv[1:]:
        print(f"\n{Path(name).name}")
        counted(*places_of(Path(name)))
    print("\nworking time")
    calls()


def places_of(path: Path) -> tuple[list[ContactCard], dict[int, Whereabouts]]:
    """Returns the contacts of latest exchange and where they are, and prints what it took."""
    database = Database(path)
    cards = RecordTables(database).contacts(including_set_aside=False)[:CONTACTS]
    numbers = [card.number for card in cards]
    clocks = ContactClocks(ClueTables(database), PackagedHolidays(), ShelfTables(database))
    clues = timed(lambda: ClueTables(database).clues(numbers))
    found: dict[int, Whereabouts] = {}
    weighed = timed(lambda: found.update(clocks.whereabouts(numbers)))
    made = timed(lambda: clocks.calendars(numbers, since=1_640_995_200, until=1_767_225_600))
    print(f"{len(cards)} contacts: clues {clues:.0f} ms, with weighing {weighed:.0f} ms")
    print(f"calendars of five years, first use of the book included: {made:.0f} ms")
    return cards, found


def against_the_cast(cards: list[ContactCard], found: dict[int, Whereabouts]) -> None:
    """Prints the table: where somebody is taken to be, where they are, and which clue told."""
    cast = {address: person for person in load_cast(7).people for address in person.addresses}
    verdicts: Counter[str] = Counter()
    for card in cards:
        if card.key in cast:
            one, person = found[card.number], cast[card.key]
            verdict = verdict_on(one, person)
            verdicts[verdict] += 1
            told = f"{one.country or '?':3}{one.region or '-':4}{one.time_zone or '?':18}"
            true = f"{person.place.country} {person.place.region or '-':4}{person.place.zone:18}"
            print(f"  {card.name:18}{told}{true}{verdict:9}{one.why}")
    print("  ", dict(verdicts))


def verdict_on(one: Whereabouts, person: Person) -> str:
    if not one.country:
        return "unknown"
    same = (one.country, one.time_zone) == (person.place.country, person.place.zone)
    return "right" if same else "wrong"


def counted(cards: list[ContactCard], found: dict[int, Whereabouts]) -> None:
    """Prints countries, clocks and how often each kind of clue decided."""
    told = [found[card.number] for card in cards]
    print("  countries", dict(Counter(one.country or "?" for one in told).most_common(12)))
    print("  clocks", dict(Counter(one.time_zone or "?" for one in told).most_common(12)))


def calls() -> None:
    """Prints what many questions cost, in processor time."""
    book = PackagedHolidays()
    days = (book.holidays("JP", "", year) for year in range(2015, 2027))
    calendar = WorkCalendar(holidays=frozenset().union(*days), time_zone="Asia/Tokyo")
    draw = random.Random(3)
    starts = [1_500_000_000 + draw.randrange(200_000_000) for _ in range(CALLS)]
    waits = [(start, start + draw.randrange(90 * DAY)) for start in starts]
    for question in (working_days_between, counted_seconds):
        for spells in (0, 2):
            took = timed(lambda: ask(question, waits, calendar, spells))  # noqa: B023
            print(f"  {CALLS} {question.__name__}, {spells} away spells: {took:.0f} ms")


def ask(
    question: Callable[[int, int, WorkCalendar, tuple[Pause, ...]], int],
    waits: list[tuple[int, int]],
    calendar: WorkCalendar,
    spells: int,
) -> None:
    for start, stop in waits:
        pauses = tuple(
            Pause(start + 3 * step * DAY, start + (3 * step + 2) * DAY, 1, is_stated=True)
            for step in range(spells)
        )
        question(start, stop, calendar, pauses)


def timed(work: Callable[[], object]) -> float:
    """Returns the processor time of something, in milliseconds."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1_000


if __name__ == "__main__":
    main()

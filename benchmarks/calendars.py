"""Calendars and cards: 50,000 events, rules that never end, 20,000 cards, and what they cost later.

Usage: python -m benchmarks.calendars

Everything is made up. Events and cards are imported by the whole program into a new database; CPU
seconds are of all its processes. Rules are read alone, in this process; memory is what was held at
most, counted by tracemalloc in a second reading.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from gonequiet.formats.icalendar_file import read_calendar
from gonequiet.formats.record_file import ReadOptions

EVENTS, CARDS, FEW = 50_000, 20_000, 100
NOW = 1_780_000_000
PROGRAM = [sys.executable, "-m", "gonequiet"]
_ALL_HOURS = ",".join(map(str, range(24)))
_ALL_MINUTES = ",".join(map(str, range(60)))
RULES = (
    "FREQ=SECONDLY",
    "FREQ=MINUTELY",
    "FREQ=HOURLY",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MINUTELY;BYHOUR=25",
    "FREQ=HOURLY;BYDAY=MO;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=31",
    "FREQ=YEARLY;BYYEARDAY=367",
    "FREQ=YEARLY;BYWEEKNO=54",
    "FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=SECONDLY;INTERVAL=999999999;COUNT=999999999",
    "FREQ=DAILY;COUNT=2000000000",
    "FREQ=YEARLY;UNTIL=99991231T235959Z",
    f"FREQ=DAILY;BYHOUR={_ALL_HOURS};BYMINUTE={_ALL_MINUTES};BYSECOND={_ALL_MINUTES}",
    f"FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={_ALL_HOURS};BYMINUTE={_ALL_MINUTES}",
    "FREQ=SECONDLY;BYSETPOS=-366;BYSECOND=59",
    "FREQ=DAILY;INTERVAL=0;BYSETPOS=" + ",".join(map(str, range(-366, 367))),
)


def guest_address(number: int) -> str:
    """Returns the address of a guest, of one of 300 firms."""
    return f"guest{number}@firm{number % 300}.example"


def event(number: int, chance: random.Random, *, start: str = "", rule: str = "") -> str:
    """Returns one event as programs write it, with a reminder in it."""
    day = f"{chance.randint(2018, 2025)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    guest = guest_address(number % 3000)
    begins = start or f"DTSTART;TZID=Europe/Berlin:{day}T100000"
    lines = (
        "BEGIN:VEVENT",
        f"UID:event-{number}@calendar.example",
        f"DTSTAMP:20240101T00{number // 60 % 60:02}{number % 60:02}Z",
        begins,
        "DURATION:PT1H",
        *([f"RRULE:{rule}"] if rule else []),
        f"SUMMARY:Review of quay {number}",
        "LOCATION:Room 4\\, Main building",
        "DESCRIPTION:Bring the plans for the new quay and the numbers of last year. W",
        " e will look at all of them in turn.",
        "ORGANIZER;CN=Kim Adler:mailto:kim@adler.example",
        f'ATTENDEE;CN="Guest {number % 3000}";PARTSTAT=ACCEPTED:mailto:{guest}',
        "ATTENDEE;CN=Kim Adler;PARTSTAT=ACCEPTED:mailto:kim@adler.example",
        "STATUS:CONFIRMED",
        "BEGIN:VALARM",
        "TRIGGER:-PT15M",
        "END:VALARM",
        "END:VEVENT",
    )
    return "".join(f"{line}\r\n" for line in lines)


def calendar(events: str) -> bytes:
    """Returns a calendar file."""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()


def card(number: int) -> str:
    """Returns one card; the first thousands are those of the events' guests."""
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Guest Number{number}\r\nN:Number{number};Guest;;;\r\n"
        f"EMAIL;TYPE=work:{guest_address(number)}\r\nEMAIL:guest{number}@mail.example\r\n"
        f"TEL;TYPE=cell:+49 30 5{number:06}\r\nORG:Harbour\r\nEND:VCARD\r\n"
    )


def imported(file: Path, database: Path) -> str:
    """Imports a file by the program and returns what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(
        [*PROGRAM, "import", str(file), "--db", str(database)], check=True, capture_output=True
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{wall:6.1f} s, {cpu:6.1f} s of CPU"


def rule_cost(rule: str, start: str) -> tuple[float, float, int]:
    """Returns CPU seconds, most MB held, and records of one series."""
    data = calendar(event(1, random.Random(1), start=start, rule=rule))
    options = ReadOptions(now=NOW)
    began = time.process_time()
    count = sum(1 for _ in read_calendar([data], options))
    seconds = time.process_time() - began
    tracemalloc.start()
    held = list(read_calendar([data], options))
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, most, min(count, len(held))


def rules() -> None:
    """Prints the dearest of the rules that never end."""
    found = [
        (*rule_cost(rule, start), rule)
        for rule in RULES
        for start in ("DTSTART:19000101T000000Z", "DTSTART;TZID=Europe/Berlin:20240101T090000")
    ]
    seconds, _, _, dearest = max(found)
    most = max(held for _, held, _, _ in found)
    print(f"{len(RULES)} rules that never end, each from 1900 and from 2024")
    print(f"  dearest {seconds:.3f} s ({dearest[:40]}); most memory {most:.1f} MB", flush=True)


def main() -> None:
    """Prints all figures."""
    rules()
    chance = random.Random(2)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        database, later = place / "records.db", place / "later.ics"
        (place / "all.ics").write_bytes(calendar("".join(event(n, chance) for n in range(EVENTS))))
        (place / "all.vcf").write_text("".join(map(card, range(CARDS))))
        later.write_bytes(calendar("".join(event(EVENTS + n, chance) for n in range(FEW))))
        print(f"{EVENTS:,} events: {imported(place / 'all.ics', database)}", flush=True)
        said = [*PROGRAM, "me", "kim@adler.example", "--db", str(database)]
        subprocess.run(said, check=True, capture_output=True)
        print(f"{CARDS:,} cards after them: {imported(place / 'all.vcf', database)}", flush=True)
        print(f"{FEW} events after both: {imported(later, database)}", flush=True)


if __name__ == "__main__":
    main()

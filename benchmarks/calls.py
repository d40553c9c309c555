"""Calls and texts: 100,000 of a telephone's backup, the next backup, and 100 more beside them.

Usage: python -m benchmarks.calls

Everything is made up. A third are calls, the rest texts of a few sentences each, with 1,500
numbers; the owner's country is set, as numbers are written as people keep them. Each import is of
the whole program; wall and CPU seconds are of all its processes.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

RECORDS, MORE, NUMBERS = 100_000, 100, 1_500
BEGINS_AT = 1_500_000_000
PROGRAM = [sys.executable, "-m", "gonequiet"]
GIVEN = ("Ada", "Bo", "Cleo", "Dario", "Edda", "Finn", "Gita", "Hugo", "Ines", "Jonas")
FAMILY = ("Abel", "Berg", "Cole", "Dahl", "Eder", "Falk", "Graf", "Holm", "Iker", "Jahn")
SENTENCES = (
    "Can you send me the plans for quay {n}?",
    "I am running {n} minutes late.",
    "Thanks, that helps a lot.",
    "The delivery for house {n} came this morning.",
    "Shall we meet at {n} Harbour Road on Friday?",
    "Please call me back when you are free.",
    "Ok.",
    "I will bring the {n} samples tomorrow.",
    "Did the offer of {n} euros reach you?",
    "No worries, see you then.",
    "We are still waiting for number {n}.",
    "The room is booked.",
)


def written(number: int) -> str:
    """Returns a telephone number as people write it."""
    digits = f"{30_000_000 + number:08}"
    forms = (f"+49 30 {digits}", f"030 {digits[:4]} {digits[4:]}", f"004930{digits}")
    return forms[number % len(forms)]


def entry(number: int, chance: random.Random) -> str:
    """Returns one call or text as the program that makes backups writes it."""
    at = (BEGINS_AT + number * 1_800 + chance.randrange(1_800)) * 1000
    whom = min(chance.randrange(NUMBERS), chance.randrange(NUMBERS))
    name = f"{GIVEN[whom % 10]} {FAMILY[whom // 10 % 10]} {whom // 100}"
    who = f"contact_name={quoteattr(name)} readable_date={quoteattr(f'moment {number}')}"
    phone = quoteattr(written(whom))
    if number % 3 == 0:
        kind, seconds = chance.choice((1, 2, 3)), chance.randrange(600)
        return (
            f'  <call number={phone} duration="{seconds}" date="{at}" type="{kind}" '
            f'presentation="1" subscription_id="1" {who} />\n'
        )
    text = " ".join(
        chance.choice(SENTENCES).format(n=chance.randrange(2, 500))
        for _ in range(chance.randint(1, 4))
    )
    return (
        f'  <sms protocol="0" address={phone} date="{at}" type="{chance.choice((1, 2))}" '
        f'subject="null" body={quoteattr(text)} toa="null" sc_toa="null" service_center="null" '
        f'read="1" status="-1" locked="0" date_sent="{at}" sub_id="1" {who} />\n'
    )


def backup(entries: Iterable[str]) -> str:
    """Returns a backup file."""
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
        f"<smses>\n{''.join(entries)}</smses>\n"
    )


def imported(file: Path, database: Path) -> str:
    """Imports a file by the program and returns what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(
        [*PROGRAM, "import", str(file), "--db", str(database)],
        check=True,
        capture_output=True,
        env={**os.environ, "GONEQUIET_COUNTRY": "DE"},
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{wall:6.2f} s, {cpu:6.2f} s of CPU"


def main() -> None:
    """Prints all figures."""
    chance = random.Random(3)
    entries = [entry(number, chance) for number in range(RECORDS)]
    few = [entry(RECORDS + number, chance) for number in range(2 * MORE)]
    with tempfile.TemporaryDirectory(prefix="gonequiet-bench-") as folder:
        place, database = Path(folder), Path(folder) / "records.db"
        phone, tablet = place / "phone.xml", place / "tablet.xml"
        phone.write_text(backup(entries))
        tablet.write_text(backup(few[:MORE]))
        print(f"{RECORDS:,} calls and texts: {imported(phone, database)}", flush=True)
        print(f"nothing new: {imported(phone, database)}", flush=True)
        print(f"{MORE} in a file beside them: {imported(tablet, database)}", flush=True)
        phone.write_text(backup([*entries, *few[MORE:]]))
        print(f"the next backup, {MORE} longer: {imported(phone, database)}", flush=True)


if __name__ == "__main__":
    main()

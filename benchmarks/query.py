"""Seconds of the questions on a large store, on top of start-up.

Usage: python -m benchmarks.query [DATABASE [CONTACT [WORDS]]]

Without a database one of about 100,000 messages is made from ../shared/data/mail/enron: every
mailbox four times, years apart and worded a little otherwise. Each command runs as a whole process,
once not counted, then five times; printed are the median of the wall time, what is left of it
after the median of `gonequiet --version` is taken off, and the median of the processor time.

`quiet` and `show` are asked twice over: first each time as of another day, so that everything is
judged anew, then as of one day again and again.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PROGRAM = [sys.executable, "-m", "gonequiet"]
SOURCE = Path("../shared/data/mail/enron")
RUNS = 5
VARIANTS = 4
_DATE = re.compile(rb"^(Date: .*? )((?:19|20)\d\d)( .*)$", re.MULTILINE)
_ID = re.compile(rb"^(Message-I[Dd]: ?<?)", re.MULTILINE)
_SUBJECT = re.compile(rb"^(Subject: .+)$", re.MULTILINE)


class Spent(NamedTuple):
    """Seconds of one run: by the clock on the wall, and of the processor."""

    wall: float
    processor: float


def run(command: Sequence[str]) -> Spent:
    """Runs a command; 0 and 1 are answers."""
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    wall, after = time.perf_counter() - began, os.times()
    user = after.children_user - before.children_user
    return Spent(wall, user + after.children_system - before.children_system)


def median_of(commands: Sequence[Sequence[str]]) -> Spent:
    """Returns the medians of running the commands one after the other, but for the first."""
    spent = [run(command) for command in commands][1:]
    return Spent(*(statistics.median(column) for column in zip(*spent, strict=True)))


def _busiest(database: Path) -> str:
    """Returns the contact with the most messages: the hardest one to show."""
    command = [*PROGRAM, "contacts", "--json", "--db", str(database)]
    listed = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return str(max(listed, key=lambda one: one["received"] + one["sent"])["key"])


def _make(place: Path) -> Path:
    """Imports every mailbox of the source several times over."""
    for variant in range(VARIANTS):
        for box in SOURCE.rglob("*.mbox"):
            target = place / box.parent.name / f"years-{variant}" / box.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"".join(_varied(box.read_bytes(), variant)))
    database = place / "bench.db"
    subprocess.run([*PROGRAM, "import", str(place), "--db", str(database)], check=True)
    return database


def _varied(box: bytes, variant: int) -> Iterator[bytes]:
    for mail in re.split(rb"(?m)^(?=From )", box):
        head, blank, body = mail.partition(b"\n\n")
        if variant and blank:
            head = _ID.sub(rb"\1v%d." % variant, head, count=1)
            head = _DATE.sub(lambda found: _earlier(found, variant), head, count=1)
            head = _SUBJECT.sub(rb"\1 v%d" % variant, head, count=1)
            body = b"Variant %d here.\n" % variant + body
        yield head + blank + body


def _earlier(found: re.Match[bytes], variant: int) -> bytes:
    return b"%s%d%s" % (found[1], int(found[2]) - 4 * variant, found[3])


def _questions(contact: str, words: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yields a name and the commands to run, the first of which is not counted."""
    days = [f"2001-11-{day:02}" for day in range(1, RUNS + 2)]
    for name, question in (("quiet", ["quiet"]), ("show", ["show", contact])):
        yield f"{name}, judged", [[*question, "--as-of", day] for day in days]
        yield f"{name}, again", [[*question, "--as-of", days[0]]] * (RUNS + 1)
    for question in (["search", words], ["contacts"], ["status"], ["problems"]):
        yield question[0], [question] * (RUNS + 1)


def main(arguments: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="gonequiet-bench-") as place:
        database = Path(arguments[0]) if arguments else _make(Path(place))
        contact = arguments[1] if len(arguments) > 1 else _busiest(database)
        words = arguments[2] if len(arguments) > 2 else "draft agreement"
        start, helped = (
            median_of([[*PROGRAM, option]] * (RUNS + 1)) for option in ("--version", "--help")
        )
        print(f"--version {start.wall:.3f} s   --help {helped.wall:.3f} s")
        for name, questions in _questions(contact, words):
            found = median_of([[*PROGRAM, *one, "--db", str(database)] for one in questions])
            print(
                f"{name:14} {found.wall:.3f} s   {found.wall - start.wall:.3f} s on top of "
                f"start-up   {found.processor:.3f} s of processor time",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])

"""Seconds of the questions on a large store, on top of start-up.

Usage: python -m benchmarks.query [DATABASE [CONTACT [WORDS]]]

Without a database one is imported from ../shared/data/mail/enron. Each command runs five times
as a whole process after one warm-up; the median is printed, and what is left of it after the
median of `gonequiet --version` is taken off.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

PROGRAM = [sys.executable, "-m", "gonequiet"]
RUNS = 5


def median_seconds(command: Sequence[str]) -> float:
    """Returns the median wall time of a command."""
    seconds = []
    for number in range(RUNS + 1):
        began = time.perf_counter()
        done = subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        if done.returncode > 1:
            sys.exit(done.stderr.decode())
        if number:
            seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def _busiest(database: Path) -> str:
    """Returns the contact with the most messages: the hardest one to show."""
    command = [*PROGRAM, "contacts", "--json", "--db", str(database)]
    listed = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return str(max(listed, key=lambda one: one["received"] + one["sent"])["key"])


def main(arguments: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="gonequiet-bench-") as place:
        if arguments:
            database = Path(arguments[0])
        else:
            database = Path(place) / "bench.db"
            source = "../shared/data/mail/enron"
            subprocess.run([*PROGRAM, "import", source, "--db", str(database)], check=True)
        contact = arguments[1] if len(arguments) > 1 else _busiest(database)
        words = arguments[2] if len(arguments) > 2 else "draft agreement"
        options = ["--db", str(database)]
        start = median_seconds([*PROGRAM, "--version"])
        print(f"--version {start:.3f} s   --help {median_seconds([*PROGRAM, '--help']):.3f} s")
        for name, command in (
            ("quiet", ["quiet", "--as-of", "2002-01-15", *options]),
            ("show", ["show", contact, "--as-of", "2002-01-15", *options]),
            ("search", ["search", words, *options]),
            ("contacts", ["contacts", *options]),
            ("status", ["status", *options]),
        ):
            found = median_seconds([*PROGRAM, *command])
            print(f"{name:9} {found:.3f} s   {found - start:.3f} s on top of start-up")


if __name__ == "__main__":
    main(sys.argv[1:])

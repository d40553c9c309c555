"""Seconds of the morning page, the next steps and triage: the whole process, start-up included.

Usage: python -m benchmarks.morning [DATABASE AS_OF]

Without a database the demo is made. Each command runs six times, the first not counted; printed is
the least processor time, and the least time on the wall, of the rest. "anew": each run asks about
another minute, so that nothing judged or planned before stands; "again": all ask about the same.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.query import PROGRAM, Spent, run

RUNS = 6
DEMO_AS_OF = "2026-05-07T16:30Z"
COMMANDS = ("today", "next", "triage")


def least_of(commands: Sequence[Sequence[str]]) -> Spent:
    """Returns the least of running the commands one after the other, but for the first."""
    spent = [run(command) for command in commands][1:]
    return Spent(*(min(column) for column in zip(*spent, strict=True)))


def minutes_from(as_of: str) -> list[str]:
    """Returns as many moments, a minute apart."""
    start = datetime.fromisoformat(as_of).astimezone(UTC)
    return [f"{start + timedelta(minutes=one):%Y-%m-%dT%H:%MZ}" for one in range(RUNS)]


def report(database: Path, as_of: str) -> None:
    """Prints the figures of every command."""
    print(f"{'':12}{'anew: cpu':>12}{'wall':>8}{'again: cpu':>14}{'wall':>8}")
    for name in COMMANDS:
        command = [*PROGRAM, name, "--db", str(database), "--as-of"]
        anew = least_of([[*command, moment] for moment in minutes_from(as_of)])
        again = least_of([[*command, as_of]] * RUNS)
        print(
            f"{name:12}{anew.processor:12.2f}{anew.wall:8.2f}"
            f"{again.processor:14.2f}{again.wall:8.2f}"
        )


def main(words: Sequence[str]) -> None:
    """Measures a database, or the demo."""
    if words:
        report(Path(words[0]), words[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        run([*PROGRAM, "demo", str(Path(folder) / "demo")])
        report(Path(folder) / "demo" / "demo.db", DEMO_AS_OF)


if __name__ == "__main__":
    main(sys.argv[1:])

"""`gonequiet demo`: a made-up mailbox to look around in."""

from __future__ import annotations

import sys
from pathlib import Path

from gonequiet.cli.office import office
from gonequiet.cli.printing import FINE, console, literal, progress_to_stderr
from gonequiet.cli.quiet import print_report


def demo(folder: Path | None = None) -> int:
    """Write a made-up mailbox, import it, and show who has gone quiet in it.

    A year and a half of a consultant's mail: everybody in it is invented. It has
    a database of its own; your records are not touched.

    For example:
        gonequiet demo
        gonequiet demo ~/gonequiet-demo

    Args:
        folder: Where to put it; by default in the platform's data directory.
    """
    from gonequiet.wiring.demo_place import default_demo_folder, write_demo

    _say("writing the made-up mailbox ...")
    place = write_demo(default_demo_folder() if folder is None else folder.expanduser().absolute())
    desk = office(place.database)
    progress = progress_to_stderr()
    desk.introduce_owner(place.owner)
    desk.import_locations([str(folder) for folder in place.records], progress=progress)
    report = desk.quiet(as_of=place.as_of)
    print_report(report, everything=True, waiting=False)
    out = console()
    out.print()
    out.print("Look around (the demo's moment is in the past, so name it):", style="bold")
    options = f"--db {literal(str(place.database))} --as-of {report_day(place.as_of)}"
    name = report.quiet[0].contact if report.quiet else "NAME"
    for command in (f'show "{literal(name)}"', "quiet --waiting", "today"):
        out.print(f"  gonequiet {command} {options}", soft_wrap=True)
    out.print(f"What was planted in it: {literal(str(place.truth))}", soft_wrap=True)
    # The words are read now, so that the first look at the morning page need not wait for it.
    desk.today(as_of=place.as_of)
    return FINE


def report_day(moment: int) -> str:
    """Returns a moment as `--as-of` takes it."""
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%MZ}"


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")

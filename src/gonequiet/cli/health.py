"""`gonequiet problems`, `verify`, `status`, `export`: can the records be trusted?"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, Shared, asked_at
from gonequiet.cli.printing import (
    ACT,
    FINE,
    console,
    day,
    iso,
    literal,
    plural,
    print_json,
    progress_to_stderr,
    unseen_escaped,
)

if TYPE_CHECKING:
    from rich.console import Console

    from gonequiet.app.health import Finding, StatusReport
    from gonequiet.domain.source import SourceFacts

LISTED = 30


def problems(
    *,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    shared: Shared | None = None,
) -> int:
    """List what could not be read, or not wholly, and why.

    For example:
        gonequiet problems
        gonequiet problems --json

    Args:
        all_: All of them, not only the first 30.
    """
    shared = shared or Shared()
    found = office(shared.db).problems()
    if shared.json:
        print_json([one._asdict() for one in found])
        return FINE
    out = console()
    for one in found if all_ else found[:LISTED]:
        place = "/".join(part for part in (one.source, one.unit) if part)
        out.print(f"{one.kind.replace('_', ' ')}: {literal(place)} {literal(one.position)}")
        out.print(f"    {literal(one.reason)}", style="dim")
    if not found:
        out.print("Everything was read.")
    elif len(found) > LISTED and not all_:
        out.print(f"{LISTED} of {plural(len(found), 'problem')}; --all lists them.")
    return FINE


def verify(
    *,
    mend: Annotated[bool, Parameter(negative=())] = False,
    shared: Shared | None = None,
) -> int:
    """Check that the database is sound: every row is as it was written.

    Exits with 1 when something is not.

    For example:
        gonequiet verify
        gonequiet verify --mend

    Args:
        mend: Where records and your edits are sound, draw all conclusions again.
    """
    shared = shared or Shared()
    desk, progress = office(shared.db), progress_to_stderr()
    found = desk.mend(progress=progress) if mend else desk.verify(progress=progress)
    if shared.json:
        print_json({"sound": not found, "findings": [one._asdict() for one in found]})
    elif found:
        for one in found:
            console().print(f"{one.where}: {literal(one.what)}")
        console().print(_DRAW_AGAIN if _is_only_concluded(found) else _BEGIN_ANEW)
    else:
        console().print("Sound: every row is as it was written.")
    return ACT if found else FINE


_DRAW_AGAIN = (
    "Every record and every edit of yours is as it was written. Only what was concluded from them "
    "is not, as may be after an update: 'gonequiet verify --mend' draws it again."
)
_BEGIN_ANEW = (
    "Your sources are untouched. Move the database away and import again; keep the damaged one, "
    "your own edits can be taken from it."
)


def _is_only_concluded(found: Iterable[Finding]) -> bool:
    return all(one.where == "conclusions" for one in found)


def status(*, shared: Judging | None = None) -> int:
    """Show how fresh and complete each source is, and what is known.

    Exits with 1 when verdicts would be withheld.

    For example:
        gonequiet status
    """
    shared = shared or Judging()
    from gonequiet.wiring import now

    desk = office(shared.db)
    report = desk.status(as_of=asked_at(shared.as_of, desk, now()))
    if shared.json:
        print_json(_as_json(report))
    else:
        _print(report)
    return ACT if report.doubts else FINE


def _as_json(report: StatusReport) -> dict[str, object]:
    from dataclasses import asdict

    value = asdict(report)
    for name in ("as_of", "judged_at", "next_look_at"):
        value[name] = iso(value[name])
    value["doubts"] = [one._asdict() for one in report.doubts]
    for source in value["sources"]:
        for name in ("read_at", "newest_at", "oldest_at"):
            source[name] = iso(source[name])
    return value


def _channels(channels: Iterable[str]) -> list[str]:
    return [_OF_CHANNEL.get(one, one) for one in channels]


_OF_CHANNEL = {
    "call": "calls",
    "text": "texts",
    "chat": "chats",
    "network": "network",
    "meeting": "meetings",
    "card": "cards",
}


def _span(oldest_at: int | None, newest_at: int | None) -> str:
    if newest_at is None:
        return "" if oldest_at is None else f", from {day(oldest_at)}"
    return f", {day(oldest_at)} to {day(newest_at)}"


def _print(report: StatusReport) -> None:
    out = console()
    for source in report.sources:
        _print_source(out, source)
    out.print()
    owner = ", ".join(literal(address) for address in report.owner) or "not known"
    out.print(
        f"You: {owner}{'' if report.owner_is_confirmed else ' (proposed; gonequiet me confirms)'}"
    )
    out.print(
        f"{plural(report.contacts, 'contact')}, {report.set_aside:,} set aside; "
        f"{plural(report.problems, 'problem')} listed by 'gonequiet problems'."
    )
    for doubt in report.doubts:
        out.print(f"Verdicts are withheld: {literal(doubt.sentence)}", style="yellow")
    out.print(_judged(report))
    if not report.doubts:
        out.print("Complete and fresh: verdicts are given.")


def _print_source(out: Console, source: SourceFacts) -> None:
    out.print(literal(source.location), style="bold")
    out.print(
        f"  {source.kind.value.replace('_', ' ')}, {plural(source.messages, 'message')} in "
        f"{plural(source.copies, 'record')}{_span(source.oldest_at, source.newest_at)}"
    )
    read = day(source.read_at) if source.read_at else "never to its end"
    held = ", ".join(_held(source))
    out.print(f"  {held}; read {read}; {plural(source.problems, 'problem')}")


def _held(source: SourceFacts) -> list[str]:
    """Returns what a source holds; of mail, whether it has both sides of it."""
    channels = _channels(source.channels)
    if source.channels and "mail" not in source.channels:
        return channels
    return [
        "sent mail" if source.has_sent else "no Sent folder",
        "received mail" if source.has_received else "no received mail",
        *(one for one in channels if one != "mail"),
    ]


def _judged(report: StatusReport) -> str:
    if report.judged_at is None:
        return "Not judged since the records changed; 'gonequiet quiet' does that."
    looked = f"Judged as of {day(report.judged_at)}"
    if report.next_look_at is None:
        return f"{looked}; nothing open is about to change."
    return f"{looked}; next moment to look: {day(report.next_look_at)}."


def export(
    *,
    out: Annotated[
        Path | None, Parameter(help="File to write; by default standard output.")
    ] = None,
    archive: Annotated[bool, Parameter(negative=())] = False,
    db: Path | None = None,
) -> int:
    """Write everything in the store as lines of JSON, in a canonical order.

    Two stores with the same records export the same bytes.

    For example:
        gonequiet export --out everything.jsonl
        gonequiet export --archive --out whole.jsonl

    Args:
        archive: Write what 'gonequiet restore' takes in: all records, how far
            sources were read, and what you said, without what can be
            concluded again.
        db: Database file; by default in the platform's data directory.
    """
    lines = office(db).archive_lines() if archive else office(db).export_lines()
    if out is None:
        for line in lines:
            sys.stdout.write(unseen_escaped(line) + "\n")
        return FINE
    office(db).write_lines(lines, out)
    return FINE

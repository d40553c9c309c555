"""`gonequiet drifting`: exchanges that have faded though nothing is owed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, asked_at
from gonequiet.cli.printing import (
    ACT,
    FINE,
    console,
    day,
    iso,
    literal,
    plural,
    print_doubts,
    print_indented,
    print_json,
)
from gonequiet.cli.quiet import percent
from gonequiet.cli.workplaces import move_lines, move_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gonequiet.analysis.workplace import Workplace
    from gonequiet.app.drifting import DriftingContact

LISTED = 25


def drifting(*, shared: Judging | None = None) -> int:
    """Show with whom the exchange has faded against its own rhythm, though nothing is owed.

    This is no silence: nobody waits for an answer. The chance is that the rhythm
    a contact wrote in still goes on. Exits with 1 when records are missing or old,
    and nothing can be said.

    For example:
        gonequiet drifting
        gonequiet drifting --as-of 2026-03-01 --json
    """
    shared = shared or Judging()
    from gonequiet.wiring import now

    desk = office(shared.db)
    as_of = asked_at(shared.as_of, desk, now())
    doubts = desk.doubts(as_of=as_of)
    # Where records are missing or old, everybody seems to have faded.
    found = [] if doubts else desk.drifting(as_of=as_of)
    elsewhere = desk.workplaces([one.key for one in found], as_of=as_of)
    if shared.json:
        print_json([_as_json(one, elsewhere.get(one.key)) for one in found])
    else:
        console().print(f"Drifting, as of {day(as_of)}", style="bold")
    print_doubts(doubts, heading="No verdict yet:", aside=shared.json)
    if not shared.json and not doubts:
        _print(found, elsewhere)
    return ACT if doubts else FINE


def _as_json(one: DriftingContact, here: Workplace | None) -> dict[str, object]:
    moves = [move_text(move) for move in here.moves] if here is not None else []
    return {**asdict(one), "last_at": iso(one.last_at), "elsewhere": moves}


def _print(found: list[DriftingContact], elsewhere: Mapping[str, Workplace]) -> None:
    out = console()
    for one in found[:LISTED]:
        out.print(f"\n{literal(one.name)}  {literal(one.organisation)}", style="bold")
        out.print(
            f"  last wrote {day(one.last_at)}, before that every {one.usual_gap_days:.0f} days"
        )
        side = "both sides have faded" if one.faded == "both" else "their side has faded"
        out.print(f"  {side}; the rhythm still goes on: {percent(one.theirs)}")
        out.print(f"  a message within 90 days: {percent(one.next_message)}")
        for line in move_lines(elsewhere.get(one.key)):
            print_indented(line, 2)
    shown = min(LISTED, len(found))
    out.print(
        f"\n{plural(len(found), 'exchange has', 'exchanges have')} faded"
        + (f" ({shown} shown)." if shown < len(found) else ".")
    )

"""`gonequiet import`: brings records in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter, validators

from gonequiet.cli.office import office
from gonequiet.cli.options import Shared
from gonequiet.cli.printing import (
    ACT,
    FINE,
    console,
    literal,
    plural,
    print_json,
    progress_to_stderr,
)
from gonequiet.errors import RequestError


def import_(
    paths: Annotated[list[str], Parameter(negative=())],
    *,
    workers: Annotated[int | None, Parameter(validator=validators.Number(gte=1))] = None,
    map_: Annotated[list[str] | None, Parameter(name="--map", negative=())] = None,
    as_: Annotated[list[str] | None, Parameter(name="--as", negative=())] = None,
    shared: Shared | None = None,
) -> int:
    """Bring records in: mail, calendars, cards, calls, texts, chats, LinkedIn; files and folders.

    Anything may be mixed; what each is is recognised by its content. Importing again adds only
    what is new. Sources are only ever read.

    For example:
        gonequiet import ~/Maildir
        gonequiet import ~/Takeout.zip old.mbox letters/
        gonequiet import calendar.ics contacts.vcf sms-2026.xml
        gonequiet import calls.csv --map number=Rufnummer --map at=Datum,Uhrzeit
        gonequiet import "WhatsApp Chat with Dana.txt" --as "Mara Lind"

    Args:
        paths: Files and folders to read.
        workers: How many processes read; by default one for each processor.
        map_: Which column of a table of calls or texts holds what, as
            FIELD=COLUMN; fields are number, name, at, direction, outcome,
            duration, text, and order=day or order=month for its dates. Kept
            for tables with the same heading.
        as_: A name you go by in chats and networks. Kept.
    """
    shared = shared or Shared()
    if "" in paths:  # as a variable that is not set makes it: not the folder one stands in
        raise RequestError("A path is empty. Name the files and folders to read; '.' is this one.")
    report = office(shared.db).import_locations(
        [str(Path(path)) for path in paths],
        progress=progress_to_stderr(),
        workers=workers,
        columns=map_ or (),
        names=as_ or (),
    )
    if shared.json:
        print_json(report)
    else:
        for source in report.sources:
            console().print(
                f"{literal(source.location)}: {plural(source.messages, 'new message')}, "
                f"{plural(source.copies, 'copy', 'copies')} of known ones, "
                f"{plural(source.problems, 'problem')}."
            )
            if source.nothing_read:
                console().print("  Nothing of it could be read; 'gonequiet problems' says why.")
            for unit in source.emptied:
                console().print(
                    f"  {literal(unit)} held mail before and is gone; what was read is kept."
                )
        for location, reason in report.refused:
            console().print(f"{literal(location)}: {literal(reason)}")
    return FINE if report.is_whole else ACT

"""`gonequiet log` and `gonequiet logged`: exchanges entered by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Shared, is_day, moment_of
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
)

if TYPE_CHECKING:
    from gonequiet.domain.logged import Logged
    from gonequiet.wiring import Office

What = Literal["met", "lunch", "video", "called", "texted", "missed"]


def log(
    what: What,
    contact: str,
    *,
    on: str | None = None,
    minutes: int | None = None,
    from_them: Annotated[bool, Parameter(negative=())] = False,
    no_answer: Annotated[bool, Parameter(negative=())] = False,
    note: str = "",
    shared: Shared | None = None,
) -> int:
    """Enter what no record holds: you met, called, or had lunch.

    It stands in the timeline like any other record: a call that was taken or a
    meeting answers what was open. 'undo' takes it back.

    For example:
        gonequiet log met "Dana Reyes" --on 2026-03-04 --note "at the fair"
        gonequiet log called dana@halden.example --no-answer
        gonequiet log missed "Dana Reyes" --on 2026-03-04T10:00Z

    Args:
        what: met or lunch (face to face), video, called, texted, missed (a
            meeting somebody did not come to).
        contact: A name, part of a name, an address or a number.
        on: The day or moment; by default now.
        minutes: How long it took.
        from_them: It came from the contact: they called or wrote.
        no_answer: A call nobody took.
        note: Your own words, found by search.
    """
    from gonequiet.app.by_hand import Entry
    from gonequiet.domain.logged import LoggedKind
    from gonequiet.wiring import now

    shared = shared or Shared()
    present = now()
    desk = office(shared.db)
    at = present if on is None else _noon(on, desk, present)
    entry = Entry(contact, LoggedKind(what), at, minutes, from_them, no_answer, note)
    made = desk.log(entry, progress=progress_to_stderr())
    if shared.json:
        print_json(_as_json(made))
    else:
        console().print(f"Logged: {_sentence(made)}. 'gonequiet undo' takes it back.")
    return FINE


def logged(
    contact: str | None = None,
    *,
    note: tuple[int, str] | None = None,
    remove: int | None = None,
    read: Path | None = None,
    csv: Annotated[bool, Parameter(negative=())] = False,
    shared: Shared | None = None,
) -> int:
    """List what you entered by hand; change it, take it out, read it from a table.

    For example:
        gonequiet logged
        gonequiet logged "Dana Reyes" --csv
        gonequiet logged --read calls.csv
        gonequiet logged --note 12 "at the fair, with Jo"
        gonequiet logged --remove 12

    Args:
        contact: Only what was entered of this contact.
        note: An entry's number, and the words it is to have.
        remove: An entry's number: take it out. 'undo' brings it back.
        read: A table with the columns contact, kind and at (and minutes,
            from_them, unanswered, note).
        csv: Print a table for other programs; no cell is run as a formula.
    """
    shared = shared or Shared()
    desk = office(shared.db)
    if read is not None:
        return _read(read, shared)
    if remove is not None or note is not None:
        number, words = (remove, None) if note is None else note
        assert number is not None
        desk.change_logged(number, words, progress=progress_to_stderr())
    entries = desk.logged(contact)
    if csv:
        from gonequiet.app.by_hand import as_rows
        from gonequiet.formats.tables import render_csv

        for line in render_csv(as_rows(entries)):
            print(line)
    elif shared.json:
        print_json([_as_json(one) for one in entries])
    else:
        _print(entries)
    return FINE


def _read(table: Path, shared: Shared) -> int:
    made, mistakes = office(shared.db).log_table(table, progress=progress_to_stderr())
    if shared.json:
        print_json({"logged": [_as_json(one) for one in made], "problems": mistakes})
    else:
        out = console()
        out.print(f"{plural(len(made), 'entry', 'entries')} logged.")
        for mistake in mistakes:
            out.print(f"  {literal(mistake)}", style="yellow")
    return ACT if mistakes else FINE


def _print(entries: list[Logged]) -> None:
    out = console()
    for one in entries:
        out.print(f"{one.number:>5}  {_sentence(one)}")
        if one.note:
            out.print(f"       {literal(one.note)}", style="dim")
    if not entries:
        out.print("Nothing is logged. Enter something: gonequiet log met CONTACT --on DATE.")


def _sentence(one: Logged) -> str:
    way = " (from them)" if one.is_theirs else ""
    taken = ", no answer" if one.is_unanswered else ""
    return f"{day(one.at)}  {one.kind.value} {literal(one.address)}{way}{taken}"


def _as_json(one: Logged) -> dict[str, object]:
    return {**one._asdict(), "kind": one.kind.value, "at": iso(one.at)}


def _noon(given: str, desk: Office, present: int) -> int:
    """Returns the moment named; of a day its noon, of today no later than now."""
    moment = moment_of(given, desk)
    noon = moment - 43_199 if is_day(given) else moment
    return min(noon, present) if noon - present < 43_200 else noon

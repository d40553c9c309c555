"""`gonequiet whole`, `erase`, `freeze`, `retain`, `backup`, `restore`: whose records these are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter, validators

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, Shared, asked_at
from gonequiet.cli.printing import (
    ACT,
    FINE,
    console,
    iso,
    literal,
    plural,
    print_json,
    progress_to_stderr,
)


def whole(
    contact: str,
    *,
    html: Path | None = None,
    out: Path | None = None,
    shared: Judging | None = None,
) -> int:
    """Write everything there is of one contact: every record, and what was concluded from them.

    For example:
        gonequiet whole "Dana Reyes" --out dana.json
        gonequiet whole dana@halden.example --html dana.html

    Args:
        contact: A name, part of a name, or an address.
        html: A page to write, for reading. It holds text only: nothing in it
            is fetched or run.
        out: A file of JSON to write; by default standard output.
    """
    from gonequiet.app.rights import whole_as_fields
    from gonequiet.wiring import now

    shared = shared or Judging()
    desk = office(shared.db)
    found = desk.whole(contact, as_of=asked_at(shared.as_of, desk, now()))
    if html is not None:
        from gonequiet.cli.pages.contact import contact_page

        desk.write_lines(contact_page(found).split("\n"), html)
    if out is not None:
        desk.write_lines(_lines(whole_as_fields(found)), out)
    if html is None and out is None:
        print_json(_dated(whole_as_fields(found)))
    elif shared.json:
        print_json({"html": html and str(html), "out": out and str(out)})
    else:
        written = " and ".join(str(one) for one in (html, out) if one is not None)
        console().print(f"{plural(len(found.records), 'record')} written to {literal(written)}.")
    return FINE


def _lines(found: dict[str, object]) -> list[str]:
    import json

    return json.dumps(_dated(found), ensure_ascii=False, indent=1, default=str).splitlines()


def _dated(value: Any) -> Any:
    """Returns a value with its moments as other programs read them."""
    if isinstance(value, dict):
        return {name: _moment(name, held) for name, held in value.items()}
    return [_dated(one) for one in value] if isinstance(value, list | tuple) else value


def _moment(name: str, held: Any) -> Any:
    is_moment = name in ("as_of", "at") or name.endswith("_at")
    return iso(held) if is_moment and isinstance(held, int) else _dated(held)


def erase(
    contact: str,
    *,
    yes: Annotated[bool, Parameter(negative=())] = False,
    shared: Shared | None = None,
) -> int:
    """Erase one contact whole. This is the one thing that cannot be undone.

    Every record that is theirs alone goes, with what was concluded and what you said of them. What
    others share stays, without them. Backups beside the database go too. A source that still holds
    them does not bring them back.

    For example:
        gonequiet erase "Dana Reyes"
        gonequiet erase dana@halden.example --yes

    Args:
        contact: A name, part of a name, or an address.
        yes: Do not ask again.
    """
    shared = shared or Shared()
    desk = office(shared.db)
    card = desk.contact(contact)
    if not yes and not _agreed(card.name, card.received + card.sent):
        console().print("Nothing was erased.")
        return ACT
    done = desk.erase(card.key, progress=progress_to_stderr())
    if shared.json:
        print_json(done)
        return FINE
    console().print(
        f"Erased: {plural(done.records, 'record')} deleted, {done.blotted:,} shared with others "
        f"kept without them, {plural(done.edits, 'entry', 'entries')} of yours, "
        f"{plural(done.drafts, 'draft')} and {plural(done.backups, 'backup')} deleted."
    )
    return FINE


def _agreed(name: str, messages: int) -> bool:
    if not sys.stdin.isatty():
        return False
    asked = f"Erase {literal(name)} and {plural(messages, 'message')} for good? Write yes: "
    return input(asked).strip().lower() == "yes"


def freeze(
    contact: str,
    *,
    thaw: Annotated[bool, Parameter(negative=())] = False,
    shared: Shared | None = None,
) -> int:
    """Leave one contact alone: nothing is concluded, shown or proposed about them.

    Their records stay and can be searched. 'undo' or --thaw takes it back.

    For example:
        gonequiet freeze "Dana Reyes"
        gonequiet freeze "Dana Reyes" --thaw

    Args:
        contact: A name, part of a name, or an address.
        thaw: Conclude about them again.
    """
    shared = shared or Shared()
    card, made = office(shared.db).freeze(contact, thaw=thaw, progress=progress_to_stderr())
    if shared.json:
        print_json({**made._asdict(), "verb": made.verb.value})
    else:
        said = "looked at again" if thaw else "left alone; 'gonequiet undo' takes it back"
        console().print(f"{literal(card.name)} is {said}.")
    return FINE


def retain(
    source: str,
    *,
    days: Annotated[int | None, Parameter(validator=validators.Number(gte=1))] = None,
    forever: Annotated[bool, Parameter(negative=())] = False,
    shared: Shared | None = None,
) -> int:
    """Keep the records of a source only for so many days; older ones go, now and at every import.

    What lies in another source as well stays. The source itself is never touched.

    For example:
        gonequiet retain ~/Maildir --days 1095
        gonequiet retain ~/Maildir --forever

    Args:
        source: The source, as 'gonequiet status' names it.
        days: How many days its records are kept.
        forever: Keep them all again (those that went come back with the next import).
    """
    shared = shared or Shared()
    gone = office(shared.db).retain(
        source, None if forever else days, progress=progress_to_stderr()
    )
    if shared.json:
        print_json({"source": source, "days": None if forever else days, "deleted": gone})
    else:
        kept = "kept for ever" if forever else f"kept for {plural(days or 0, 'day')}"
        console().print(f"{literal(source)} is {kept}; {plural(gone, 'older record')} deleted.")
    return FINE


def backup(file: Path, *, shared: Shared | None = None) -> int:
    """Copy the whole database to a file, also while gonequiet is at work.

    For example:
        gonequiet backup ~/safe/gonequiet-2026-05-07.db

    Args:
        file: The file to write; one that is there is replaced.
    """
    shared = shared or Shared()
    size = office(shared.db).back_up(file)
    if shared.json:
        print_json({"file": str(file), "bytes": size})
    else:
        console().print(f"Backed up to {literal(str(file))} ({size / 1e6:,.1f} MB).")
    return FINE


def restore(file: Path, *, shared: Shared | None = None) -> int:
    """Put a backup, or an export of everything, in the place of the database.

    What was there before is kept beside it, and named.

    For example:
        gonequiet restore ~/safe/gonequiet-2026-05-07.db
        gonequiet restore everything.jsonl --db fresh.db

    Args:
        file: What 'gonequiet backup' or 'gonequiet export' wrote.
    """
    shared = shared or Shared()
    kept = office(shared.db).restore(file, progress=progress_to_stderr())
    if shared.json:
        print_json({"restored": str(file), "before": kept and str(kept)})
    else:
        before = f" What was there before lies in {literal(str(kept))}." if kept else ""
        console().print(f"Restored from {literal(str(file))}.{before}")
    return FINE

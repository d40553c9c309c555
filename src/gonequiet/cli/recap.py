"""`gonequiet recap`: what was agreed in a meeting or a call, into the ledger and into a draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gonequiet.cli.draft import print_written, written_as_json
from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, asked_at
from gonequiet.cli.printing import ACT, FINE, console, day, iso, literal, plural, print_json
from gonequiet.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gonequiet.app.drafting import SavedDraft, WrittenDraft
    from gonequiet.app.recap import Recap, RecapStep
    from gonequiet.domain.agreed import Agreed


def recap(
    about: str,
    *,
    notes: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    yes: Annotated[bool, Parameter(negative=())] = False,
    language: Literal["en", "de"] | None = None,
    print_: Annotated[bool, Parameter(name="--print", negative=())] = False,
    to_folder: Path | None = None,
    again: Annotated[bool, Parameter(negative=())] = False,
    shared: Judging | None = None,
) -> int:
    """Write down what a meeting or a call came to: who does what by when.

    Your notes are read line by line ("Anna: draft contract by Fri", "I send the
    figures tomorrow", "we agreed on the price"). What each side undertakes is shown,
    and goes into the ledger as your word once you say so; 'undo' takes it back. The
    recap lies among your drafts, as an answer to the last mail; nothing is sent.
    Without notes it is a form with the facts of the meeting, for you to fill in.

    For example:
        gonequiet recap "Dana Reyes" --notes notes.txt
        gonequiet recap "Osprey review" --notes - --yes
        gonequiet recap dana

    Args:
        about: A contact, or part of the title of a meeting of the last 30 days.
        notes: A file with your notes; - reads them from standard input.
        yes: Put what is plainly said into the ledger without asking.
        language: en or de; by default the one you write to them in.
        print_: Show it only: no draft, nothing in the ledger.
        to_folder: A folder of .eml files, or the Drafts folder of a Maildir.
        again: Make the draft once more, although it was made before and is gone.
    """
    from gonequiet.wiring import now

    shared = shared or Judging()
    present = now()
    here = office(shared.db)
    as_of = asked_at(shared.as_of, here, present)
    desk = here.recap_desk()
    found = desk.read(about, _read_notes(notes), as_of=as_of)
    if not shared.json:
        _print_found(found)
    chosen = [] if print_ else _chosen(found, sure=yes, asks=not shared.json and notes != "-")
    written = None
    if desk.is_reached_by_mail(found, as_of=as_of):
        written = desk.write(found, chosen, language=language, as_of=as_of)
    reply_to = "" if written is None else written.draft.reply_to
    kept = desk.keep(found, chosen, reply_to, now=present) if chosen else None
    saved = None
    if written is not None and not print_:
        outbox = here.outbox(to_folder)
        saved = desk.save(found, written, outbox=outbox, now=present, again=again)
    if shared.json:
        letter = None if written is None else written_as_json(written, saved, ())
        print_json({"recap": _as_json(found, kept), "draft": letter})
    else:
        _print_kept(found, chosen, kept)
        _print_letter(written, saved)
    return ACT if written is not None and written.tone.findings else FINE


def _print_letter(written: WrittenDraft | None, saved: SavedDraft | None) -> None:
    if written is None:
        console().print("No mail address of theirs is known, so there is no letter.")
    else:
        print_written(written, saved, ())


def _read_notes(notes: str | None) -> str:
    if notes is None:
        return ""
    try:
        raw = sys.stdin.read() if notes == "-" else Path(notes).expanduser().read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise RequestError(f"{notes} cannot be read as text. Name another file.") from None
    if not raw.strip():
        raise RequestError("The notes are empty. Leave --notes out for a form to fill in.")
    return raw


# --- asking ------------------------------------------------------------------------------------


def _chosen(found: Recap, *, sure: bool, asks: bool) -> list[RecapStep]:
    """What goes into the ledger: what is plain, and of the rest what the owner says."""
    plain = [one for one in found.steps if one.is_plain]
    if sure:
        return plain
    if not (asks and sys.stdin.isatty() and sys.stdout.isatty()):
        return []
    doubtful = [one for one in found.steps if one.side is not None and not one.noted.is_sure]
    try:
        left = _ask_about_all(plain, found.steps) if plain else []
        return [*left, *(one for one in doubtful if _ask_about(one, found.steps))]
    except (EOFError, KeyboardInterrupt):
        return []


def _ask_about_all(plain: Sequence[RecapStep], steps: Sequence[RecapStep]) -> list[RecapStep]:
    numbers = ", ".join(str(steps.index(one) + 1) for one in plain)
    answer = input(f"Into the ledger: {numbers}? y / n / numbers to leave out: ").strip().lower()
    if answer[:1] == "n":
        return []
    without = {int(word) for word in answer.replace(",", " ").split() if word.isdigit()}
    if answer[:1] not in ("y", "j") and not without:
        return []
    return [one for one in plain if steps.index(one) + 1 not in without]


def _ask_about(one: RecapStep, steps: Sequence[RecapStep]) -> bool:
    said = f"{steps.index(one) + 1} is not plainly said: {literal(one.noted.words)}"
    return input(f"{said}\nWas it agreed, and {literal(one.who)} does it? y / n: ").strip()[
        :1
    ].lower() in ("y", "j")


# --- printing ----------------------------------------------------------------------------------


def _print_found(found: Recap) -> None:
    out = console()
    out.print(_heading(found), style="bold")
    if found.talk.others:
        out.print(f"Also there: {', '.join(map(literal, found.talk.others))}", style="dim")
    if found.points:
        out.print("\nDiscussed", style="bold cyan")
        for point in found.points:
            out.print(f"  - {literal(point)}")
    if found.steps:
        out.print("\nWho does what", style="bold cyan")
    for number, one in enumerate(found.steps, start=1):
        due = "" if one.noted.due_on is None else f", by {one.noted.due_on:%a %d %b %Y}"
        out.print(f"  {number:>2}  {literal(one.who)}: {literal(one.noted.what)}{due}{_doubt(one)}")
    out.print()


def _heading(found: Recap) -> str:
    talk = found.talk
    name = literal(found.card.name)
    if not talk.is_known:
        return f"With {name}; no meeting or call of the last days is in the records"
    kind = {"call": "Call", "video": "Video meeting"}.get(talk.mode, "Meeting")
    title = f": {literal(talk.title)}" if talk.title else ""
    return f"{kind} with {name}, {day(talk.at)}{title}"


def _doubt(one: RecapStep) -> str:
    if one.side is None:
        return "  (nobody the records know; not for the ledger)"
    return "" if one.noted.is_sure else "  (not plainly said)"


def _print_kept(found: Recap, chosen: Sequence[RecapStep], kept: Agreed | None) -> None:
    out = console()
    if kept is not None:
        out.print(
            f"{plural(len(kept.steps), 'promise')} in the ledger, as your word; "
            "'gonequiet undo' takes it back.\n"
        )
    elif chosen:
        out.print("The ledger holds this already.\n")
    elif found.steps:
        out.print(
            "Nothing went into the ledger; --yes puts there what is plainly said.\n", style="yellow"
        )


def _as_json(found: Recap, kept: Agreed | None) -> dict[str, object]:
    keys = {} if kept is None else {(one.words, one.side): kept.key_of(one) for one in kept.steps}
    talk = found.talk
    return {
        "contact": found.card.name,
        "contact_key": found.card.key,
        "talk": {**talk._asdict(), "at": iso(talk.at), "others": list(talk.others)},
        "points": list(found.points),
        "steps": [
            {
                "who": one.who,
                "side": None if one.side is None else one.side.value,
                "contact_key": one.address,
                "what": one.noted.what,
                "due_on": None if one.noted.due_on is None else one.noted.due_on.isoformat(),
                "is_sure": one.noted.is_sure,
                "words": one.noted.words,
                "promise": None if one.side is None else keys.get((one.noted.words, one.side)),
            }
            for one in found.steps
        ],
    }

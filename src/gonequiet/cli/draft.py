"""`gonequiet draft`: a letter for the owner to read, change and send, or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gonequiet.cli.lint import print_finding
from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, asked_at
from gonequiet.cli.printing import ACT, FINE, console, literal, plural, print_json
from gonequiet.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gonequiet.app.drafting import SavedDraft, WrittenDraft

Form = Literal[
    "reminder",
    "invitation",
    "catch-up",
    "call",
    "closing",
    "closing-call",
    "keep-warm",
    "recap",
    "decline",
    "hand-off",
    "reference",
]
Several = Annotated[list[str] | None, Parameter(negative=())]


def draft(
    contact: str,
    *,
    as_: Annotated[Form, Parameter(name="--as")],
    matter: Several = None,
    language: Literal["en", "de"] | None = None,
    note: str = "",
    step: Several = None,
    person: str = "",
    on: str | None = None,
    at: str = "",
    place: str = "",
    minutes: int = 45,
    print_: Annotated[bool, Parameter(name="--print", negative=())] = False,
    to_folder: Path | None = None,
    again: Annotated[bool, Parameter(negative=())] = False,
    shared: Judging | None = None,
) -> int:
    """Write a draft for one contact and put it among your drafts. Nothing is ever sent.

    It is filled from the records, in the language and with the greeting you use with
    them, and answers the right thread. The same draft twice is made once; one you have
    edited is left alone. Exits with 1 when its wording has findings.

    For example:
        gonequiet draft "Dana Reyes" --as reminder
        gonequiet draft dana --as invitation --on 2026-04-02 --at 10:00 --place "Cafe Nord"
        gonequiet draft dana --as recap --matter "the price" --step "Dana: sends the plan"
        gonequiet draft dana --as closing --print

    Args:
        contact: A name, part of a name, or an address.
        as_: What it is for.
        matter: What it is about: part of an open matter's subject, or your own words; several
            times. Of a recap: what was discussed. By default what the records hold open.
        language: en or de; by default the one you write to them in.
        note: A paragraph of your own.
        step: One easy next step. Of a recap, several times: "who: what by 2026-03-05".
        person: Who takes over (hand-off), or whom you ask about (reference).
        on: Day of the meeting (invitation): 2026-04-02.
        at: Its hour, by your clock: 10:00.
        place: Where you would meet.
        minutes: How long it would take.
        print_: Show it without saving it.
        to_folder: A folder of .eml files, or the Drafts folder of a Maildir.
        again: Make it once more, although it was made before and is gone.
    """
    shared = shared or Judging()
    from gonequiet.app.draft_desk import DraftWish
    from gonequiet.domain.draft import DraftForm, is_letter
    from gonequiet.wiring import now

    present = now()
    here = office(shared.db)
    as_of = asked_at(shared.as_of, here, present)
    desk = here.draft_desk()
    wish = DraftWish(
        contact=contact,
        form=DraftForm(as_),
        matters=tuple(matter or ()),
        language=language,
        steps=tuple(step or ()),
        note=note,
        person=person,
        on=_day(on),
        at=at,
        place=place,
        minutes=minutes,
    )
    plan = desk.plan(wish, as_of=as_of)
    written = desk.write(plan, as_of=as_of)
    saved = None
    if is_letter(wish.form) and not print_:
        outbox = here.outbox(to_folder)
        saved = desk.save(written, plan.card.key, outbox=outbox, now=present, again=again)
    doubts = [
        *(desk.doubts(as_of) if plan.matters and not matter else ()),
        *desk.reservations(plan, as_of=as_of),
    ]
    if shared.json:
        print_json(written_as_json(written, saved, doubts))
    else:
        print_written(written, saved, doubts)
    return ACT if written.tone.findings else FINE


def _day(given: str | None) -> date | None:
    from datetime import date

    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        raise RequestError(f"'{given}' is not a day. Write --on 2026-04-02.") from None


def written_as_json(
    written: WrittenDraft, saved: SavedDraft | None, doubts: Sequence[str]
) -> dict[str, object]:
    """Returns a draft as JSON can hold it."""
    draft = written.draft
    return {
        "id": draft.plan,
        "form": draft.form,
        "from": draft.owner.address,
        "to": draft.contact.address,
        "subject": draft.subject,
        "body": draft.body,
        "reply_to": draft.reply_to,
        "references": list(draft.references),
        "template": {"name": written.template.name, "file": written.template.place},
        "saved": None if saved is None else {"outcome": saved.outcome, "file": saved.place},
        "findings": [each._asdict() for each in written.tone.findings],
        "doubts": list(doubts),
    }


def print_written(written: WrittenDraft, saved: SavedDraft | None, doubts: Sequence[str]) -> None:
    """Prints a draft, what is better worded otherwise in it, and where it is now."""
    out = console()
    draft = written.draft
    for name, value in (("To", f"{draft.contact.name} <{draft.contact.address}>"),
                        ("Subject", draft.subject)):  # fmt: skip
        out.print(f"{name + ':':<9}{literal(value)}", style="bold")
    out.print()
    out.print(literal(draft.body, keep_lines=True).rstrip())
    out.print()
    for each in written.tone.findings:
        print_finding(each)
    if written.tone.findings:
        out.print(f"{plural(len(written.tone.findings), 'finding')} in its wording.\n")
    for doubt in doubts:
        out.print(f"Look before you send it: {literal(doubt)}", style="yellow")
    out.print(_what_became_of(saved, draft.plan))


def _what_became_of(saved: SavedDraft | None, plan: str) -> str:
    if saved is None:
        return "Shown only; nothing was saved."
    place = literal(saved.place)
    return {
        "made": f"Saved as draft {plan}: {place}\nNothing was sent; that is yours to do.",
        "same": f"This draft is there already, {plan}: {place}",
        "rewritten": f"Your untouched draft {plan} now reads so: {place}",
        "edited": f"You have edited draft {plan}, so it was left as it is: {place}",
        "gone": f"Draft {plan} was made before and is there no more: you have sent it, or thrown "
        "it away. It was not made again; --again does so.",
    }[saved.outcome.value]

"""`gonequiet answered`: what came after a silence, and the path it opens."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, judged_at
from gonequiet.cli.printing import (
    FINE,
    console,
    day,
    iso,
    literal,
    plural,
    print_indented,
    print_json,
)
from gonequiet.errors import RequestError

if TYPE_CHECKING:
    from gonequiet.app.answered import Answered
    from gonequiet.domain.response import Path, SignFound

LISTED = 12
_SIGNS = 3
_QUOTE_CHARS = 90


def answered(
    contact: str = "",
    *,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    say: tuple[str, str] | None = None,
    shared: Judging | None = None,
) -> int:
    """Show the responses that came after a silence, where each leads, and what follows.

    A silence is a wait of ten working days or more. Paths: reaffirmed, detached,
    avoidant, none (it is about something else). Every one opens to its evidence.

    For example:
        gonequiet answered
        gonequiet answered "Dana Reyes" --json
        gonequiet answered --say 53184aa9 avoidant

    Args:
        contact: A name or address; all contacts without.
        all_: List every response, not only the latest 12.
        say: The beginning of a response's Message-ID, and how it is to be read. Kept for ever.
    """
    shared = shared or Judging()
    from gonequiet.wiring import now

    here = office(shared.db)
    desk = here.engagement_desk()
    if say is not None:
        desk.say_path(say[0], _path(say[1]), now=now())
    as_of = judged_at(shared.as_of, here)
    found = desk.answered(contact, as_of)
    if shared.json:
        print_json([_as_json(one) for one in found])
    else:
        _print(found, as_of, everything=all_)
    return FINE


def _path(name: str) -> Path:
    from gonequiet.domain.response import Path

    known = {path.value: path for path in Path}
    if name not in known:
        raise RequestError(f"'{name}' is no path. There are {', '.join(known)}.")
    return known[name]


def _as_json(one: Answered) -> dict[str, object]:
    value = asdict(one)
    value["asked_at"], value["answered_at"] = iso(one.asked_at), iso(one.answered_at)
    value["evidence"] = [found._asdict() for found in one.evidence]
    return value


def _print(found: list[Answered], as_of: int, *, everything: bool) -> None:
    out = console()
    out.print(f"Answered after a silence, as of {day(as_of)}", style="bold")
    near = [one for one in found if one.in_thread or one.path.value != "none"]
    shown = found if everything else near[:LISTED]
    for one in shown:
        out.print(f"\n{literal(one.contact)}  {literal(one.organisation)}", style="bold")
        print_indented(literal(one.subject) or "(no subject)", 2)
        print_indented(
            f"{day(one.answered_at)}, after {plural(one.waited_working_days, 'working day')}: "
            f"{_named(one)}",
            2,
        )
        print_indented(literal(one.because), 2, "dim")
        for sign in _strongest(one):
            print_indented(f'{sign.sign.value}: "{_short(sign.quote)}"', 4, "dim")
        print_indented(one.what_follows, 2)
        print_indented(f"id {literal(one.message_id)}", 2, "dim")
    out.print()
    if len(shown) < len(found):
        out.print(
            f"{len(shown)} of {plural(len(found), 'response')}, {len(found) - len(near):,} of them "
            "on something else; --all lists them."
        )
    out.print("Read wrongly? gonequiet answered --say ID PATH")


def _named(one: Answered) -> str:
    return f"{one.path.value}, as you said" if one.is_said else one.path.value


def _strongest(one: Answered) -> list[SignFound]:
    """The signs that carry the verdict, those of its path first."""
    from gonequiet.domain.response import DEEDS, Path, Sign

    wanted = {
        Path.REAFFIRMED: DEEDS,
        Path.DETACHED: {Sign.REFUSAL, Sign.WARMTH},
        Path.AVOIDANT: {Sign.DEFERRAL, Sign.HEDGE},
        Path.NONE: set(Sign),
    }[one.path]
    ranked = sorted(one.evidence, key=lambda sign: sign.sign not in wanted)
    return ranked[:_SIGNS]


def _short(quote: str) -> str:
    text = literal(quote)
    return text if len(text) <= _QUOTE_CHARS else text[: _QUOTE_CHARS - 1] + "…"

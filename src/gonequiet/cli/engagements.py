"""`gonequiet engagements`: which there are, and the owner's word on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, asked_at, judged_at
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
from gonequiet.cli.triage import print_triaged, tangible_as_json, triaged_as_json
from gonequiet.errors import RequestError

if TYPE_CHECKING:
    from gonequiet.app.engagement_desk import EngagementDesk
    from gonequiet.app.engagements import Drawn
    from gonequiet.domain.course import CourseEvent, Side
    from gonequiet.domain.edit import Edit
    from gonequiet.domain.engagement import Engagement

Action = Literal[
    "list",
    "show",
    "name",
    "kind",
    "merge",
    "split",
    "dismiss",
    "confirm",
    "refuse",
    "plan",
    "close",
    "keep-warm",
    "freeze",
    "thaw",
]
LISTED = 30
_THREADS = 15
_STEPS = {
    "close": "CLOSED",
    "keep-warm": "KEPT_WARM",
    "freeze": "FROZEN",
    "thaw": "THAWED",
}


def engagements(
    action: Action = "list",
    *words: str,
    reason: str = "",
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    shared: Judging | None = None,
) -> int:
    """List your engagements, and say what they are. Kept for ever; 'undo' takes it back.

    An engagement is one piece of business: threads, meetings and people. It goes
    by its key (or its beginning) or part of its name.

    For example:
        gonequiet engagements
        gonequiet engagements show 502b749
        gonequiet engagements name 502b749 "Project Osprey"
        gonequiet engagements kind Osprey consulting
        gonequiet engagements split 502b749 "portfolio review"
        gonequiet engagements merge 502b749 14e0436
        gonequiet engagements dismiss 71a7e50
        gonequiet engagements confirm Osprey contract
        gonequiet engagements plan Osprey "me: send the outline by 2026-03-04"
        gonequiet engagements close Osprey --reason "they went with another firm"

    Args:
        action: list, show, name, kind, merge, split, dismiss, confirm or refuse (what is tangible),
            plan (dated steps), close, keep-warm, freeze, thaw.
        words: The engagement by key or name, then what the action needs.
        reason: Why you close, freeze or keep warm; kept with the step.
        all_: List every engagement, not only the latest 30.
    """
    shared = shared or Judging()
    from gonequiet.wiring import now

    here = office(shared.db)
    desk = here.engagement_desk()
    if action == "list":
        drawn = desk.draw(judged_at(shared.as_of, here))
        return _list(drawn, as_json=shared.json, everything=all_)
    if action == "show":
        which = _one(words, "show KEY")
        return _show(desk, which, judged_at(shared.as_of, here), as_json=shared.json)
    made = _said(desk, action, words, reason, asked_at(shared.as_of, here, now()))
    if shared.json:
        print_json([edit._asdict() for edit in made])
    else:
        console().print(
            f"Noted: {action} {literal(' '.join(words))}. 'gonequiet undo' takes it back."
        )
    return FINE


def _said(
    desk: EngagementDesk, action: Action, words: Sequence[str], reason: str, moment: int
) -> list[Edit]:
    if action in _STEPS:
        which = _one(words, f"{action} KEY")
        return [desk.step(which, _event(action), reason, now=moment)]
    return _SAYINGS[action](desk, words, moment)


def _event(action: str) -> CourseEvent:
    from gonequiet.domain.course import CourseEvent

    return CourseEvent[_STEPS[action]]


def _name(desk: EngagementDesk, words: Sequence[str], moment: int) -> list[Edit]:
    which, name = _two(words, 'name KEY "NAME"')
    return [desk.name(which, name, now=moment)]


def _kind(desk: EngagementDesk, words: Sequence[str], moment: int) -> list[Edit]:
    which, kind = _two(words, "kind KEY KIND")
    return [desk.set_kind(which, kind, now=moment)]


def _merge(desk: EngagementDesk, words: Sequence[str], moment: int) -> list[Edit]:
    return desk.merge(words, now=moment)


def _split(desk: EngagementDesk, words: Sequence[str], moment: int) -> list[Edit]:
    which, text = _two(words, 'split KEY "words of the subject"')
    return [desk.split(which, text, now=moment)]


def _dismiss(desk: EngagementDesk, words: Sequence[str], moment: int) -> list[Edit]:
    return [desk.dismiss(_one(words, "dismiss KEY"), now=moment)]


def _confirm(desk: EngagementDesk, words: Sequence[str], moment: int) -> list[Edit]:
    which, *kind = words or [""]
    return desk.rule_on(which, kind[0] if kind else "", holds=True, now=moment)


def _refuse(desk: EngagementDesk, words: Sequence[str], moment: int) -> list[Edit]:
    which, *kind = words or [""]
    return desk.rule_on(which, kind[0] if kind else "", holds=False, now=moment)


def _plan(desk: EngagementDesk, words: Sequence[str], moment: int) -> list[Edit]:
    which, *steps = words or [""]
    return [desk.plan(which, [_step(one) for one in steps], now=moment)]


_SAYINGS: dict[str, Callable[[EngagementDesk, Sequence[str], int], list[Edit]]] = {
    "name": _name,
    "kind": _kind,
    "merge": _merge,
    "split": _split,
    "dismiss": _dismiss,
    "confirm": _confirm,
    "refuse": _refuse,
    "plan": _plan,
}


def _one(words: Sequence[str], usage: str) -> str:
    if len(words) != 1:
        raise RequestError(f"Write: gonequiet engagements {usage}")
    return words[0]


def _two(words: Sequence[str], usage: str) -> tuple[str, str]:
    if len(words) != 2:
        raise RequestError(f"Write: gonequiet engagements {usage}")
    return words[0], words[1]


def _step(text: str) -> tuple[Side, str, date]:
    """Reads "me: send the outline by 2026-03-04"."""
    from gonequiet.domain.course import Side

    who, colon, rest = text.partition(":")
    what, by, due = rest.rpartition(" by ")
    side = {"me": Side.OWNER, "them": Side.CONTACT}.get(who.strip().lower())
    due_on = _day(due.strip())
    if side is None or due_on is None or not (colon and by and what.strip()):
        raise RequestError(
            f"'{text}' is no step. Write 'me: send the outline by 2026-03-04' or "
            "'them: sign the order by 2026-03-09'."
        )
    return side, " ".join(what.split()), due_on


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# --- printing ----------------------------------------------------------------------------------


def _list(drawn: Drawn, *, as_json: bool, everything: bool) -> int:
    if as_json:
        print_json([_as_json(drawn, one) for one in drawn.engagements])
        return FINE
    out = console()
    shown = drawn.engagements if everything else drawn.engagements[:LISTED]
    for one in shown:
        who = literal(one.organisation or drawn.names(one)[0])
        out.print(f"{one.key}  {literal(one.name)}", style="bold")
        print_indented(
            f"{who}, {one.kind}: {plural(len(one.messages), 'message')} in "
            f"{plural(len(one.threads), 'thread')}, {day(one.first_at)} to {day(one.last_at)}",
            9,
            "dim",
        )
    if len(shown) < len(drawn.engagements):
        out.print(f"{len(shown)} of {len(drawn.engagements):,}; --all lists them.")
    if not drawn.engagements:
        out.print("No engagement was found: it takes messages both ways with somebody outside.")
    return FINE


def _as_json(drawn: Drawn, one: Engagement) -> dict[str, object]:
    return {
        "key": one.key,
        "name": one.name,
        "is_named": one.is_named,
        "kind": one.kind,
        "is_kind_said": one.is_kind_said,
        "organisation": one.organisation,
        "people": drawn.names(one),
        "threads": len(one.threads),
        "message_ids": [row.anchor for row in drawn.of(one)]
        + [notice.anchor for notice in drawn.notices.get(one.key, ())],
        "first_at": iso(one.first_at),
        "last_at": iso(one.last_at),
    }


def _show(desk: EngagementDesk, which: str, moment: int, *, as_json: bool) -> int:
    found, rows = desk.show(which, moment)
    if as_json:
        subjects = {row.thread: row.subject for row in reversed(rows)}
        print_json({**triaged_as_json(found), "subjects": list(subjects.values())})
        return FINE
    print_triaged(found)
    out = console()
    out.print(f"\nPeople: {literal(', '.join(found.people))}")
    if found.tangibles:
        out.print("Tangible")
    for one in found.tangibles:
        told = tangible_as_json(one)
        word = {True: "confirmed", False: "refused", None: "proposed"}[one.is_confirmed]
        print_indented(f"{day(one.at)} {told['kind']}: {literal(one.found.quote)} ({word})", 2)
    out.print("Course")
    steps = [one for one in found.course.changes if one.before != one.after or one.fact.is_owners]
    for change in steps[-_THREADS:]:
        print_indented(
            f"{day(change.fact.at)} {change.fact.event.value}: now {change.after.value} "
            f"({literal(change.fact.reason)})",
            2,
        )
    threads = sorted({row.thread: (row.at, row.subject) for row in rows}.values(), reverse=True)
    out.print(f"Threads (the latest {min(_THREADS, len(threads))} of {len(threads):,})")
    for at, subject in threads[:_THREADS]:
        print_indented(f"{day(at)} {literal(subject) or '(no subject)'}", 2)
    return FINE

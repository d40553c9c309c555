"""`gonequiet today`, `next` and `meetings`: what deserves attention, and the next decent step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, judged_at, moment_of
from gonequiet.cli.printing import ACT, FINE, console, day, iso, literal, plural, print_json

if TYPE_CHECKING:
    from rich.console import Console

    from gonequiet.app.ledger import ListedPromise
    from gonequiet.app.meeting_records import ContactMeeting
    from gonequiet.app.meetings import MeetingReport
    from gonequiet.app.planned import PlannedStep
    from gonequiet.app.today import TodayReport

SHOWN = 4
_WIDTH = 72


def today(*, shared: Judging | None = None) -> int:
    """Show the morning page: what is quiet and worth it, who waits on you, what is due.

    For example:
        gonequiet today
        gonequiet today --as-of 2026-03-02 --json
    """
    shared = shared or Judging()
    desk = office(shared.db)
    report = desk.today(as_of=judged_at(shared.as_of, desk))
    if shared.json:
        print_json(_today_as_json(report))
    else:
        _print_today(report)
    return ACT if report.reach_out or report.owed or report.promises else FINE


def _today_as_json(report: TodayReport) -> dict[str, object]:
    from dataclasses import asdict

    from gonequiet.cli.promises import promise_as_json

    return {
        "as_of": iso(report.as_of),
        "withheld": report.withheld,
        "reach_out": [step_as_json(one) for one in report.reach_out],
        "waiting": report.waiting,
        "owed": [{**asdict(one), "asked_at": iso(one.asked_at)} for one in report.owed],
        "promises": [promise_as_json(one) for one in report.promises],
        "prepare": [meeting_as_json(one) for one in report.prepare],
        "recap": [meeting_as_json(one) for one in report.recap],
        "meet": [
            {"contact": name, "contact_key": key, "days_since": days}
            for name, key, days in report.meet
        ],
        "let_go": [step_as_json(one) for one in report.let_go],
        "better_spent": [{"contact": name, "why": why} for name, why in report.better_spent],
    }


def step_as_json(one: PlannedStep) -> dict[str, object]:
    """Returns a planned step as JSON can hold it."""
    from dataclasses import asdict

    value = asdict(one)
    step = one.step
    value["step"] = {
        **step._asdict(),
        "kind": step.kind.value,
        "not_before": None if step.not_before is None else iso(step.not_before),
    }
    value["pending"] = [[title, on.isoformat()] for title, on in one.pending]
    return value


def meeting_as_json(one: ContactMeeting) -> dict[str, object]:
    """Returns a meeting as JSON can hold it."""
    meeting = one.meeting
    return {
        "contact": one.name,
        "contact_key": one.contact_key,
        "title": one.title,
        "starts_at": iso(meeting.starts_at),
        "ends_at": iso(meeting.ends_at),
        "mode": meeting.mode.value,
        "mode_reason": meeting.mode_reason,
        "place": meeting.place,
        "state": meeting.state.value,
        "theirs": one.theirs.value,
        "own": one.own.value,
        "is_zone_unknown": meeting.is_zone_unknown,
        "is_gone": one.is_gone,
        "moved_from": None if meeting.moved_from is None else iso(meeting.moved_from),
    }


def _print_today(report: TodayReport) -> None:
    out = console()
    out.print(f"{day(report.as_of)}", style="bold")
    if report.withheld:
        out.print(f"\nVerdicts are withheld: {report.withheld}", style="yellow")
    _section(out, "Worth a step of yours", [_step_lines(one) for one in report.reach_out])
    _section(out, "Waiting for your answer", [_owed_lines(one) for one in report.owed])
    _section(out, "Promises", [_promise_lines(one) for one in report.promises])
    _section(out, "Meetings to prepare", [_meeting_lines(one) for one in report.prepare])
    _section(
        out,
        "Meetings to recap",
        [
            [*_meeting_lines(one), f"gonequiet draft {one.contact_key} --as recap"]
            for one in report.recap
        ],
    )
    _section(
        out,
        "Due for a meeting in person",
        [[f"{literal(name)}, last met {days} days ago"] for name, _, days in report.meet],
    )
    _section(
        out,
        "Let go for now",
        [
            [f"{literal(one.contact)}: {_cut(one.name, 50)}", *one.step.why[:1]]
            for one in report.let_go
        ],
    )
    if report.better_spent:
        named = "; ".join(f"{literal(name)} ({literal(why)})" for name, why in report.better_spent)
        out.print(f"\nThe attention this frees is better spent on {named}.")
    _close(out, report)


def _close(out: Console, report: TodayReport) -> None:
    if report.waiting:
        are = "matter waits" if report.waiting == 1 else "matters wait"
        out.print(f"\n{report.waiting} {are} with an answer still likely; nothing to do there.")
    if not (report.reach_out or report.owed or report.promises or report.prepare):
        out.print("\nNothing needs you today.")


def _section(out: Console, title: str, entries: list[list[str]]) -> None:
    if not entries:
        return
    out.print(f"\n{title}", style="bold cyan")
    for first, *rest in entries[:SHOWN]:
        out.print(f"  {first}")
        for line in rest:
            out.print(f"    {line}", style="dim")
    if len(entries) > SHOWN:
        out.print(f"    and {len(entries) - SHOWN} more", style="dim")


def _cut(text: str, width: int) -> str:
    shown = literal(text)
    return shown if len(shown) <= width else f"{shown[: width - 1]}…"


def _step_lines(one: PlannedStep) -> list[str]:
    lines = [f"{literal(one.contact)}: {_cut(one.step.says, _WIDTH - len(one.contact))}"]
    lines += [_cut(reason, _WIDTH) for reason in one.step.why[-1:]]
    if one.step.not_before is not None and one.step.form:
        lines.append(
            f"from {day(one.step.not_before)}; gonequiet draft {literal(one.contact_key)} "
            f"--as {one.step.form}"
        )
    return lines


def _owed_lines(one: object) -> list[str]:
    from gonequiet.app.own_side import OwedAnswer

    assert isinstance(one, OwedAnswer)
    subject = _cut(one.subject or one.opening or "(no subject)", 46)
    return [f"{literal(one.contact)}: {subject}, {one.waited_days:.0f} days"]


def _promise_lines(one: ListedPromise) -> list[str]:
    first = literal(one.contacts[0][0]) if one.contacts else "somebody"
    names = f"{first} and {len(one.contacts) - 1} more" if len(one.contacts) > 1 else first
    whose = f"You to {names}" if one.side == "mine" else names
    due = "" if one.due_on is None else f", due {one.due_on:%d %b}"
    late = " (overdue)" if one.is_overdue else ""
    room = _WIDTH - len(whose) - len(due) - len(late)
    return [f"{whose}: {_cut(one.what, max(room, 20))}{due}{late}"]


def _meeting_lines(one: ContactMeeting) -> list[str]:
    mode = one.meeting.mode.value.replace("_", " ")
    how = "" if mode == "unknown" else f", {mode}"
    how += ", no longer in the calendar" if one.is_gone else ""
    return [f"{iso_minute(one.meeting.starts_at)}  {literal(one.name)}: {_cut(one.title, 40)}{how}"]


def iso_minute(at: int) -> str:
    """Returns a moment to the minute, for reading."""
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(at, UTC):%d %b %H:%M}"


def next_(*, shared: Judging | None = None) -> int:
    """Show the single next decent step of each engagement that needs one, and why.

    Nothing is proposed past the number of attempts you set, nor for what is frozen
    or closed; where the records do not support genuine interest, it says so.

    For example:
        gonequiet next
        gonequiet next --as-of 2026-03-02 --json
    """
    shared = shared or Judging()
    desk = office(shared.db)
    steps = desk.steps(as_of=judged_at(shared.as_of, desk))
    if shared.json:
        print_json([step_as_json(one) for one in steps])
        return FINE
    out = console()
    for one in steps:
        out.print(f"{literal(one.contact)}  ", style="bold", end="")
        out.print(f"{_cut(one.name, 50)}  {one.engagement}", style="dim")
        out.print(f"  {literal(one.step.says)}", style="cyan")
        for reason in one.step.why:
            out.print(f"  why   {literal(reason)}")
        if one.step.not_before is not None:
            out.print(
                f"  when  from {iso_minute(one.step.not_before)} UTC, in their working hours",
                style="dim",
            )
        out.print(
            f"  now   {one.state}; {one.attempts} of {plural(one.cap, 'attempt')}\n", style="dim"
        )
    out.print(
        "Nothing needs a step of yours." if not steps else f"{plural(len(steps), 'engagement')}."
    )
    return FINE


def meetings(contact: str | None = None, *, shared: Judging | None = None) -> int:
    """Show meetings to come and held, how you meet, and who is due for one in person.

    For example:
        gonequiet meetings
        gonequiet meetings "Dana Reyes" --as-of 2026-03-02

    Args:
        contact: Only meetings with this contact.
    """
    from gonequiet.wiring import now

    shared = shared or Judging()
    report = office(shared.db).meetings(contact, as_of=moment_of(shared.as_of, now()))
    if shared.json:
        print_json(
            {
                "to_come": [meeting_as_json(one) for one in report.to_come],
                "held": [meeting_as_json(one) for one in report.held],
                "rhythms": [
                    {
                        "contact": name,
                        "contact_key": key,
                        **rhythm._asdict(),
                        "last_at": None if rhythm.last_at is None else iso(rhythm.last_at),
                    }
                    for name, key, rhythm in report.rhythms
                ],
            }
        )
    else:
        _print_meetings(report)
    return FINE


def _print_meetings(report: MeetingReport) -> None:
    out = console()
    _section(out, "To come", [_meeting_lines(one) for one in report.to_come])
    _section(out, "Held, the latest first", [_meeting_lines(one) for one in report.held])
    lines = []
    for name, _, rhythm in report.rhythms:
        share = f"{rhythm.in_person} of {plural(rhythm.held, 'meeting')} in person"
        usual = "" if rhythm.usual_gap_days is None else f", every {rhythm.usual_gap_days:.0f} days"
        due = "  due for one" if rhythm.is_due else ""
        lines.append([f"{literal(name)}: {share}{usual}{due}"])
    _section(out, "How you meet", lines)
    if not (report.to_come or report.held):
        out.print(
            "No meetings are known. Import a calendar, or log one: gonequiet log met CONTACT."
        )

"""`gonequiet today`, `next` and `meetings`: what deserves attention, and the next decent step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gonequiet.cli.morning import (
    SHOWN,
    cut,
    print_page,
    print_section,
    print_steps,
    print_wrapped,
    starts,
)
from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, asked_at, judged_at
from gonequiet.cli.printing import (
    ACT,
    FINE,
    console,
    iso,
    literal,
    plural,
    print_doubts,
    print_json,
)

if TYPE_CHECKING:
    from gonequiet.app.meeting_records import ContactMeeting
    from gonequiet.app.meetings import MeetingReport
    from gonequiet.app.planned import PlannedStep
    from gonequiet.app.today import TodayReport


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
        print_page(report)
    needs = (report.withheld, report.reach_out, report.owed, report.promises)
    return ACT if any(needs) else FINE


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
        "quiet_besides": report.quiet_besides,
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


def _meeting_lines(one: ContactMeeting, as_of: int) -> list[str]:
    mode = one.meeting.mode.value.replace("_", " ")
    how = "" if mode == "unknown" else f", {mode}"
    how += ", no longer in the calendar" if one.is_gone else ""
    return [f"{starts(one.meeting, as_of)}  {literal(one.name)}: {cut(one.title, 40)}{how}"]


def next_(*, shared: Judging | None = None) -> int:
    """Show the single next decent step of each engagement that needs one, and why.

    Nothing is proposed past the number of attempts you set, nor for what is frozen
    or closed; where the records do not support genuine interest, it says so. While
    records are missing or old nothing is proposed, and the exit code is 1.

    For example:
        gonequiet next
        gonequiet next --as-of 2026-03-02 --json
    """
    shared = shared or Judging()
    desk = office(shared.db)
    as_of = judged_at(shared.as_of, desk)
    doubts = desk.doubts(as_of=as_of)
    steps = [] if doubts else desk.steps(as_of=as_of)
    if shared.json:
        print_json([step_as_json(one) for one in steps])
    elif not doubts:
        print_steps(steps)
    print_doubts(doubts, heading="No step is proposed:", aside=shared.json)
    return ACT if doubts else FINE


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
    desk = office(shared.db)
    report = desk.meetings(contact, as_of=asked_at(shared.as_of, desk, now()))
    if shared.json:
        print_json(
            {
                "to_come": [meeting_as_json(one) for one in report.to_come],
                "held": [meeting_as_json(one) for one in report.held],
                "within_house": report.within_house,
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
        _print_meetings(report, everything=contact is not None)
    return FINE


def _print_meetings(report: MeetingReport, *, everything: bool) -> None:
    out = console()
    for title, found in (("To come", report.to_come), ("Held, the latest first", report.held)):
        entries = [_meeting_lines(one, report.as_of) for one in found]
        print_section(
            title,
            entries,
            shown=len(entries) if everything else SHOWN,
            more="gonequiet meetings NAME lists those with one contact",
        )
    lines = []
    for name, _, rhythm in report.rhythms:
        share = f"{rhythm.in_person} of {plural(rhythm.held, 'meeting')} in person"
        usual = "" if rhythm.usual_gap_days is None else f", every {rhythm.usual_gap_days:.0f} days"
        due = "  due for one" if rhythm.is_due else ""
        lines.append([f"{literal(name)}: {share}{usual}{due}"])
    print_section("How you meet", lines)
    if report.within_house:
        out.print()
        print_wrapped(
            f"{plural(report.within_house, 'meeting')} within your own house left out; "
            "gonequiet meetings NAME lists those with one of them."
        )
    elif not (report.to_come or report.held):
        out.print(
            "No meetings are known. Import a calendar, or log one: gonequiet log met CONTACT."
        )

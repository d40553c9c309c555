"""`gonequiet show`: one contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from gonequiet.cli.identity import card_as_json
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
from gonequiet.cli.quiet import matter_as_json, matter_text, percent

if TYPE_CHECKING:
    from rich.text import Text

    from gonequiet.analysis.rhythm import ReplyHabit, RhythmChange
    from gonequiet.analysis.workplace import Workplace
    from gonequiet.app.show import ContactReport, Moment

LISTED = 25


def show(
    contact: str,
    *,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    shared: Judging | None = None,
) -> int:
    """Show one contact: open matters, habits, and the whole timeline.

    For example:
        gonequiet show "Dana Reyes"
        gonequiet show dana@halden.example --all

    Args:
        contact: A name, part of a name, or an address.
        all_: The whole timeline, not only its latest 25 messages.
    """
    shared = shared or Judging()
    desk = office(shared.db)
    worded = None if all_ or shared.json else LISTED
    report = desk.show(contact, as_of=judged_at(shared.as_of, desk), worded=worded)
    here = desk.workplaces([report.card.key], as_of=report.as_of).get(report.card.key)
    gone = desk.gone_meetings()
    if shared.json:
        print_json(_as_json(report, here, gone))
    else:
        _print(report, here, gone, everything=all_)
    return FINE


def _as_json(
    report: ContactReport, here: Workplace | None, gone: frozenset[int]
) -> dict[str, object]:
    from dataclasses import asdict

    from gonequiet.cli.workplaces import workplace_as_json

    value = asdict(report)
    value["as_of"] = iso(report.as_of)
    value["their_habit"] = report.their_habit._asdict()
    value["own_habit"] = report.own_habit._asdict()
    value["doubts"] = [one._asdict() for one in report.doubts]
    value["card"] = card_as_json(report.card)
    value["workplace"] = workplace_as_json(here)
    value["change"] = None if report.change is None else _change_as_json(report.change)
    value["matters"] = [matter_as_json(one) for one in report.matters]
    value["timeline"] = [
        {
            **one._asdict(),
            "entry": {**one.entry._asdict(), "at": iso(one.entry.at)},
            "is_gone": one.entry.message in gone,
        }
        for one in report.timeline
    ]
    return value


def _change_as_json(change: RhythmChange) -> dict[str, object]:
    moments = ("at", "earliest_at", "latest_at")
    return change._asdict() | {name: iso(getattr(change, name)) for name in moments}


def _print(
    report: ContactReport, here: Workplace | None, gone: frozenset[int], *, everything: bool
) -> None:
    from gonequiet.cli.workplaces import move_lines

    out = console()
    out.print(_heading(report, here))
    for line in move_lines(here):
        print_indented(line, 2)
    for matter in report.matters:
        out.print()
        out.print(matter_text(matter, report.horizon_days, with_contact=False))
    if not report.matters:
        out.print("\nNothing is open.")
    out.print()
    between = [one for one in report.timeline if not one.entry.is_of_others]
    shown = report.timeline if everything else between[-LISTED:]
    hidden = len(report.timeline) - len(shown)
    more = (
        f" (the latest {len(shown)} of {len(between):,}{_besides(report)}; --all for more)"
        if hidden
        else ""
    )
    out.print(f"Timeline{more}", style="bold")
    for moment in shown:
        out.print(_line(moment, gone), overflow="ellipsis", no_wrap=True)


def _besides(report: ContactReport) -> str:
    others = sum(one.entry.is_of_others for one in report.timeline)
    return f", and {others:,} of others to you both" if others else ""


def _heading(report: ContactReport, here: Workplace | None) -> Text:
    from rich.text import Text

    from gonequiet.cli.workplaces import work_text

    card = report.card
    text = Text()
    text.append(literal(card.name), style="bold")
    if card.organisation:
        text.append(f"  {literal(card.organisation)}", style="dim")
    if here is not None and (work := work_text(here)):
        text.append(f"\n  {work}")
    for address, rule in card.addresses:
        why = "" if rule == "alone" else f"  ({rule.replace('_', ' ')})"
        text.append(f"\n  {literal(address)}{why}", style="dim")
    if card.set_aside:
        text.append(f"\n  set aside: {card.set_aside.replace('_', ' ')}", style="yellow")
    text.append(
        f"\n  {plural(card.received, 'message')} from them, last {day(card.last_received_at)}; "
        f"{card.sent:,} from you, last {day(card.last_sent_at)}"
    )
    text.append(f"\n  they answer {habit(report.their_habit)}")
    text.append(f"\n  you answer  {habit(report.own_habit)}")
    if report.change is not None:
        text.append(f"\n  {change_text(report.change)}", style="cyan")
    return text


def change_text(change: RhythmChange) -> str:
    """Returns when the rhythm of somebody's messages changed, and from what to what."""
    return (
        f"their rhythm changed about {day(change.at)}: a message every "
        f"{change.gap_before_days:.1f} days before, every {change.gap_after_days:.1f} after"
    )


def habit(found: ReplyHabit) -> str:
    """Returns a reply habit in words."""
    if not found.waits or found.share is None:
        return "- nothing yet that called for an answer"
    if not found.answered:
        return f"none of {found.waits:,} so far"
    share = f"{percent(found.share)} of {found.waits:,}"
    if found.median_hours is None:
        return f"{share}; half of them not so far"
    return f"{share}, half of them within {span(found.median_hours * 3600)}"


def span(seconds: float) -> str:
    """Returns a length of time for reading."""
    hours = seconds / 3600
    if hours < 1:
        return f"{max(1, round(seconds / 60))} min"
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"


def kind_mark(kind: str, channel: str, detail: str) -> str:
    """Returns what an interaction is, in brackets, "" for personal mail."""
    from gonequiet.domain.call import call_from
    from gonequiet.domain.meeting import meeting_from

    if kind == "call":
        call = call_from(detail)
        length = f", {span(call.duration_seconds)}" if call.duration_seconds else ""
        return f"[call {call.outcome.value}{length}]"
    meeting = meeting_from(detail) if kind == "meeting" else None
    if meeting is not None:
        how = "" if meeting.mode.value == "unknown" else f", {meeting.mode.value.replace('_', ' ')}"
        was = "" if meeting.state.value == "planned" else f" {meeting.state.value}"
        return f"[meeting{was}{how}] "
    if kind == "personal":
        return "" if channel == "mail" else f"[{channel}] "
    return f"[{kind.replace('_', ' ')}] "


def _title(moment: Moment) -> str:
    entry = moment.entry
    if entry.subject or entry.channel == "mail":
        return literal(entry.subject) or "(no subject)"
    return ""


_ARROWS = {"outbound": "→", "inbound": "←", "observed": "·"}


def _line(moment: Moment, gone: frozenset[int]) -> Text:
    from rich.text import Text

    entry = moment.entry
    text = Text()
    text.append(f"{day(entry.at):>11} ", style="dim")
    arrow = "·" if entry.is_of_others else _ARROWS.get(entry.direction, "?")
    text.append(f"{arrow} ", style="bold" if moment.is_open else "")
    text.append(f"{kind_mark(entry.kind, entry.channel, entry.detail)}{_title(moment)}")
    if entry.is_of_others and entry.sender:
        text.append(f"  by {literal(entry.sender)}", style="dim")
    if moment.delay_seconds is not None:
        text.append(f"  after {span(moment.delay_seconds)}", style="dim")
    if moment.is_open:
        text.append("  unanswered", style="bold yellow")
    if entry.message in gone:
        text.append("  no longer in the calendar", style="dim")
    text.append(f"  {literal(entry.opening)}", style="dim")
    return text

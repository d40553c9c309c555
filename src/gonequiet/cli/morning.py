"""How the morning page and the next steps look: few things, each with its reason and one step."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gonequiet.cli.printing import console, literal, local, plural
from gonequiet.domain.days import Days, zone_named

if TYPE_CHECKING:
    from datetime import date

    from gonequiet.app.meeting_records import ContactMeeting
    from gonequiet.app.own_side import OwedAnswer
    from gonequiet.app.planned import PlannedStep
    from gonequiet.app.promise_list import ListedPromise
    from gonequiet.app.today import TodayReport
    from gonequiet.domain.meeting import Meeting

SHOWN = 4
_LET_GO_SHOWN = 3
_FEWEST_EARLIER = 3
_TITLE_CHARS = 46
_PAGE_WIDTH = 80

Entry = Sequence[str]
"""A line, and the lines below it that say why and what to do."""


def print_page(report: TodayReport) -> None:
    """Prints the morning page."""
    out = console()
    out.print(_weekday(report.as_of), style="bold")
    if said := _summary(report):
        print_wrapped(said)
    if report.withheld:
        print_wrapped(f"Verdicts are withheld: {report.withheld}", style="yellow")
    print_section(
        "Worth a step of yours",
        [_step_entry(one) for one in report.reach_out],
        more="gonequiet next lists them all",
    )
    _print_owed(report.owed)
    print_section(
        "Promises",
        [_promise_entry(one) for one in report.promises],
        more="gonequiet promises lists them all",
    )
    print_section(
        "Meetings to prepare", _meetings(report.prepare, report.as_of, "gonequiet reflect {key}")
    )
    print_section(
        "Meetings to recap", _meetings(report.recap, report.as_of, "gonequiet recap {key}")
    )
    print_section("Due for a meeting in person", [_meet_entry(*one) for one in report.meet])
    print_section(
        "Let go for now", [_let_go_entry(one) for one in report.let_go], shown=_LET_GO_SHOWN
    )
    _print_end(report)


def _weekday(at: int) -> str:
    moment = local(at)
    return f"{moment:%A}, {moment.day} {moment:%B %Y}"


def _summary(report: TodayReport) -> str:
    """The page in one line."""
    parts = (
        (report.reach_out, "step", "steps"),
        *_owed_parts(report.owed),
        (report.promises, "promise", "promises"),
        (report.prepare, "meeting to prepare", "meetings to prepare"),
        (report.recap, "meeting to recap", "meetings to recap"),
    )
    said = [plural(len(found), one, many) for found, one, many in parts if found]
    nothing = "" if report.withheld else "Nothing needs you today."
    return ", ".join(said) or nothing


def _owed_parts(owed: Sequence[OwedAnswer]) -> tuple[tuple[Sequence[OwedAnswer], str, str], ...]:
    """Answers that are late by habit are owed; where none is, those that wait are named as such."""
    if late := _late(owed):
        return ((late, "answer owed", "answers owed"),)
    return ((owed, "answer to give", "answers to give"),)


def print_section(
    title: str, entries: Sequence[Entry], *, shown: int = SHOWN, more: str = ""
) -> None:
    """Prints a heading and the first entries below it; nothing when there are none."""
    if not entries:
        return
    out = console()
    out.print(f"\n{title}", style="bold cyan")
    for first, *rest in entries[:shown]:
        print_wrapped(first, by=2)
        for line in rest:
            print_wrapped(line, by=4, style="dim")
    if len(entries) > shown:
        where = f"; {more}" if more else ""
        print_wrapped(f"and {len(entries) - shown} more{where}", by=2, style="dim")


def print_wrapped(text: str, *, by: int = 0, style: str = "") -> None:
    """Prints a paragraph; what runs over an indented one stands four columns in."""
    out = console()
    lines = textwrap.wrap(
        text,
        min(out.width, _PAGE_WIDTH),
        initial_indent=" " * by,
        subsequent_indent=" " * (4 if by else 0),
        break_on_hyphens=False,
        break_long_words=False,
    )
    for line in lines:
        out.print(line, style=style, no_wrap=True, overflow="ignore", crop=False)


def cut(text: str, width: int = _TITLE_CHARS) -> str:
    """Returns a text that fits, with a mark where it was cut."""
    shown = literal(text)
    return shown if len(shown) <= width else f"{shown[: width - 1].rstrip()}…"


# --- entries -----------------------------------------------------------------------------------


def _step_entry(one: PlannedStep) -> Entry:
    step = one.step
    lines = [f"{literal(one.contact)}: {_begun_small(literal(step.says))}"]
    if step.why:
        lines.append(literal(" ".join(step.why)))
    if step.form:
        lines.append(f"{_from(one)}{_draft(one)}")
    return lines


def _draft(one: PlannedStep) -> str:
    handle = literal(one.handle)
    named = f'"{handle}"' if " " in handle else handle
    if one.step.form == "recap":  # who does what by when is the owner's to fill in
        return f"gonequiet recap {named}"
    return f"gonequiet draft {named} --as {one.step.form}"


def _begun_small(says: str) -> str:
    return says[:1].lower() + says[1:]


def _from(one: PlannedStep) -> str:
    """From which day a step is decent, "" for any."""
    at = one.step.not_before
    return "" if at is None else f"from {_day_words(local(at))}: "


def _day_words(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _late(owed: Sequence[OwedAnswer]) -> list[OwedAnswer]:
    """Those the owner would have answered by now, by habit; the others are no debt yet."""
    return [one for one in owed if one.usual_share >= 0.5]


def _print_owed(owed: Sequence[OwedAnswer]) -> None:
    """Prints those the owner would have answered by now, by habit; else the first two."""
    late = _late(owed) or owed[:2]
    print_section("Waiting for your answer", [_owed_entry(one) for one in late[:SHOWN]])
    if len(owed) > len(late[:SHOWN]):
        rest = len(owed) - len(late[:SHOWN])
        print_wrapped(f"and {rest} more; gonequiet owed lists them all", by=2, style="dim")
    if owed:
        hint = "What you will not do: gonequiet draft NAME --as decline, or --as hand-off"
        print_wrapped(hint, by=2, style="dim")


def _owed_entry(one: OwedAnswer) -> Entry:
    from gonequiet.app.pending import title_of

    subject = cut(title_of(one.subject) or one.opening or "(no subject)")
    return [
        f"{literal(one.contact)}: {subject}, {plural(round(one.waited_days), 'day')}",
        _habit(one),
    ]


def _habit(one: OwedAnswer) -> str:
    """Why it stands high: how the owner usually answers them, else everybody."""
    (asked, answered), whose = one.with_contact, "theirs"
    if asked < _FEWEST_EARLIER:
        (asked, answered), whose = one.with_all, "everybody's"
    share = f"all {asked:,}" if answered == asked else f"{answered:,} of {asked:,}"
    return f"By then you had answered {share} earlier ones of {whose}."


def _promise_entry(one: ListedPromise) -> Entry:
    first = literal(one.contacts[0][0]) if one.contacts else "somebody"
    names = f"{first} and {len(one.contacts) - 1} more" if len(one.contacts) > 1 else first
    whose = f"You to {names}" if one.side == "mine" else names
    due = "" if one.due_on is None else f", due {one.due_on.day} {one.due_on:%b}"
    late = ", overdue" if one.is_overdue else ", not known" if one.is_unseen else ""
    return [
        f"{whose}{due}{late}: “{cut(one.what, 90)}”",
        f"done? gonequiet promises kept {one.key[:8]}",
    ]


def _meetings(found: Sequence[ContactMeeting], as_of: int, step: str) -> list[Entry]:
    """One entry for each meeting, with everybody known who is there."""
    together: dict[tuple[str, int], list[ContactMeeting]] = {}
    for one in found:
        together.setdefault((one.meeting.uid, one.meeting.starts_at), []).append(one)
    return [_meeting_entry(rows, as_of, step) for rows in together.values()]


def _meeting_entry(rows: Sequence[ContactMeeting], as_of: int, step: str) -> Entry:
    first = rows[0]
    names = ", ".join(literal(one.name) for one in rows[:3])
    more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
    mode = first.meeting.mode.value.replace("_", " ")
    how = "" if mode == "unknown" else f", {mode}"
    how += ", no longer in the calendar" if first.is_gone else ""
    title = cut(first.title) or "(no title)"
    return [
        f"{starts(first.meeting, as_of)}  {names}{more}: {title}{how}",
        step.format(key=literal(first.contact_key)),
    ]


def starts(meeting: Meeting, as_of: int) -> str:
    """Returns when a meeting begins; a whole day is one where it was entered."""
    whole = Days(zone_named(meeting.zone)) if meeting.is_all_day else None
    moment = local(meeting.starts_at) if whole is None else whole.local(meeting.starts_at)
    year = "" if moment.year == local(as_of).year else f" {moment.year}"
    hour = "all day" if meeting.is_all_day else f"{moment:%H:%M}"
    return f"{_day_words(moment)}{year} {hour}"


def _meet_entry(name: str, key: str, days: int) -> Entry:
    return [
        f"{literal(name)}, last met {days} days ago",
        f"gonequiet draft {literal(key)} --as invitation",
    ]


def _let_go_entry(one: PlannedStep) -> Entry:
    lines = [f"{literal(one.contact)}: {cut(one.name)}", *map(literal, one.step.why[:1])]
    if one.step.kind.value == "close":
        lines.append(_draft(one))
    return lines


def _print_end(report: TodayReport) -> None:
    if report.better_spent:
        named = "; ".join(f"{literal(name)} ({literal(why)})" for name, why in report.better_spent)
        console().print()
        print_wrapped(f"The attention this frees is better spent on: {named}.")
    if report.quiet_besides:
        more = "matter is" if report.quiet_besides == 1 else "matters are"
        console().print()
        print_wrapped(
            f"{report.quiet_besides:,} {more} quiet and left alone: nothing was ever heard there, "
            "or you let it rest; gonequiet quiet lists all."
        )
    if report.waiting:
        are = "matter waits" if report.waiting == 1 else "matters wait"
        console().print()
        print_wrapped(f"{report.waiting} {are} with an answer still likely; nothing to do there.")


# --- next --------------------------------------------------------------------------------------


def print_steps(steps: Sequence[PlannedStep]) -> None:
    """Prints the next steps: those to be taken whole, then what waits and what rests, short."""
    acts = [one for one in steps if one.step.kind.value not in ("wait", "rest")]
    for one in acts:
        _print_step(one)
    for kind, title in (("wait", "Waiting"), ("rest", "At rest")):
        found = [_idle_entry(one) for one in steps if one.step.kind.value == kind]
        print_section(title, found, shown=len(found))
    out = console()
    if not steps:
        out.print("Nothing needs a step of yours.")
        return
    are = "needs a step" if len(acts) == 1 else "need a step"
    out.print(f"\n{plural(len(steps), 'matter')}; {len(acts):,} {are} of yours.")


def _print_step(one: PlannedStep) -> None:
    out = console()
    out.print(f"{literal(one.contact)}  ", style="bold", end="")
    out.print(f"{cut(one.name)}  {one.engagement}", style="dim")
    print_wrapped(literal(one.step.says), by=2, style="cyan")
    for reason in one.step.why:
        print_wrapped(f"why   {literal(reason)}", by=2)
    if one.step.not_before is not None:
        print_wrapped(
            f"when  from {_moment(one.step.not_before)}, in their hours", by=2, style="dim"
        )
    if one.step.form:
        print_wrapped(f"how   {_draft(one)}", by=2, style="dim")
    stands = f"{one.state}; {one.attempts} of {plural(one.cap, 'attempt')}"
    print_wrapped(f"now   {stands}", by=2, style="dim")
    out.print()


def _moment(at: int) -> str:
    return f"{local(at):%d %b %Y %H:%M %Z}"


def _idle_entry(one: PlannedStep) -> Entry:
    reason = one.step.says if one.step.kind.value == "wait" else " ".join(one.step.why[:1])
    return [f"{literal(one.contact)}: {cut(one.name)}  {one.engagement}", literal(reason)]

"""`gonequiet quiet`: who has gone quiet, how sure, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, judged_at
from gonequiet.cli.printing import (
    ACT,
    FINE,
    console,
    day,
    iso,
    literal,
    plural,
    print_indented,
    print_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text

    from gonequiet.analysis.workplace import Workplace
    from gonequiet.app.quiet import QuietMatter, QuietReport
    from gonequiet.app.set_aside import AsideMatter

LISTED = 15
_FEW_SELDOM = 10


def quiet(
    *,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    waiting: Annotated[bool, Parameter(negative=())] = False,
    aside: Annotated[bool, Parameter(negative=())] = False,
    shared: Judging | None = None,
) -> int:
    """Show who has gone quiet, how sure that is, and why.

    A matter is quiet when the chance that a response still comes within the
    horizon (30 days) is below your threshold (10 %). Both are settings.
    Exits with 1 when something is quiet or a verdict had to be withheld.

    For example:
        gonequiet quiet
        gonequiet quiet --as-of 2026-03-01 --json

    Args:
        all_: List every quiet matter, not only the latest of 15 contacts.
        waiting: List what is open and not quiet yet as well.
        aside: List what is set aside as well, each with its reason.
    """
    shared = shared or Judging()
    desk = office(shared.db)
    report = desk.quiet(as_of=judged_at(shared.as_of, desk))
    listed = desk.set_aside(as_of=report.as_of) if aside else []
    matters = report.quiet if all_ or shared.json else [one for one, _ in _first_of_each(report)]
    elsewhere = desk.workplaces(sorted({one.contact_key for one in matters}), as_of=report.as_of)
    if shared.json:
        more = {"aside": [_aside_as_json(one) for one in listed]} if aside else {}
        print_json(_as_json(report, elsewhere) | more)
    else:
        print_report(report, everything=all_, waiting=waiting, elsewhere=elsewhere)
        if aside:
            _print_aside(listed)
            _print_seldom(report)
    return ACT if report.quiet or report.doubts else FINE


def _as_json(report: QuietReport, elsewhere: Mapping[str, Workplace]) -> dict[str, object]:
    from dataclasses import asdict

    from gonequiet.cli.workplaces import workplace_as_json

    value = asdict(report)
    value["as_of"] = iso(report.as_of)
    value["next_look_at"] = iso(report.next_look_at)
    value["doubts"] = [one._asdict() for one in report.doubts]
    for name in ("quiet", "waiting", "seldom_answered"):
        value[name] = [matter_as_json(one) for one in getattr(report, name)]
    value["elsewhere"] = {
        key: workplace_as_json(one) for key, one in elsewhere.items() if one.moves
    }
    return value


def _aside_as_json(matter: AsideMatter) -> dict[str, object]:
    return matter._asdict() | {"sent_at": iso(matter.sent_at)}


def _print_aside(listed: Sequence[AsideMatter]) -> None:
    out = console()
    for matter in listed:
        reason = _ASIDE[matter.reason] + (f" ({_WHY[matter.why]})" if matter.why in _WHY else "")
        out.print()
        out.print(f"{literal(matter.contact)}, {day(matter.sent_at)}: {reason}")
        out.print(f"  {_shortened(literal(matter.matter) or '(no subject)', 74)}", style="dim")


def _print_seldom(report: QuietReport) -> None:
    out = console()
    for matter in report.seldom_answered:
        at_first = percent(matter.at_first)
        out.print()
        out.print(f"{literal(matter.contact)}, {day(matter.asked_at)}: {_ASIDE['seldom_answered']}")
        out.print(f"  {_shortened(title_of(matter), 74)}", style="dim")
        out.print(f"  when you wrote, the chance of an answer was {at_first}", style="dim")


def matter_as_json(matter: QuietMatter) -> dict[str, object]:
    """Returns a matter as JSON can hold it."""
    from dataclasses import asdict

    value = asdict(matter)
    for name in ("opened_at", "asked_at", "look_again_at"):
        value[name] = iso(value[name])
    value["reasons"] = [one._asdict() for one in matter.reasons]
    value["promised_on"] = None if matter.promised_on is None else matter.promised_on.isoformat()
    return value


def print_report(
    report: QuietReport,
    *,
    everything: bool,
    waiting: bool,
    elsewhere: Mapping[str, Workplace] | None = None,
) -> None:
    """Prints who has gone quiet, and of whom the records show that they may be elsewhere."""
    from gonequiet.cli.workplaces import move_lines

    out = console()
    out.print(f"Who has gone quiet, as of {day(report.as_of)}", style="bold")
    _print_owner(report)
    if report.doubts:
        _print_withheld(report)
        return
    shown = [(one, 0) for one in report.quiet] if everything else _first_of_each(report)
    for matter, more in shown:
        out.print()
        out.print(matter_text(matter, report.horizon_days))
        for line in move_lines((elsewhere or {}).get(matter.contact_key)):
            print_indented(line, 8)
        if more:
            others = plural(more, "more quiet matter")
            out.print(f"  and {others}: gonequiet show {literal(matter.contact_key)}", style="dim")
    if waiting:
        for matter in report.waiting:
            out.print()
            out.print(matter_text(matter, report.horizon_days))
    out.print()
    for line in _summary(report, len(shown)):
        out.print(line)


def _first_of_each(report: QuietReport) -> list[tuple[QuietMatter, int]]:
    """Returns the latest quiet matter of each contact, and how many more there are with them."""
    matters: dict[str, list[QuietMatter]] = {}
    for one in report.quiet:
        matters.setdefault(one.contact_key, []).append(one)
    return [(found[0], len(found) - 1) for found in list(matters.values())[:LISTED]]


def _print_owner(report: QuietReport) -> None:
    if report.owner and not report.owner_is_confirmed:
        named = [literal(address) for address in report.owner]
        console().print(f"You seem to be {', '.join(named)}.", style="dim")
        console().print(
            f"Confirm with: gonequiet me {' '.join(named)}", style="dim", soft_wrap=True
        )


def _print_withheld(report: QuietReport) -> None:
    out = console()
    out.print()
    out.print("No verdict yet:", style="bold yellow")
    for doubt in report.doubts:
        print_indented(f"- {literal(doubt.sentence)}", 2)
    open_ = len(report.quiet) + len(report.waiting)
    if open_:
        out.print(
            f"\n{plural(open_, 'matter')} would be weighed; "
            "'gonequiet quiet --json' shows them as provisional."
        )


def matter_text(matter: QuietMatter, horizon_days: int, *, with_contact: bool = True) -> Text:
    """Returns a matter in five or six lines for the terminal."""
    from rich.text import Text

    text = Text(overflow="fold")
    if with_contact:
        text.append(literal(matter.contact), style="bold")
        text.append(f"  {literal(matter.organisation)}\n", style="dim")
    text.append(f"  {_shortened(title_of(matter), 74)}\n")
    text.append(f"  {waited_text(matter)}\n", style="dim")
    if matter.withheld:
        text.append(f"  withheld: {matter.withheld}\n", style="yellow")
        return text
    low, high = matter.interval_90
    text.append(f"  reply within {horizon_days} days: ")
    text.append(percent(matter.probability), style="bold cyan")
    text.append(f"  (90 % interval {percent(low)} to {percent(high)})\n")
    for number, why in enumerate(whys_of(matter)):
        text.append("  why   " if number == 0 else "        ", style="dim")
        text.append(f"{literal(why)}\n")
    text.append(f"  alike {alike_text(matter)}", style="dim")
    if matter.provisional:
        text.append(f"\n  provisional: {matter.provisional}", style="yellow")
    return text


def whys_of(matter: QuietMatter) -> list[str]:
    """Returns what the silence itself changed, then the strongest reasons."""
    first = "you first wrote of it" if matter.promised_on is None else "its day had passed"
    begun = f"it was {percent(matter.at_first)} when {first}"
    has_fallen = matter.probability < matter.at_first / 2
    return [*([begun] if has_fallen else []), *(one.text for one in matter.reasons[:3])]


def title_of(matter: QuietMatter) -> str:
    """Returns the title of a matter for reading, or what stands for one."""
    on = matter.promised_on
    title = matter.matter if on is None else matter.matter.replace(f"{on}", f"{on:%d %b %Y}")
    return literal(title) or _untitled(matter)


def _untitled(matter: QuietMatter) -> str:
    return _UNTITLED.get(matter.channel, "(no subject)")


_UNTITLED = {"call": "Call not returned", "text": "Text message", "chat": "Chat message"}


def waited_text(matter: QuietMatter) -> str:
    """Returns how long the owner has waited since when, and how often they followed up."""
    times = matter.follow_ups
    followed = f", followed up {'once' if times == 1 else f'{times} times'}" if times else ""
    waited = plural(matter.waited_working_days, "working day")
    how = "" if matter.channel == "mail" else f" ({OPENERS.get(matter.channel, matter.channel)})"
    return f"waited {waited} since {day(matter.asked_at)}{followed}{how}"


OPENERS = {"call": "a call", "text": "a text", "chat": "a chat", "meeting": "a meeting"}


def alike_text(matter: QuietMatter) -> str:
    """Returns the base rate in words: how many silences like it were answered later."""
    if not matter.alike:
        return "no silence like this in your mail yet"
    answered = (
        "none was"
        if not matter.alike_answered
        else (f"{matter.alike_answered:,} {'was' if matter.alike_answered == 1 else 'were'}")
    )
    return f"of {plural(matter.alike, 'silence')} like this in your mail, {answered} answered later"


def percent(share: float) -> str:
    """Returns a probability for reading: whole per cents, one decimal below ten."""
    if share < 0.0005:
        return "under 0.1 %"
    if 0.995 <= share < 1:
        return "over 99 %"  # nothing that is only likely is certain
    return (
        f"{share:.1%}".replace("%", " %") if share < 0.0995 else f"{share:.0%}".replace("%", " %")
    )


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


_ASIDE = {
    "away": "away, back later",
    "bounced": "bounced: the address is dead",
    "colleague_answered": "answered by a colleague",
    "answered_elsewhere": "answered on another thread",
    "answered_on_another_channel": "answered on another channel: a call, a text, a meeting",
    "withdrawn": "over by your own word: taken back, or thanked for",
    "no_answer_expected": "called for no answer",
    "mass_mail": "to many people at once",
    "seldom_answered": "an answer was unlikely from the start",
}


_WHY = {
    "thanks": "thanks",
    "fyi": "news",
    "share_only": "something to keep",
    "decline": "a refusal",
    "confirmation": "a confirmation",
    "scheduling_settled": "a date that was settled",
    "pleasantry": "good wishes",
}


def _summary(report: QuietReport, shown: int) -> list[str]:
    withheld = sum(bool(one.withheld) for one in report.quiet)
    number = len(report.quiet) - withheld
    lines = [
        f"{plural(number, 'matter is', 'matters are')} quiet"
        + (f" ({shown} shown; --all lists them)" if shown < len(report.quiet) else "")
        + f"; {len(report.waiting):,} more {'is' if len(report.waiting) == 1 else 'are'} "
        "open and not quiet yet."
    ]
    if withheld:
        lines.append(f"{plural(withheld, 'verdict')} withheld, with the reason given above.")
    if report.next_look_at is not None:
        lines.append(f"Next moment to look: {day(report.next_look_at)}.")
    if report.long_past:
        lines.append(
            f"{plural(report.long_past, 'matter')} went quiet long ago and is not listed."
            if report.long_past == 1
            else f"{report.long_past:,} matters went quiet long ago and are not listed."
        )
    if report.set_aside:
        lines.append("Set aside, not silence:")
        lines += [
            f"  {number:>5,}  {_ASIDE[reason]}" for reason, number in report.set_aside.items()
        ]
    if len(report.seldom_answered) > max(_FEW_SELDOM, 2 * len(report.quiet)):
        lines.append(
            "Most of what waits was unlikely to be answered from the start. If you do not keep "
            "what you receive, answers are missing here, and a silence says little."
        )
    if report.unread:
        lines.append(
            f"Never read: {', '.join(report.unread)}. An answer there would be unseen; import "
            "them, or enter it with 'gonequiet log'."
        )
    return lines

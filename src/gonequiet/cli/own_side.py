"""`gonequiet owed` and `gonequiet figures`: the owner's own side, by the same ruler."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    print_doubts,
    print_json,
)

if TYPE_CHECKING:
    from rich.text import Text

    from gonequiet.app.own_side import OwedAnswer, OwnSideReport


def owed(*, shared: Judging | None = None) -> int:
    """Show who waits for your answer, the most unusual delay first.

    How long it has stood is held against your own habit with that contact: when
    you would usually have answered by now, it stands high.

    For example:
        gonequiet owed
        gonequiet owed --as-of 2026-03-01 --json
    """
    shared = shared or Judging()
    desk = office(shared.db)
    as_of = judged_at(shared.as_of, desk)
    report, doubts = desk.own_side(as_of=as_of), desk.doubts(as_of=as_of)
    if shared.json:
        print_json([_as_json(one) for one in report.owed])
    else:
        _print_owed(report)
    print_doubts(doubts, heading="This may be otherwise:", aside=shared.json)
    return ACT if report.owed or doubts else FINE


def _as_json(one: OwedAnswer) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(one), "asked_at": iso(one.asked_at)}


def _print_owed(report: OwnSideReport) -> None:
    out = console()
    if not report.owed:
        out.print("Nobody waits for an answer of yours, as far as the records show.")
    for one in report.owed:
        out.print(owed_text(one))
        out.print()
    if report.owed:
        out.print(
            f"{plural(len(report.owed), 'answer is', 'answers are')} owed. For one you will not "
            "give: gonequiet draft CONTACT --as decline"
        )
    if report.long_past:
        out.print(f"{report.long_past:,} older than you want listed.", style="dim")


def owed_text(one: OwedAnswer) -> Text:
    """Returns an answer owed in four lines for the terminal."""
    from rich.text import Text

    text = Text(overflow="fold")
    text.append(literal(one.contact), style="bold")
    text.append(f"  {literal(one.organisation)}\n", style="dim")
    subject = literal(one.subject) or "(no subject)"
    text.append(f"  {subject if len(subject) <= 74 else subject[:73] + '…'}\n")
    opening = literal(one.opening)
    text.append(f"  “{opening[:70] + '…' if len(opening) > 71 else opening}”\n", style="dim")
    watched, answered = one.with_contact
    habit = (
        f"{answered} of {watched} of theirs had been answered by then"
        if watched
        else f"{one.with_all[1]:,} of {one.with_all[0]:,} of all had been answered by then"
    )
    text.append(f"  since {day(one.asked_at)}, {one.waited_days:.0f} days; {habit}", style="dim")
    return text


def figures(*, shared: Judging | None = None) -> int:
    """Show your own figures by the ruler laid on others: share, delay, promises kept.

    For example:
        gonequiet figures
        gonequiet figures --as-of 2026-01-01
    """
    shared = shared or Judging()
    desk = office(shared.db)
    as_of = judged_at(shared.as_of, desk)
    report = desk.own_side(as_of=as_of)
    kept = desk.promises(None, side=None, states=(), everything=False, as_of=as_of).counts
    if shared.json:
        print_json(
            {
                "as_of": iso(as_of),
                "habit": report.habit._asdict(),
                "quarters": [
                    {"from": iso(start), **habit._asdict()} for start, habit in report.quarters
                ],
                "promises": kept,
                "owed": len(report.owed),
            }
        )
    else:
        _print_figures(report, kept)
    return FINE


def _print_figures(report: OwnSideReport, kept: dict[str, dict[str, int]]) -> None:
    out = console()
    out.print("Your own side, by the same ruler", style="bold")
    out.print(f"  you answer      {_habit(report.habit.share, report.habit.median_hours)}")
    out.print(f"  asked of you    {plural(report.habit.asked, 'message')}")
    out.print(f"  owed now        {plural(len(report.owed), 'answer')}  (gonequiet owed)")
    for side, words in (("mine", "your promises"), ("theirs", "theirs to you")):
        counted = kept.get(side, {})
        listed = ", ".join(
            f"{number:,} {state.replace('_', ' ')}" for state, number in counted.items() if number
        )
        out.print(f"  {words:<15} {listed or 'none found'}")
    out.print("\nQuarter by quarter", style="bold")
    for start, habit in report.quarters:
        if habit.asked:
            out.print(
                f"  {day(start)}  {habit.asked:>5,} asked   "
                f"{_habit(habit.share, habit.median_hours)}"
            )


def _habit(share: float | None, median_hours: float | None) -> str:
    if share is None:
        return "too new to say"
    if median_hours is None:
        return f"{share:.0%} within 30 days".replace("%", " %")
    span = f"{median_hours:.0f} h" if median_hours < 48 else f"{median_hours / 24:.0f} days"
    return f"{share:.0%} within 30 days, half within {span}".replace("%", " %")

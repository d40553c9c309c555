"""`gonequiet owed` and `gonequiet figures`: the owner's own side, by the same ruler."""

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
    print_doubts,
    print_json,
)

if TYPE_CHECKING:
    from rich.text import Text

    from gonequiet.analysis.reliability import Reliability
    from gonequiet.app.own_side import OwedAnswer, OwnSideReport


LISTED = 12


def owed(
    *,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    shared: Judging | None = None,
) -> int:
    """Show who waits for your answer, the most unusual delay first.

    How long it has stood is held against your own habit with that contact: when
    you would usually have answered by now, it stands high.

    For example:
        gonequiet owed
        gonequiet owed --as-of 2026-03-01 --json

    Args:
        all_: List every one, not only the first 12 that were asked for in the last 60 days.
    """
    shared = shared or Judging()
    desk = office(shared.db)
    as_of = judged_at(shared.as_of, desk)
    report, doubts = desk.own_side(as_of=as_of), desk.doubts(as_of=as_of)
    if shared.json:
        print_json([_as_json(one) for one in report.owed])
    else:
        _print_owed(report, everything=all_)
    print_doubts(doubts, heading="This may be otherwise:", aside=shared.json)
    return ACT if report.owed or doubts else FINE


def _as_json(one: OwedAnswer) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(one), "asked_at": iso(one.asked_at)}


def _print_owed(report: OwnSideReport, *, everything: bool) -> None:
    from gonequiet.app.today import OWED_DAYS

    out = console()
    if not report.owed:
        out.print("Nobody waits for an answer of yours, as far as the records show.")
    lately = [one for one in report.owed if one.waited_days <= OWED_DAYS]
    shown = report.owed if everything else lately[:LISTED]
    for one in shown:
        out.print(owed_text(one))
        out.print()
    older = len(report.owed) - len(lately)
    if report.owed:
        asked = plural(len(lately), "answer", "answers")
        more = f", and {older:,} longer ago" if older else ""
        where = "" if len(shown) == len(report.owed) else "; --all lists every one"
        out.print(f"Asked for in the last {OWED_DAYS} days: {asked}{more}{where}.")
        out.print("For one you will not give: gonequiet draft CONTACT --as decline", style="dim")
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
    from gonequiet.app.own_side import share_kept

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
                "promises_kept": {
                    side: share_kept(counted)._asdict() for side, counted in kept.items()
                },
                "owed": len(report.owed),
            }
        )
    else:
        _print_figures(report, kept)
    return FINE


def _print_figures(report: OwnSideReport, kept: dict[str, dict[str, int]]) -> None:
    from gonequiet.app.own_side import share_kept
    from gonequiet.cli.promises import counted_text

    out = console()
    out.print("Your own side, by the same ruler", style="bold")
    out.print(f"  you answer      {_habit(report.habit.share, report.habit.median_hours)}")
    out.print(f"  asked of you    {plural(report.habit.asked, 'message')}")
    out.print(f"  owed now        {plural(len(report.owed), 'answer')}  (gonequiet owed)")
    for side, words in (("mine", "your promises"), ("theirs", "theirs to you")):
        counted = kept.get(side, {})
        found = any(counted.values())
        out.print(f"  {words:<15} {counted_text(counted) if found else 'none found'}")
        if counted.get("kept", 0) + counted.get("lapsed", 0):
            out.print(f"{'':<18}{_come_true(share_kept(counted))}", style="dim")
    out.print("\nQuarter by quarter", style="bold")
    for start, habit in report.quarters:
        if habit.asked:
            out.print(
                f"  {day(start)}  {habit.asked:>5,} asked   "
                f"{_habit(habit.share, habit.median_hours)}"
            )


def _come_true(found: Reliability) -> str:
    low, high = found.interval_90
    return (
        f"{100 * found.share:.0f} % come true (90 % interval {100 * low:.0f} to {100 * high:.0f} %)"
    )


def _habit(share: float | None, median_hours: float | None) -> str:
    if share is None:
        return "too new to say"
    if median_hours is None:
        return f"{share:.0%} within 30 days".replace("%", " %")
    span = f"{median_hours:.0f} h" if median_hours < 48 else f"{median_hours / 24:.0f} days"
    return f"{share:.0%} within 30 days, half within {span}".replace("%", " %")

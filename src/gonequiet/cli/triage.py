"""`gonequiet triage`: how serious each engagement is."""

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
    print_indented,
    print_json,
)
from gonequiet.cli.quiet import percent

if TYPE_CHECKING:
    from gonequiet.analysis.triage import Evidence, ProposedMark, TangibleSeen
    from gonequiet.app.triage import TriagedEngagement, TriageReport
    from gonequiet.domain.course import Course

LISTED = 12
_QUOTES = 2
_QUOTE_CHARS = 90


def triage(
    *,
    all_: Annotated[bool, Parameter(name="--all", negative=())] = False,
    shared: Judging | None = None,
) -> int:
    """Show how serious each engagement is: serious, uncertain, or window-shopping.

    A matter is weighed, never a person: what is tangible, whether what they write
    carries the matter on or puts it off, and what should exist by now. Exits with 1
    when records are missing or old, so that it may be otherwise.

    For example:
        gonequiet triage
        gonequiet triage --as-of 2026-03-01 --json

    Args:
        all_: List every engagement, not only the latest 12 of each standing.
    """
    shared = shared or Judging()
    desk = office(shared.db)
    as_of = judged_at(shared.as_of, desk)
    report, doubts = desk.engagement_desk().triage(as_of), desk.doubts(as_of=as_of)
    if shared.json:
        print_json(_as_json(report))
    else:
        _print(report, everything=all_)
    print_doubts(doubts, heading="This may be otherwise:", aside=shared.json)
    return ACT if doubts else FINE


def _as_json(report: TriageReport) -> dict[str, object]:
    return {
        "as_of": iso(report.as_of),
        "engagements": [triaged_as_json(one) for one in report.triaged],
        "proposed": {
            kind or "all kinds": proposed_as_json(mark) for kind, mark in report.proposed.items()
        },
        "too_short": report.too_short,
        "long_past": report.long_past,
    }


def triaged_as_json(one: TriagedEngagement) -> dict[str, object]:
    """Returns a weighed engagement as JSON can hold it."""
    made, weighed = one.engagement, one.weighed
    return {
        "key": made.key,
        "name": made.name,
        "is_named": made.is_named,
        "kind": made.kind,
        "organisation": made.organisation,
        "people": one.people,
        "threads": len(made.threads),
        "interactions": one.past.interactions,
        "weeks": round(one.past.weeks, 1),
        "first_at": iso(made.first_at),
        "last_at": iso(made.last_at),
        "standing": weighed.standing,
        "because": weighed.because,
        "carrying": weighed.carrying,
        "putting_off": weighed.putting_off,
        "share": round(weighed.share, 3),
        "interval_90": [round(bound, 3) for bound in weighed.interval_90],
        "benchmark": [line._asdict() for line in weighed.benchmark],
        "tangibles": [tangible_as_json(found) for found in one.tangibles],
        "evidence": [_evidence_as_json(found) for found in weighed.evidence],
        "course": course_as_json(one.course),
    }


def _evidence_as_json(one: Evidence) -> dict[str, object]:
    return {
        "speaks_for": one.speaks_for,
        "sign": one.sign,
        "quote": one.quote,
        "rule": one.rule,
        "message_id": one.anchor,
        "at": iso(one.at),
    }


def tangible_as_json(one: TangibleSeen) -> dict[str, object]:
    """Returns something tangible as JSON can hold it."""
    return {
        "kind": one.found.kind,
        "where": one.found.where,
        "quote": one.found.quote,
        "rule": one.found.rule,
        "message_id": one.anchor,
        "at": iso(one.at),
        "is_confirmed": one.is_confirmed,
    }


def course_as_json(course: Course) -> dict[str, object]:
    """Returns a course as JSON can hold it."""
    from gonequiet.domain.course import may_reach_out

    return {
        "state": course.state,
        "attempts": course.attempts,
        "persistence_cap": course.cap,
        "is_frozen": course.is_frozen,
        "may_reach_out": may_reach_out(course),
        "plan": [
            {
                "owed_by": step.owed_by,
                "what": step.what,
                "due_on": step.due_on.isoformat(),
                "message_id": step.message,
            }
            for step in (course.plan.steps if course.plan else ())
        ],
        "changes": [
            {
                "at": iso(change.fact.at),
                "event": change.fact.event,
                "before": change.before,
                "after": change.after,
                "reason": change.fact.reason,
                "message_id": change.fact.evidence,
                "is_owners": change.fact.is_owners,
            }
            for change in course.changes
        ],
    }


def proposed_as_json(mark: ProposedMark) -> dict[str, object]:
    """Returns the owner's own n as JSON can hold it."""
    return {
        "cases": mark.cases,
        "interactions": mark.interactions and mark.interactions._asdict(),
        "weeks": mark.weeks and mark.weeks._asdict(),
    }


def _print(report: TriageReport, *, everything: bool) -> None:
    from gonequiet.analysis.triage import Standing

    out = console()
    out.print(f"How serious it is, as of {day(report.as_of)}", style="bold")
    for standing in Standing:
        rows = [one for one in report.triaged if one.weighed.standing is standing]
        if not rows:
            continue
        out.print(f"\n{standing.value.capitalize()} ({len(rows)})", style="bold")
        for one in rows if everything else rows[:LISTED]:
            print_triaged(one, quotes=0 if standing is Standing.SERIOUS else _QUOTES)
        if not everything and len(rows) > LISTED:
            out.print(f"  ... {len(rows) - LISTED} more; --all lists them.")
    out.print()
    _print_proposed(report.proposed[""])
    if report.too_short:
        out.print(f"{plural(report.too_short, 'exchange')} too short to weigh.")
    if report.long_past:
        out.print(f"{plural(report.long_past, 'engagement')} at rest for long, not listed.")
    out.print("One of them whole: gonequiet engagements show KEY")


def print_triaged(one: TriagedEngagement, *, quotes: int = _QUOTES) -> None:
    """Prints a weighed engagement in a few lines.

    Args:
        one: the engagement.
        quotes: how many of the words that speak against it are shown.
    """
    from rich.text import Text

    made, weighed = one.engagement, one.weighed
    head = Text()
    head.append(f"\n{made.key}  ", style="dim")
    head.append(literal(made.name), style="bold")
    head.append(f"  {_with_whom(one)}", style="dim")
    console().print(head)
    print_indented(f"{literal(weighed.because)} Now {one.course.state.value}.", 2)
    print_indented(_shares(one), 2, "dim")
    against = [found for found in weighed.evidence if not found.speaks_for]
    for found in against[:quotes]:
        print_indented(f'{day(found.at)} {found.sign}: "{_short(found.quote)}"', 4, "dim")


def _with_whom(one: TriagedEngagement) -> str:
    first, *others = map(literal, one.people)
    more = f" and {len(others)} more" if others else ""
    of = ", ".join(part for part in (one.engagement.organisation, one.engagement.kind) if part)
    return f"{first}{more} ({literal(of)})" if of else f"{first}{more}"


def _shares(one: TriagedEngagement) -> str:
    """How much of what they write carries on, and where the benchmark stands."""
    weighed = one.weighed
    low, high = weighed.interval_90
    said = []
    if weighed.carrying + weighed.putting_off:
        interval = f"90 % interval {percent(low)} to {percent(high)}"
        said.append(
            f"Theirs: {weighed.carrying:,} carry on, {weighed.putting_off:,} put off ({interval})."
        )
    if weighed.benchmark:
        marks = "; ".join(
            f"{line.what} {line.state} (within {line.expected})" for line in weighed.benchmark
        )
        said.append(f"Benchmark: {marks}.")
    return " ".join(said)


def _short(quote: str) -> str:
    text = literal(quote)
    return text if len(text) <= _QUOTE_CHARS else text[: _QUOTE_CHARS - 1] + "…"


def _print_proposed(mark: ProposedMark) -> None:
    from gonequiet.analysis.triage import FEWEST_ENDINGS

    if mark.interactions is None or mark.weeks is None:
        print_indented(
            f"Your own benchmark: too few engagements with something tangible you confirmed "
            f"({mark.cases} of {FEWEST_ENDINGS}). Confirm with: gonequiet engagements confirm KEY",
            0,
        )
        return
    many, weeks = mark.interactions, mark.weeks
    high = "no bound yet" if many.high is None else f"{many.high:.0f}"
    print_indented(
        f"Your own benchmark: of {mark.cases} that ended well, four in five had something "
        f"tangible within {many.value:.0f} interactions (90 % interval {many.low:.0f} to {high}) "
        f"or {weeks.value:.0f} weeks.",
        0,
    )

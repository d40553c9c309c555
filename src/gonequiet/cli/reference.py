"""`gonequiet reference`: what promises show of reliability, and what others say of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gonequiet.cli.office import office
from gonequiet.cli.options import Judging, asked_at
from gonequiet.cli.printing import FINE, console, literal, plural, print_json

if TYPE_CHECKING:
    from gonequiet.app.references import ReferenceReport
    from gonequiet.domain.reference import Reference


def reference(
    contact: str,
    *,
    says: str = "",
    by: str = "",
    on: date | None = None,
    fact: Annotated[bool, Parameter(negative=())] = False,
    leaning: Literal["reliable", "unreliable", "neither"] = "neither",
    expires: date | None = None,
    remove: int | None = None,
    shared: Judging | None = None,
) -> int:
    """Show how reliable somebody's promises were, and record what others say of it.

    References are private: they stand in no draft, they expire, and they go with
    the contact. They inform the estimate made of promises, and never replace it.

    For example:
        gonequiet reference "Dana Reyes"
        gonequiet reference "Dana Reyes" --says "always on time" --by Greg --fact --leaning reliable
        gonequiet reference "Dana Reyes" --remove 14

    Args:
        contact: A name, part of a name, or an address.
        says: What was said: record it.
        by: Who said it.
        on: The day it was said; by default today.
        fact: Something that happened; without it, an opinion.
        leaning: Which way it speaks.
        expires: After this day it counts no more; by default two years on.
        remove: Number of a reference: take it out. 'undo' brings it back.
    """
    from gonequiet.app.references import ReferenceWish
    from gonequiet.domain.reference import Leaning
    from gonequiet.wiring import now

    shared = shared or Judging()
    desk = office(shared.db)
    if remove is not None:
        desk.remove_reference(remove)
    if says or by:
        wish = ReferenceWish(
            says=says,
            said_by=by,
            said_on=on or desk.days.day_of(now()),
            is_fact=fact,
            leaning=Leaning(leaning),
            expires_on=expires,
        )
        desk.add_reference(contact, wish)
    report = desk.references(contact, as_of=asked_at(shared.as_of, desk, now()))
    if shared.json:
        print_json(_as_json(report))
    else:
        _print(report)
    return FINE


def _as_json(report: ReferenceReport) -> dict[str, object]:
    return {
        "contact": report.contact,
        "contact_key": report.contact_key,
        "reliability": report.reliability._asdict(),
        "references": [_reference_as_json(one) for one in report.references],
        "expired": report.expired,
    }


def _reference_as_json(one: Reference) -> dict[str, object]:
    return {
        **one._asdict(),
        "leaning": one.leaning.value,
        "said_on": one.said_on.isoformat(),
        "expires_on": one.expires_on.isoformat(),
    }


def _print(report: ReferenceReport) -> None:
    out = console()
    found = report.reliability
    low, high = found.interval_90
    out.print(literal(report.contact), style="bold")
    out.print(f"  promises to you: {found.kept:,} kept, {found.lapsed:,} lapsed")
    out.print(
        f"  share that comes true: {100 * found.share:.0f} % "
        f"(90 % interval {100 * low:.0f} to {100 * high:.0f} %)"
    )
    for one in report.references:
        nature = "fact" if one.is_fact else "opinion"
        out.print(f"\n  {one.number:>4}  “{literal(one.says)}”")
        out.print(
            f"        {literal(one.said_by)}, {one.said_on:%d %b %Y}; {nature}, "
            f"{one.leaning.value}; until {one.expires_on:%d %b %Y}",
            style="dim",
        )
    if report.expired:
        out.print(f"\n  {plural(report.expired, 'reference')} expired.", style="dim")

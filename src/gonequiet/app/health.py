"""Use case: is the store sound, and how far can the records be trusted?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gonequiet.analysis.completeness import DoubtFound
from gonequiet.app.doubts import find_all_doubts
from gonequiet.app.records import Records
from gonequiet.domain.days import Days
from gonequiet.domain.source import SourceFacts


class Finding(NamedTuple):
    """One thing that is wrong with the store.

    Attributes:
        where: which part of it.
        what: what is wrong, in words.
    """

    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """How far the records can be trusted as of a moment.

    Attributes:
        sources: how far and how completely each was read.
        owner: the owner's addresses.
        owner_is_confirmed: the owner said so; else they are proposed.
        contacts: how many contacts there are.
        set_aside: how many more are set aside.
        problems: how many records are listed as problems.
        doubts: why verdicts are withheld; empty when they are not.
        judged_at: as of when all open matters were judged last; None when something has changed
            since.
        next_look_at: when the first of them changes although nothing happens; None when that
            cannot be foreseen.
    """

    as_of: int
    sources: tuple[SourceFacts, ...]
    owner: tuple[str, ...]
    owner_is_confirmed: bool
    contacts: int
    set_aside: int
    problems: int
    doubts: tuple[DoubtFound, ...]
    judged_at: int | None
    next_look_at: int | None


def assess_records(
    records: Records,
    *,
    as_of: int,
    stale_after_days: int,
    days: Days,
    judged: tuple[int, int | None] | None,
) -> StatusReport:
    """Returns how fresh and complete the records are as of a moment.

    Args:
        records: the owner's records.
        as_of: the moment.
        stale_after_days: after so many working days a source is stale.
        days: of the owner's wall clock.
        judged: when all was judged last and the next moment to look, None when it was not.
    """
    sources = records.sources()
    owner = records.owner()
    shown, aside = records.contact_counts()
    return StatusReport(
        as_of=as_of,
        sources=tuple(sources),
        owner=tuple(sorted(owner.addresses)),
        owner_is_confirmed=owner.is_confirmed,
        contacts=shown,
        set_aside=aside,
        problems=sum(records.problem_counts().values()),
        doubts=tuple(find_all_doubts(records, as_of, stale_after_days, days)),
        judged_at=None if judged is None else judged[0],
        next_look_at=None if judged is None else judged[1],
    )

"""Why verdicts may be withheld as of a moment, drawn from the records themselves."""

from __future__ import annotations

from collections.abc import Sequence

from gonequiet.analysis.completeness import (
    LATEST_ANSWERS,
    AnswersSeen,
    DoubtFound,
    find_doubts,
    has_sent_folder,
)
from gonequiet.app.records import Records
from gonequiet.domain.days import Days
from gonequiet.domain.source import SourceFacts


def find_all_doubts(
    records: Records, as_of: int, stale_after_days: int, days: Days
) -> list[DoubtFound]:
    """Returns every reason to withhold verdicts as of a moment.

    Args:
        records: what is known.
        as_of: UTC epoch seconds.
        stale_after_days: after so many working days a source is stale.
        days: of the owner's wall clock.
    """
    sources = records.sources()
    return find_doubts(
        sources,
        answers=_answers(records, sources, as_of),
        owner_known=bool(records.owner().addresses),
        newest_at=records.newest_at(as_of),
        as_of=as_of,
        stale_after_days=stale_after_days,
        days=days,
    )


def _answers(records: Records, sources: Sequence[SourceFacts], as_of: int) -> AnswersSeen:
    """The latest answers, asked for only where they decide something: it is a look at all mail."""
    if has_sent_folder(sources):
        return AnswersSeen(0, 0)
    return records.answers_seen(as_of, LATEST_ANSWERS)

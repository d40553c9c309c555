"""Use case: the morning page - what deserves attention today, and what was let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gonequiet.app.ledger import ListedPromise
from gonequiet.app.meeting_records import ContactMeeting
from gonequiet.app.meetings import MeetingReport
from gonequiet.app.own_side import OwedAnswer
from gonequiet.app.planned import PlannedStep
from gonequiet.domain.next_step import StepKind

DAY = 86_400
PREPARE_DAYS, RECAP_DAYS, DUE_DAYS, LATE_DAYS, OWED_DAYS = 3, 3, 7, 60, 60
_ACT = frozenset(
    (
        StepKind.DO,
        StepKind.AGREE,
        StepKind.RAISE,
        StepKind.MEET,
        StepKind.CALL,
        StepKind.WRITE,
        StepKind.CATCH_UP,
        StepKind.TOUCH,
    )
)
_LET_GO = frozenset((StepKind.REST, StepKind.CLOSE))


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayReport:
    """The morning page.

    Attributes:
        withheld: why verdicts are withheld, "" when they are not.
        reach_out: steps worth taking, the most telling first.
        waiting: how many engagements wait for an answer that is still likely.
        owed: answers owed and asked for lately; `gonequiet owed` has the older ones.
        promises: due soon or overdue, of both sides.
        prepare: meetings in the next days.
        recap: meetings held in the last days.
        meet: contacts due for a meeting in person: name, key, days since the last one.
        let_go: what is not worth more effort now.
        better_spent: who the attention this frees is better spent on, by name, and why.
    """

    as_of: int
    withheld: str
    reach_out: tuple[PlannedStep, ...]
    waiting: int
    owed: tuple[OwedAnswer, ...]
    promises: tuple[ListedPromise, ...]
    prepare: tuple[ContactMeeting, ...]
    recap: tuple[ContactMeeting, ...]
    meet: tuple[tuple[str, str, int], ...]
    let_go: tuple[PlannedStep, ...]
    better_spent: tuple[tuple[str, str], ...]


def lay_out(
    *,
    as_of: int,
    withheld: str,
    steps: Sequence[PlannedStep],
    owed: Sequence[OwedAnswer],
    promises: Sequence[ListedPromise],
    meetings: MeetingReport,
) -> TodayReport:
    """Returns the page, from what the other questions gave.

    Args:
        as_of: UTC epoch seconds.
        withheld: why verdicts are withheld, "" when they are not.
        steps: the next steps.
        owed: who waits for the owner.
        promises: those of `near_days`.
        meetings: to come and held.
    """
    let_go = tuple(one for one in steps if one.step.kind in _LET_GO)
    return TodayReport(
        as_of=as_of,
        withheld=withheld,
        reach_out=() if withheld else tuple(one for one in steps if one.step.kind in _ACT),
        waiting=sum(one.step.kind is StepKind.WAIT for one in steps),
        owed=tuple(one for one in owed if one.waited_days <= OWED_DAYS),
        promises=tuple(promises),
        prepare=tuple(
            one for one in meetings.to_come if one.meeting.starts_at <= as_of + PREPARE_DAYS * DAY
        ),
        recap=tuple(
            one for one in meetings.held if one.meeting.ends_at >= as_of - RECAP_DAYS * DAY
        ),
        meet=tuple(
            (name, key, (as_of - rhythm.last_at) // DAY)
            for name, key, rhythm in meetings.rhythms
            if rhythm.is_due and rhythm.last_at is not None
        ),
        let_go=let_go,
        better_spent=_better_spent(owed, steps) if let_go else (),
    )


def near_days(as_of: int) -> tuple[date, date]:
    """Returns the days promises of which belong on the page: not long past, or due soon."""
    today = datetime.fromtimestamp(as_of, UTC).date()
    return today - timedelta(days=LATE_DAYS), today + timedelta(days=DUE_DAYS)


def _better_spent(
    owed: Sequence[OwedAnswer], steps: Sequence[PlannedStep]
) -> tuple[tuple[str, str], ...]:
    """Names who waits for the owner, and who is with the owner on a matter that moves."""
    waiting = [(one.contact, "waits for your answer") for one in owed[:2]]
    moving = [
        (one.contact, f"“{one.name}” moves on")
        for one in steps
        if one.step.kind in (StepKind.DO, StepKind.AGREE)
    ][:2]
    return tuple(dict(waiting + moving).items())

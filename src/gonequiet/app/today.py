"""Use case: the morning page - what deserves attention today, and what was let go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gonequiet.app.meeting_records import ContactMeeting
from gonequiet.app.meetings import MeetingReport
from gonequiet.app.own_side import OwedAnswer
from gonequiet.app.planned import PlannedStep
from gonequiet.app.promise_list import ListedPromise
from gonequiet.app.quiet import QuietReport
from gonequiet.domain.course import CourseState
from gonequiet.domain.moments import DAY
from gonequiet.domain.next_step import StepKind

PREPARE_DAYS, RECAP_DAYS, DUE_DAYS, LATE_DAYS, OWED_DAYS = 3, 3, 7, 60, 60
_ACT = frozenset(
    (
        StepKind.DO,
        StepKind.ASK,
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
        reach_out: steps worth taking, one for a contact, the most telling first.
        waiting: how many engagements wait for an answer that is still likely.
        owed: answers owed and asked for lately; `gonequiet owed` has the older ones.
        promises: due soon or overdue, of both sides.
        prepare: meetings in the next days.
        recap: meetings held in the last days of which no recap was made.
        meet: contacts due for a meeting in person: name, key, days since the last one.
        let_go: what is not worth more effort now.
        quiet_besides: how many quiet matters get no step: nothing was ever heard there, or the
            owner let it rest.
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
    quiet_besides: int
    better_spent: tuple[tuple[str, str], ...]


def lay_out(
    *,
    as_of: int,
    quiet: QuietReport,
    steps: Sequence[PlannedStep],
    owed: Sequence[OwedAnswer],
    promises: Sequence[ListedPromise],
    meetings: MeetingReport,
    recapped: Callable[[ContactMeeting], bool],
) -> TodayReport:
    """Returns the page, from what the other questions gave.

    Args:
        as_of: UTC epoch seconds.
        quiet: who has gone quiet.
        steps: the next steps.
        owed: who waits for the owner.
        promises: those of `near_days`.
        meetings: to come and held.
        recapped: tells whether a recap of a meeting was made.
    """
    withheld = quiet.doubts[0].sentence if quiet.doubts else ""
    owed = tuple(one for one in owed if one.waited_days <= OWED_DAYS)
    reach_out = () if withheld else _one_for_each(steps, _ACT, frozenset())
    turned_to = frozenset(one.contact_key for one in reach_out)
    let_go = _one_for_each(steps, _LET_GO, turned_to)
    return TodayReport(
        as_of=as_of,
        withheld=withheld,
        reach_out=reach_out,
        waiting=sum(one.step.kind is StepKind.WAIT for one in steps),
        owed=owed,
        promises=tuple(promises),
        prepare=tuple(
            one for one in meetings.to_come if one.meeting.starts_at <= as_of + PREPARE_DAYS * DAY
        ),
        recap=tuple(
            one
            for one in meetings.held
            if one.meeting.ends_at >= as_of - RECAP_DAYS * DAY and not recapped(one)
        ),
        meet=tuple(
            (name, key, (as_of - rhythm.last_at) // DAY)
            for name, key, rhythm in meetings.rhythms
            if rhythm.is_due and rhythm.last_at is not None
        ),
        let_go=let_go,
        quiet_besides=_besides(quiet, steps),
        better_spent=_better_spent(owed, steps) if let_go else (),
    )


def _one_for_each(
    steps: Sequence[PlannedStep], kinds: frozenset[StepKind], but: frozenset[str]
) -> tuple[PlannedStep, ...]:
    """The first step of some kinds for each contact: nobody is turned to twice in a morning."""
    first: dict[str, PlannedStep] = {}
    for one in steps:
        if one.step.kind in kinds and one.contact_key not in but:
            first.setdefault(one.contact_key, one)
    return tuple(first.values())


def _besides(quiet: QuietReport, steps: Sequence[PlannedStep]) -> int:
    weighed = {name for one in steps for name in one.message_ids}
    return sum(one.message_id not in weighed for one in quiet.quiet)


def near_days(today: date) -> tuple[date, date]:
    """Returns the days promises of which belong on the page: not long past, or due soon."""
    return today - timedelta(days=LATE_DAYS), today + timedelta(days=DUE_DAYS)


def _is_named(name: str) -> bool:
    """Whether an engagement goes by words of its own: "(no subject)" are none."""
    return not name.startswith("(")


def _better_spent(
    owed: Sequence[OwedAnswer], steps: Sequence[PlannedStep]
) -> tuple[tuple[str, str], ...]:
    """Names who waits for the owner, and who is with the owner on a matter that moves."""
    waiting = [(one.contact, "waits for your answer") for one in owed[:2]]
    moving = [
        (one.contact, f"“{one.name}” moves on" if _is_named(one.name) else "a matter moves on")
        for one in steps
        if one.step.kind is StepKind.AGREE or one.state == CourseState.ON_TRACK.value
    ][:2]
    return tuple(dict(waiting + moving).items())

"""The course of an engagement from its records: what its messages and meetings come to.

One ruler for every channel: from the owner's first message that called for an answer until
anything comes from them. When that has lasted long enough, or the owner had to ask again, the
engagement went quiet; whatever the owner sends after that is an outreach, by whatever way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from gonequiet.domain.as_of import AsOf
from gonequiet.domain.course import (
    ActionPlan,
    CourseEvent,
    CourseFact,
    NextStep,
    Side,
    is_plan,
)
from gonequiet.domain.moments import DAY
from gonequiet.domain.response import Path

SILENCE_WORKING_DAYS: Final = 10
"""A wait of so many working days is a silence."""
RESUMED_AFTER: Final = 3
"""After so many more messages of theirs the exchange is in rhythm again."""
GRACE_DAYS: Final = 5
"""A plan has lapsed so many days after its last step was due and nothing came."""


class Moment(NamedTuple):
    """One thing exchanged in an engagement.

    Attributes:
        number: of the message.
        anchor: its Message-ID.
        at: UTC epoch seconds.
        is_theirs: it came from outside.
        expects_answer: the owner's, and it called for an answer.
        is_met: a call that was taken, or a meeting that was held.
        is_call: a call, taken or not.
    """

    number: int
    anchor: str
    at: int
    is_theirs: bool
    expects_answer: bool
    is_met: bool = False
    is_call: bool = False


class Silence(NamedTuple):
    """A spell in which the owner waited.

    Attributes:
        asked: what waited, the first first; all the owner sent that called for an answer.
        quiet_at: when it became a silence.
        ended: what ended it, None while it lasts.
    """

    asked: tuple[Moment, ...]
    quiet_at: int
    ended: Moment | None


def working_days(start_at: int, stop_at: int) -> int:
    """Returns the weekdays after one moment, up to another."""
    start = datetime.fromtimestamp(start_at, UTC).date()
    stop = datetime.fromtimestamp(stop_at, UTC).date()
    whole, rest = divmod((stop - start).days, 7)
    return whole * 5 + sum((start + timedelta(days=one + 1)).weekday() < 5 for one in range(rest))


def after_working_days(start_at: int, days: int) -> int:
    """Returns the moment so many weekdays later."""
    at = datetime.fromtimestamp(start_at, UTC)
    while days > 0:
        at += timedelta(days=1)
        days -= at.weekday() < 5
    return int(at.timestamp())


def find_silences(moments: Sequence[Moment], as_of: int) -> Iterator[Silence]:
    """Yields the silences of an engagement, the first first, by what was known at a moment."""
    asked: list[Moment] = []
    for one in moments:
        if one.is_theirs or one.is_met:
            if silence := _silence(asked, one.at, one):
                yield silence
            asked = []
        elif one.expects_answer:
            asked.append(one)
    if silence := _silence(asked, as_of, None):
        yield silence


def _silence(asked: Sequence[Moment], until: int, ended: Moment | None) -> Silence | None:
    """The wait as a silence, None when it was too short for one."""
    if not asked or working_days(asked[0].at, until) < SILENCE_WORKING_DAYS:
        return None
    quiet_at = after_working_days(asked[0].at, SILENCE_WORKING_DAYS)
    again = next((one.at for one in asked[1:] if _is_later_day(asked[0], one)), quiet_at)
    return Silence(tuple(asked), min(quiet_at, again), ended)


def _is_later_day(first: Moment, again: Moment) -> bool:
    return working_days(first.at, again.at) >= 3


PathOf = Callable[[Silence], Path]
"""Says where the response that ended a silence leads; the owner's word is in it."""


def facts_of(moments: Sequence[Moment], as_of: int, path_of: PathOf) -> list[CourseFact]:
    """Returns what the records say happened, in order."""
    silences = list(find_silences(moments, as_of))
    ended = {one.ended.number: one for one in silences if one.ended is not None}
    facts = [fact for one in silences for fact in _outreaches(one)]
    since = RESUMED_AFTER
    for one in moments:
        if one.number in ended:
            facts.append(_answered(ended[one.number], path_of))
            since = 0
        elif one.is_theirs or one.is_met:
            reason = "met or spoke" if one.is_met else "they wrote"
            facts.append(_fact(CourseEvent.EXCHANGED, one, reason))
            since += 1
            if since == RESUMED_AFTER:
                facts.append(_fact(CourseEvent.RESUMED, one, "they have kept writing since"))
    return sorted(facts, key=lambda fact: fact.at)


class QuietSpell(NamedTuple):
    """A matter of the engagement that is quiet now, by the reply model.

    Attributes:
        contact: number of the contact it waits for.
        subject: of the message that opened it.
        anchor: its Message-ID.
        opened_at: when it was sent.
        follow_ups: moments and Message-IDs of the owner's later messages on it.
        waited_working_days: by now.
        calls: those of the follow-ups that were calls.
    """

    contact: int
    subject: str
    anchor: str
    opened_at: int
    follow_ups: tuple[tuple[int, str], ...]
    waited_working_days: int
    calls: frozenset[str] = frozenset()


def with_quiet(
    facts: Sequence[CourseFact], spells: Sequence[QuietSpell], as_of: int
) -> list[CourseFact]:
    """Lets what is quiet now decide from when it became so; other talk does not answer it."""
    if not spells:
        return list(facts)
    present = _since_they_were_heard(facts, spells)
    quiet = [fact for spell in present for fact in _quiet_facts(spell, as_of)]
    start_at = min(fact.at for fact in quiet)
    return [fact for fact in facts if fact.at < start_at] + sorted(quiet, key=lambda one: one.at)


def _since_they_were_heard(
    facts: Sequence[CourseFact], spells: Sequence[QuietSpell]
) -> list[QuietSpell]:
    """The spells of the present silence: what has a message since they last took a matter up.

    The others belong to an earlier silence, and their attempts do not count in this one.
    """
    newest_at = max(spell.opened_at for spell in spells)
    heard_at = max(
        (fact.at for fact in facts if fact.event in _HEARD and fact.at < newest_at), default=0
    )
    return [
        spell
        for spell in spells
        if max([spell.opened_at, *(at for at, _ in spell.follow_ups)]) > heard_at
    ]


_HEARD: Final = frozenset((CourseEvent.REAFFIRMED, CourseEvent.EXCHANGED))


def _quiet_facts(spell: QuietSpell, as_of: int) -> Iterator[CourseFact]:
    quiet_at = after_working_days(spell.opened_at, SILENCE_WORKING_DAYS)
    first = min([quiet_at, as_of, *(at for at, _ in spell.follow_ups)])
    days = f"{spell.waited_working_days} working days"
    reason = f"no answer to '{spell.subject}'"
    event = CourseEvent.WENT_QUIET
    yield CourseFact(event=event, at=first, reason=reason, evidence=spell.anchor)
    for at, anchor in spell.follow_ups:
        yield _again(at, anchor, is_call=anchor in spell.calls)
    if spell.follow_ups:
        again = min(as_of, after_working_days(spell.follow_ups[-1][0], SILENCE_WORKING_DAYS // 2))
        yield CourseFact(
            event=event, at=again, reason=f"{reason} for {days}", evidence=spell.anchor
        )


def _again(at: int, anchor: str, *, is_call: bool) -> CourseFact:
    """An attempt of the owner's while an answer was overdue."""
    reason = "you called again" if is_call else "you wrote again"
    return CourseFact(
        event=CourseEvent.WROTE, at=at, reason=reason, evidence=anchor, is_call=is_call
    )


def _outreaches(silence: Silence) -> Iterator[CourseFact]:
    first = silence.asked[0]
    waited = working_days(first.at, silence.quiet_at)
    yield CourseFact(
        event=CourseEvent.WENT_QUIET,
        at=silence.quiet_at,
        reason=f"no answer for {waited} working days",
        evidence=first.anchor,
    )
    for one in silence.asked[1:]:
        if one.at >= silence.quiet_at:
            yield _again(one.at, one.anchor, is_call=one.is_call)


_EVENT_OF: Final = {
    Path.REAFFIRMED: CourseEvent.REAFFIRMED,
    Path.DETACHED: CourseEvent.DETACHED,
    Path.AVOIDANT: CourseEvent.AVOIDED,
    Path.NONE: CourseEvent.OTHER_MATTER,
}


def _answered(silence: Silence, path_of: PathOf) -> CourseFact:
    assert silence.ended is not None
    if silence.ended.is_met:
        return _fact(CourseEvent.REAFFIRMED, silence.ended, "met or spoke")
    path = path_of(silence)
    return _fact(_EVENT_OF[path], silence.ended, f"their response reads as: {path.value}")


def _fact(event: CourseEvent, moment: Moment, reason: str) -> CourseFact:
    return CourseFact(event=event, at=moment.at, reason=reason, evidence=moment.anchor)


# --- plans -------------------------------------------------------------------------------------


class SaidStep(NamedTuple):
    """A step somebody named in a message, or the owner noted of a talk.

    Attributes:
        at: when it was said.
        owed_by: whose step it is.
        what: in their words.
        due_on: the day, None when none was named: then it is owed and no step yet.
        anchor: Message-ID of the message.
        number: of the message, below zero for a note; by it and the words the ledger knows it.
        settled_at: when it was kept or taken back, None while it is open.
        is_noted: it stands in the owner's notes of a talk.
    """

    at: int
    owed_by: Side
    what: str
    due_on: date | None
    anchor: str
    number: int = 0
    settled_at: int | None = None
    is_noted: bool = False


def plan_facts(steps: Sequence[SaidStep], last_theirs_at: int, as_of: AsOf) -> list[CourseFact]:
    """Returns when a plan stood, and when it had lapsed or was done.

    A side owes something once it has promised it, with or without a day; the plan stands from
    the moment every side that owes has a dated step that is still to come. What was done of it
    is no step any more; when all is, the plan is done.
    """
    facts: list[CourseFact] = []
    said: list[SaidStep] = []
    agreed: list[SaidStep] = []
    for one in sorted(steps, key=lambda step: step.at):
        said = [step for step in said if not _is_over(step, one.at, as_of)] + [one]
        plan = _plan(said)
        if is_plan(plan):
            agreed = said
            if one.is_noted:
                facts.append(_talked(one))
            facts.append(_plan_fact(plan, one.at, _AGREED, one.anchor))
    if not agreed:
        return []
    return [*facts, *_end_of(agreed, last_theirs_at, as_of)]


_AGREED: Final = "each side that owes something has a dated step"


def _talked(step: SaidStep) -> CourseFact:
    """Who noted what was agreed has met or spoken, also where no record holds it."""
    reason = "met or spoke, by your notes"
    return CourseFact(event=CourseEvent.REAFFIRMED, at=step.at, reason=reason, evidence=step.anchor)


def _plan_fact(plan: ActionPlan, at: int, reason: str, anchor: str) -> CourseFact:
    return CourseFact(
        event=CourseEvent.PLAN_AGREED, at=at, reason=reason, plan=plan, evidence=anchor
    )


def _is_over(step: SaidStep, at: int, as_of: AsOf) -> bool:
    is_settled = step.settled_at is not None and step.settled_at <= at
    return is_settled or (step.due_on is not None and as_of.days.end_of(step.due_on) <= at)


def _plan(said: Sequence[SaidStep]) -> ActionPlan:
    dated = [
        NextStep(one.owed_by, one.what, one.due_on, one.anchor)
        for one in said
        if one.due_on is not None
    ]
    return ActionPlan(tuple(dated), frozenset(one.owed_by for one in said))


def _end_of(agreed: Sequence[SaidStep], last_theirs_at: int, as_of: AsOf) -> Iterator[CourseFact]:
    """Yields what became of the last plan: what is left of it, or that it is done or lapsed.

    Once its last day is over a plan is done when they came back since, else it has lapsed. A day
    after the end of the records settles nothing.
    """
    done_at = [one.settled_at for one in agreed if one.settled_at is not None]
    left = [one for one in agreed if one.settled_at is None]
    dated = [one.due_on for one in left if one.due_on is not None]
    if not dated:
        reason = "what had a day is done" if left else "what was agreed is done"
        yield CourseFact(event=CourseEvent.PLAN_DONE, at=max(done_at), reason=reason)
        return
    if done_at and is_plan(rest := _plan(left)):
        yield _plan_fact(rest, max(done_at), "some of what was agreed is done", "")
    due_at = max(map(as_of.days.end_of, dated))
    lapsed_at = due_at + GRACE_DAYS * DAY
    seen_until = min(as_of.at, as_of.known_until)
    if seen_until >= due_at and last_theirs_at > agreed[-1].at:
        reason = "its days have come, and they were in touch"
        yield CourseFact(event=CourseEvent.PLAN_DONE, at=due_at, reason=reason)
    elif seen_until > lapsed_at:
        reason = "its days have passed and nothing came"
        yield CourseFact(event=CourseEvent.PLAN_LAPSED, at=lapsed_at, reason=reason)

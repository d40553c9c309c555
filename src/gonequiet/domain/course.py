"""The course of an engagement: its states, what moves it from one to the next, and what may not.

The table `TRANSITIONS` is the whole of it. A course is the fold of facts in order: each is what
happened (from the records) or what the owner decided, with its moment and its reason. Taking a
fact back is leaving it out and folding again, so every step can be undone.

Two things the product may never do stand here as guards: it reaches out neither past the
persistence cap nor to a frozen or closed engagement, and nothing is on track without a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from gonequiet.errors import Refused


class CourseState(StrEnum):
    """Where an engagement stands."""

    IN_RHYTHM = "in rhythm"
    QUIET = "quiet"
    REFLECTING = "reflecting"
    REACHING_OUT = "reaching out"
    WAITING = "waiting"
    ANSWERED_NO_PLAN = "answered, no plan yet"
    ON_TRACK = "on track"
    DETACHED = "detached"
    AVOIDANT = "avoidant"
    KEEP_WARM = "keep-warm"
    CLOSED = "closed"


class CourseEvent(StrEnum):
    """What can happen to an engagement."""

    WENT_QUIET = "went quiet"  # an answer is overdue beyond doubt
    REFLECTED = "reflected"  # the owner looked back on it
    REACHED_OUT = "reached out"  # an outreach is planned
    WROTE = "wrote"  # the owner wrote or called while an answer was overdue
    EXCHANGED = "exchanged"  # they wrote, or both spoke, in the ordinary way
    REAFFIRMED = "reaffirmed"  # a response that takes the matter up
    DETACHED = "answered, detached"
    AVOIDED = "answered, avoidant"
    OTHER_MATTER = "answered something else"
    RESUMED = "resumed"  # they have kept writing since their answer
    PLAN_AGREED = "plan agreed"
    PLAN_LAPSED = "plan lapsed"  # its days have passed and nothing came of it
    PLAN_DONE = "plan done"
    KEPT_WARM = "kept warm"  # the owner lets it rest, with a light touch now and then
    TOUCHED = "touched"  # such a touch
    UNWELCOME = "unwelcome"  # a sign that touches are not wanted
    CLOSED = "closed"
    FROZEN = "frozen"
    THAWED = "thawed"


class Side(StrEnum):
    """Who owes a step."""

    OWNER = "owner"
    CONTACT = "contact"


class NextStep(NamedTuple):
    """One dated thing somebody does next.

    Attributes:
        owed_by: whose step it is.
        what: in a few words.
        due_on: the day.
        message: Message-ID or other key of where it stands written, "" when the owner noted it.
    """

    owed_by: Side
    what: str
    due_on: date
    message: str = ""


class ActionPlan(NamedTuple):
    """What was agreed to do.

    Attributes:
        steps: dated next steps.
        owing: the sides that have something to do.
    """

    steps: tuple[NextStep, ...]
    owing: frozenset[Side]


def is_plan(plan: ActionPlan | None) -> bool:
    """Whether every side that owes something has a dated step, and somebody does."""
    if plan is None or not plan.owing:
        return False
    return plan.owing <= {step.owed_by for step in plan.steps}


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFact:
    """Something that happened to an engagement.

    Attributes:
        event: what.
        at: UTC epoch seconds.
        reason: why, in words for the owner.
        plan: what was agreed, for `PLAN_AGREED`.
        evidence: the message that shows it, "" for none.
        is_owners: the owner decided it.
        number: of the owner's edit, 0 when it follows from the records.
        is_call: it was a call.
    """

    event: CourseEvent
    at: int
    reason: str = ""
    plan: ActionPlan | None = None
    evidence: str = ""
    is_owners: bool = False
    number: int = 0
    is_call: bool = False


class CourseChange(NamedTuple):
    """One step of a course: the fact, and what it changed."""

    before: CourseState
    after: CourseState
    fact: CourseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where an engagement stands, and how it came there.

    Attributes:
        cap: how many outreaches one silence may have, on all channels and addresses together.
        attempts: outreaches since the matter was last taken up.
        is_frozen: the owner wants nothing proposed.
        is_touchable: keep-warm touches are still welcome.
        plan: what is agreed, None when nothing is.
        changes: every step so far, oldest first.
    """

    cap: int
    state: CourseState = CourseState.IN_RHYTHM
    attempts: int = 0
    is_frozen: bool = False
    is_touchable: bool = True
    plan: ActionPlan | None = None
    changes: tuple[CourseChange, ...] = ()


Guard = Callable[[Course, CourseFact], str]
"""Returns "" when the step may be taken, else why not, in words."""


def _has_plan(_course: Course, fact: CourseFact) -> str:
    return "" if is_plan(fact.plan) else "Each side that owes something needs a dated next step."


def _may_reach_out(course: Course, _fact: CourseFact) -> str:
    if course.is_frozen:
        return "This engagement is frozen. Thaw it first."
    if course.attempts >= course.cap:
        return (
            f"The persistence cap is reached: {course.attempts} of {course.cap}. Let it rest, or "
            "close it."
        )
    return ""


def _may_touch(course: Course, _fact: CourseFact) -> str:
    if course.is_frozen:
        return "This engagement is frozen. Thaw it first."
    return "" if course.is_touchable else "The last touch was not welcome. Let it rest."


def _is_frozen(course: Course, _fact: CourseFact) -> str:
    return "" if course.is_frozen else "It is not frozen."


def _is_not_frozen(course: Course, _fact: CourseFact) -> str:
    return "It is frozen already." if course.is_frozen else ""


class Transition(NamedTuple):
    """One row of the table.

    Attributes:
        sources: the states it starts from.
        event: what happens.
        target: the state it leads to, None to stay.
        guard: what must hold, None for nothing.
    """

    sources: frozenset[CourseState]
    event: CourseEvent
    target: CourseState | None
    guard: Guard | None = None


_S, _E = CourseState, CourseEvent
_ANY: Final = frozenset(CourseState)
_AT_REST: Final = frozenset((_S.KEEP_WARM, _S.CLOSED))
_ALIVE: Final = _ANY - _AT_REST
_SILENT: Final = frozenset((_S.QUIET, _S.REFLECTING, _S.REACHING_OUT, _S.WAITING))
_ANSWERED: Final = frozenset((_S.ANSWERED_NO_PLAN, _S.DETACHED, _S.AVOIDANT))


TRANSITIONS: Final = (
    # A silence, and what the owner does about it.
    Transition(_ALIVE - _SILENT | {_S.WAITING}, _E.WENT_QUIET, _S.QUIET),
    Transition(frozenset((_S.QUIET, _S.AVOIDANT, _S.DETACHED)), _E.REFLECTED, _S.REFLECTING),
    Transition(
        frozenset((_S.QUIET, _S.REFLECTING, _S.ANSWERED_NO_PLAN, _S.DETACHED)),
        _E.REACHED_OUT,
        _S.REACHING_OUT,
        _may_reach_out,
    ),
    Transition(_SILENT, _E.WROTE, _S.WAITING),
    # A response, and its path; somebody who comes back is welcome.
    Transition(_SILENT | _ANSWERED, _E.REAFFIRMED, _S.ANSWERED_NO_PLAN),
    Transition(_AT_REST, _E.REAFFIRMED, _S.ANSWERED_NO_PLAN),
    Transition(_SILENT | _ANSWERED, _E.DETACHED, _S.DETACHED),
    Transition(_SILENT | _ANSWERED, _E.AVOIDED, _S.AVOIDANT),
    Transition(_SILENT | _ANSWERED, _E.OTHER_MATTER, None),
    Transition(frozenset((_S.IN_RHYTHM, _S.DETACHED, _S.AVOIDANT)), _E.EXCHANGED, _S.IN_RHYTHM),
    Transition(frozenset((_S.ON_TRACK, _S.ANSWERED_NO_PLAN)), _E.EXCHANGED, None),
    Transition(_AT_REST, _E.EXCHANGED, _S.IN_RHYTHM),
    Transition(_AT_REST, _E.AVOIDED, _S.IN_RHYTHM),
    Transition(_AT_REST, _E.OTHER_MATTER, _S.IN_RHYTHM),
    Transition(_SILENT | {_S.ANSWERED_NO_PLAN}, _E.RESUMED, _S.IN_RHYTHM),
    # A plan.
    Transition(
        frozenset((_S.ANSWERED_NO_PLAN, _S.IN_RHYTHM, _S.ON_TRACK)),
        _E.PLAN_AGREED,
        _S.ON_TRACK,
        _has_plan,
    ),
    Transition(frozenset((_S.ON_TRACK,)), _E.PLAN_LAPSED, _S.ANSWERED_NO_PLAN),
    Transition(frozenset((_S.ON_TRACK,)), _E.PLAN_DONE, _S.IN_RHYTHM),
    # The end, and what may follow it.
    Transition(_ANY - {_S.KEEP_WARM}, _E.KEPT_WARM, _S.KEEP_WARM),
    Transition(frozenset((_S.KEEP_WARM,)), _E.TOUCHED, None, _may_touch),
    Transition(frozenset((_S.KEEP_WARM,)), _E.UNWELCOME, _S.CLOSED),
    Transition(frozenset((_S.KEEP_WARM,)), _E.DETACHED, _S.CLOSED),
    Transition(_ANY - {_S.CLOSED}, _E.CLOSED, _S.CLOSED),
    # Frozen is no state of its own: it lies over all of them.
    Transition(frozenset((_S.REACHING_OUT,)), _E.FROZEN, _S.QUIET, _is_not_frozen),
    Transition(_ANY, _E.FROZEN, None, _is_not_frozen),
    Transition(_ANY, _E.THAWED, None, _is_frozen),
)
"""Every step a course can take; what is not here cannot happen."""

_TAKEN_UP: Final = frozenset((_E.REAFFIRMED, _E.EXCHANGED, _E.RESUMED, _E.PLAN_AGREED))
"""After these the count of attempts begins anew: the matter was taken up."""


def find_transition(course: Course, event: CourseEvent) -> Transition | None:
    """Returns the row of the table for an event in a course's state."""
    for row in TRANSITIONS:
        if row.event is event and course.state in row.sources:
            return row
    return None


def why_not(course: Course, fact: CourseFact) -> str:
    """Returns why a fact cannot follow now, "" when it can."""
    row = find_transition(course, fact.event)
    if row is None:
        return f"'{fact.event.value}' cannot follow '{course.state.value}'."
    return row.guard(course, fact) if row.guard else ""


def advance(course: Course, fact: CourseFact) -> Course:
    """Returns the course after a fact.

    Raises:
        Refused: the fact cannot follow.
    """
    row = find_transition(course, fact.event)
    reason = why_not(course, fact)
    if row is None or reason:
        raise Refused(reason)
    after = row.target or course.state
    return replace(
        course,
        state=after,
        attempts=_attempts(course, fact.event, after),
        is_frozen=_frozen(course, fact.event),
        is_touchable=_touchable(course, fact.event, after),
        plan=_plan(course, fact, after),
        changes=(*course.changes, CourseChange(course.state, after, fact)),
    )


def follow(facts: Iterable[CourseFact], *, cap: int) -> Course:
    """Folds facts, in order of their moments, into a course; what cannot follow is left out."""
    course = Course(cap=cap)
    for fact in sorted(facts, key=lambda one: one.at):
        if not why_not(course, fact):
            course = advance(course, fact)
    return course


def undo_last(course: Course) -> Course:
    """Returns the course as it was before its last step.

    Raises:
        Refused: there is no step to take back.
    """
    if not course.changes:
        raise Refused("There is nothing to take back.")
    return rebuild([change.fact for change in course.changes[:-1]], cap=course.cap)


def rebuild(facts: Sequence[CourseFact], *, cap: int) -> Course:
    """Folds facts as they come; every one of them must be able to follow."""
    course = Course(cap=cap)
    for fact in facts:
        course = advance(course, fact)
    return course


def may_reach_out(course: Course) -> bool:
    """Whether an outreach may be proposed at all."""
    fact = CourseFact(event=CourseEvent.REACHED_OUT, at=0)
    return not why_not(course, fact)


def may_touch(course: Course) -> bool:
    """Whether a light keep-warm touch may be proposed."""
    return not why_not(course, CourseFact(event=CourseEvent.TOUCHED, at=0))


def count_calls(course: Course) -> int:
    """Returns how many of the attempts since the matter was last taken up were calls."""
    wrote = [one.fact for one in course.changes if one.fact.event is CourseEvent.WROTE]
    return sum(one.is_call for one in wrote[len(wrote) - course.attempts :])


def _attempts(course: Course, event: CourseEvent, after: CourseState) -> int:
    if event is CourseEvent.WROTE:
        return course.attempts + 1
    return 0 if event in _TAKEN_UP or _is_return(course, after) else course.attempts


def _is_return(course: Course, after: CourseState) -> bool:
    return course.state in _AT_REST and after not in _AT_REST


def _frozen(course: Course, event: CourseEvent) -> bool:
    if event in (CourseEvent.FROZEN, CourseEvent.THAWED):
        return event is CourseEvent.FROZEN
    return course.is_frozen


def _touchable(course: Course, event: CourseEvent, after: CourseState) -> bool:
    warm = course.state is CourseState.KEEP_WARM
    if event is CourseEvent.UNWELCOME or (warm and event is CourseEvent.DETACHED):
        return False
    return course.is_touchable or event in _TAKEN_UP or _is_return(course, after)


def _plan(course: Course, fact: CourseFact, after: CourseState) -> ActionPlan | None:
    if fact.event is CourseEvent.PLAN_AGREED:
        return fact.plan
    return course.plan if after is CourseState.ON_TRACK else None

"""The course of an engagement: a machine that tries everything, and the steps that matter."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gonequiet.analysis.initiative import Facts, plan_step
from gonequiet.domain.course import (
    TRANSITIONS,
    ActionPlan,
    Course,
    CourseEvent,
    CourseFact,
    CourseState,
    NextStep,
    Side,
    advance,
    follow,
    is_plan,
    may_reach_out,
    may_touch,
    undo_last,
    why_not,
)
from gonequiet.domain.next_step import StepKind
from gonequiet.errors import Refused

CAP = 3
BOTH = frozenset(Side)
OURS = NextStep(Side.OWNER, "send the outline", date(2026, 3, 4))
THEIRS = NextStep(Side.CONTACT, "sign the order", date(2026, 3, 9))
PLAN = ActionPlan((OURS, THEIRS), BOTH)
PLANS = st.sampled_from(
    (None, PLAN, ActionPlan((OURS,), BOTH), ActionPlan((), frozenset()), ActionPlan((), BOTH))
)


def fact(event: CourseEvent, at: int = 0, plan: ActionPlan | None = None) -> CourseFact:
    return CourseFact(event=event, at=at, plan=plan)


def after(*events: CourseEvent, cap: int = CAP) -> Course:
    course = Course(cap=cap)
    for at, event in enumerate(events):
        course = advance(
            course, fact(event, at, PLAN if event is CourseEvent.PLAN_AGREED else None)
        )
    return course


TAKEN_UP = {
    CourseEvent.REAFFIRMED,
    CourseEvent.EXCHANGED,
    CourseEvent.RESUMED,
    CourseEvent.PLAN_AGREED,
}
AT_REST = {CourseState.KEEP_WARM, CourseState.CLOSED}
REACHES_OUT = {StepKind.MEET, StepKind.CALL, StepKind.WRITE, StepKind.RAISE}


class Shadow:
    """What a course comes to, counted anew from its changes by other means than its own."""

    def __init__(self, course: Course) -> None:
        self.attempts, self.is_frozen = 0, False
        for change in course.changes:
            event = change.fact.event
            returned = change.before in AT_REST and change.after not in AT_REST
            if event is CourseEvent.WROTE:
                self.attempts += 1
            elif event in TAKEN_UP or returned:
                self.attempts = 0
            if event in (CourseEvent.FROZEN, CourseEvent.THAWED):
                self.is_frozen = event is CourseEvent.FROZEN
        agreed = [one.fact for one in course.changes if one.fact.event is CourseEvent.PLAN_AGREED]
        self.plan = agreed[-1].plan if agreed else None

    def has_a_step_of_each_side_that_owes(self) -> bool:
        if self.plan is None:
            return False
        dated = {step.owed_by for step in self.plan.steps}
        return bool(self.plan.owing) and all(side in dated for side in self.plan.owing)

    def may_be_turned_to(self, course: Course) -> bool:
        return self.attempts < CAP and not self.is_frozen and course.state is not CourseState.CLOSED


class CourseMachine(RuleBasedStateMachine):
    """Throws everything that can happen at a course, in any order."""

    reached: ClassVar[set[CourseState]] = set()
    undone: ClassVar[set[CourseEvent]] = set()
    proposed: ClassVar[set[StepKind]] = set()
    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.course = Course(cap=CAP)
        self.before: list[Course] = []

    def take(self, event: CourseEvent, plan: ActionPlan | None = None) -> None:
        was, step = self.course, fact(event, len(self.before), plan)
        CourseMachine.steps += 1
        if why_not(was, step):
            with pytest.raises(Refused):
                advance(was, step)
            return
        self.course = advance(was, step)
        self.before.append(was)
        if event is CourseEvent.REACHED_OUT:
            assert Shadow(was).may_be_turned_to(was)
            assert was.state not in AT_REST

    @rule(event=st.sampled_from(CourseEvent), plan=PLANS)
    def happens(self, event: CourseEvent, plan: ActionPlan | None) -> None:
        self.take(event, plan)

    @rule(row=st.integers(min_value=0, max_value=10_000))
    def goes_on(self, row: int) -> None:
        """Something that can follow: random events alone seldom get far."""
        rows = [one for one in TRANSITIONS if self.course.state in one.sources]
        self.take(rows[row % len(rows)].event, PLAN)

    @rule(times=st.integers(min_value=1, max_value=CAP + 1))
    def goes_unanswered(self, times: int) -> None:
        """Letters into a silence: by chance alone the cap is seldom reached."""
        for _ in range(times):
            self.take(CourseEvent.WENT_QUIET)
            self.take(CourseEvent.WROTE)
        self.take(CourseEvent.WENT_QUIET)

    @rule()
    def is_taken_back(self) -> None:
        CourseMachine.steps += 1
        if not self.before:
            with pytest.raises(Refused):
                undo_last(self.course)
            return
        self.undo()

    def undo(self) -> None:
        CourseMachine.undone.add(self.course.changes[-1].fact.event)
        self.course = undo_last(self.course)
        assert self.course == self.before.pop()

    def teardown(self) -> None:
        """In the end all is taken back, step by step."""
        while self.before:
            self.undo()
        assert self.course == Course(cap=CAP)

    @invariant()
    def is_on_track_only_with_a_plan(self) -> None:
        course = self.course
        CourseMachine.reached.add(course.state)
        if course.state is CourseState.ON_TRACK:
            assert Shadow(course).has_a_step_of_each_side_that_owes()
            assert course.plan == Shadow(course).plan
        else:
            assert course.plan is None

    @invariant()
    def counts_as_it_should(self) -> None:
        shadow = Shadow(self.course)
        assert (self.course.attempts, self.course.is_frozen) == (shadow.attempts, shadow.is_frozen)
        assert len(self.course.changes) == len(self.before)

    @invariant()
    def nobody_is_turned_to_who_may_not_be(self) -> None:
        course, allowed = self.course, Shadow(self.course).may_be_turned_to(self.course)
        assert allowed or not may_reach_out(course)
        assert not (course.is_frozen and (course.state is CourseState.REACHING_OUT))
        assert not (course.is_frozen and may_touch(course))
        for worth in (True, False, None):
            step = plan_step(Facts(course, worth, "", ((PENDING, DAY),), None), moment=0)
            if step is not None:
                CourseMachine.proposed.add(step.kind)
                assert not course.is_frozen
                assert course.state is not CourseState.CLOSED
                assert allowed or step.kind not in REACHES_OUT


PENDING, DAY = "The outline", date(1970, 1, 1)


def test_ten_thousand_random_steps_break_no_promise_and_reach_every_state() -> None:
    run_state_machine_as_test(
        CourseMachine,
        settings=settings(
            max_examples=300,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert CourseMachine.steps >= 10_000
    assert CourseMachine.reached == set(CourseState)
    assert CourseMachine.undone == set(CourseEvent)
    assert CourseMachine.proposed >= {StepKind.WRITE, StepKind.CLOSE, StepKind.REST, StepKind.AGREE}


@pytest.mark.parametrize("event", CourseEvent)
def test_every_event_can_happen_somewhere(event: CourseEvent) -> None:
    assert any(row.event is event for row in TRANSITIONS)


def test_a_warm_answer_is_not_on_track_before_each_side_that_owes_has_a_dated_step() -> None:
    course = after(CourseEvent.WENT_QUIET, CourseEvent.WROTE, CourseEvent.REAFFIRMED)

    assert course.state is CourseState.ANSWERED_NO_PLAN
    for half in (None, ActionPlan((OURS,), BOTH), ActionPlan((THEIRS,), frozenset())):
        with pytest.raises(Refused, match="dated next step"):
            advance(course, fact(CourseEvent.PLAN_AGREED, 9, half))
    agreed = advance(course, fact(CourseEvent.PLAN_AGREED, 9, PLAN))
    assert agreed.state is CourseState.ON_TRACK


def test_one_side_is_enough_where_only_one_owes_something() -> None:
    assert is_plan(ActionPlan((THEIRS,), frozenset({Side.CONTACT})))


def test_at_the_cap_no_further_outreach_is_proposed_and_the_reason_is_said() -> None:
    quiet, wrote = CourseEvent.WENT_QUIET, CourseEvent.WROTE
    course = after(quiet, wrote, quiet, wrote, quiet, wrote, quiet)

    assert course.attempts == CAP
    assert not may_reach_out(course)
    assert "3 of 3" in why_not(course, fact(CourseEvent.REACHED_OUT))


def test_an_avoidant_answer_does_not_buy_new_attempts_and_a_real_one_does() -> None:
    quiet, wrote = CourseEvent.WENT_QUIET, CourseEvent.WROTE
    dodged = after(quiet, wrote, quiet, wrote, CourseEvent.AVOIDED)
    taken_up = after(quiet, wrote, quiet, wrote, CourseEvent.REAFFIRMED)

    assert (dodged.attempts, taken_up.attempts) == (2, 0)


def test_a_frozen_engagement_is_left_alone_until_it_is_thawed() -> None:
    frozen = after(CourseEvent.WENT_QUIET, CourseEvent.FROZEN)

    assert not may_reach_out(frozen)
    assert may_reach_out(advance(frozen, fact(CourseEvent.THAWED, 9)))


def test_freezing_drops_an_outreach_that_was_planned() -> None:
    planned = after(CourseEvent.WENT_QUIET, CourseEvent.REACHED_OUT, CourseEvent.FROZEN)

    assert planned.state is CourseState.QUIET


@pytest.mark.parametrize("end", [CourseEvent.CLOSED, CourseEvent.KEPT_WARM])
def test_whoever_comes_back_is_welcome_as_if_nothing_had_happened(end: CourseEvent) -> None:
    quiet, wrote = CourseEvent.WENT_QUIET, CourseEvent.WROTE
    over = after(quiet, wrote, quiet, wrote, end)
    back = advance(over, fact(CourseEvent.EXCHANGED, 99))
    answered = advance(over, fact(CourseEvent.REAFFIRMED, 99))

    assert (back.state, back.attempts) == (CourseState.IN_RHYTHM, 0)
    assert (answered.state, answered.attempts) == (CourseState.ANSWERED_NO_PLAN, 0)


def test_keeping_warm_stops_at_the_first_sign_that_it_is_unwelcome() -> None:
    warm = after(CourseEvent.WENT_QUIET, CourseEvent.KEPT_WARM, CourseEvent.TOUCHED)
    stopped = advance(warm, fact(CourseEvent.UNWELCOME, 9))

    assert may_touch(warm)
    assert stopped.state is CourseState.CLOSED
    assert not may_touch(stopped)
    rested = advance(stopped, fact(CourseEvent.KEPT_WARM, 10))
    assert not may_touch(rested)


def test_each_change_keeps_its_moment_and_its_reason() -> None:
    course = follow(
        [
            CourseFact(event=CourseEvent.WENT_QUIET, at=5, reason="12 working days"),
            CourseFact(event=CourseEvent.CLOSED, at=9, reason="let go", is_owners=True),
        ],
        cap=CAP,
    )

    assert [(one.fact.at, one.fact.reason) for one in course.changes] == [
        (5, "12 working days"),
        (9, "let go"),
    ]
    assert course.changes[-1].fact.is_owners


def test_facts_are_followed_in_the_order_of_their_moments() -> None:
    facts = [fact(CourseEvent.REAFFIRMED, 9), fact(CourseEvent.WENT_QUIET, 5)]

    assert follow(facts, cap=CAP).state is CourseState.ANSWERED_NO_PLAN


def test_what_cannot_follow_is_left_out_of_a_course() -> None:
    course = follow([fact(CourseEvent.TOUCHED, 1), fact(CourseEvent.CLOSED, 2)], cap=CAP)

    assert [one.fact.event for one in course.changes] == [CourseEvent.CLOSED]

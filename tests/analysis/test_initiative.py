"""The next decent step: never past the cap, never to the frozen, in their hours, after the gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.face_to_face import find_rhythm
from gonequiet.analysis.initiative import (
    Facts,
    PlannedMeeting,
    decent_moment,
    plan_step,
    usual_hour,
)
from gonequiet.domain.course import ActionPlan, Course, CourseState, NextStep, Side
from gonequiet.domain.days import Days, zone_named
from gonequiet.domain.next_step import Step, StepKind
from gonequiet.domain.workdays import WorkCalendar

DAY = 86_400
NOW = int(datetime(2026, 5, 7, 16, 30, tzinfo=UTC).timestamp())
PENDING = (("The draft agreement", date(2026, 3, 12)),)


def facts(state: CourseState, *, attempts: int = 0, **changes: Any) -> Facts:
    course = Course(cap=3, state=state, attempts=attempts, is_frozen=changes.pop("frozen", False))
    plain = Facts(course, True, "Signed.", PENDING, NOW - 30 * DAY)
    return plain._replace(**changes)


def kind(found: Facts) -> StepKind | None:
    step = plan_step(found, NOW)
    return None if step is None else step.kind


def said(found: Facts) -> str:
    step = plan_step(found, NOW)
    assert step is not None
    return step.says


@pytest.mark.parametrize("state", CourseState)
def test_nothing_is_proposed_for_what_is_frozen(state: CourseState) -> None:
    assert plan_step(facts(state, frozen=True), NOW) is None


@pytest.mark.parametrize("attempts", [3, 4, 9])
def test_past_the_cap_only_a_polite_end_is_left(attempts: int) -> None:
    assert kind(facts(CourseState.QUIET, attempts=attempts, number="+49")) is StepKind.CLOSE


@pytest.mark.parametrize(
    ("changes", "form"),
    [
        ({}, "closing"),
        ({"number": "+49"}, "closing-call"),  # letters found no answer, and nobody called
        ({"number": "+49", "is_call": True}, "closing-call"),
        ({"is_call": True}, "closing"),  # a call nobody knows a number for
    ],
)
def test_the_polite_end_is_a_call_where_letters_found_none_or_calls_are_their_way(
    changes: dict[str, Any], form: str
) -> None:
    step = plan_step(facts(CourseState.QUIET, attempts=3, **changes), NOW)
    assert step is not None
    assert step.form == form


def test_what_the_records_do_not_support_is_let_rest() -> None:
    assert kind(facts(CourseState.QUIET, is_worth_it=False)) is StepKind.REST


def test_what_was_never_more_than_uncertain_is_not_taken_up_out_of_the_blue() -> None:
    old = facts(CourseState.QUIET, is_worth_it=None, pending=(("Lunch", date(2025, 11, 2)),))
    assert kind(old) is StepKind.REST
    assert kind(old._replace(is_worth_it=True)) is StepKind.WRITE
    assert kind(old._replace(pending=PENDING)) is StepKind.WRITE


def test_a_day_is_one_of_the_owners_wall() -> None:
    evening = PlannedMeeting(int(datetime(2026, 5, 12, 20, tzinfo=UTC).timestamp()), "", True)
    found = facts(CourseState.QUIET, meeting=evening)
    elsewhere = found._replace(days=Days(ZoneInfo("Pacific/Auckland")))

    assert "12 May" in said(found)
    assert "13 May" in said(elsewhere)


def test_face_to_face_comes_before_a_call_and_a_call_before_a_second_note() -> None:
    planned = PlannedMeeting(NOW + 5 * DAY, "The board", True)
    everything = facts(
        CourseState.QUIET, attempts=1, meeting=planned, same_city="Bremen", number="+49"
    )
    assert kind(everything) is StepKind.RAISE
    assert kind(everything._replace(meeting=None)) is StepKind.MEET
    assert kind(everything._replace(meeting=None, same_city="")) is StepKind.CALL
    assert kind(everything._replace(meeting=None, same_city="", number="")) is StepKind.WRITE
    assert kind(facts(CourseState.QUIET, number="+49")) is StepKind.WRITE


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (CourseState.WAITING, StepKind.WAIT),
        (CourseState.ANSWERED_NO_PLAN, StepKind.AGREE),
        (CourseState.DETACHED, StepKind.CATCH_UP),
        (CourseState.AVOIDANT, StepKind.CLOSE),
        (CourseState.IN_RHYTHM, None),
        (CourseState.CLOSED, None),
    ],
)
def test_every_other_state_has_its_own_step(state: CourseState, step: StepKind | None) -> None:
    assert kind(facts(state)) is step


def test_keep_warm_is_seldom_and_ends_where_it_is_unwelcome() -> None:
    warm = facts(CourseState.KEEP_WARM)
    assert kind(warm) is StepKind.WAIT
    assert kind(warm._replace(last_attempt_at=NOW - 200 * DAY)) is StepKind.TOUCH
    unwelcome = Course(cap=3, state=CourseState.KEEP_WARM, is_touchable=False)
    assert kind(warm._replace(course=unwelcome, last_attempt_at=None)) is StepKind.REST


@given(
    as_of=st.integers(NOW, NOW + 400 * DAY),
    last=st.one_of(st.none(), st.integers(NOW - 30 * DAY, NOW)),
    zone=st.sampled_from(["", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "nowhere"]),
    hour=st.integers(9, 16),
)
def test_a_decent_moment_lies_ahead_on_a_working_day_at_their_hour(
    as_of: int, last: int | None, zone: str, hour: int
) -> None:
    holidays = frozenset({date(2026, 5, 14), date(2026, 5, 25), date(2026, 12, 25)})
    calendar = WorkCalendar(holidays=holidays, time_zone=zone)
    at = decent_moment(as_of, calendar, hour, last)
    assert at >= as_of
    local = datetime.fromtimestamp(at, zone_named(zone))
    assert local.hour == hour
    assert local.weekday() < 5
    assert local.date() not in holidays
    if last is not None:
        assert at - last >= 4 * DAY


def test_the_usual_hour_is_theirs_not_ours() -> None:
    noon_in_tokyo = [NOW - number * DAY for number in range(20)]
    noon_in_tokyo = [at - at % DAY + 3 * 3600 for at in noon_in_tokyo]
    assert usual_hour(noon_in_tokyo, "Asia/Tokyo") == 12
    assert usual_hour(noon_in_tokyo[:3], "Asia/Tokyo") == 10


def test_who_is_met_every_month_is_due_after_six_weeks() -> None:
    seen = [NOW - days * DAY for days in (50, 80, 110, 140)]
    rhythm = find_rhythm(seen, seen, NOW)
    assert rhythm.usual_gap_days == 30
    assert rhythm.is_due
    assert not find_rhythm(seen, seen, NOW - 15 * DAY).is_due
    assert not find_rhythm(seen, seen[:2], NOW).is_due
    assert not find_rhythm(seen, seen, NOW + 400 * DAY).is_due


class TestAgreedSteps:
    TODAY = date(2026, 5, 7)

    def step(self, owed_by: Side, due_on: date) -> Step:
        plan = ActionPlan((NextStep(owed_by, "send it", due_on),), frozenset({owed_by}))
        on_track = facts(CourseState.ON_TRACK, today=self.TODAY)
        found = plan_step(
            on_track._replace(course=replace(on_track.course, plan=plan)), NOW + 6 * DAY
        )
        assert found is not None
        return found

    def test_a_day_is_past_by_today_and_not_by_the_moment_that_would_be_decent(self) -> None:
        assert self.step(Side.CONTACT, date(2026, 5, 9)).kind is StepKind.WAIT
        assert self.step(Side.CONTACT, date(2026, 5, 6)).kind is StepKind.ASK

    def test_what_the_owner_let_pass_is_done_or_given_a_new_day(self) -> None:
        assert self.step(Side.OWNER, date(2026, 5, 7)).says.startswith("Do what you agreed to by 7")
        late = self.step(Side.OWNER, date(2026, 5, 6))
        assert late.says == "Do what you agreed to for 6 May, or name a new day: “send it”"
        assert late.why == ("Its day has passed, and the plan still holds.",)

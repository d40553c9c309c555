"""What the messages of an engagement come to: silences, outreaches, responses, plans."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.course import (
    Moment,
    QuietSpell,
    SaidStep,
    Silence,
    after_working_days,
    facts_of,
    find_silences,
    plan_facts,
    with_quiet,
    working_days,
)
from gonequiet.domain.as_of import AsOf, known_at
from gonequiet.domain.course import CourseState, Side, follow
from gonequiet.domain.response import Path

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(days: float) -> int:
    return int((MONDAY + timedelta(days=days)).timestamp())


def asked(number: int, day: float) -> Moment:
    return Moment(number, f"m{number}", at(day), is_theirs=False, expects_answer=True)


def theirs(number: int, day: float) -> Moment:
    return Moment(number, f"m{number}", at(day), is_theirs=True, expects_answer=False)


def met(number: int, day: float) -> Moment:
    return Moment(number, f"m{number}", at(day), False, False, is_met=True)


def state(*moments: Moment, until: float = 60, path: Path = Path.REAFFIRMED) -> CourseState:
    def read(_silence: Silence) -> Path:
        return path

    return follow(facts_of(moments, at(until), read), cap=3).state


@given(start=st.integers(0, 400), days=st.integers(0, 400))
def test_working_days_are_the_weekdays_between(start: int, days: int) -> None:
    between = (date(2026, 3, 2) + timedelta(days=start + one + 1) for one in range(days))

    assert working_days(at(start), at(start + days)) == sum(one.weekday() < 5 for one in between)


@given(start=st.integers(0, 400), days=st.integers(1, 60))
def test_so_many_working_days_later_so_many_have_passed(start: int, days: int) -> None:
    assert working_days(at(start), after_working_days(at(start), days)) == days


def test_two_weeks_without_a_word_are_a_silence_and_nine_working_days_are_not() -> None:
    assert [one.ended for one in find_silences([asked(1, 0), theirs(2, 14)], at(60))] != []
    assert list(find_silences([asked(1, 0), theirs(2, 11)], at(60))) == []


def test_what_lasts_is_a_silence_without_an_end() -> None:
    (found,) = find_silences([asked(1, 0)], at(20))

    assert found.ended is None
    assert found.quiet_at == after_working_days(at(0), 10)


def test_who_asks_again_has_found_it_quiet_by_then() -> None:
    (found,) = find_silences([asked(1, 0), asked(2, 7)], at(20))

    assert found.quiet_at == at(7)


def test_a_second_mail_within_the_hour_is_no_outreach() -> None:
    (found,) = find_silences([asked(1, 0), asked(2, 0.05)], at(20))

    assert found.quiet_at == after_working_days(at(0), 10)


def test_a_meeting_ends_a_silence_on_every_channel_alike() -> None:
    (found,) = find_silences([asked(1, 0), met(2, 20)], at(60))

    assert found.ended == met(2, 20)
    assert state(asked(1, 0), met(2, 20)) is CourseState.ANSWERED_NO_PLAN


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (Path.REAFFIRMED, CourseState.ANSWERED_NO_PLAN),
        (Path.DETACHED, CourseState.DETACHED),
        (Path.AVOIDANT, CourseState.AVOIDANT),
        (Path.NONE, CourseState.QUIET),
    ],
)
def test_a_response_leads_where_it_was_read_to_lead(path: Path, expected: CourseState) -> None:
    assert state(asked(1, 0), theirs(2, 20), path=path) is expected


def test_each_outreach_of_a_silence_is_counted() -> None:
    rows = [asked(1, 0), asked(2, 8), asked(3, 16), asked(4, 24)]
    course = follow(facts_of(rows, at(40), lambda _: Path.NONE), cap=3)

    assert (course.state, course.attempts) == (CourseState.WAITING, 3)


def test_an_exchange_that_goes_on_is_in_rhythm_again() -> None:
    rows = [asked(1, 0), theirs(2, 20), theirs(3, 22), theirs(4, 24), theirs(5, 26)]

    assert state(*rows) is CourseState.IN_RHYTHM
    assert state(*rows[:-1]) is CourseState.ANSWERED_NO_PLAN


def test_what_is_quiet_by_the_model_stays_so_whatever_others_write() -> None:
    spell = QuietSpell(7, "The proposal", "m1", at(0), ((at(8), "m2"),), 20)
    rows = [asked(1, 0), theirs(5, 3), asked(2, 8), theirs(6, 20)]
    facts = with_quiet(facts_of(rows, at(30), lambda _: Path.NONE), [spell], at(30))
    course = follow(facts, cap=3)

    assert (course.state, course.attempts) == (CourseState.QUIET, 1)
    assert "The proposal" in course.changes[-1].fact.reason


def test_attempts_before_they_took_something_up_belong_to_an_earlier_silence() -> None:
    former = QuietSpell(7, "The list", "m1", at(0), ((at(8), "m2"),), 60)
    present = QuietSpell(7, "The fee", "m5", at(80), ((at(90), "m6"),), 14)
    rows = [asked(1, 0), asked(2, 8), asked(3, 60), theirs(4, 61), asked(5, 80), asked(6, 90)]
    facts = facts_of(rows, at(100), lambda _: Path.REAFFIRMED)
    course = follow(with_quiet(facts, [former, present], at(100)), cap=3)

    assert (course.state, course.attempts) == (CourseState.QUIET, 1)
    assert "The fee" in course.changes[-1].fact.reason


def test_a_matter_taken_on_again_after_they_were_heard_is_of_the_present_silence() -> None:
    old = QuietSpell(7, "The list", "m1", at(0), ((at(8), "m2"), (at(85), "m7")), 75)
    new = QuietSpell(7, "The fee", "m5", at(80), ((at(90), "m6"),), 14)
    rows = [asked(1, 0), asked(2, 8), theirs(4, 61), asked(5, 80), asked(7, 85), asked(6, 90)]
    facts = facts_of(rows, at(100), lambda _: Path.REAFFIRMED)

    assert follow(with_quiet(facts, [old, new], at(100)), cap=9).attempts == 3


def step(day: float, owed_by: Side, due: int | None) -> SaidStep:
    due_on = None if due is None else (MONDAY + timedelta(days=due)).date()
    return SaidStep(at(day), owed_by, "send it", due_on, f"s{day}")


class TestPlans:
    REACHED = (asked(1, 0), theirs(2, 20))

    def course(
        self, *steps: SaidStep, last: float = 20, until: float = 23, seen: float | None = None
    ) -> CourseState:
        facts = facts_of(self.REACHED, at(until), lambda _: Path.REAFFIRMED)
        facts += plan_facts(steps, at(last), AsOf(at(until), at(seen or until)))
        return follow(facts, cap=3).state

    def test_one_side_that_owes_and_has_named_a_day_is_enough(self) -> None:
        assert self.course(step(20, Side.CONTACT, 25)) is CourseState.ON_TRACK

    def test_a_side_that_owes_without_a_day_keeps_it_off_track(self) -> None:
        found = self.course(step(20, Side.CONTACT, 25), step(21, Side.OWNER, None))
        assert found is CourseState.ON_TRACK  # it stood when the first step was said

        found = self.course(step(20, Side.OWNER, None), step(21, Side.CONTACT, 25))
        assert found is CourseState.ANSWERED_NO_PLAN

    def test_a_plan_whose_days_passed_without_a_word_has_lapsed(self) -> None:
        found = self.course(step(20, Side.CONTACT, 25), until=40)
        assert found is CourseState.ANSWERED_NO_PLAN

    def test_a_plan_whose_days_passed_in_touch_is_done(self) -> None:
        found = self.course(step(20, Side.CONTACT, 25), last=24, until=40)
        assert found is CourseState.IN_RHYTHM

    def test_what_is_left_of_a_plan_is_told_only_where_it_is_one(self) -> None:
        dated = step(20, Side.OWNER, 25)._replace(settled_at=at(22))
        undated = step(20, Side.OWNER, None)._replace(what="call about the fee")
        theirs_is = step(20, Side.CONTACT, 27)
        as_of = AsOf(at(23), at(23))

        done = plan_facts([dated, undated], at(20), as_of)
        assert done[-1].reason == "what had a day is done"
        left = plan_facts([theirs_is, dated, undated], at(20), as_of)
        assert "some of what was agreed is done" not in [fact.reason for fact in left]

    def test_a_plan_cannot_lapse_after_the_records_end(self) -> None:
        agreed = step(20, Side.CONTACT, 25)
        assert self.course(agreed, until=40, seen=24) is CourseState.ON_TRACK
        assert self.course(agreed, until=40, seen=39) is CourseState.ANSWERED_NO_PLAN

    def test_a_plan_of_which_all_was_done_is_done_before_its_days(self) -> None:
        done = step(20, Side.CONTACT, 29)._replace(settled_at=at(22))
        assert self.course(done, until=24) is CourseState.IN_RHYTHM

    def test_what_was_done_of_a_plan_is_no_step_any_more(self) -> None:
        mine = step(20, Side.OWNER, 24)._replace(settled_at=at(21), what="send the plan")
        theirs_left = step(20, Side.CONTACT, 29)
        facts = facts_of(self.REACHED, at(23), lambda _: Path.REAFFIRMED)
        facts += plan_facts([mine, theirs_left], at(20), known_at(at(23)))
        plan = follow(facts, cap=3).plan
        assert plan is not None
        assert [one.owed_by for one in plan.steps] == [Side.CONTACT]

    def test_what_was_noted_of_a_talk_is_a_plan_also_in_a_silence_no_record_ends(self) -> None:
        noted = step(20, Side.CONTACT, 29)._replace(is_noted=True)
        facts = facts_of((asked(1, 0),), at(23), lambda _: Path.NONE)
        facts += plan_facts([noted], 0, known_at(at(23)))
        assert follow(facts, cap=3).state is CourseState.ON_TRACK

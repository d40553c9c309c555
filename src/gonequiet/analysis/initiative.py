"""The next decent step of an engagement: whether to reach out, how, when, and about what.

It decides and touches nothing. The guards of the course come first: nothing is proposed past the
persistence cap, nor for what is frozen or closed. Face to face is preferred where circumstances
allow (a meeting already planned, the same city), then a call, then a note; a visit without an
appointment is never proposed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from gonequiet.domain.course import Course, CourseEvent, CourseState, Side, count_calls
from gonequiet.domain.days import Days, zone_named
from gonequiet.domain.moments import DAY
from gonequiet.domain.next_step import Step, StepKind
from gonequiet.domain.workdays import WorkCalendar

QUIET_GAP_DAYS: Final = 5
"""Working days after an attempt in which no other is proposed."""
PATIENT_GAP_DAYS: Final = 10
"""So many for somebody others call reliable."""
KEEP_WARM_DAYS: Final = 120
STALE_DAYS: Final = 120
SETTLED_DAYS: Final = 60
"""So long after an answer, with nothing awaited since, there is nothing left to plan."""
CALL_AFTER: Final = 1
"""So many written attempts without an answer, and a call is the better way."""
OFFICE_HOURS: Final = range(9, 17)
_USUAL_HOUR: Final = 10
_FEWEST_SEEN: Final = 5
_LATEST: Final = 90


class PlannedMeeting(NamedTuple):
    """A meeting with the contact that is still to come."""

    at: int
    title: str
    is_face_to_face: bool


class Facts(NamedTuple):
    """What a step is chosen by.

    Attributes:
        course: where the engagement stands.
        is_worth_it: the records support genuine interest, None where they do not tell.
        why_worth: in words.
        pending: titles of what is pending ("" where it has none), with the day of each.
        last_attempt_at: when the owner wrote or called last.
        meeting: the next one planned with the contact.
        same_city: the city both are in, "" when that is not known.
        number: a telephone number of the contact, "" when none is known.
        look_at: when to look at it again, None when nothing says.
        waited_days: working days without an answer, None when nothing waits.
        asked_on: the day what waits longest was asked last.
        promised_on: the day they had promised it for, None where it was asked for.
        is_call: what waits longest is a call of the owner's.
        vouched_by: who said that they are reliable, "" for nobody whose word still counts.
        today: the day of judgement; None for that of the decent moment.
        days: of the owner's wall clock.
        last_at: when anything was exchanged last, UTC epoch seconds.
        is_awaited: an answer is awaited by the reply model, not only by the course.
        heard_on: when they last wrote or spoke, of a matter that stands alone.
        is_settled: their answer left nothing to agree on.
    """

    course: Course
    is_worth_it: bool | None
    why_worth: str
    pending: tuple[tuple[str, date], ...]
    last_attempt_at: int | None
    meeting: PlannedMeeting | None = None
    same_city: str = ""
    number: str = ""
    look_at: int | None = None
    waited_days: int | None = None
    asked_on: date | None = None
    last_at: int | None = None
    is_awaited: bool = True
    promised_on: date | None = None
    is_call: bool = False
    vouched_by: str = ""
    today: date | None = None
    days: Days = Days()
    heard_on: date | None = None
    is_settled: bool = False


def plan_step(facts: Facts, moment: int) -> Step | None:
    """Returns the next decent step; None where nothing may be proposed.

    Args:
        facts: of the engagement.
        moment: the first moment an outreach would be decent, from `decent_moment`.
    """
    course = facts.course
    if course.is_frozen or course.state is CourseState.CLOSED:
        return None
    return _STEPS[course.state](facts, moment)


def _agreed(facts: Facts, moment: int) -> Step | None:
    plan = facts.course.plan
    if plan is None or not plan.steps:
        return None
    first = min(plan.steps, key=lambda step: step.due_on)
    when, said = _day(first.due_on, moment), f"“{first.what}”"
    today = facts.today or facts.days.day_of(moment)  # the decent moment may lie days ahead
    agreed = ("It was agreed, and the plan holds.",)
    if first.owed_by is Side.OWNER and first.due_on < today:
        return Step(
            StepKind.DO,
            f"Do what you agreed to for {when}, or name a new day: {said}",
            ("Its day has passed, and the plan still holds.",),
        )
    if first.owed_by is Side.OWNER:
        return Step(StepKind.DO, f"Do what you agreed to by {when}: {said}", agreed)
    if first.due_on < today:
        return Step(
            StepKind.ASK,
            f"Ask kindly about {said}, agreed for {when}",
            ("Its day has passed, and the plan still holds.",),
            moment,
            "reminder",
        )
    return Step(StepKind.WAIT, f"Wait for theirs, by {when}: {said}", agreed)


def _in_rhythm(_facts: Facts, _moment: int) -> Step | None:
    return None


def _reach_out(facts: Facts, moment: int) -> Step | None:
    """A quiet matter: worth it or not, the cap, then the best way."""
    course = facts.course
    if not facts.is_awaited:
        return None
    if course.attempts >= course.cap:
        return _end(facts, moment)
    if facts.is_worth_it is False:
        return Step(
            StepKind.REST,
            "Let it rest",
            (facts.why_worth or "The records do not support genuine interest.",),
            None,
            "closing",
        )
    if not facts.is_worth_it and _rested(facts, moment):
        return _long_at_rest("Never more than uncertain, and it has rested for over")
    return _way(facts, moment)


def _end(facts: Facts, moment: int) -> Step:
    """The polite end: by telephone where that is the way between them, or was not tried."""
    course = facts.course
    by_call = bool(facts.number) and (facts.is_call or not count_calls(course))
    how = "with a polite call" if by_call else "politely"
    return Step(
        StepKind.CLOSE,
        f"Close it {how}, or let it rest",
        (f"{_times(course.attempts)} without an answer; you set {course.cap} as enough.",),
        moment,
        "closing-call" if by_call else "closing",
    )


def _rested(facts: Facts, moment: int) -> bool:
    """Whether the latest that is pending lies too far back to be taken up out of the blue."""
    if not facts.pending:
        return False
    latest = max(day for _, day in facts.pending)
    return (facts.days.day_of(moment) - latest).days > STALE_DAYS


def _way(facts: Facts, moment: int) -> Step:
    why = (*_silent(facts, moment), *((facts.why_worth,) if facts.why_worth else ()))
    if facts.heard_on is not None:
        why = (*why, f"They were last in touch on {_day(facts.heard_on, moment)}.")
    if facts.vouched_by:
        why = (*why, f"{facts.vouched_by} told you they are reliable: they are left more time.")
    about = _about(facts.pending, moment, is_call=facts.is_call)
    meeting = facts.meeting
    if meeting is not None:
        day = _day(facts.days.day_of(meeting.at), moment)
        title = f": {meeting.title}" if meeting.title else ""
        how = "in person" if meeting.is_face_to_face else "to talk"
        return Step(
            StepKind.RAISE,
            f"Raise {about} when you meet on {day}",
            (*why, f"You are to meet {how} on {day}{title}."),
        )
    if facts.same_city:
        same = f"You are both in {facts.same_city}; face to face is best where it is possible."
        return Step(
            StepKind.MEET, f"Invite them to meet about {about}", (*why, same), moment, "invitation"
        )
    calls = count_calls(facts.course) + facts.is_call
    if facts.number and not calls and facts.course.attempts >= CALL_AFTER:
        tried = (
            f"{_times(facts.course.attempts)} in writing found no answer; a call is the other way "
            f"({facts.number})."
        )
        return Step(StepKind.CALL, f"Call them about {about}", (*why, tried), moment, "call")
    if calls:
        found = "1 call" if calls == 1 else f"{calls} calls"
        why = (*why, f"{found} found no answer; a note is the other way.")
    return Step(StepKind.WRITE, f"Remind them gently of {about}", why, moment, "reminder")


def _waiting(facts: Facts, moment: int) -> Step | None:
    if not facts.is_awaited:
        return None
    if facts.look_at is None:
        return Step(StepKind.WAIT, "Wait for their answer", ("You wrote not long ago.",), moment)
    return Step(
        StepKind.WAIT,
        f"Wait; look again on {_day(facts.days.day_of(facts.look_at), moment)}",
        ("An answer is still likely enough.",),
        facts.look_at,
    )


def _agree(facts: Facts, moment: int) -> Step | None:
    if facts.last_at is not None and moment - facts.last_at > STALE_DAYS * DAY:
        return _long_at_rest("They answered, and nothing has come of it for over")
    if facts.is_settled:
        return _waiting(facts, moment)
    if _is_long_answered(facts, moment):
        return None
    return Step(
        StepKind.AGREE,
        f"Agree on dated steps for {_about(facts.pending, moment)}",
        ("They answered, and nobody has said who does what by when.",),
        moment,
        "recap",
    )


def _is_long_answered(facts: Facts, moment: int) -> bool:
    """Whether their answer lies long back and left nothing awaited; a lapsed plan is open still."""
    changes = facts.course.changes
    taken_up = [one.fact for one in changes if one.after is CourseState.ANSWERED_NO_PLAN]
    decisive = [one for one in taken_up if one.event in _LEADS_TO_A_PLAN]
    if facts.is_awaited or not decisive or decisive[-1].event is CourseEvent.PLAN_LAPSED:
        return False
    return moment - decisive[-1].at > SETTLED_DAYS * DAY


_LEADS_TO_A_PLAN: Final = frozenset((CourseEvent.REAFFIRMED, CourseEvent.PLAN_LAPSED))


def _catch_up(facts: Facts, moment: int) -> Step:
    if facts.last_at is not None and moment - facts.last_at > STALE_DAYS * DAY:
        return _long_at_rest("Their answer took nothing up, and it has rested for over")
    return Step(
        StepKind.CATCH_UP,
        "Suggest catching up some time",
        ("Their answer was friendly, and took nothing up. A suggestion asks for nothing.",),
        moment,
        "catch-up",
    )


def _long_at_rest(reason: str) -> Step:
    return Step(StepKind.REST, "Let it rest", (f"{reason} {STALE_DAYS} days.",))


def _close(_facts: Facts, moment: int) -> Step:
    return Step(
        StepKind.CLOSE,
        "Close it politely",
        ("Their answer stepped around the matter.",),
        moment,
        "closing",
    )


def _touch(facts: Facts, moment: int) -> Step:
    last = facts.last_attempt_at
    if not facts.course.is_touchable:
        return Step(StepKind.REST, "Let it rest", ("A sign says that more is not welcome.",))
    if last is not None and moment - last < KEEP_WARM_DAYS * DAY:
        day = _day(facts.days.day_of(last + KEEP_WARM_DAYS * DAY), moment)
        return Step(StepKind.WAIT, f"A light touch after {day}", ("It is kept warm, seldom.",))
    return Step(
        StepKind.TOUCH,
        "A light touch that asks for nothing",
        (f"The last one was over {KEEP_WARM_DAYS} days ago.",),
        moment,
        "keep-warm",
    )


_STEPS: Final = {
    CourseState.IN_RHYTHM: _in_rhythm,
    CourseState.QUIET: _reach_out,
    CourseState.REFLECTING: _reach_out,
    CourseState.REACHING_OUT: _reach_out,
    CourseState.WAITING: _waiting,
    CourseState.ANSWERED_NO_PLAN: _agree,
    CourseState.ON_TRACK: _agreed,
    CourseState.DETACHED: _catch_up,
    CourseState.AVOIDANT: _close,
    CourseState.KEEP_WARM: _touch,
}


def _about(pending: Sequence[tuple[str, date]], moment: int, *, is_call: bool = False) -> str:
    if not pending:
        return "it"
    title, day = pending[0]
    sent = "call" if is_call else "note"
    more = f" and {len(pending) - 1} more" if len(pending) > 1 else ""
    when = _day(day, moment)
    return f"“{title}” ({when}){more}" if title else f"your {sent} of {when}{more}"


def _silent(facts: Facts, moment: int) -> tuple[str, ...]:
    """How long there was no answer, as a reason; nothing when nothing waits."""
    if facts.waited_days is None or facts.asked_on is None:
        return ()
    days = "1 working day" if facts.waited_days == 1 else f"{facts.waited_days} working days"
    if facts.promised_on is not None:
        return (f"Promised for {_day(facts.promised_on, moment)}; nothing came, {days} since.",)
    return (f"No answer since {_day(facts.asked_on, moment)}, {days}.",)


def _day(day: date, moment: int) -> str:
    """A day in words; its year only where that is another."""
    return (
        f"{day.day} {day:%b}"
        if day.year == Days().day_of(moment).year
        else f"{day.day} {day:%b %Y}"
    )


def _times(number: int) -> str:
    return f"{number} attempt" if number == 1 else f"{number} attempts"


# When.


def usual_hour(written_at: Sequence[int], zone: str) -> int:
    """Returns the hour of the day, in their zone, at which somebody mostly writes in office hours.

    Args:
        written_at: moments of their messages, UTC epoch seconds.
        zone: IANA name, "" for UTC.
    """
    where = zone_named(zone)
    hours = Counter(datetime.fromtimestamp(at, where).hour for at in written_at[-_LATEST:])
    seen = {hour: hours[hour] for hour in OFFICE_HOURS}
    if sum(seen.values()) < _FEWEST_SEEN:
        return _USUAL_HOUR
    return max(seen, key=lambda hour: (seen[hour], -abs(hour - _USUAL_HOUR)))


def decent_moment(
    as_of: int,
    calendar: WorkCalendar,
    hour: int,
    last_attempt_at: int | None,
    gap_days: int = QUIET_GAP_DAYS,
) -> int:
    """Returns the first moment an outreach is decent: a working day of theirs, at their hour.

    Args:
        as_of: nothing earlier.
        calendar: of the contact.
        hour: from `usual_hour`.
        last_attempt_at: the quiet gap after it is kept.
        gap_days: how many working days that gap has.
    """
    zone = zone_named(calendar.time_zone)
    day = datetime.fromtimestamp(as_of, zone).date()
    if last_attempt_at is not None:
        day = max(
            day,
            _after_gap(datetime.fromtimestamp(last_attempt_at, zone).date(), calendar, gap_days),
        )
    while True:
        at = int(datetime.combine(day, time(hour), zone).timestamp())
        if at >= as_of and _is_working(day, calendar):
            return at
        day += timedelta(days=1)


def _after_gap(day: date, calendar: WorkCalendar, gap_days: int) -> date:
    left = gap_days
    while left:
        day += timedelta(days=1)
        left -= _is_working(day, calendar)
    return day


def _is_working(day: date, calendar: WorkCalendar) -> bool:
    return day.weekday() not in calendar.weekend and day not in calendar.holidays

"""When a turn of a thread is written: everybody's pace, hours, promises and meetings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import log
from random import Random

from gonequiet.demo.cast import Person
from gonequiet.demo.course import Course, Turn
from gonequiet.demo.hours import (
    add_working_hours,
    at_local,
    in_the_evening,
    random_working_moment,
    shift_working_days,
)

LONGEST_WAIT_HOURS = 150.0
DAYS_A_WEEKDAY_NAMES = 6


class Pace:
    """Decides when messages are written."""

    def __init__(self, owner: Person) -> None:
        self._owner = owner

    def days_later(self, course: Course, days: int) -> datetime:
        """Returns some moment that many working days of the owner later."""
        day = shift_working_days(self._owner.place, course.moment.date(), days)
        return random_working_moment(self._owner.place, day, self._owner.starts, course.random)

    def moment(self, course: Course, turn: Turn, writer: Person) -> datetime:
        """Returns when this turn is written."""
        if course.previous is None:
            return course.moment if turn.by != "owner" else self._in_hours_of_owner(course)
        if turn.act == "no_problem":
            return course.moment + timedelta(minutes=course.random.randrange(2, 40))
        if turn.act == "recap":
            return self._after_the_meeting(course)
        if turn.act == "deliver" and course.due_on:
            return self._delivery(course, writer)
        hours = draw_delay(writer, course.random)
        moment = add_working_hours(writer.place, course.moment, hours, writer.starts)
        late = moment.date() > course.moment.astimezone(moment.tzinfo).date()
        if late and course.random.random() < 0.06:
            earlier = in_the_evening(course.moment.astimezone(moment.tzinfo), course.random)
            return earlier if earlier > course.moment else moment
        return moment

    def _in_hours_of_owner(self, course: Course) -> datetime:
        return random_working_moment(
            self._owner.place, course.moment.date(), self._owner.starts, course.random
        )

    def _after_the_meeting(self, course: Course) -> datetime:
        day = date.fromisoformat(course.slots["day1_iso"])
        start = at_local(self._owner.place, day, course.slots["time1"])
        return start + timedelta(minutes=course.random.randrange(75, 200))

    def _delivery(self, course: Course, writer: Person) -> datetime:
        due = course.due_on or course.moment.date()
        if course.random.random() < 0.12:
            due = shift_working_days(writer.place, due, course.random.randrange(1, 3))
        moment = random_working_moment(writer.place, due, writer.starts, course.random)
        earliest = add_working_hours(writer.place, course.moment, 1.5, writer.starts)
        return max(moment, earliest)


def draw_delay(writer: Person, random: Random) -> float:
    """Returns working hours until the answer, from the writer's own log-normal habit."""
    habit = writer.habit
    hours = random.lognormvariate(log(habit.median_hours), habit.spread)
    return min(max(hours, 0.08), LONGEST_WAIT_HOURS)


def due_day(writer: Person, day: date, random: Random) -> date:
    """Returns a working day within the next six days, so that a weekday names it."""
    due = shift_working_days(writer.place, day, random.randrange(1, 5))
    while (due - day).days > DAYS_A_WEEKDAY_NAMES:
        due = shift_working_days(writer.place, due, -1)
    return due if due > day else shift_working_days(writer.place, day, 1)

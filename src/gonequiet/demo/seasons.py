"""When ordinary threads begin, and which of them may stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from gonequiet.demo.cast import Cast, Person
from gonequiet.demo.course import Thread
from gonequiet.demo.hours import shift_working_days
from gonequiet.demo.mail import Mail
from gonequiet.demo.threads import ThreadWriter

DAYS_IN_MONTH = 30.44
THREADS_FACTOR = 0.84
ATTEMPTS = 6
FADING_GAPS = (9, 7, 11, 8, 10, 9, 8, 12, 9, 11, 8, 13, 10, 12, 15, 14, 19, 24, 31)
FADED_FOR = 84


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The time in which ordinary threads with one person may be.

    Attributes:
        start, end: first and last day.
        quiet_spans: spans of moments in which that person must not write.
    """

    start: date
    end: date
    quiet_spans: tuple[tuple[datetime, datetime], ...] = ()

    def admits(self, thread: Thread) -> bool:
        """Says whether a thread lies within the season and outside its quiet spans."""
        last = thread.mails[-1].sent_at.date()
        if not thread.is_sound or last > self.end or thread.mails[0].sent_at.date() < self.start:
            return False
        return not any(
            first < mail.at < until
            for first, until in self.quiet_spans
            for mail in thread.mails
            if mail.folder == "inbox"
        )


def write_season(
    person: Person, season: Season, writer: ThreadWriter, random: Random
) -> list[Thread]:
    """Writes the ordinary threads with one person, none of which ends in a silence."""
    threads = [
        thread
        for number, day in enumerate(_planned_days(person, season, random))
        if (thread := _attempt(person, season, writer, day, number, random))
    ]
    return drop_open_ends(threads)


def write_fading(person: Person, end: date, writer: ThreadWriter, random: Random) -> list[Thread]:
    """Writes threads with growing gaps, and then none: an exchange that has faded."""
    day = shift_working_days(person.place, end, -FADED_FOR)
    days = [day]
    for gap in reversed(FADING_GAPS):
        day = shift_working_days(person.place, day, -gap)
        days.append(day)
    season = Season(start=days[-1] - timedelta(days=9), end=days[0] + timedelta(days=9))
    threads = [
        _attempt(person, season, writer, start, number, random)
        for number, start in enumerate(reversed(days))
    ]
    return drop_open_ends([thread for thread in threads if thread])


def drop_open_ends(threads: list[Thread], later: tuple[Mail, ...] = ()) -> list[Thread]:
    """Drops unanswered threads after which the person never wrote again."""
    inbound = [
        mail.at
        for mail in (*later, *(mail for thread in threads for mail in thread.mails))
        if mail.folder == "inbox"
    ]
    last = max(inbound, default=datetime.min.replace(tzinfo=UTC))
    return [thread for thread in threads if not thread.is_unanswered or thread.mails[-1].at < last]


def quiet_spans_of(
    pairs: Mapping[str, list[tuple[Mail, Mail]]], key: str
) -> tuple[tuple[datetime, datetime], ...]:
    """Returns the spans between the opening of a silence and the response to it."""
    return tuple((opening.at, response.at) for opening, response in pairs.get(key, ()))


def _planned_days(person: Person, season: Season, random: Random) -> list[date]:
    length = (season.end - season.start).days
    count = round(person.threads_a_month * THREADS_FACTOR * length / DAYS_IN_MONTH)
    if person.is_regular:
        step = length / max(count, 1)
        return [season.start + timedelta(days=int(step * n)) for n in range(count)]
    offsets = sorted(random.randrange(length) for _ in range(count))
    recent = length - random.randrange(4, 12)
    return [season.start + timedelta(days=offset) for offset in (*offsets, recent)]


def _attempt(
    person: Person, season: Season, writer: ThreadWriter, day: date, number: int, random: Random
) -> Thread | None:
    for _ in range(ATTEMPTS):
        thread = writer.write(person, day, f"{person.key}/{number}", random)
        if season.admits(thread):
            return thread
        day -= timedelta(days=1)
    return None


def leavers(cast: Cast, last_days: Mapping[str, date]) -> dict[str, date]:
    """Returns, by address, the day from which somebody is no longer copied."""
    return {
        person.address: last_days[person.key] for person in cast.people if person.key in last_days
    }

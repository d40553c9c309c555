"""Judging open matters: how likely a response still is, and when to look again.

What was judged is kept: a second question about the same moment reads it, and a scheduler can ask
when the next matter crosses the owner's threshold. Kept looks stand for exactly the records, edits,
settings and moment they were judged with; the numbers are the same with them and without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gonequiet.app.alike import Alike
from gonequiet.app.beliefs import Belief, Question, Reason, ReplyBeliefs
from gonequiet.app.records import OpenMatter, Records
from gonequiet.domain.episode import follow_ups_until
from gonequiet.domain.moments import DAY
from gonequiet.domain.workdays import (
    WorkCalendar,
    counted_seconds,
    counted_until,
    first_worked_at,
    working_days_between,
)

if TYPE_CHECKING:
    from gonequiet.app.workdays import ContactClocks

_AHEAD = 90 * DAY
"""Holidays so far ahead are asked for: the last age looked at is two months."""


class Look(NamedTuple):
    """What is believed of one open matter as of a moment.

    Attributes:
        contact: number of the contact.
        message: number of the message that opened the matter.
        thread: number of its thread.
        look_at: when the matter becomes quiet if nothing else happens; None when it is, or when
            that cannot be foreseen.
        probability: that a response comes within the horizon.
        interval_90: of that probability.
        reasons: what it rests on, strongest first.
        waited_working_days: since the owner wrote last, away spells left out.
        alike: silences as long in the owner's own records whose outcome is known.
        alike_answered: how many of those were answered within the horizon.
        at_first: the chance of a response when the owner first wrote.
    """

    contact: int
    message: int
    thread: int
    look_at: int | None
    probability: float
    interval_90: tuple[float, float]
    reasons: tuple[Reason, ...]
    waited_working_days: int
    alike: int
    alike_answered: int
    at_first: float


class LookBook(Protocol):
    """Where looks are kept, each with the moment, the terms and the records it stands for."""

    def find_looks(self, as_of: int, terms: str) -> Mapping[tuple[int, int], Look]:
        """Returns what was judged as of a moment, by contact and opening message."""

    def save_looks(self, as_of: int, terms: str, looks: Sequence[Look]) -> None:
        """Keeps what was judged; that it cannot be kept is no failure."""

    def save_next(self, as_of: int, terms: str, next_look_at: int | None) -> None:
        """Keeps when the first of all open matters is to be looked at again."""

    def find_next(self, terms: str, until: int) -> tuple[int, int | None] | None:
        """Returns the latest moment up to another all was judged as of, and the next to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Weighs open matters by what was known at a moment.

    Attributes:
        records: the owner's records.
        beliefs: gives the reply model; asked only when something is to be judged.
        clocks: gives where contacts work and when, likewise.
        looks: where what was judged is kept.
        edition: tells one state of the program from another.
        horizon_days: a response within so many days counts.
        threshold: below it a matter is quiet.
    """

    records: Records
    beliefs: Callable[[], ReplyBeliefs]
    clocks: Callable[[], ContactClocks]
    looks: LookBook
    edition: str
    horizon_days: int
    threshold: float

    @property
    def terms(self) -> str:
        """What a look depends on besides records and moment."""
        return f"{self.edition} {self.horizon_days} {self.threshold!r}"

    def weigh(self, matters: Sequence[OpenMatter], as_of: int) -> list[Look]:
        """Returns what is believed of each matter, in order; judges only what is not kept."""
        if not matters:
            return []
        known = dict(self.looks.find_looks(as_of, self.terms))
        missing = [one for one in matters if _key(one) not in known]
        if missing:
            fresh = self._judged(missing, as_of)
            self.looks.save_looks(as_of, self.terms, fresh)
            known.update(((one.contact, one.message), one) for one in fresh)
        return [known[_key(one)] for one in matters]

    def _judged(self, matters: Sequence[OpenMatter], as_of: int) -> list[Look]:
        calendars = self.clocks().calendars(
            [one.episode.contact for one in matters],
            since=min(one.asked_at for one in matters),
            until=as_of + _AHEAD,
        )
        waits = self.records.waits()
        alike = Alike(waits, as_of, self.horizon_days)
        questions = [_question(one, calendars[one.episode.contact], as_of) for one in matters]
        found = self.beliefs().believe(
            waits,
            self.records,
            questions,
            as_of=as_of,
            horizon_days=self.horizon_days,
            threshold=self.threshold,
        )
        return [
            _look(matter, belief, alike, calendars[matter.episode.contact], as_of)
            for matter, belief in zip(matters, found, strict=True)
        ]


def _key(matter: OpenMatter) -> tuple[int, int]:
    return matter.episode.contact, matter.episode.opened_by


def _question(matter: OpenMatter, calendar: WorkCalendar, as_of: int) -> Question:
    counted = counted_seconds(matter.asked_at, as_of, calendar, matter.episode.pauses)
    sent = [event.message for event in reversed(follow_ups_until(matter.episode, as_of))]
    return Question((*sent, matter.episode.opened_by), matter.episode.contact, counted)


def _look(
    matter: OpenMatter, belief: Belief, alike: Alike, calendar: WorkCalendar, as_of: int
) -> Look:
    episode = matter.episode
    similar, answered = alike.count(as_of - matter.asked_at)
    return Look(
        contact=episode.contact,
        message=episode.opened_by,
        thread=episode.thread,
        look_at=_look_at(matter, belief, calendar, as_of),
        probability=belief.probability,
        interval_90=belief.interval_90,
        reasons=belief.reasons,
        waited_working_days=working_days_between(matter.asked_at, as_of, calendar, episode.pauses),
        alike=similar,
        alike_answered=answered,
        at_first=belief.at_first,
    )


def _look_at(matter: OpenMatter, belief: Belief, calendar: WorkCalendar, as_of: int) -> int | None:
    """Returns when the threshold is crossed and a working day has passed, None when both are."""
    if belief.quiet_after_seconds is None:
        return None
    wanted, pauses = int(belief.quiet_after_seconds), matter.episode.pauses
    crossed_at = as_of
    if wanted > counted_seconds(matter.asked_at, as_of, calendar, pauses):
        crossed_at = counted_until(matter.asked_at, wanted, calendar, pauses)
    moment = max(crossed_at, first_worked_at(matter.asked_at, calendar, pauses))
    return moment if moment > as_of else None

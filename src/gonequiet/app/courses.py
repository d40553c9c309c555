"""Use case: the course of an engagement, from its records and the owner's decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from gonequiet.analysis.course import (
    Moment,
    QuietSpell,
    SaidStep,
    Silence,
    facts_of,
    plan_facts,
    with_quiet,
)
from gonequiet.analysis.engagements import subject_words
from gonequiet.app.decided import noted_steps, owners_facts, paths_said
from gonequiet.app.engagement_records import EngagementStore, ExchangeSeen, MessageWords
from gonequiet.app.engagements import Drawn
from gonequiet.app.ledger import Followed, StepKey, step_key
from gonequiet.app.read_before import ReadBefore, Rows
from gonequiet.domain.as_of import AsOf
from gonequiet.domain.call import call_from
from gonequiet.domain.course import (
    Course,
    CourseEvent,
    CourseFact,
    Side,
    follow,
)
from gonequiet.domain.engagement import Engagement
from gonequiet.domain.interaction import Direction
from gonequiet.domain.meeting import Attendance, MeetingState, meeting_from
from gonequiet.domain.message import MessageKind
from gonequiet.domain.moments import DAY
from gonequiet.domain.response import Path, Sign, SignFound
from gonequiet.domain.thread import subject_key

PLAN_DAYS = 45
"""Steps said so long ago belong to no present plan, unless their day is still to come."""
MOST_READ = 12
"""Messages in which steps of a plan are looked for, the latest."""


@dataclass(frozen=True, slots=True)
class Courses:
    """Draws the courses of engagements.

    Attributes:
        store: what they are drawn from.
        cap: how many outreaches one silence may have.
        quiet: what is quiet at a moment, by number of the message that opened it.
        known: how far the records reach towards a moment.
        ledger: what is known at a moment of what was promised for a day lately.
        before: what was read already.
    """

    store: EngagementStore
    cap: int
    quiet: Callable[[int], Mapping[int, QuietSpell]]
    known: Callable[[int], AsOf]
    ledger: Callable[[int], Mapping[StepKey, Followed]]
    before: ReadBefore

    def of(self, drawn: Drawn, engagement: Engagement) -> Course:
        """Returns the course of an engagement as of the moment it was drawn."""
        if engagement.beside:
            return self._beside(drawn, engagement)
        moments = [moment_of(one, drawn.as_of) for one in drawn.of(engagement)]
        moments.sort(key=lambda one: (one.at, one.number))
        said = paths_said(drawn.active)

        def path_of(silence: Silence) -> Path:
            if silence.ended is not None and silence.ended.anchor in said:
                return said[silence.ended.anchor]
            return self._path(silence, moments, drawn)

        within = self._quiet_in(drawn, moments)
        own = [_known(one, drawn) for one in within.values() if _decides(one, engagement, moments)]
        facts = with_quiet(facts_of(moments, drawn.as_of, path_of), own, drawn.as_of)
        facts += self._plans(moments, drawn)
        decided = owners_facts(drawn.active, {one.anchor for one in moments}, drawn.as_of)
        return follow(self._rested([*facts, *decided], moments), cap=self.cap)

    def _quiet_in(self, drawn: Drawn, moments: list[Moment]) -> dict[int, QuietSpell]:
        """What is quiet of an engagement, by number of the message that opened it."""
        spells = self.quiet(drawn.as_of)
        return {one.number: spells[one.number] for one in moments if one.number in spells}

    def besides(self, drawn: Drawn, engagement: Engagement) -> dict[int, QuietSpell]:
        """Returns what is quiet in an engagement and does not make it quiet, as it goes on."""
        moments = [moment_of(one, drawn.as_of) for one in drawn.of(engagement)]
        within = self._quiet_in(drawn, moments)
        return {
            number: spell
            for number, spell in within.items()
            if not _decides(spell, engagement, moments)
        }

    def _beside(self, drawn: Drawn, matter: Engagement) -> Course:
        """The course of what one contact is silent about while the engagement goes on."""
        moments = [moment_of(one, drawn.as_of) for one in drawn.of(matter)]
        spells = self._quiet_in(drawn, moments).values()
        own = [_known(one, drawn) for one in spells if one.contact == matter.contacts[0]]
        decided = owners_facts(drawn.active, {matter.anchor}, drawn.as_of, beside=True)
        return follow([*with_quiet((), own, drawn.as_of), *decided], cap=self.cap)

    def _plans(self, moments: list[Moment], drawn: Drawn) -> list[CourseFact]:
        """What was agreed, and what became of it."""
        steps = self._steps(moments, drawn)
        if all(one.due_on is None for one in steps):
            return []
        wrote_at = max((one.at for one in moments if one.is_theirs), default=0)
        followed = list(_followed(steps, self.ledger(drawn.as_of)))
        return plan_facts(followed, wrote_at, self.known(drawn.as_of))

    def _rested(self, facts: list[CourseFact], moments: list[Moment]) -> list[CourseFact]:
        """Reads what came while it was kept warm: a touch, a return, or that it is unwelcome."""
        warm = [one.at for one in facts if one.event is CourseEvent.KEPT_WARM]
        if not warm:
            return facts
        since = [one for one in moments if one.at > min(warm)]
        touches = [
            CourseFact(
                event=CourseEvent.TOUCHED, at=one.at, reason="you wrote", evidence=one.anchor
            )
            for one in since
            if not one.is_theirs and not one.is_met
        ]
        theirs = [one for one in since if one.is_theirs]
        unwelcome = self._unwelcome(theirs)
        return [_as_unwelcome(one) if one.evidence in unwelcome else one for one in facts] + touches

    def _unwelcome(self, theirs: list[Moment]) -> set[str]:
        """Which of their messages let the matter go, each read once."""
        missing = [one.number for one in theirs if not self.before.has("unwelcome", one.number)]
        words = self.store.words(missing)

        def read(one: Moment) -> Rows:
            from gonequiet.app.engagement_reading import is_unwelcome

            return is_unwelcome(words[one.number], one.at) if one.number in words else []

        return {
            one.anchor
            for one in theirs
            if self.before.get("unwelcome", one.number, partial(read, one))
        }

    def owing(self, drawn: Drawn, engagement: Engagement) -> frozenset[Side]:
        """Returns the sides that have something to do by what was said lately, dated or not."""
        moments = [moment_of(one, drawn.as_of) for one in drawn.of(engagement)]
        moments.sort(key=lambda one: (one.at, one.number))
        today = self.known(drawn.as_of).today
        steps = self._steps(moments, drawn)
        return frozenset(one.owed_by for one in steps if one.due_on is None or one.due_on >= today)

    def open_steps(self, drawn: Drawn, engagement: Engagement) -> list[SaidStep]:
        """Returns what either side said lately it would do, as far as it is not done."""
        moments = [moment_of(one, drawn.as_of) for one in drawn.of(engagement)]
        moments.sort(key=lambda one: (one.at, one.number))
        today = self.known(drawn.as_of).today
        steps = _followed(self._steps(moments, drawn), self.ledger(drawn.as_of))
        return [
            one
            for one in steps
            if one.settled_at is None and (one.due_on is None or one.due_on >= today)
        ]

    def signs_of(self, one: ExchangeSeen) -> tuple[SignFound, ...]:
        """Returns what a message shows, read once."""

        def read() -> Rows:
            from gonequiet.app.engagement_reading import signs_in

            words = self.store.words([one.number])
            return signs_in(words[one.number], one.at) if one.number in words else []

        rows = self.before.get("signs", one.number, read)
        return tuple(SignFound(Sign(row[0]), row[1], row[2]) for row in rows)

    def _path(self, silence: Silence, moments: list[Moment], drawn: Drawn) -> Path:
        """Reads a response, once: to what was asked under its subject, else to what waited."""
        ended = silence.ended
        if ended is None:
            return Path.NONE
        response = drawn.exchanges[ended.number]
        asked = [drawn.exchanges[one.number] for one in _asked_under(response, moments, drawn)]
        in_thread = bool(asked)
        asked = asked or [drawn.exchanges[one.number] for one in silence.asked]
        numbers = [*(one.number for one in asked), response.number]

        def read() -> Rows:
            from gonequiet.app.engagement_reading import response_in

            words = self.store.words(numbers)
            if response.number not in words:
                return [[Path.NONE.value]]
            people = drawn.people
            return [[response_in(asked, response, words, people, in_thread=in_thread).path.value]]

        return Path(self.before.get("path", " ".join(map(str, numbers)), read)[0][0])

    def _steps(self, moments: list[Moment], drawn: Drawn) -> list[SaidStep]:
        """The steps said in the latest messages, and those the owner noted."""
        recent = moments[-MOST_READ:]
        known = self.store.steps([one.number for one in recent])
        unread = [one.number for one in recent if one.number not in known]
        missing = [one for one in unread if not self.before.has("steps", one)]
        words = self.store.words(missing)
        steps = [step for one in recent for step in self._said(one, known, words)]
        steps += noted_steps(drawn.active, {one.anchor for one in moments}, drawn.as_of)
        since = drawn.as_of - PLAN_DAYS * DAY
        today = self.known(drawn.as_of).today
        return [one for one in steps if one.at >= since or (one.due_on and one.due_on >= today)]

    def _said(
        self, moment: Moment, known: Mapping[int, Rows], words: Mapping[int, MessageWords]
    ) -> list[SaidStep]:
        """The steps said in one message: as they were read with all words, else read once."""

        def read() -> Rows:
            from gonequiet.app.engagement_reading import steps_in

            said = words.get(moment.number)
            return [] if said is None else steps_in(said, moment.at)

        rows = known.get(moment.number)
        if rows is None:
            rows = self.before.get("steps", moment.number, read)
        sides = _SIDES_OF_THEIRS if moment.is_theirs else _SIDES_OF_OWN
        return [
            SaidStep(
                moment.at,
                sides[who],
                what,
                date.fromisoformat(due_on) if due_on else None,
                moment.anchor,
                moment.number,
            )
            for who, what, due_on in rows
        ]


def _decides(spell: QuietSpell, engagement: Engagement, moments: list[Moment]) -> bool:
    """Whether a quiet matter makes the engagement quiet: its lead is silent, or everybody is."""
    heard = any(one.is_theirs and one.at > spell.opened_at for one in moments)
    return spell.contact == engagement.contacts[0] or not heard


def _known(spell: QuietSpell, drawn: Drawn) -> QuietSpell:
    """Names the follow-ups by their Message-IDs; they come with their numbers."""
    known = drawn.exchanges
    sent = [(at, known[int(one)]) for at, one in spell.follow_ups if int(one) in known]
    return spell._replace(
        follow_ups=tuple((at, one.anchor) for at, one in sent),
        calls=frozenset(one.anchor for _, one in sent if one.kind == MessageKind.CALL),
    )


_RETURNS = frozenset((CourseEvent.EXCHANGED, CourseEvent.OTHER_MATTER, CourseEvent.AVOIDED))


def _as_unwelcome(fact: CourseFact) -> CourseFact:
    if fact.event not in _RETURNS:
        return fact
    return replace(fact, event=CourseEvent.UNWELCOME, reason="they let it go")


def moment_of(one: ExchangeSeen, as_of: int) -> Moment:
    """Returns what an exchange is in the course of an engagement."""
    is_theirs = one.direction == Direction.INBOUND
    if one.kind == MessageKind.MEETING:
        meeting = meeting_from(one.detail)
        if meeting is not None:
            declined = any(said is Attendance.DECLINED for _, said in meeting.attendance)
            is_off = meeting.state in (MeetingState.CANCELLED, MeetingState.MISSED)
            is_met = not is_off and not declined and meeting.ends_at <= as_of
            at = meeting.ends_at if is_met else one.at
            return Moment(one.number, one.anchor, at, False, False, is_met)
    if one.kind == MessageKind.CALL:
        was_had = call_from(one.detail).was_spoken
        asks = not was_had and not is_theirs
        return Moment(one.number, one.anchor, one.at, is_theirs, asks, was_had, is_call=True)
    asks = one.expects_answer and not is_theirs
    return Moment(one.number, one.anchor, one.at, is_theirs, asks)


def _asked_under(response: ExchangeSeen, moments: list[Moment], drawn: Drawn) -> Iterator[Moment]:
    """What the owner asked where a response stands, by thread or subject, since they wrote there.

    Other talk of the engagement may have come between; it is still this that is answered.
    """
    told = subject_key(response.subject)
    under = [
        one
        for one in moments
        if one.at < response.at
        and _is_under(drawn.exchanges[one.number], response, told.key if told.is_reply else "")
    ]
    since = max((one.at for one in under if one.is_theirs), default=0)
    return (one for one in under if one.at > since and one.expects_answer)


def _is_under(earlier: ExchangeSeen, response: ExchangeSeen, key: str) -> bool:
    """Whether a message stands in the thread of a response, or is what it is a reply to by name."""
    if earlier.thread == response.thread:
        return True
    return bool(subject_words(key)) and subject_key(earlier.subject).key == key


# --- plans -------------------------------------------------------------------------------------

_SIDES_OF_OWN = {"writer": Side.OWNER, "reader": Side.CONTACT}
_SIDES_OF_THEIRS = {"writer": Side.CONTACT, "reader": Side.OWNER}


def _followed(steps: Iterable[SaidStep], ledger: Mapping[StepKey, Followed]) -> Iterator[SaidStep]:
    """The steps as the ledger knows them: what was done, what is no promise, and the day set."""
    for one in steps:
        found = ledger.get(step_key(one.number, one.what))
        if found is None:
            yield one
        elif not found.is_rejected:
            yield one._replace(due_on=found.due_on, settled_at=found.settled_at)

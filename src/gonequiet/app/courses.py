"""Use case: the course of an engagement, from its records and the owner's decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from gonequiet.analysis.course import (
    Moment,
    QuietSpell,
    SaidStep,
    Silence,
    facts_of,
    plan_facts,
    with_quiet,
)
from gonequiet.analysis.response import Answer, read_response, read_signs
from gonequiet.app.engagement_records import EngagementStore, ExchangeSeen, MessageWords
from gonequiet.app.engagements import Drawn
from gonequiet.app.read_before import ReadBefore, Rows
from gonequiet.domain import commitment
from gonequiet.domain.agreed import agreed_in
from gonequiet.domain.call import call_from
from gonequiet.domain.course import (
    ActionPlan,
    Course,
    CourseEvent,
    CourseFact,
    NextStep,
    Side,
    follow,
)
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.engagement import Engagement, told_in
from gonequiet.domain.interaction import Direction
from gonequiet.domain.meeting import Attendance, MeetingState, meeting_from
from gonequiet.domain.message import MessageKind
from gonequiet.domain.response import Path, ResponseRead, Sign
from gonequiet.language.commitments import Party, read_commitments
from gonequiet.language.tongues import find_tongue

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
        before: what was read already.
    """

    store: EngagementStore
    cap: int
    quiet: Callable[[int], Mapping[int, QuietSpell]]
    before: ReadBefore

    def of(self, drawn: Drawn, engagement: Engagement) -> Course:
        """Returns the course of an engagement as of the moment it was drawn."""
        moments = [moment_of(one, drawn.as_of) for one in drawn.of(engagement)]
        moments.sort(key=lambda one: (one.at, one.number))
        said = paths_said(drawn.active)

        def path_of(silence: Silence) -> Path:
            if silence.ended is not None and silence.ended.anchor in said:
                return said[silence.ended.anchor]
            return self._path(silence, drawn)

        spells = self.quiet(drawn.as_of)
        own = [
            _known(spells[one.number], drawn)
            for one in moments
            if one.number in spells and _decides(spells[one.number], engagement, moments)
        ]
        facts = with_quiet(facts_of(moments, drawn.as_of, path_of), own, drawn.as_of)
        facts += plan_facts(*self._steps(moments, drawn), drawn.as_of)
        decided = owners_facts(drawn.active, {one.anchor for one in moments}, drawn.as_of)
        return follow(self._rested([*facts, *decided], moments), cap=self.cap)

    def _rested(self, facts: list[CourseFact], moments: list[Moment]) -> list[CourseFact]:
        """Reads what came while it was kept warm: a touch, a return, or that it is unwelcome."""
        warm = [one.at for one in facts if one.event is CourseEvent.KEPT_WARM]
        if not warm:
            return facts
        since = [one for one in moments if one.at > min(warm)]
        words = self.store.words([one.number for one in since])
        touches = [
            CourseFact(
                event=CourseEvent.TOUCHED, at=one.at, reason="you wrote", evidence=one.anchor
            )
            for one in since
            if not one.is_theirs and not one.is_met
        ]
        unwelcome = {
            one.anchor
            for one in since
            if one.is_theirs and one.number in words and _is_unwelcome(one, words[one.number])
        }
        return [_as_unwelcome(one) if one.evidence in unwelcome else one for one in facts] + touches

    def owing(self, drawn: Drawn, engagement: Engagement) -> frozenset[Side]:
        """Returns the sides that have something to do by what was said lately, dated or not."""
        moments = [moment_of(one, drawn.as_of) for one in drawn.of(engagement)]
        moments.sort(key=lambda one: (one.at, one.number))
        today = datetime.fromtimestamp(drawn.as_of, UTC).date()
        steps, _ = self._steps(moments, drawn)
        return frozenset(one.owed_by for one in steps if one.due_on is None or one.due_on >= today)

    def _path(self, silence: Silence, drawn: Drawn) -> Path:
        """Reads a response, once."""
        numbers = [one.number for one in (*silence.asked, silence.ended) if one is not None]

        def read() -> Rows:
            return [[read_silence(silence, drawn, self.store.words(numbers)).path.value]]

        return Path(self.before.get("path", " ".join(map(str, numbers)), read)[0][0])

    def _steps(self, moments: list[Moment], drawn: Drawn) -> tuple[list[SaidStep], int]:
        """The steps said in the latest messages, and when they wrote last."""
        recent = moments[-MOST_READ:]
        missing = [one.number for one in recent if not self.before.has("steps", one.number)]
        words = self.store.words(missing)
        steps = [step for one in recent for step in self._said(one, words)]
        steps += noted_steps(drawn.active, {one.anchor for one in moments}, drawn.as_of)
        since = drawn.as_of - PLAN_DAYS * 86_400
        today = datetime.fromtimestamp(drawn.as_of, UTC).date()
        kept = [one for one in steps if one.at >= since or (one.due_on and one.due_on >= today)]
        return kept, max((one.at for one in moments if one.is_theirs), default=0)

    def _said(self, moment: Moment, words: Mapping[int, MessageWords]) -> list[SaidStep]:
        """The steps said in one message, read once."""

        def read() -> Rows:
            said = words.get(moment.number)
            return [] if said is None else _read_steps(moment, said)

        rows = self.before.get("steps", moment.number, read)
        return [
            SaidStep(
                moment.at,
                Side(side),
                what,
                date.fromisoformat(due_on) if due_on else None,
                moment.anchor,
            )
            for side, what, due_on in rows
        ]


def _decides(spell: QuietSpell, engagement: Engagement, moments: list[Moment]) -> bool:
    """Whether a quiet matter makes the engagement quiet: its lead is silent, or everybody is."""
    heard = any(one.is_theirs and one.at > spell.opened_at for one in moments)
    return spell.contact == engagement.contacts[0] or not heard


def _known(spell: QuietSpell, drawn: Drawn) -> QuietSpell:
    """Names the follow-ups by their Message-IDs; they come with their numbers."""
    known = drawn.exchanges
    named = ((at, known[int(one)].anchor) for at, one in spell.follow_ups if int(one) in known)
    return spell._replace(follow_ups=tuple(named))


def _is_unwelcome(moment: Moment, said: MessageWords) -> bool:
    signs = read_signs(said.words, written_on(moment.at, said))
    return any(one.sign is Sign.REFUSAL for one in signs)


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
        return Moment(one.number, one.anchor, one.at, is_theirs, asks, was_had)
    asks = one.expects_answer and not is_theirs
    return Moment(one.number, one.anchor, one.at, is_theirs, asks)


def read_silence(silence: Silence, drawn: Drawn, words: Mapping[int, MessageWords]) -> ResponseRead:
    """Reads the response that ended a silence of an engagement."""
    ended = silence.ended
    if ended is None or ended.number not in words:
        return ResponseRead(Path.NONE, "Nothing has come.", ())
    exchange = drawn.exchanges[ended.number]
    asked = [drawn.exchanges[one.number] for one in silence.asked]
    before = {contact for one in asked for contact in one.contacts} | {exchange.sender}
    brought = [drawn.people[one].name for one in exchange.contacts if one not in before]
    said = words[ended.number]
    return read_response(
        Answer(
            question="\n".join(words[one.number].words for one in asked if one.number in words),
            words=said.words,
            written_on=written_on(ended.at, said),
            attachments=said.documents,
            brought=tuple(brought),
            in_thread=exchange.thread in {one.thread for one in asked},
            asked_under=asked[0].subject,
            answered_under=exchange.subject,
        )
    )


def written_on(at: int, said: MessageWords) -> date:
    """Returns the day of a message by its writer's clock."""
    return (datetime.fromtimestamp(at, UTC) + timedelta(minutes=said.utc_offset_minutes)).date()


def paths_said(active: tuple[Edit, ...]) -> dict[str, Path]:
    """Returns the owner's word on responses, by Message-ID; the latest counts."""
    known = {path.value: path for path in Path}
    return {
        one.first: known[one.second]
        for one in active
        if one.verb is EditVerb.PATH and one.second in known
    }


# --- plans -------------------------------------------------------------------------------------


def _read_steps(moment: Moment, said: MessageWords) -> Rows:
    writer, reader = Side.OWNER, Side.CONTACT
    if moment.is_theirs:
        writer, reader = reader, writer
    found = read_commitments(said.words, written_on(moment.at, said), find_tongue(said.words))
    return [
        [
            (writer if one.owed_by is Party.WRITER else reader).value,
            " ".join(said.words[one.what_start : one.what_stop].split()),
            one.due_on.isoformat() if one.due_on else "",
        ]
        for one in found
        if one.is_sure
    ]


_SIDES = {commitment.Side.MINE: Side.OWNER, commitment.Side.THEIRS: Side.CONTACT}


def noted_steps(active: tuple[Edit, ...], anchors: set[str], as_of: int) -> list[SaidStep]:
    """Returns the steps the owner noted of conversations in an engagement."""
    return [
        SaidStep(agreed.at, _SIDES[one.side], one.what, one.due_on, anchor)
        for agreed in agreed_in(active)
        if agreed.at <= as_of
        for anchor in [next((one for one in agreed.about if one in anchors), "")]
        if anchor
        for one in agreed.steps
    ]


# --- the owner's decisions ---------------------------------------------------------------------


def owners_facts(active: tuple[Edit, ...], anchors: set[str], as_of: int) -> list[CourseFact]:
    """Returns what the owner decided of an engagement, by any of its messages."""
    found = [
        _decided(edit) for edit in active if edit.verb is EditVerb.COURSE and edit.first in anchors
    ]
    return [one for one in found if one is not None and one.at <= as_of]


def _decided(edit: Edit) -> CourseFact | None:
    told = told_in(edit)
    at, event = told.get("at"), told.get("event")
    known = {one.value: one for one in CourseEvent}
    if not isinstance(at, int) or event not in known:
        return None
    return CourseFact(
        event=known[str(event)],
        at=at,
        reason=str(told.get("reason") or "you said so"),
        plan=_plan(told.get("steps")),
        is_owners=True,
        number=edit.number,
    )


def _plan(steps: object) -> ActionPlan | None:
    if not isinstance(steps, list):
        return None
    made = tuple(
        NextStep(Side(side), str(what), date.fromisoformat(due_on)) for side, what, due_on in steps
    )
    return ActionPlan(made, frozenset(one.owed_by for one in made))

"""What the owner asks and says of engagements: one desk for every face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING

from gonequiet.analysis.course import QuietSpell
from gonequiet.analysis.triage import TangibleSeen
from gonequiet.app.alone import Concern, draw_alone, draw_besides, find_concerns
from gonequiet.app.courses import Courses
from gonequiet.app.engagement_records import EngagementStore, ExchangeSeen
from gonequiet.app.engagements import Drawn, draw_engagements
from gonequiet.app.identities import EditStore, get_contact
from gonequiet.app.ledger import Followed, StepKey
from gonequiet.app.read_before import ReadBefore
from gonequiet.app.records import Records
from gonequiet.app.shelf import Shelf
from gonequiet.app.triage import Triage, TriagedEngagement, TriageReport
from gonequiet.domain.as_of import AsOf
from gonequiet.domain.course import (
    ActionPlan,
    Course,
    CourseEvent,
    CourseFact,
    NextStep,
    Side,
    advance,
)
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.engagement import Benchmark, Engagement, get_engagement, telling
from gonequiet.domain.response import Path
from gonequiet.errors import NotFound, RequestError

if TYPE_CHECKING:
    from gonequiet.app.answered import Answered

MOST_NAME_CHARS = 120


@dataclass(frozen=True)
class EngagementDesk:
    """Engagements, their courses, and the owner's word on them.

    Attributes:
        store: what engagements are drawn from.
        records: for contacts by name.
        edits: the owner's journal.
        shelf: where what was read is kept between questions.
        quiet: what is quiet at a moment, by number of the message that opened it.
        known: how far the records reach towards a moment.
        ledger: what is known at a moment of what was promised for a day lately.
        house: the owner's own organisations.
        benchmarks: kinds in order; the last is for all that fits no other.
        persistence_cap: how many outreaches one silence may have.
        forget_after_days: engagements at rest for longer are counted, not listed.
    """

    store: EngagementStore
    records: Records
    edits: EditStore
    shelf: Shelf
    quiet: Callable[[int], Mapping[int, QuietSpell]]
    known: Callable[[int], AsOf]
    ledger: Callable[[int], Mapping[StepKey, Followed]]
    house: frozenset[str]
    benchmarks: Sequence[Benchmark]
    persistence_cap: int
    forget_after_days: int

    # --- asking --------------------------------------------------------------------------------

    def draw(self, as_of: int) -> Drawn:
        """Returns the engagements as of a moment."""
        return draw_engagements(
            self.store, house=self.house, benchmarks=self.benchmarks, as_of=as_of
        )

    def triage(self, as_of: int) -> TriageReport:
        """Returns how serious each engagement of concern is."""
        return self._triage.report(self.draw(as_of))

    def concerns(self, as_of: int) -> list[Concern]:
        """Returns what may need a step: engagements, and quiet matters that stand alone."""
        found = find_concerns(self.draw(as_of), self._triage, self._courses)
        self._before.keep()
        return found

    def show(self, text: str, as_of: int) -> tuple[TriagedEngagement, list[ExchangeSeen]]:
        """Returns one engagement, weighed, and what was exchanged in it, oldest first."""
        drawn = self.draw(as_of)
        found = self._find(drawn, text)
        return self._triage.one(drawn, found), drawn.of(found)

    def answered(self, contact: str, as_of: int) -> list[Answered]:
        """Returns the responses after silences, of a contact or ("") of all."""
        from gonequiet.app.answered import find_answered  # it reads words: seldom, and costly

        number = get_contact(self.records, contact).number if contact else None
        return find_answered(self.store, as_of=as_of, contact=number)

    def course_with(self, contact: int, as_of: int) -> list[tuple[Engagement, Course]]:
        """Returns the engagements a contact takes part in, and where each stands."""
        drawn = self.draw(as_of)
        return [
            (one, self._courses.of(drawn, one))
            for one in (*drawn.engagements, *self._alone(drawn))
            if contact in one.contacts
        ]

    def _alone(self, drawn: Drawn) -> tuple[Engagement, ...]:
        """What is quiet and stands alone: in no engagement, or beside one."""
        spells = self._courses.quiet(drawn.as_of)
        near = (one for one in drawn.engagements if not spells.keys().isdisjoint(one.messages))
        besides = (
            matter
            for one in near
            for matter in draw_besides(drawn, one, self._courses.of(drawn, one), self._courses)
        )
        return (*draw_alone(drawn, spells), *besides)

    @cached_property
    def _courses(self) -> Courses:
        return Courses(
            store=self.store,
            cap=self.persistence_cap,
            quiet=cache(self.quiet),
            known=cache(self.known),
            ledger=cache(self.ledger),
            before=self._before,
        )

    @cached_property
    def _before(self) -> ReadBefore:
        return ReadBefore(self.shelf)

    @cached_property
    def _triage(self) -> Triage:
        return Triage(
            store=self.store,
            before=self._before,
            courses=self._courses,
            benchmarks=self.benchmarks,
            forget_after_days=self.forget_after_days,
        )

    # --- saying --------------------------------------------------------------------------------

    def name(self, text: str, name: str, *, now: int) -> Edit:
        """Gives an engagement a name."""
        wanted = " ".join(name.split())
        if not 0 < len(wanted) <= MOST_NAME_CHARS:
            raise RequestError(f"Write a name of 1 to {MOST_NAME_CHARS} characters.")
        return self._say(self._get(text, now), now, name=wanted)

    def set_kind(self, text: str, kind: str, *, now: int) -> Edit:
        """Says of which kind an engagement is."""
        kinds = [one.kind for one in self.benchmarks]
        if kind not in kinds:
            raise RequestError(
                f"There is no kind '{kind}'. There are {', '.join(kinds)}; the settings file adds "
                "more under [benchmarks.KIND]."
            )
        return self._say(self._get(text, now), now, kind=kind)

    def merge(self, texts: Sequence[str], *, now: int) -> list[Edit]:
        """Says that several engagements are one."""
        found = {one.key: one for one in (self._get(text, now) for text in texts)}
        if len(found) < 2:
            raise RequestError("Name two different engagements: gonequiet engagements merge A B.")
        first, *others = found.values()
        return [self._say(first, now, **{"with": one.anchor}) for one in others]

    def split(self, text: str, words: str, *, now: int) -> Edit:
        """Says that the threads whose subject holds some words stand apart.

        Raises:
            RequestError: none of its threads does, or all do.
        """
        drawn = self.draw(now)
        found = get_engagement(drawn.engagements, text)
        wanted = words.strip().casefold()
        rows = drawn.of(found)
        apart = {one.thread for one in rows if wanted and wanted in one.subject.casefold()}
        if not apart or len(apart) == len({one.thread for one in rows}):
            raise RequestError(
                f"{'No' if not apart else 'Every'} thread of {found.key} has '{words}' in its "
                "subject. 'gonequiet engagements show' lists them."
            )
        anchors = [one.anchor for one in rows if one.thread in apart]
        return self._say(found, now, apart=sorted(dict.fromkeys(anchors)))

    def dismiss(self, text: str, *, now: int) -> Edit:
        """Says that what was proposed is no engagement."""
        return self._say(self._get(text, now), now, dismissed=True)

    def rule_on(self, text: str, kind: str, *, holds: bool, now: int) -> list[Edit]:
        """Confirms or refuses what is tangible in an engagement: of one kind, or ("") all."""
        triaged, _ = self.show(text, now)
        meant = [one for one in triaged.tangibles if kind in ("", one.found.kind.value)]
        if not meant:
            listed = ", ".join(dict.fromkeys(one.found.kind.value for one in triaged.tangibles))
            raise NotFound(
                f"Nothing tangible of that kind was found in {triaged.engagement.key}. "
                f"There is: {listed or 'nothing'}."
            )
        return [self._rule(one, holds, now) for one in meant]

    def _rule(self, one: TangibleSeen, holds: bool, now: int) -> Edit:
        said = telling(kind=one.found.kind.value, holds=holds)
        return self.edits.add_edit(EditVerb.TANGIBLE, one.anchor, said, 0, now=now)

    def step(self, text: str, event: CourseEvent, reason: str, *, now: int) -> Edit:
        """Takes a step in the course of an engagement: close, freeze, keep warm ...

        Raises:
            Refused: the course cannot take it.
        """
        drawn = self.draw(now)
        fact = CourseFact(event=event, at=now, reason=reason)
        return self._step(drawn, self._find(drawn, text), fact, [])

    def plan(self, text: str, steps: Sequence[tuple[Side, str, date]], *, now: int) -> Edit:
        """Notes an action plan.

        Raises:
            Refused: the course cannot take it.
            RequestError: there is no step.
        """
        made = tuple(NextStep(*one) for one in steps)
        if not made:
            raise RequestError("A plan needs a dated step: 'me: send the outline by 2026-03-04'.")
        drawn = self.draw(now)
        found = self._find(drawn, text)
        owing = self._courses.owing(drawn, found) | {one.owed_by for one in made}
        rows = [[one.owed_by.value, one.what, one.due_on.isoformat()] for one in made]
        fact = CourseFact(
            event=CourseEvent.PLAN_AGREED,
            at=now,
            reason="you noted it",
            plan=ActionPlan(made, frozenset(owing)),
        )
        return self._step(drawn, found, fact, rows)

    def _step(
        self, drawn: Drawn, engagement: Engagement, fact: CourseFact, steps: list[list[str]]
    ) -> Edit:
        """Keeps a step, when the course can take it."""
        advance(self._courses.of(drawn, engagement), fact)
        said: dict[str, object] = {"event": fact.event.value, "at": fact.at}
        said |= {"reason": fact.reason} | ({"beside": True} if engagement.beside else {})
        told = telling(**said, steps=steps) if steps else telling(**said)
        return self.edits.add_edit(EditVerb.COURSE, engagement.anchor, told, 0, now=fact.at)

    def say_path(self, message_id: str, path: Path, *, now: int) -> Edit:
        """Says how a response is to be read; it outranks the reading for ever.

        Raises:
            NotFound: no response after a silence has that Message-ID, or begins with it.
        """
        wanted = message_id.strip().strip("<>")
        known = sorted({one.message_id for one in self.answered("", now)})
        found = [one for one in known if one == wanted] or [
            one for one in known if wanted and one.startswith(wanted)
        ]
        if len(found) != 1:
            raise NotFound(
                f"{'No' if not found else 'More than one'} response after a silence goes by "
                f"'{message_id}'. 'gonequiet answered' lists them with their ids."
            )
        return self.edits.add_edit(EditVerb.PATH, found[0], path.value, 0, now=now)

    def _get(self, text: str, now: int) -> Engagement:
        return self._find(self.draw(now), text)

    def _find(self, drawn: Drawn, text: str) -> Engagement:
        """The engagement a text means, else the quiet matter that stands alone."""
        try:
            return get_engagement(drawn.engagements, text)
        except NotFound:
            return get_engagement((*drawn.engagements, *self._alone(drawn)), text)

    def _say(self, engagement: Engagement, now: int, **said: object) -> Edit:
        if engagement.beside:
            raise RequestError(
                f"{engagement.key} is a matter within the engagement {engagement.beside}. Make it "
                f"one of its own first: gonequiet engagements split {engagement.beside} 'words of "
                "its subject'."
            )
        told = telling(**said)
        return self.edits.add_edit(EditVerb.ENGAGEMENT, engagement.anchor, told, 0, now=now)


def house_of(organisations: Iterable[str]) -> frozenset[str]:
    """Returns the owner's own organisations; public providers are none."""
    return frozenset(filter(None, organisations))

"""Use case: how serious each engagement is, with its evidence and its benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gonequiet.analysis.engagements import speaks_of_business
from gonequiet.analysis.triage import (
    WEEK,
    Ending,
    MessageSigns,
    Past,
    ProposedMark,
    Standing,
    TangibleSeen,
    Weighed,
    first_confirmed,
    propose_mark,
    weigh,
)
from gonequiet.app.courses import Courses, moment_of
from gonequiet.app.engagement_records import (
    EngagementStore,
    ExchangeSeen,
    MessageWords,
    NoticeSeen,
)
from gonequiet.app.engagements import Drawn
from gonequiet.app.read_before import ReadBefore, Rows
from gonequiet.domain.course import Course
from gonequiet.domain.engagement import Benchmark, Engagement, Verdict
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import MessageKind
from gonequiet.domain.moments import DAY
from gonequiet.domain.response import Sign, SignFound
from gonequiet.domain.tangible import TangibleFound, TangibleKind, Where

FEWEST_INTERACTIONS = 4
"""Below so many there is nothing to weigh."""
MOST_READ = 120
"""Messages of theirs that are read in one engagement, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriagedEngagement:
    """One engagement, weighed.

    Attributes:
        engagement: what it is.
        people: names, the busiest first.
        weighed: standing, evidence, benchmark.
        tangibles: what is tangible, with the owner's word on it.
        past: how much there has been.
        course: where it stands and how it came there.
    """

    engagement: Engagement
    people: tuple[str, ...]
    weighed: Weighed
    tangibles: tuple[TangibleSeen, ...]
    past: Past
    course: Course


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageReport:
    """Every engagement that is still of concern.

    Attributes:
        triaged: serious first, then uncertain, then window-shopping; in each the latest first.
        proposed: by kind, the n of the owner's own engagements that ended well; "" for all kinds.
        too_short: engagements with too few messages to weigh.
        long_past: engagements without any exchange for longer than the owner wants listed.
    """

    as_of: int
    triaged: tuple[TriagedEngagement, ...]
    proposed: dict[str, ProposedMark]
    too_short: int
    long_past: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """Weighs engagements.

    Attributes:
        store: what they are drawn from.
        before: what was read already.
        courses: draws their courses.
        benchmarks: kinds in order; the last is for all that fits no other.
        forget_after_days: engagements at rest for longer are counted, not listed.
    """

    store: EngagementStore
    before: ReadBefore
    courses: Courses
    benchmarks: Sequence[Benchmark]
    forget_after_days: int

    def report(self, drawn: Drawn) -> TriageReport:
        """Returns every engagement of concern, weighed."""
        since = drawn.as_of - self.forget_after_days * DAY
        recent = [one for one in drawn.engagements if one.last_at >= since]
        listed = [one for one in recent if len(one.messages) >= FEWEST_INTERACTIONS]
        reader = _Reader(self.store, self.before)
        reader.prepare(row.number for one in listed for row in _theirs(drawn, one))
        found = [self._weighed(drawn, one, reader) for one in listed]
        self.before.keep()
        return TriageReport(
            as_of=drawn.as_of,
            triaged=tuple(sorted(found, key=_order)),
            proposed=self._proposed(drawn, found),
            too_short=len(recent) - len(listed),
            long_past=len(drawn.engagements) - len(recent),
        )

    def one(self, drawn: Drawn, engagement: Engagement) -> TriagedEngagement:
        """Returns one engagement, weighed."""
        reader = _Reader(self.store, self.before)
        reader.prepare(row.number for row in _theirs(drawn, engagement))
        return self._weighed(drawn, engagement, reader)

    def _weighed(self, drawn: Drawn, engagement: Engagement, reader: _Reader) -> TriagedEngagement:
        past = past_of(drawn, engagement)
        tangibles = _tangibles(drawn, engagement, reader)
        signs = [reader.signs(one) for one in _theirs(drawn, engagement)[-MOST_READ:]]
        return TriagedEngagement(
            engagement=engagement,
            people=tuple(drawn.names(engagement)),
            weighed=weigh(signs, tangibles, past, self.benchmark_of(engagement)),
            tangibles=tangibles,
            past=past,
            course=self.courses.of(drawn, engagement),
        )

    def benchmark_of(self, engagement: Engagement) -> Benchmark:
        """Returns the benchmark of an engagement's kind; an unknown kind has none."""
        known = {one.kind: one for one in self.benchmarks}
        return known.get(engagement.kind, Benchmark(engagement.kind))

    def _proposed(
        self, drawn: Drawn, found: Iterable[TriagedEngagement]
    ) -> dict[str, ProposedMark]:
        endings: dict[str, list[Ending]] = {"": []}
        for one in found:
            first = first_confirmed(one.tangibles)
            if first is None:
                continue
            spent = [other for other in drawn.of(one.engagement) if other.at <= first.at]
            weeks = max(0, first.at - one.engagement.first_at) / WEEK
            ending = Ending(len(spent), round(weeks, 1))
            endings[""].append(ending)
            endings.setdefault(one.engagement.kind, []).append(ending)
        return {kind: propose_mark(rows) for kind, rows in endings.items()}


def past_of(drawn: Drawn, engagement: Engagement) -> Past:
    """Returns how much there has been of an engagement by the moment it was drawn."""
    rows = drawn.of(engagement)
    met = [moment_of(one, drawn.as_of).is_met for one in rows]
    has_calendar = any(one.kind == MessageKind.MEETING for one in drawn.exchanges.values())
    return Past(
        interactions=len(rows),
        weeks=(drawn.as_of - engagement.first_at) / WEEK,
        met_after=met.index(True) + 1 if True in met else None,
        is_calendar_known=has_calendar,
        is_offered=any(_offers(one) for one in rows),
    )


def _offers(one: ExchangeSeen) -> bool:
    if one.direction != Direction.OUTBOUND or one.kind != MessageKind.PERSONAL:
        return False
    return one.has_documents or speaks_of_business(one.subject)


def _order(one: TriagedEngagement) -> tuple[int, int, str]:
    rank = list(Standing).index(one.weighed.standing)
    return rank, -one.engagement.last_at, one.engagement.key


def _theirs(drawn: Drawn, engagement: Engagement) -> list[ExchangeSeen]:
    """The messages they wrote, oldest first."""
    return [
        one
        for one in drawn.of(engagement)
        if one.direction == Direction.INBOUND and one.kind == MessageKind.PERSONAL
    ]


# --- what is tangible --------------------------------------------------------------------------


def _tangibles(drawn: Drawn, engagement: Engagement, reader: _Reader) -> tuple[TangibleSeen, ...]:
    verdicts = {(one.message, one.kind): one for one in drawn.said.verdicts}
    found: list[TangibleSeen] = []
    for one in _theirs(drawn, engagement):
        for tangible in reader.tangibles(one):
            verdict = verdicts.get((one.anchor, tangible.kind.value))
            found.append(TangibleSeen(tangible, one.anchor, one.at, _holds(verdict)))
    for notice in drawn.notices.get(engagement.key, ()):
        for tangible in reader.reported(notice):
            verdict = verdicts.get((notice.anchor, tangible.kind.value))
            found.append(TangibleSeen(tangible, notice.anchor, notice.at, _holds(verdict)))
    return tuple(sorted(found, key=lambda one: (one.at, one.anchor)))


def _holds(verdict: Verdict | None) -> bool | None:
    return None if verdict is None else verdict.holds


# --- reading -----------------------------------------------------------------------------------


class _Reader:
    """Reads messages, each once."""

    def __init__(self, store: EngagementStore, before: ReadBefore) -> None:
        self._store = store
        self._before = before
        self._words: dict[int, MessageWords] = {}

    def prepare(self, messages: Iterable[int]) -> None:
        """Fetches the words of messages that were not read before."""
        missing = [one for one in messages if not self._before.has("tangible", one)]
        self._words |= self._store.words([one for one in missing if one not in self._words])

    def signs(self, one: ExchangeSeen) -> MessageSigns:
        """Returns what a message shows."""
        rows = self._before.get("signs", one.number, lambda: self._read_signs(one))
        signs = tuple(SignFound(Sign(row[0]), row[1], row[2]) for row in rows)
        return MessageSigns(one.anchor, one.at, one.sender, signs)

    def _read_signs(self, one: ExchangeSeen) -> Rows:
        from gonequiet.app.engagement_reading import signs_in

        return signs_in(self._said(one.number), one.at)

    def tangibles(self, one: ExchangeSeen) -> tuple[TangibleFound, ...]:
        """Returns what a message gives that is tangible."""
        rows = self._before.get("tangible", one.number, lambda: self._read_tangible(one))
        return _tangibles_from(rows)

    def _read_tangible(self, one: ExchangeSeen) -> Rows:
        from gonequiet.app.engagement_reading import tangibles_in

        return tangibles_in(self._said(one.number), one.at, is_automatic=False)

    def reported(self, notice: NoticeSeen) -> tuple[TangibleFound, ...]:
        """Returns what an automatic notice reports that is tangible."""

        def read() -> Rows:
            from gonequiet.app.engagement_reading import tangibles_in

            return tangibles_in(notice.said, notice.at, is_automatic=True)

        return _tangibles_from(self._before.get("notice", notice.number, read))

    def _said(self, number: int) -> MessageWords:
        if number not in self._words:
            self._words |= self._store.words([number])
        return self._words[number]


def _tangibles_from(rows: Rows) -> tuple[TangibleFound, ...]:
    return tuple(
        TangibleFound(TangibleKind(kind), Where(where), quote, rule)
        for kind, where, quote, rule in rows
    )

"""Quiet matters that stand alone: in no engagement, or beside the course of theirs.

An engagement goes quiet with its lead, or when nobody in it is heard from any more. What else is
quiet is a matter of its own, with a course drawn from its own silence: what the owner says of it is
kept, as for any engagement, by a Message-ID of its thread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from gonequiet.analysis.course import QuietSpell
from gonequiet.app.courses import Courses, moment_of
from gonequiet.app.engagement_records import ExchangeSeen
from gonequiet.app.engagements import Drawn
from gonequiet.app.settled import is_settled
from gonequiet.app.triage import Triage, TriagedEngagement
from gonequiet.domain.course import Course, CourseState
from gonequiet.domain.engagement import Engagement, key_of


class Concern(NamedTuple):
    """What may need a step.

    Attributes:
        one: an engagement, weighed, and its course; of matters that stand alone, theirs.
        matters: the messages that opened these matters; none where it is the engagement whole.
        besides: messages that opened matters which stand beside the course of the engagement.
        heard_at: when the contact last wrote or spoke, of matters in no engagement.
        is_settled: their answer left nothing to agree on.
    """

    one: TriagedEngagement
    matters: frozenset[int] = frozenset()
    besides: frozenset[int] = frozenset()
    heard_at: int | None = None
    is_settled: bool = False


def find_concerns(drawn: Drawn, triage: Triage, courses: Courses) -> list[Concern]:
    """Returns the engagements of concern, and the quiet matters that stand alone."""
    spells = courses.quiet(drawn.as_of)
    found = list(triage.report(drawn).triaged)
    listed = {one.engagement.key for one in found}
    found += [
        triage.one(drawn, one)  # too short to be listed, and something in it is quiet
        for one in drawn.engagements
        if one.key not in listed and not spells.keys().isdisjoint(one.messages)
    ]
    concerns = [concern for one in found for concern in _with_besides(one, drawn, courses)]
    for alone in draw_alone(drawn, spells):
        heard_at = last_heard(drawn, alone.contacts[0])
        if heard_at is not None:  # nothing speaks for a second letter to whom never answered one
            concerns.append(Concern(triage.one(drawn, alone), heard_at=heard_at))
    return concerns


_GOING_ON: Final = frozenset(
    (CourseState.IN_RHYTHM, CourseState.ANSWERED_NO_PLAN, CourseState.ON_TRACK)
)


def _with_besides(one: TriagedEngagement, drawn: Drawn, courses: Courses) -> Iterator[Concern]:
    """The engagement whole, and while it goes on, what each other contact is silent about."""
    besides = draw_besides(drawn, one.engagement, one.course, courses)
    quiet = courses.quiet(drawn.as_of).keys()
    opened = {one: frozenset(quiet & set(one.messages)) for one in besides}
    settled = is_settled(courses, drawn, one.engagement, one.course)
    yield Concern(one, besides=frozenset().union(*opened.values()), is_settled=settled)
    for matter, numbers in opened.items():
        course = courses.of(drawn, matter)
        yield Concern(replace(one, engagement=matter, course=course), matters=numbers)


def draw_besides(
    drawn: Drawn, engagement: Engagement, course: Course, courses: Courses
) -> tuple[Engagement, ...]:
    """Returns what stands beside an engagement that goes on, one for each contact.

    Each goes by the message that opened it. Beside what is frozen or at rest there is none.
    """
    if course.is_frozen or course.state not in _GOING_ON:
        return ()
    by_contact: dict[int, list[int]] = defaultdict(list)
    for number, spell in courses.besides(drawn, engagement).items():
        by_contact[spell.contact].append(number)
    return tuple(
        _beside(drawn, engagement, contact, opened)
        for contact, opened in by_contact.items()
        if drawn.exchanges[opened[0]].anchor != engagement.anchor
    )


def _beside(drawn: Drawn, engagement: Engagement, contact: int, opened: list[int]) -> Engagement:
    threads = {drawn.exchanges[number].thread for number in opened}
    rows = [
        one
        for one in drawn.of(engagement)
        if one.thread in threads and (contact in one.contacts or one.number in opened)
    ]
    first = drawn.exchanges[opened[0]]
    return engagement._replace(
        key=key_of(first.anchor),
        anchor=first.anchor,
        name=first.subject or "(no subject)",
        is_named=False,
        contacts=(contact,),
        threads=tuple(dict.fromkeys(one.thread for one in rows)),
        messages=tuple(one.number for one in rows),
        first_at=rows[0].at,
        last_at=rows[-1].at,
        beside=engagement.key,
    )


def draw_alone(drawn: Drawn, spells: Mapping[int, QuietSpell]) -> tuple[Engagement, ...]:
    """Returns what is quiet in no engagement as engagements, one for each contact.

    Nothing is drawn of what the owner said is no engagement.
    """
    homes = {number for one in drawn.engagements for number in one.messages}
    threads: dict[int, set[int]] = defaultdict(set)
    for number, spell in spells.items():
        if number in drawn.exchanges and number not in homes | drawn.dismissed:
            threads[spell.contact].add(drawn.exchanges[number].thread)
    found = (_alone(drawn, *each) for each in threads.items() if each[0] in drawn.people)
    return tuple(one for one in found if one.anchor not in drawn.said.dismissed)


def _alone(drawn: Drawn, contact: int, threads: set[int]) -> Engagement:
    rows = sorted(
        (one for one in drawn.exchanges.values() if one.thread in threads),
        key=lambda one: (one.at, one.number),
    )
    anchors = {one.anchor for one in rows}
    names = [name for anchor, name in drawn.said.names if anchor in anchors]
    kinds = [kind for anchor, kind in drawn.said.kinds if anchor in anchors]
    first = rows[0]
    return Engagement(
        key=key_of(first.anchor),
        anchor=first.anchor,
        name=names[-1] if names else first.subject or "(no subject)",
        is_named=bool(names),
        kind=kinds[-1] if kinds else "",
        is_kind_said=bool(kinds),
        organisation=drawn.people[contact].organisation,
        contacts=(contact,),
        threads=tuple(dict.fromkeys(one.thread for one in rows)),
        messages=tuple(one.number for one in rows),
        first_at=first.at,
        last_at=rows[-1].at,
    )


def last_heard(drawn: Drawn, contact: int) -> int | None:
    """Returns when a contact last wrote, or spoke with the owner; None where they never did."""
    seen = (one for one in drawn.exchanges.values() if contact in one.contacts)
    return max((one.at for one in seen if _is_heard(one, contact, drawn.as_of)), default=None)


def _is_heard(one: ExchangeSeen, contact: int, as_of: int) -> bool:
    return one.sender == contact or moment_of(one, as_of).is_met

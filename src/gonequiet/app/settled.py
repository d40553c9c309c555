"""Whether an answer left anything to agree on; where all that was asked came, no plan is needed."""

from __future__ import annotations

from typing import Final

from gonequiet.app.courses import Courses
from gonequiet.app.engagement_records import ExchangeSeen
from gonequiet.app.engagements import Drawn
from gonequiet.domain.course import Course, CourseEvent, CourseState
from gonequiet.domain.engagement import Engagement
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import MessageKind
from gonequiet.domain.response import HANDED_OVER, Sign

_OPENS: Final = frozenset((Sign.QUESTION_BACK, Sign.DATE, Sign.COMMITMENT, Sign.PERSON))
"""Who does one of these goes on with the matter."""


def is_settled(courses: Courses, drawn: Drawn, engagement: Engagement, course: Course) -> bool:
    """Whether the answer an engagement stands at was the end of what had been asked.

    Either the owner thanked for it and asked nothing more, or it brought what was asked for and
    asks nothing back; and no step of either side is open. A yes to something proposed is no end.
    """
    response = _response(drawn, engagement, course)
    if response is None or courses.open_steps(drawn, engagement):
        return False
    found = courses.signs_of(response)
    shown = {one.sign for one in found}
    is_brought = Sign.DOCUMENT in shown or any(one.rule == HANDED_OVER for one in found)
    since = _since(response, drawn, engagement)
    if any(one.direction == Direction.OUTBOUND for one in since):
        is_thanked = not since[-1].expects_answer
        return is_thanked and (is_brought or Sign.AGREEMENT not in shown)
    asks_back = any(one.expects_answer for one in (response, *since))
    return is_brought and not asks_back and not shown & _OPENS


def _response(drawn: Drawn, engagement: Engagement, course: Course) -> ExchangeSeen | None:
    """The letter that took the matter up last; None where they met or spoke, or a plan lapsed."""
    if course.state is not CourseState.ANSWERED_NO_PLAN:
        return None
    after = [one.fact for one in course.changes if one.after is CourseState.ANSWERED_NO_PLAN]
    decisive = [one for one in after if one.event is not CourseEvent.EXCHANGED]
    if not decisive or decisive[-1].event is not CourseEvent.REAFFIRMED:
        return None
    letters = (one for one in drawn.of(engagement) if one.kind == MessageKind.PERSONAL)
    return next((one for one in letters if one.anchor == decisive[-1].evidence), None)


def _since(response: ExchangeSeen, drawn: Drawn, engagement: Engagement) -> list[ExchangeSeen]:
    """What was written after a response in its thread, oldest first."""
    rows = drawn.of(engagement)
    return [one for one in rows if one.thread == response.thread and one.at > response.at]

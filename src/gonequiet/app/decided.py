"""What the owner decided of engagements: how responses read, what was agreed, steps of a course."""

from __future__ import annotations

from datetime import date

from gonequiet.analysis.course import SaidStep
from gonequiet.analysis.noted import number_of
from gonequiet.domain import commitment
from gonequiet.domain.agreed import agreed_in
from gonequiet.domain.course import ActionPlan, CourseEvent, CourseFact, NextStep, Side
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.engagement import told_in
from gonequiet.domain.response import Path

_SIDES = {commitment.Side.MINE: Side.OWNER, commitment.Side.THEIRS: Side.CONTACT}


def paths_said(active: tuple[Edit, ...]) -> dict[str, Path]:
    """Returns the owner's word on responses, by Message-ID; the latest counts."""
    known = {path.value: path for path in Path}
    return {
        one.first: known[one.second]
        for one in active
        if one.verb is EditVerb.PATH and one.second in known
    }


def noted_steps(active: tuple[Edit, ...], anchors: set[str], as_of: int) -> list[SaidStep]:
    """Returns the steps the owner noted of conversations in an engagement."""
    return [
        SaidStep(
            agreed.at,
            _SIDES[one.side],
            one.what,
            one.due_on,
            anchor,
            number_of(agreed),
            is_noted=True,
        )
        for agreed in agreed_in(active)
        if agreed.at <= as_of
        for anchor in [next((one for one in agreed.about if one in anchors), "")]
        if anchor
        for one in agreed.steps
    ]


def owners_facts(
    active: tuple[Edit, ...], anchors: set[str], as_of: int, *, beside: bool = False
) -> list[CourseFact]:
    """Returns what the owner decided of an engagement, by any of its messages.

    Args:
        active: what holds of the journal.
        anchors: Message-IDs of the messages.
        as_of: UTC epoch seconds.
        beside: what was decided of a matter beside an engagement, and not of the engagement.
    """
    found = [
        _decided(edit)
        for edit in active
        if edit.verb is EditVerb.COURSE
        and edit.first in anchors
        and bool(told_in(edit).get("beside")) is beside
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

"""A next step as it was planned, and as it is kept between questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gonequiet.domain.next_step import Step, StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One engagement and its next step.

    Attributes:
        engagement: its short key.
        name: its name.
        organisation: of its people.
        contact: who it is with: the one waited for, else the busiest.
        contact_key: their address.
        handle: by what they go in a command: their name where nobody else goes by it.
        state: where its course stands.
        standing: how serious it is.
        attempts: outreaches since the matter was last taken up.
        cap: how many are enough.
        step: what to do.
        pending: what is open there, with the day it was asked.
        message_ids: of the messages it rests on.
    """

    engagement: str
    name: str
    organisation: str
    contact: str
    contact_key: str
    handle: str
    state: str
    standing: str
    attempts: int
    cap: int
    step: Step
    pending: tuple[tuple[str, date], ...] = ()
    message_ids: tuple[str, ...] = ()


def as_rows(steps: Sequence[PlannedStep]) -> list[list[Any]]:
    """Returns steps as a shelf can hold them."""
    return [
        [
            *(getattr(one, name) for name in _PLAIN),
            one.step,
            [(title, on.isoformat()) for title, on in one.pending],
            one.message_ids,
        ]
        for one in steps
    ]


def from_rows(rows: Sequence[Sequence[Any]]) -> list[PlannedStep]:
    """Returns the steps a shelf held."""
    found = []
    for *plain, (kind, says, why, not_before, form), pending, message_ids in rows:
        step = Step(StepKind(kind), says, tuple(why), not_before, form)
        found.append(
            PlannedStep(
                **dict(zip(_PLAIN, plain, strict=True)),
                step=step,
                pending=tuple((title, date.fromisoformat(on)) for title, on in pending),
                message_ids=tuple(message_ids),
            )
        )
    return found


_PLAIN = tuple(
    one.name for one in fields(PlannedStep) if one.name not in ("step", "pending", "message_ids")
)

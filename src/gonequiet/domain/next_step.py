"""The next decent step of an engagement: what it is, why, and when."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class StepKind(StrEnum):
    """What the next step is."""

    DO = "do"  # a step that was agreed is due
    ASK = "ask"  # a step they agreed to is past its day
    AGREE = "agree"  # they answered; agree on dated steps
    RAISE = "raise"  # bring it up at a meeting that is planned
    MEET = "meet"  # invite to meet
    CALL = "call"
    WRITE = "write"
    CATCH_UP = "catch up"  # suggest, never demand
    CLOSE = "close"  # a polite end
    TOUCH = "touch"  # keep warm: asks for nothing
    WAIT = "wait"
    REST = "rest"  # nothing is to be done


class Step(NamedTuple):
    """One next step, with its reasons.

    Attributes:
        kind: what to do.
        says: in one line.
        why: the reasons, each a sentence.
        not_before: the first good moment, UTC epoch seconds; None for any time.
        form: which draft goes with it, "" for none.
    """

    kind: StepKind
    says: str
    why: tuple[str, ...]
    not_before: int | None = None
    form: str = ""

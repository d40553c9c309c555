"""What the reply model believes about open waits, as the use cases need it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from gonequiet.app.records import WaitColumns

ABOUT_WORDS = ("you wrote a ", "you wrote about ", "your message asked nothing")
"""How reasons begin that speak of written words; a call has none."""
ABOUT_A_MESSAGE = (*ABOUT_WORDS, "your message ", "you asked a ", "you requested ", "written on a ")
"""How reasons begin that speak of a message of the owner's; a promise of theirs has none."""


class Reason(NamedTuple):
    """One contribution to a reply probability.

    Attributes:
        text: in words, the situation and which way it points.
        weight: signed, in log odds.
    """

    text: str
    weight: float


class Belief(NamedTuple):
    """How likely a response still is.

    Attributes:
        probability: that it comes within the horizon, given the silence so far.
        interval_90: between these it lies with 90 % certainty.
        reasons: the strongest contributions, strongest first.
        quiet_after_seconds: how long the silence has to be, counted, for the probability to be
            below the threshold if nothing else happens; None when it cannot be foreseen.
        at_first: that a response comes within the horizon, as it was when the owner first wrote.
    """

    probability: float
    interval_90: tuple[float, float]
    reasons: tuple[Reason, ...]
    quiet_after_seconds: float | None
    at_first: float


class Question(NamedTuple):
    """One open wait to judge.

    Attributes:
        messages: the episode's outbound messages, the latest first; the wait counts from the
            first of them that was addressed to the contact directly.
        contact: to whom.
        counted_seconds: how long it has waited, the contact's holidays and absences left out.
    """

    messages: tuple[int, ...]
    contact: int
    counted_seconds: int


class ArrivalRecords(Protocol):
    """What contacts wrote to the owner: contact and moment of each message, as two columns."""

    def inbound(self) -> tuple[list[int], list[int]]:
        """Returns contact and moment of every message a contact wrote to the owner."""

    def inbound_near(self, contacts: Sequence[int], since: int) -> tuple[list[int], list[int]]:
        """Returns those of some contacts, and those of anybody since a moment."""


class ReplyBeliefs(Protocol):
    """The reply model, ready for the owner's own records."""

    def believe(
        self,
        waits: WaitColumns,
        arrivals: ArrivalRecords,
        questions: Sequence[Question],
        *,
        as_of: int,
        horizon_days: int,
        threshold: float,
    ) -> list[Belief]:
        """Returns a belief for each question, in order, from what was known at `as_of`."""

"""A call, as one channel's records know it."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gonequiet.domain.detail import as_text, from_text, number_of, text_of


class CallOutcome(StrEnum):
    """What came of a call."""

    ANSWERED = "answered"
    MISSED = "missed"  # nobody took it: theirs by the owner, the owner's by them
    REJECTED = "rejected"
    VOICEMAIL = "voicemail"
    UNKNOWN = "unknown"  # the records do not say


class Call(NamedTuple):
    """What is known of one call beyond who, when and which way.

    Attributes:
        outcome: what came of it.
        duration_seconds: how long was spoken, None when not stated.
    """

    outcome: CallOutcome
    duration_seconds: int | None = None

    @property
    def was_spoken(self) -> bool:
        """Whether the two spoke: a call counts as answered only where the records show it."""
        return self.outcome is CallOutcome.ANSWERED

    def as_text(self) -> str:
        """Returns it for the store."""
        return _as_text(self.outcome, self.duration_seconds)


@lru_cache(maxsize=4_096)
def _as_text(outcome: CallOutcome, seconds: int | None) -> str:
    return as_text({"outcome": outcome.value, "seconds": seconds})


@lru_cache(maxsize=4_096)
def call_from(text: str) -> Call:
    """Returns a call from what the store keeps; an unreadable one has an unknown outcome."""
    values = from_text(text)
    said = text_of(values, "outcome")
    known = said in CallOutcome.__members__.values()
    outcome = CallOutcome(said) if known else CallOutcome.UNKNOWN
    return Call(outcome, number_of(values, "seconds"))

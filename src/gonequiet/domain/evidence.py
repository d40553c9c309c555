"""Evidence: a span of a record, the rule that read it, and what it weighs.

Evidence speaks for commitment or for ambivalence in a matter, never of a person. Each piece has an
id made of what was written and of the rule, so that the owner's word on it outlives every import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from gonequiet.domain.digests import text_digest
from gonequiet.domain.edit import Edit, EditVerb, active_edits


class EvidenceKind(StrEnum):
    """What a piece of evidence shows."""

    PROMISE_KEPT = "promise_kept"
    DATE_PROPOSED = "date_proposed"
    MEETING_HELD = "meeting_held"
    BROUGHT_IN = "brought_in"
    SIGNED = "signed"
    EFFORT = "effort"
    EFFORT_MATCHED = "effort_matched"
    ANSWERED = "answered"
    HEDGE = "hedge"
    DEFERRAL = "deferral"
    RESCHEDULED = "rescheduled"
    QUESTION_UNANSWERED = "question_unanswered"
    PROMISE_LAPSED = "promise_lapsed"
    SHRINKING = "shrinking"
    SLOWING = "slowing"
    FEWER_PEOPLE = "fewer_people"


FOR_COMMITMENT: Final = frozenset(
    (
        EvidenceKind.PROMISE_KEPT,
        EvidenceKind.DATE_PROPOSED,
        EvidenceKind.MEETING_HELD,
        EvidenceKind.BROUGHT_IN,
        EvidenceKind.SIGNED,
        EvidenceKind.EFFORT,
        EvidenceKind.EFFORT_MATCHED,
        EvidenceKind.ANSWERED,
    )
)
"""Kinds that speak for commitment; all others speak for ambivalence."""


class Evidence(NamedTuple):
    """One piece of evidence.

    Attributes:
        key: the id the owner can name it by.
        kind: what it shows.
        at: UTC epoch seconds.
        message: number of the message it stands in.
        message_id: that message's Message-ID, "" when it has none.
        quote: the words it stands on, or what was counted.
        start: index of the quote in the message's new words; -1 when it stands elsewhere.
        stop: index after it.
        rule: the rule that read it.
        weight: strength, 1.0 for a plain sign; always positive, `kind` says which way.
        because: why the owner overruled it, "" when no reason was given.
        is_overruled: the owner said that it does not count.
    """

    key: str
    kind: EvidenceKind
    at: int
    message: int
    message_id: str
    quote: str
    start: int
    stop: int
    rule: str
    weight: float
    because: str = ""
    is_overruled: bool = False

    @property
    def speaks_for(self) -> bool:
        """Whether it speaks for commitment."""
        return self.kind in FOR_COMMITMENT


_MESSAGE_DIGITS: Final = 8
_WORDS_DIGITS: Final = 6
KEY_CHARS: Final = _MESSAGE_DIGITS + _WORDS_DIGITS


def evidence_key(content_digest: int, quote: str, rule: str) -> str:
    """Returns an id: eight digits of the message's content, six of the words and the rule."""
    folded = " ".join(quote.casefold().split())
    words = text_digest(f"{rule}|{folded}") & (2**64 - 1)
    return (
        f"{content_digest & (2**64 - 1):016x}"[:_MESSAGE_DIGITS] + f"{words:016x}"[:_WORDS_DIGITS]
    )


def digest_range(key: str) -> tuple[int, int] | None:
    """Returns between which content digests the message of an id lies; None for no such id."""
    given = key.strip().lower()
    if len(given) != KEY_CHARS or any(one not in "0123456789abcdef" for one in given):
        return None
    spread = 1 << 4 * (16 - _MESSAGE_DIGITS)
    low = int(given[:_MESSAGE_DIGITS], 16) * spread
    if low >= 1 << 63:
        low -= 1 << 64
    return low, low + spread - 1


def overruled(journal: Iterable[Edit]) -> dict[str, str]:
    """Returns the ids the owner overruled and still holds overruled, with the reasons given."""
    return {
        edit.first: edit.second for edit in active_edits(journal) if edit.verb is EditVerb.OVERRULE
    }


def with_overrules(found: Evidence, said: Mapping[str, str]) -> Evidence:
    """Returns a piece of evidence with what the owner said of it."""
    if found.key not in said:
        return found
    return found._replace(is_overruled=True, because=said[found.key])

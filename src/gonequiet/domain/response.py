"""A response after a silence, and the path it opens."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Path(StrEnum):
    """What a response means for the matter that waited."""

    REAFFIRMED = "reaffirmed"  # it takes the matter up: an answer, a date, something brought
    DETACHED = "detached"  # friendly, and without the matter: it was let go
    AVOIDANT = "avoidant"  # about the matter, and neither an answer nor a date
    NONE = "none"  # it is about something else


class Sign(StrEnum):
    """What a span of a response shows."""

    ANSWER = "answer"
    DATE = "date"
    COMMITMENT = "commitment"
    AGREEMENT = "agreement"
    QUESTION_BACK = "question back"
    DOCUMENT = "document"
    PERSON = "person brought in"
    REFUSAL = "refusal"
    DEFERRAL = "deferral"
    HEDGE = "hedge"
    WARMTH = "warmth"


HANDED_OVER = "here_it_is"
"""The rule that reads words by which something is handed over ("enclosed", "here it is")."""

DEEDS = frozenset(
    (
        Sign.ANSWER,
        Sign.DATE,
        Sign.COMMITMENT,
        Sign.AGREEMENT,
        Sign.QUESTION_BACK,
        Sign.DOCUMENT,
        Sign.PERSON,
    )
)
"""Signs that carry the matter on."""


class SignFound(NamedTuple):
    """One piece of evidence.

    Attributes:
        sign: what it shows.
        quote: the words, or the name of the document.
        rule: the rule that read it.
        start: index of the first character in the new words; -1 when it stands elsewhere.
        stop: index after the last.
    """

    sign: Sign
    quote: str
    rule: str
    start: int = -1
    stop: int = -1


class ResponseRead(NamedTuple):
    """A response, read.

    Attributes:
        path: where it leads.
        because: why, in a sentence.
        evidence: what was found, in order of place.
    """

    path: Path
    because: str
    evidence: tuple[SignFound, ...]


WHAT_FOLLOWS = {
    Path.REAFFIRMED: "Agree on an action plan: one dated step for each side that owes something.",
    Path.DETACHED: "Take it kindly. Suggest a catch-up some day, and ask for nothing.",
    Path.AVOIDANT: "No answer and no date: do not press. A closing note would be the graceful end.",
    Path.NONE: "Nothing in it was seen to take the matter up: what waited may still wait.",
}
"""The next decent step after each path, in a sentence."""

"""The common currency of the reply model: waits as columns.

One row per outbound message and contact. Whatever the records are (the owner's own mail, a table
of somebody else's), they become this value, and nothing in the model knows where it came from.
Moments are UTC epoch seconds, spans are seconds, and what has not happened is infinite.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from gonequiet.stats.arrays import NEVER, Flags, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Everything the contacts wrote to the owners.

    Attributes:
        owner: to whom.
        contact: from whom.
        received_at: when.
    """

    owner: Ints
    contact: Ints
    received_at: Floats

    def known_at(self, moment: float) -> Arrivals:
        """What had arrived by a moment."""
        keep = self.received_at <= moment
        return Arrivals(
            owner=self.owner[keep],
            contact=self.contact[keep],
            received_at=self.received_at[keep],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Everything the contacts wrote to anyone: what a whole team would see.

    Attributes:
        contact: who wrote.
        sent_at: when.
    """

    contact: Ints
    sent_at: Floats

    def known_at(self, moment: float) -> Activity:
        """What had been written by a moment."""
        keep = self.sent_at <= moment
        return Activity(contact=self.contact[keep], sent_at=self.sent_at[keep])


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Waits for replies, with what the contacts wrote meanwhile.

    Attributes:
        message: which message; rows of one message have one number.
        owner: who waits.
        contact: who is waited for.
        sent_at: when the wait began.
        observed_until: to when the records reach.
        n_to: people in To.
        n_cc: people in Cc.
        is_reply: the message answers another.
        is_forward: the message passes another on.
        asks_question: its new words ask something.
        has_request: its new words request or propose something.
        new_text_chars: length of its new words.
        replied_after: seconds to the response; infinite when there was none.
        answered_by_other_after: seconds to somebody else's answer in the thread.
        covered: the owner's records are complete for this wait.
        arrivals: everything inbound.
        activity: what a team sees of the contacts, or None.
        withdrawn_after: seconds to the moment the owner took the question back, unanswered so far;
            infinite where that never was, None where nothing is known of it. From then on the wait
            is not covered: it ended another way, and teaches nothing of answers.
    """

    message: Ints
    owner: Ints
    contact: Ints
    sent_at: Floats
    observed_until: Floats
    n_to: Floats
    n_cc: Floats
    is_reply: Flags
    is_forward: Flags
    asks_question: Flags
    has_request: Flags
    new_text_chars: Floats
    replied_after: Floats
    answered_by_other_after: Floats
    covered: Flags
    arrivals: Arrivals
    activity: Activity | None = None
    withdrawn_after: Floats | None = None

    def __len__(self) -> int:
        return len(self.sent_at)

    def take(self, rows: Ints | Flags) -> Self:
        """Some of the waits; what arrived stays whole."""
        columns = {name: getattr(self, name)[rows] for name in COLUMNS}
        withdrawn = None if self.withdrawn_after is None else self.withdrawn_after[rows]
        return replace(self, **columns, withdrawn_after=withdrawn)

    def known_at(self, moment: float) -> Self:
        """The same records as they stood at a moment: nothing after it exists."""
        begun = self.take(self.sent_at <= moment)
        room = moment - begun.sent_at
        stands = True if begun.withdrawn_after is None else begun.withdrawn_after > room
        return replace(
            begun,
            covered=begun.covered & stands,
            observed_until=np.minimum(begun.observed_until, moment),
            replied_after=_known(begun.replied_after, room),
            answered_by_other_after=_known(begun.answered_by_other_after, room),
            arrivals=self.arrivals.known_at(moment),
            activity=None if self.activity is None else self.activity.known_at(moment),
        )


COLUMNS = (
    "message",
    "owner",
    "contact",
    "sent_at",
    "observed_until",
    "n_to",
    "n_cc",
    "is_reply",
    "is_forward",
    "asks_question",
    "has_request",
    "new_text_chars",
    "replied_after",
    "answered_by_other_after",
    "covered",
)


def _known(span: Floats, room: Floats) -> Floats:
    """A span to something, infinite when it happened after the room left for it."""
    return np.where(span <= room, span, NEVER)

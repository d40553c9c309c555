"""An interaction: any one exchange with a contact, either way, on any channel."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from gonequiet.domain.message import Channel


class Direction(StrEnum):
    """Which way a message went, seen from the owner."""

    OUTBOUND = "outbound"  # the owner wrote it
    INBOUND = "inbound"  # it was written to the owner
    OBSERVED = "observed"  # neither: between others


class Interaction(NamedTuple):
    """One message, as it stands in the timeline of one contact.

    A message to three contacts is three interactions. A bounce that names an address of the
    contact is an inbound interaction of kind "bounce".

    Attributes:
        message: the message's key.
        thread: key of its thread.
        parent: the message it answers, None when not known.
        at: UTC epoch seconds, None when unknown.
        direction: a `Direction`.
        kind: a `MessageKind`.
        is_direct: outbound: the contact stands in To; inbound: the owner stands in To or Cc.
        n_to: addresses in To.
        n_cc: addresses in Cc.
        is_reply: its subject or headers say it is a reply.
        is_forward: its subject says it is a forward.
        asks_question: its new words ask something.
        has_request: its new words request, propose or invite.
        new_text_chars: length of its new words.
        expects_answer: whether it may call for an answer.
        return_on: ISO date of the return an out-of-office states, "" when it states none.
        channel: a `Channel`.
        is_exchange: both sides had their say (a call that was taken, a meeting that was held): it
            answers what was open, whoever began it, and opens nothing.
        asks_several: it may ask more than one thing.
        withdraws: by the owner's word in it, what was asked before in the thread is over.
    """

    message: int
    thread: int
    parent: int | None
    at: int | None
    direction: str
    kind: str
    is_direct: bool
    n_to: int
    n_cc: int
    is_reply: bool
    is_forward: bool
    asks_question: bool
    has_request: bool
    new_text_chars: int
    expects_answer: bool
    return_on: str
    channel: str = Channel.MAIL.value
    is_exchange: bool = False
    asks_several: bool = False
    withdraws: bool = False

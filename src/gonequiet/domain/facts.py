"""Yes-or-no facts of a message, packed into one number for the store."""

from __future__ import annotations

from enum import IntFlag

from gonequiet.domain.message import ParsedMessage


class Fact(IntFlag):
    """One yes-or-no fact; the number is what the store keeps."""

    HAS_RECEIVED = 1
    UNCERTAIN_SENDER = 2
    ASKS_QUESTION = 4
    HAS_REQUEST = 8
    EXPECTS_ANSWER = 16
    IS_REPLY = 32
    IS_FORWARD = 64
    ASKS_SEVERAL = 128
    IS_TO_MANY = 256


def facts_of(message: ParsedMessage, *, is_reply: bool, is_forward: bool) -> int:
    """Returns the facts of a message as one number.

    Args:
        message: as it was read.
        is_reply: its subject is marked as a reply; naming a parent counts as well.
        is_forward: its subject is marked as a forward.
    """
    return (
        message.has_received
        | message.uncertain_sender << 1
        | message.asks_question << 2
        | message.has_request << 3
        | message.expects_answer << 4
        | (is_reply or bool(message.in_reply_to)) << 5
        | is_forward << 6
        | message.asks_several << 7
        | message.is_to_many << 8
    )

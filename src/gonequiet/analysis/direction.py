"""Which way a message went, from its sender and from where its copies lie.

A From line can be written by anybody. That a message is the owner's own is believed when a copy
lies in a Sent folder, when it never passed a server on its way in, or when there is nothing to
hold against it: a source that keeps no Sent folder, or a post that came back from a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import MessageKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


class CopyFacts(NamedTuple):
    """Where one copy of a message lies.

    Attributes:
        is_in_sent: in a Sent folder, or under a Sent label.
        source_has_sent: its source keeps a Sent folder at all.
        has_received: the copy carries Received headers: it arrived.
    """

    is_in_sent: bool
    source_has_sent: bool
    has_received: bool


class MessageDirection(NamedTuple):
    """Which way a message went.

    Attributes:
        direction: outbound, inbound or observed.
        claims_to_be_owner: its From names the owner, and nothing else supports that.
    """

    direction: Direction
    claims_to_be_owner: bool


def find_direction(
    *,
    sender: str,
    people: Collection[str],
    copies: Sequence[CopyFacts],
    kind: str,
    owner: Collection[str],
    is_uncertain: bool,
) -> MessageDirection:
    """Says which way a message went.

    Args:
        sender: address of From.
        people: addresses of To, Cc and Bcc.
        copies: every copy of the message.
        kind: a `MessageKind`.
        owner: the owner's addresses.
        is_uncertain: two readers disagree on the sender.

    Returns:
        Outbound for the owner's own; inbound for what somebody else addressed to the owner, or
        what came to the owner's mailbox without saying so (Bcc, an alias); observed for mail
        between others: on a list, or in a Sent folder that several people use.
    """
    is_from_owner = sender in owner
    if is_from_owner and not is_uncertain and _is_own(copies, kind):
        return MessageDirection(Direction.OUTBOUND, claims_to_be_owner=False)
    is_addressed = any(person in owner for person in people)
    if is_addressed or (kind != MessageKind.LIST and _lies_in_mailbox(copies)):
        return MessageDirection(Direction.INBOUND, claims_to_be_owner=is_from_owner)
    return MessageDirection(Direction.OBSERVED, claims_to_be_owner=is_from_owner)


def _is_own(copies: Sequence[CopyFacts], kind: str) -> bool:
    """Whether what is known of the copies supports that the owner wrote it."""
    if kind == MessageKind.LIST or any(copy.is_in_sent for copy in copies):
        return True
    return any(not copy.has_received or not copy.source_has_sent for copy in copies)


def _lies_in_mailbox(copies: Sequence[CopyFacts]) -> bool:
    """Whether some copy lies where the owner's mail arrives."""
    return any(not copy.is_in_sent for copy in copies)

"""Whether two records are the same message.

The same message lies in several folders, under several labels, in an archive and in an export;
each copy may have its own Message-ID (some exports make one up per copy), and its moment may be
off by whole hours, where a program took local time for UTC. Two copies therefore agree in

- Message-ID and sender, and in the content or at least the subject (lists add footers); or
- sender, subject and content (`content_digest` covers all three), at moments that differ by at
  most `SAME_MOMENT_SECONDS`, or by whole or half hours up to `CLOCK_SHIFT_HOURS`.

One Message-ID on different subjects or senders is a collision: both are kept, and a problem said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gonequiet.domain.reach import alike

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME_MOMENT_SECONDS: Final = 120
CLOCK_SHIFT_HOURS: Final = 14
HALF_HOUR: Final = 1_800
SHIFT_SLACK_SECONDS: Final = 60  # some exports cut the seconds off


class CopyHead(NamedTuple):
    """What comparing needs of one message.

    Attributes:
        message: the message's key.
        message_id: "" when it has none.
        sender: address of From.
        subject_key: as `domain.thread.subject_key` gives it.
        content_digest: of sender, subject and all words, 0 when there are none.
        sent_at: UTC epoch seconds, None when unknown.
    """

    message: int
    message_id: str
    sender: str
    subject_key: str
    content_digest: int
    sent_at: int | None


class CopyKeys(NamedTuple):
    """Keys to look candidates up by; an empty or zero key finds nobody."""

    message_id: str
    content_digest: int


class CopyVerdict(NamedTuple):
    """What a new record is.

    Attributes:
        copy_of: the message it is a copy of, None for a new message.
        is_collision: another message bears its Message-ID.
    """

    copy_of: int | None
    is_collision: bool


NEW: Final = CopyVerdict(None, is_collision=False)
COLLISION: Final = CopyVerdict(None, is_collision=True)


def copy_keys(head: CopyHead) -> CopyKeys:
    """The keys under which copies of a message are found."""
    return CopyKeys(head.message_id, head.content_digest)


def judge_copy(head: CopyHead, candidates: Sequence[CopyHead]) -> CopyVerdict:
    """Says whether a new record is a copy of a message we have.

    Args:
        head: the new record.
        candidates: messages that share a key with it, in any order.

    Returns:
        The smallest message it is a copy of, by id before content.
    """
    if not candidates:
        return NEW
    same_id = [one for one in candidates if head.message_id and one.message_id == head.message_id]
    copies = [one.message for one in same_id if _is_same_letter(head, one)]
    copies = copies or [one.message for one in candidates if _is_same_content(head, one)]
    if copies:
        return CopyVerdict(min(copies), is_collision=False)
    return COLLISION if same_id else NEW


def _is_same_letter(head: CopyHead, other: CopyHead) -> bool:
    """Whether two records of one Message-ID are one message."""
    if head.content_digest and head.content_digest == other.content_digest:
        return True
    return head.sender == other.sender and head.subject_key == other.subject_key


def _is_same_content(head: CopyHead, other: CopyHead) -> bool:
    """Whether two records say the same at the same moment, as clocks go."""
    if not head.content_digest or head.content_digest != other.content_digest:
        return False
    return alike(head.sender) == alike(other.sender) and is_same_moment(head.sent_at, other.sent_at)


def is_same_moment(left: int | None, right: int | None) -> bool:
    """Whether two moments may be one, read by clocks that are whole or half hours apart."""
    if left is None or right is None:
        return left == right
    apart = abs(left - right)
    if apart <= SAME_MOMENT_SECONDS:
        return True
    beside = (apart + SHIFT_SLACK_SECONDS) % HALF_HOUR
    return apart <= CLOCK_SHIFT_HOURS * 3600 and beside <= 2 * SHIFT_SLACK_SECONDS

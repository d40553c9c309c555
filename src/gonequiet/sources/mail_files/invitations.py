"""Meetings beside the mails that carry them; nothing is looked for in a mail without a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gonequiet.app.packing import ROLE_NUMBER, pack
from gonequiet.app.ports import PackedRecord
from gonequiet.domain.message import Role
from gonequiet.domain.provenance import RecordProblem

if TYPE_CHECKING:
    from gonequiet.formats.record_file import ReadOptions

_ATTACHMENTS = 13
"""Where the columns of a message hold names and types of what hangs on it."""


_AUTHORS = frozenset(ROLE_NUMBER[role] for role in (Role.FROM, Role.SENDER, Role.REPLY_TO))


def carries_calendar(record: PackedRecord) -> bool:
    """Whether a mail holds something of the type of a calendar."""
    attached = record.message.row[_ATTACHMENTS]
    return bool(attached) and ("/calendar" in str(attached) or "/ics" in str(attached))


def meetings_beside(
    record: PackedRecord, raw: bytes, options: ReadOptions
) -> Iterator[PackedRecord | RecordProblem]:
    """Yields the meetings that a mail carries, as records beside it.

    Args:
        record: the mail as read.
        raw: its bytes.
        options: what a calendar does not tell itself.
    """
    from gonequiet.formats.mail_meetings import meetings_in

    who = frozenset(address for role, address, _ in record.message.participants if role in _AUTHORS)
    for found in meetings_in(raw, options, sent_at=record.message.sent_at, authors=who):
        position = f"{record.position} meeting {found.position}"
        if isinstance(found, RecordProblem):
            yield replace(found, position=position)
        else:
            message = found.message
            packed = pack(message)
            yield PackedRecord(position, record.labels, packed, message.problems, False)

"""Which mails say the same, so that one of them is read for all.

Mailboxes hold the same message in several folders, and some exports give every copy an id of its
own, and fields that only say where it lay. Whatever else is equal, all that is read of it is.
"""

from __future__ import annotations

from hashlib import blake2b

from gonequiet.domain.message import MessageKind, ParsedMessage, SentAtFrom
from gonequiet.formats.letterhead import MAX_SUBJECT_FIELD, is_plain_sender, read_message_id
from gonequiet.formats.mime import Unread

# A message with any other field is read anew, as is one whose labels are kept.
_PLAIN_FIELDS = frozenset(
    {
        "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id",
        "in-reply-to", "references", "received", "mime-version", "content-type",
        "content-transfer-encoding", "content-disposition", "user-agent", "importance",
        "x-from", "x-to", "x-cc", "x-bcc",
    }
)  # fmt: skip
_ID = "message-id"
_WORTH_KEEPING = 16  # bytes of a body
_MOST_KEPT = 65_536
# Of the others the raw header section is looked at, beyond its fields.
_OF_ITS_FIELDS = frozenset({MessageKind.PERSONAL, MessageKind.LIST, MessageKind.CALENDAR})


def copy_key(unread: Unread) -> bytes:
    """Returns a digest of all a mail says but its id, b"" where it is better read anew."""
    mail, raw, headers, _, _ = unread
    fields, at, is_odd, _ = headers
    if is_odd or at >= MAX_SUBJECT_FIELD or mail.size > len(mail.content):
        return b""
    if not _WORTH_KEEPING <= len(raw) - at <= _MOST_KEPT or not fields.keys() <= _PLAIN_FIELDS:
        return b""
    senders = fields.get("from", ())
    if len(senders) != 1 or not is_plain_sender(senders[0]):
        return b""  # other programs are asked who wrote it, and they see the whole record
    told: list[str] = []
    for name, values in fields.items():
        if name != _ID:
            told.append(f"{name}\n")  # no value holds a line end: nothing else looks like a name
            told += values
    whole = blake2b("\0".join(told).encode("utf-8", "surrogatepass"), digest_size=16)
    whole.update(b"\0")
    whole.update(memoryview(raw)[at:])
    return whole.digest()


def own_id(unread: Unread) -> str:
    """Returns the Message-ID of a copy, "" without one."""
    return read_message_id(unread.headers.first(_ID))


def speaks_for_copies(message: ParsedMessage) -> bool:
    """Whether what was read of a mail rests on nothing but what its key is made of."""
    return message.kind in _OF_ITS_FIELDS and message.sent_at_from is SentAtFrom.DATE

"""A message as read from one record, before anybody is recognised in it.

A call, a text, a meeting and an address card are read into the same shape as mail, so that
copies, cursors, people, search, export and repair are one thing for every channel. What only one
channel knows (how long a call took, who accepted) stands in `detail`, as a value of
`domain.meeting`, `domain.call` or `domain.card` turned into text.

These are named tuples of built-in types, not dataclasses: hundreds of thousands of them cross
from the reading processes to the writer, and pickling a slotted frozen dataclass costs ten times
as much. They are as frozen.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class MessageKind(StrEnum):
    """What sort of message this is; only a person's own message can open or answer a wait."""

    PERSONAL = "personal"
    LIST = "list"  # RFC 2369 List-* headers and what stands for them
    AUTOMATIC = "automatic"  # RFC 3834: not written by a person now (receipts, notifications)
    OUT_OF_OFFICE = "out_of_office"
    BOUNCE = "bounce"  # RFC 3464 delivery failure
    CALENDAR = "calendar"  # mail: invitation, answer to one, cancellation
    CALL = "call"
    MEETING = "meeting"
    CARD = "card"  # who somebody is and how to reach them; no exchange


class Channel(StrEnum):
    """What an interaction went through."""

    MAIL = "mail"
    CALL = "call"
    TEXT = "text"  # SMS, MMS
    CHAT = "chat"  # WhatsApp and alike
    NETWORK = "network"  # LinkedIn and alike
    MEETING = "meeting"
    CARD = "card"


class SentAtFrom(StrEnum):
    """Which header or line the moment of sending was taken from."""

    DATE = "date"
    RECEIVED = "received"
    MBOX_LINE = "mbox_line"
    NOWHERE = "nowhere"


class Role(StrEnum):
    """The header field a participant was named in (RFC 5322)."""

    FROM = "from"
    SENDER = "sender"
    REPLY_TO = "reply_to"
    TO = "to"
    CC = "cc"
    BCC = "bcc"


class Participant(NamedTuple):
    """One address in one header field.

    Attributes:
        role: the header field.
        name: the display name, decoded, one line, "" when there is none.
        address: lower case; "" when the field named somebody without an address.
    """

    role: Role
    name: str
    address: str


class Attachment(NamedTuple):
    """One attached part; its bytes are never loaded.

    Attributes:
        name: decoded file name, never used as a path; "" when there is none.
        media_type: as declared, lower case, "application/octet-stream" when missing.
        size: decoded size in bytes, estimated from the encoded length.
    """

    name: str
    media_type: str
    size: int


class ParsedMessage(NamedTuple):
    """One message, read and cut, as its own bytes say; who is who comes later.

    Attributes:
        message_id: without angle brackets, "" when absent or malformed.
        in_reply_to: ids without angle brackets, in order.
        references: ids without angle brackets, oldest first, at most 100.
        participants: every address of From, Sender, Reply-To, To, Cc, Bcc; at most 10,000.
        sent_at: UTC epoch seconds, or None when no usable date was found anywhere.
        sent_at_from: which source of the fallback chain gave `sent_at`.
        utc_offset_minutes: the sender's own offset, None when unknown or "-0000".
        subject: decoded, one line, control characters removed.
        new_text: the words written for this message: no quotes, forwards, signature or footer.
        signature: the signature block, "" when none.
        forwarded: forwarded text, "" when none.
        quoted_digest: eight bytes (as int) of the first quoted words, 0 when nothing is quoted;
            equal to `opening_digest` of the message that was quoted.
        opening_digest: the same digest of this message's own first words, 0 when it has none.
        attachments: names, types, sizes.
        kind: personal, list, automatic, out of office, bounce, calendar.
        list_id: RFC 2919 list id or the list's post address, "" when not list mail.
        return_on: ISO date of the stated return for an out-of-office, "" when not stated.
        failed_addresses: addresses a bounce says could not be reached.
        labels: Gmail labels found in X-Gmail-Labels, else empty.
        has_received: the record carries Received headers: it arrived here, so a From that names
            the owner may be somebody pretending.
        uncertain_sender: True when two readers disagree on the sender, or there are several.
        asks_question: the new words ask something.
        has_request: the new words request, propose or invite.
        expects_answer: whether, by simple rules, the message may call for an answer.
        content_digest: eight bytes (as int) of sender, subject and all body words, white space
            folded: equal for copies of the same message under different ids.
        size: bytes of the raw record.
        problems: sentences on what was missing or cut, empty when all was read.
        channel: what it went through.
        states: the direction the record itself states, "" where it follows from the people.
        detail: what only this channel knows, as text; "" for mail.
        asks_several: the new words may ask more than one thing.
        is_to_many: small print below the new words says that it was sent to many.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    participants: tuple[Participant, ...]
    sent_at: int | None
    sent_at_from: SentAtFrom
    utc_offset_minutes: int | None
    subject: str
    new_text: str
    signature: str
    forwarded: str
    quoted_digest: int
    opening_digest: int
    attachments: tuple[Attachment, ...]
    kind: MessageKind
    list_id: str
    return_on: str
    failed_addresses: tuple[str, ...]
    labels: tuple[str, ...]
    has_received: bool
    uncertain_sender: bool
    asks_question: bool
    has_request: bool
    expects_answer: bool
    content_digest: int
    size: int
    problems: tuple[str, ...]
    channel: Channel = Channel.MAIL
    states: str = ""
    detail: str = ""
    asks_several: bool = False
    is_to_many: bool = False

"""Makes a parsed message ready for the store, in the process that read it.

The writer is the bottleneck of an import, so everything that does not need the database is done
here: digests, joined strings, the normalised subject.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final, NamedTuple

from gonequiet.domain.digests import digest_of, text_digest
from gonequiet.domain.facts import facts_of
from gonequiet.domain.message import Channel, MessageKind, ParsedMessage, Role, SentAtFrom
from gonequiet.domain.thread import subject_key

ROLES = tuple(Role)
ROLE_NUMBER = {role: number for number, role in enumerate(ROLES)}
FROM = ROLE_NUMBER[Role.FROM]
IN_REPLY_TO, REFERENCES = 0, 1


# The value of a member by itself: asking the member for it takes ten times as long.
_PLAIN: Final[dict[str, str]] = {
    str(member): member.value for kind in (Channel, MessageKind, SentAtFrom) for member in kind
}
MAIL: Final = (Channel.MAIL.value, "", "")


class PackedMessage(NamedTuple):
    """A message as the store keeps it, before it has a number.

    Attributes:
        row: the columns of `message` from `message_id` to `size`, in the order of the schema.
        texts: subject, new text, forwarded text, signature.
        participants: role number, address, name.
        references: kind (In-Reply-To or References) and digest of the id, oldest first.
        digest: over all of the above; 0 while nobody needed it, as of a copy.
        channel: the columns `channel`, `states` and `detail`.
    """

    row: tuple[object, ...]
    texts: tuple[str, str, str, str]
    participants: tuple[tuple[int, str, str], ...]
    references: tuple[tuple[int, int], ...]
    digest: int
    channel: tuple[str, str, str] = MAIL

    @property
    def id_digest(self) -> int:
        """Digest of the Message-ID, 0 without one."""
        return self._number(1)

    @property
    def content_digest(self) -> int:
        """Equal for copies of the same message under different ids."""
        return self._number(2)

    @property
    def subject_digest(self) -> int:
        """Digest of the subject without its reply and list markers, 0 for an empty one."""
        return self._number(6)

    @property
    def sent_at(self) -> int | None:
        """Moment of sending, None when unknown."""
        return None if self.row[3] is None else self._number(3)

    def _number(self, column: int) -> int:
        value = self.row[column]
        assert isinstance(value, int)
        return value


def pack(message: ParsedMessage) -> PackedMessage:
    """Returns the message as rows."""
    texts = (message.subject, message.new_text, message.forwarded, message.signature)
    participants = tuple(
        [(ROLE_NUMBER[role], address, name) for role, name, address in message.participants]
    )
    references = _references(message)
    row = _row(message)
    channel = (_PLAIN[message.channel], message.states, message.detail)
    packed = PackedMessage(row, texts, participants, references, 0, channel)
    return packed._replace(digest=whole_digest(packed))


def pack_copy(packed: PackedMessage, message_id: str, size: int) -> PackedMessage:
    """Returns the rows of a copy: as packed before, but for its id, its size and its digest."""
    row = (message_id, text_digest(message_id), *packed.row[2:-1], size)
    return packed._replace(row=row, digest=0)


def whole_digest(packed: PackedMessage) -> int:
    """Returns the digest of a message over all that is stored of it."""
    people = [(role, address) for role, address, _ in packed.participants]
    return row_digest(packed.row, packed.texts, people, packed.references, packed.channel)


def _references(message: ParsedMessage) -> tuple[tuple[int, int], ...]:
    if not message.in_reply_to and not message.references:
        return ()
    return tuple(
        [(IN_REPLY_TO, text_digest(known)) for known in message.in_reply_to]
        + [(REFERENCES, text_digest(known)) for known in message.references]
    )


def row_digest(
    row: object, texts: object, people: object, references: object, channel: tuple[str, str, str]
) -> int:
    """Returns the digest of a stored message; that of mail is as it was before other channels."""
    whole = (row, texts, people, references)
    return digest_of(whole if channel == MAIL else (*whole, channel))


def _row(message: ParsedMessage) -> tuple[object, ...]:
    is_mail = message.channel is Channel.MAIL  # titles of meetings and chats tie nothing together
    subject_digest, is_reply, is_forward = _keyed(message.subject if is_mail else "")
    return (
        message.message_id,
        text_digest(message.message_id),
        message.content_digest,
        message.sent_at,
        _PLAIN[message.sent_at_from],
        message.utc_offset_minutes,
        subject_digest,
        message.opening_digest,
        message.quoted_digest,
        _PLAIN[message.kind],
        message.list_id,
        message.return_on,
        " ".join(message.failed_addresses) if message.failed_addresses else "",
        json.dumps(message.attachments, ensure_ascii=False) if message.attachments else "",
        facts_of(message, is_reply=is_reply, is_forward=is_forward),
        len(message.new_text),
        message.size,
    )


@lru_cache(maxsize=1024)
def _keyed(subject: str) -> tuple[int, bool, bool]:
    """Returns the digest of a subject's key and what its marks say; subjects come in runs."""
    key = subject_key(subject)
    return text_digest(key.key), key.is_reply, key.is_forward

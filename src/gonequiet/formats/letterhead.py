"""What the header section of a mail says: who, to whom, when, about what, in answer to what.

Where anything about the author is odd, other parsers are asked who it is (`second_reader`), and a
disagreement is said.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gonequiet.domain.message import Participant, Role
from gonequiet.formats.addresses import MAX_PARTICIPANTS, read_mailboxes, with_names
from gonequiet.formats.encoded_words import decode_words
from gonequiet.formats.headers import Headers
from gonequiet.formats.mail_dates import Dating, date_message
from gonequiet.formats.second_reader import senders_read_elsewhere
from gonequiet.formats.wording import one_line

MAX_REFERENCES = 100
MAX_IN_REPLY_TO = 10
MAX_SUBJECT_CHARS = 2_000
_MAX_ID_CHARS = 998
_MAX_IDS_CHARS = 1_000_000
MAX_SUBJECT_FIELD = 8_000
_MAX_LABELS_CHARS = 16_384
_MAX_SAFE_CHARS = 500
_CACHED_CHARS = 200
_CACHED_LIST_CHARS = 4_000

_ROLES = tuple((role, role.value.replace("_", "-")) for role in Role)
# Where exports from Exchange and Notes keep the names that From, To and Cc have lost.
_SHOWN = {role: f"x-{role.value}" for role in Role}
_NONE = ("",)
_ID = re.compile(r"<([^<>\s]+)>")
_LABEL = re.compile(r'"([^"]*)"|([^",]+)')
_SAFE_SENDER = re.compile(
    r'(?:(?:"[^"\\<>@]*"|[^"\\<>@,;:()]*)\s*<[A-Za-z0-9!#$%&\'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>'
    r"|[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+)"
)

SEVERAL_SENDERS = "It names several authors."
READ_DIFFERENTLY = "Programs read its author differently."
NO_SENDER = "It names no author with an address."


class Letterhead(NamedTuple):
    """The header section of one mail, read.

    Attributes:
        message_id: without angle brackets, "" when absent or malformed.
        in_reply_to: ids without angle brackets.
        references: ids without angle brackets, oldest first.
        participants: everybody named, the author first.
        author: the first address of From; nameless and without address when there is none.
        subject: decoded, one line.
        dating: when it was sent, and how that is known.
        is_uncertain: programs may read the author differently, or there are several.
        problems: sentences on what is missing, odd, or was cut.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    participants: tuple[Participant, ...]
    author: Participant
    subject: str
    dating: Dating
    is_uncertain: bool
    problems: tuple[str, ...]

    def recipients(self) -> tuple[str, ...]:
        """Returns the addresses it is sent to."""
        return tuple(
            [who.address for who in self.participants if who.role is Role.TO and who.address]
        )


NOBODY = Participant(Role.FROM, "", "")


def read_letterhead(
    raw: bytes, headers: Headers, other_readings: tuple[str, ...], mbox_line: bytes | None
) -> Letterhead:
    """Returns what the header section says.

    Args:
        raw: the record.
        headers: its header section.
        other_readings: values a From field has for whoever reads the line ends otherwise.
        mbox_line: the From_ line of an mbox file.
    """
    participants = _participants(headers.fields)
    references = _ids(_bracketed(headers.first("references")), MAX_REFERENCES)
    author_problems = _author_problems(raw, headers, participants, other_readings)
    dating = date_message(headers.first("date"), headers.first("received"), _usable(mbox_line))
    return Letterhead(
        read_message_id(headers.first("message-id")),
        _ids(headers.first("in-reply-to"), MAX_IN_REPLY_TO),
        references,
        participants,
        participants[0] if participants and participants[0].role is Role.FROM else NOBODY,
        one_line(decode_words(headers.first("subject")[:MAX_SUBJECT_FIELD]))[:MAX_SUBJECT_CHARS],
        dating,
        bool(author_problems) and author_problems != (NO_SENDER,),
        headers.problems + author_problems + dating.problems + _cuts(headers, participants),
    )


def read_labels(value: str) -> tuple[str, ...]:
    """Returns the labels an X-Gmail-Labels field lists, each once."""
    if not value:
        return ()
    found = _LABEL.findall(decode_words(value[:_MAX_LABELS_CHARS]))
    labels = (one_line(quoted or plain) for quoted, plain in found)
    return tuple(dict.fromkeys(label for label in labels if label))


def _participants(fields: dict[str, list[str]]) -> tuple[Participant, ...]:
    found: tuple[Participant, ...] = ()
    for role, name in _ROLES:
        values = fields.get(name)
        if values:
            value = values[0] if len(values) == 1 else ", ".join(values)
            if len(value) <= _CACHED_CHARS:
                shown = fields.get(_SHOWN[role], _NONE)[0]
                found += _cached_named(role, value, shown if len(shown) < 400 else "")
            elif len(value) <= _CACHED_LIST_CHARS:
                found += _cached_list(role, value, "")
            else:
                found += _named(role, value, "")
    return found if len(found) <= MAX_PARTICIPANTS else found[:MAX_PARTICIPANTS]


def _named(role: Role, value: str, shown: str) -> tuple[Participant, ...]:
    """Returns whom a field names, with the names an export kept in a field of its own."""
    named = read_mailboxes(value)
    if shown and not any(name for name, _ in named):
        named = with_names(named, read_mailboxes(shown))
    return tuple([Participant(role, name, address) for name, address in named])


_cached_named = lru_cache(maxsize=8192)(_named)  # the same few people are named over and over
_cached_list = lru_cache(maxsize=256)(_named)  # the same circle, in run after run of mails


def _author_problems(
    raw: bytes,
    headers: Headers,
    participants: tuple[Participant, ...],
    other_readings: tuple[str, ...],
) -> tuple[str, ...]:
    """Returns what is wrong with the author; any but `NO_SENDER` makes the author uncertain."""
    values = headers.fields.get("from", [])
    if len(values) == 1 and not headers.is_odd and is_plain_sender(values[0]):
        return ()
    authors = {who.address: None for who in participants if who.role is Role.FROM}
    if len(authors) > 1:
        return (SEVERAL_SENDERS,)
    if len(values) == 1 and not headers.is_odd and any(authors) and _names_one(values[0]):
        return ()
    missing = () if any(authors) else (NO_SENDER,)
    seen = senders_read_elsewhere(raw[: headers.body_at])
    for value in other_readings:
        named = read_mailboxes(value)
        seen.add(named[0].address if named else "")
    agreed = seen <= (authors.keys() or {""})
    return missing if agreed else (*missing, READ_DIFFERENTLY)


def is_plain_sender(sender: str) -> bool:
    """Whether the From field is so plain that no two programs can read it differently."""
    return len(sender) <= _MAX_SAFE_CHARS and _is_safe(sender)


def _names_one(sender: str) -> bool:
    """Whether a From field holds one address, however it is read: nobody can see another in it."""
    shown = decode_words(sender) if "=?" in sender else sender
    return len(sender) <= _MAX_SAFE_CHARS and shown.count("@") == 1 and shown.isprintable()


@lru_cache(maxsize=4096)
def _is_safe(sender: str) -> bool:
    return _SAFE_SENDER.fullmatch(sender) is not None


def _usable(mbox_line: bytes | None) -> str:
    """Returns the From_ line, "" where it tells nothing.

    MAILER-DAEMON stands there when a program wrote the file without knowing who sent the message;
    the moment beside it is that of the writing, years later at times.
    """
    if not mbox_line or mbox_line.startswith(b"From MAILER-DAEMON "):
        return ""
    return mbox_line[:1000].decode("latin-1")


def read_message_id(value: str) -> str:
    """Returns the id a Message-ID field states, "" when there is none."""
    ids = _ids(value[: 4 * _MAX_ID_CHARS], 1)
    return ids[0] if ids else ""


def _ids(value: str, most: int) -> tuple[str, ...]:
    """Returns message ids, oldest first; of too many, the first and the last are kept."""
    if not value:
        return ()
    if value[0] == "<" and value[-1] == ">" and value.isascii() and len(value) < _MAX_ID_CHARS:
        only = value[1:-1]
        if only and "<" not in only and ">" not in only and only.isprintable() and " " not in only:
            return (only,)
    found = _ID.findall(value[:_MAX_IDS_CHARS])
    if not found and "<" not in value:
        found = [word for word in value[:4_000].split() if "@" in word[1:-1]]
    kept = [one_line(known) for known in found if len(known) <= _MAX_ID_CHARS]
    if len(kept) > most:
        kept = kept[:1] + kept[len(kept) - most + 1 :]
    return tuple(kept)


_BARE_ID = re.compile(r"(?<![<\w@.+=/$-])([\w.+=/$-]{1,250}@[\w.-]{1,250})(?![>\w@.+=/$-])")


def _bracketed(references: str) -> str:
    """Puts the brackets round ids that a sloppy program left bare among others.

    Only in References: what stands bare in In-Reply-To may be an address (RFC 822 phrases).
    """
    if "<" not in references or len(references) > _MAX_IDS_CHARS:
        return references
    return _BARE_ID.sub(r"<\1>", references) if "@" in _ID.sub("", references) else references


def _cuts(headers: Headers, participants: tuple[Participant, ...]) -> tuple[str, ...]:
    """Returns what was left out because there was too much of it."""
    if headers.body_at < MAX_SUBJECT_FIELD:
        return ()
    subject, references = headers.first("subject"), headers.first("references")
    too_much = {
        "Its subject is too long; the rest was left out.": len(subject) > MAX_SUBJECT_FIELD,
        "It names too many people; the rest were left out.": len(participants) >= MAX_PARTICIPANTS,
        "It refers to too many messages; some were left out.": references.count("<")
        > MAX_REFERENCES,
    }
    return tuple(sentence for sentence, is_so in too_much.items() if is_so)

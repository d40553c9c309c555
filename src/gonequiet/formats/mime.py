"""A raw mail to a `ParsedMessage`: never raises, whatever the bytes are.

The parts have modules of their own: `headers`, `addresses`, `mail_dates`, `parts`, `automatic`,
`fingerprints`. Here they are put together. Where anything about the header section is odd, other
parsers are asked who the author is (`second_reader`), and a disagreement is said.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gonequiet.domain.message import ParsedMessage, Participant, Role
from gonequiet.formats import second_reader
from gonequiet.formats.addresses import MAX_PARTICIPANTS, Mailbox, read_mailboxes, with_names
from gonequiet.formats.automatic import Envelope, nature_of
from gonequiet.formats.encoded_words import decode_words
from gonequiet.formats.fingerprints import content_digest, opening_digest, quoted_digest
from gonequiet.formats.headers import Headers, read_headers
from gonequiet.formats.mail_dates import date_message
from gonequiet.formats.parts import read_body
from gonequiet.formats.wording import one_line
from gonequiet.language.expects import read_expectation
from gonequiet.language.zones import cut_zones

MAX_REFERENCES = 100
MAX_SUBJECT_CHARS = 2_000
_MAX_ID_CHARS = 998
_MAX_SUBJECT_FIELD = 8_000
_MAX_SAFE_CHARS = 500
_CACHED_CHARS = 200
_MAX_IDS_CHARS = 1_000_000

_ROLES = tuple((role, role.value.replace("_", "-")) for role in Role)
# Where exports from Exchange and Notes keep the names that From, To and Cc have lost.
_SHOWN = {role: f"x-{role.value}" for role in Role}
_NONE = ("",)
_ID = re.compile(r"<([^<>\s]+)>")
_SAFE_SENDER = re.compile(
    r'(?:(?:"[^"\\<>@]*"|[^"\\<>@,;:()]*)\s*<[A-Za-z0-9!#$%&\'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>'
    r"|[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+)"
)

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BEFORE_A_MAIL = (b"\n", b"\r", _BYTE_ORDER_MARK[:1])

SEVERAL_SENDERS = "It names several authors."
READ_DIFFERENTLY = "Programs read its author differently."
NO_SENDER = "It names no author with an address."


def parse_message(
    raw: bytes, *, mbox_line: bytes | None = None, record_size: int | None = None
) -> ParsedMessage:
    """Returns everything a message says about itself.

    Args:
        raw: the message, without its mbox From_ line.
        mbox_line: that line, when the message came from an mbox file.
        record_size: bytes of the whole record, when `raw` is only its beginning.
    """
    size = record_size or len(raw)
    if raw[:1] in _BEFORE_A_MAIL:
        raw = raw.removeprefix(_BYTE_ORDER_MARK).lstrip(b"\r\n")
    if raw.startswith(b"From ") and mbox_line is None:
        mbox_line, _, raw = raw.partition(b"\n")
    raw, headers, other_readings = _headers(raw)
    fields = headers.fields
    participants = _participants(fields)
    sender = participants[0] if participants and participants[0].role is Role.FROM else None
    sender_problems = _sender_problems(raw, headers, participants, other_readings)
    body = read_body(raw, headers)
    dating = date_message(headers.first("date"), headers.first("received"), _mbox_text(mbox_line))
    subject = _subject(headers.first("subject"))
    in_reply_to = _ids(headers.first("in-reply-to"), 10)
    references = _ids(headers.first("references"), MAX_REFERENCES)
    address, name = (sender.address, sender.name) if sender else ("", "")
    zones = cut_zones(body.text)
    nature = nature_of(
        Envelope(
            raw, fields, subject, address, name, dating.sent_at, dating.utc_offset_minutes,
            tuple(who.address for who in participants if who.role is Role.TO and who.address),
            bool(in_reply_to or references), not zones.quoted and not zones.forwarded,
        ),
        body,
    )  # fmt: skip
    expectation = read_expectation(zones.new_text, subject)
    return ParsedMessage(
        _message_id(headers.first("message-id")),
        in_reply_to,
        references,
        participants,
        dating.sent_at,
        dating.sent_at_from,
        dating.utc_offset_minutes,
        subject,
        zones.new_text,
        zones.signature,
        zones.forwarded,
        quoted_digest(zones.quoted),
        opening_digest(zones.new_text),
        body.attachments,
        nature.kind,
        nature.list_id,
        nature.return_on,
        nature.failed_addresses,
        _labels(headers.first("x-gmail-labels")),
        "received" in fields,
        bool(sender_problems) and sender_problems != (NO_SENDER,),
        expectation.asks_question,
        expectation.has_request,
        expectation.expects_answer,
        content_digest(address or name, subject, body.text),
        size,
        (
            *headers.problems,
            *sender_problems,
            *dating.problems,
            *body.problems,
            *_cuts(raw, headers, participants, references, record_size),
        ),
    )


def _headers(raw: bytes) -> tuple[bytes, Headers, tuple[str, ...]]:
    """Returns the record with its line ends mended if need be, its headers, other readings.

    The other readings are given only for a header section with some bare CR in it: whoever does
    not end a line there finds other fields.
    """
    headers = read_headers(raw)
    if not headers.is_odd:
        return raw, headers, ()
    section = raw[: headers.body_at].replace(b"\r\n", b"\n")
    if b"\r" not in section:
        return raw, headers, ()
    unbroken = read_headers(section.replace(b"\r", b" ")) if b"\n" in section else None
    mended = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    others = (unbroken.first("from"),) if unbroken else ()
    return mended, read_headers(mended)._replace(is_odd=True), others


def _participants(fields: dict[str, list[str]]) -> tuple[Participant, ...]:
    found: tuple[Participant, ...] = ()
    for role, name in _ROLES:
        values = fields.get(name)
        if values:
            value = values[0] if len(values) == 1 else ", ".join(values)
            if len(value) <= _CACHED_CHARS:
                found += _cached_named(role, value, fields.get(_SHOWN[role], _NONE)[0])
            else:
                found += _named(role, value, "")
    return found if len(found) <= MAX_PARTICIPANTS else found[:MAX_PARTICIPANTS]


def _named(role: Role, value: str, shown: str) -> tuple[Participant, ...]:
    """Returns whom a field names, with the names an export kept in a field of its own."""
    named = read_mailboxes(value)
    if len(shown) <= 2 * _CACHED_CHARS and shown and not any(name for name, _ in named):
        named = with_names(named, read_mailboxes(shown))
    return tuple([Participant(role, name, address) for name, address in named])


_cached_named = lru_cache(maxsize=8192)(_named)  # the same few people are named over and over


def _sender_problems(
    raw: bytes,
    headers: Headers,
    participants: tuple[Participant, ...],
    other_readings: tuple[str, ...],
) -> tuple[str, ...]:
    """Returns what is wrong with the author; any but `NO_SENDER` makes the author uncertain."""
    values = headers.fields.get("from", [])
    if len(values) == 1 and not headers.is_odd and _is_safe(values[0]):
        return ()
    authors = {who.address: None for who in participants if who.role is Role.FROM}
    if len(authors) > 1:
        return (SEVERAL_SENDERS,)
    missing = () if any(authors) else (NO_SENDER,)
    seen = second_reader.senders_read_elsewhere(raw[: headers.body_at])
    for value in other_readings:
        named = read_mailboxes(value)
        seen.add(named[0].address if named else "")
    agreed = seen <= (authors.keys() or {""})
    return missing if agreed else (*missing, READ_DIFFERENTLY)


def _cuts(
    raw: bytes,
    headers: Headers,
    participants: tuple[Participant, ...],
    references: tuple[str, ...],
    record_size: int | None,
) -> tuple[str, ...]:
    """Returns what was left out because there was too much of it."""
    if len(raw) < _MAX_SUBJECT_FIELD and record_size is None:
        return ()
    too_much = {
        "The record is too large; only its beginning was read.": (record_size or 0) > len(raw),
        "Its subject is too long; the rest was left out.": len(headers.first("subject"))
        > _MAX_SUBJECT_FIELD,
        "It names too many people; the rest were left out.": len(participants) >= MAX_PARTICIPANTS,
        "It refers to too many messages; some were left out.": len(references) >= MAX_REFERENCES,
    }
    return tuple(sentence for sentence, is_so in too_much.items() if is_so)


def _is_safe(sender: str) -> bool:
    """Whether the From field is so plain that no two programs can read it differently."""
    return len(sender) <= _MAX_SAFE_CHARS and _SAFE_SENDER.fullmatch(sender) is not None


def _mbox_text(line: bytes | None) -> str:
    """Returns the From_ line, "" where it tells nothing.

    MAILER-DAEMON stands there when a program wrote the file without knowing who sent the message;
    the moment beside it is that of the writing, years later at times.
    """
    if not line or line.startswith(b"From MAILER-DAEMON "):
        return ""
    return line[:1000].decode("latin-1")


def _subject(value: str) -> str:
    return one_line(decode_words(value[:_MAX_SUBJECT_FIELD]))[:MAX_SUBJECT_CHARS]


def _message_id(value: str) -> str:
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


def _labels(value: str) -> tuple[str, ...]:
    if not value:
        return ()
    decoded = decode_words(value).replace('"', "")
    return tuple(dict.fromkeys(one_line(label) for label in decoded.split(",") if label.strip()))


__all__ = ["Mailbox", "parse_message"]

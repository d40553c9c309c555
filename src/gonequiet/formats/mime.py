"""Raw mails to `ParsedMessage`s: never raises, whatever the bytes are.

The parts have modules of their own: `headers` and `letterhead` (who, when, about what), `words`
(what it says, and what sort of message that makes it). Here they are put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gonequiet.domain.message import ParsedMessage
from gonequiet.formats.apple_mail import DIGITS, without_count
from gonequiet.formats.charsets import WIDE, as_utf8
from gonequiet.formats.headers import Headers, read_headers
from gonequiet.formats.letterhead import read_labels, read_letterhead
from gonequiet.formats.words import Opened, Words, read_words

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BEFORE_A_MAIL = frozenset(
    (b"\n", b"\r", _BYTE_ORDER_MARK[:1], *(mark[:1] for mark in WIDE), *DIGITS)
)

TOO_LARGE = "The record is too large; only its beginning was read."


def parse_message(
    raw: bytes,
    *,
    mbox_line: bytes | None = None,
    record_size: int | None = None,
) -> ParsedMessage:
    """Returns everything a message says about itself.

    Args:
        raw: the message, without its mbox From_ line.
        mbox_line: that line, when the message came from an mbox file.
        record_size: bytes of the whole record, when `raw` is only its beginning.
    """
    return parse_messages([RawMail(raw, mbox_line, record_size or len(raw))])[0]


class RawMail(NamedTuple):
    """A mail before it is read.

    Attributes:
        content: the message, without its mbox From_ line.
        mbox_line: that line, when the message came from an mbox file.
        size: bytes of the whole record, of which `content` may be only the beginning.
    """

    content: bytes
    mbox_line: bytes | None
    size: int


class Unread(NamedTuple):
    """A mail whose header section was taken apart, and nothing else.

    Attributes:
        mail: as it was found.
        raw: its bytes without what stands before the header section, line ends mended if need be.
        headers: the header section.
        other_readings: values From has for whoever reads the line ends otherwise.
        mbox_line: the From_ line, None without one.
    """

    mail: RawMail
    raw: bytes
    headers: Headers
    other_readings: tuple[str, ...]
    mbox_line: bytes | None


def parse_messages(mails: Sequence[RawMail]) -> list[ParsedMessage]:
    """Returns what each of some messages says, as `parse_message` does of one.

    Some dozens at once cost a quarter less than one by one: see `formats.words.read_words`.
    """
    return read_opened(list(map(open_mail, mails)))


def read_opened(mails: Sequence[Unread]) -> list[ParsedMessage]:
    """Returns what each of some messages says whose header sections were taken apart."""
    opened = list(map(_opened, mails))
    return list(map(_message, mails, opened, read_words(opened)))


def _opened(unread: Unread) -> Opened:
    _, raw, headers, other_readings, mbox_line = unread
    return Opened(raw, headers, read_letterhead(raw, headers, other_readings, mbox_line))


def open_mail(mail: RawMail) -> Unread:
    """Takes the header section of a mail apart."""
    raw, mbox_line, _ = mail
    if raw[:1] in _BEFORE_A_MAIL:
        raw = as_utf8(raw) if raw.startswith(WIDE) else raw
        raw = without_count(raw.removeprefix(_BYTE_ORDER_MARK).lstrip(b"\r\n"))
    if raw.startswith(b"From ") and mbox_line is None:
        mbox_line, _, raw = raw.partition(b"\n")
    return Unread(mail, *_headers(raw), mbox_line)


def _headers(raw: bytes) -> tuple[bytes, Headers, tuple[str, ...]]:
    """Returns the record with its line ends mended if need be, its headers, other readings.

    The other readings are given only for a header section with some bare CR in it: whoever does
    not end a line there finds another From field.
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


def _message(unread: Unread, opened: Opened, words: Words) -> ParsedMessage:
    mail, headers, head = unread.mail, opened.headers, opened.head
    mid, in_reply_to, references, participants, _, subject, dating, uncertain, odd = head
    sent_at, sent_at_from, offset, _ = dating
    new, signature, forwarded, quoted, opening, content, asks, requests, expects = words[:9]
    several, to_many, files, nature, left_out = words[9:]
    labels = headers.fields.get("x-gmail-labels")
    # By their places, not their names: names cost more than all of the rest of this.
    return ParsedMessage(
        mid,
        in_reply_to,
        references,
        participants,
        sent_at,
        sent_at_from,
        offset,
        subject,
        new,
        signature,
        forwarded,
        quoted,
        opening,
        files,
        *nature,
        read_labels(labels[0]) if labels else (),
        "received" in headers.fields,
        uncertain,
        asks,
        requests,
        expects,
        content,
        mail.size,
        odd + left_out + (TOO_LARGE,) * (mail.size > len(mail.content)),
        asks_several=several,
        is_to_many=to_many,
    )


__all__ = ["RawMail", "Unread", "open_mail", "parse_message", "parse_messages", "read_opened"]

"""A raw mail to a `ParsedMessage`: never raises, whatever the bytes are.

The parts have modules of their own: `headers` and `letterhead` (who, when, about what), `words`
(what it says, and what sort of message that makes it). Here they are put together.
"""

from __future__ import annotations

from gonequiet.domain.message import ParsedMessage
from gonequiet.formats.headers import Headers, read_headers
from gonequiet.formats.letterhead import Letterhead, read_labels, read_letterhead
from gonequiet.formats.words import Memo, Words, recall_words

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BEFORE_A_MAIL = (b"\n", b"\r", _BYTE_ORDER_MARK[:1])

TOO_LARGE = "The record is too large; only its beginning was read."


def parse_message(
    raw: bytes,
    *,
    mbox_line: bytes | None = None,
    record_size: int | None = None,
    memo: Memo | None = None,
) -> ParsedMessage:
    """Returns everything a message says about itself.

    Args:
        raw: the message, without its mbox From_ line.
        mbox_line: that line, when the message came from an mbox file.
        record_size: bytes of the whole record, when `raw` is only its beginning.
        memo: what was read of other messages, so that the words of a copy are read once.
    """
    size = record_size or len(raw)
    is_cut = size > len(raw)
    if raw[:1] in _BEFORE_A_MAIL:
        raw = raw.removeprefix(_BYTE_ORDER_MARK).lstrip(b"\r\n")
    if raw.startswith(b"From ") and mbox_line is None:
        mbox_line, _, raw = raw.partition(b"\n")
    raw, headers, other_readings = _headers(raw)
    head = read_letterhead(raw, headers, other_readings, mbox_line)
    words = recall_words(raw, headers, head, memo)
    return _message(headers, head, words, size, is_cut=is_cut)


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


def _message(
    headers: Headers, head: Letterhead, words: Words, size: int, *, is_cut: bool
) -> ParsedMessage:
    return ParsedMessage(
        message_id=head.message_id,
        in_reply_to=head.in_reply_to,
        references=head.references,
        participants=head.participants,
        sent_at=head.dating.sent_at,
        sent_at_from=head.dating.sent_at_from,
        utc_offset_minutes=head.dating.utc_offset_minutes,
        subject=head.subject,
        new_text=words.new_text,
        signature=words.signature,
        forwarded=words.forwarded,
        quoted_digest=words.quoted_digest,
        opening_digest=words.opening_digest,
        attachments=words.attachments,
        kind=words.nature.kind,
        list_id=words.nature.list_id,
        return_on=words.nature.return_on,
        failed_addresses=words.nature.failed_addresses,
        labels=read_labels(headers.first("x-gmail-labels")),
        has_received="received" in headers.fields,
        uncertain_sender=head.is_uncertain,
        asks_question=words.asks_question,
        has_request=words.has_request,
        expects_answer=words.expects_answer,
        content_digest=words.content_digest,
        size=size,
        problems=head.problems + words.problems + (TOO_LARGE,) * is_cut,
        asks_several=words.asks_several,
        is_to_many=words.is_to_many,
    )


__all__ = ["parse_message"]

"""A raw mail to a `ParsedMessage`: never raises, whatever the bytes are.

The parts have modules of their own: `headers` and `letterhead` (who, when, about what), `parts`
(the words and what hangs on them), `automatic` (what sort of message), `fingerprints` (digests).
Here they are put together.
"""

from __future__ import annotations

from gonequiet.domain.message import ParsedMessage
from gonequiet.formats.automatic import Envelope, Nature, nature_of
from gonequiet.formats.fingerprints import content_digest, opening_digest, quoted_digest
from gonequiet.formats.headers import Headers, read_headers
from gonequiet.formats.letterhead import Letterhead, read_labels, read_letterhead
from gonequiet.formats.parts import Body, read_body
from gonequiet.language.expects import read_expectation
from gonequiet.language.zones import Zones, cut_zones

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BEFORE_A_MAIL = (b"\n", b"\r", _BYTE_ORDER_MARK[:1])

TOO_LARGE = "The record is too large; only its beginning was read."


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
    is_cut = size > len(raw)
    if raw[:1] in _BEFORE_A_MAIL:
        raw = raw.removeprefix(_BYTE_ORDER_MARK).lstrip(b"\r\n")
    if raw.startswith(b"From ") and mbox_line is None:
        mbox_line, _, raw = raw.partition(b"\n")
    raw, headers, other_readings = _headers(raw)
    head = read_letterhead(raw, headers, other_readings, mbox_line)
    body = read_body(raw, headers)
    zones = cut_zones(body.text)
    nature = nature_of(_envelope(raw, headers, head, zones), body)
    return _message(headers, head, body, zones, nature, size, is_cut=is_cut)


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


def _envelope(raw: bytes, headers: Headers, head: Letterhead, zones: Zones) -> Envelope:
    return Envelope(
        raw=raw,
        fields=headers.fields,
        subject=head.subject,
        sender=head.author.address,
        sender_name=head.author.name,
        sent_at=head.dating.sent_at,
        offset_minutes=head.dating.utc_offset_minutes,
        recipients=head.recipients(),
        is_reply=bool(head.in_reply_to or head.references),
        is_all_new=not zones.quoted and not zones.forwarded,
    )


def _message(
    headers: Headers,
    head: Letterhead,
    body: Body,
    zones: Zones,
    nature: Nature,
    size: int,
    *,
    is_cut: bool,
) -> ParsedMessage:
    expectation = read_expectation(zones.new_text, head.subject)
    return ParsedMessage(
        message_id=head.message_id,
        in_reply_to=head.in_reply_to,
        references=head.references,
        participants=head.participants,
        sent_at=head.dating.sent_at,
        sent_at_from=head.dating.sent_at_from,
        utc_offset_minutes=head.dating.utc_offset_minutes,
        subject=head.subject,
        new_text=zones.new_text,
        signature=zones.signature,
        forwarded=zones.forwarded,
        quoted_digest=quoted_digest(zones.quoted),
        opening_digest=opening_digest(zones.new_text),
        attachments=body.attachments,
        kind=nature.kind,
        list_id=nature.list_id,
        return_on=nature.return_on,
        failed_addresses=nature.failed_addresses,
        labels=read_labels(headers.first("x-gmail-labels")),
        has_received="received" in headers.fields,
        uncertain_sender=head.is_uncertain,
        asks_question=expectation.asks_question,
        has_request=expectation.has_request,
        expects_answer=expectation.expects_answer,
        content_digest=content_digest(
            head.author.address or head.author.name, head.subject, body.text
        ),
        size=size,
        problems=head.problems + body.problems + (TOO_LARGE,) * is_cut,
    )


__all__ = ["parse_message"]

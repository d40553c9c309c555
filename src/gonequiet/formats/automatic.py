"""What sort of message this is: a person's own, or a machine's, a list's, a calendar's.

Precision first for out-of-office and bounce, because both stop a clock; what is merely not
written by a person now is told apart from them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gonequiet.domain.message import MessageKind
from gonequiet.formats import absence, bounces
from gonequiet.formats.addresses import canonical_address
from gonequiet.formats.parts import Body

Fields = dict[str, list[str]]

_MACHINE_SENDER = re.compile(
    r"(?:[a-z0-9._-]*[._-])?(?:no[._-]?reply|do[._-]?not[._-]?reply|noresponse|no-response)(?:[+._-].*)?@"
    r"|(?:notifications?|notify|automailer|auto-?confirm|mailer-daemon|mail-daemon|mdaemon|robot"
    r"|listserv|majordomo|mailman|bounces?)(?:[+-].*)?@"
)
_RECEIPT = re.compile(
    r"(?:read|not read|delivered|gelesen|ungelesen|übermittelt|lu|non lu|leído|letto)\s*:",
    re.IGNORECASE,
)
_RECEIPT_BODY = re.compile(
    r"was (?:read|deleted without being read|delivered) (?:on|to|at)|return receipt"
    r"|wurde (?:am|gelesen)|has been (?:read|delivered)",
    re.IGNORECASE,
)
_CALENDAR_FORM = re.compile(r"\s*CALENDAR ENTRY:\s", re.IGNORECASE)
_SUBJECT_REPLY = re.compile(r"\s*(?:re|aw|sv|fw|fwd|wg|tr|rv)\s*:", re.IGNORECASE)
_LIST_ID = re.compile(r"<([^<>\s]{1,256})>")
_BULK = frozenset({"bulk", "list", "junk"})
_AUTO_REPLIED = re.compile(r"auto-(?:replied|notified)|auto_reply", re.IGNORECASE)

# Any of these fields takes a message off the quick path.
_TELLING = frozenset(
    {
        "auto-submitted", "precedence", "list-id", "list-post", "list-unsubscribe",
        "x-autoreply", "x-autorespond", "x-auto-response-suppress", "x-autoresponder",
        "x-failed-recipients", "x-mailing-list", "mailing-list", "x-list", "feedback-id",
        "x-ms-exchange-generated-message-source", "x-loop", "delivered-by-the-graces-of",
        "x-beenthere", "list-help", "x-notifications", "x-listname", "x-campaign",
        "content-class", "x-vacation", "return-receipt-to-absent", "x-mailer-daemon",
    }
)  # fmt: skip


class Nature(NamedTuple):
    """What sort of message it is, with what belongs to that sort."""

    kind: MessageKind
    list_id: str = ""
    return_on: str = ""
    failed_addresses: tuple[str, ...] = ()


class Envelope(NamedTuple):
    """What is looked at to tell the sorts apart.

    Attributes:
        raw: the record.
        fields: header fields by lower-case name.
        subject: decoded.
        sender: address of the author, "" when unknown.
        sender_name: display name of the author.
        sent_at: epoch seconds or None.
        offset_minutes: the sender's offset.
        is_reply: it names a message it answers.
    """

    raw: bytes
    fields: Fields
    subject: str
    sender: str
    sender_name: str
    sent_at: int | None
    offset_minutes: int | None
    is_reply: bool


PERSONAL = Nature(MessageKind.PERSONAL)
AUTOMATIC = Nature(MessageKind.AUTOMATIC)
CALENDAR = Nature(MessageKind.CALENDAR)


def nature_of(envelope: Envelope, body: Body) -> Nature:
    """Returns what sort of message this is."""
    return (
        _bounce(envelope, body)
        or _out_of_office(envelope, body)
        or _calendar(envelope, body)
        or _list(envelope)
        or _automatic(envelope, body)
        or PERSONAL
    )


def _first(fields: Fields, name: str) -> str:
    values = fields.get(name)
    return values[0].strip() if values else ""


def _bounce(envelope: Envelope, body: Body) -> Nature | None:
    if body.report and "message/delivery-status" in body.media_types:
        report = bounces.read_delivery_report(body.report)
        return Nature(MessageKind.BOUNCE, "", "", report.failed) if report.is_failure else AUTOMATIC
    failed = _first(envelope.fields, "x-failed-recipients")
    return_path = _first(envelope.fields, "return-path")
    if not failed and not bounces.looks_like_bounce(
        envelope.sender, envelope.sender_name, return_path, envelope.subject
    ):
        return None
    named = tuple(
        address for piece in failed.split(",")[:100] if (address := canonical_address(piece))
    )
    found = named or bounces.failed_in_words(envelope.raw, body.text, envelope.sender)
    return Nature(MessageKind.BOUNCE, "", "", found)


def _out_of_office(envelope: Envelope, body: Body) -> Nature | None:
    subject, text = envelope.subject, body.text
    if not absence.is_absence_subject(subject, text) and not (
        _is_automatic_answer(envelope.fields) and absence.says_away(subject, text)
    ):
        return None
    returns = absence.return_date(subject, text, envelope.sent_at, envelope.offset_minutes)
    return Nature(MessageKind.OUT_OF_OFFICE, "", returns)


def _is_automatic_answer(fields: Fields) -> bool:
    """Whether headers say that a machine answered (RFC 3834 and what came before it)."""
    return (
        _AUTO_REPLIED.match(_first(fields, "auto-submitted")) is not None
        or _AUTO_REPLIED.match(_first(fields, "precedence")) is not None
        or "x-autoreply" in fields
        or "x-autorespond" in fields
        or "x-autoresponder" in fields
    )


def _calendar(envelope: Envelope, body: Body) -> Nature | None:
    if body.calendar_method and body.calendar_method != "publish":
        return CALENDAR
    if "calendarmessage" in _first(envelope.fields, "content-class"):
        return CALENDAR
    return CALENDAR if _CALENDAR_FORM.match(body.text) else None


def _list(envelope: Envelope) -> Nature | None:
    fields = envelope.fields
    named = _first(fields, "list-id")
    if named:
        found = _LIST_ID.search(named)
        return Nature(MessageKind.LIST, (found[1] if found else named[:256]).lower())
    post = _first(fields, "list-post")
    if post and post.upper() != "NO":
        return Nature(MessageKind.LIST, canonical_address(post.replace("mailto:", " ")))
    if "x-mailing-list" in fields or "mailing-list" in fields or "x-beenthere" in fields:
        named = _first(fields, "x-mailing-list") or _first(fields, "x-beenthere")
        return Nature(MessageKind.LIST, canonical_address(named))
    precedence = _first(fields, "precedence").lower()
    if precedence in _BULK or ("list-unsubscribe" in fields and not envelope.is_reply):
        return Nature(MessageKind.LIST)
    return None


def _automatic(envelope: Envelope, body: Body) -> Nature | None:
    submitted = _first(envelope.fields, "auto-submitted").lower()
    if (submitted and not submitted.startswith("no")) or _is_automatic_answer(envelope.fields):
        return AUTOMATIC
    if _MACHINE_SENDER.match(envelope.sender):
        return AUTOMATIC
    if "message/disposition-notification" in body.media_types:
        return AUTOMATIC
    if _RECEIPT.match(envelope.subject) and _RECEIPT_BODY.search(body.text[:2_000]):
        return AUTOMATIC
    return None

"""What sort of message this is: a person's own, or a machine's, a list's, a calendar's.

Precision first for out-of-office and bounce, because both stop a clock; what is merely not
written by a person now is told apart from them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gonequiet.domain.message import MessageKind
from gonequiet.formats import absence, bounces
from gonequiet.formats.addresses import canonical_address
from gonequiet.formats.departure import says_left
from gonequiet.formats.letterhead import Letterhead
from gonequiet.formats.machine_answers import answers_by_itself
from gonequiet.formats.parts import Body
from gonequiet.formats.return_day import return_date

Fields = dict[str, list[str]]

_MACHINE_SENDER = re.compile(
    r"(?:[a-z0-9._-]*[._-])?(?:no[._-]?reply|do[._-]?not[._-]?reply|noresponse|no-response)(?:[+._-].*)?@"
    r"|(?:notifications?|notify|automailer|auto-?confirm|mailer-daemon|mail-daemon|mdaemon|robot"
    r"|listserv|majordomo|mailman|bounces?)(?:[+-].*)?@"
)
# What calendars write into the words of an invitation, where its data were lost.
_FORM_CHARS = 600
_OUTLOOK_FORM = re.compile(r"\s*When: .{5,300}?\n(?:\s*Where:.*\n)?\s*\*~\*~\*~", re.DOTALL)
_FORM_STARTS = ("When: ", "CALENDAR ENTRY:")
_NOTES_FORM = re.compile(r"\s*CALENDAR ENTRY:\s")
_NOTES_SUBJECT = re.compile(
    r"(?:Invitation|Updated?|Rescheduled|Confirm(?:ation|ed)|Cancell?(?:ed|ation)|Declined|Accepted)"
    r": .*"
    r"\(\w{3} \d{1,2} \d\d:\d\d [AP]M [A-Z]{3,4}\b[^()]*\)"
)
_MEETING_ANSWER = re.compile(
    r"(?:Accepted|Declined|Tentative(?:ly Accepted)?|Zugesagt|Abgelehnt|Mit Vorbehalt|Accepté"
    r"|Refusé|Provisoire|Aceptado|Rechazado|Provisional|Accettato|Rifiutato"
    r"|Geaccepteerd|Geweigerd): "
)
_SUBJECT_REPLY = re.compile(r"\s*(?:re|aw|sv|fw|fwd|wg|tr|rv)\s*:", re.IGNORECASE)
_SHORTEST_NEWSLETTER = 200
_TAIL_CHARS = 4_000
_LEAVING = ("nsubscribe", "NSUBSCRIBE", "abbestellen", "se désabonner", "darse de baja")
_LEAVE = re.compile(
    r"(?:\bto|click|can|may|please|wish|like|want)\b[^.]{0,60}\bunsubscribe\b(?! (?:me|us)\b)"
    r"|unsubscribe\b(?! (?:me|us)\b).{0,50}(?:click|http|@|\bhere\b|subject|reply|mailing list)"
    r"|newsletter[^.]{0,60}abbestellen|(?:se|vous) désabonner|darse de baja",
    re.DOTALL,
)
_LEAVE_STEMS = ("unsubscribe", "abbestellen", "désabonner", "darse de baja")
_LEAVE_BEFORE, _LEAVE_AFTER = 80, 100  # no form reaches further from its stem
_HEAD_CHARS = 500
_PAGE_HINTS = (
    "browser",
    "newsletter",
    "viewing",
    "online",
    "affiche",
    "correctamente",
    "visualizz",
)
_LETTER = r"(?:e-?mail|message|newsletter|mailing|bulletin|nachricht|mensaje|correo|messaggio)"
_GO_THERE = (
    r".{0,80}(?:click|klick|clique|clic\b|https?:|online|browser|en ligne|\bhere\b|\bhier\b)"
)
# In lower case: "view this e-mail in your browser" and its like.
_PAGE = re.compile(
    rf"\b(?:view|read|open|see) (?:this|the|our) {_LETTER}\b.{{0,30}}"
    r"\bin (?:your|a|the) (?:web )?browser"
    rf"|\b(?:trouble|problems?|difficult\w*) (?:viewing|reading|seeing) this {_LETTER}\b{_GO_THERE}"
    rf"|\b(?:wenn|falls|sollten?)\b.{{0,40}}\b{_LETTER}\b.{{0,60}}"
    rf"\b(?:nicht|unvollständig|fehlerhaft)\b{_GO_THERE}"
    rf"|\b{_LETTER} (?:online|im browser) (?:ansehen|anzeigen|öffnen|lesen)"
    rf"|\bsi (?:ce|cet|cette) {_LETTER}\b.{{0,30}}\bne s'affiche pas\b"
    rf"|\bsi no (?:puede|puedes) ver (?:correctamente )?este {_LETTER}\b"
    rf"|\bse non (?:visualizzi|riesci a (?:vedere|leggere)) .{{0,30}}{_LETTER}\b"
)
_GREETING = re.compile(
    r"\b(?:dear|hi|hello|hey|hallo|liebe[rs]?|sehr geehrte|guten (?:tag|morgen)|bonjour|chere?"
    r"|hola|ciao|gentile|i|we|ich|wir)\b"
)
_LIST_ID = re.compile(r"<([^<>\s]{1,256})>")
_ANSWERING_FIELDS = frozenset(
    ["auto-submitted", "precedence", "x-autoreply", "x-autorespond", "x-autoresponder"]
)
_LIST_FIELDS = frozenset(
    {
        "list-id", "list-post", "x-mailing-list", "mailing-list", "x-beenthere", "precedence",
        "list-unsubscribe",
    }
)  # fmt: skip
_BULK = frozenset({"bulk", "list", "junk"})
_AUTO_REPLIED = re.compile(r"auto-(?:replied|notified)|auto_reply", re.IGNORECASE)


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
        head: what they say.
        is_reply: it names a message it answers.
        is_all_new: it neither quotes nor forwards anything.
    """

    raw: bytes
    fields: Fields
    head: Letterhead
    is_reply: bool
    is_all_new: bool


PERSONAL = Nature(MessageKind.PERSONAL)
AUTOMATIC = Nature(MessageKind.AUTOMATIC)
CALENDAR = Nature(MessageKind.CALENDAR)


def nature_of(envelope: Envelope, body: Body) -> Nature:
    """Returns what sort of message this is."""
    return (
        _bounce(envelope, body)
        or _out_of_office(envelope, body)
        or _calendar(envelope, body)
        or _list(envelope, body)
        or _automatic(envelope, body)
        or PERSONAL
    )


def _first(fields: Fields, name: str) -> str:
    values = fields.get(name)
    return values[0].strip() if values else ""


def _bounce(envelope: Envelope, body: Body) -> Nature | None:
    is_report = body.report != "" and "message/delivery-status" in body.media_types
    if is_report:
        report = bounces.read_delivery_report(body.report)
        if report.is_told:
            return _failure(report.failed) if report.is_failure else AUTOMATIC
    named = _first(envelope.fields, "x-failed-recipients")
    if named:
        found = (canonical_address(piece) for piece in named.split(",")[: bounces.MAX_FAILED])
        return _failure(tuple(address for address in found if address))
    head = envelope.head
    _, name, sender = head.author
    is_machine = is_report or bounces.is_machine(
        sender, name, _first(envelope.fields, "return-path")
    )
    if not is_machine:
        is_reply = envelope.is_reply or not envelope.is_all_new
        if not bounces.is_telling(head.subject, is_reply) or not bounces.is_report(body.text):
            return None
    if not bounces.says_failed(head.subject, body.text):
        is_late = bounces.is_late(head.subject, body.text)
        return AUTOMATIC if is_report or is_late or not is_machine else None
    recipients = head.recipients()
    own = frozenset((sender, *recipients))
    found_in_words = bounces.failed_in_words(envelope.raw, body.text, own)
    if not found_in_words and not is_machine:
        return None  # a person may tell of a failure; who names nobody is taken for one
    if found_in_words or not bounces.is_own_exchange(sender, name):
        return _failure(found_in_words)
    return _failure(recipients)


def _failure(failed: tuple[str, ...]) -> Nature:
    return Nature(MessageKind.BOUNCE, failed_addresses=failed)


def _out_of_office(envelope: Envelope, body: Body) -> Nature | None:
    head, text = envelope.head, body.text
    subject = head.subject
    if not absence.is_absence_note(subject, text) and not (
        _is_automatic_answer(envelope.fields) and absence.says_away(subject, text)
    ):
        return None
    if says_left(text):
        return _failure((head.author.address,) if head.author.address else ())
    returns = return_date(subject, text, head.dating.sent_at, head.dating.utc_offset_minutes)
    if not returns and absence.only_acknowledges(subject, text):
        return AUTOMATIC
    return Nature(MessageKind.OUT_OF_OFFICE, "", returns)


def _is_automatic_answer(fields: Fields) -> bool:
    """Whether headers say that a machine answered (RFC 3834 and what came before it)."""
    return not fields.keys().isdisjoint(_ANSWERING_FIELDS) and (
        _AUTO_REPLIED.match(_first(fields, "auto-submitted")) is not None
        or _AUTO_REPLIED.match(_first(fields, "precedence")) is not None
        or "x-autoreply" in fields
        or "x-autorespond" in fields
        or "x-autoresponder" in fields
    )


def _is_generated(fields: Fields) -> bool:
    """Whether headers say that no person wrote this now."""
    submitted = _first(fields, "auto-submitted").lower()
    return (submitted != "" and not submitted.startswith("no")) or _is_automatic_answer(fields)


def _calendar(envelope: Envelope, body: Body) -> Nature | None:
    if body.calendar_method and body.calendar_method != "publish":
        return CALENDAR
    if "calendarmessage" in _first(envelope.fields, "content-class"):
        return CALENDAR
    head = body.text[:_FORM_CHARS].lstrip()
    if head.startswith(_FORM_STARTS) and (_OUTLOOK_FORM.match(head) or _NOTES_FORM.match(head)):
        return CALENDAR
    subject = envelope.head.subject
    if ": " not in subject:
        return None
    if _NOTES_SUBJECT.fullmatch(subject):
        return CALENDAR
    is_answer = len(body.text) < _FORM_CHARS and _MEETING_ANSWER.match(subject)
    return CALENDAR if is_answer else None


def _list(envelope: Envelope, body: Body) -> Nature | None:
    fields = envelope.fields
    if fields.keys().isdisjoint(_LIST_FIELDS):
        return Nature(MessageKind.LIST) if _says_how_to_leave(envelope, body.text) else None
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
    is_bulk = _first(fields, "precedence").lower() in _BULK and not _is_generated(fields)
    if is_bulk or ("list-unsubscribe" in fields and not envelope.is_reply):
        return Nature(MessageKind.LIST)
    return None


def _says_how_to_leave(envelope: Envelope, text: str) -> bool:
    """Whether the message itself, not one it passes on, tells how to leave a list."""
    if not envelope.is_all_new or envelope.is_reply or _SUBJECT_REPLY.match(envelope.head.subject):
        return False
    if len(text) < _SHORTEST_NEWSLETTER:
        return False  # a command to a list robot, or a person's request
    if _offers_a_page(text[:_HEAD_CHARS].lower()):
        return True
    tail = text[-_TAIL_CHARS:]
    if "@" not in tail and "://" not in tail:
        return False  # nobody can leave without a place to go to
    return any(word in tail and _tells_to_leave(tail.lower()) for word in _LEAVING)


def _offers_a_page(head: str) -> bool:
    """Whether a letter says where it can be seen in full, above its greeting: only mailings do."""
    if not any([word in head for word in _PAGE_HINTS]):  # noqa: C419  # a list is faster
        return False
    offer = _PAGE.search(head)
    return offer is not None and _GREETING.search(head, 0, offer.start()) is None


def _tells_to_leave(tail: str) -> bool:
    """Whether a text in lower case does; looks only around the words every form of it holds."""
    for stem in _LEAVE_STEMS:
        at = tail.find(stem)
        while at >= 0:
            if _LEAVE.search(tail, max(0, at - _LEAVE_BEFORE), at + _LEAVE_AFTER):
                return True
            at = tail.find(stem, at + len(stem))
    return False


def _automatic(envelope: Envelope, body: Body) -> Nature | None:
    if _is_generated(envelope.fields) or _first(envelope.fields, "return-path") == "<>":
        return AUTOMATIC  # who writes with no way back is no person (RFC 3834, 3.3)
    if _is_machine_sender(envelope.head.author.address):
        return AUTOMATIC
    if "message/disposition-notification" in body.media_types:
        return AUTOMATIC
    if "multipart/report" in body.media_types and _is_report(envelope.fields):
        return AUTOMATIC
    subject = envelope.head.subject
    if "ubmitter:" in subject and _OF_A_DOMAIN.match(subject):
        return AUTOMATIC
    return AUTOMATIC if answers_by_itself(subject, body.text) else None


def _is_report(fields: Fields) -> bool:
    """Whether the message itself is a report (RFC 6522), not one that it passes on."""
    return _first(fields, "content-type").lower().startswith("multipart/report")


# What is reported of a domain to whoever runs it (RFC 7489, 7.2.1.1).
_OF_A_DOMAIN = re.compile(r"(?:dmarc aggregate )?report domain: .{1,200} submitter:", re.IGNORECASE)


@lru_cache(maxsize=2048)
def _is_machine_sender(sender: str) -> bool:
    """Whether the address is a machine's; cached, as the same people write again."""
    return _MACHINE_SENDER.match(sender) is not None

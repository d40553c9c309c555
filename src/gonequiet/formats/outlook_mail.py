"""A message of Outlook as a mail: written out as RFC 5322 would have it, and read as any mail is.

So one reader serves all: copies, threads, quotations, out-of-office and bounces are seen in what
Outlook kept as they are in what came from a mailbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from typing import Final

from gonequiet.domain.draft import Person
from gonequiet.domain.message import Attachment, ParsedMessage, Role
from gonequiet.domain.provenance import RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats import mapi
from gonequiet.formats.mail_meetings import meetings_in
from gonequiet.formats.mapi import Item, Properties
from gonequiet.formats.mime import parse_message
from gonequiet.formats.record_file import ReadOptions
from gonequiet.formats.rich_text import rich_text_to_text, unpacked
from gonequiet.formats.wording import one_line

NO_MESSAGE: Final = "This is a card, a task or a note of Outlook, and no message."
NO_WORDS: Final = "Its words could not be found in the Outlook item."
MOST_ATTACHMENTS: Final = 10_000
_MOST_TEXT: Final = 4 * 1024 * 1024
_MOST_OF_A_CALENDAR: Final = 256 * 1024
_CALENDARS: Final = frozenset({"text/calendar", "application/ics"})
_MAIL: Final = re.compile(r"ipm\.(?:note|post|schedule\.meeting|recall|outlook\.recall)\b|report\.")
_METHODS: Final = (
    ("ipm.schedule.meeting.request", "REQUEST"),
    ("ipm.schedule.meeting.canceled", "CANCEL"),
    ("ipm.schedule.meeting.resp", "REPLY"),
)
_ADDRESS: Final = re.compile(r"[^\s<>\"(),:;@]{1,200}@[^\s<>\"(),:;@]{1,200}")
_FIELD: Final = re.compile(r"([!-9;-~]{1,80})[ \t]*:")
_REMADE: Final = frozenset(
    {"mime-version", "content-type", "content-transfer-encoding", "content-disposition",
     "x-gmail-labels"}
)  # fmt: skip
_ROLES: Final = {1: "To", 2: "Cc", 3: "Bcc"}
_REPORT: Final = 'multipart/report; report-type=delivery-status; boundary="{}"'
_MIXED: Final = 'multipart/mixed; boundary="{}"'
_FAILED: Final = re.compile(r"report\..*\.ndr")


def is_mail(item: Item) -> bool:
    """Whether an item of Outlook is a message; else it is an appointment, a card, a task ..."""
    named = mapi.text(item.properties, mapi.MESSAGE_CLASS).lower()
    return not named or named == "ipm" or _MAIL.match(named) is not None


def is_calendar(attachment: Properties) -> bool:
    """Whether an attachment is a calendar: what an invitation is, and small enough to be read."""
    name = mapi.text(attachment, mapi.FILE_NAME, mapi.SHORT_FILE_NAME).lower()
    kind = mapi.text(attachment, mapi.MEDIA_TYPE).lower()
    size = mapi.number(attachment, mapi.SIZE) or 0
    return (kind in _CALENDARS or name.endswith(".ics")) and 0 < size <= _MOST_OF_A_CALENDAR


def read_item(item: Item, *, size: int) -> ParsedMessage:
    """Returns a message that Outlook kept.

    Args:
        item: a message, see `is_mail`.
        size: bytes of the record.
    """
    message = parse_message(render_item(item))
    attached = tuple(_attachment(one) for one in item.attachments[:MOST_ATTACHMENTS])
    problems = (*message.problems, *item.problems)
    if _has_only_rich_text(item) and not _rich_text(item).strip():
        problems += (NO_WORDS,)
    return message._replace(attachments=attached, size=size, problems=problems)


def meetings_of(
    item: Item, message: ParsedMessage, options: ReadOptions
) -> list[RecordRead | RecordProblem]:
    """Returns the meetings a message that Outlook kept carries, as any mail may.

    Args:
        item: the message.
        message: the same, read.
        options: what a calendar does not tell itself.
    """
    if not any(mapi.data(one, mapi.CONTENT) for one in item.attachments):
        return []
    said = (Role.FROM, Role.SENDER, Role.REPLY_TO)
    authors = frozenset(one.address for one in message.participants if one.role in said)
    raw = render_item(item)
    return [*meetings_in(raw, options, sent_at=message.sent_at, authors=authors)]


def render_item(item: Item) -> bytes:
    """Returns a message of Outlook as the bytes of a mail; of what hangs on it, only calendars."""
    lines = [*_headers(item)]
    kind, text = _words(item)
    mark = f"part-{blake2b(text, digest_size=8).hexdigest()}"
    extra = [*_extra_parts(item)]
    lines.append("MIME-Version: 1.0")
    if not extra:
        head = "\n".join([*lines, f"Content-Type: {kind}", "Content-Transfer-Encoding: 8bit"])
        return head.encode("utf-8", "replace") + b"\n\n" + text
    shape = _REPORT if _is_report(item) else _MIXED
    head = "\n".join([*lines, f"Content-Type: {shape.format(mark)}", "", ""])
    parts = [(kind, text), *extra]
    body = b"".join(
        f"--{mark}\nContent-Type: {what}\nContent-Transfer-Encoding: 8bit\n\n".encode()
        + content
        + b"\n"
        for what, content in parts
    )
    return head.encode("utf-8", "replace") + body + f"--{mark}--\n".encode()


def _headers(item: Item) -> Iterator[str]:
    """Yields header lines: those it arrived with, then what only Outlook knows."""
    held = item.properties
    arrived = [*_arrived(mapi.text(held, mapi.TRANSPORT_HEADERS))]
    stated = {line.partition(":")[0].strip().lower() for line in arrived if line[:1] not in " \t"}
    yield from arrived
    for name, value in _known(item):
        if value and name.lower() not in stated:
            yield f"{name}: {value}"


def _arrived(headers: str) -> Iterator[str]:
    """Yields the header lines a message arrived with, but for those on how its body was written."""
    keeps = False
    for line in headers.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in (" ", "\t"):
            if keeps:
                yield line
            continue
        field = _FIELD.match(line)
        keeps = field is not None and field[1].lower() not in _REMADE
        if keeps:
            yield line


def _known(item: Item) -> Iterator[tuple[str, str]]:
    held = item.properties
    yield "From", _mailbox(writer_of(held))
    at = mapi.number(held, mapi.SUBMITTED_AT, mapi.DELIVERED_AT, mapi.MADE_AT)
    yield "Date", "" if at is None else format_datetime(_EPOCH + timedelta(seconds=at))
    yield "Subject", one_line(subject_of(held))
    yield "Message-ID", one_line(mapi.text(held, mapi.MESSAGE_ID))
    yield "In-Reply-To", one_line(mapi.text(held, mapi.IN_REPLY_TO))
    yield "References", one_line(mapi.text(held, mapi.REFERENCES))
    for role, name in _ROLES.items():
        people = (_mailbox(recipient_of(one)) for one in item.recipients if _role(one) == role)
        yield name, ", ".join(filter(None, people))
    if _named(item).startswith("ipm.note.rules.ooftemplate"):
        yield "Auto-Submitted", "auto-replied"


_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - written as -0000: the writer's zone is unknown


def _role(held: Properties) -> int:
    return (mapi.number(held, mapi.RECIPIENT_ROLE) or 1) & 15


def subject_of(held: Properties) -> str:
    """Returns the subject; in data files a mark and the length of its prefix stand before it."""
    subject = mapi.text(held, mapi.SUBJECT)
    return subject[2:] if subject.startswith("\x01") else subject


_SENDER: Final = (
    mapi.SENDER_MAIL_ADDRESS, mapi.SENDER_ADDRESS, mapi.SENDER_KEY, mapi.SENDER_NAME,
    mapi.MAKER_MAIL_ADDRESS,
)  # fmt: skip
_REPRESENTED: Final = (
    mapi.REPRESENTED_MAIL_ADDRESS, mapi.REPRESENTED_ADDRESS, mapi.REPRESENTED_NAME,
)  # fmt: skip
_RECIPIENT: Final = (mapi.MAIL_ADDRESS, mapi.ADDRESS, mapi.DISPLAY_NAME)


def _address(held: Properties, wanted: Sequence[int]) -> str:
    """Returns the first mail address among some properties; an Exchange name is none."""
    for number in wanted:
        found = held.get(number, "")
        shown = found.decode("latin-1").rstrip("\0") if isinstance(found, bytes) else str(found)
        address = _ADDRESS.fullmatch(shown.strip().removeprefix("SMTP:").strip("'\"<>"))
        if address:
            return address[0]
    return ""


def writer_of(held: Properties) -> Person:
    """Returns who wrote a message or calls a meeting."""
    name = mapi.text(held, mapi.REPRESENTED_NAME, mapi.SENDER_NAME)
    return _person(name, _address(held, _REPRESENTED) or _address(held, _SENDER))


def recipient_of(held: Properties) -> Person:
    """Returns somebody it went to, by their properties."""
    return _person(mapi.text(held, mapi.DISPLAY_NAME), _address(held, _RECIPIENT))


def _person(name: str, address: str) -> Person:
    shown = one_line(name).strip("'\"")[:200].replace("\\", "").replace('"', "")
    return Person(name="" if shown.lower() == address.lower() else shown, address=address)


def _mailbox(person: Person) -> str:
    if not person.address:
        return f'"{person.name}" <>' if person.name else ""
    return f'"{person.name}" <{person.address}>' if person.name else f"<{person.address}>"


def _words(item: Item) -> tuple[str, bytes]:
    """Returns the media type of its words, and their bytes."""
    held = item.properties
    plain = mapi.text(held, mapi.BODY)
    if plain.strip():
        return "text/plain; charset=utf-8", _lines(plain)
    charset = mapi.charset_of(held.get(mapi.CODE_PAGE)) or mapi.charset_of(
        held.get(mapi.MESSAGE_CODE_PAGE)
    )
    markup = held.get(mapi.HTML)
    if isinstance(markup, bytes) and markup.strip():
        return f"text/html; charset={charset or 'utf-8'}", markup[:_MOST_TEXT]
    if isinstance(markup, str) and markup.strip():
        return "text/html; charset=utf-8", _lines(markup)
    return "text/plain; charset=utf-8", _lines(_rich_text(item))


def _rich_text(item: Item) -> str:
    charset = mapi.charset_of(item.properties.get(mapi.CODE_PAGE))
    return rich_text_to_text(unpacked(mapi.data(item.properties, mapi.RICH_TEXT)), charset)


def _lines(text: str) -> bytes:
    lines = text[:_MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.encode("utf-8", "replace")


def _has_only_rich_text(item: Item) -> bool:
    held = item.properties
    return bool(held.get(mapi.RICH_TEXT)) and not (held.get(mapi.BODY) or held.get(mapi.HTML))


def _named(item: Item) -> str:
    return mapi.text(item.properties, mapi.MESSAGE_CLASS).lower()


def _is_report(item: Item) -> bool:
    return _FAILED.match(_named(item)) is not None


def _extra_parts(item: Item) -> Iterator[tuple[str, bytes]]:
    """Yields the parts that tell what sort of message it is: an invitation, a failed delivery."""
    for begins, method in _METHODS:
        if _named(item).startswith(begins):
            yield f"text/calendar; charset=utf-8; method={method}", b""
    for one in item.attachments:
        if content := mapi.data(one, mapi.CONTENT):
            yield _CALENDAR_FILE, content
    if _is_report(item):
        failed = filter(None, (_address(one, _RECIPIENT) for one in item.recipients))
        told = [_FAILURE.format(one) for one in failed]
        report = "\n".join(["Reporting-MTA: dns; outlook\n", *told])
        yield "message/delivery-status", report.encode("utf-8", "replace")


_CALENDAR_FILE: Final = (
    "text/calendar; charset=utf-8\nContent-Disposition: attachment; filename=invite.ics"
)
_FAILURE: Final = "Final-Recipient: rfc822; {}\nAction: failed\nStatus: 5.0.0\n"


def _attachment(held: Properties) -> Attachment:
    name = one_line(mapi.text(held, mapi.FILE_NAME, mapi.SHORT_FILE_NAME, mapi.DISPLAY_NAME))
    kind = one_line(mapi.text(held, mapi.MEDIA_TYPE)).lower()
    if mapi.number(held, mapi.HOW_ATTACHED) == _ENCLOSED:
        kind = kind or "message/rfc822"
    size = mapi.number(held, mapi.SIZE) or 0
    return Attachment(name[:255], kind[:127] or "application/octet-stream", size)


_ENCLOSED: Final = 5

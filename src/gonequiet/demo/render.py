"""Turns a message into bytes: headers, encodings, alternatives, attachments.

Written by hand instead of with the standard library's generator, so that the bytes are the same
on every version of Python, and quick.
"""

from __future__ import annotations

import base64
import quopri
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from zlib import crc32

from gonequiet.demo.cast import Party
from gonequiet.demo.mail import Mail

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar",
}
LINE_LENGTH = 76
LONGEST_LINE = 900


def render_mail(mail: Mail) -> bytes:
    """Returns the message as it would lie on a server, with line feeds only."""
    headers, body = _content(mail)
    head = "\n".join(f"{name}: {value}" for name, value in [*_envelope(mail), *headers])
    return f"{head}\n\n".encode("ascii") + body


def wrap_lines(text: str, width: int = LINE_LENGTH) -> str:
    """Wraps long lines at blanks, quoted ones with their marks."""
    return "\n".join(part for line in text.split("\n") for part in _wrapped(line, width))


def _wrapped(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    marks = line[: len(line) - len(line.lstrip("> "))]
    parts, current = [], ""
    for word in line[len(marks) :].split(" "):
        if current and len(marks) + len(current) + 1 + len(word) > width:
            parts.append(marks + current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*parts, marks + current]


def _envelope(mail: Mail) -> list[tuple[str, str]]:
    headers = _trace(mail)
    headers += [
        ("From", _address(mail.sender)),
        ("To", ", ".join(map(_address, mail.to))),
        ("Cc", ", ".join(map(_address, mail.cc))),
        ("Date", format_datetime(mail.sent_at)),
        ("Subject", _encoded(mail.subject)),
        ("Message-ID", f"<{mail.message_id}>"),
        ("In-Reply-To", f"<{mail.in_reply_to}>" if mail.in_reply_to else ""),
        ("References", "\n ".join(f"<{one}>" for one in mail.references)),
        ("X-Mailer", mail.client.agent),
        *mail.headers,
        ("MIME-Version", "1.0"),
    ]
    return [(name, value) for name, value in headers if value]


def _trace(mail: Mail) -> list[tuple[str, str]]:
    if mail.folder == "sent":
        return []
    domain = mail.sender.address.partition("@")[2]
    token = f"{crc32(mail.message_id.encode()):08x}"
    received = (
        f"from mail.{domain} (mail.{domain} [192.0.2.{crc32(domain.encode()) % 250 + 1}])\n"
        f" by mx.brandtfield.example with ESMTPS id {token};\n {format_datetime(mail.at)}"
    )
    return [("Return-Path", f"<{mail.sender.address}>"), ("Received", received)]


def _content(mail: Mail) -> tuple[list[tuple[str, str]], bytes]:
    if mail.style == "bounce":
        return _multipart(mail, "report; report-type=delivery-status", _report_parts(mail))
    body = _text_part(mail.body, "plain", mail)
    if mail.has_html:
        body = _multipart(mail, "alternative", [body, _text_part(_html(mail), "html", mail)])
    if mail.style == "calendar":
        parts = [body, *(_calendar_part(media, text) for media, text in mail.payload)]
        return _multipart(mail, "alternative", parts)
    if mail.attachments:
        attached = [_attachment(name) for name in mail.attachments]
        return _multipart(mail, "mixed", [body, *attached])
    return body


Part = tuple[list[tuple[str, str]], bytes]


def _multipart(mail: Mail, kind: str, parts: list[Part]) -> Part:
    boundary = f"=_{crc32(f'{mail.message_id}/{kind}'.encode()):08x}_{len(parts)}"
    subtype, _, rest = kind.partition(";")
    value = f'multipart/{subtype}; boundary="{boundary}"' + (f";{rest}" if rest else "")
    chunks = []
    for headers, body in parts:
        head = "\n".join(f"{name}: {text}" for name, text in headers)
        chunks.append(f"--{boundary}\n{head}\n\n".encode("ascii") + body.rstrip(b"\n") + b"\n")
    return [("Content-Type", value)], b"".join(chunks) + f"--{boundary}--\n".encode("ascii")


def _text_part(text: str, subtype: str, mail: Mail) -> Part:
    if subtype == "plain" and mail.client.quotes != "outlook":
        text = wrap_lines(text)
    charset, encoding = _charset(text, mail)
    raw = text.encode(charset) + b"\n"
    headers = [
        ("Content-Type", f"text/{subtype}; charset={charset}"),
        ("Content-Transfer-Encoding", encoding),
    ]
    if encoding == "quoted-printable":
        return headers, quopri.encodestring(raw)
    if encoding == "base64":
        return headers, base64.encodebytes(raw)
    return headers, raw


def _charset(text: str, mail: Mail) -> tuple[str, str]:
    if text.isascii():
        is_long = any(len(line) > LONGEST_LINE for line in text.split("\n"))
        return "us-ascii", "quoted-printable" if is_long else "7bit"
    if mail.client.charset != "utf-8":
        try:
            text.encode(mail.client.charset)
            return mail.client.charset, "quoted-printable"
        except UnicodeEncodeError:
            pass
    is_packed = crc32(mail.message_id.encode()) % 4 == 0
    return "utf-8", "base64" if is_packed else "quoted-printable"


def _html(mail: Mail) -> str:
    paragraphs = "".join(
        f"<p>{escape(part).replace(chr(10), '<br>')}</p>\n" for part in mail.text.split("\n\n")
    )
    signature = f'<div class="signature">{_lines(mail.signature)}</div>\n' if mail.signature else ""
    quotation = f"<blockquote>{_lines(mail.quotation)}</blockquote>\n" if mail.quotation else ""
    return f"<html><body>\n{paragraphs}{signature}{quotation}</body></html>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _attachment(name: str) -> Part:
    suffix = name.rpartition(".")[2]
    opening = b"%PDF-1.4\n" if suffix == "pdf" else b"PK\x03\x04"
    content = base64.encodebytes(opening + f"made up for the demo: {name}\n".encode() * 3)
    return [
        ("Content-Type", f'{MEDIA_TYPES.get(suffix, "application/octet-stream")}; name="{name}"'),
        ("Content-Disposition", f'attachment; filename="{name}"'),
        ("Content-Transfer-Encoding", "base64"),
    ], content


def _calendar_part(method: str, text: str) -> Part:
    headers = [
        ("Content-Type", f"text/calendar; charset=utf-8; method={method}"),
        ("Content-Transfer-Encoding", "base64"),
    ]
    return headers, base64.encodebytes(text.encode())


def _report_parts(mail: Mail) -> list[Part]:
    notice = ([("Content-Type", "text/plain; charset=us-ascii")], mail.text.encode() + b"\n")
    rest = [([("Content-Type", media)], text.encode() + b"\n") for media, text in mail.payload]
    return [notice, *rest]


@lru_cache(maxsize=4096)
def _address(party: Party) -> str:
    name = party.name
    if not name:
        return party.address
    if not name.isascii():
        return f"{_encoded(name)} <{party.address}>"
    is_plain = all(character.isalnum() or character in " -'" for character in name)
    return f"{name} <{party.address}>" if is_plain else f'"{name}" <{party.address}>'


def _encoded(text: str) -> str:
    if text.isascii():
        return text
    return Header(text, "utf-8", maxlinelen=LINE_LENGTH).encode(linesep="\n")

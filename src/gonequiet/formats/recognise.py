"""What a file is, by its first bytes; its name decides only where the bytes leave it open."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from gonequiet.formats.apple_mail import without_count
from gonequiet.formats.charsets import WIDE, as_utf8
from gonequiet.formats.chat_lines import is_chat
from gonequiet.formats.mbox import is_from_line
from gonequiet.formats.tar_headers import BLOCK_BYTES, read_header


class FileKind(StrEnum):
    """A kind of file that records may come in."""

    MBOX = "mbox"
    EML = "mail"
    ZIP = "zip archive"
    GZIP = "gzip archive"
    BZIP2 = "bzip2 archive"
    TAR = "tar archive"
    PACKED = "packed archive"
    ICS = "calendar"
    VCF = "contact cards"
    SMS_BACKUP = "calls or texts"
    CHAT = "chat"
    XML = "XML"
    CSV = "table"
    JSON = "JSON"
    HTML = "web page"
    PST = "Outlook data file"
    MSG = "Outlook message"
    OLE2 = "Office document"
    PDF = "PDF"
    SQLITE = "database"
    BINARY = "other data"
    TEXT = "other text"
    EMPTY = "nothing"


_MAGIC: Final = (
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"BZh", FileKind.BZIP2),
    (b"\xfd7zXZ\0", FileKind.PACKED),
    (b"7z\xbc\xaf\x27\x1c", FileKind.PACKED),
    (b"Rar!\x1a\x07", FileKind.PACKED),
    (b"\x28\xb5\x2f\xfd", FileKind.PACKED),
    (b"!BDN", FileKind.PST),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLE2),
    (b"%PDF-", FileKind.PDF),
    (b"SQLite format 3\0", FileKind.SQLITE),
)
_FIELD: Final = re.compile(rb"[!-9;-~]{1,80}[ \t]*:")
_MAIL_FIELDS: Final = re.compile(
    rb"(?im)^(?:from|to|cc|date|subject|message-id|received|return-path|delivered-to|"
    rb"mime-version|content-type|sender|reply-to|x-[!-9;-~]{1,60})[ \t]*:"
)
_USTAR_AT: Final = 257
_DECIDING: Final = re.compile(rb"(?im)^(?:from|received|message-id|return-path|date)[ \t]*:")


def recognise(head: bytes, name: str) -> FileKind:
    """Returns what a file is.

    Args:
        head: its first few thousand bytes.
        name: its file name.
    """
    if not head:
        return FileKind.EMPTY
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind if kind is not FileKind.OLE2 else _in_container(head, name)
    if head[_USTAR_AT:].startswith(b"ustar") and read_header(head[:BLOCK_BYTES]) is not None:
        return FileKind.TAR
    is_wide = head.startswith(WIDE)
    text = without_count(as_utf8(head))
    if is_from_line(text, 0) and not is_wide:
        return FileKind.MBOX
    return _by_opening(text.lstrip()) or _by_fields(text) or _by_name(text, name)


def _in_container(head: bytes, name: str) -> FileKind:
    """A container of Office is a message when it names what messages have.

    Where its list of contents lies beyond what is looked at, the name decides, and the reader
    finds out.
    """
    if any(mark in head for mark in _OF_A_MESSAGE):
        return FileKind.MSG
    sector = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    listed_at = (int.from_bytes(head[48:52], "little") + 1) * sector
    is_seen = listed_at + sector <= len(head)
    return FileKind.MSG if not is_seen and name.lower().endswith(".msg") else FileKind.OLE2


_OF_A_MESSAGE: Final = tuple(
    name.encode("utf-16-le") for name in ("__properties_version1.0", "__substg1.0_")
)


def _by_opening(text: bytes) -> FileKind | None:
    start = text[:200].lower()
    if start.startswith(b"begin:vcalendar"):
        return FileKind.ICS
    if start.startswith(b"begin:vcard"):
        return FileKind.VCF
    if start.startswith((b"<!doctype html", b"<html")):
        return FileKind.HTML
    if start.startswith((b"<?xml", b"<smses", b"<calls")):
        return FileKind.SMS_BACKUP if _SMS_BACKUP.search(text[:4096]) else FileKind.XML
    if start.startswith(b"[") and is_chat(_shown(text)):
        return FileKind.CHAT
    return FileKind.JSON if start[:1] in (b"{", b"[") else None


def _shown(text: bytes) -> str:
    return text[:2000].decode("utf-8", "replace")


_SMS_BACKUP: Final = re.compile(rb"<(?:smses|calls)[\s>]")


def _by_fields(text: bytes) -> FileKind | None:
    """A mail begins with header fields, at least one of them a mail's own."""
    block = re.split(rb"\r?\n\r?\n", text, maxsplit=1)[0]
    first = block.split(b"\n", 1)[0]
    if _FIELD.match(first) is None:
        return None
    named = len(_MAIL_FIELDS.findall(block))
    if named >= 2 and _DECIDING.search(block):
        return FileKind.EML
    return None


def _by_name(text: bytes, name: str) -> FileKind:
    ending = name.lower().rsplit(".", 1)[-1]
    if ending in ("eml", "emlx", "mail") and _FIELD.match(text):
        return FileKind.EML
    if b"\0" in text[:1024]:
        return FileKind.BINARY
    if is_chat(_shown(text)):
        return FileKind.CHAT
    return FileKind.CSV if ending in ("csv", "tsv") else FileKind.TEXT

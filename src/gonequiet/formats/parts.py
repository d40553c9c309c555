"""The body of a message: its words, and what hangs on it.

Own reader of MIME structure, bounded in depth, parts, bytes looked at and text kept. The bytes of
attachments are only walked over in search of the next boundary, never decoded.
"""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple

from gonequiet.domain.message import Attachment
from gonequiet.formats.charsets import decode_text
from gonequiet.formats.encoded_words import decode_words, mended_base64
from gonequiet.formats.headers import MAX_PART_HEADER_BYTES, Headers, read_headers
from gonequiet.formats.html_text import html_to_text
from gonequiet.formats.media_types import FieldValue, media_type, read_field
from gonequiet.formats.wording import one_line, plain_lines

MAX_DEPTH = 100
MAX_PARTS = 10_000
MAX_TEXT_CHARS = 1_048_576
_MAX_ENCODED = 4 * 1024 * 1024
_MAX_MARKS = 100_000  # lines that begin like a boundary, all levels together
_MAX_SCANNED = 256 * 1024 * 1024  # bytes walked over in search of boundaries, all levels together
_MAX_REPORT = 65_536

_STUB_CHARS = 400
_STUB = re.compile(r"\bhtml\b|browser|e-?mail (?:client|program|reader|viewer)|mime", re.IGNORECASE)

TOO_DEEP = "Its parts are nested too deeply; the innermost were left out."
TOO_MANY = "It has too many parts; the rest was left out."
TOO_LONG = "Its text is too long; the rest was left out."
NO_BOUNDARY = "It says it has parts, and none were found; all was read as text."
NOT_CLOSED = "Its last part has no end; it may have been cut off."
DAMAGED = "Its transfer encoding is damaged; what could be decoded was read."
ENCLOSED = "Its words may be inside an Outlook attachment (TNEF) that is not read."
ENCRYPTED = "Its text is encrypted or enclosed in S/MIME and was not read."


class Body(NamedTuple):
    r"""What the body of a message holds.

    Attributes:
        text: the words, HTML turned into text, \n line ends.
        attachments: everything that is not the words.
        media_types: every media type that occurs in it.
        report: the text of delivery and disposition reports (RFC 3464, 8098), "" without one.
        calendar_method: METHOD of an invitation in it (RFC 5546), lower case, "" without one.
        returned: the header section of the first message enclosed, "" without one.
        problems: sentences on what was left out.
    """

    text: str
    attachments: tuple[Attachment, ...]
    media_types: frozenset[str]
    report: str
    calendar_method: str
    returned: str
    problems: tuple[str, ...]


class Leaf(NamedTuple):
    """One part that holds no other parts."""

    kind: str
    content: FieldValue
    encoding: str
    start: int
    end: int


_PLAIN = frozenset({"text/plain"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


def read_body(raw: bytes, headers: Headers) -> Body:
    """Returns the body of the message whose header section was read already."""
    fields = headers.fields
    content = read_field(headers.first("content-type"))
    kind = media_type(content)
    if kind == "text/plain" and "content-disposition" not in fields:
        leaf = Leaf(kind, content, _encoding(fields), headers.body_at, len(raw))
        text, problems = leaf_text(raw, leaf, MAX_TEXT_CHARS)
        return Body(text, (), _PLAIN, "", "", "", problems)
    walk = _Walk(raw)
    leaves = walk.entity(fields, headers.body_at, len(raw), 0)
    return walk.body(leaves)


def leaf_text(raw: bytes, leaf: Leaf, room: int) -> tuple[str, tuple[str, ...]]:
    """Returns the words of a text part, and sentences on what was left out of them.

    Args:
        raw: the record.
        leaf: a text part.
        room: the most characters to return.
    """
    end = min(leaf.end, leaf.start + _MAX_ENCODED)
    data, is_damaged = _undo(raw[leaf.start : end], leaf.encoding)
    text = plain_lines(decode_text(data, leaf.content.parameters.get("charset", "")))
    is_cut = end < leaf.end or len(text) > room
    if leaf.kind == "text/html":
        text = html_to_text(text)
    if not is_cut and not is_damaged:
        return text, ()
    return text[:room], (TOO_LONG,) * is_cut + (DAMAGED,) * is_damaged


def _undo(data: bytes, encoding: str) -> tuple[bytes, bool]:
    """Returns the bytes with the transfer encoding undone, and whether it was damaged."""
    if encoding == "quoted-printable":
        return (binascii.a2b_qp(data) if b"=" in data else data), False
    if encoding != "base64":
        return data, False
    try:
        decoded = binascii.a2b_base64(data)
    except binascii.Error:
        return mended_base64(data), True
    return decoded, not decoded and not data.isspace() and data != b""


def _encoding(fields: dict[str, list[str]]) -> str:
    values = fields.get("content-transfer-encoding")
    return values[0].strip().strip("\"'").lower() if values else ""


class _Walk:
    """One walk over the parts of one message; counts what it has seen and notes what it left."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.parts = 0
        self.scanned = 0
        self.marks = 0
        self.attachments: list[Attachment] = []
        self.media_types: set[str] = set()
        self.report = ""
        self.calendar_method = ""
        self.returned = ""
        self.problems: dict[str, None] = {}

    def body(self, leaves: list[Leaf]) -> Body:
        """Returns everything found, with the words of `leaves`."""
        texts: list[str] = []
        room = MAX_TEXT_CHARS
        for leaf in leaves:
            text, problems = leaf_text(self.raw, leaf, room)
            room -= len(text)
            self.problems.update(dict.fromkeys(problems))
            if text and not text.isspace():
                texts.append(text)
        if not texts and not self.media_types.isdisjoint(_TNEF):
            self.problems[ENCLOSED] = None
        return Body(
            "\n\n".join(texts),
            tuple(self.attachments),
            frozenset(self.media_types),
            self.report,
            self.calendar_method,
            self.returned,
            tuple(self.problems),
        )

    def entity(self, fields: dict[str, list[str]], start: int, end: int, depth: int) -> list[Leaf]:
        """Returns the text parts to read of one entity; the rest of it is noted on the way."""
        values = fields.get("content-type")
        content = read_field(values[0] if values else "")
        kind = media_type(content)
        self.media_types.add(kind)
        if kind.startswith("multipart/"):
            return self._multipart(fields, kind, content, start, end, depth)
        return self._leaf(fields, Leaf(kind, content, _encoding(fields), start, end))

    def _multipart(
        self,
        fields: dict[str, list[str]],
        kind: str,
        content: FieldValue,
        start: int,
        end: int,
        depth: int,
    ) -> list[Leaf]:
        if depth >= MAX_DEPTH:
            self.problems[TOO_DEEP] = None
            return []
        if kind == "multipart/encrypted":
            self.problems[ENCRYPTED] = None
        boundary = content.parameters.get("boundary", "").rstrip()
        spans = self._spans(boundary, start, end) if boundary else []
        if not spans:
            self.problems[NO_BOUNDARY] = None
            return [Leaf("text/plain", content, _encoding(fields), start, end)]
        branches = [self._part(span, depth) for span in spans]
        return self._choose(kind, branches)

    def _part(self, span: tuple[int, int], depth: int) -> list[Leaf]:
        if self.parts >= MAX_PARTS:
            self.problems[TOO_MANY] = None
            return []
        self.parts += 1
        start, end = span
        headers = read_headers(self.raw, start, end, limit=MAX_PART_HEADER_BYTES)
        return self.entity(headers.fields, headers.body_at, end, depth + 1)

    def _spans(self, boundary: str, start: int, end: int) -> list[tuple[int, int]]:
        """Returns where the parts between the boundary lines begin and end."""
        raw, mark = self.raw, b"--" + boundary.encode("utf-8", "replace")
        spans: list[tuple[int, int]] = []
        opened = -1
        at = start if raw.startswith(mark, start) else self._find(b"\n" + mark, start, end) + 1
        while at > 0 or (at == 0 and raw.startswith(mark)):
            line_end = raw.find(b"\n", at, end)
            line_end = end if line_end < 0 else line_end
            rest = raw[at + len(mark) : min(line_end, at + len(mark) + 200)].strip()
            if rest in (b"", b"--"):
                if opened >= 0:
                    spans.append((opened, max(opened, self._before_line(at))))
                opened = line_end + 1
                if rest or len(spans) > MAX_PARTS:
                    return spans
            at = self._find(b"\n" + mark, line_end, end) + 1
            if at == 0:
                break
        if 0 <= opened <= end:
            self.problems[NOT_CLOSED] = None
            spans.append((opened, end))
        return spans

    def _before_line(self, at: int) -> int:
        """Returns where the text before a boundary line ends; its line end belongs to the line."""
        return at - 2 if self.raw[at - 2 : at] == b"\r\n" else at - 1

    def _find(self, mark: bytes, start: int, end: int) -> int:
        self.marks += 1
        if self.scanned > _MAX_SCANNED or self.marks > _MAX_MARKS:
            self.problems[TOO_MANY] = None
            return -1
        found = self.raw.find(mark, start, end)
        self.scanned += (end if found < 0 else found) - start
        return found

    def _choose(self, kind: str, branches: list[list[Leaf]]) -> list[Leaf]:
        if kind != "multipart/alternative":
            return [leaf for branch in branches for leaf in branch]
        worded = [branch for branch in branches if branch]
        for branch in worded:
            if branch[0].kind == "text/plain" and (
                len(worded) == 1 or not self._is_stub(branch[0])
            ):
                return branch
        rich = [branch for branch in worded if branch[0].kind != "text/plain"]
        return rich[-1] if rich else (worded[-1] if worded else [])

    def _is_stub(self, leaf: Leaf) -> bool:
        """Whether a text alternative only says that the words are elsewhere."""
        if leaf.end - leaf.start > 3 * _STUB_CHARS:
            return False
        text = leaf_text(self.raw, leaf, _STUB_CHARS + 1)[0].strip()
        return not text or (len(text) <= _STUB_CHARS and _STUB.search(text) is not None)

    def _leaf(self, fields: dict[str, list[str]], leaf: Leaf) -> list[Leaf]:
        values = fields.get("content-disposition")
        disposition = read_field(values[0]) if values else None
        name = (disposition.text("filename") if disposition else "") or leaf.content.text("name")
        is_attached = disposition is not None and disposition.value == "attachment"
        if leaf.kind in ("text/plain", "text/html") and not is_attached and not name:
            return [leaf]
        if leaf.kind in ("text/plain", "text/html") and not is_attached and not self.attachments:
            return [leaf]
        self._note(leaf, is_attached=is_attached)
        self._attach(leaf, name)
        return []

    def _note(self, leaf: Leaf, *, is_attached: bool) -> None:
        """Keeps what a special part tells about the kind of message.

        Programs that invite put the invitation beside the words; a calendar file that is merely
        attached was put there by a person.
        """
        kind = leaf.kind
        if kind in ("message/delivery-status", "message/disposition-notification"):
            self.report = self.report or self._beginning(leaf)
        elif kind == "text/calendar" and not is_attached and not self.calendar_method:
            self.calendar_method = self._method(leaf)
        elif kind in ("message/rfc822", "text/rfc822-headers") and not self.returned:
            self.returned = self._beginning(leaf)
        elif kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and self.parts == 0:
            self.problems[ENCRYPTED] = None

    def _beginning(self, leaf: Leaf) -> str:
        data = self.raw[leaf.start : min(leaf.end, leaf.start + _MAX_REPORT)]
        return plain_lines(decode_text(_undo(data, leaf.encoding)[0], ""))

    def _method(self, leaf: Leaf) -> str:
        stated = leaf.content.parameters.get("method", "").lower()
        if stated:
            return one_line(stated)[:20]
        found = re.search(r"^METHOD:(\w{1,20})", self._beginning(leaf), re.MULTILINE)
        return found[1].lower() if found else ""

    def _attach(self, leaf: Leaf, name: str) -> None:
        if not name and leaf.kind == "message/rfc822":
            enclosed = read_headers(self.raw, leaf.start, leaf.end, limit=MAX_PART_HEADER_BYTES)
            name = one_line(decode_words(enclosed.first("subject")))
        kind = leaf.kind if leaf.content.value else "application/octet-stream"
        self.attachments.append(Attachment(name[:255], kind, self._size(leaf)))

    def _size(self, leaf: Leaf) -> int:
        size = leaf.end - leaf.start
        if leaf.encoding != "base64":
            return size
        line = self.raw.find(b"\n", leaf.start, leaf.end)
        ends = size // (line + 1 - leaf.start) if line > leaf.start else 0
        width = 2 if line > 0 and self.raw[line - 1] == 13 else 1
        return max(0, size - ends * width) * 3 // 4

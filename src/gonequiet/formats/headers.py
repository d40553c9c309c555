"""The header section of a message or of a part: where it ends, and its fields.

One pass, because this runs once per message and once per part. Lines that are no field are left
out and noted: whoever reads the sender then asks a second reader.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gonequiet.formats.charsets import decode_text

MAX_HEADER_BYTES = 10 * 1024 * 1024
MAX_HEADER_LINES = 100_000
MAX_PART_HEADER_BYTES = 65_536

# Most fields of today's mail are notes of servers to one another. Nobody here asks for these.
_UNUSED = "-"
_MAX_NAME = 100
_UNUSED_FAMILIES = ("x-", "arc-", "dkim-", "authentication-", "domainkey-", "received-spf")
_USED_OF_THESE = frozenset(
    {
        "x-from", "x-to", "x-cc", "x-bcc", "x-gmail-labels", "x-failed-recipients", "x-autoreply",
        "x-autorespond", "x-autoresponder", "x-mailing-list", "x-beenthere",
    }
)  # fmt: skip

_FOLD = re.compile(r"\n[ \t]+")


class Headers(NamedTuple):
    """The fields of one header section.

    Attributes:
        fields: values by lower-case name, in order, unfolded, not yet decoded; without the
            fields nobody asks for.
        body_at: where the body begins in the raw bytes.
        is_odd: something in here may be read otherwise by other programs.
        problems: sentences on what was cut or missing.
    """

    fields: dict[str, list[str]]
    body_at: int
    is_odd: bool
    problems: tuple[str, ...]

    def first(self, name: str) -> str:
        """Returns the first value of a field, "" when it is absent."""
        values = self.fields.get(name)
        return values[0] if values else ""


def read_headers(
    raw: bytes, start: int = 0, end: int | None = None, *, limit: int = MAX_HEADER_BYTES
) -> Headers:
    """Returns the header section that begins at `start`.

    Args:
        raw: the record.
        start: where the section begins.
        end: where the message or part ends, by default the end of `raw`.
        limit: bytes of header looked at; what is beyond is left out and noted.
    """
    end = len(raw) if end is None else end
    stop, body_at = _section_end(raw, start, end, limit)
    if body_at < 0:
        return _unended(raw, start, end, limit)
    section = raw[start:stop]
    fields, is_odd = _known_section(section) if len(section) <= _SHORT else _section(section)
    return Headers(fields, body_at, is_odd, ())


_SHORT = 200


def _section(section: bytes) -> tuple[dict[str, list[str]], bool]:
    """Returns the fields of a header section, and whether something in it is odd."""
    text, is_odd = _section_text(section)
    fields, odd_lines = _fields(text)
    return fields, is_odd or odd_lines


# Parts of messages have a few short sections, the same over and over; nobody changes the fields.
_known_section = lru_cache(maxsize=1024)(_section)


def _unended(raw: bytes, start: int, end: int, limit: int) -> Headers:
    if start >= end:
        return Headers({}, end, True, ("It is empty.",))
    stop = min(end, start + limit)
    text, _ = _section_text(raw[start:stop])
    fields, odd_lines = _fields(text)
    if stop < end:
        return Headers(
            fields, end, True, ("The header section is too long; the rest was left out.",)
        )
    if odd_lines and not _looks_like_headers(text):
        return Headers({}, start, True, ("There is no header section.",))
    return Headers(fields, end, True, ("The header section does not end; there is no body.",))


def _looks_like_headers(text: str) -> bool:
    name, colon, _ = text[:1000].partition(":")
    return bool(colon) and " " not in name.rstrip() and "\n" not in name


def _section_end(raw: bytes, start: int, end: int, limit: int) -> tuple[int, int]:
    """Returns where the header text stops and where the body begins; body -1 without an end."""
    newline = raw.find(b"\n", start, end)
    if newline == start:
        return start, start + 1
    if newline == start + 1 and raw[start] == 13:
        return start, start + 2
    reach = min(end, start + limit)
    if newline > 0 and raw[newline - 1] == 13:
        return _nearest(raw, start, reach, b"\n\r\n", b"\n\n")
    return _nearest(raw, start, reach, b"\n\n", b"\n\r\n")


def _nearest(raw: bytes, start: int, reach: int, usual: bytes, other: bytes) -> tuple[int, int]:
    # The other line end is looked for only before the usual one, so that a body of megabytes
    # is not searched for it.
    found = raw.find(usual, start, reach)
    before = reach if found < 0 else found + 1
    if usual == b"\n\n" and raw.find(b"\r", start, before) < 0:
        return (found, found + 2) if found >= 0 else (reach, -1)
    earlier = raw.find(other, start, before)
    if earlier >= 0:
        return earlier, earlier + len(other)
    return (found, found + len(usual)) if found >= 0 else (reach, -1)


def _section_text(section: bytes) -> tuple[str, bool]:
    is_odd = False
    if b"\r" in section:
        section = section.replace(b"\r\n", b"\n")
        if section.endswith(b"\r"):
            section = section[:-1]
        if b"\r" in section:
            is_odd, section = True, section.replace(b"\r", b"\n")
    if b"\x00" in section:
        is_odd, section = True, section.replace(b"\x00", b"")
    if section.isascii():
        return section.decode("ascii"), is_odd
    return decode_text(section, ""), is_odd


def _fields(text: str) -> tuple[dict[str, list[str]], bool]:
    """Returns the fields, and whether some line was none."""
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text, MAX_HEADER_LINES)
    lines = text.split("\n", MAX_HEADER_LINES)
    is_odd = len(lines) > MAX_HEADER_LINES
    fields: dict[str, list[str]] = {}
    for line in lines[:MAX_HEADER_LINES] if is_odd else lines:
        written, colon, value = line.partition(":")
        name = _field_name(written) if colon and len(written) <= _MAX_NAME else ""
        if name == _UNUSED:
            continue
        if not name:
            is_odd = is_odd or not _is_harmless(line)
        elif name in fields:
            fields[name].append(value.strip())
        else:
            fields[name] = [value.strip()]
    return fields, is_odd


@lru_cache(maxsize=4096)
def _field_name(written: str) -> str:
    """Returns the name in lower case, "" when it cannot be one, `_UNUSED` when nobody asks."""
    name = written.rstrip().lower()
    if not name or " " in name or "\t" in name:
        return ""
    is_unused = name.startswith(_UNUSED_FAMILIES) and name not in _USED_OF_THESE
    return _UNUSED if is_unused else name


def _is_harmless(line: str) -> bool:
    """Whether the line is what old mailbox programs leave: blank, or an escaped From_ line."""
    return not line.strip() or line.startswith((">From ", "From "))

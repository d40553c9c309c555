"""Headers of a tar: who is next, how long (POSIX 1003.1-2017, `pax`; GNU tar's long names)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

BLOCK_BYTES: Final = 512
_MOST_BYTES: Final = 1 << 50
_SUM_AT: Final = slice(148, 156)
_RECORD: Final = re.compile(rb"(\d{1,9}) ([^=]{1,200})=")


class TarHeader(NamedTuple):
    """One header.

    Attributes:
        name: as far as it stands in the header.
        size: bytes of content that follow, before they are filled up to whole blocks.
        flag: what it is about.
    """

    name: str
    size: int
    flag: bytes

    @property
    def is_file(self) -> bool:
        """Whether a regular file follows."""
        return self.flag in (b"0", b"\0", b"7")

    @property
    def is_folder(self) -> bool:
        """Whether it names a folder, or what is about the whole archive."""
        return self.flag in (b"5", b"g", b"V")

    @property
    def is_about_next(self) -> bool:
        """Whether what follows says something of the next header."""
        return self.flag in (b"x", b"X", b"L", b"K")


def read_header(block: bytes) -> TarHeader | None:
    """Returns the header a block holds, None where it holds none: its check sum tells."""
    if len(block) < BLOCK_BYTES:
        return None
    said = _number(block[_SUM_AT])
    plain = sum(block) - sum(block[_SUM_AT]) + 8 * ord(" ")
    size = _number(block[124:136])
    if said != plain or size is None or not 0 <= size < _MOST_BYTES:
        return None
    name = _text(block[:100])
    prefix = _text(block[345:500]) if block[257:263] == b"ustar\0" else ""
    return TarHeader(f"{prefix}/{name}" if prefix else name, size, block[156:157])


def read_records(header: TarHeader, content: bytes) -> dict[str, str]:
    """Returns what is said of the next header: "path" and "size", where they are."""
    if header.flag == b"L":
        return {"path": _text(content)}
    if header.flag == b"K":
        return {}
    told: dict[str, str] = {}
    at = 0
    while found := _RECORD.match(content, at):
        end = at + int(found[1])
        value = content[found.end() : end - 1]
        if found[2] == b"path":
            told["path"] = value.decode("utf-8", "backslashreplace")
        elif found[2] == b"size" and value.isdigit() and len(value) < len(str(_MOST_BYTES)):
            told["size"] = value.decode()
        at = max(end, found.end())
    return told


def _number(field: bytes) -> int | None:
    """A number in octal digits, or in bytes where the first bit is set (GNU)."""
    if field[:1] and field[0] & 0x80:
        return int.from_bytes(bytes((field[0] & 0x7F,)) + field[1:], "big")
    digits = field.strip(b" \0")
    return int(digits or b"0", 8) if not digits.strip(b"01234567") else None


def _text(field: bytes) -> str:
    return field.split(b"\0", 1)[0].decode("utf-8", "backslashreplace")

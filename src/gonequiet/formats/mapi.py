"""What Outlook keeps of a message: numbered properties (MS-OXPROPS), of it and of its people.

Numbers and types are those of MS-OXCDATA; a property that cannot be decoded is as good as absent.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final, NamedTuple

from gonequiet.formats.charsets import codec_for, decode_text

Value = str | bytes | int
Properties = Mapping[int, Value]

MESSAGE_CLASS: Final = 0x001A
SUBJECT: Final = 0x0037
SUBMITTED_AT: Final = 0x0039
REPRESENTED_NAME: Final = 0x0042
REPRESENTED_KIND: Final = 0x0064
REPRESENTED_ADDRESS: Final = 0x0065
TRANSPORT_HEADERS: Final = 0x007D
RECIPIENT_ROLE: Final = 0x0C15
SENDER_KEY: Final = 0x0C1D
SENDER_NAME: Final = 0x0C1A
SENDER_KIND: Final = 0x0C1E
SENDER_ADDRESS: Final = 0x0C1F
DELIVERED_AT: Final = 0x0E06
FLAGS: Final = 0x0E07
SIZE: Final = 0x0E20
BODY: Final = 0x1000
RICH_TEXT: Final = 0x1009
HTML: Final = 0x1013
MESSAGE_ID: Final = 0x1035
REFERENCES: Final = 0x1039
IN_REPLY_TO: Final = 0x1042
DISPLAY_NAME: Final = 0x3001
ADDRESS_KIND: Final = 0x3002
ADDRESS: Final = 0x3003
MADE_AT: Final = 0x3007
CONTENT: Final = 0x3701
SHORT_FILE_NAME: Final = 0x3704
HOW_ATTACHED: Final = 0x3705
FILE_NAME: Final = 0x3707
MEDIA_TYPE: Final = 0x370E
MAIL_ADDRESS: Final = 0x39FE
CODE_PAGE: Final = 0x3FDE
MESSAGE_CODE_PAGE: Final = 0x3FFD
SENDER_MAIL_ADDRESS: Final = 0x5D01
REPRESENTED_MAIL_ADDRESS: Final = 0x5D02
MAKER_MAIL_ADDRESS: Final = 0x5D0A

# Of appointments; those from 0x8000 on and the lowest have names (MS-OXOCAL) and are known by the
# number in them, whatever number a file gives them.
EVENT_ID: Final = 0x0003
CLEAN_EVENT_ID: Final = 0x0023
PLAIN_STARTS_AT: Final = 0x0060
PLAIN_ENDS_AT: Final = 0x0061
CHANGED_AT: Final = 0x3008
RECIPIENT_FLAGS: Final = 0x5FFD
TRACKED: Final = 0x5FFF
VERSION: Final = 0x8201
PLACE: Final = 0x8208
STARTS_AT: Final = 0x820D
ENDS_AT: Final = 0x820E
IS_ALL_DAY: Final = 0x8215
SERIES: Final = 0x8216
CALLED_OFF: Final = 0x8217
ZONE_OF_START: Final = 0x825E
ZONE_OF_SERIES: Final = 0x8260

NOT_SENT: Final = 0x8
"""In the flags of a message: it is still being written."""

TEXT_8, TEXT, BINARY = 0x001E, 0x001F, 0x0102
INT_16, INT_32, BOOL, INT_64, TIME = 0x0002, 0x0003, 0x000B, 0x0014, 0x0040
FIXED: Final = {INT_16: "<H", INT_32: "<I", BOOL: "<H", INT_64: "<Q", TIME: "<Q"}
"""Types of a fixed length, as they stand in eight bytes."""
VARIABLE: Final = frozenset({TEXT_8, TEXT, BINARY})
_TICKS_TO_1970: Final = 116_444_736_000_000_000
_LATEST: Final = 253_402_300_800  # the year 10000
_BY_NUMBER: Final = {65000: "utf-7", 65001: "utf-8", 1200: "utf-16-le", 20127: "ascii"}


class Item(NamedTuple):
    """One thing Outlook keeps.

    Attributes:
        properties: its own.
        recipients: those of each person it went to.
        attachments: those of each thing that hangs on it; of calendars what is in them as well.
        problems: sentences on what could not be read of it.
    """

    properties: Properties
    recipients: tuple[Properties, ...]
    attachments: tuple[Properties, ...]
    problems: tuple[str, ...] = ()


def value_of(kind: int, raw: bytes, charset: str = "") -> Value | None:
    """Returns the value of a property, None when it has none we use.

    Args:
        kind: the property's type.
        raw: its bytes.
        charset: of texts with one byte a character.
    """
    if kind == TEXT:
        return raw[: len(raw) & ~1].decode("utf-16-le", "replace").rstrip("\0")
    if kind == TEXT_8:
        return decode_text(raw.rstrip(b"\0"), charset or "cp1252")
    if kind == BINARY:
        return raw
    shape = FIXED.get(kind)
    if shape is None or not raw:
        return None
    size = struct.calcsize(shape)
    found = int(struct.unpack(shape, raw[:size].ljust(size, b"\0"))[0])
    return _moment(found) if kind == TIME else found


def _moment(ticks: int) -> int | None:
    """Tenths of microseconds since 1601 as UTC epoch seconds, None for no moment."""
    at = (ticks - _TICKS_TO_1970) // 10_000_000
    return at if ticks and 0 <= at < _LATEST else None


def numbers_named(entries: bytes) -> dict[int, int]:
    """Returns by the number a property has in one file the number in its name.

    Args:
        entries: what the file says of names (MS-OXMSG 2.2.3.1.2, MS-PST 2.4.7).
    """
    whole = len(entries) - len(entries) % 8
    return {
        _FIRST_NAMED + place: named
        for named, kind, place in struct.iter_unpack("<IHH", entries[:whole])
        if not kind & 1  # else its name is a text
    }


_FIRST_NAMED: Final = 0x8000


def charset_of(page: Value | None) -> str:
    """Returns the charset of a Windows code page, "" when it means nothing."""
    if not isinstance(page, int):
        return ""
    return codec_for(_BY_NUMBER.get(page, f"cp{page}"))


def text(properties: Properties, *wanted: int) -> str:
    """Returns the first of some properties that holds text, "" when none does."""
    for number in wanted:
        found = properties.get(number)
        if isinstance(found, str) and found:
            return found
    return ""


def number(properties: Properties, *wanted: int) -> int | None:
    """Returns the first of some properties that holds a number, None when none does."""
    for one in wanted:
        found = properties.get(one)
        if isinstance(found, int):
            return found
    return None


def data(properties: Properties, wanted: int) -> bytes:
    """Returns the bytes of a property, empty when it has none."""
    found = properties.get(wanted)
    return found if isinstance(found, bytes) else b""

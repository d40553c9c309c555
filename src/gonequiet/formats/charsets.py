"""Bytes to text: the declared charset, then UTF-8, then a guess.

Labels are read as mail programs use them, not as standards define them: "iso-8859-1" and
"us-ascii" are windows-1252 in practice, "gb2312" is gb18030.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How a file begins that has two bytes to a character (UTF-16)."""

_MAX_LABEL = 40
_GUESS_FROM_BYTES = 32_768
_GUESS_FROM_HIGH = 12  # fewer bytes past ASCII say nothing about a charset
_LAST_RESORT = "cp1252"

_AS_USED = {
    "ascii": _LAST_RESORT,
    "iso8859-1": _LAST_RESORT,
    "latin-1": _LAST_RESORT,
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
_SPELLED_ODDLY = {
    "ansi_x3.4-1968": _LAST_RESORT,
    "ks_c_5601-1987": "cp949",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "unicode": "utf-16",
}
# Codecs that are no charsets, slow on large input, or open a door ("unicode_escape").
_REFUSED = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
# Charsets in which an ASCII byte need not be that ASCII character.
_NOT_ASCII_BASED = frozenset(
    {"utf-7", "hz", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
)
_CONTROL_BYTES = bytes({*range(32), 127} - set(b"\t\n\r\x0c"))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]+")

_HIGH = bytes(range(128, 256))


@lru_cache(maxsize=512)
def codec_for(label: str) -> str:
    """Returns the codec to use for a declared charset, "" when the label means nothing."""
    wanted = label.strip().strip("\"'").lower()
    wanted = _SPELLED_ODDLY.get(wanted, wanted)
    if len(wanted) > _MAX_LABEL or "\x00" in wanted:
        return ""
    try:
        name = codecs.lookup(wanted).name
        if name.replace("-", "_") in _REFUSED:
            return ""
        b"a".decode(name)
    except UnicodeError:
        pass  # a charset of two bytes a character
    except (LookupError, ValueError):
        return ""  # unknown, or no charset but a compression and the like
    return _AS_USED.get(name, name)


def as_utf8(data: bytes) -> bytes:
    """Returns the bytes of a file with the line ends and the encoding the rest expects."""
    if data.startswith(WIDE):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def decode_text(data: bytes, label: str) -> str:
    """Returns the bytes as text, without control characters but blanks and line ends.

    Unreadable bytes become U+FFFD; lone surrogates never appear.

    Args:
        data: the bytes, transfer decoding undone.
        label: the declared charset, "" when none was declared.
    """
    codec = codec_for(label[:_MAX_LABEL]) if label else ""
    if codec in _NOT_ASCII_BASED or codec.startswith("iso2022"):
        text = _strictly(data, codec)
        if text is not None and not _is_mislabelled(data, codec):
            return _CONTROLS.sub("", text)
        codec = ""
    return _decoded(data.translate(None, _CONTROL_BYTES), codec)


def _is_mislabelled(data: bytes, codec: str) -> bool:
    """Whether bytes said to be two or four to a character are one to a character."""
    return codec.startswith(("utf-16", "utf-32")) and data.isascii() and b"\x00" not in data


def _decoded(data: bytes, codec: str) -> str:
    if data.isascii():
        return data.decode("ascii")
    # UTF-8 under a western label is a common lie, and western text that happens to be valid
    # UTF-8 is next to impossible.
    wanted = ("utf-8", codec) if codec in ("", _LAST_RESORT) else (codec, "utf-8")
    for name in wanted:
        text = _strictly(data, name) if name else None
        if text is not None:
            return text
    return _guessed(data)


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
        text.encode("utf-8")  # UTF-7 can hold lone surrogates
    except (UnicodeError, LookupError, ValueError):
        return None
    return text


def _guessed(data: bytes) -> str:
    codec = _guessed_codec(data[:_GUESS_FROM_BYTES]) or _LAST_RESORT
    return data.decode(codec, "replace").encode("utf-8", "replace").decode("utf-8")


def _guessed_codec(data: bytes) -> str:
    """Returns the codec the bytes look like, western when there is little to go by."""
    high = len(data) - len(data.translate(None, _HIGH))
    if high < _GUESS_FROM_HIGH or 4 * high < len(data) < 200:
        return _LAST_RESORT
    import chardet  # a tenth of a second to load, and hardly ever needed

    return codec_for(chardet.detect(data).get("encoding") or "")

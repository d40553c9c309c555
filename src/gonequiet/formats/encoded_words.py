"""RFC 2047 encoded words, read as mail programs write them, in linear time."""

from __future__ import annotations

import binascii
import re

from gonequiet.formats.charsets import decode_text

MAX_ENCODED_CHARS = 16_384

_WORD = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?([^?\n]*)\?=")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def decode_words(value: str) -> str:
    """Returns a header value with its encoded words decoded; what cannot be decoded stays.

    Values longer than `MAX_ENCODED_CHARS` are cut first.
    """
    if "=?" not in value:
        return value
    value = value[:MAX_ENCODED_CHARS]
    pieces: list[str] = []
    run: list[bytes] = []
    charset, at = "", 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        label = word[1].partition("*")[0].lower()
        if run and (between.strip() or label != charset):
            pieces.append(decode_text(b"".join(run), charset))
            run = []
            between = between if between.strip() else ""
        elif run:
            between = ""
        pieces.append(between)
        run.append(_word_bytes(word[2], word[3]))
        charset, at = label, word.end()
    if run:
        pieces.append(decode_text(b"".join(run), charset))
    pieces.append(value[at:])
    return "".join(pieces)


def _word_bytes(encoding: str, payload: str) -> bytes:
    data = payload.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data.replace(b"_", b"=20"), header=False)
    return base64_bytes(data)


def base64_bytes(data: bytes) -> bytes:
    """Returns what can be decoded of base64, also where the padding is wrong."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        return mended_base64(data)


def mended_base64(data: bytes) -> bytes:
    """Returns what can be decoded of damaged base64: alphabet only, last group completed."""
    kept = _NOT_BASE64.sub(b"", data)
    kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))

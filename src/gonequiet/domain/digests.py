"""A digest per row, so that a flipped bit in the owner's records is noticed."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b


def digest_of(row: Sequence[object]) -> int:
    """Returns eight bytes over a row of built-in values, as a signed 64-bit integer."""
    return written_digest(repr(row))


def written_digest(row: str) -> int:
    """Returns the digest of a row that is written out as `repr` writes it."""
    return int.from_bytes(blake2b(row.encode(), digest_size=8).digest(), "big", signed=True)


def text_digest(text: str) -> int:
    """Returns eight bytes over a text, as a signed integer; 0 only for the empty text."""
    return bytes_digest(text.encode("utf-8", "surrogatepass"))


def bytes_digest(text: bytes) -> int:
    """Returns the digest of a text that is in UTF-8 already."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big", signed=True) or 1

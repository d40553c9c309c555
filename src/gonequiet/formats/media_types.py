"""Content-Type and Content-Disposition: a value and its parameters (RFC 2045, 2183, 2231)."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from gonequiet.formats.charsets import decode_text
from gonequiet.formats.encoded_words import decode_words
from gonequiet.formats.wording import one_line

_MAX_CHARS = 8_192
_CACHED_CHARS = 100  # the few forms all mail has; what is longer holds a boundary
_MAX_CONTINUATIONS = 100
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*("[^"\\]*+(?:\\.[^"\\]*+)*+"|[^;]*+)')
_NOT_OURS = MappingProxyType({"text": "text/plain", "": "text/plain"})


class FieldValue(NamedTuple):
    """The first word of a structured field, lower case, and its parameters by lower-case name."""

    value: str
    parameters: dict[str, str]

    def text(self, name: str) -> str:
        """Returns a parameter decoded, whichever way it was encoded; "" when absent."""
        plain = self.parameters.get(name)
        if plain is not None:
            return one_line(decode_words(plain))
        if not any("*" in known for known in self.parameters):
            return ""
        return one_line(_extended(self.parameters, name))


def read_field(value: str) -> FieldValue:
    """Returns a structured field's value and parameters."""
    return _cached(value) if len(value) <= _CACHED_CHARS else _read(value[:_MAX_CHARS])


@lru_cache(maxsize=2048)
def _cached(value: str) -> FieldValue:
    return _read(value)


def _read(value: str) -> FieldValue:
    head, semicolon, _ = value.partition(";")
    if not semicolon:
        return FieldValue(head.strip().strip('"').lower(), {})
    parameters: dict[str, str] = {}
    for found in _PARAMETER.finditer(value):
        text = found[2].strip()
        if text.startswith('"'):
            text = text.strip('"').replace('\\"', '"').replace("\\\\", "\\")
        parameters.setdefault(found[1].lower(), text)
    return FieldValue(head.strip().strip('"').lower(), parameters)


def media_type(field: FieldValue, default: str = "text/plain") -> str:
    """Returns the type/subtype, `default` when it is missing or no media type."""
    value = field.value
    if "/" in value and " " not in value and len(value) < 128:
        return value
    return _NOT_OURS.get(value, default) if value != "" else default


def _extended(parameters: dict[str, str], name: str) -> str:
    """Returns an RFC 2231 parameter: name*, or name*0, name*1 ... put together."""
    whole = parameters.get(name + "*")
    if whole is not None:
        return _charset_text(whole)
    pieces = []
    for number in range(_MAX_CONTINUATIONS):
        piece = parameters.get(f"{name}*{number}*", parameters.get(f"{name}*{number}"))
        if piece is None:
            break
        pieces.append(piece)
    joined = "".join(pieces)
    return _charset_text(joined) if f"{name}*0*" in parameters else decode_words(joined)


def _charset_text(value: str) -> str:
    charset, quote, rest = value.partition("'")
    if quote and "'" in rest:
        return decode_text(unquote_to_bytes(rest.partition("'")[2]), charset)
    return decode_text(unquote_to_bytes(value), "")

"""Telephone numbers in one form, E.164, once the country they are written in is known."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from gonequiet.domain.reach import TEL

_LONGEST: Final = 60
_WRITTEN: Final = re.compile(r"[^\d+*#]+")
_EXTENSION: Final = re.compile(
    r"(?:;ext=|;phone-context=|[,;]|(?<=\d)\s*(?:x|ext\.?|extension|durchwahl|dw)\s*(?=\d)).*",
    re.IGNORECASE | re.DOTALL,
)
_TRUNK_ZERO: Final = re.compile(r"\(\s*0\s*\)")
_FEWEST_DIGITS: Final = 3
SHORT_DIGITS: Final = 6
"""So short a number is a service's, or rings within a house: no country is put before it."""


def tel_address(number: str, country: str) -> str:
    """Returns the address of a telephone: E.164 where the country is known, "" for no number.

    Args:
        number: as written, with or without "tel:".
        country: of whoever wrote it (ISO 3166, two letters), "" unknown.
    """
    text = number[:_LONGEST].strip()
    return _address(text.removeprefix("tel:"), country.upper()) if text else ""


@lru_cache(maxsize=65_536)
def _address(text: str, country: str) -> str:
    text = _TRUNK_ZERO.sub("", _EXTENSION.sub("", text)) if text.lstrip().startswith("+") else text
    bare = _WRITTEN.sub("", _EXTENSION.sub("", text))
    digits = bare.replace("+", "")
    if len(digits) < _FEWEST_DIGITS or not digits.isascii():
        return ""
    return TEL + (_international(bare, country) or digits)


def _international(number: str, country: str) -> str:
    # Imported here: it takes a tenth of a second, and most commands never ask.
    import phonenumbers

    if number.startswith("00") and not country:
        number = f"+{number[2:]}"
    if not number.startswith("+") and (not country or len(number) <= SHORT_DIGITS):
        return ""
    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

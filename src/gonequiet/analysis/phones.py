"""Telephone numbers in a signature, and the country and clock they tell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

MAX_CHARS = 2_000
_MOST_NUMBERS = 6

_DIGITS = r"\d[\d ().\-/\u00a0\u2010\u2011]{6,22}\d"
_INTERNATIONAL = re.compile(rf"(?:\+ ?\(?|(?<![\d+])00 ?|(?<![\d+])011[ -])({_DIGITS})")
_NATIONAL = re.compile(rf"(?<![\d+])\(?({_DIGITS})(?!\d)")
_TRUNK_ZERO = re.compile(r"\( ?0 ?\)")
_NO_DIGITS = re.compile(r"\D+")


class Phone(NamedTuple):
    """Where a number rings.

    Attributes:
        number: in international form, digits only after the plus.
        country: ISO 3166-1 code.
        time_zone: IANA name, "" when the number fits more than one clock.
    """

    number: str
    country: str
    time_zone: str


def find_phones(text: str) -> tuple[Phone, ...]:
    """Returns the numbers written in international form, in order, at most six.

    Only the first `MAX_CHARS` are read.
    """
    return _international(text[:MAX_CHARS])


@lru_cache(maxsize=4096)
def _international(text: str) -> tuple[Phone, ...]:
    text = _TRUNK_ZERO.sub("", text)
    raw = [_NO_DIGITS.sub("", match[1]) for match in _INTERNATIONAL.finditer(text)]
    found = (_located(f"+{digits}", None) for digits in raw[:_MOST_NUMBERS])
    return tuple(phone for phone in found if phone)


def find_national_phones(text: str, country: str) -> tuple[Phone, ...]:
    """Returns the valid numbers written as one writes them within a country, at most six."""
    return _national(text[:MAX_CHARS], country)


@lru_cache(maxsize=4096)
def _national(text: str, country: str) -> tuple[Phone, ...]:
    raw = [match[1] for match in _NATIONAL.finditer(text)]
    found = (_located(number, country) for number in raw[:_MOST_NUMBERS])
    return tuple(phone for phone in found if phone)


def _located(number: str, country: str | None) -> Phone | None:
    """Returns where a number rings, None when it is none; within a country it must be valid."""
    # Imported here: it takes a tenth of a second, and most commands never ask.
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(parsed)
    if region is None and country is None and parsed.country_code is not None:
        # A number that ends early, as across a line break, still tells its country.
        region = phonenumbers.region_code_for_country_code(parsed.country_code)
    if region is None or len(region) != 2 or not region.isalpha() or region == "ZZ":
        return None
    return Phone(f"+{parsed.country_code}{parsed.national_number}", region, _zone_of(parsed))


def _zone_of(parsed: PhoneNumber) -> str:
    from phonenumbers import timezone

    zones = timezone.time_zones_for_geographical_number(parsed)
    return zones[0] if len(zones) == 1 and "/" in zones[0] and "Etc" not in zones[0] else ""

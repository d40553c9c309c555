"""How a line of an exported chat begins, in the dates of many countries."""

from __future__ import annotations

import re
from typing import Final

_STAMP: Final = (
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?[\s\u202f]\s?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:[\s\u202f\u00a0]?[AaPp]\.?[Mm]\.?)?"
)
LINE: Final = re.compile(
    rf"(?m)^[\u200e\u200f\ufeff]{{0,3}}(?:\[(?P<a>{_STAMP})\] |(?P<b>{_STAMP}) [-\u2013] )[\u200e]?"
)


def is_chat(head: str) -> bool:
    """Returns whether a text begins as a chat export does."""
    return LINE.match(head.lstrip("\r\n")) is not None

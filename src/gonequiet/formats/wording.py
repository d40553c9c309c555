"""What a line or a text read from a record is stripped of before anybody sees it."""

from __future__ import annotations

import re

# Marks that turn the direction of writing, join or hide: a name with one of them can look like
# another name. Zero-width joiners stay, scripts need them inside words.
_HIDING = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
_UNSEEN = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f{_HIDING}\ud800-\udfff]+")
_BLANKS = re.compile(r"\s+")


def one_line(text: str) -> str:
    """Returns the text on one line: blanks folded, control and direction characters removed."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip()


def plain_lines(text: str) -> str:
    r"""Returns the text with \n for every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

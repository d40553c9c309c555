"""Search input is literal text: no query language, no surprises."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_AROUND = 60


def as_query(text: str) -> str:
    """Returns the FTS5 query that finds rows holding all words of a text, "" when it has none.

    Every word is quoted, so that nothing in it is an operator; the last one may be unfinished.
    """
    words = _WORD.findall(text)
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    return f"{' AND '.join(quoted)}*"


def as_pattern(text: str) -> str:
    """Returns a pattern of LIKE that every row holding a text matches, and few others.

    It is made of the longest run without blanks. LIKE folds the case of ASCII alone, so a letter
    beyond it that has a case stands for anything, and so does "ss", which may be written "ß".
    """
    longest = max(text.split(), key=len, default="")[:_LONGEST]
    return f"%{''.join(map(_as_matched, longest)).casefold().replace('ss', '%')}%"


_LONGEST = 200


def _as_matched(letter: str) -> str:
    if letter in "%_\\":
        return f"\\{letter}"
    return letter if letter.isascii() or letter.casefold() == letter.upper() else "%"


def excerpt_of(texts: Sequence[str], folded: str) -> str | None:
    """Returns the place where the text stands literally, None when it does not.

    Args:
        texts: subject, new words, forwarded text.
        folded: what is looked for, white space and case folded.
    """
    for text in texts:
        flat = " ".join(text.split())
        at = flat.casefold().find(folded)
        if at >= 0:
            start = max(0, at - _AROUND)
            end = min(len(flat), at + len(folded) + _AROUND)
            return ("…" if start else "") + flat[start:end] + ("…" if end < len(flat) else "")
    return None

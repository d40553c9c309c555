"""Who a letter speaks to by name, at its very beginning.

A letter that goes to several is often said to one of them: "Bruce: I am tied up" is said to Bruce,
whoever else reads it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

_NAME: Final = r"[A-ZÄÖÜ][\w'’.-]{1,20}(?: [A-ZÄÖÜ][\w'’.-]{1,20})?"
_CALLED: Final = re.compile(
    r"\W{0,3}(?:(?i:hi|hello|hey|dear|thanks|thank you|good (?:morning|afternoon|evening)|hallo"
    r"|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|moin|servus),? )?"
    r"(?:(?i:mr|mrs|ms|dr|herr|frau)\.? )?"
    rf"(?P<names>{_NAME}(?:(?: ?[,/&]| and| und) ?{_NAME}){{0,5}})"
    r"\s?(?:,|:|!|--?|–|\.|$)(?=\s|$)",
    re.MULTILINE,
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_BETWEEN: Final = frozenset(("and", "und"))
_SHORTEST: Final = 3
"""Letters that a short form of a name has at least: "Rob" of "Robert"."""


def names_called(text: str) -> tuple[str, ...]:
    """Returns the names a letter begins with, in lower case; none where it just begins."""
    found = _CALLED.match(text.lstrip())
    names = [] if found is None else _words(found["names"])
    return tuple(name for name in names if name not in _BETWEEN)


def is_said_to(text: str, readers: Collection[str]) -> bool:
    """Whether a letter calls by name only people among the readers given.

    Args:
        text: the new words of the letter.
        readers: names or addresses.
    """
    called = names_called(text)
    known = {word for reader in readers for word in _words(reader.partition("@")[0])}
    return bool(called) and all(_is_one_of(name, known) for name in called)


def _words(name: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(name)]


def _is_one_of(name: str, known: Iterable[str]) -> bool:
    return any(name == one or (len(name) >= _SHORTEST and one.startswith(name)) for one in known)

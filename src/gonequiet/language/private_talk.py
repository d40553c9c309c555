"""Whether words are talk among friends: who says "perhaps" of a party holds back from nothing.

One word of the kind says little; it takes words of several sorts, or many of one, beside the length
of the text. Precision matters less here than elsewhere: what is taken for private talk is only not
read for signs of holding back.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_WORDS: Final = 2
_OF_ONE_SORT: Final = 3
_RARE: Final = 100
"""Of so many words one may be private without the letter being so."""


def is_private_talk(text: str) -> bool:
    """Whether a text is talk among friends."""
    words = _WORD.findall(text.casefold())
    if not words:
        return False
    sorts = [sort for word in set(words) if (sort := _sorts().get(word)) is not None]
    wanted = _OF_ONE_SORT if len(set(sorts)) == 1 else _WORDS
    return len(sorts) >= max(wanted, len(words) / _RARE)


@cache
def _sorts() -> Mapping[str, str]:
    path = resources.files("gonequiet.language.cues").joinpath("private.toml")
    data: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        word: f"{tongue} {sort}"
        for tongue, lists in data.items()
        for sort, row in lists.items()
        for word in row.split()
    }

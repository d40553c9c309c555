"""What an undertaking is about: the sort of deed owed, and the words that name the thing."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple


class Sort(StrEnum):
    """What sort of deed is owed; it says what counts as having done it."""

    DELIVER = "deliver"
    CONTACT = "contact"
    MEET = "meet"
    OTHER = "other"


class _Cues(NamedTuple):
    """The data file, made ready."""

    sorts: dict[Sort, re.Pattern[str]]
    by_mail: re.Pattern[str]
    by_hand: re.Pattern[str]
    empty: frozenset[str]


_WORD = re.compile(r"[a-zäöüß][a-zäöüß-]{3,}|\d{3,}")


def sort_of(words: str) -> Sort:
    """What sort of deed an undertaking is, by the verb that comes first.

    Args:
        words: of the undertaking, lower case.
    """
    tried = ((sort, form.search(words)) for sort, form in _cues().sorts.items())
    placed = [(match.start(), sort) for sort, match in tried if match is not None]
    return min(placed)[1] if placed else Sort.OTHER


def comes_by_mail(words: str) -> bool:
    """Whether the keeping of an undertaking would be a letter, and so stand in the records.

    Args:
        words: of the undertaking, lower case.
    """
    cues, words = _cues(), " ".join(words.split())
    return cues.by_mail.search(words) is not None and cues.by_hand.search(words) is None


def topic_of(words: str) -> frozenset[str]:
    """The words that say what a thing is about, without those that stand in any promise."""
    return frozenset(_WORD.findall(words)) - _cues().empty


@cache
def _cues() -> _Cues:
    path = resources.files("gonequiet.language.cues").joinpath("undertakings.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    sorts = {Sort(name): re.compile(form) for name, form in data["sorts"].items()}
    by_mail, by_hand = (re.compile(data["shows"][name]) for name in ("by_mail", "by_hand"))
    return _Cues(sorts, by_mail, by_hand, frozenset(" ".join(data["empty"].values()).split()))

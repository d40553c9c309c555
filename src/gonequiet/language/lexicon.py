"""The data files of cues, read once per process."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any


class Tongue(StrEnum):
    """A language we have cues for, or none of them."""

    ENGLISH = "en"
    GERMAN = "de"
    OTHER = "other"


@cache
def load_cues(tongue: Tongue) -> Mapping[str, Any]:
    """The whole data file of a language; an unread language has the empty one."""
    if tongue is Tongue.OTHER:
        return {}
    data = resources.files("gonequiet.language.cues").joinpath(f"{tongue.value}.toml")
    return tomllib.loads(data.read_text(encoding="utf-8"))


@cache
def class_names() -> tuple[str, ...]:
    """Every word class, in the order of the English file; the numbers of a class rest on it."""
    return tuple(load_cues(Tongue.ENGLISH)["classes"])


@cache
def class_of_word(tongue: Tongue) -> Mapping[str, int]:
    """Maps a word to the number of its class, counted from 1."""
    numbers = {name: number for number, name in enumerate(class_names(), start=1)}
    found: dict[str, int] = {}
    for name, words in load_cues(tongue).get("classes", {}).items():
        for word in words.split():
            found.setdefault(word, numbers[name])
    return found


@cache
def weakening_words(tongue: Tongue) -> frozenset[str]:
    """Words around which is looked for what they take back: many, probably, said, could."""
    words: str = load_cues(tongue).get("weakening", {}).get("words", "")
    return frozenset(words.split())


HEDGING = frozenset({"some", "often", "perhaps", "said", "seem", "about", "may"})
"""The word classes that take something back."""


@cache
def hedging_words(tongue: Tongue) -> Mapping[str, str]:
    """The words that take something back, with their class."""
    names = class_names()
    classes = ((word, names[number - 1]) for word, number in class_of_word(tongue).items())
    return {word: name for word, name in classes if name in HEDGING}

"""Who is named before a verb: "Anna will send you the draft" is said of Anna.

A name is told by its capitals, by what stands before it and by not being a word that begins a
sentence without naming anybody. A name that is none costs more than one that is missed: what is
said of it would be somebody's promise.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from gonequiet.language.lexicon import Tongue, class_of_word


class Named(NamedTuple):
    """Somebody named who is to do something.

    Attributes:
        start: where the name begins.
        verb: where the verb phrase begins, or adverbs before it.
    """

    start: int
    verb: int


class _Cues(NamedTuple):
    """What stands around a name in one language."""

    will: re.Pattern[str]
    name: re.Pattern[str]
    no_names: frozenset[str]
    articles: frozenset[str]


_LONGEST_NAME = 60


def find_named(spoken: str, words: str, tongue: Tongue) -> Iterator[Named]:
    """Everybody named of whom something is said that they will do.

    Args:
        spoken: a sentence as it was written, blanks folded.
        words: the same in lower case, as long.
        tongue: its language.
    """
    cues = _cues(tongue)
    for will in cues.will.finditer(words):
        start = _name_before(spoken, will.start(), cues)
        if start is not None:
            yield Named(start, will.end())


def _name_before(spoken: str, stop: int, cues: _Cues) -> int | None:
    """Where a name that ends there begins, None where there is none."""
    found = cues.name.search(spoken, max(0, stop - _LONGEST_NAME), stop)
    if found is None:
        return None
    first, _, last = found["who"].partition(" ")
    if not last:
        return None if first.lower() in cues.no_names else found.start("who")
    if last.lower() in cues.no_names or first.lower() in cues.articles:
        return None
    is_name = first.lower() not in cues.no_names
    return found.start("who") if is_name else found.end() - len(last)


@cache
def _cues(tongue: Tongue) -> _Cues:
    path = resources.files("gonequiet.language.cues").joinpath(f"commitment_{tongue.value}.toml")
    named = tomllib.loads(path.read_text(encoding="utf-8"))["named"]
    words = "|".join(named["before"].split())
    name = re.compile(
        rf"(?:^[-*\u2022\"(> ]{{0,3}}|[.,;:(!?-] {{0,2}}|\b(?i:{words}) )"
        r"(?P<who>(?:(?:Mr|Ms|Mrs|Dr|Herr|Frau)\.? )?[A-ZÄÖÜ][a-zäöüß'’-]{1,20}"
        r"(?: [A-Z]\.?)?(?: [A-ZÄÖÜ][A-Za-zäöüß'’-]{1,20})?)$"
    )
    known = frozenset((*named["no_names"].split(), *class_of_word(tongue)))
    articles = frozenset(named["articles"].split())
    return _Cues(re.compile(named["will"]), name, known, articles)

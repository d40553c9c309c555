"""What else the sentences of an answer show: an end, a putting off, warmth, a taking up.

Beside the speech acts of `acts` these decide where a response leads. A sentence may show several
things; every one keeps its span. The words lie in `cues/answering_*.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple

from gonequiet.language.lexicon import Tongue


class Tenor(StrEnum):
    """What a sentence of an answer shows beside its speech act."""

    ENDED = "ended"
    PUT_OFF = "put_off"
    WARM = "warm"
    TAKES_UP = "takes_up"
    MISSED = "missed"


class TenorFound(NamedTuple):
    """A tenor, the rule that read it, and the words it stands on within the sentence."""

    tenor: Tenor
    rule: str
    start: int
    stop: int


def find_tenors(sentence: str, tongue: Tongue) -> tuple[TenorFound, ...]:
    """Every tenor of a sentence, at most one span each, in the order of the enum."""
    if tongue is Tongue.OTHER:
        return ()
    words = sentence.lower().replace("\n", " ").replace("’", "'")
    tried = ((tenor, pattern.search(words)) for tenor, pattern in _patterns(tongue).items())
    return tuple(
        TenorFound(tenor, str(match.lastgroup), match.start(), match.end())
        for tenor, match in tried
        if match is not None
    )


@cache
def _patterns(tongue: Tongue) -> Mapping[Tenor, re.Pattern[str]]:
    """One pattern a tenor; its group names say which rule matched."""
    name = f"answering_{tongue.value}.toml"
    data = resources.files("gonequiet.language.cues").joinpath(name).read_text(encoding="utf-8")
    cues: dict[str, dict[str, str]] = tomllib.loads(data)
    return {
        Tenor(tenor): re.compile("|".join(f"(?P<{rule}>{form})" for rule, form in rules.items()))
        for tenor, rules in cues.items()
    }

"""How far a sentence holds back from saying what it says.

The learned reader weighs the sentence; the words of the classes "some", "often", "perhaps",
"said", "seem" and "about" (`lexicon`) are given as the spans it can be seen by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gonequiet.language.learned import read_chances
from gonequiet.language.lexicon import Tongue, hedging_words


class Hedge(NamedTuple):
    """A word that takes something back, and where it stands in its sentence."""

    start: int
    stop: int
    word: str
    kind: str


HEDGED_FROM = 0.4  # chance from which a sentence counts as hedged; see docs/decisions/0004
_WORD = re.compile(r"[a-zäöüß']+")


def hedge_chances(sentences: Sequence[str], tongue: Tongue = Tongue.ENGLISH) -> list[float]:
    """How likely each sentence is hedged."""
    if not sentences or tongue is Tongue.OTHER:
        return [0.0] * len(sentences)
    return read_chances("hedge", sentences, tongue)


def find_hedges(sentence: str, tongue: Tongue = Tongue.ENGLISH) -> tuple[Hedge, ...]:
    """The hedging words of one sentence, in order."""
    kinds = hedging_words(tongue)
    return tuple(
        Hedge(match.start(), match.end(), match[0], kinds[match[0]])
        for match in _WORD.finditer(sentence.lower())
        if match[0] in kinds
    )

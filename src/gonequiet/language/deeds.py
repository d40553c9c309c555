"""What a sentence says was done, received, waived or called off: evidence for what is owed.

The ledger of commitments (`analysis.ledger`) asks whether a thing undertaken was done. These rules
find the words that say so; whether they speak of that thing is the ledger's question.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple

from gonequiet.language.hints import Hints, hinted_sentences, hints_of
from gonequiet.language.lexicon import Tongue
from gonequiet.language.sentences import Sentence, split_sentences
from gonequiet.language.undertakings import topic_of


class Deed(StrEnum):
    """What a sentence says about something that was to be done."""

    DELIVERS = "delivers"  # "attached please find", "here is", "I have sent you"
    DONE = "done"  # "done", "I have called them"
    RECEIVED = "received"  # "thank you for the draft", "got it"
    WAIVED = "waived"  # "never mind", "no need to"
    CALLED_OFF = "called_off"  # "I won't be able to", "have to cancel"
    MET = "met"  # "good to see you", "thank you for the call"
    ASKED_AFTER = "asked_after"  # "any news", "you had promised to"
    LATE = "late"  # "sorry for the delay", "I still owe you"


class SpokenDeed(NamedTuple):
    """One deed, and the sentence that says it.

    Attributes:
        deed: what it says.
        start: index of the sentence's first character.
        stop: index after its last.
        about: a few words that name the thing, in alphabetical order.
    """

    deed: Deed
    start: int
    stop: int
    about: tuple[str, ...] = ()


MAX_CHARS = 5_000  # as `commitments`
MOST_WORDS = 8  # kept of what a deed is about
_MOST_CHARS = 600  # of a sentence
_QUOTES = str.maketrans({"\n": " ", "\t": " ", "’": "'", "‘": "'"})


def read_deeds(
    text: str, tongue: Tongue, sentences: Sequence[Sentence] | None = None
) -> tuple[SpokenDeed, ...]:
    """The deeds of a text, sentence by sentence.

    Args:
        text: the new words of a message.
        tongue: from `tongues.find_tongue`; nothing is read in `Tongue.OTHER`.
        sentences: as `split_sentences` gives them, where the caller has them already.
    """
    if tongue is Tongue.OTHER:
        return ()
    text = text[:MAX_CHARS]
    folded = text.lower().translate(_QUOTES)
    if len(folded) != len(text):
        return ()
    spans = split_sentences(text) if sentences is None else sentences
    return tuple(_found(folded, spans, tongue))


def _found(folded: str, spans: Sequence[Sentence], tongue: Tongue) -> Iterator[SpokenDeed]:
    hints, patterns = _cues(tongue)
    for at, kinds in hinted_sentences(folded, spans, hints):
        start, stop = spans[at]
        words = " ".join(folded[start : min(stop, start + _MOST_CHARS)].split())
        for deed in _IN_ORDER:
            if deed.value in kinds and patterns[deed].search(words):
                about = tuple(sorted(topic_of(words))[:MOST_WORDS])
                yield SpokenDeed(deed, start, stop, about)


_IN_ORDER = tuple(Deed)


@cache
def _cues(tongue: Tongue) -> tuple[Hints, dict[Deed, re.Pattern[str]]]:
    path = resources.files("gonequiet.language.cues").joinpath("deeds.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    forms: dict[str, str] = data[tongue.value]
    patterns = {Deed(name): re.compile(form) for name, form in forms.items()}
    return hints_of(data[f"{tongue.value}_hints"], tongue), patterns

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

from gonequiet.language.lexicon import Tongue
from gonequiet.language.pages import Page, bit_of, page_of
from gonequiet.language.sentences import Sentence
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
_BITS = {deed: bit_of(deed.value) for deed in Deed}
_HINTED = sum(_BITS.values())


def read_deeds(
    text: str, tongue: Tongue, sentences: Sequence[Sentence] | None = None
) -> tuple[SpokenDeed, ...]:
    """The deeds of a text, sentence by sentence.

    Args:
        text: the new words of a message.
        tongue: from `tongues.find_tongue`; nothing is read in `Tongue.OTHER`.
        sentences: as `split_sentences` gives them, where the caller has them already.
    """
    return read_page(page_of(text[:MAX_CHARS], tongue, sentences))


def read_page(page: Page) -> tuple[SpokenDeed, ...]:
    """The deeds of a page, as `read_deeds` gives them."""
    return tuple(
        deed
        for span, kinds in zip(page.spans, page.kinds, strict=True)
        if kinds & _HINTED
        for deed in _found(page, span, kinds)
    )


def _found(page: Page, span: Sentence, kinds: int) -> Iterator[SpokenDeed]:
    start, stop = span
    words = " ".join(page.folded[start : min(stop, start + _MOST_CHARS)].split())
    for deed, form in _forms(page.tongue):
        if kinds & _BITS[deed] and form.search(words):
            about = tuple(sorted(topic_of(words))[:MOST_WORDS])
            yield SpokenDeed(deed, start, stop, about)


@cache
def _forms(tongue: Tongue) -> tuple[tuple[Deed, re.Pattern[str]], ...]:
    path = resources.files("gonequiet.language.cues").joinpath("deeds.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    forms: dict[str, str] = data[tongue.value]
    return tuple((deed, re.compile(forms[deed.value])) for deed in Deed)

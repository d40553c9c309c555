"""A text made ready once for all who read acts, promises, deeds and hedges in it.

It is cut into sentences, put in lower case, and gone through once for the letters that any rule of
any reader needs (`hints`). Each sentence then knows who has something to look for in it, and where
the rules of acts can begin.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from gonequiet.language.act_rules import ActRule, rule_beginnings
from gonequiet.language.hints import pattern_of
from gonequiet.language.lexicon import Tongue, hedging_words
from gonequiet.language.sentences import Sentence, split_sentences

_PROMISES = ("begins", "brief", "whole", "intends", "others", "named")
_DEEDS = ("delivers", "done", "received", "waived", "called_off", "met", "asked_after", "late")
_KINDS = (*_PROMISES, *_DEEDS, "hedge", "address", "question")
_ADDRESSES = "you we us need sie ihr ihnen dir euch wir"
_INSIDE = ("'ll", "n't", "?")  # what stands inside or behind a word in English
_QUOTES = str.maketrans({"\n": " ", "’": "'", "‘": "'"})
Start = tuple[int, tuple[ActRule, ...]]
_NO_STARTS: Sequence[Start] = ()


def bit_of(kind: str) -> int:
    """The bit of `Page.kinds` that stands for a kind."""
    return 1 << _KINDS.index(kind)


class Page(NamedTuple):
    """A text as readers want it.

    Attributes:
        text: as it was written.
        folded: in lower case, with plain quotes and without line breaks; as long as the text.
        tongue: its language.
        spans: its sentences.
        kinds: for each sentence the bits (`bit_of`) of what is hinted at in it.
        starts: for each sentence where rules of acts may begin, and which; in order.
    """

    text: str
    folded: str
    tongue: Tongue
    spans: Sequence[Sentence]
    kinds: Sequence[int]
    starts: Sequence[Sequence[Start]]


def page_of(text: str, tongue: Tongue, spans: Sequence[Sentence] | None = None) -> Page:
    """Makes a text ready.

    Args:
        text: the new words of a message, capped by the caller.
        tongue: from `tongues.find_tongue`; nothing is looked for in `Tongue.OTHER`.
        spans: its sentences, where the caller has them already.
    """
    spans = split_sentences(text) if spans is None else spans
    page = Page(text, _folded(text), tongue, spans, [0] * len(spans), [_NO_STARTS] * len(spans))
    if not spans or tongue is Tongue.OTHER:
        return page
    kinds, starts = _noticed(page.folded.replace("\t", " "), spans, _letters(tongue))
    return page._replace(kinds=kinds, starts=starts)


def _folded(text: str) -> str:
    folded = text.lower()
    if len(folded) != len(text):  # a letter that becomes two stays as it is
        folded = "".join(one if len(one.lower()) > 1 else one.lower() for one in text)
    return folded.translate(_QUOTES)


class _Letters(NamedTuple):
    """The letters of a language.

    Attributes:
        pattern: finds the longest letters at a place.
        meant: for these, the kinds hinted at and the rules that may begin.
        inside: letters that begin no word, and the kind.
    """

    pattern: re.Pattern[str]
    meant: Mapping[str, tuple[int, tuple[ActRule, ...]]]
    inside: tuple[tuple[str, int], ...]


def _noticed(
    folded: str, spans: Sequence[Sentence], letters: _Letters
) -> tuple[list[int], list[Sequence[Start]]]:
    """What each sentence hints at, and where rules may begin in it."""
    kinds = [0] * len(spans)
    starts: list[list[Start]] = [[] for _ in spans]
    meant, at, last, stop = letters.meant, 0, len(spans) - 1, spans[0].stop
    for match in letters.pattern.finditer(folded):
        place = match.start()
        while place >= stop and at < last:
            at += 1
            stop = spans[at].stop
        hinted, rules = meant[match[1]]
        kinds[at] |= hinted
        if rules:
            starts[at].append((place, rules))
    _notice_inside(folded, spans, letters, kinds)
    return kinds, list(starts)


def _notice_inside(
    folded: str, spans: Sequence[Sentence], letters: _Letters, kinds: list[int]
) -> None:
    for one, kind in letters.inside:
        place = folded.find(one)
        while place >= 0:
            kinds[bisect_right(spans, (place + 1,)) - 1] |= kind
            place = folded.find(one, place + 1)


@cache
def _letters(tongue: Tongue) -> _Letters:
    bits: dict[str, int] = {}
    for letters, kind in _hints(tongue):
        bits[letters] = bits.get(letters, 0) | bit_of(kind)
    rules: dict[str, list[ActRule]] = {}
    for letters, rule in rule_beginnings(tongue):
        rules.setdefault(letters, []).append(rule)
    anywhere = tongue is not Tongue.ENGLISH
    words = [one for one in {**bits, **rules} if anywhere or not one.startswith(_INSIDE)]
    meant = {one: (_bits(one, bits), _rules(one, rules)) for one in words}
    inside = tuple((one, bit) for one, bit in bits.items() if one not in meant)
    return _Letters(pattern_of(words, anywhere=anywhere), meant, inside)


def _bits(letters: str, bits: Mapping[str, int]) -> int:
    """The kinds of all letters with which the letters found begin."""
    found = 0
    for length in range(1, len(letters) + 1):
        found |= bits.get(letters[:length], 0)
    return found


def _rules(letters: str, rules: Mapping[str, Sequence[ActRule]]) -> tuple[ActRule, ...]:
    lengths = range(1, len(letters) + 1)
    found = {rule.order: rule for length in lengths for rule in rules.get(letters[:length], ())}
    return tuple(found[order] for order in sorted(found))


def _hints(tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Letters and the kind they hint at.

    In English they begin words, as the rules do; German puts words together, so that there they
    may stand anywhere.
    """
    for kind, several in _hint_tables(tongue):
        for letters in several:
            yield (letters.lstrip(" ") if tongue is Tongue.ENGLISH else letters), kind
    yield from ((word, "hedge") for word in hedging_words(tongue))
    yield from ((word, "address") for word in _ADDRESSES.split())
    yield "?", "question"


def _hint_tables(tongue: Tongue) -> Iterator[tuple[str, list[str]]]:
    folder = resources.files("gonequiet.language.cues")
    promises = folder.joinpath(f"commitment_{tongue.value}.toml").read_text(encoding="utf-8")
    deeds = folder.joinpath("deeds.toml").read_text(encoding="utf-8")
    tables: list[dict[str, Any]] = [
        tomllib.loads(promises)["hints"],
        tomllib.loads(deeds)[f"{tongue.value}_hints"],
    ]
    for table in tables:
        yield from table.items()

"""How a reply stands to what was asked: the learned reader of where it leads.

Rules name words they know; people put off, decline and answer in words nobody foresaw. Four linear
readers (`learned`), one for each way, weigh the words of a reply (`ngrams`) beside a few facts of
how it stands to the question: who, when or how many was asked, and does a name or a figure come;
do words of the question come again; does it begin with a yes or a no. What rules found is handed in
as marks and weighed with the rest. Fitted on made-up replies by `benchmarks/responses.py fit`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np

from gonequiet.language.learned import load_reader
from gonequiet.language.lexicon import Tongue
from gonequiet.language.ngrams import Features, sentence_features

WAYS: Final = ("reaffirmed", "detached", "avoidant", "none")
"""Where a reply may lead; the reader of each is called "reply_" and its name."""


class Reply(NamedTuple):
    """A reply and what it answers.

    Attributes:
        question: the new words that waited.
        words: the new words of the reply.
        tongue: from `tongues.find_tongue`; nothing is read in `Tongue.OTHER`.
        marks: what rules found in it, by name.
    """

    question: str
    words: str
    tongue: Tongue
    marks: Sequence[str] = ()


READ_CHARS: Final = 600
"""Of a reply and of a question; `ngrams` takes the first sixty words of it."""

_FAMILY: Final = 200  # of `ngrams`, for what is no run of words
_NAME: Final = 0xFFFFFF00
_MOST_ECHOES: Final = 2
_FEW_WORDS: Final = 4
_STEP_WORDS: Final = 8
_MOST_STEPS: Final = 5

_ASKED: Final = {
    "who": "who",
    "when": "when",
    "where": "where",
    "which": "which",
    "what": "what",
    "why": "why",
    "how": "how",
    "wer": "who",
    "wann": "when",
    "wo": "where",
    "welche": "which",
    "welcher": "which",
    "welches": "which",
    "was": "what",
    "warum": "why",
    "wie": "how",
}
_HOW_MANY: Final = re.compile(r"how (?:many|much)\b|wie (?:viele?|hoch|lange)\b")
_SENTENCE_END: Final = re.compile(r"[.!?]\s")
_YES_OR_NO: Final = re.compile(
    r"(?:yes|yep|yeah|sure|ok|no\b|nope|nah|not|none|it (?:is|does|has)|we (?:do|can|are|did|would)"
    r"|i (?:do|can|am|did|would|have|don't|can't)|you may|they|she|he|ja|nein|gern|natürlich"
    r"|leider|bin|haben|hat)"
)
_FIGURE: Final = re.compile(
    r"\b(?:\d[\d.,:]{0,12}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty"
    r"|thirty|forty|fifty|hundred|zwei|drei|vier|fünf|sechs|acht|zehn|zwölf|hundert)\b"
)
_NAMES: Final = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-Z][a-z]+\b")
_WORD: Final = re.compile(r"[a-zäöüß]{3,}")
_COMMON_WORDS: Final = """
    the you are have did can could would will your our for and was has any with when who what how
    does shall should from that this der die das sie ist und wir uns den haben können
"""
_EVERYWHERE: Final = frozenset(_COMMON_WORDS.split())


def chances_of(reply: Reply) -> Mapping[str, float]:
    """How likely a reply leads each way; they sum to 1."""
    features = reply_features([reply])
    scores = {way: float(load_reader(f"reply_{way}").scores(features)[0]) for way in WAYS}
    each = {way: 1.0 / (1.0 + math.exp(-score)) for way, score in scores.items()}
    total = math.fsum(each.values())
    return {way: chance / total for way, chance in each.items()}


def telling_sentence(sentences: Sequence[str], way: str, tongue: Tongue) -> int:
    """Which sentence speaks most for a way: the one its reader gives the highest score."""
    return int(np.argmax(load_reader(f"reply_{way}").scores(sentence_features(sentences, tongue))))


def reply_features(replies: Sequence[Reply]) -> Features:
    """Features of several replies."""
    names, where = [], []
    for at, reply in enumerate(replies):
        worded = sentence_features([said_of_it(reply.words)[:READ_CHARS]], reply.tongue)
        told = np.array([_named(fact) for fact in _facts(reply)], dtype=np.uint32)
        names += [worded.names, told]
        where.append(np.full(len(worded.names) + len(told), at, dtype=np.intp))
    return Features(np.concatenate(names), np.concatenate(where), len(replies))


def said_of_it(words: str) -> str:
    """The words of a reply without greeting, closing and name, which are kind whatever it says."""
    lines = [line for line in words.strip().split("\n") if line.strip()]
    if len(lines) > 1 and _is_salutation(lines[0]):
        lines = lines[1:]
    while len(lines) > 1 and _is_salutation(lines[-1]):
        lines.pop()
    return "\n".join(lines)


def _is_salutation(line: str) -> bool:
    return len(line.split()) <= _FEW_WORDS and not line.rstrip().endswith((".", "?"))


def _named(fact: str) -> int:
    return crc32(fact.encode()) & _NAME | _FAMILY


def _facts(reply: Reply) -> Iterator[str]:
    """How a reply stands to its question, and what rules found in it."""
    question = reply.question[-READ_CHARS:].lower()
    words = said_of_it(reply.words)[:READ_CHARS]
    asked = _sort_of_question(question)
    again = sum(word in words.lower() for word in set(_WORD.findall(question)) - _EVERYWHERE)
    yield from reply.marks
    yield f"asked {asked}"
    yield f"echoes {min(again, _MOST_ECHOES)}"
    yield f"echoes {again > 0} {asked}"
    yield f"length {min(len(words.split()) // _STEP_WORDS, _MOST_STEPS)}"
    for name, holds in _looks(words, reply.tongue):
        yield f"{name} {holds} {asked}"
        if holds:
            yield name
        if holds and again:
            yield f"{name} echoing"


def _looks(words: str, tongue: Tongue) -> Iterator[tuple[str, bool]]:
    folded = words.lower().strip()
    yield "figure", _FIGURE.search(folded) is not None
    yield "name", tongue is Tongue.ENGLISH and _NAMES.search(words) is not None
    yield "yes or no", _YES_OR_NO.match(folded) is not None
    yield "asks", folded.endswith("?")
    yield "few words", len(words.split()) <= _FEW_WORDS


def _sort_of_question(question: str) -> str:
    """What the last sentence of a question asks for."""
    last = [one for one in _SENTENCE_END.split(question.strip()) if one][-1:]
    words = last[0].split() if last else []
    for opener in ("and", "but", "so", "und", "aber"):
        words = words[1:] if words[:1] == [opener] else words
    if _HOW_MANY.match(" ".join(words)):
        return "how many"
    return _ASKED.get(words[0].strip(","), "yes or no") if words else "nothing"

"""Where the signs of a response lead by rules alone, and how a path is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from gonequiet.domain.response import DEEDS, Path, ResponseRead, Sign, SignFound

ECHO: Final = "same words"
"""The rule that words of the question come again."""

_WEIGHTS: Final = {
    Sign.DOCUMENT: 2.0,
    Sign.PERSON: 2.0,
    Sign.DATE: 1.5,
    Sign.COMMITMENT: 1.5,
    Sign.AGREEMENT: 1.0,
    Sign.ANSWER: 0.7,
    Sign.QUESTION_BACK: 0.5,
    Sign.DEFERRAL: 1.0,
    Sign.HEDGE: 0.5,
    Sign.REFUSAL: 2.0,
    Sign.WARMTH: 1.0,
}
_ONCE: Final = (Sign.ANSWER, Sign.QUESTION_BACK, Sign.HEDGE)  # more of them say no more
_LEAST_DEED: Final = 0.7
_ECHOED: Final = 0.5  # words of the question that come again are no answer by themselves


def path_by_rules(evidence: Sequence[SignFound], *, missed: bool) -> Path:
    """Where a response leads by what rules found.

    Args:
        evidence: all that was found.
        missed: it speaks of having missed the owner.
    """
    times = Counter(one.sign for one in evidence)
    times.update({sign: 1 - times[sign] for sign in _ONCE if times[sign]})
    weights = {sign: times[sign] * _WEIGHTS[sign] for sign in Sign}
    deeds = sum(weights[sign] for sign in DEEDS)
    if {one.rule for one in evidence if one.sign is Sign.ANSWER} == {ECHO}:
        deeds -= _WEIGHTS[Sign.ANSWER] - _ECHOED
    away = weights[Sign.DEFERRAL] + weights[Sign.HEDGE]
    if weights[Sign.REFUSAL] and weights[Sign.REFUSAL] >= deeds:
        return Path.DETACHED
    if deeds >= _LEAST_DEED and deeds > away:
        return Path.REAFFIRMED
    if away:
        return Path.AVOIDANT
    return Path.DETACHED if weights[Sign.WARMTH] and not missed else Path.NONE


def tell_path(path: Path, evidence: tuple[SignFound, ...]) -> ResponseRead:
    """Returns a path with its reason in a sentence."""
    if path is Path.NONE:
        return ResponseRead(
            path, "No answer, no date and no putting off was recognised in it.", evidence
        )
    return ResponseRead(path, _reason(path, evidence), evidence)


def _reason(path: Path, evidence: tuple[SignFound, ...]) -> str:
    if path is Path.REAFFIRMED:
        return _because([one for one in evidence if one.sign in DEEDS])
    if path is Path.AVOIDANT:
        return "It speaks of the matter, and gives neither an answer nor a date."
    if any(one.sign is Sign.REFUSAL for one in evidence):
        return "It lets the matter go."
    return "Kind words, and nothing of the matter."


def _because(deeds: Sequence[SignFound]) -> str:
    names = list(dict.fromkeys(one.sign.value for one in deeds))
    return f"It carries the matter on: {', '.join(names)}."

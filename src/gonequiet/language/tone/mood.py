"""What a letter as a whole says of each of its sentences.

A letter is written in one mood: where several sentences offend, a doubtful one does too; among many
that are fine, it is fine. So the share of sentences that offend in this letter is estimated from
the letter itself, and the odds of each are moved by it (the way Saerens, Latinne and Decaestecker,
2002, adjust a classifier to a new prior probability). It also keeps a long letter from being marked
only because it has many sentences to be wrong about.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import Final

_BEFORE: Final = 0.25
"""Sentences that offend, and as many that do not, which are taken as seen before the letter is."""

_SOFTER: Final = 0.5
"""The net is too sure of itself; its log odds are taken times this."""

_ROUNDS: Final = 5
_FARTHEST: Final = 30.0


def moved(log_odds: Sequence[float]) -> list[float]:
    """Returns the log odds of each sentence of a letter, given those of all.

    Args:
        log_odds: of each sentence by itself.
    """
    soft = [max(-_FARTHEST, min(_FARTHEST, _SOFTER * odds)) for odds in log_odds]
    shift = 0.0
    for _ in range(_ROUNDS):
        offending = sum(1 / (1 + exp(-odds - shift)) for odds in soft)
        fine = len(soft) - offending
        shift = log((_BEFORE + offending) / (_BEFORE + fine))
    return [odds + shift for odds in soft]

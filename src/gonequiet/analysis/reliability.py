"""How far somebody's promises have come true: a share with its interval, from the ledger.

Promises kept and lapsed are counted (Beta, flat prior). References count as fractions of a case:
a fact for a half, an opinion for a quarter, all together for two cases at most, so that a handful
of promises outweighs any number of words about somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from gonequiet.domain.reference import Leaning, Reference
from gonequiet.stats.shares import share_interval

FACT: Final = 0.5
OPINION: Final = 0.25
MOST_OF_REFERENCES: Final = 2.0


class Reliability(NamedTuple):
    """The share of promises that come true.

    Attributes:
        kept: promises kept.
        lapsed: promises lapsed.
        references: how many references counted.
        share: mean of the posterior.
        interval_90: of the share.
    """

    kept: int
    lapsed: int
    references: int
    share: float
    interval_90: tuple[float, float]


def assess_reliability(
    kept: int, lapsed: int, references: Sequence[Reference], on: date
) -> Reliability:
    """Returns how reliable promises were, as of a day.

    Args:
        kept: promises kept by then.
        lapsed: promises lapsed by then.
        references: of the contact; those expired or said later count for nothing.
        on: the day of judgement.
    """
    valid = [one for one in references if one.said_on <= on <= one.expires_on]
    good = _weight(valid, Leaning.RELIABLE)
    bad = _weight(valid, Leaning.UNRELIABLE)
    scale = min(1.0, MOST_OF_REFERENCES / (good + bad)) if good + bad else 0.0
    yes, no = kept + scale * good, lapsed + scale * bad
    low, high = share_interval(yes, no)
    counted = sum(one.leaning is not Leaning.NEITHER for one in valid)
    return Reliability(kept, lapsed, counted, (yes + 1) / (yes + no + 2), (low, high))


def _weight(references: Sequence[Reference], leaning: Leaning) -> float:
    return sum(FACT if one.is_fact else OPINION for one in references if one.leaning is leaning)

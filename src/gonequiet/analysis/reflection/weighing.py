"""What the evidence comes to, and how sure that is.

Each sign is a vote for commitment or for ambivalence, counted by its weight. Votes lose weight

* by repetition in one message: the second sign of a side there counts half, the third a third;
* by repetition of a kind: a kind's votes w come to `MOST` (1 - exp(-w / `MOST`)), so that no
  habit of wording decides alone;
* by age: by half in two years before the last exchange.

With F votes for and A against, the share p of an exchange's evidence that speaks for commitment is
Beta(PRIOR + F, PRIOR + A): few records leave it wide. The log odds ln(p / (1 - p)) gain by each
sign what taking it away would lose. What p does not mean: the chance of a reply, or of a deal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np

from gonequiet.domain.evidence import Evidence, EvidenceKind
from gonequiet.domain.moments import DAY

PRIOR: Final = 1.5
MOST: Final = 4.0
HALF_LIFE_DAYS: Final = 730
_GRID: Final = 4_000


class Verdict(StrEnum):
    """What the records lean to."""

    COMMITTED = "committed"
    LEANING_COMMITTED = "leaning_committed"
    UNCLEAR = "unclear"
    LEANING_AMBIVALENT = "leaning_ambivalent"
    AMBIVALENT = "ambivalent"


class Vote(NamedTuple):
    """A piece of evidence and what it counts for in the end.

    Attributes:
        evidence: the sign.
        votes: what is left of its weight; 0 when the owner overruled it.
        log_odds: by how much it moves the log odds towards commitment; negative: away from it.
    """

    evidence: Evidence
    votes: float
    log_odds: float


class Statement(NamedTuple):
    """What the evidence comes to.

    Attributes:
        verdict: what it leans to.
        share: of the evidence that speaks for commitment (the mean belief).
        interval_90: of that share.
        chance_ambivalent: that the share is below one half.
        votes: every sign with what it counts for, oldest first.
    """

    verdict: Verdict
    share: float
    interval_90: tuple[float, float]
    chance_ambivalent: float
    votes: tuple[Vote, ...]


def weigh(signs: Sequence[Evidence], last_at: int) -> Statement:
    """Returns what the evidence comes to.

    Args:
        signs: in any order; overruled ones count for nothing.
        last_at: moment of the last exchange, from which age is counted.
    """
    counted = _votes(signs, last_at)
    for_, against = _totals(signs, counted)
    below, share, interval = _belief(PRIOR + for_, PRIOR + against)
    votes = tuple(
        Vote(one, counted[at], _log_odds(one, counted[at], for_, against))
        for at, one in enumerate(signs)
    )
    return Statement(_verdict(below, for_ + against), share, interval, below, votes)


def _votes(signs: Sequence[Evidence], last_at: int) -> list[float]:
    """What is left of each weight."""
    raw = [_aged(one, last_at) for one in signs]
    seen: dict[tuple[int, bool], int] = {}
    for at in sorted(range(len(signs)), key=lambda at: -raw[at]):
        place = (signs[at].message, signs[at].speaks_for)
        if raw[at]:
            seen[place] = seen.get(place, 0) + 1
            raw[at] /= seen[place]
    sums: dict[EvidenceKind, float] = {}
    for one, weight in zip(signs, raw, strict=True):
        sums[one.kind] = sums.get(one.kind, 0.0) + weight
    return [
        weight and weight * MOST * (1 - math.exp(-sums[one.kind] / MOST)) / sums[one.kind]
        for one, weight in zip(signs, raw, strict=True)
    ]


def _aged(one: Evidence, last_at: int) -> float:
    if one.is_overruled:
        return 0.0
    age_days = max(0, last_at - one.at) / DAY
    return one.weight * float(0.5 ** (age_days / HALF_LIFE_DAYS))


def _totals(signs: Sequence[Evidence], votes: Sequence[float]) -> tuple[float, float]:
    pairs = list(zip(signs, votes, strict=True))
    for_ = math.fsum(vote for one, vote in pairs if one.speaks_for)
    return for_, math.fsum(vote for one, vote in pairs if not one.speaks_for)


def _log_odds(one: Evidence, vote: float, for_: float, against: float) -> float:
    """What the log odds would lose without the sign, by the mean belief."""
    total = PRIOR + (for_ if one.speaks_for else against)
    moved = math.log(total / (total - vote))
    return moved if one.speaks_for else -moved


def _belief(a: float, b: float) -> tuple[float, float, tuple[float, float]]:
    """Of a beta distribution: chance below one half, mean, and 90 % interval."""
    p = (np.arange(_GRID) + 0.5) / _GRID
    logs = (a - 1) * np.log(p) + (b - 1) * np.log1p(-p)
    mass = np.exp(logs - logs.max())
    below = np.cumsum(mass / mass.sum())
    low, high = (float(p[min(int(np.searchsorted(below, q)), _GRID - 1)]) for q in (0.05, 0.95))
    return float(below[_GRID // 2 - 1]), a / (a + b), (low, high)


_LEAST_VOTES: Final = 1.0
_SURE: Final = 0.95
_LIKELY: Final = 0.8


def _verdict(below: float, votes: float) -> Verdict:
    if votes < _LEAST_VOTES:
        return Verdict.UNCLEAR
    for limit, verdict in (
        (_SURE, Verdict.AMBIVALENT),
        (_LIKELY, Verdict.LEANING_AMBIVALENT),
        (1 - _LIKELY, Verdict.UNCLEAR),
        (1 - _SURE, Verdict.LEANING_COMMITTED),
    ):
        if below >= limit:
            return verdict
    return Verdict.COMMITTED

"""The rhythm of an exchange: how often they write, when that changed, how soon they answer.

Gaps between inbound interactions are bursty, so they are compared by their logarithms, taken as
normal with one variance and a mean that may have changed once. Splitting n log gaps after the
k-th, with sums of squares S0 around one mean and S1 around two, wins n / 2 * ln(S0 / S1) of
log-likelihood. The Bayesian information criterion asks ln n for it (half of ln n each for the
second mean and for the place); `CHANGE_MARGIN` more is asked, as steady exchanges passed that by
luck too often. The interval holds every place within `INTERVAL_DROP` of the best. What a change
does not mean: that anybody meant to write less.

Reply delays are read by the product-limit estimate (Kaplan & Meier 1958), so that waits not yet
answered count for as long as they were watched.
"""

from __future__ import annotations

import math
from itertools import groupby, pairwise
from math import fsum
from statistics import fmean
from typing import TYPE_CHECKING, Final, NamedTuple

from gonequiet.domain.moments import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_GAPS: Final = 3  # on either side of a change
SHORTEST_GAP: Final = 3_600  # messages within the hour are one occasion
MOST_GAPS: Final = 2_000  # the latest; older ones say nothing of the rhythm now
FINEST_LOG_GAP: Final = 0.1  # gaps that differ by less than a tenth are equal
CHANGE_MARGIN: Final = 2.0  # 1 to 5 in 100 steady exchanges of 10 to 100 gaps show a change
INTERVAL_DROP: Final = 3.0  # covers nine in ten simulated changes of fivefold gaps


class RhythmChange(NamedTuple):
    """The moment the rhythm changed.

    Attributes:
        at: UTC epoch seconds of the interaction after which the gaps are different.
        earliest_at: start of the 90 % interval.
        latest_at: end of the 90 % interval.
        gap_before_days: typical (geometric mean) days between interactions before.
        gap_after_days: the same since.
        evidence: by how much the log-likelihood beats no change, price deducted; above 0.
    """

    at: int
    earliest_at: int
    latest_at: int
    gap_before_days: float
    gap_after_days: float
    evidence: float


class DelaySeen(NamedTuple):
    """One wait: answered after so many seconds, or watched for so long in vain."""

    answered_after: int | None
    watched_for: int


class ReplyHabit(NamedTuple):
    """How somebody answers.

    Attributes:
        waits: how many there were.
        answered: of those.
        share: answered by the end of the longest watch, unanswered ones counted as censored;
            None without waits.
        lower_hours: by when a quarter of the answers that come have come.
        median_hours: by when half of them have.
        upper_hours: by when three quarters have.
    """

    waits: int
    answered: int
    share: float | None
    lower_hours: float | None
    median_hours: float | None
    upper_hours: float | None


def find_change(moments: Sequence[int]) -> RhythmChange | None:
    """Finds where the gaps between interactions changed for good, if they did.

    Args:
        moments: UTC epoch seconds of one contact's inbound interactions, in any order.

    Returns:
        The likeliest change, None when none is worth its price or the records are too few.
    """
    occasions = _occasions(moments)[-MOST_GAPS - 1 :]
    gaps = [later - earlier for earlier, later in pairwise(occasions)]
    if len(gaps) < 2 * LEAST_GAPS:
        return None
    logs = [math.log(gap) for gap in gaps]
    gains = _gains(logs)
    best = max(gains, key=lambda cut: gains[cut])
    evidence = gains[best] - math.log(len(gaps)) - CHANGE_MARGIN
    if evidence <= 0:
        return None
    held = [cut for cut, gain in gains.items() if gain >= gains[best] - INTERVAL_DROP]
    return RhythmChange(
        occasions[best],
        occasions[min(held)],
        occasions[max(held)],
        math.exp(fmean(logs[:best])) / DAY,
        math.exp(fmean(logs[best:])) / DAY,
        evidence,
    )


def _occasions(moments: Sequence[int]) -> list[int]:
    """Moments in order; what follows within the hour belongs to the occasion before it."""
    found: list[int] = []
    for at in sorted(moments):
        if not found or at - found[-1] >= SHORTEST_GAP:
            found.append(at)
    return found


def _gains(logs: Sequence[float]) -> dict[int, float]:
    """By place of the change, the log-likelihood won over one mean throughout."""
    count, total = len(logs), fsum(logs)
    mean = total / count
    whole = fsum((value - mean) ** 2 for value in logs) + count * FINEST_LOG_GAP**2
    gains: dict[int, float] = {}
    before = 0.0
    for cut in range(1, count - LEAST_GAPS + 1):
        before += logs[cut - 1]
        if cut >= LEAST_GAPS:
            apart = before / cut - (total - before) / (count - cut)
            won = apart * apart * cut * (count - cut) / count
            gains[cut] = -count / 2 * math.log(1 - won / whole)
    return gains


def reply_habit(waits: Sequence[DelaySeen]) -> ReplyHabit:
    """How often and how soon somebody answers.

    Args:
        waits: what they were asked, answered and not, in any order.

    Returns:
        Share and quartiles; quartiles are of the answers that come, None when none did.
    """
    answered = sum(wait.answered_after is not None for wait in waits)
    steps = _product_limit(waits)
    if not waits:
        return ReplyHabit(0, 0, None, None, None, None)
    share = 1 - steps[-1][1] if steps else 0.0
    quartiles = [_reached(steps, part * share) for part in (0.25, 0.5, 0.75)]
    return ReplyHabit(len(waits), answered, share, *quartiles)


def _product_limit(waits: Sequence[DelaySeen]) -> list[tuple[int, float]]:
    """Kaplan-Meier: at each moment of an answer, the share still waiting after it."""
    ends = sorted(
        (
            wait.watched_for if wait.answered_after is None else wait.answered_after,
            wait.answered_after is None,
        )
        for wait in waits
    )
    steps: list[tuple[int, float]] = []
    at_risk, survival = len(ends), 1.0
    for after, group in groupby(ends, key=lambda end: end[0]):
        censored = [is_censored for _, is_censored in group]
        answered = len(censored) - sum(censored)
        if answered:
            survival *= 1 - answered / at_risk
            steps.append((after, survival))
        at_risk -= len(censored)
    return steps


def _reached(steps: Sequence[tuple[int, float]], share: float) -> float | None:
    """Hours after which a share has answered."""
    for after, survival in steps:
        if 1 - survival >= share - 1e-12:
            return after / 3600
    return None

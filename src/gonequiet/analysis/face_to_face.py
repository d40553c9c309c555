"""Meeting in person: how large a share of all meetings, in what rhythm, and who is due."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gonequiet.domain.moments import DAY

FEWEST: Final = 3
"""So many meetings in person, and there is a rhythm."""
OVERDUE: Final = 1.5
"""So many times the usual gap since the last one, and the next is due."""
MOST_GAPS: Final = 3.0
"""Beyond so many gaps the rhythm has ended; that is for `drifting` to say."""


class FaceToFace(NamedTuple):
    """How somebody is met.

    Attributes:
        held: all meetings that were held.
        in_person: of those, face to face.
        last_at: the latest in person, None without any.
        usual_gap_days: median gap between meetings in person, None while there are too few.
        is_due: the next one is due by that rhythm.
    """

    held: int
    in_person: int
    last_at: int | None
    usual_gap_days: float | None
    is_due: bool


def find_rhythm(held: Sequence[int], in_person: Sequence[int], as_of: int) -> FaceToFace:
    """Returns how somebody is met, as of a moment.

    Args:
        held: ends of all meetings held, UTC epoch seconds.
        in_person: ends of those face to face, in any order.
        as_of: the moment of judgement; what came later is left out.
    """
    seen = sorted(at for at in in_person if at <= as_of)
    gaps = [(after - before) / DAY for before, after in pairwise(seen)]
    usual = _median(gaps) if len(seen) >= FEWEST else None
    since = (as_of - seen[-1]) / DAY if seen else 0.0
    return FaceToFace(
        held=sum(at <= as_of for at in held),
        in_person=len(seen),
        last_at=seen[-1] if seen else None,
        usual_gap_days=usual,
        is_due=usual is not None and OVERDUE * usual <= since <= MOST_GAPS * max(usual, 30.0),
    )


def _median(values: Sequence[float]) -> float:
    """The middle of some values; the library's loads half a dozen modules for it."""
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2

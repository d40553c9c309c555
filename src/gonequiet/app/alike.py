"""The base rate: silences like one in the owner's own records, and how many were answered."""

from __future__ import annotations

from bisect import bisect_left

from gonequiet.app.records import WaitColumns
from gonequiet.domain.moments import DAY


def is_withdrawn(withdrawn_after: int | None, answered_after: int | None, seen: int) -> bool:
    """Whether a question was taken back, within what was seen, before any answer came."""
    if withdrawn_after is None or withdrawn_after > seen:
        return False
    return answered_after is None or answered_after > withdrawn_after


class Alike:
    """Counts silences like one: as long, and their outcome known.

    With w the wait, h the horizon and v what was seen of a silence beyond h, those alike have
    v >= w and no answer up to w; an answer after a seconds came in time when w < a <= w + h. Both
    are counts of numbers at least w: of min(v, a - 1), and of those again min(v, a - 1 - h) for
    the ones answered too late. So each question is three binary searches.

    Args:
        waits: every wait.
        as_of: only what was known then is counted.
        horizon_days: an answer within so many days counts.
    """

    def __init__(self, waits: WaitColumns, as_of: int, horizon_days: int) -> None:
        horizon = horizon_days * DAY
        unanswered, answered, late = [], [], []
        for sent, after, expects, mass, withdrawn in zip(
            waits.sent_at,
            waits.replied_after,
            waits.expects_answer,
            waits.is_mass,
            waits.withdrawn_after,
            strict=True,
        ):
            seen = as_of - sent - horizon
            if seen <= 0 or not expects or mass:
                continue
            if is_withdrawn(withdrawn, after, as_of - sent):
                continue
            if after is None:
                unanswered.append(seen)
            else:
                answered.append(min(seen, after - 1))
                late.append(min(seen, after - 1 - horizon))
        self._unanswered, self._answered, self._late = map(sorted, (unanswered, answered, late))

    def count(self, waited: int) -> tuple[int, int]:
        """Returns how many reached this wait unanswered, and how many of them were answered."""
        none, some, late = (
            len(one) - bisect_left(one, waited)
            for one in (self._unanswered, self._answered, self._late)
        )
        return none + some, some - late

"""As of when a question is judged, and how far the records reach towards that moment.

What should have happened after the records end is neither done nor left undone: it is not known.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gonequiet.domain.days import Days


class AsOf(NamedTuple):
    """The moment a belief refers to.

    Attributes:
        at: the moment, UTC epoch seconds.
        known_until: up to when what happened is known; `at` while the records are fresh.
        days: the owner's days.
    """

    at: int
    known_until: int
    days: Days = Days()

    @property
    def today(self) -> date:
        """The owner's day at the moment."""
        return self.days.day_of(self.at)

    def is_over(self, day: date) -> bool:
        """Whether a day had passed, and the records reach beyond it."""
        return self.days.end_of(day) <= min(self.at, self.known_until)

    def is_unseen(self, day: date) -> bool:
        """Whether a day had passed, and the records end before it was over."""
        return self.known_until < self.days.end_of(day) <= self.at


def known_at(moment: int) -> AsOf:
    """Returns a moment up to which everything is known, with days in UTC."""
    return AsOf(moment, moment)

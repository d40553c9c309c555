"""The piecewise-constant hazard of a reply over the time waited, and its sums.

All that is ever needed of any number of waits is, per bin of time waited, how many were answered
in it (events) and how long they were under observation in it (exposure). With N(k) events and
X(k) hours of exposure the estimate in bin k is N(k) / X(k) (occurrence over exposure; Aalen,
Borgan and Gjessing, Survival and Event History Analysis, 2008, section 5.1). A prior enters as
further events and exposure, so sums of two halves of the records simply add.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from gonequiet.stats.arrays import Floats

HOUR = 3600.0
DAY = 86400.0
EDGES_HOURS = (0, 0.5, 1, 2, 4, 8, 16, 24, 36, 48, 72, 120, 168, 240, 336, 504, 720, 1080)
EDGES: Floats = np.array(EDGES_HOURS, np.float64) * HOUR
WIDTHS: Floats = np.diff(EDGES)
LAST = float(EDGES[-1])
BINS = len(WIDTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class BinSums:
    """Events and exposure per bin of time waited.

    Attributes:
        events: answers per bin, shape (BINS,).
        exposure: hours under observation per bin, shape (BINS,).
    """

    events: Floats
    exposure: Floats

    @classmethod
    def of(cls, answered_after: Floats, observed: Floats) -> Self:
        """Sums over waits.

        Args:
            answered_after: seconds until the answer, infinite when none is known.
            observed: seconds each wait has been under observation, answered or not.
        """
        seen = np.clip(observed, 0.0, LAST)
        stop = np.minimum(answered_after, seen)
        hit = answered_after[(answered_after <= seen) & (answered_after <= LAST)]
        bins = np.searchsorted(EDGES[1:], hit, "left")  # an answer on an edge ends the bin before
        events = np.bincount(bins, minlength=BINS).astype(np.float64)
        pairs = zip(EDGES[:-1], WIDTHS, strict=True)
        exposure = [float(np.clip(stop - low, 0.0, width).sum()) / HOUR for low, width in pairs]
        return cls(events=events, exposure=np.array(exposure))

    def __add__(self, other: BinSums) -> BinSums:
        return BinSums(events=self.events + other.events, exposure=self.exposure + other.exposure)

    def scaled(self, factor: float) -> BinSums:
        """The same rates from `factor` times as much evidence."""
        return BinSums(events=self.events * factor, exposure=self.exposure * factor)

    def hazard(self) -> Floats:
        """Answers per hour and bin; half an event is assumed where nothing was seen."""
        return (self.events + 0.5) / (self.exposure + 1.0)

    def accumulated(self) -> Floats:
        """Hazard accumulated from 0 to each bin edge, shape (BINS + 1,)."""
        return np.concatenate(([0.0], np.cumsum(self.hazard() * WIDTHS / HOUR)))


def accumulated_at(accumulated: Floats, waited: Floats) -> Floats:
    """Hazard accumulated after a wait of so many seconds; constant after the last edge."""
    return np.interp(np.clip(waited, 0.0, LAST), EDGES, accumulated)


def floor_to_edge(waited: Floats) -> Floats:
    """The last bin edge reached by a wait of so many seconds."""
    reached = np.searchsorted(EDGES, np.clip(waited, 0.0, LAST), "right") - 1
    return EDGES[reached]

"""What had happened by a moment: counts, sums and last times of events, per group.

Every question the reply model asks of the past is of this form, and every answer is leak-free by
construction: an `EventIndex` is asked with a moment, and events after that moment cannot change
the answer. Times are epoch seconds; groups are integers from 0 (see `dense_codes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from gonequiet.stats.arrays import NEVER, Floats, Ints, distinct

_TIME_BITS = 34  # seconds up to the year 2514; wilder dates are clamped to the ends
_MOST_HALVES = 60.0
_LATEST = float((1 << _TIME_BITS) - 1)


def dense_codes(*columns: Ints) -> Ints:
    """Numbers the distinct rows of some columns 0, 1, 2, ... in sorted order.

    Args:
        columns: integer arrays of one length; two of them number pairs.

    Returns:
        One code per row; equal rows have equal codes.
    """
    codes = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        values, inverse = np.unique(column, return_inverse=True)
        codes = codes * len(values) + inverse.astype(np.int64)
        codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    return codes


def _keys(groups: Ints, moments: Floats) -> Ints:
    """One sortable number for group and whole second."""
    seconds = np.clip(np.floor(moments), 0.0, _LATEST).astype(np.int64)
    return (groups.astype(np.int64) << _TIME_BITS) | seconds


def _growth(later: Floats, half_life: float) -> Floats:
    """Doubles every half-life; bounded, so that an absurd date overflows nothing."""
    return np.exp2(np.clip(later / half_life, 0.0, _MOST_HALVES))


def _running(amounts: Floats, starts: Ints) -> Floats:
    """Running totals that begin anew with each group, so that no group's future touches another."""
    running = np.empty(len(amounts))
    for first, stop in pairwise(distinct(starts).tolist()):
        np.cumsum(amounts[first:stop], out=running[first:stop])
    return running


@dataclass(frozen=True, slots=True)
class EventIndex:
    """Events of many groups, sorted so that questions about the past are two binary searches.

    Attributes:
        keys: group and second of each event, sorted.
        happened_at: moment of each event in the same order.
        running: running totals of the amounts within each group, as seen from its first event.
        half_life: seconds after which an event counts half; infinite means never forgotten.
        starts: place of each group's first event, one longer than there are groups.
    """

    keys: Ints
    happened_at: Floats
    running: Floats
    half_life: float
    starts: Ints

    @classmethod
    def build(
        cls,
        groups: Ints,
        happened_at: Floats,
        amounts: Floats | None = None,
        half_life: float = NEVER,
    ) -> Self:
        """Sorts events once.

        Args:
            groups: group of each event.
            happened_at: epoch seconds of each event.
            amounts: what each event counts; one each when absent.
            half_life: seconds after which an event counts half.
        """
        keys = _keys(groups, happened_at)
        order = np.argsort(keys, kind="stable")
        times = np.asarray(happened_at, np.float64)[order]
        counted = np.ones(len(keys)) if amounts is None else np.asarray(amounts, np.float64)[order]
        sizes = np.bincount(groups) if len(keys) else np.zeros(0, np.int64)
        starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        later = times - np.repeat(times[starts[:-1][sizes > 0]], sizes[sizes > 0])
        running = _running(counted * _growth(later, half_life), starts)
        return cls(keys[order], times, running, half_life, starts)

    def _until(self, groups: Ints, moments: Floats) -> Ints:
        return np.searchsorted(self.keys, _keys(groups, moments), "right")

    def _first(self, groups: Ints) -> Ints:
        return self.starts[np.minimum(groups, len(self.starts) - 1)]

    def count(self, groups: Ints, moments: Floats) -> Floats:
        """Events of each group up to and including a moment."""
        return (self._until(groups, moments) - self._first(groups)).astype(np.float64)

    def count_before(self, groups: Ints, moments: Floats) -> Floats:
        """Events of each group in seconds before the moment's own."""
        before = np.searchsorted(self.keys, _keys(groups, moments), "left")
        return (before - self._first(groups)).astype(np.float64)

    def count_between(self, groups: Ints, after: Floats, until: Floats) -> Floats:
        """Events of each group after one moment, up to and including another."""
        return (self._until(groups, until) - self._until(groups, after)).astype(np.float64)

    def counts_within(
        self, groups: Ints, until: Floats, spans: tuple[float, ...]
    ) -> tuple[Floats, ...]:
        """Events of each group in the last so many seconds up to a moment, for several spans."""
        stop = self._until(groups, until)
        return tuple((stop - self._until(groups, until - s)).astype(np.float64) for s in spans)

    def total(self, groups: Ints, moments: Floats) -> Floats:
        """Amounts of each group up to a moment, faded with the half-life to that moment."""
        if not len(self.keys):
            return np.zeros(len(groups))
        stop, first = self._until(groups, moments), self._first(groups)
        since_first = moments - self.happened_at[np.minimum(first, len(self.keys) - 1)]
        faded = self.running[np.maximum(stop - 1, 0)] / _growth(since_first, self.half_life)
        return np.where(stop > first, faded, 0.0)

    def since_last(self, groups: Ints, moments: Floats) -> Floats:
        """Seconds since each group's last event by a moment; infinite when there is none."""
        return self._gap(groups, moments, self._until(groups, moments))

    def since_last_before(self, groups: Ints, moments: Floats) -> Floats:
        """Seconds since the last event before the moment's own second."""
        return self._gap(groups, moments, np.searchsorted(self.keys, _keys(groups, moments)))

    def _gap(self, groups: Ints, moments: Floats, stop: Ints) -> Floats:
        if not len(self.keys):
            return np.full(len(groups), NEVER)
        last = self.happened_at[np.maximum(stop - 1, 0)]
        return np.where(stop > self._first(groups), moments - last, NEVER)

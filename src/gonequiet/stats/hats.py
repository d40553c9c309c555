"""Piecewise-linear effects of one number: a hat per knot (first-order B-splines).

A value between two knots shares its weight between them; beyond the ends it counts as the end.
Linear in the coefficients, bounded at both ends, and readable: the coefficient of a knot *is* the
effect at that value. Knots stand in fixed natural units, so that coefficients learned from one
person's mail mean the same in another's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.stats.arrays import Codes, Floats, Floats32


@dataclass(frozen=True, slots=True)
class HatRow:
    """Where values stand between their knots.

    Attributes:
        left: index of the knot at or below the value.
        share: how far towards the next knot, 0 to 1.
    """

    left: Codes
    share: Floats32

    def times(self, effects: Floats) -> Floats32:
        """The effect of each value, given the effect at each knot."""
        at = effects.astype(np.float32)
        steps = np.append(np.diff(at), np.float32(0.0))
        return at[self.left] + self.share * steps[self.left]


def place(values: Floats, knots: Floats) -> HatRow:
    """Places values between knots; values that are not numbers count as the last knot.

    Args:
        values: any shape (n,), infinite allowed.
        knots: increasing, at least two, at most 255.
    """
    inside = np.clip(np.nan_to_num(values, nan=knots[-1]), knots[0], knots[-1])
    left = np.clip(np.searchsorted(knots, inside, "right") - 1, 0, len(knots) - 2)
    share = (inside - knots[left]) / np.diff(knots)[left]
    return HatRow(left.astype(np.uint8), share.astype(np.float32))


def fill(block: Floats32, first_column: int, row: HatRow) -> None:
    """Writes the hats of values into columns of a design block of zeros."""
    n = np.arange(len(row.left))
    left = first_column + row.left.astype(np.int64)
    block[n, left] = 1.0 - row.share
    block[n, left + 1] = row.share

"""The array types every module here speaks in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

NEVER = np.inf  # a span or moment of something that has not happened


def distinct(values: Ints) -> Ints:
    """Returns the values that occur, sorted; `np.unique` would load masked arrays for it."""
    ordered = np.sort(values)
    return ordered[np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])]

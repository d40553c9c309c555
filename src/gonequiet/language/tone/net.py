"""A small net that weighs the features of a sentence: how likely it offends, and under which rule.

Each feature has a row: one weight of its own and one for each of some dozens of hidden units, which
ask together what no feature says alone. The rows of a sentence are added, a hidden unit counts when
its sum is above nought, and what the units say is added up. All numbers are whole. A row is packed
into one long number, 32 bits a unit, so that adding rows is adding numbers.

The data file has a line for each part of the net and, after an empty line, one for each feature:
its own weight, and a letter for each unit, where "O" is nought, "P" one and "N" minus one.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Set
from typing import Final, NamedTuple

STEP: Final = 0.0001
"""What one unit of a score stands for, in log odds."""

OWN_STEPS: Final = 100
"""How many units of a score one unit of a feature's own weight stands for."""

NOUGHT: Final = ord("O")
FURTHEST: Final = 31
"""A weight of a feature for a hidden unit lies between minus this and this."""

_SHIFTED: Final = 32
_OWN_SHIFTED: Final = 8_192
"""What is added to each number of a row, so that none is below nought when it is packed."""

_LANE_BYTES: Final = 4


class Sums(NamedTuple):
    """The rows of some features, added: packed, and how many they are."""

    packed: int = 0
    features: int = 0


class Net:
    """The net of a data file."""

    def __init__(self, written: str) -> None:
        """Takes the text of the data file."""
        head, _, rows = written.partition("\n\n")
        parts = dict(line.split("\t", 1) for line in head.splitlines())
        self._bias = int(parts.pop("bias"))
        self._inner = _numbers(parts.pop("inner"))
        self._outer = _numbers(parts.pop("outer"))
        self._rules = [(name, _numbers(numbers)) for name, numbers in parts.items()]
        self._rows = _Rows(rows)

    def sums(self, features: Set[str], onto: Sums | None = None) -> Sums:
        """Returns the rows of some features added, onto those of others."""
        packed, count = onto or Sums()
        known = self._rows.written.keys() & features
        return Sums(sum(map(self._rows.__getitem__, known), packed), count + len(known))

    def log_odds(self, sums: Sums) -> float:
        """Returns how likely it is that a sentence with such sums offends."""
        units, own = self._unpacked(sums)
        said = sum(map(int.__mul__, self._outer, units))
        return STEP * (self._bias + OWN_STEPS * own + said)

    def rule(self, sums: Sums) -> str:
        """Returns the rule that a sentence with such sums speaks for most."""
        units, _ = self._unpacked(sums)
        return max(self._rules, key=lambda rule: _said(rule[1], units))[0]

    def _unpacked(self, sums: Sums) -> tuple[list[int], int]:
        """What the hidden units pass on, and the own weights of the features, added."""
        lanes = array("I")
        lanes.frombytes(sums.packed.to_bytes(_LANE_BYTES * (len(self._inner) + 1), sys.byteorder))
        own = lanes.pop() - _OWN_SHIFTED * sums.features
        shifted = _SHIFTED * sums.features
        over = [lane + inner - shifted for lane, inner in zip(lanes, self._inner, strict=True)]
        return [unit * (unit > 0) for unit in over], own


class _Rows(dict[str, int]):
    """The rows of all features, each packed when it is first asked for."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.written = dict(row.split("\t", 1) for row in written.splitlines())

    def __missing__(self, feature: str) -> int:
        own, letters = self.written[feature].split("\t")
        lanes = [ord(letter) - NOUGHT + _SHIFTED for letter in letters]
        row = array("I", [*lanes, int(own) + _OWN_SHIFTED])
        self[feature] = int.from_bytes(row.tobytes(), sys.byteorder)
        return self[feature]


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(map(int, written.split()))


def _said(weights: tuple[int, ...], units: list[int]) -> int:
    """What the hidden units say by some weights, the first of which counts whatever they are."""
    return weights[0] + sum(map(int.__mul__, weights[1:], units))

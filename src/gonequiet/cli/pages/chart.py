"""How many messages went each way, month by month, as bars above and below a line."""

from __future__ import annotations

from calendar import month_name
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from gonequiet.cli.printing import plural

_WIDTH: Final = 1000.0
_HALF: Final = 48.0
"""The longest bar, each way."""
_YEARS: Final = 22.0
"""Below the bars, for the names of the years."""
_WIDEST: Final = 16.0
"""A bar is no wider, however few months there are."""
_APART: Final = 60.0
"""Names of years stand no closer."""
_MONTHS: Final = 12


class Month(NamedTuple):
    """A month of the calendar."""

    year: int
    month: int

    @property
    def name(self) -> str:
        """As a person writes it."""
        return f"{month_name[self.month]} {self.year}"

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.year:04d}-{self.month:02d}"

    def _number(self) -> int:
        return self.year * _MONTHS + self.month - 1

    def until(self, last: Month) -> list[Month]:
        """Returns the months from this one to the last, both included."""
        return [
            Month(number // _MONTHS, number % _MONTHS + 1)
            for number in range(self._number(), last._number() + 1)
        ]


def rhythm_chart(theirs: Sequence[Month], owners: Sequence[Month]) -> dict[str, Any]:
    """Returns the bars for the months of messages from them, and of those from the owner.

    Returns:
        What `contact.html` draws: lengths in units of its view box; no bars without messages.
    """
    from_them, from_you = Counter(theirs), Counter(owners)
    if not (from_them or from_you):
        return {"bars": []}
    months = min([*from_them, *from_you]).until(max([*from_them, *from_you]))
    most = max([*from_them.values(), *from_you.values()])
    step = _WIDTH / len(months)
    bars = [
        _bar(one, place * step, step, from_them[one] / most, from_you[one] / most)
        | {"says": f"{one.name}: {from_them[one]:,} from them, {from_you[one]:,} from you"}
        for place, one in enumerate(months)
        if from_them[one] or from_you[one]
    ]
    return {
        "bars": bars,
        "width": _WIDTH,
        "height": 2 * _HALF + _YEARS,
        "axis": _HALF,
        "years": _years(months, step),
        "says": (
            f"{months[0].name} to {months[-1].name}, month by month: what they wrote above the "
            f"line, what you wrote below it; the longest bar is {plural(most, 'message')}."
        ),
    }


def _bar(month: Month, x: float, step: float, up: float, down: float) -> dict[str, Any]:
    parts = []
    if up:
        parts.append(
            {"side": "them", "y": _rounded(_HALF * (1 - up)), "height": _rounded(_HALF * up)}
        )
    if down:
        parts.append({"side": "you", "y": _HALF, "height": _rounded(_HALF * down)})
    return {
        "anchor": month.anchor,
        "x": _rounded(x),
        "width": _rounded(min(step * 0.8, _WIDEST)),
        "parts": parts,
    }


def _years(months: Sequence[Month], step: float) -> list[dict[str, Any]]:
    """Returns where a year begins; of many, those that do not stand too close."""
    starts = [0, *(at for at, (one, two) in enumerate(pairwise(months), 1) if one.year != two.year)]
    shown: list[dict[str, Any]] = []
    for at in starts:
        if not shown or at * step - shown[-1]["x"] >= _APART:
            shown.append({"x": _rounded(at * step), "name": str(months[at].year)})
    return shown


def _rounded(length: float) -> float:
    return round(length, 1)

"""Where the exchange turned: a change of reply delay, length and holding back, all at once."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import numpy as np

from gonequiet.analysis.reflection.turns import Turn, is_letter, is_to_owner, theirs
from gonequiet.domain.thread import subject_key
from gonequiet.stats.changepoint import Measure, find_change_point

SURE_ENOUGH: Final = 0.8
"""A turning point less likely than this is not spoken of."""

MOST_LETTERS: Final = 1_000
_A_LETTER: Final = 150  # characters; what is shorter is a note, and says nothing by its length


class TurningPoint(NamedTuple):
    """Where the contact's letters became different.

    Attributes:
        at: of the first letter after the change, UTC epoch seconds.
        earliest_at: start of the 90 % interval.
        latest_at: its end.
        message: number of that first letter.
        message_id: its Message-ID.
        probability: that there was a change at all.
        delay_hours: typical reply delay before and after; None without replies.
        chars: typical length before and after.
        holding_back: share of letters that held something back, before and after.
        letters: how many letters before and after.
        replies: how many of them answer a letter of the owner's, before and after.
    """

    at: int
    earliest_at: int
    latest_at: int
    message: int
    message_id: str
    probability: float
    delay_hours: tuple[float | None, float | None]
    chars: tuple[float, float]
    holding_back: tuple[float, float]
    letters: tuple[int, int]
    replies: tuple[int, int]

    @property
    def slowed(self) -> bool:
        """Whether replies took twice as long or more."""
        before, after = self.delay_hours
        return before is not None and after is not None and after >= 2 * before and after >= 24

    @property
    def shrank(self) -> bool:
        """Whether letters, not mere notes, became shorter by two fifths or more."""
        return self.chars[0] >= _A_LETTER and self.chars[1] <= 0.6 * self.chars[0]


def find_turning_point(turns: Sequence[Turn], held_back: Collection[int]) -> TurningPoint | None:
    """Finds where the contact's letters changed, if they did.

    Args:
        turns: in order.
        held_back: numbers of the messages that hold back or put off.
    """
    letters = [one for one in theirs(turns) if _speaks(one)][-MOST_LETTERS:]
    asked = {one.message: one for one in turns if one.by_owner and is_letter(one)}
    measures = [
        Measure(np.array([_log_delay(one, asked.get(one.parent or 0)) for one in letters])),
        Measure(np.array([math.log(20 + len(one.words)) for one in letters])),
        Measure(np.array([float(one.message in held_back) for one in letters]), is_share=True),
    ]
    found = find_change_point(measures)
    if found is None or found.probability < SURE_ENOUGH:
        return None
    first = letters[found.cut]
    delays = (_hours(found.before[0]), _hours(found.after[0]))
    return TurningPoint(
        first.at,
        letters[found.earliest].at,
        letters[found.latest].at,
        first.message,
        first.message_id,
        found.probability,
        delays,
        (math.exp(found.before[1]) - 20, math.exp(found.after[1]) - 20),
        (found.before[2], found.after[2]),
        (found.cut, len(letters) - found.cut),
        (_replies(measures[0], 0, found.cut), _replies(measures[0], found.cut, len(letters))),
    )


def _replies(delays: Measure, start: int, stop: int) -> int:
    return int(np.count_nonzero(~np.isnan(delays.values[start:stop])))


def _speaks(letter: Turn) -> bool:
    """Whether the length of a letter says something: what comes with one speaks for itself."""
    is_cover = bool(letter.attachments) or subject_key(letter.subject).is_forward
    return is_to_owner(letter) and bool(letter.words.strip()) and not is_cover


def _log_delay(letter: Turn, asked: Turn | None) -> float:
    if asked is None or letter.at <= asked.at:
        return float("nan")
    return math.log((letter.at - asked.at) / 3600 + 0.25)


def _hours(log_hours: float) -> float | None:
    return None if math.isnan(log_hours) else max(0.0, math.exp(log_hours) - 0.25)

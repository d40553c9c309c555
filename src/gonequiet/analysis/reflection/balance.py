"""Who gave how much: letters, length, who began, and who was there over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from gonequiet.analysis.reflection.turns import Turn, owners, theirs
from gonequiet.domain.days import Days


class Side(NamedTuple):
    """What one side put in.

    Attributes:
        letters: how many it wrote.
        median_chars: length of the middle one; 0 without any.
        threads_begun: how many threads it began.
        median_reply_hours: of its replies to the other side, None without any.
    """

    letters: int
    median_chars: int
    threads_begun: int
    median_reply_hours: float | None


class PeopleThen(NamedTuple):
    """Who took part on their side in one half of a year.

    Attributes:
        from_at: when it begins, UTC epoch seconds.
        letters: letters of the contact in it.
        people: names besides the contact's own, in order.
    """

    from_at: int
    letters: int
    people: tuple[str, ...]


class Balance(NamedTuple):
    """Effort on both sides.

    Attributes:
        theirs: the contact's.
        owners: the owner's.
        people: who took part on their side, by half-year with letters in it, oldest first.
    """

    theirs: Side
    owners: Side
    people: tuple[PeopleThen, ...]


def weigh_effort(turns: Sequence[Turn], days: Days) -> Balance:
    """Returns what both sides put in.

    Args:
        turns: in order.
        days: of the owner's wall clock.
    """
    return Balance(_side(turns, owner=False), _side(turns, owner=True), _people(turns, days))


def _side(turns: Sequence[Turn], *, owner: bool) -> Side:
    letters = owners(turns) if owner else theirs(turns)
    began: dict[int, bool] = {}
    for turn in turns:
        began.setdefault(turn.thread, turn.by_owner)
    other = {one.message: one.at for one in (theirs(turns) if owner else owners(turns))}
    delays = [
        (one.at - other[one.parent]) / 3600
        for one in letters
        if one.parent in other and one.at >= other[one.parent]
    ]
    return Side(
        len(letters),
        round(median(len(one.words) for one in letters)) if letters else 0,
        sum(begun_by is owner for begun_by in began.values()),
        median(delays) if delays else None,
    )


def _people(turns: Sequence[Turn], days: Days) -> tuple[PeopleThen, ...]:
    halves: dict[date, list[Turn]] = {}
    for letter in theirs(turns):
        day = days.day_of(letter.at)
        halves.setdefault(date(day.year, 1 if day.month < 7 else 7, 1), []).append(letter)
    return tuple(
        PeopleThen(
            days.start_of(first),
            len(letters),
            tuple(sorted({name for one in letters for name in one.others})),
        )
        for first, letters in sorted(halves.items())
    )

"""Rhythm: when an exchange changed its pace, and how soon somebody usually answers."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.rhythm import DelaySeen, ReplyHabit, find_change, reply_habit

START = 1_700_000_000
HOUR = 3_600
DAY = 24 * HOUR


def moments(*gaps_days: float) -> list[int]:
    found = [START]
    for gap in gaps_days:
        found.append(found[-1] + round(gap * DAY))
    return found


def bursty(dice: random.Random, count: int, typical_days: float) -> list[float]:
    return [typical_days * math.exp(dice.gauss(0, 1.2)) for _ in range(count)]


def test_weekly_letters_that_become_monthly_changed_where_they_changed() -> None:
    change = find_change(moments(7, 6, 8, 7, 7, 6, 8, 30, 31, 28, 33, 29, 30))

    assert change is not None
    assert change.at == START + 49 * DAY
    assert change.earliest_at <= change.at <= change.latest_at
    assert change.gap_before_days == pytest.approx(7, rel=0.02)
    assert change.gap_after_days == pytest.approx(30, rel=0.02)


def test_letters_that_come_faster_changed_too() -> None:
    change = find_change(moments(30, 31, 28, 33, 29, 2, 3, 2, 2, 3, 2))

    assert change is not None
    assert change.gap_after_days < change.gap_before_days


def test_a_gain_worked_out_by_hand() -> None:
    # In units of ln 2 the logs are 0 1 0 3 4 3: their squares sum to 35, around one mean to
    # 35 - 121/6, around two to 4/3; each gap counts a tenth of uncertainty besides.
    unit, unsure = math.log(2) ** 2, 6 * 0.1**2
    won = 6 / 2 * math.log(((35 - 121 / 6) * unit + unsure) / (4 / 3 * unit + unsure))
    change = find_change(moments(1, 2, 1, 8, 16, 8))

    assert change is not None
    assert change.evidence == pytest.approx(won - math.log(6) - 2)


def test_a_steady_rhythm_has_no_change() -> None:
    assert find_change(moments(*[7] * 30)) is None
    assert find_change(moments(*[7, 9, 6, 8] * 8)) is None


def test_too_few_letters_say_nothing() -> None:
    assert find_change([]) is None
    assert find_change(moments(1, 1, 40, 40, 40)) is None


def test_several_messages_within_the_hour_are_one_occasion() -> None:
    weekly = moments(*[7] * 12)
    doubled = [at + late for at in weekly for late in (0, 60, 900)]

    assert find_change(doubled) is None


def test_steady_exchanges_rarely_show_a_change() -> None:
    dice = random.Random(7)
    trials = [find_change(moments(*bursty(dice, count, 5))) for count in (10, 20, 60) * 100]

    assert sum(change is not None for change in trials) <= 0.06 * len(trials)


def test_nine_in_ten_intervals_hold_the_moment_of_a_planted_change() -> None:
    dice = random.Random(8)
    found = held = 0
    for _ in range(200):
        when = moments(*bursty(dice, 30, 4), *bursty(dice, 30, 20))
        change = find_change(when)
        if change is not None:
            found += 1
            held += change.earliest_at <= when[30] <= change.latest_at
    assert found >= 150
    assert held / found >= 0.9


@given(st.lists(st.integers(0, 10**9), max_size=60))
def test_any_moments_may_be_asked_about(when: list[int]) -> None:
    change = find_change(when)

    assert change == find_change(sorted(when))
    if change is not None:
        assert min(when) <= change.earliest_at <= change.at <= change.latest_at <= max(when)


# Reply habits.


def answered(hours: float) -> DelaySeen:
    return DelaySeen(round(hours * HOUR), 90 * DAY)


def waiting(hours: float) -> DelaySeen:
    return DelaySeen(None, round(hours * HOUR))


def test_when_all_were_answered_the_quartiles_are_plain() -> None:
    habit = reply_habit([answered(hours) for hours in (1, 2, 3, 4)])

    assert habit == ReplyHabit(4, 4, 1.0, 1.0, 2.0, 3.0)


def test_the_product_limit_estimate_of_a_textbook_table() -> None:
    # Freireich et al. 1963, 6-MP arm, as in Kaplan-Meier textbooks: S(23) = 0.448.
    events = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    habit = reply_habit([answered(h) for h in events] + [waiting(h) for h in censored])

    assert habit.share == pytest.approx(1 - 0.448, abs=0.0005)
    assert habit.answered == 9


def test_waits_still_open_raise_the_share_above_the_plain_one() -> None:
    habit = reply_habit([answered(2), answered(3), waiting(1), waiting(1)])

    assert habit.share == 1.0
    assert habit.median_hours == 2.0


def test_without_answers_there_are_no_quartiles() -> None:
    assert reply_habit([waiting(5), waiting(9)]) == ReplyHabit(2, 0, 0.0, None, None, None)
    assert reply_habit([]) == ReplyHabit(0, 0, None, None, None, None)


@given(st.lists(st.tuples(st.none() | st.integers(0, 10**7), st.integers(0, 10**7)), max_size=50))
def test_shares_are_shares_and_quartiles_rise(pairs: list[tuple[int | None, int]]) -> None:
    habit = reply_habit([DelaySeen(after, watched) for after, watched in pairs])

    assert habit.share is None or 0 <= habit.share <= 1
    if habit.answered:
        assert habit.lower_hours is not None
        assert habit.median_hours is not None
        assert habit.upper_hours is not None
        assert habit.lower_hours <= habit.median_hours <= habit.upper_hours

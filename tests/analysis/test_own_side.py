"""The owner's own side: what is owed, how unusual the delay is, and only what was known then."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.own_side import (
    Asked,
    find_habit,
    find_owed,
    habit_by_quarter,
    known_at,
)
from gonequiet.domain.moments import DAY

NOW = 1_000 * DAY


def asked(number: int, days_ago: float, answered_days: float | None, contact: int = 1) -> Asked:
    at = int(NOW - days_ago * DAY)
    answered = None if answered_days is None else int(at + answered_days * DAY)
    return Asked(number, contact, at, answered)


def test_what_was_answered_or_is_over_is_not_owed() -> None:
    open_ = asked(1, 5, None)
    over = asked(2, 5, None)._replace(closed_at=NOW - DAY)
    assert [one.asked for one in find_owed([open_, over, asked(3, 5, 1)], NOW)] == [open_]


def test_the_most_unusual_delay_stands_first() -> None:
    quick = [asked(number, 100 + number, 0.5, contact=1) for number in range(10, 30)]
    slow = [asked(number, 100 + number, 9, contact=2) for number in range(30, 50)]
    first, second = find_owed([*quick, *slow, asked(1, 3, None, 1), asked(2, 3, None, 2)], NOW)
    assert (first.asked.contact, second.asked.contact) == (1, 2)
    assert first.usual_share > 0.9
    assert second.usual_share < 0.2
    assert first.with_contact == (20, 20)


def test_waits_watched_too_short_say_nothing_of_a_longer_delay() -> None:
    fresh = [asked(number, 1, None, contact=1) for number in range(10, 30)]
    (owed, *_) = find_owed([*fresh, asked(1, 50, None, contact=1)], NOW)
    assert owed.asked.message == 1
    assert owed.with_contact == (0, 0)


def test_the_habit_is_that_of_a_pencil() -> None:
    seen = [asked(1, 100, 1), asked(2, 100, 2), asked(3, 100, 40), asked(4, 100, None)]
    habit = find_habit(seen, NOW)
    assert habit.share == 0.5
    assert habit.median_hours == 48
    assert find_habit([asked(1, 3, 1)], NOW).share is None


def test_quarters_hold_each_message_once() -> None:
    seen = [asked(number, 10 * number, 1) for number in range(1, 30)]
    quarters = [NOW - 300 * DAY, NOW - 200 * DAY, NOW - 100 * DAY, NOW + 1]
    assert sum(habit.asked for _, habit in habit_by_quarter(seen, quarters, NOW)) == 29


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.one_of(st.none(), st.integers(0, 60)), st.integers(1, 3)),
        max_size=40,
    ),
    st.integers(0, 400),
)
def test_deleting_the_future_changes_nothing(
    given_: list[tuple[int, int | None, int]], days_ago: int
) -> None:
    seen = [asked(number, ago, after, who) for number, (ago, after, who) in enumerate(given_)]
    as_of = NOW - days_ago * DAY
    past = [one for one in seen if one.at <= as_of]
    cut = [
        one
        if one.answered_at is None or one.answered_at <= as_of
        else one._replace(answered_at=None)
        for one in past
    ]
    assert known_at(seen, as_of) == cut
    for owed in find_owed(known_at(seen, as_of), as_of):
        assert 0 < owed.usual_share < 1
        assert owed.with_contact[1] <= owed.with_contact[0] <= owed.with_all[0]

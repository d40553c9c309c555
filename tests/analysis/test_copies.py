"""Copies: one message in many places is one message, and two messages are never one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.copies import (
    COLLISION,
    NEW,
    CopyHead,
    CopyVerdict,
    copy_keys,
    is_same_moment,
    judge_copy,
)

DANA, TOMAS = "dana.reyes@harbor.example", "tomas.lindt@harbor.example"
NOON = 1_700_000_000
HOUR = 3_600

FIRST = CopyHead(1, "m1@harbor.example", DANA, "slipway", 42, NOON)
NEXT = FIRST._replace(message=2)


def copy_of(message: int) -> CopyVerdict:
    return CopyVerdict(message, is_collision=False)


def test_the_same_record_again_is_a_copy() -> None:
    assert judge_copy(NEXT, [FIRST]) == copy_of(1)


def test_one_content_under_two_ids_is_a_copy() -> None:
    assert judge_copy(NEXT._replace(message_id="other@harbor.example"), [FIRST]) == copy_of(1)


@pytest.mark.parametrize("hours", [1, 7, -7, 14, 5.5, -0.5])
def test_clocks_that_are_whole_or_half_hours_apart_make_no_second_message(hours: float) -> None:
    shifted = NEXT._replace(message_id="", sent_at=NOON + int(hours * HOUR))

    assert judge_copy(shifted, [FIRST]) == copy_of(1)


@pytest.mark.parametrize("seconds", [45, -59, 7 * HOUR - 45])
def test_seconds_cut_off_make_no_second_message(seconds: int) -> None:
    assert judge_copy(NEXT._replace(message_id="", sent_at=NOON + seconds), [FIRST]) == copy_of(1)


@pytest.mark.parametrize("seconds", [600, 20 * 60, 15 * HOUR, 24 * HOUR, 7 * 24 * HOUR])
def test_the_same_words_at_another_time_are_another_message(seconds: int) -> None:
    assert judge_copy(NEXT._replace(message_id="", sent_at=NOON + seconds), [FIRST]) == NEW


def test_the_same_words_by_somebody_else_are_another_message() -> None:
    assert judge_copy(NEXT._replace(message_id="", sender=TOMAS), [FIRST]) == NEW


def test_a_copy_that_a_list_gave_a_footer_is_a_copy() -> None:
    assert judge_copy(NEXT._replace(content_digest=43, sent_at=NOON + 3), [FIRST]) == copy_of(1)


def test_a_copy_whose_sender_a_list_rewrote_is_told_by_its_content() -> None:
    rewritten = NEXT._replace(sender="boats@lists.example.org")

    assert judge_copy(rewritten, [FIRST]) == copy_of(1)


@pytest.mark.parametrize("other", [{"sender": TOMAS}, {"subject_key": "moorings"}])
def test_one_id_on_two_messages_is_a_collision(other: dict[str, str]) -> None:
    collision = NEXT._replace(content_digest=43, **other)  # type: ignore[arg-type]

    assert judge_copy(collision, [FIRST]) == COLLISION


def test_without_any_words_only_the_id_tells() -> None:
    empty = FIRST._replace(content_digest=0)

    assert judge_copy(NEXT._replace(content_digest=0), [empty]) == copy_of(1)
    assert judge_copy(NEXT._replace(content_digest=0, message_id="x@x.example"), [empty]) == NEW


def test_messages_without_id_and_moment_are_told_by_content_alone() -> None:
    undated = FIRST._replace(message_id="", sent_at=None)

    assert judge_copy(undated._replace(message=2), [undated]) == copy_of(1)
    assert judge_copy(NEXT._replace(message_id=""), [undated]) == NEW


def test_an_id_tells_more_than_content() -> None:
    by_content = FIRST._replace(message=0, message_id="m0@harbor.example")

    assert judge_copy(NEXT, [by_content, FIRST]) == copy_of(1)


def test_a_third_copy_is_a_copy_of_the_first() -> None:
    later = NEXT._replace(message=5)

    assert judge_copy(later, [NEXT, FIRST]) == judge_copy(later, [FIRST, NEXT]) == copy_of(1)


def test_what_shares_nothing_is_new() -> None:
    assert judge_copy(NEXT, []) == NEW
    assert copy_keys(NEXT) == ("m1@harbor.example", 42)


@given(st.integers(-100_000, 100_000), st.integers(-100_000, 100_000))
def test_being_the_same_moment_goes_both_ways(left: int, right: int) -> None:
    assert is_same_moment(left, right) == is_same_moment(right, left)
    assert is_same_moment(left, left)

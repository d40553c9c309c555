"""Reliability: promises decide, references inform, and neither is sure of anything."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.reliability import assess_reliability
from gonequiet.domain.reference import Leaning, Reference

TODAY = date(2026, 5, 7)


def reference(leaning: Leaning, *, is_fact: bool = True, expires: int = 30) -> Reference:
    said_on = TODAY - timedelta(days=60)
    until = TODAY + timedelta(days=expires)
    return Reference(1, "dana@halden.example", "x", "Greg", said_on, is_fact, leaning, until)


def test_promises_give_the_share_a_pencil_gives() -> None:
    found = assess_reliability(8, 2, [], TODAY)
    assert abs(found.share - 9 / 12) < 1e-9
    low, high = found.interval_90
    # Quantiles .05 and .95 of Beta(9, 3), by R's qbeta.
    assert abs(low - 0.5299) < 0.002
    assert abs(high - 0.9212) < 0.002


def test_what_is_expired_counts_for_nothing() -> None:
    gone = reference(Leaning.UNRELIABLE, expires=-1)
    assert assess_reliability(3, 0, [gone], TODAY) == assess_reliability(3, 0, [], TODAY)


def test_no_number_of_words_outweighs_a_handful_of_promises() -> None:
    words = [reference(Leaning.UNRELIABLE) for _ in range(50)]
    assert assess_reliability(8, 0, words, TODAY).share > 0.7


@given(st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_a_good_word_raises_and_a_bad_one_lowers_within_the_interval(
    kept: int, lapsed: int, is_fact: bool
) -> None:
    plain = assess_reliability(kept, lapsed, [], TODAY)
    good = assess_reliability(kept, lapsed, [reference(Leaning.RELIABLE, is_fact=is_fact)], TODAY)
    bad = assess_reliability(kept, lapsed, [reference(Leaning.UNRELIABLE, is_fact=is_fact)], TODAY)
    neither = assess_reliability(kept, lapsed, [reference(Leaning.NEITHER)], TODAY)
    assert bad.share < plain.share < good.share
    assert neither.share == plain.share
    assert plain.interval_90[0] < plain.share < plain.interval_90[1]

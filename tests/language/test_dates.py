"""Dates in words are resolved to days against the day of writing, a Tuesday."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.language.dates import find_dates
from gonequiet.language.lexicon import Tongue

TUESDAY = date(2025, 3, 11)

ENGLISH = [
    ("by Friday", "2025-03-14"),
    ("next Friday", "2025-03-21"),
    ("next Tuesday", "2025-03-18"),
    ("on Tuesday", "2025-03-18"),
    ("this Friday", "2025-03-14"),
    ("last Friday", "2025-03-07"),
    ("tomorrow", "2025-03-12"),
    ("by the day after tomorrow", "2025-03-13"),
    ("EOD", "2025-03-11"),
    ("by COB Thursday", "2025-03-13"),
    ("this week", "2025-03-14"),
    ("next week", "2025-03-21"),
    ("end of next week", "2025-03-21"),
    ("early next week", "2025-03-18"),
    ("in two weeks", "2025-03-25"),
    ("by the 21st", "2025-03-21"),
    ("until the 3rd", "2025-04-03"),
    ("in a couple of days", "2025-03-13"),
    ("within 10 days", "2025-03-21"),
    ("in 3 business days", "2025-03-14"),
    ("in a month", "2025-04-11"),
    ("3/14", "2025-03-14"),
    ("3/14/26", "2026-03-14"),
    ("25/3", "2025-03-25"),
    ("2025-04-01", "2025-04-01"),
    ("March 14th, 2025", "2025-03-14"),
    ("the 2nd of April", "2025-04-02"),
    ("January 5", "2026-01-05"),
    ("by the end of March", "2025-03-31"),
    ("mid June", "2025-06-21"),
    ("the middle of next month", "2025-04-21"),
    ("late June", "2025-06-30"),
    ("end of the month", "2025-03-31"),
    ("next month", "2025-04-30"),
    ("early Q3", "2025-07-31"),
    ("Q1 2026", "2026-03-31"),
    ("end of the quarter", "2025-03-31"),
    ("by year-end", "2025-12-31"),
]
GERMAN = [
    ("nächsten Freitag", "2025-03-21"),
    ("bis Freitag", "2025-03-14"),
    ("am 14. März", "2025-03-14"),
    ("14.3.2025", "2025-03-14"),
    ("am 3/4", "2025-04-03"),
    ("übermorgen", "2025-03-13"),
    ("Ende nächster Woche", "2025-03-21"),
    ("Anfang nächster Woche", "2025-03-18"),
    ("in zwei Wochen", "2025-03-25"),
    ("Mitte Juni", "2025-06-21"),
    ("Ende April", "2025-04-30"),
    ("bis Ende des Monats", "2025-03-31"),
    ("in KW 15", "2025-04-11"),
]


@pytest.mark.parametrize(("words", "due"), ENGLISH)
def test_english_words_name_a_day(words: str, due: str) -> None:
    (span,) = find_dates(f"We send it {words}.", TUESDAY)
    assert span.last_on.isoformat() == due


@pytest.mark.parametrize(("words", "due"), GERMAN)
def test_german_words_name_a_day(words: str, due: str) -> None:
    (span,) = find_dates(f"Wir schicken es {words}.", TUESDAY, Tongue.GERMAN)
    assert span.last_on.isoformat() == due


@pytest.mark.parametrize(
    "text",
    [
        "I may call.",
        "They march in.",
        "half is 1/2 of it",
        "on 4/31",
        "version 1.2.3",
        "Guten Morgen",
        "put it by the 3rd floor window",
    ],
)
def test_words_that_only_look_like_a_date_name_none(text: str) -> None:
    assert find_dates(text, TUESDAY) == ()


def test_a_limit_is_told_from_a_mere_day() -> None:
    by, on = find_dates("Send it by Friday, we meet on Monday.", TUESDAY)
    assert (by.is_limit, on.is_limit) == (True, False)


@given(text=st.text(max_size=200), day=st.dates(date(1971, 1, 1), date(2199, 12, 31)))
def test_any_text_gives_spans_inside_it_that_do_not_end_before_they_begin(
    text: str, day: date
) -> None:
    for span in find_dates(text, day):
        assert 0 <= span.start < span.stop <= len(text.lower())
        assert span.first_on <= span.last_on

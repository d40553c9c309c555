"""Text is cut into sentences as mail is written, not as books are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gonequiet.language.sentences import split_sentences


def cut(text: str) -> list[str]:
    return [text[span.start : span.stop] for span in split_sentences(text)]


def test_marks_of_the_end_cut() -> None:
    assert cut("Fine. Shall we? Yes!") == ["Fine.", "Shall we?", "Yes!"]


def test_abbreviations_and_days_do_not_cut() -> None:
    assert cut("Dear Dr. Reyes, we met e.g. on the 14. March.") == [
        "Dear Dr. Reyes, we met e.g. on the 14. March."
    ]


def test_a_wrapped_line_goes_on() -> None:
    text = "We went through the draft together and found that the second\npart needs another look."
    assert cut(text) == [text]


def test_short_lines_blank_lines_and_lists_cut() -> None:
    assert cut("Hi Dana,\nWe need:\n- a plan\n- a date\n\nBest,\nOmar") == [
        "Hi Dana,",
        "We need:",
        "- a plan",
        "- a date",
        "Best,",
        "Omar",
    ]


@given(st.text(alphabet="aB .?!\n-1", max_size=300))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    spans = split_sentences(text)
    kept = "".join(text[span.start : span.stop] for span in spans)
    assert "".join(kept.split()) == "".join(text.split())

"""G4 and G3: what was agreed is written down; somebody's reliability is asked about discreetly."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked


def test_a_recap_says_what_was_discussed_and_who_does_what_by_when(
    ask: Asked, truth: dict[str, Any]
) -> None:
    draft = ask(
        "draft", truth["silences"][0]["addresses"][0], "--as", "recap", "--print", "--language",
        "en", "--matter", "the price of phase two", "--step",
        "Dana: names two dates by 2026-05-15", "--step", "Clara: sends the revised plan",
        "--as-of", truth["as_of"],
    )  # fmt: skip
    assert "- the price of phase two\n" in draft["body"]
    assert "- Dana: names two dates, by 15 May\n- Clara: sends the revised plan\n" in draft["body"]
    assert draft["findings"] == []


def test_a_reference_is_asked_for_in_confidence_and_says_nothing_against_anybody(
    ask: Asked, truth: dict[str, Any]
) -> None:
    draft = ask(
        "draft", truth["silences"][0]["addresses"][0], "--as", "reference", "--print",
        "--language", "en", "--person", "Lea Ost", "--as-of", truth["as_of"],
    )  # fmt: skip
    assert "in confidence" in draft["subject"]
    assert "nothing needs to be in writing" in draft["body"]
    assert draft["reply_to"] == ""
    assert draft["findings"] == []

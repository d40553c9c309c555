"""The notation of the data files: what a phrase matches, and which words hint at it."""

from __future__ import annotations

import pytest

from gonequiet.language.tone.phrases import Notation, PhraseError

NOTATION = Notation({"message": "(e-mail|letter)~", "nth": "(second|third) {message}"})


def matched(written: str, text: str) -> list[str]:
    return [match[0] for match in NOTATION.read(written).find_in(text)]


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("you (never|did not) answer", "you did not answer", ["you did not answer"]),
        ("i am [really] sad", "i am sad, i am really sad", ["i am sad", "i am really sad"]),
        ("you said ... nothing", "you said one two nothing", ["you said one two nothing"]),
        ("you said .. nothing", "you said one two three nothing", []),
        ("your . is late", "your answer is late", ["your answer is late"]),
        ("your . is late", "your is late", []),
        ("ignor*", "ignoring", ["ignoring"]),
        ("*mal", "viermal", ["viermal"]),
        ("letter~", "letters", ["letters"]),
        (
            "my {message}",
            "my email, my e-mail, my letters",
            ["my email", "my e-mail", "my letters"],
        ),
        ("my {nth}", "my third letter", ["my third letter"]),
        ("don't go", "dont go don't go", ["dont go", "don't go"]),
        ("müssen", "muessen müssen", ["muessen", "müssen"]),
        ("<checking in>", "checking in", ["checking in"]),
        ("<checking in>", "i was checking in", []),
        ("<checking in>", "checking in at the hotel", []),
        ("^fine", "fine", ["fine"]),
        ("^fine", "well, fine", []),
        ("one (,|>)", "one, two", ["one"]),
        ("is it", "exist its", []),
    ],
)
def test_a_phrase_matches_what_its_notation_says(
    written: str, text: str, expected: list[str]
) -> None:
    assert matched(written, text) == expected


@pytest.mark.parametrize(
    ("written", "hints"),
    [
        ("you never answered", {"answered"}),
        ("i (guess|suppose)", {"guess", "suppose"}),
        ("[really] sad", {"sad"}),
        ("ignor* me", {"ignor*"}),
        ("müsste", {"müsste", "muesste"}),
        ("e-mail", {"email", "mail"}),
    ],
)
def test_the_hints_are_the_rarest_words_that_must_occur(written: str, hints: set[str]) -> None:
    assert NOTATION.read(written).hints == hints


def test_a_phrase_is_tried_only_where_its_second_rarest_word_stands_too() -> None:
    phrase = NOTATION.read("you never answered")
    assert phrase.may_occur_among({"you", "never", "answered"})
    assert not phrase.may_occur_among({"you", "answered"})


@pytest.mark.parametrize("written", ["i answered", "ignor* answered*", "[really] answered"])
def test_a_phrase_of_which_no_second_word_must_occur_is_always_tried(written: str) -> None:
    assert NOTATION.read(written).may_occur_among({"answered"})


@pytest.mark.parametrize("written", ["(open", "closed)", "{unknown}", "[a|b]", "( | a)", ".. > <"])
def test_a_phrase_written_wrongly_is_refused(written: str) -> None:
    with pytest.raises(PhraseError):
        NOTATION.read(written)

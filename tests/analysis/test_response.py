"""A response after a silence: which path it takes, and the words that say so."""

from __future__ import annotations

from datetime import date

import pytest

from gonequiet.analysis.response import Answer, read_response
from gonequiet.domain.response import DEEDS, Path, ResponseRead, Sign
from tests.analysis.response_messages import FRESH, LATER, TOLD, Told

WRITTEN_ON = date(2026, 4, 22)


def read(told: Told) -> ResponseRead:
    return read_response(
        Answer(
            told.question,
            told.words,
            WRITTEN_ON,
            told.attached,
            ("Somebody New",) * told.brought,
            told.in_thread,
        )
    )


@pytest.mark.parametrize("path", Path)
def test_made_up_responses_take_the_path_they_were_written_for(path: Path) -> None:
    told = [one for one in TOLD + LATER if one.path is path]
    right = sum(read(one).path is path for one in told)

    assert len(told) >= 30
    assert right / len(told) >= 0.95


def test_a_response_seldom_seems_to_take_up_what_it_does_not() -> None:
    others = [one for one in TOLD + LATER if one.path is not Path.REAFFIRMED]

    assert sum(read(one).path is Path.REAFFIRMED for one in others) <= len(others) * 0.02


def test_in_unforeseen_words_a_path_that_is_named_is_mostly_right() -> None:
    """No rule was made for these and no weight learned from them."""
    named = [(one, read(one).path) for one in FRESH if read(one).path is not Path.NONE]
    right = sum(path is one.path for one, path in named)

    assert len(FRESH) == 80
    assert len(named) >= 50
    assert right / len(named) >= 0.75


def test_in_unforeseen_words_most_that_decline_or_put_off_are_seen_to() -> None:
    for path, least in ((Path.DETACHED, 16), (Path.AVOIDANT, 11), (Path.REAFFIRMED, 14)):
        assert sum(read(one).path is path for one in FRESH if one.path is path) >= least


def test_what_no_rule_gives_a_reason_for_is_quoted_from_the_telling_sentence() -> None:
    words = "The shop is well. My partner has opened a place of her own, so no need. Bye!"
    (read_,) = [
        one
        for one in read_response(Answer("Shall we cater again?", words, WRITTEN_ON)).evidence
        if one.sign is Sign.REFUSAL
    ]
    assert "place of her own" in read_.quote


def test_every_sign_quotes_the_words_it_stands_on() -> None:
    for told in TOLD:
        text = told.words.replace("’", "'")
        for one in read(told).evidence:
            if one.start >= 0:
                assert " ".join(text[one.start : one.stop].split()) == one.quote
            assert one.rule


def test_every_path_but_none_has_evidence() -> None:
    for told in TOLD:
        found = read(told)
        assert found.path is Path.NONE or found.evidence
        if found.path is Path.REAFFIRMED:
            assert any(one.sign in DEEDS for one in found.evidence)


@pytest.mark.parametrize("greeting", ["Sehr geehrte Frau Lindqvist,", "Guten Morgen Herr Ohm,"])
def test_a_greeting_is_never_the_sentence_quoted(greeting: str) -> None:
    question = "Liebe Frau Ohm, ist der Plan von Frau Lindqvist fertig?"
    found = read_response(Answer(question, f"{greeting}\n\nja, er ist fertig.", WRITTEN_ON))

    assert found.evidence
    assert not any("geehrte" in one.quote or "Morgen" in one.quote for one in found.evidence)


@pytest.mark.parametrize("words", ["Grundsätzlich ja, wenn der Rahmen stimmt.", "Im Prinzip ja."])
def test_a_yes_in_principle_puts_nothing_off(words: str) -> None:
    found = read_response(Answer("Würden Sie die Leitung übernehmen?", words, WRITTEN_ON))

    assert not [one for one in found.evidence if one.sign is Sign.DEFERRAL]


def test_a_statement_that_begins_like_a_question_asks_nothing_back() -> None:
    words = "We have not chosen. Could be that the board pauses it."
    found = read_response(Answer("Is it approved?", words, WRITTEN_ON))

    assert not [one for one in found.evidence if one.sign is Sign.QUESTION_BACK]


def test_what_is_said_to_be_enclosed_and_came_is_something() -> None:
    words = "Guten Tag Frau Ohm,\n\nanbei, wie erbeten.\n\nBeste Grüße\nUta Lindqvist"
    asked = Answer("Würden Sie mir die Zeichnung schicken?", words, WRITTEN_ON, ("plan.pdf",))

    assert read_response(asked).path is Path.REAFFIRMED


def test_a_promise_for_some_day_is_a_putting_off() -> None:
    words = "I will get back to you on this at some point."
    found = read_response(Answer("Is it approved?", words, WRITTEN_ON))

    assert found.path is Path.AVOIDANT
    assert Sign.COMMITMENT not in {one.sign for one in found.evidence}


def test_a_promise_with_a_day_is_a_promise_however_busy_they_are() -> None:
    words = "Things are hectic here, but I will send you the signed order by Friday."
    found = read_response(Answer("Is it approved?", words, WRITTEN_ON))

    assert found.path is Path.REAFFIRMED


def test_this_year_is_no_date() -> None:
    found = read_response(Answer("Is it approved?", "Perhaps this year.", WRITTEN_ON))

    assert Sign.DATE not in {one.sign for one in found.evidence}


def test_another_matter_in_another_thread_is_none_of_them() -> None:
    answer = Answer("Is the fee approved?", "Lunch is at one on Friday.", WRITTEN_ON)

    assert read_response(answer._replace(in_thread=False)).path is Path.NONE


def test_what_was_asked_may_be_answered_in_another_thread() -> None:
    words = "The fee for the warehouse study is approved, you will have the order by Friday."
    answer = Answer(
        "Is the fee for the warehouse study approved?",
        words,
        WRITTEN_ON,
        in_thread=False,
        asked_under="Warehouse study: fee",
        answered_under="Fee for the warehouse study approved",
    )

    assert read_response(answer).path is Path.REAFFIRMED
    elsewhere = answer._replace(answered_under="Minutes of the meeting")
    assert read_response(elsewhere).path is Path.NONE


def test_a_language_that_is_not_read_is_said_to_be_so() -> None:
    words = "Merci pour votre message, nous sommes très contents de vous et de la proposition."
    found = read_response(Answer("Is it approved?", words, WRITTEN_ON))

    assert found.path is Path.NONE
    assert "not read" in found.because


def test_a_very_long_response_is_read_in_its_first_pages() -> None:
    words = "We will see. " * 20_000

    assert read_response(Answer("Is it approved?", words, WRITTEN_ON)).path is Path.AVOIDANT


def test_a_letter_that_asks_back_lets_nothing_go_by_its_tone() -> None:
    words = (
        "How is the yard these days? Curious to hear what you think of the market. "
        "Hope everything is going well for you. Give me a call when you have a chance."
    )
    found = read_response(Answer("My guess is eleven hours. Was I close?", words, WRITTEN_ON))
    assert found.path not in (Path.DETACHED, Path.AVOIDANT)


def test_who_has_not_heard_from_the_owner_puts_nothing_off() -> None:
    words = (
        "I have left several messages and have not heard back on where you are with the pier."
        " If you need more time, I certainly understand."
    )
    response = read_response(Answer("Could you tell me the price of the pier?", words, WRITTEN_ON))
    assert Sign.DEFERRAL not in {one.sign for one in response.evidence}

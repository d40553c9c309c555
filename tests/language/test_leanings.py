"""What leans away from a thing or towards it is found with the words it stands on."""

from __future__ import annotations

from datetime import date

import pytest

from gonequiet.language.leanings import Leaning, read_leanings
from gonequiet.language.lexicon import Tongue

TUESDAY = date(2025, 3, 11)


def leanings_of(text: str, tongue: Tongue = Tongue.ENGLISH) -> set[Leaning]:
    return {found.leaning for found in read_leanings(text, TUESDAY, tongue)}


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("We would perhaps take a smaller size for the yard.", Leaning.HEDGE),
        ("It all depends on whether we take the boats.", Leaning.HEDGE),
        ("Let's revisit this when the boats are back.", Leaning.DEFERRAL),
        ("Let us wait for the new harbour master.", Leaning.DEFERRAL),
        ("I'm sorry, I have to move our Tuesday call.", Leaning.RESCHEDULING),
        ("Sorry that I missed our meeting yesterday.", Leaning.RESCHEDULING),
        ("I have blocked out the whole morning for you.", Leaning.EFFORT),
        ("Let's meet on Thursday at ten.", Leaning.DATE),
    ],
)
def test_an_english_sentence_leans_one_way(text: str, leaning: Leaning) -> None:
    assert leanings_of(text) == {leaning}


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("Vielleicht nehmen wir im Herbst ein kleineres Boot.", Leaning.HEDGE),
        ("Lassen Sie uns nach dem Sommer noch einmal darüber sprechen.", Leaning.DEFERRAL),
        ("Leider muss ich den Termin am Montag verschieben.", Leaning.RESCHEDULING),
        ("Ich habe den großen Saal für Sie reserviert.", Leaning.EFFORT),
    ],
)
def test_a_german_sentence_leans_one_way(text: str, leaning: Leaning) -> None:
    assert leanings_of(text, Tongue.GERMAN) == {leaning}


@pytest.mark.parametrize(
    "text",
    [
        "Could you possibly send me the plan of the yard?",  # polite, not hedged
        "This might interest you: the plan of the yard.",
        "The same, give or take 7 per cent.",
        "The boat is in the yard and the paint is dry.",
        "Let's talk again on Thursday when you are back.",  # a day is named
        "What kind of paint is on the boat at the moment?",
        "I got your message but I need to work.",
        "We reserved a room at the inn on the coast.",
        "Sorry I missed your call, here is my new number.",
        "If you need more time, I certainly understand.",
        "The yard called, we booked our orders under the wrong name.",
    ],
)
def test_what_only_looks_like_holding_back_is_not(text: str) -> None:
    assert not leanings_of(text) - {Leaning.DATE}


@pytest.mark.parametrize(
    "text",
    [
        "I would love to come to the meeting, but I will be out of town on Thursday.",
        "Send them the letter for the 31 March. Let's talk about the details.",
    ],
)
def test_a_day_of_something_else_is_not_one_to_meet_on(text: str) -> None:
    assert Leaning.DATE not in leanings_of(text)


def test_the_words_a_rule_stands_on_are_within_its_sentence() -> None:
    text = "The plan is here.\nWe will probably sign it, one way or another. Regards"
    (found,) = read_leanings(text, TUESDAY, Tongue.ENGLISH)
    assert text[found.from_ : found.until] == "We will probably"
    assert found.start <= found.from_ < found.until <= found.stop


def test_an_unread_language_is_left_alone() -> None:
    assert read_leanings("Peut-être, on verra.", TUESDAY, Tongue.OTHER) == ()

"""Words that take a question back."""

from __future__ import annotations

import pytest

from gonequiet.language.taken_back import MAX_CHARS, takes_back


@pytest.mark.parametrize(
    "words",
    [
        "Oops. Ignore what I said, it is the other crane.",
        "Never mind!",
        "Scrap that, she just walked in.",
        "Please ignore my earlier mail.",
        "Just found them, in the blue folder.",
        "No longer needed, thank you.",
        "The matter has been resolved.",
        "Hat sich inzwischen geklärt.",
        "Ich habe sie doch noch gefunden.",
        "Die Sache ist erledigt.",
        "Ich nehme meine Frage zurück.",
        "Got it from Lee, so you are off the hook.",
        "Wrong Robin, sorry. Please ignore.",
        "Bin im Keller fündig geworden.",
    ],
)
def test_what_is_over_is_said_in_many_ways(words: str) -> None:
    assert takes_back(words)


@pytest.mark.parametrize(
    "words",
    [
        "I found it a fine piece of work.",
        "We have reached our goal for the year.",
        "If it is resolved by Monday, so much the better.",
        "Never mind the weather, the boat is dry.",
        "Is the matter settled now?",
        "Wir haben viel erreicht.",
        "Sobald es erledigt ist, melde ich mich.",
        "Looking forward to it.",
        "Found them, thanks. The rest of the keys are missing.",
        "No need to answer tonight; Monday is early enough.",
        "Never mind what Robin said, we wait for your word.",
        "The first is solved on our side, but the second is open.",
        "Die Frage zum Boot hat sich erledigt, die zum Steg nicht.",
    ],
)
def test_what_only_sounds_like_it_takes_nothing_back(words: str) -> None:
    assert not takes_back(words)


def test_a_long_letter_goes_into_things() -> None:
    assert not takes_back("Never mind. " + "The boat lies in the yard. " * (MAX_CHARS // 20))

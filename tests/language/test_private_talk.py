"""What friends write is told from what people in business write."""

from __future__ import annotations

import pytest

from gonequiet.language.private_talk import is_private_talk


@pytest.mark.parametrize(
    "text",
    [
        "hey, we might hit the bar after the concert",
        "Mom says the kids may come to the beach, we will see.",
        "vielleicht grillen wir nach dem kino, haha",
    ],
)
def test_talk_among_friends_is_private(text: str) -> None:
    assert is_private_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We might take the third berth. Have a great weekend!",
        "Hello Frau Brandt, vielleicht nehmen wir den dritten Liegeplatz.",
        "Congratulations on the baby! The terms are with legal, and we might sign in May.",
        "Perhaps we can look at the terms next week; the bar for approval is high.",
    ],
)
def test_business_with_a_kind_word_is_not(text: str) -> None:
    assert not is_private_talk(text)

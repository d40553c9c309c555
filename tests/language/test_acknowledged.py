"""Short replies that show an answer came, and those that only end politely."""

from __future__ import annotations

import pytest

from gonequiet.language.acknowledged import acknowledges


@pytest.mark.parametrize(
    "words",
    [
        "thanks!!",
        "Great, thank you Dana",
        "Got it. Thanks a lot",
        "Thank you for your quick reply. I will pass it on to Lee.",
        "Dana,\n\nmany thanks for getting back to me. That settles it.\n\nKim",
        "Thanks for the information, Tomas.",
        "Vielen Dank für die schnelle Rückmeldung!",
        "Alles klar, danke dir",
    ],
)
def test_thanks_for_an_answer_show_that_one_came(words: str) -> None:
    assert acknowledges(words)


@pytest.mark.parametrize(
    "words",
    [
        "Thanks in advance for your reply.",
        "Thank you for your patience with the lease.",
        "Thanks for the message, but the figures are not in it yet.",
        "Thanks for letting me know once you hear something.",
        "I look forward to hearing from you. Thank you for your answer.",
        "Thanks for your help with the crane and for all you did last week at the pier with us.",
        "The lease is attached again.",
        "Vielen Dank im Voraus für Ihre Rückmeldung.",
        "Danke! Könnten Sie mir noch den Plan schicken?",
    ],
)
def test_thanks_for_other_things_or_for_what_is_to_come_show_none(words: str) -> None:
    assert not acknowledges(words)


def test_a_long_letter_is_about_more_than_its_thanks() -> None:
    assert not acknowledges("Thank you for your reply. " + "The pier is long and grey. " * 20)

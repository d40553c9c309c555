"""Two questions, one answered: said only where the words show it."""

from __future__ import annotations

import pytest

from gonequiet.language.left_open import leaves_open

TWO = "When does the lorry leave Turin? And who pays for the tolls?"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (TWO, "The lorry leaves on Monday night."),
        (TWO, "It leaves Turin on Monday. The tolls I have to ask about."),
        ("Is the roof tight again, and what did the plumber find?", "Roof is tight, all dry."),
        ("Please send the price list. I also need to know your opening hours.", "Price list below"),
        ("Ist das Segel fertig? Und was kostet die neue Fock?", "Das Segel ist fertig."),
    ],
)
def test_what_was_passed_over_is_left_open(asked: str, answered: str) -> None:
    assert leaves_open(asked, answered)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("When does the lorry leave Turin?", "No idea about the tolls."),
        (TWO, "Monday night. We do."),
        (TWO, "The lorry leaves on Monday night and the tolls are on us."),
        (TWO, "Yes to both, as always."),
        (TWO, "I'll call you about the lorry in an hour."),
        (TWO, "1. Monday\n2. we do"),
        (TWO, "Thanks!"),
        ("Is the roof tight again? Did the plumber come?", "Yes, tight as a drum."),
        ("Thanks, have a good weekend.", "You too."),
        (TWO, ""),
    ],
)
def test_nothing_is_left_open_where_the_words_do_not_show_it(asked: str, answered: str) -> None:
    assert not leaves_open(asked, answered)


def test_a_file_that_came_with_the_reply_answers_too() -> None:
    asked = "Please send the price list. I also need to know your opening hours."
    assert leaves_open(asked, "As requested.", ("price_list.pdf",))
    assert not leaves_open(asked, "As requested.", ("price_list.pdf", "opening_hours.pdf"))


def test_a_long_reply_is_read_in_linear_time() -> None:
    assert not leaves_open(TWO, "lorry " * 100_000)
    assert not leaves_open("when? " * 100_000, "The lorry leaves on Monday.")

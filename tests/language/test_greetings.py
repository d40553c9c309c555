"""Greetings and closings are learnt from letters as they were written."""

from __future__ import annotations

import pytest

from gonequiet.language.greetings import (
    Naming,
    find_closing,
    find_greeting,
    first_name,
    greeting_for,
    learn_habit,
    learn_manner,
)


@pytest.mark.parametrize(
    ("line", "naming", "name"),
    [
        ("Hi Dana,", Naming.FIRST, "Dana"),
        ("Dear Ms. Reyes,", Naming.TITLE, "Reyes"),
        ("Dear Dana Reyes,", Naming.FULL, "Dana Reyes"),
        ("Good morning!", Naming.NONE, ""),
        ("Sehr geehrter Herr Dr. Vogt,", Naming.TITLE, "Vogt"),
        ("Liebe Jana,", Naming.FIRST, "Jana"),
        ("Guten Tag,", Naming.NONE, ""),
    ],
)
def test_a_greeting_says_how_the_greeted_is_called(line: str, naming: Naming, name: str) -> None:
    found = find_greeting(f"\n{line}\n\nthe plan is attached.\n")
    assert found is not None
    assert (found.line, found.naming, found.name) == (line, naming, name)


@pytest.mark.parametrize(
    "text",
    ["The plan is attached.", "", "Hi Dana, can you look at the plan before the 14th of June?"],
)
def test_a_letter_that_goes_right_to_its_matter_has_no_greeting(text: str) -> None:
    assert find_greeting(text) is None


def test_a_bare_first_name_greets_only_whoever_bears_it() -> None:
    assert find_greeting("Dana,\n\nthe plan.", "Dana Reyes") is not None
    assert find_greeting("Thanks,\n\nthe plan.", "Dana Reyes") is None
    inline = find_greeting("Dana, the plan is attached.", "Dana Reyes")
    assert inline is not None
    assert inline.line == "Dana,"
    assert find_greeting("Danas plan, the new one, is attached.", "Dana Reyes") is None


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("The plan.\n\nBest regards,\nMax", "Best regards,", "Max"),
        ("Der Plan.\n\nViele Grüße\nMax Ohm", "Viele Grüße", "Max Ohm"),
        ("The plan.\n\nCheers\n\nMax", "Cheers", "Max"),
        ("The plan.\n\nBest,\n555 0199", "Best,", ""),
        ("The plan is attached.\n\nMax Ohm", "", "Max Ohm"),
        ("The plan is attached.\nMaxi Ohm", "", "Maxi Ohm"),
    ],
)
def test_a_closing_is_found_with_the_name_below_it(text: str, line: str, name: str) -> None:
    found = find_closing(text, "Max Ohm")
    assert found is not None
    assert (found.line, found.name) == (line, name)


def test_a_letter_that_just_ends_has_no_closing() -> None:
    assert find_closing("Hi Dana,\nthe plan is attached.\nAnna", "Max Ohm") is None
    assert find_closing("Hi Dana,\nplease ask Max Ohm.", "Max Ohm") is None
    assert find_closing("Hi Dana,\nthe Foundation. Max Ohm", "Max Ohm") is None


def test_the_most_usual_greeting_wins_and_the_later_of_two() -> None:
    letters = ["Hello Dana,\n\nfirst.", "Hi Dana,\n\nsecond.", "Hi Dana,\n\nthird."]
    habit = learn_habit(letters, "Dana Reyes")
    assert habit.greeting is not None
    assert habit.greeting.line == "Hi Dana,"
    later = learn_habit(letters[:2], "Dana Reyes")
    assert later.greeting is not None
    assert later.greeting.line == "Hello Dana,"


def test_a_greeting_of_somebody_else_in_the_same_letter_is_not_theirs() -> None:
    assert learn_habit(["Hi Anna,\n\nthe plan."] * 3, "Dana Reyes").greeting is None
    short = learn_habit(["Hi Rob,\n\nthe plan."], "Robert Lane").greeting
    assert short is not None


def test_quoted_greetings_are_not_learnt() -> None:
    letter = "Fine.\n\nOn Mon, 3 Mar 2025 at 10:12, Dana Reyes wrote:\n> Hi Max,\n> the plan.\n"
    assert learn_habit([letter], "Dana Reyes").greeting is None


def test_du_and_sie_are_told_apart() -> None:
    assert learn_habit(["Hallo Jana,\n\nhast du den Plan?"]).is_familiar is True
    assert learn_habit(["Guten Tag,\n\nhaben Sie den Plan?"]).is_familiar is False
    assert learn_habit(["Hello,\n\nhere is the plan."]).is_familiar is None


def test_somebody_new_is_greeted_as_others_are_without_guessing_a_title() -> None:
    manner = learn_manner(["Hi Dana,\n\nthe plan.", "Hi Priya,\n\nthe plan."])
    assert greeting_for("Lea Ost", manner, "en") == "Hi Lea,"
    formal = learn_manner(["Dear Ms. Reyes,\n\nthe plan."])
    assert greeting_for("Lea Ost", formal, "en") == "Dear Lea Ost,"
    warm = learn_manner(["Liebe Jana,\n\nder Plan."])
    assert greeting_for("Kim Ost", warm, "de") == "Hallo Kim,"
    assert greeting_for("Kim Ost", warm, "en") == "Dear Kim Ost,"


def test_whoever_was_written_to_without_a_greeting_is_called_by_first_name() -> None:
    assert greeting_for("Lea Ost", None, "en", is_known=True) == "Hello Lea,"
    assert greeting_for("Lea Ost", None, "de", is_known=True) == "Guten Tag Lea Ost,"
    assert greeting_for("Lea Ost", None, "en") == "Dear Lea Ost,"


def test_groups_are_no_manner_of_greeting_one() -> None:
    assert learn_manner(["Hi all,\n\nthe plan."]) is None


def test_a_first_name_is_found_in_either_order() -> None:
    assert first_name("Dana Reyes") == first_name("Reyes, Dana") == "Dana"
    assert first_name("") == ""

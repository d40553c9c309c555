"""Whom a letter calls by name at its beginning."""

from __future__ import annotations

import pytest

from gonequiet.language.called import is_said_to, names_called


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dana: I am tied up on Monday.", ("dana",)),
        ("Hi Dana,\n\nthe crane is here.", ("dana",)),
        ("Dana, Lee: any comments?", ("dana", "lee")),
        ("Dana and Lee -- see below.", ("dana", "lee")),
        ("Sehr geehrte Frau Roth,\n\nanbei der Plan.", ("roth",)),
        ("The crane is here.", ()),
        ("dana is away", ()),
        ("", ()),
    ],
)
def test_the_names_a_letter_begins_with_are_found(text: str, names: tuple[str, ...]) -> None:
    assert names_called(text) == names


@pytest.mark.parametrize(
    ("text", "readers", "is_theirs"),
    [
        ("Dana: I am tied up.", {"Dana Reyes"}, True),
        ("Rob: I am tied up.", {"robert.hale@yard.example"}, True),
        ("Kim: I am tied up.", {"Dana Reyes"}, False),
        ("Dana, Kim: I am tied up.", {"Dana Reyes"}, False),  # and to somebody else
        ("I am tied up.", {"Dana Reyes"}, False),
    ],
)
def test_a_letter_is_said_to_those_it_calls(text: str, readers: set[str], is_theirs: bool) -> None:
    assert is_said_to(text, readers) is is_theirs

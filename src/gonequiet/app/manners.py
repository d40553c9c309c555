"""In which language the owner writes to a contact, and how such a letter begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gonequiet.app.outbox_ports import LetterRecords
from gonequiet.language.greetings import (
    GreetingSeen,
    LetterHabit,
    Naming,
    default_closing,
    first_name,
    greeting_for,
    language_of_greeting,
    learn_habit,
    learn_manner,
)
from gonequiet.language.lexicon import Tongue
from gonequiet.language.tongues import find_tongue

_LETTERS = 40
_LETTERS_OVERALL = 200
_ENOUGH_LETTERS = 3
"""Who wrote somebody so many letters without a greeting is on terms of first names."""


class Manners(NamedTuple):
    """How a letter to one contact is written.

    Attributes:
        language: "en" or "de".
        greeting: the first line.
        closing: the last lines, with the owner's name.
        is_familiar: the owner says "du".
    """

    language: str
    greeting: str
    closing: str
    is_familiar: bool


def write_manners(
    letters: LetterRecords, contact: int, name: str, owner: str, language: str | None, as_of: int
) -> Manners:
    """Returns the manners of the owner's own letters to a contact, else of the owner's letters.

    Args:
        letters: what was written before.
        contact: number of the contact.
        name: of the contact, "" when none is known.
        owner: the owner's name, "" when none is known.
        language: "en" or "de" when it is given.
        as_of: UTC epoch seconds.
    """
    to_them = letters.own_letters(contact, as_of, _LETTERS)
    overall = letters.own_letters(None, as_of, _LETTERS_OVERALL)
    chosen = language or _language(to_them, letters.their_letters(contact, as_of, 10), overall)
    fitting = [text for text in overall if find_tongue(text).value == chosen]
    habit, usual = learn_habit(to_them, name, owner), learn_habit(fitting, "", owner)
    is_known = len(to_them) >= _ENOUGH_LETTERS
    greeting = _greeting(habit.greeting, learn_manner(fitting), name, chosen, is_known=is_known)
    is_familiar = bool(habit.is_familiar) and chosen == "de"
    is_close = habit.greeting is not None and habit.greeting.naming is Naming.FIRST
    return Manners(
        chosen,
        greeting,
        _closing((habit, usual), owner, chosen, is_familiar, is_close),
        is_familiar,
    )


def _language(*groups: Sequence[str]) -> str:
    """The language of the first group of letters that is in one of ours."""
    for texts in groups:
        tongues = [find_tongue(text) for text in texts]
        counts = {each: tongues.count(each) for each in (Tongue.ENGLISH, Tongue.GERMAN)}
        if any(counts.values()):
            return max(counts, key=counts.__getitem__).value
    return Tongue.ENGLISH.value


def _greeting(
    habit: GreetingSeen | None,
    manner: GreetingSeen | None,
    name: str,
    language: str,
    *,
    is_known: bool,
) -> str:
    if habit is not None and language_of_greeting(habit) in ("", language):
        return habit.line
    return greeting_for(name, manner, language, is_known=is_known)


def _closing(
    habits: Sequence[LetterHabit], owner: str, language: str, is_familiar: bool, is_close: bool
) -> str:
    """The closing and the name below it, as signed to them, else as signed usually."""
    endings = [habit.closing for habit in habits if habit.closing is not None]
    fitting = next((ending for ending in endings if ending.language in ("", language)), None)
    line = fitting.line if fitting else default_closing(language, is_familiar=is_familiar)
    signed = next((ending.name for ending in endings if ending.name), "")
    name = signed or (first_name(owner) if is_close else owner)
    return f"{line}\n{name}".strip()

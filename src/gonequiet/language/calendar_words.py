"""The words dates are made of: numbers, days of the week, months."""

from __future__ import annotations


def _listed(words: str, first: int) -> dict[str, int]:
    """Numbers words in their order."""
    return {word: number for number, word in enumerate(words.split(), start=first)}


NUMBERS = (
    {str(number): number for number in range(1, 100)}
    | _listed("one two three four five six seven eight nine ten", 1)
    | _listed("ein zwei drei vier fünf sechs sieben acht neun zehn", 1)
    | {"a": 1, "an": 1, "einem": 1, "einer": 1, "couple of": 2, "a couple of": 2, "few": 3}
    | {"a few": 3, "ein paar": 3, "wenigen": 3, "den nächsten": 3}
)
WEEKDAYS = (
    _listed("monday tuesday wednesday thursday friday saturday sunday", 0)
    | _listed("montag dienstag mittwoch donnerstag freitag samstag sonntag", 0)
    | {"mon": 0, "tue": 1, "tues": 1, "weds": 2, "thur": 3, "thurs": 3, "fri": 4}
)
MONTHS = (
    _listed("jan feb mar apr may jun jul aug sep oct nov dec", 1)
    | {"sept": 9}
    | _listed(
        "januar februar märz april mai juni juli august september oktober november dezember", 1
    )
    | _listed("january february march april may june july", 1)
    | _listed("august september october november december", 8)
)

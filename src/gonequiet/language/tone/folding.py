"""Text folded for comparing, character by character, so that every position stays what it was."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, NamedTuple

_ALIKE: Final = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | dict.fromkeys("\t\xa0\u2009\u202f", " ")
)
_SENTENCE_END: Final = re.compile(
    r"(?<![\d\s])[.!?…]{1,9}[\")]?(?=\s|\Z)|\n[ ]{0,9}\n|\n(?=[ ]{0,9}[-*•–][ ])"
)
_LONGEST_SENTENCE: Final = 1_000
_WRAPPED: Final = range(50, 101)
"""How long a line is that a mail program may have broken in the middle of a sentence."""


class Sentence(NamedTuple):
    """A sentence of folded text and where it begins."""

    start: int
    text: str


def bare_lines(text: str) -> str:
    r"""Returns the text with bare \n line ends, as long as it was."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def folded(text: str) -> str:
    """Returns the text in lower case with plain quotes and blanks, as long as it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return _unwrapped(lower if lower.isascii() else lower.translate(_ALIKE))


def _unwrapped(text: str) -> str:
    """The text with a blank for each line end that only broke a long line."""
    lines = text.split("\n")
    joints = [
        " " if len(line) in _WRAPPED and after.strip() else "\n" for line, after in pairwise(lines)
    ]
    return "".join(line + joint for line, joint in zip(lines, [*joints, ""], strict=True))


def sentences(text: str) -> list[Sentence]:
    """Returns the sentences of folded text, in order, without the blanks between them.

    What runs on for longer than any sentence is cut, so that no rule looks at much at once.
    """
    found: list[Sentence] = []
    start = 0
    for end in (*(mark.end() for mark in _SENTENCE_END.finditer(text)), len(text)):
        while start < end:
            cut = end if end - start <= _LONGEST_SENTENCE else _cut(text, start)
            blanks = cut - start - len(text[start:cut].lstrip())
            if start + blanks < cut:
                found.append(Sentence(start + blanks, text[start + blanks : cut]))
            start = cut
    return found


def _cut(text: str, start: int) -> int:
    """Where to cut what begins at `start` and is no sentence: after a blank, if there is one."""
    limit = start + _LONGEST_SENTENCE
    return text.rfind(" ", start + 1, limit) + 1 or limit

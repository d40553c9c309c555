"""The rules that name what a sentence does, and where in a sentence each can begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gonequiet.language.beginnings import beginnings_of
from gonequiet.language.lexicon import Tongue, load_cues

COURTESY = "courtesy"
"""Looks like a request or a question and is none."""
_SHOWS = {"question": "?"}
"""Letters without which rules that begin anywhere fit nowhere."""
_LETTERS = 12  # of a beginning; more tell nothing more


class ActRule(NamedTuple):
    """One rule.

    Attributes:
        act: a value of `acts.Act`, or `COURTESY`.
        name: its name in the data file.
        order: its place there; of two that fit at the same place the first one counts.
        form: what it looks for; begins at a word.
        shows: letters without which it fits nowhere, "" for none.
    """

    act: str
    name: str
    order: int
    form: re.Pattern[str]
    shows: str


@cache
def act_rules(tongue: Tongue) -> tuple[ActRule, ...]:
    """Every rule of a language, in order."""
    return tuple(_rules(tongue))


def _rules(tongue: Tongue) -> Iterator[ActRule]:
    order = 0
    acts: dict[str, dict[str, str]] = load_cues(tongue).get("acts", {})
    for act, forms in acts.items():
        for name, form in forms.items():
            yield ActRule(act, name, order, re.compile(_anchored(form)), _SHOWS.get(name, ""))
            order += 1


def _anchored(form: str) -> str:
    """Rules begin at a word, which also spares trying them inside one."""
    return form if form.startswith("^") else rf"\b(?:{form})"


@cache
def rule_beginnings(tongue: Tongue) -> tuple[tuple[str, ActRule], ...]:
    """The letters that rules begin with, for each rule that does not begin anywhere."""
    return tuple(
        (letters, rule)
        for rule in act_rules(tongue)
        for letters in {one[:_LETTERS] for one in beginnings_of(rule.form.pattern)}
        if letters
    )


@cache
def rules_anywhere(tongue: Tongue) -> tuple[ActRule, ...]:
    """The rules that can begin with any letters."""
    return tuple(rule for rule in act_rules(tongue) if "" in beginnings_of(rule.form.pattern))

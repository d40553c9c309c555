"""The rules of tone as values, read from one data file a language.

A rule names a way of writing that costs goodwill; its wordings are what it is recognised by. Reason
and suggestion are for the owner to read, and the source says where the idea comes from. The
examples are held against the rule by the tests.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from gonequiet.language.tone.phrases import Notation, Phrase

LANGUAGES: Final = ("en", "de")


class Wording(NamedTuple):
    """Some phrases of a rule that share what is said about them.

    Attributes:
        phrases: each enough by itself.
        unless: phrases that make a sentence harmless where they occur in it too.
        suggestion: a better wording.
    """

    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    suggestion: str


class Rule(NamedTuple):
    """One way of writing to be marked, in one language.

    Attributes:
        id: as the owner writes it in exceptions, the same in every language.
        language: of the text it reads.
        reason: why it is marked, a sentence.
        suggestion: a better wording, a sentence.
        source: where the idea comes from.
        bad: sentences it marks.
        good: sentences it lets pass.
        wordings: what it is recognised by.
    """

    id: str
    language: str
    reason: str
    suggestion: str
    source: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    wordings: tuple[Wording, ...]


@cache
def rules(language: str) -> tuple[Rule, ...]:
    """Returns the rules for a language, in the order of its data file.

    Raises:
        ValueError: there are none for that language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"No rules of tone for '{language}'; there are {', '.join(LANGUAGES)}.")
    cues = files("gonequiet.language").joinpath("cues", f"tone_{language}.toml")
    data = tomllib.loads(cues.read_text("utf-8"))
    notation = Notation(data["slots"])
    return tuple(_rule(entry, language, notation) for entry in data["rule"])


def rule_ids() -> tuple[str, ...]:
    """Returns the ids of all rules, those of every language together."""
    return tuple(dict.fromkeys(rule.id for language in LANGUAGES for rule in rules(language)))


def _rule(entry: Mapping[str, Any], language: str, notation: Notation) -> Rule:
    return Rule(
        entry["id"],
        language,
        entry["reason"],
        entry["suggestion"],
        entry["source"],
        tuple(entry["bad"]),
        tuple(entry["good"]),
        tuple(_wording(each, entry["suggestion"], notation) for each in entry["wording"]),
    )


def _wording(entry: Mapping[str, Any], suggestion: str, notation: Notation) -> Wording:
    return Wording(
        _phrases(entry["phrases"], notation),
        _phrases(entry.get("unless", ()), notation),
        entry.get("suggestion", suggestion),
    )


def _phrases(written: Iterable[str], notation: Notation) -> tuple[Phrase, ...]:
    return tuple(notation.read(each) for each in written)

"""Turns pools of sentences with choices and slots into wording that seldom repeats itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any, Generic, TypeVar

CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{([A-Za-z]\w*)\}")
Card = TypeVar("Card")


@lru_cache(maxsize=32)
def load_phrases(name: str) -> dict[str, Any]:
    """Reads one file of phrases."""
    text = files("gonequiet.demo").joinpath("phrases", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def expand(template: str, slots: Mapping[str, str], random: Random) -> str:
    """Chooses one of each "[a|b]" and fills each "{slot}"; "{Slot}" begins with a capital."""
    while "[" in template:
        template = CHOICE.sub(lambda found: random.choice(found[1].split("|")), template)
    return SLOT.sub(lambda found: _filled(found[1], slots), template)


def capitalised(text: str) -> str:
    """Returns the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def _filled(name: str, slots: Mapping[str, str]) -> str:
    if name in slots:
        return slots[name]
    return capitalised(slots[name[0].lower() + name[1:]])


@dataclass(slots=True)
class Deck(Generic[Card]):
    """Deals every card once before any comes again."""

    cards: tuple[Card, ...]
    random: Random
    left: list[Card] = field(default_factory=list)

    def deal(self) -> Card:
        """Returns the next card."""
        if not self.left:
            self.left = list(self.cards)
            self.random.shuffle(self.left)
        return self.left.pop()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question in several wordings, and the answers, all of them templates.

    Attributes:
        act: "ask", "decide", "problem" or "more".
        by: who may ask it: "owner", "contact" or "both".
        answers: "2> words" fits the second wording only, without a mark the answer fits all.
    """

    act: str
    subjects: tuple[str, ...]
    by: str
    asks: tuple[str, ...]
    answers: tuple[str, ...]

    def is_by(self, by: str) -> bool:
        """Says whether that side may ask it."""
        return self.by in (by, "both")

    def answers_to(self, wording: int) -> tuple[str, ...]:
        """Returns the answers that fit the wording of that index."""
        marks = [answer.partition("> ") for answer in self.answers]
        return tuple(
            rest if found else answer
            for answer, (mark, found, rest) in zip(self.answers, marks, strict=True)
            if not found or mark == str(wording + 1)
        )


class Wording:
    """The sentences of one circle of people in one language."""

    def __init__(self, prose: tuple[str, ...], questions: tuple[str, ...], random: Random) -> None:
        pools: dict[str, list[str]] = {}
        for name in prose:
            pools.update(load_phrases(name)["pools"])
        self._pools = {name: Deck(tuple(pool), random) for name, pool in pools.items()}
        found = tuple(
            _question(row) for name in questions for row in load_phrases(name)["question"]
        )
        self._questions = {
            (by, act): Deck(
                tuple(q for q in found if q.by in (by, "both") and q.act == act), random
            )
            for by in ("owner", "contact")
            for act in sorted({question.act for question in found})
        }

    def question(self, by: str, act: str) -> Question:
        """Deals a question of that act that `by` ("owner" or "contact") may ask."""
        return self._questions[by, act].deal()

    def sentence(self, pool: str, slots: Mapping[str, str], random: Random) -> str:
        """Deals one sentence of a pool and fills it."""
        return expand(self._pools[pool].deal(), slots, random)


def load_wordings(random: Random) -> dict[str, Wording]:
    """Returns the wording of each circle: business in two languages, internal, friends."""
    return {
        "en": Wording(("prose_en",), ("questions_en",), random),
        "de": Wording(("prose_de",), ("questions_de",), random),
        "internal": Wording(("prose_en",), ("questions_internal", "questions_en"), random),
        "friend": Wording(("prose_en", "prose_friend"), ("questions_friend",), random),
    }


def _question(row: dict[str, Any]) -> Question:
    return Question(
        act=row.get("act", "ask"),
        subjects=tuple(row["subject"]),
        by=row["by"],
        asks=tuple(row["ask"]),
        answers=tuple(row["answer"]),
    )

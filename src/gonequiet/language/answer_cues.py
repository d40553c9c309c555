"""The turns of phrase that ask for an answer and those that settle a matter, from `cues/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple


class Why(StrEnum):
    """What in a message decides whether an answer is to be expected."""

    QUESTION = "question"
    REQUEST = "request"
    PROPOSAL = "proposal"
    INVITATION = "invitation"
    ATTACHED_DRAFT = "attached_draft"
    THANKS = "thanks"
    FYI = "fyi"
    SHARE_ONLY = "share_only"
    DECLINE = "decline"
    CONFIRMATION = "confirmation"
    SCHEDULING_SETTLED = "scheduling_settled"
    PLEASANTRY = "pleasantry"
    OTHER = "other"


class Form(NamedTuple):
    """One turn of phrase, under one of its hints.

    Attributes:
        place: its place in the order of all; an earlier one outranks a later.
        hint: words that stand in it.
        why: what it makes of a message.
        pattern: fits a sentence that holds it.
        at_head: the hint stands at the head of a clause, and the pattern begins with it.
        others: the words of the hint but for the rarest, in UTF-8.
    """

    place: int
    hint: str
    why: Why
    pattern: re.Pattern[str]
    at_head: bool
    others: frozenset[bytes]


_ASKING = frozenset({Why.QUESTION, Why.REQUEST, Why.PROPOSAL, Why.INVITATION})
_MARKS = b'.,;:!?()"/'
TO_SPACES = bytes.maketrans(_MARKS, b" " * len(_MARKS))


_COMMON = frozenset(
    (
        b"you", b"have", b"your", b"for", b"the", b"and", b"with", b"will", b"can", b"are",
        b"that", b"this", b"from", b"not", b"was", b"here", b"been", b"would", b"did", b"it",
        b"is", b"to", b"of", b"in", b"on", b"at", b"be", b"we", b"me", b"us", b"my", b"our", b"a",
        b"an", b"i", b"if", b"do", b"come", b"get", b"know", b"need", b"back", b"sie", b"ich",
    )
)  # fmt: skip


class Forms(NamedTuple):
    """Turns of phrase by the rarest word of their hint.

    Attributes:
        words: all these words.
        looked_for: all words of all hints.
        by_word: the forms.
    """

    words: frozenset[bytes]
    looked_for: frozenset[bytes]
    by_word: dict[bytes, tuple[Form, ...]]


@cache
def asking_forms() -> Forms:
    """The forms that ask for an answer."""
    return _by_word(_forms(_ASKING))


@cache
def settling_forms() -> Forms:
    """The forms of messages that ask nothing."""
    return _by_word(_forms(frozenset(Why) - _ASKING))


def _by_word(forms: Iterable[Form]) -> Forms:
    found: dict[bytes, list[Form]] = {}
    for form in forms:
        words = form.hint.encode().translate(TO_SPACES).split()
        rarest = max(words, key=lambda word: (word not in _COMMON, len(word), word))
        others = frozenset(words) - {rarest}
        found.setdefault(rarest, []).append(form._replace(others=others))
    sets = [form.others for same in found.values() for form in same]
    by_word = {word: tuple(same) for word, same in found.items()}
    return Forms(frozenset(found), frozenset(found).union(*sets), by_word)


def _forms(wanted: frozenset[Why]) -> Iterator[Form]:
    data = resources.files("gonequiet.language.cues").joinpath("answers.toml")
    kinds: dict[str, dict[str, str]] = tomllib.loads(data.read_text(encoding="utf-8"))
    place = 0
    for kind, rows in kinds.items():
        for hints, pattern in rows.items() if Why(kind) in wanted else ():
            compiled, at_head = re.compile(pattern), hints.startswith("> ")
            for hint in hints.removeprefix("> ").split("|"):
                yield Form(place, hint, Why(kind), compiled, at_head, frozenset())
            place += 1

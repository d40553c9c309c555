"""A commitment: what somebody undertook to do, by when, and what became of it.

Rows say what was said and everything that ever bore on it; `state_of` says where it stood at a
given moment. Nothing here judges a person: a commitment lapsed, nobody is called unreliable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gonequiet.domain.digests import text_digest
from gonequiet.domain.edit import Edit, EditVerb, active_edits


class Side(StrEnum):
    """Who owes it."""

    MINE = "mine"  # the owner
    THEIRS = "theirs"  # the contact


class State(StrEnum):
    """Where a commitment stands."""

    OPEN = "open"
    KEPT = "kept"
    LAPSED = "lapsed"  # the day is long past and nothing shows that it was done
    WITHDRAWN = "withdrawn"  # taken back, waived, or replaced before its day


class Standing(StrEnum):
    """Whether it counts."""

    RECORDED = "recorded"  # read for sure, or confirmed by the owner
    PROPOSED = "proposed"  # hedged, conditional or only planned: the owner is asked
    REJECTED = "rejected"  # the owner said that it is none


class Verdict(StrEnum):
    """What the owner can say of a commitment; it outranks every rule, for ever."""

    CONFIRM = "confirm"
    REJECT = "reject"
    OPEN = "open"
    KEPT = "kept"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    DUE = "due"  # followed by the day


class Claim(NamedTuple):
    """A commitment as the words of one message give it.

    Attributes:
        key: made of the message's content and the sentence; the same after every import.
        message: the message's number.
        start: index in the new words where the sentence begins.
        stop: where it ends.
        what_start: where the undertaking itself begins.
        what_stop: where it ends.
        by_reader: the writer says what the reader undertook.
        due_on: the day named, None without one.
        is_sure: neither hedged nor conditional nor only planned.
        rule: what read it.
    """

    key: str
    message: int
    start: int
    stop: int
    what_start: int
    what_stop: int
    by_reader: bool
    due_on: date | None
    is_sure: bool
    rule: str


class Change(NamedTuple):
    """What changed the state of a commitment, and where it shows.

    Attributes:
        state: the state from then on.
        at: UTC epoch seconds.
        message: the message that shows it, None when a day went by or the owner said so.
        reason: the rule, as words for the owner.
        start: index in that message's new words where it shows.
        stop: where that ends; equal to `start` when it shows elsewhere (an attachment, a call).
    """

    state: State
    at: int
    message: int | None
    reason: str
    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One commitment and all that is known of it.

    Attributes:
        key: as in `Claim`.
        side: who owes it.
        contacts: numbers of the contacts it is owed to, or the one who owes it.
        said_at: when it was said, UTC epoch seconds.
        message: where it was said.
        thread: the thread of that message.
        sentence: span of the whole sentence in its new words.
        what: span of the undertaking.
        due_on: the day it is due, None without one; the owner's word before the text's.
        standing: whether it counts.
        rule: what read it.
        changes: what bore on it, oldest first.
        is_overruled: the owner has said something of it.
    """

    key: str
    side: Side
    contacts: tuple[int, ...]
    said_at: int
    message: int
    thread: int
    sentence: tuple[int, int]
    what: tuple[int, int]
    due_on: date | None
    standing: Standing
    rule: str
    changes: tuple[Change, ...]
    is_overruled: bool = False


def state_of(commitment: Commitment, as_of: int) -> State:
    """Where a commitment stood at a moment."""
    change = last_change(commitment, as_of)
    return State.OPEN if change is None else change.state


def last_change(commitment: Commitment, as_of: int) -> Change | None:
    """What brought a commitment to where it stood at a moment, None while nothing had."""
    known = [change for change in commitment.changes if change.at <= as_of]
    return known[-1] if known else None


def claim_key(content_digest: int, sentence: str) -> str:
    """The key of a claim: twelve hexadecimal digits over what was written, blanks folded."""
    folded = " ".join(sentence.casefold().split())
    return f"{text_digest(f'{content_digest}|{folded}') & (2**64 - 1):016x}"[:12]


class Said(NamedTuple):
    """What the owner said of one commitment, the latest word on each question.

    Attributes:
        standing: recorded or rejected, None when not said.
        state: the state it is in by the owner's word, None when not said.
        said_at: when the state was said.
        due_on: the day by the owner's word, None when not said.
    """

    standing: Standing | None = None
    state: State | None = None
    said_at: int = 0
    due_on: date | None = None


_STANDINGS = {Verdict.CONFIRM: Standing.RECORDED, Verdict.REJECT: Standing.REJECTED}


def owners_words(
    journal: Iterable[Edit], said_at: Mapping[int, int] | None = None
) -> dict[str, Said]:
    """What the owner's journal comes to, by key of the commitment; what was said later wins.

    Args:
        journal: every edit.
        said_at: the moment of each edit by its number.
    """
    said: dict[str, Said] = {}
    for edit in active_edits(journal):
        if edit.verb is EditVerb.PROMISE:
            at = (said_at or {}).get(edit.number, 0)
            said[edit.first] = _heard(said.get(edit.first, Said()), edit.second, at)
    return said


def _heard(before: Said, words: str, at: int) -> Said:
    verdict, _, day = words.partition(" ")
    if verdict == Verdict.DUE:
        return before._replace(due_on=date.fromisoformat(day))
    if (standing := _STANDINGS.get(Verdict(verdict))) is not None:
        return before._replace(standing=standing)
    return before._replace(standing=Standing.RECORDED, state=State(verdict), said_at=at)

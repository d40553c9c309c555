"""Use case: the ledger of commitments - what both sides undertook, and what became of it.

What was read for sure is recorded; what was hedged, conditional or only planned is proposed, and
counts when the owner has confirmed it. The owner can overrule each: that it is one at all, its
day, its state. Such a word outranks every rule, for ever, and 'undo' takes it back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from gonequiet.analysis.ledger import Exchange, Ledger, Uttered, draw_up
from gonequiet.app.identities import EditStore
from gonequiet.domain.as_of import AsOf
from gonequiet.domain.commitment import (
    Commitment,
    Standing,
    State,
    Verdict,
    last_change,
    owners_words,
)
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.errors import Ambiguous, NotFound, RequestError


class Wording(NamedTuple):
    """The words of one message, for quoting.

    Attributes:
        message_id: its Message-ID.
        subject: its subject.
        text: its new words.
    """

    message_id: str
    subject: str
    text: str


class LedgerRecords(Protocol):
    """What the ledger asks of the store."""

    def uttered(self, as_of: int, contact: int | None) -> list[Uttered]:
        """Returns every claim up to a moment: of the exchanges with a contact, or of all."""

    def due_since(self, as_of: int, day: date, claims: Collection[str]) -> list[Uttered]:
        """Returns those of the claims that were for a day or a later one, or are named by key."""

    def last_heard(self, contacts: Collection[int], as_of: int) -> Mapping[int, int]:
        """Returns when contacts wrote or called last, up to a moment."""

    def exchanges(
        self, contacts: Collection[int], since: int = 0
    ) -> Mapping[int, Sequence[Exchange]]:
        """Returns the exchanges of contacts since a moment, oldest first."""

    def wordings(self, messages: Collection[int]) -> Mapping[int, Wording]:
        """Returns the words of messages."""

    def names(self, contacts: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """Returns name and key of contacts."""

    def dated_edits(self) -> tuple[list[Edit], dict[int, int]]:
        """Returns the owner's journal, and the moment of each edit by its number."""

    def find_claims(self, beginning: str) -> list[str]:
        """Returns the keys of claims that begin so."""


def all_commitments(
    records: LedgerRecords, *, as_of: AsOf, contact: int | None = None
) -> list[Commitment]:
    """Every commitment said up to a moment, oldest first; those the owner rejected are left out."""
    uttered = records.uttered(as_of.at, contact)
    contacts = {number for one in uttered for number in one.contacts}
    journal, said_at = records.dated_edits()
    ledger = Ledger(
        by_contact=records.exchanges(contacts),
        owners_words=owners_words(journal, said_at),
        known_until=as_of.known_until,
        days=as_of.days,
    )
    drawn = draw_up(uttered, ledger)
    return [one for one in drawn if one.standing is not Standing.REJECTED]


StepKey = tuple[int, str]
"""A message's number, below zero for a note, and what was undertaken in it, folded."""


class Followed(NamedTuple):
    """What became of one thing undertaken.

    Attributes:
        due_on: its day; the owner's word before the text's.
        settled_at: when it was kept or taken back, None while it is open or lapsed.
        is_rejected: the owner said that it was no promise.
    """

    due_on: date | None
    settled_at: int | None
    is_rejected: bool


def step_key(message: int, what: str) -> StepKey:
    """Returns by what the ledger knows a step."""
    return message, " ".join(what.casefold().split())


def follow_since(records: LedgerRecords, *, as_of: AsOf, first_on: date) -> dict[StepKey, Followed]:
    """Returns what became of everything that was promised for a day or a later one."""
    uttered, drawn = drawn_since(records, as_of, first_on)
    keys = {one.claim.key: step_key(one.claim.message, one.words) for one in uttered}
    return {keys[one.key]: _followed(one, as_of) for one in drawn}


def _followed(one: Commitment, as_of: AsOf) -> Followed:
    change = last_change(one, as_of.at)
    is_settled = change is not None and change.state in (State.KEPT, State.WITHDRAWN)
    return Followed(
        one.due_on,
        change.at if change is not None and is_settled else None,
        one.standing is Standing.REJECTED,
    )


def drawn_since(
    records: LedgerRecords, as_of: AsOf, first_on: date
) -> tuple[list[Uttered], list[Commitment]]:
    """Everything said for a day or a later one, drawn up; the whole ledger need not be."""
    journal, said_at = records.dated_edits()
    words = owners_words(journal, said_at)
    uttered = records.due_since(as_of.at, first_on, words.keys())
    contacts = {number for one in uttered for number in one.contacts}
    since = min((one.at for one in uttered), default=0)
    ledger = Ledger(
        by_contact=records.exchanges(contacts, since),
        owners_words=words,
        known_until=as_of.known_until,
        days=as_of.days,
    )
    return uttered, draw_up(uttered, ledger)


def judge(
    records: LedgerRecords,
    edits: EditStore,
    beginning: str,
    verdict: Verdict,
    *,
    now: int,
    due_on: date | None = None,
) -> Edit:
    """Says something of one commitment, which holds for ever.

    Raises:
        NotFound: no commitment's key begins so.
        Ambiguous: several do.
        RequestError: the day is missing.
    """
    key = get_key(records, beginning)
    if verdict is Verdict.DUE and due_on is None:
        raise RequestError("Say the day: gonequiet promises due ID 2026-05-01.")
    said = f"{verdict} {due_on}" if verdict is Verdict.DUE else verdict.value
    return edits.add_edit(EditVerb.PROMISE, key, said, 0, now=now)


def get_key(records: LedgerRecords, beginning: str) -> str:
    """Returns the key of the one commitment that begins so.

    Raises:
        NotFound: none does.
        Ambiguous: several do.
    """
    found = records.find_claims(beginning.strip().lower())
    if not found:
        raise NotFound(f"No promise is called '{beginning}'. 'gonequiet promises' lists them.")
    if len(found) > 1:
        raise Ambiguous(
            f"'{beginning}' may mean {len(found)} promises. Write more of the id.", tuple(found)
        )
    return found[0]

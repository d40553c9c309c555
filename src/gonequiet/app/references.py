"""Use case: references on a contact, and how reliable their promises were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gonequiet.analysis.reliability import Reliability, assess_reliability
from gonequiet.app.identities import EditStore
from gonequiet.app.records import ContactCard
from gonequiet.domain.commitment import Commitment, Side, State
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.reference import Leaning, Reference, references_in
from gonequiet.errors import NotFound, RequestError

KEPT_DAYS = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceWish:
    """A reference the owner wants to record."""

    says: str
    said_by: str
    said_on: date
    is_fact: bool
    leaning: Leaning
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceReport:
    """What is recorded of one contact, and what promises show."""

    contact: str
    contact_key: str
    references: tuple[Reference, ...]
    expired: int
    reliability: Reliability


def add_reference(
    store: EditStore, card: ContactCard, wish: ReferenceWish, *, now: int, today: date
) -> Reference:
    """Records a reference.

    Raises:
        RequestError: it names no source, says nothing, or lies in the future.
    """
    if not wish.says.strip() or not wish.said_by.strip():
        raise RequestError("Say what was said and by whom: --says TEXT --by NAME.")
    if wish.said_on > today:
        raise RequestError("That day has not come yet. Name the day it was said: --on DATE.")
    expires = wish.expires_on or wish.said_on + timedelta(days=KEPT_DAYS)
    made = Reference(
        0,
        card.key,
        " ".join(wish.says.split()),
        " ".join(wish.said_by.split()),
        wish.said_on,
        wish.is_fact,
        wish.leaning,
        expires,
    )
    edit = store.add_edit(EditVerb.REFERENCE, card.key, made.as_text(), 0, now=now)
    return made._replace(number=edit.number)


def remove_reference(
    store: EditStore, edits: Sequence[Edit], number: int, *, now: int
) -> Reference:
    """Takes a reference out; this can be undone.

    Raises:
        NotFound: there is none of that number.
    """
    found = next((one for one in references_in(edits) if one.number == number), None)
    if found is None:
        raise NotFound(f"There is no reference {number}. 'gonequiet reference CONTACT' lists them.")
    store.add_edit(EditVerb.REFERENCE, found.address, f'{{"removes":{number}}}', 0, now=now)
    return found


def report_on(
    card: ContactCard,
    edits: Sequence[Edit],
    commitments: Sequence[Commitment],
    states: Sequence[State],
    on: date,
) -> ReferenceReport:
    """Returns the references of a contact, and the reliability of their promises.

    Args:
        card: of the contact.
        edits: the owner's journal.
        commitments: everything undertaken with this contact.
        states: where each stands on the day.
        on: the day of judgement.
    """
    addresses = {address for address, _ in card.addresses}
    theirs = [one for one in references_in(edits) if one.address in addresses]
    valid = [one for one in theirs if one.said_on <= on <= one.expires_on]
    ended = [
        state for one, state in zip(commitments, states, strict=True) if one.side is Side.THEIRS
    ]
    return ReferenceReport(
        contact=card.name,
        contact_key=card.key,
        references=tuple(valid),
        expired=len(theirs) - len(valid),
        reliability=assess_reliability(
            ended.count(State.KEPT), ended.count(State.LAPSED), valid, on
        ),
    )

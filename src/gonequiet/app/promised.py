"""Waits opened by the other side: they promised something for a day, and the day went by.

The ledger knows what was promised and what of it was done. What was not, and was due before the
moment of judgement, is awaited as an answer is, from the end of its day on. It is no longer
awaited when the contact has written, called or met since, or wrote in the thread on the day itself:
then it is known how things stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from gonequiet.analysis.ledger import Exchange, Ledger, Uttered, draw_up, side_of
from gonequiet.app.ledger import LedgerRecords, Wording
from gonequiet.app.promised_waits import Promised
from gonequiet.domain.as_of import AsOf
from gonequiet.domain.commitment import (
    Commitment,
    Said,
    Side,
    Standing,
    State,
    owners_words,
    state_of,
)
from gonequiet.domain.message import Channel

_NOT_DONE = frozenset({State.OPEN, State.LAPSED})
_BY_BOTH = frozenset({Channel.CALL.value, Channel.MEETING.value})
# What is done by mouth leaves nothing in the mail that could show it.
_BY_MOUTH = re.compile(
    r"\b(?:call|phone|ring|talk|speak|meet|see you|stop by|drop by|come (?:by|over|to)|be there"
    r"|visit|join|anrufen|rufe|telefonier\w*|sprechen|treffen|komme|sehen uns|besuchen)\b"
)


def find_promised(
    ledger: LedgerRecords, *, as_of: AsOf, since: int, contact: int | None = None
) -> list[Promised]:
    """Returns what contacts promised for a day between two moments and is awaited still.

    A day after the end of the records is no reason to wait: it is not known what came.
    """
    journal, said_at = ledger.dated_edits()
    said = owners_words(journal, said_at)
    uttered = [
        one
        for one in ledger.due_since(as_of.at, as_of.days.day_of(since), said.keys())
        if one.opener > 0  # a wait is opened by a message; a note stands for one of its talk
        and (contact is None or contact in one.contacts)
        and (one.claim.key in said or _is_past(one.claim.due_on, since, as_of))
        and side_of(one) is Side.THEIRS
        and not _BY_MOUTH.search(one.words)
    ]
    if not uttered:
        return []
    contacts = {number for one in uttered for number in one.contacts}
    heard = ledger.last_heard(contacts, as_of.at)
    uttered = [
        one
        for one in uttered
        if one.claim.key in said
        or all(heard.get(number, 0) <= _end_of(one.claim.due_on, as_of) for number in one.contacts)
    ]
    return _overdue(ledger, uttered, said, as_of, since)


def _overdue(
    ledger: LedgerRecords,
    uttered: Sequence[Uttered],
    said: Mapping[str, Said],
    as_of: AsOf,
    since: int,
) -> list[Promised]:
    """Returns what is still awaited of those who were not heard of since."""
    if not uttered:
        return []
    contacts = {number for one in uttered for number in one.contacts}
    exchanges = ledger.exchanges(contacts, min(one.at for one in uttered))
    known = Ledger(
        by_contact=exchanges,
        owners_words=said,
        known_until=as_of.known_until,
        days=as_of.days,
    )
    overdue = [
        one
        for one in draw_up(uttered, known)
        if _is_past(one.due_on, since, as_of)
        and one.standing is Standing.RECORDED
        and state_of(one, as_of.at) in _NOT_DONE
        and not _is_heard_of(one, exchanges, as_of)
    ]
    return _matters(ledger, overdue, {one.claim.key: one.opener for one in uttered}, as_of)


def _is_past(day: date | None, since: int, as_of: AsOf) -> bool:
    """Whether a day ended after a moment, and was over by now as far as the records go."""
    return day is not None and since < as_of.days.end_of(day) and as_of.is_over(day)


def _end_of(day: date | None, as_of: AsOf) -> int:
    """The first moment after a day; long ago where no day is named."""
    return 0 if day is None else as_of.days.end_of(day)


def _is_heard_of(one: Commitment, exchanges: Mapping[int, Sequence[Exchange]], as_of: AsOf) -> bool:
    """Whether the contact has been heard of since the day, or on it in the thread."""
    due_at = _end_of(one.due_on, as_of)
    in_thread_from = one.said_at if one.due_on is None else as_of.days.start_of(one.due_on)
    return any(
        _after(had, one, due_at, in_thread_from) and had.at <= as_of.at
        for contact in one.contacts
        for had in exchanges.get(contact, ())
        if not had.by_owner or had.channel in _BY_BOTH
    )


def _after(had: Exchange, one: Commitment, due_at: int, in_thread_from: int) -> bool:
    """Whether an exchange comes late enough to say how a promise stands."""
    if had.at > due_at:
        return True
    return had.thread == one.thread and had.at > max(one.said_at, in_thread_from)


def _matters(
    ledger: LedgerRecords, overdue: Sequence[Commitment], openers: Mapping[str, int], as_of: AsOf
) -> list[Promised]:
    """One for a contact and thread: what was promised for the latest day."""
    names = ledger.names({one.contacts[0] for one in overdue})
    wordings = ledger.wordings({openers[one.key] for one in overdue})
    latest = {
        (one.contacts[0], one.thread): one
        for one in sorted(overdue, key=lambda one: (_end_of(one.due_on, as_of), one.said_at))
        if one.contacts[0] in names and openers[one.key] in wordings
    }
    return [_promised(one, openers[one.key], names, wordings, as_of) for one in latest.values()]


def _promised(
    one: Commitment,
    opener: int,
    names: Mapping[int, tuple[str, str]],
    wordings: Mapping[int, Wording],
    as_of: AsOf,
) -> Promised:
    contact, wording = one.contacts[0], wordings[opener]
    name, key = names[contact]
    return Promised(
        contact=contact,
        contact_key=key,
        contact_name=name,
        thread=one.thread,
        message=opener,
        message_id=wording.message_id,
        subject=wording.subject,
        due_on=str(one.due_on),
        due_at=_end_of(one.due_on, as_of),
        new_text_chars=len(wording.text),
        key=one.key,
    )

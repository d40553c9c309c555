"""Waits opened by the other side: they promised something for a day, and the day went by.

The ledger knows what was promised and what of it was done. What was not, and was due before the
moment of judgement, is awaited as an answer is, from the end of its day on. It is no longer
awaited when the contact has written, called or met since: then it is known how things stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from gonequiet.analysis.ledger import Exchange, Ledger, Uttered, draw_up, side_of
from gonequiet.app.ledger import LedgerRecords, Wording
from gonequiet.app.promised_waits import Promised
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

DAY = 86_400
_LATEST_AT = 7_226_582_400  # 2199
_NOT_DONE = frozenset({State.OPEN, State.LAPSED})
_BY_BOTH = frozenset({Channel.CALL.value, Channel.MEETING.value})
# What is done by mouth leaves nothing in the mail that could show it.
_BY_MOUTH = re.compile(
    r"\b(?:call|phone|ring|talk|speak|meet|see you|stop by|drop by|come (?:by|over|to)|be there"
    r"|visit|join|anrufen|rufe|telefonier\w*|sprechen|treffen|komme|sehen uns|besuchen)\b"
)


def find_promised(
    ledger: LedgerRecords, *, as_of: int, since: int, contact: int | None = None
) -> list[Promised]:
    """Returns what contacts promised for a day between two moments and is awaited still."""
    journal, said_at = ledger.dated_edits()
    said = owners_words(journal, said_at)
    uttered = [
        one
        for one in ledger.due_since(as_of, _day_of(since), said.keys())
        if one.claim.message > 0  # a wait is opened by a message, not by a note of the owner's
        and (contact is None or contact in one.contacts)
        and (one.claim.key in said or since < _end_of(one.claim.due_on) < as_of)
        and side_of(one) is Side.THEIRS
        and not _BY_MOUTH.search(one.words)
    ]
    if not uttered:
        return []
    contacts = {number for one in uttered for number in one.contacts}
    heard = ledger.last_heard(contacts, as_of)
    uttered = [
        one
        for one in uttered
        if one.claim.key in said
        or all(heard.get(number, 0) <= _end_of(one.claim.due_on) for number in one.contacts)
    ]
    return _overdue(ledger, uttered, said, as_of, since)


def _overdue(
    ledger: LedgerRecords,
    uttered: Sequence[Uttered],
    said: Mapping[str, Said],
    as_of: int,
    since: int,
) -> list[Promised]:
    """Returns what is still awaited of those who were not heard of since."""
    if not uttered:
        return []
    contacts = {number for one in uttered for number in one.contacts}
    exchanges = ledger.exchanges(contacts, min(one.at for one in uttered))
    overdue = [
        one
        for one in draw_up(uttered, Ledger(by_contact=exchanges, owners_words=said))
        if since < _end_of(one.due_on) < as_of
        and one.standing is Standing.RECORDED
        and state_of(one, as_of) in _NOT_DONE
        and not _is_heard_of(one, exchanges, as_of)
    ]
    return _matters(ledger, overdue)


def _day_of(moment: int) -> date:
    """The day of a moment; absurd ones are drawn near."""
    return datetime.fromtimestamp(min(max(moment, 0), _LATEST_AT), UTC).date()


def _end_of(day: date | None) -> int:
    """The last second of a day, and one more; long ago where no day is named."""
    if day is None:
        return 0
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return int((start + timedelta(days=1)).timestamp())


def _is_heard_of(one: Commitment, exchanges: Mapping[int, Sequence[Exchange]], as_of: int) -> bool:
    """Whether the contact has been heard of since the day."""
    due_at = _end_of(one.due_on)
    return any(
        due_at < had.at <= as_of and (not had.by_owner or had.channel in _BY_BOTH)
        for contact in one.contacts
        for had in exchanges.get(contact, ())
    )


def _matters(ledger: LedgerRecords, overdue: Sequence[Commitment]) -> list[Promised]:
    """One for a contact and thread: what was promised for the latest day."""
    names = ledger.names({one.contacts[0] for one in overdue})
    wordings = ledger.wordings({one.message for one in overdue})
    latest = {
        (one.contacts[0], one.thread): one
        for one in sorted(overdue, key=lambda one: (_end_of(one.due_on), one.said_at))
        if one.contacts[0] in names and one.message in wordings
    }
    return [
        _promised(one, *names[one.contacts[0]], wordings[one.message]) for one in latest.values()
    ]


def _promised(one: Commitment, name: str, key: str, wording: Wording) -> Promised:
    return Promised(
        contact=one.contacts[0],
        contact_key=key,
        contact_name=name,
        thread=one.thread,
        message=one.message,
        message_id=wording.message_id,
        subject=f"{wording.subject} (promised for {one.due_on})",
        due_at=_end_of(one.due_on),
        new_text_chars=len(wording.text),
    )

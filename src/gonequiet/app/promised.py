"""Waits opened by the other side: they promised something for a day, and the day went by.

The ledger knows what was promised and what of it was done. What was not, and was due before the
moment of judgement, is awaited as an answer is, from the end of its day on. It is no longer
awaited when the contact has written, called or met since: then it is known how things stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, cast

from gonequiet.analysis.ledger import Exchange, Ledger, draw_up, side_of
from gonequiet.app.ledger import LedgerRecords, Wording
from gonequiet.app.records import OpenMatter, Records, WaitColumns
from gonequiet.domain.commitment import (
    Commitment,
    Side,
    Standing,
    State,
    owners_words,
    state_of,
)
from gonequiet.domain.episode import Episode
from gonequiet.domain.message import Channel

DAY = 86_400
_NOT_DONE = frozenset({State.OPEN, State.LAPSED})
_BY_BOTH = frozenset({Channel.CALL.value, Channel.MEETING.value})
# What is done by mouth leaves nothing in the mail that could show it.
_BY_MOUTH = re.compile(
    r"\b(?:call|phone|ring|talk|speak|meet|see you|stop by|drop by|come (?:by|over|to)|be there"
    r"|visit|join|anrufen|rufe|telefonier\w*|sprechen|treffen|komme|sehen uns|besuchen)\b"
)


class Promised(NamedTuple):
    """Something a contact promised for a day that went by, and its wait."""

    matter: OpenMatter
    new_text_chars: int


def waiting_for_promises(
    records: Records, ledger: LedgerRecords, *, as_of: int, since: int, contact: int | None = None
) -> Records:
    """Returns the records, with a wait for everything promised, due and not seen since.

    Args:
        records: what they are added to.
        ledger: what was promised.
        as_of: only what was known then counts.
        since: what was due before is not looked at.
        contact: only this contact's, None for everybody's.
    """
    found = find_promised(ledger, as_of=as_of, since=since, contact=contact)
    return cast(Records, _WithPromises(records, found)) if found else records


def find_promised(
    ledger: LedgerRecords, *, as_of: int, since: int, contact: int | None = None
) -> list[Promised]:
    """Returns what contacts promised for a day between two moments and is awaited still."""
    journal, said_at = ledger.dated_edits()
    said = owners_words(journal, said_at)
    uttered = [
        one
        for one in ledger.uttered(as_of, contact)
        if (one.claim.key in said or since < _end_of(one.claim.due_on) < as_of)
        and side_of(one) is Side.THEIRS
        and not _BY_MOUTH.search(one.words)
    ]
    if not uttered:
        return []
    exchanges = ledger.exchanges({number for one in uttered for number in one.contacts})
    overdue = [
        one
        for one in draw_up(uttered, Ledger(by_contact=exchanges, owners_words=said))
        if since < _end_of(one.due_on) < as_of
        and one.standing is Standing.RECORDED
        and state_of(one, as_of) in _NOT_DONE
        and not _is_heard_of(one, exchanges, as_of)
    ]
    return _matters(ledger, overdue)


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
    due_at = _end_of(one.due_on)
    episode = Episode(
        contact=one.contacts[0],
        thread=one.thread,
        opened_at=due_at,
        opened_by=one.message,
        follow_ups=(),
        pauses=(),
        closed_at=None,
        closure=None,
        closed_by=None,
        replied=None,
        other=None,
        is_mass=False,
        is_left_truncated=False,
    )
    matter = OpenMatter(
        episode,
        contact_key=key,
        contact_name=name,
        organisation="",
        address=key,
        subject=f"{wording.subject} (promised for {one.due_on})",
        message_id=wording.message_id,
        channel=Channel.MAIL.value,
        asked_by=one.message,
        asked_at=due_at,
    )
    return Promised(matter, len(wording.text))


class _WithPromises:
    """Records with waits for what was promised; everything else is as it was."""

    def __init__(self, records: Records, promised: Sequence[Promised]) -> None:
        self._records = records
        self._promised = promised

    def __getattr__(self, name: str) -> Any:
        return getattr(self._records, name)

    def open_matters(self, as_of: int, contact: int | None = None) -> list[OpenMatter]:
        """Returns the open episodes, and what was promised where nothing else is open."""
        matters = self._records.open_matters(as_of, contact)
        open_now = {(one.episode.contact, one.episode.thread) for one in matters}
        return matters + [
            one.matter
            for one in self._promised
            if contact in (None, one.matter.episode.contact)
            and (one.matter.episode.contact, one.matter.episode.thread) not in open_now
        ]

    def waits(self) -> WaitColumns:
        """Returns every wait, those for promises among them."""
        return _merged(self._records.waits(), self._promised)


def _merged(waits: WaitColumns, promised: Iterable[Promised]) -> WaitColumns:
    known = set(zip(waits.message, waits.contact, strict=True))
    rows = [_wait(one) for one in promised]
    more = [row for row in rows if (row[0], row[1]) not in known]
    merged = sorted([*zip(*waits, strict=True), *more], key=lambda row: (row[2], row[0], row[1]))
    return WaitColumns(*(list(column) for column in zip(*merged, strict=True)))


def _wait(one: Promised) -> tuple[Any, ...]:
    """The columns of `WaitColumns`: as if the owner had asked for it at the end of its day."""
    episode = one.matter.episode
    asked = (episode.opened_by, episode.contact, episode.opened_at, 1, 0, 1, 0, 0, 1)
    nothing_came = (None, None, None, None)
    return (*asked, one.new_text_chars, *nothing_came, 1, 0)

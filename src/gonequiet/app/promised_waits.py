"""Records with waits for what was promised and is overdue; `app/promised.py` finds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from gonequiet.analysis.addresses import organisation_of
from gonequiet.app.records import OpenMatter, Records, WaitColumns
from gonequiet.domain.episode import Episode
from gonequiet.domain.message import Channel


class Promised(NamedTuple):
    """Something a contact promised for a day that went by.

    Attributes:
        contact: number of who promised it.
        contact_key: their key.
        contact_name: their name.
        thread: where it was said.
        message: number of the message it was said in.
        message_id: of that message.
        subject: its subject.
        due_on: the day, ISO 8601.
        due_at: when the day had gone by.
        new_text_chars: length of the words it was said in.
        key: of the promise in the ledger.
    """

    contact: int
    contact_key: str
    contact_name: str
    thread: int
    message: int
    message_id: str
    subject: str
    due_on: str
    due_at: int
    new_text_chars: int
    key: str


def with_promises(records: Records, promised: Sequence[Promised]) -> Records:
    """Returns the records, with a wait for everything promised."""
    return cast(Records, _WithPromises(records, promised)) if promised else records


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
            _matter(one)
            for one in self._promised
            if contact in (None, one.contact) and (one.contact, one.thread) not in open_now
        ]

    def waits(self) -> WaitColumns:
        """Returns every wait, those for promises among them."""
        return _merged(self._records.waits(), self._promised)


def _matter(one: Promised) -> OpenMatter:
    episode = Episode(
        contact=one.contact,
        thread=one.thread,
        opened_at=one.due_at,
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
    return OpenMatter(
        episode,
        contact_key=one.contact_key,
        contact_name=one.contact_name,
        organisation=organisation_of(one.contact_key),
        address=one.contact_key,
        subject=f"{one.subject} (promised for {one.due_on})",
        message_id=one.message_id,
        channel=Channel.MAIL.value,
        asked_by=one.message,
        asked_at=one.due_at,
        promised_on=date.fromisoformat(one.due_on),
    )


def _merged(waits: WaitColumns, promised: Iterable[Promised]) -> WaitColumns:
    known = set(zip(waits.message, waits.contact, strict=True))
    rows = [_wait(one) for one in promised]
    more = [row for row in rows if (row[0], row[1]) not in known]
    merged = sorted([*zip(*waits, strict=True), *more], key=lambda row: (row[2], row[0], row[1]))
    return WaitColumns(*(list(column) for column in zip(*merged, strict=True)))


def _wait(one: Promised) -> tuple[Any, ...]:
    """The columns of `WaitColumns`: as if the owner had asked for it at the end of its day."""
    asked = (one.message, one.contact, one.due_at, 1, 0, 1, 0, 0, 1)
    nothing_came = (None, None, None, None)
    return (*asked, one.new_text_chars, *nothing_came, 1, 0, None)

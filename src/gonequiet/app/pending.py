"""What is pending between the owner and one contact, both sides, as far as the records say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from gonequiet.app.records import OpenMatter, Records, TimelineEntry
from gonequiet.domain.draft import MatterKind, PendingMatter, Side
from gonequiet.domain.interaction import Direction
from gonequiet.domain.meeting import meeting_from
from gonequiet.domain.message import Channel, MessageKind
from gonequiet.domain.moments import DAY
from gonequiet.domain.thread import subject_key

RECENT_DAYS = 365
"""What was last written about longer ago is not brought up again."""

OWED_DAYS = 90
"""What the contact asked longer ago, and the owner let rest, is not for the same letter."""


DayOf = Callable[[int], date]
"""The day a moment falls on where the owner is."""
DocumentsOf = Callable[[Sequence[int]], Mapping[int, tuple[str, ...]]]
"""The names of the documents attached to messages."""


class Promises(Protocol):
    """What both sides said they would do."""

    def open_promises(self, contact: int, as_of: int) -> Sequence[PendingMatter]:
        """Returns the promises of both sides to each other that are still open."""


def find_pending(
    records: Records,
    contact: int,
    *,
    as_of: int,
    day_of: DayOf,
    promises: Promises | None = None,
    documents: DocumentsOf | None = None,
) -> list[PendingMatter]:
    """Returns what is open between owner and contact: theirs, then the owner's, the latest first.

    Args:
        records: the reading side of the store.
        contact: number of the contact.
        as_of: UTC epoch seconds.
        day_of: the day a moment falls on.
        promises: the ledger of both sides' promises, where there is one.
        documents: tells what was attached to messages.
    """
    since = as_of - RECENT_DAYS * DAY
    open_ = [one for one in records.open_matters(as_of, contact) if one.asked_at >= since]
    open_.sort(key=_asked_at, reverse=True)
    attached = documents([one.episode.opened_by for one in open_]) if documents else {}
    timeline = records.timeline(contact, as_of)
    entries = {one.message: one for one in timeline}
    theirs = [_theirs(one, entries.get(one.episode.opened_by), attached, day_of) for one in open_]
    owed_since = as_of - OWED_DAYS * DAY
    recent = [one for one in timeline if (one.at or 0) >= owed_since]
    found = [*theirs, *_owed(recent, day_of)]
    if promises is not None:
        found += promises.open_promises(contact, as_of)
    return _each_once(found)


def title_of(subject: str) -> str:
    """Returns a subject without "Re:", "Fwd:" and the like before it."""
    text = " ".join(subject.split())
    key = subject_key(text).key
    at = text.casefold().rfind(key) if len(text.casefold()) == len(text) else -1
    return text[at : at + len(key)] if key and at >= 0 else text


def _asked_at(matter: OpenMatter) -> int:
    return matter.asked_at


def _theirs(
    matter: OpenMatter,
    entry: TimelineEntry | None,
    attached: Mapping[int, tuple[str, ...]],
    day_of: DayOf,
) -> PendingMatter:
    """What the owner waits for: an answer to a letter or a call, or a meeting that was not."""
    meeting = None if entry is None else meeting_from(entry.detail)
    at = matter.episode.opened_at if meeting is None else meeting.starts_at
    return PendingMatter(
        what=name_of(matter.subject),
        side=Side.CONTACT,
        kind=_KINDS.get(matter.channel, MatterKind.QUESTION),
        on=day_of(at),
        thread=matter.episode.thread,
        documents=attached.get(matter.episode.opened_by, ()),
    )


_KINDS = {Channel.CALL.value: MatterKind.CALL, Channel.MEETING.value: MatterKind.MEETING}


def name_of(subject: str) -> str:
    """Returns a subject as the name of a matter, "" when it names none ("RE:", "-")."""
    title = title_of(subject)
    return title if any(char.isalnum() for char in subject_key(subject).key) else ""


def _owed(timeline: Iterable[TimelineEntry], day_of: DayOf) -> list[PendingMatter]:
    """What the contact asked and the owner has not answered in its thread, the latest first."""
    open_: dict[int, TimelineEntry] = {}
    for entry in timeline:
        if entry.direction == Direction.OUTBOUND and entry.channel != Channel.MAIL.value:
            open_.clear()  # who called or met them was in touch, under whatever subject
        elif entry.direction == Direction.OUTBOUND:
            open_.pop(entry.thread, None)
        elif _asks(entry):
            open_[entry.thread] = entry
    latest = sorted(open_.values(), key=lambda entry: entry.at or 0, reverse=True)
    return [
        PendingMatter(
            what=name_of(entry.subject),
            side=Side.OWNER,
            kind=_KINDS.get(entry.channel, MatterKind.QUESTION),
            on=None if entry.at is None else day_of(entry.at),
            thread=entry.thread,
        )
        for entry in latest
    ]


def _asks(entry: TimelineEntry) -> bool:
    personal = entry.kind == MessageKind.PERSONAL and entry.direction == Direction.INBOUND
    return personal and entry.expects_answer


def _each_once(matters: Iterable[PendingMatter]) -> list[PendingMatter]:
    """One matter for each side and name; the same subject asked twice is one matter."""
    kept: dict[tuple[str, str], PendingMatter] = {}
    for matter in matters:
        title = matter.what.casefold() or f"{matter.kind} {matter.on}"
        named = f"{title} {matter.words.casefold()}"
        kept.setdefault((matter.side.value, named), matter)
    return list(kept.values())

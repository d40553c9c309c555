"""One event of a calendar file, read once for all the times it takes place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from gonequiet.domain.meeting import Meeting, MeetingState
from gonequiet.domain.message import Channel, MessageKind, ParsedMessage, Participant
from gonequiet.domain.moments import DAY
from gonequiet.formats.channel_record import channel_record
from gonequiet.formats.content_lines import Block, one_line
from gonequiet.formats.event_fields import (
    Fields,
    description_of,
    links_of,
    people_of,
    sequence_of,
    text_of,
    uid_of,
)
from gonequiet.formats.event_moments import EARLIEST_YEAR, FileClock, Moment
from gonequiet.formats.meeting_mode import mode_of

_LONGEST_DAYS: Final = 3660
_STATES: Final = {"CANCELLED": MeetingState.CANCELLED, "TENTATIVE": MeetingState.TENTATIVE}


class Event(NamedTuple):
    """One event, read once for all the times it takes place."""

    uid: str
    people: tuple[Participant, ...]
    subject: str
    text: str
    meeting: Meeting
    lasts: int
    size: int
    problems: tuple[str, ...]

    def record(self, meeting: Meeting, known_as: str) -> ParsedMessage:
        """Returns one time it takes place, as a record."""
        return channel_record(
            channel=Channel.MEETING,
            kind=MessageKind.MEETING,
            people=self.people,
            at=meeting.starts_at,
            subject=self.subject,
            text=self.text,
            detail=meeting.as_text(),
            size=self.size,
            problems=self.problems,
            event=known_as,
            asks=False,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReader:
    """Reads the events of one file.

    Attributes:
        clock: of the file.
        country: of telephone numbers without one.
        method: what the file is for (RFC 5546), "" for a plain calendar.
        exported_at: the moment of the export as written, which says nothing of any event.
    """

    clock: FileClock
    country: str
    method: str
    exported_at: str

    def read(self, fields: Fields, start: Moment, block: Block) -> Event:
        """Returns what an event that begins at a moment says."""
        problems = []
        if block.is_cut:
            problems.append("The event is too large; only its beginning was read.")
        if not start.zone.is_known:
            problems.append("The time zone is not known; the time is taken as UTC.")
        ends_at = self.clock.ends_at(fields, start)
        if ends_at < start.at or ends_at - start.at > _LONGEST_DAYS * DAY:
            problems.append("The event ends before it begins, or never; its end was left out.")
            ends_at = start.at
        people, attendance, has_room = people_of(fields, self.country)
        subject = one_line(text_of(fields, "SUMMARY"))
        text = description_of(fields)
        place = one_line(text_of(fields, "LOCATION"))
        link = links_of(fields)
        mode, reason = mode_of(place, subject, link=link, text=text, has_room=has_room)
        made_at = self._stated(fields, "CREATED") or self._stated(fields, "DTSTAMP")
        changed_at = self._stated(fields, "LAST-MODIFIED") or self._stated(fields, "DTSTAMP")
        uid = uid_of(fields)
        meeting = Meeting(
            uid, "", sequence_of(fields), start.at, ends_at, start.is_date, start.zone.name,
            not start.zone.is_known, self._state(fields), mode, reason, place, attendance,
            made_at, changed_at, None, self.method == "REPLY",
        )  # fmt: skip
        lasts = ends_at - start.at
        size = len(block.content)
        return Event(uid, people, subject, text, meeting, lasts, size, tuple(problems))

    def _stated(self, fields: Fields, name: str) -> int | None:
        """When something was done to the event; the moment of an export says nothing of it."""
        found = self.clock.moment(fields, name)
        if found is None or found.local.year <= EARLIEST_YEAR + 70:
            return None
        is_of_export = name == "DTSTAMP" and fields[name][0].value.strip() == self.exported_at
        return None if is_of_export else found.at

    def _state(self, fields: Fields) -> MeetingState:
        if self.method == "CANCEL":
            return MeetingState.CANCELLED
        return _STATES.get(text_of(fields, "STATUS").strip().upper(), MeetingState.PLANNED)

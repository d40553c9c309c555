"""A meeting, as a calendar knows it (RFC 5545)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeVar

from gonequiet.domain.detail import as_text, from_text, number_of, text_of


class Attendance(StrEnum):
    """What one invited person said (PARTSTAT)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    NO_ANSWER = "no_answer"  # NEEDS-ACTION
    UNKNOWN = "unknown"  # the calendar does not say


class Mode(StrEnum):
    """How people meet."""

    FACE_TO_FACE = "face_to_face"
    VIDEO = "video"
    CALL = "call"
    UNKNOWN = "unknown"


class MeetingState(StrEnum):
    """What the calendar says of the meeting as a whole (STATUS)."""

    PLANNED = "planned"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    MISSED = "missed"  # somebody did not come; only the owner can say so


class Meeting(NamedTuple):
    """One meeting, or one of a series.

    Attributes:
        uid: of the event; the same in every calendar.
        recurrence: the original start of this one of a series, as ISO text, "" for a single one.
        sequence: how often the organiser changed it (SEQUENCE).
        starts_at: UTC epoch seconds.
        ends_at: UTC epoch seconds; never before `starts_at`.
        is_all_day: dates without times.
        zone: the time zone as named, "" for UTC or none.
        is_zone_unknown: the zone named is none we know; the moments are taken as UTC.
        state: planned, cancelled ...
        mode: face to face, video, call.
        mode_reason: what the mode was seen by, for the owner to check.
        place: the location as written.
        attendance: address and what that person said, the organiser left out.
        invited_at: when it was made or sent, None when not stated.
        changed_at: when it was changed last, None when not stated.
        moved_from: the start it had before it was moved, None when it was not.
        is_reply: this is only what one invited person answered; `attendance` names nobody else.
    """

    uid: str
    recurrence: str
    sequence: int
    starts_at: int
    ends_at: int
    is_all_day: bool
    zone: str
    is_zone_unknown: bool
    state: MeetingState
    mode: Mode
    mode_reason: str
    place: str
    attendance: tuple[tuple[str, Attendance], ...]
    invited_at: int | None
    changed_at: int | None
    moved_from: int | None
    is_reply: bool = False

    def attendance_of(self, addresses: frozenset[str]) -> Attendance:
        """Returns what a person said who goes by any of these addresses."""
        for address, said in self.attendance:
            if address in addresses:
                return said
        return Attendance.UNKNOWN

    def as_text(self) -> str:
        """Returns it for the store."""
        return as_text({**self._asdict(), "attendance": [list(one) for one in self.attendance]})


def meeting_from(text: str) -> Meeting | None:
    """Returns a meeting from what the store keeps, None when it holds none."""
    values = from_text(text)
    starts_at = number_of(values, "starts_at")
    if starts_at is None:
        return None
    said = values.get("attendance")
    listed = said if isinstance(said, list) else []
    return Meeting(
        text_of(values, "uid"),
        text_of(values, "recurrence"),
        number_of(values, "sequence") or 0,
        starts_at,
        max(starts_at, number_of(values, "ends_at") or starts_at),
        values.get("is_all_day") is True,
        text_of(values, "zone"),
        values.get("is_zone_unknown") is True,
        _known(MeetingState, text_of(values, "state"), MeetingState.PLANNED),
        _known(Mode, text_of(values, "mode"), Mode.UNKNOWN),
        text_of(values, "mode_reason"),
        text_of(values, "place"),
        tuple((one[0], _known(Attendance, one[1], Attendance.UNKNOWN)) for one in listed),
        number_of(values, "invited_at"),
        number_of(values, "changed_at"),
        number_of(values, "moved_from"),
        values.get("is_reply") is True,
    )


_Word = TypeVar("_Word", bound=StrEnum)


def _known(words: type[_Word], said: str, otherwise: _Word) -> _Word:
    return words(said) if said in words.__members__.values() else otherwise

"""Use case: meetings with contacts - to come, held, and who is due for one in person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from gonequiet.analysis.addresses import organisation_of
from gonequiet.analysis.exchanges import was_held
from gonequiet.analysis.face_to_face import FaceToFace, find_rhythm
from gonequiet.app.meeting_records import ContactMeeting, MeetingRecords
from gonequiet.domain.meeting import MeetingState, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReport:
    """Meetings as of a moment.

    Attributes:
        to_come: planned, the next first.
        held: past and taken to be held, the latest first.
        rhythms: by contact: name, and how they are met; those who are due stand first.
        within_house: how many meetings with people of the owner's own house are left out.
    """

    as_of: int
    to_come: tuple[ContactMeeting, ...]
    held: tuple[ContactMeeting, ...]
    rhythms: tuple[tuple[str, str, FaceToFace], ...]
    within_house: int = 0


def list_meetings(
    records: MeetingRecords,
    *,
    as_of: int,
    contact: int | None = None,
    house: frozenset[str] = frozenset(),
) -> MeetingReport:
    """Returns the meetings with everybody, or with one contact.

    Args:
        records: meetings.
        as_of: UTC epoch seconds.
        contact: number of the contact, None for all.
        house: the owner's own organisations, meetings within which are left out.
    """
    everything = [
        one
        for one in records.meetings()
        if contact in (None, one.contact) and _known_by(one, as_of)
    ]
    known = [one for one in everything if organisation_of(one.contact_key) not in house]
    held = [one for one in known if one.meeting.ends_at <= as_of and _held(one)]
    ahead = [one for one in known if one.meeting.ends_at > as_of and _stands(one)]
    return MeetingReport(
        as_of=as_of,
        to_come=tuple(sorted(ahead, key=lambda one: one.meeting.starts_at)),
        held=tuple(sorted(held, key=lambda one: -one.meeting.ends_at)),
        rhythms=tuple(_rhythms(held, as_of)),
        within_house=len({one.message for one in everything} - {one.message for one in known}),
    )


def _known_by(one: ContactMeeting, as_of: int) -> bool:
    """What was arranged later was not known then."""
    return one.meeting.invited_at is None or one.meeting.invited_at <= as_of


def _held(one: ContactMeeting) -> bool:
    return was_held(one.meeting, one.theirs, one.own)


def _stands(one: ContactMeeting) -> bool:
    return one.meeting.state in (MeetingState.PLANNED, MeetingState.TENTATIVE)


def _rhythms(held: list[ContactMeeting], as_of: int) -> list[tuple[str, str, FaceToFace]]:
    by_contact: dict[tuple[str, str], list[ContactMeeting]] = defaultdict(list)
    for one in held:
        by_contact[one.name, one.contact_key].append(one)
    found = []
    for (name, key), met in by_contact.items():
        ends = [one.meeting.ends_at for one in met]
        in_person = [one.meeting.ends_at for one in met if one.meeting.mode is Mode.FACE_TO_FACE]
        found.append((name, key, find_rhythm(ends, in_person, as_of)))
    return sorted(found, key=lambda one: (not one[2].is_due, -one[2].held, one[1]))

"""Calendars: every meeting, with who said what, how they met, and when it was meant to be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonequiet.domain.meeting import Attendance, Meeting, MeetingState, Mode, meeting_from
from gonequiet.domain.message import Channel, MessageKind, ParsedMessage, Role
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.icalendar_file import AHEAD_DAYS, read_calendar
from gonequiet.formats.record_file import ReadOptions

NOW = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())
OPTIONS = ReadOptions(now=NOW, country="DE", zone="Europe/Berlin")
EVENT = (
    "BEGIN:VEVENT",
    "UID:quay@harbour.example",
    "DTSTAMP:20260401T080000Z",
    "DTSTART;TZID=Europe/Berlin:20260504T100000",
    "DTEND;TZID=Europe/Berlin:20260504T113000",
    "SUMMARY:The new quay",
    "LOCATION:Room 4\\, Main Street 12",
    "DESCRIPTION:Bring the plans.\\nAll of th",
    " em.",
    "ORGANIZER;CN=Kim Adler:mailto:Kim@Adler.example",
    'ATTENDEE;CN="Reyes, Dana";PARTSTAT=ACCEPTED:mailto:dana@harbour.example',
    "ATTENDEE;CN=Kim Adler;PARTSTAT=ACCEPTED:MAILTO:kim@adler.example",
    "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:li@yard.example",
    "END:VEVENT",
)


def calendar(*events: tuple[str, ...], head: tuple[str, ...] = ()) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *head]
    for event in events:
        lines += event
    return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def event(*more: str, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The event, with lines that take the place of those of the same property."""
    gone = {line.replace(":", ";").partition(";")[0] for line in more} | set(without)
    kept = [line for line in EVENT if line.replace(":", ";").partition(";")[0] not in gone]
    return (*kept[:-1], *more, kept[-1])


def read(
    data: bytes, options: ReadOptions = OPTIONS
) -> tuple[list[ParsedMessage], list[RecordProblem]]:
    found = list(read_calendar([data], options))
    records = [one.message for one in found if not isinstance(one, RecordProblem)]
    return records, [one for one in found if isinstance(one, RecordProblem)]


def only(data: bytes, options: ReadOptions = OPTIONS) -> tuple[ParsedMessage, Meeting]:
    (record,), problems = read(data, options)
    assert problems == []
    return record, meeting_of(record)


def meeting_of(record: ParsedMessage) -> Meeting:
    found = meeting_from(record.detail)
    assert found is not None
    return found


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).astimezone(UTC).timestamp())


def test_a_meeting_says_who_when_where_and_what_they_said() -> None:
    record, meeting = only(calendar(event()))
    assert (record.channel, record.kind) == (Channel.MEETING, MessageKind.MEETING)
    assert record.subject == "The new quay"
    assert record.new_text == "Bring the plans.\nAll of them."
    assert [tuple(one) for one in record.participants] == [
        (Role.FROM, "Kim Adler", "kim@adler.example"),
        (Role.TO, "Reyes, Dana", "dana@harbour.example"),
        (Role.TO, "", "li@yard.example"),
    ]
    assert meeting.starts_at == record.sent_at == at("2026-05-04T10:00+02:00")
    assert meeting.ends_at == at("2026-05-04T11:30+02:00")
    assert (meeting.zone, meeting.is_zone_unknown) == ("Europe/Berlin", False)
    assert meeting.attendance_of(frozenset({"dana@harbour.example"})) is Attendance.ACCEPTED
    assert meeting.attendance_of(frozenset({"li@yard.example"})) is Attendance.NO_ANSWER
    assert (meeting.mode, meeting.mode_reason) == (Mode.FACE_TO_FACE, "location: Room")
    assert meeting.invited_at == at("2026-04-01T08:00+00:00")


def test_an_entry_of_ones_own_names_nobody() -> None:
    record, _ = only(calendar(event("SUMMARY:Lunch with Dana Reyes", without=("ATTENDEE",))))
    assert record.participants == ()


@pytest.mark.parametrize(
    ("lines", "mode", "reason"),
    [
        (("LOCATION:Zoom",), Mode.VIDEO, "location: Zoom"),
        (("LOCATION:https://us02web.zoom.us/j/123",), Mode.VIDEO, "location: us02web.zoom.us/"),
        (("LOCATION:Microsoft Teams-Besprechung",), Mode.VIDEO, "location: Teams"),
        (("LOCATION:+49 30 5550 1234",), Mode.CALL, "location: a telephone number"),
        (("LOCATION:Telefon",), Mode.CALL, "location: Telefon"),
        (("LOCATION:Hafenstraße 12",), Mode.FACE_TO_FACE, "location: Hafenstraße 12"),
        (("LOCATION:Besprechungsraum 2",), Mode.FACE_TO_FACE, "location: Besprechungsraum"),
        (("LOCATION:The Anchor",), Mode.FACE_TO_FACE, "location: a place is named"),
        (("LOCATION:Room 2 / Zoom",), Mode.UNKNOWN, "location: both 'Zoom' and 'Room'"),
        (("LOCATION:",), Mode.UNKNOWN, ""),
        (("LOCATION:TBD", "SUMMARY:Call with Dana"), Mode.CALL, "title: Call"),
        (("LOCATION:", "SUMMARY:Mittagessen"), Mode.FACE_TO_FACE, "title: Mittagessen"),
        (("LOCATION:", "SUMMARY:Teams call"), Mode.VIDEO, "title: Teams"),
        (("LOCATION:", "SUMMARY:Recall of the parts"), Mode.UNKNOWN, ""),
        (
            ("LOCATION:", "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg"),
            Mode.VIDEO,
            "link: meet.google.com",
        ),
        (
            ("LOCATION:", "DESCRIPTION:Join: https://teams.microsoft.com/l/meetup-join/1"),
            Mode.VIDEO,
            "description: teams.microsoft.com",
        ),
    ],
)
def test_how_people_meet_is_seen_and_said_by_what(
    lines: tuple[str, ...], mode: Mode, reason: str
) -> None:
    _, meeting = only(calendar(event(*lines)))
    assert (meeting.mode, meeting.mode_reason) == (mode, reason)


def test_a_series_takes_place_each_time_at_the_same_local_hour() -> None:
    lines = ("RRULE:FREQ=MONTHLY;COUNT=7", "DTSTART;TZID=Europe/Berlin:20251004T100000")
    records, _ = read(calendar(event(*lines, without=("DTEND",))))
    meetings = [meeting_of(record) for record in records]
    assert [one.starts_at for one in meetings[:2]] == [
        at("2025-10-04T10:00+02:00"),
        at("2025-11-04T10:00+01:00"),
    ]
    assert len(meetings) == 7
    assert meetings[1].recurrence == "2025-11-04T09:00:00Z"
    assert len({record.references for record in records}) == 7


def test_a_series_without_an_end_is_followed_so_far_and_no_further() -> None:
    records, _ = read(calendar(event("RRULE:FREQ=WEEKLY")))
    last = max(meeting_of(record).starts_at for record in records)
    assert NOW + (AHEAD_DAYS - 8) * 86_400 < last <= NOW + AHEAD_DAYS * 86_400


def test_one_of_a_series_that_was_moved_stands_once_and_says_from_where() -> None:
    series = event("RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260511T100000",
        "DTSTART;TZID=Europe/Berlin:20260513T150000",
        "DTEND;TZID=Europe/Berlin:20260513T160000",
        "SEQUENCE:1",
    )
    records, _ = read(calendar(series, moved))
    meetings = sorted(map(meeting_of, records), key=lambda one: one.starts_at)
    assert [f"{datetime.fromtimestamp(one.starts_at, UTC):%d %H}" for one in meetings] == [
        "04 08",
        "13 13",
        "18 08",
    ]
    assert [one.moved_from for one in meetings] == [None, at("2026-05-11T10:00+02:00"), None]
    assert meetings[1].ends_at - meetings[1].starts_at == 3600


def test_dates_that_were_struck_out_and_added_are() -> None:
    lines = (
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=Europe/Berlin:20260511T100000",
        "EXDATE;VALUE=DATE:20260518",
        "RDATE:20260520T080000Z",
    )
    records, _ = read(calendar(event(*lines)))
    days = [f"{datetime.fromtimestamp(one.sent_at or 0, UTC):%d}" for one in records]
    assert days == ["04", "20", "25"]


@pytest.mark.parametrize(("head", "lines"), [((), ("STATUS:CANCELLED",)), (("METHOD:CANCEL",), ())])
def test_a_meeting_called_off_says_so(head: tuple[str, ...], lines: tuple[str, ...]) -> None:
    _, meeting = only(calendar(event(*lines), head=head))
    assert meeting.state is MeetingState.CANCELLED


def test_a_later_version_that_moved_the_meeting_says_from_where() -> None:
    later = event(
        "SEQUENCE:2",
        "DTSTART;TZID=Europe/Berlin:20260506T100000",
        "DTEND;TZID=Europe/Berlin:20260506T110000",
    )
    (first, second), _ = read(calendar(event(), later))
    assert first.references == second.references
    assert meeting_of(second).moved_from == meeting_of(first).starts_at


@pytest.mark.parametrize(
    ("zone", "name", "hour", "is_unknown"),
    [
        ("W. Europe Standard Time", "Europe/Berlin", 8, False),
        ("/freeassociation.sourceforge.net/America/New_York", "America/New_York", 14, False),
        ("Quay Time", "Quay Time", 10, True),
        ("Yard Time", "Yard Time", 7, False),
    ],
)
def test_time_zones_are_found_or_flagged(zone: str, name: str, hour: int, is_unknown: bool) -> None:
    own = (
        "BEGIN:VTIMEZONE",
        "TZID:Yard Time",
        "BEGIN:STANDARD",
        "DTSTART:16010101T030000",
        "TZOFFSETFROM:+0300",
        "TZOFFSETTO:+0200",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0300",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    )
    lines = (f"DTSTART;TZID={zone}:20260504T100000", "DURATION:PT1H")
    (record,), _ = read(calendar(own, event(*lines, without=("DTEND",))))
    meeting = meeting_of(record)
    assert datetime.fromtimestamp(meeting.starts_at, UTC).hour == hour
    assert (meeting.zone, meeting.is_zone_unknown) == (name, is_unknown)
    assert bool(record.problems) is is_unknown


def test_a_time_without_a_zone_is_the_owners_own() -> None:
    lines = ("DTSTART:20260504T100000", "DTEND:20260504T110000")
    _, meeting = only(calendar(event(*lines)))
    assert meeting.starts_at == at("2026-05-04T10:00+02:00")
    _, elsewhere = only(calendar(event(*lines), head=("X-WR-TIMEZONE:America/New_York",)))
    assert elsewhere.starts_at == at("2026-05-04T10:00-04:00")


def test_a_whole_day_is_the_owners_day() -> None:
    _, meeting = only(calendar(event("DTSTART;VALUE=DATE:20260504", without=("DTEND",))))
    assert meeting.is_all_day
    assert meeting.starts_at == at("2026-05-04T00:00+02:00")
    assert meeting.ends_at == at("2026-05-05T00:00+02:00")


@pytest.mark.parametrize("start", ["DTSTART:36090504T100000Z", "DTSTART:tomorrow", "X-NONE:1"])
def test_an_event_without_a_sensible_start_is_listed(start: str) -> None:
    bad = event(start, without=("DTSTART",))
    records, problems = read(calendar(bad, event()))
    assert len(records) == 1
    assert [(one.kind, one.position) for one in problems] == [(ProblemKind.UNREADABLE, "1")]


def test_an_event_that_ends_before_it_begins_is_kept_and_listed() -> None:
    (record,), _ = read(calendar(event("DTEND:20260101T100000Z")))
    assert meeting_of(record).ends_at == meeting_of(record).starts_at
    assert len(record.problems) == 1


def test_a_room_is_nobody_and_says_how_they_met() -> None:
    lines = (
        "LOCATION:",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@harbour.example",
        "ATTENDEE;CUTYPE=ROOM;CN=Quay 1:mailto:quay1@harbour.example",
    )
    record, meeting = only(calendar(event(*lines)))
    assert [one.address for one in record.participants] == [
        "kim@adler.example",
        "dana@harbour.example",
    ]
    assert (meeting.mode, meeting.mode_reason) == (Mode.FACE_TO_FACE, "a room is booked")


def test_the_moment_of_an_export_is_no_moment_of_an_invitation() -> None:
    first = event("DTSTAMP:20260501T000000Z", "UID:one@harbour.example")
    second = event("DTSTAMP:20260501T000000Z", "CREATED:20260315T090000Z")
    records, _ = read(calendar(first, second))
    assert [meeting_of(one).invited_at for one in records] == [None, at("2026-03-15T09:00+00:00")]


def test_a_file_that_is_cut_off_keeps_its_good_events() -> None:
    whole = calendar(event(), event("UID:two@harbour.example"), event("UID:three@harbour.example"))
    records, problems = read(whole[: whole.rindex(b"LOCATION")])
    assert len(records) == 2
    assert [one.kind for one in problems] == [ProblemKind.PARTLY_READ]


def test_tasks_and_notes_are_listed_not_read() -> None:
    task = ("BEGIN:VTODO", "UID:t@harbour.example", "SUMMARY:Paint the quay", "END:VTODO")
    records, problems = read(calendar(task, event(), task))
    assert len(records) == 1
    assert [(one.kind, one.reason[:7]) for one in problems] == [(ProblemKind.SKIPPED, "2 tasks")]


def test_a_mark_within_a_description_ends_no_event() -> None:
    _, meeting = only(calendar(event("DESCRIPTION:as they say", " END:VEVENT", "SEQUENCE:3")))
    assert meeting.sequence == 3


def test_no_more_people_are_kept_than_anybody_invites() -> None:
    crowd = [f"ATTENDEE:mailto:guest{number}@harbour.example" for number in range(30_000)]
    records, _ = read(calendar(event(*crowd)))
    assert len(records[0].participants) == 1001


PIECES = st.sampled_from(
    [
        *EVENT, "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:x", "END:VTIMEZONE",
        "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z", "RRULE:FREQ=YEARLY;UNTIL=00010101",
        "RRULE:FREQ=DAILY", "RRULE:FREQ=SECONDLY;BYDAY=5MO", "EXDATE:19000101,x", "DTSTART:",
        "DTSTART;TZID=x:00010101T000000", "DTSTART;VALUE=DATE:20990101", "DURATION:P9999999W",
        "RECURRENCE-ID:20260504T080000Z", "BEGIN:STANDARD", "END:STANDARD", "ATTENDEE;CN=\":;:x",
        'ATTENDEE;CN="', "ATTENDEE:", "METHOD:CANCEL", "X-WR-TIMEZONE:../../etc", "\x00", "\ud7ff",
        "RDATE;VALUE=PERIOD:20260504T080000Z/PT1H", "TZOFFSETTO:+9999", "BEGIN:VTODO",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25), st.binary(max_size=60))
def test_any_bytes_in_and_no_exception_out(lines: list[str], more: bytes) -> None:
    data = "\n".join(lines).encode() + more
    for content in (data, calendar(EVENT)[:100] + data, more):
        for found in read_calendar([content], OPTIONS):
            assert isinstance(found, RecordProblem) or found.message.channel is Channel.MEETING


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_event_is_read_or_listed(data: st.DataObject) -> None:
    whole = calendar(event(), event("UID:two@harbour.example"))
    spoilt = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    records, problems = read(bytes(spoilt))
    assert records or problems


WEEKLY = event("RRULE:FREQ=WEEKLY;COUNT=5")
FROM_THE_THIRD = event(
    "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260518T100000",
    "DTSTART;TZID=Europe/Berlin:20260519T140000",
    "DTEND;TZID=Europe/Berlin:20260519T143000",
    "SUMMARY:The new quay\\, shorter",
    "SEQUENCE:1",
)


def test_a_change_of_all_that_is_to_come_bears_on_every_later_time() -> None:
    records, problems = read(calendar(WEEKLY, FROM_THE_THIRD))
    assert not problems
    met = sorted(map(meeting_of, records), key=lambda one: one.recurrence)
    assert [one.starts_at for one in met] == [
        at("2026-05-04T08:00"), at("2026-05-11T08:00"), at("2026-05-19T12:00"),
        at("2026-05-26T12:00"), at("2026-06-02T12:00"),
    ]  # fmt: skip
    assert [one.moved_from for one in met] == [
        None, None, at("2026-05-18T08:00"), at("2026-05-25T08:00"), at("2026-06-01T08:00"),
    ]  # fmt: skip
    assert [one.ends_at - one.starts_at for one in met] == [5400, 5400, 1800, 1800, 1800]
    titles = [one.subject for one in sorted(records, key=lambda one: one.sent_at or 0)]
    assert titles == ["The new quay"] * 2 + ["The new quay, shorter"] * 3


def test_one_changed_alone_keeps_its_own_change_within_all_that_is_to_come() -> None:
    alone = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260525T100000",
        "DTSTART;TZID=Europe/Berlin:20260525T180000",
        "DTEND;TZID=Europe/Berlin:20260525T190000",
    )
    met = [meeting_of(one) for one in read(calendar(WEEKLY, FROM_THE_THIRD, alone))[0]]
    assert at("2026-05-25T16:00") in {one.starts_at for one in met}
    assert len(met) == 5


def test_a_series_called_off_from_one_time_on_is_off_from_there() -> None:
    off = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260518T100000",
        "DTSTART;TZID=Europe/Berlin:20260518T100000",
        "DTEND;TZID=Europe/Berlin:20260518T113000",
        "STATUS:CANCELLED",
    )
    met = [meeting_of(one) for one in read(calendar(WEEKLY, off))[0]]
    states = [one.state for one in sorted(met, key=lambda one: one.starts_at)]
    assert states == [MeetingState.PLANNED] * 2 + [MeetingState.CANCELLED] * 3


def test_the_last_of_several_such_changes_counts() -> None:
    again = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260601T100000",
        "DTSTART;TZID=Europe/Berlin:20260601T080000",
        "DTEND;TZID=Europe/Berlin:20260601T090000",
    )
    met = [meeting_of(one) for one in read(calendar(WEEKLY, again, FROM_THE_THIRD))[0]]
    assert sorted(one.starts_at for one in met)[-2:] == [
        at("2026-05-26T12:00"),
        at("2026-06-01T06:00"),
    ]

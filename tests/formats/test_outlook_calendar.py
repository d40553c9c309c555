"""Appointments of Outlook: the same meetings as those of a calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.domain.meeting import Attendance, Meeting, MeetingState, Mode, meeting_from
from gonequiet.domain.message import ParsedMessage, Role
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.msg_file import read_msg
from gonequiet.formats.outlook_series import parse_series
from gonequiet.formats.record_file import ReadOptions
from tests.support.appointments import (
    NAMES,
    appointment,
    foreign_id,
    guest,
    pattern,
    zone,
)
from tests.support.outlook import Given, msg_file

STARTS = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)
FIRST = datetime(2025, 3, 3, 9, 30)  # noqa: DTZ001 - local, a Monday
NOW = int(datetime(2025, 6, 1, tzinfo=UTC).timestamp())
GUESTS = [
    guest("kim@adler.example", "Kim Adler", 3),
    guest("lee.ward@harbour.example", "Lee Ward", 4),
    {**guest("pier@harbour.example", "Room Pier", 0), 0x0C15: 3},
]


def read(given_: Given, people: list[Given] | None = None) -> list[ParsedMessage | RecordProblem]:
    content = msg_file(given_, GUESTS if people is None else people, names=NAMES)
    found = read_msg([content], ReadOptions(now=NOW))
    return [one if isinstance(one, RecordProblem) else one.message for one in found]


def meetings(given_: Given) -> list[Meeting]:
    read_ = [one for one in read(given_) if not isinstance(one, RecordProblem)]
    found = [meeting_from(one.detail) for one in read_]
    assert None not in found
    return [one for one in found if one is not None]


def days(given_: Given) -> list[str]:
    moments = [datetime.fromtimestamp(one.starts_at, UTC) for one in meetings(given_)]
    return [f"{at:%m-%d %H:%M}" for at in sorted(moments)]


def test_a_meeting_has_its_people_place_and_answers() -> None:
    more: Given = {0x8208: "Pier 4, Leeds", 0x0023: foreign_id("u1@harbour.example"), 0x8201: 2}
    given_ = appointment("Contract", STARTS, 45, more={**more, 0x1000: "About the lease.\r\n"})
    (message,) = read(given_)
    assert isinstance(message, ParsedMessage)
    assert message.subject == "Contract"
    assert message.new_text.strip() == "About the lease."
    who = {(one.role, one.name, one.address) for one in message.participants}
    assert who == {
        (Role.FROM, "Dana Reyes", "dana.reyes@harbour.example"),
        (Role.TO, "Kim Adler", "kim@adler.example"),
        (Role.TO, "Lee Ward", "lee.ward@harbour.example"),
    }
    (meeting,) = meetings(given_)
    assert meeting.uid == "u1@harbour.example"
    assert meeting.starts_at == int(STARTS.timestamp())
    assert meeting.ends_at - meeting.starts_at == 45 * 60
    assert (meeting.place, meeting.mode) == ("Pier 4, Leeds", Mode.FACE_TO_FACE)
    assert meeting.sequence == 2
    assert dict(meeting.attendance) == {
        "kim@adler.example": Attendance.ACCEPTED,
        "lee.ward@harbour.example": Attendance.DECLINED,
    }


def test_an_id_of_its_own_is_what_outlook_writes_into_invitations() -> None:
    own = bytes.fromhex("040000008200E00074C5B7101A82E00800000000") + bytes(20)
    (meeting,) = meetings(appointment("Contract", STARTS, more={0x0023: own}))
    assert meeting.uid == own.hex().upper()


def test_a_meeting_called_off_is_cancelled() -> None:
    (meeting,) = meetings(appointment("Contract", STARTS, more={0x8217: 7}))
    assert meeting.state is MeetingState.CANCELLED


def test_whole_days_are_days_where_the_appointment_was_made() -> None:
    midnight = datetime(2025, 3, 2, 23, 0, tzinfo=UTC)
    more: Given = {0x8215: 1, 0x8260: zone()}
    (meeting,) = meetings(appointment("Fair", midnight, 1440, more=more))
    assert meeting.is_all_day
    assert datetime.fromtimestamp(meeting.starts_at, UTC).date().isoformat() == "2025-03-03"


def test_a_series_keeps_its_hour_when_the_clock_changes() -> None:
    series = pattern(1, 1, [0b10], FIRST.replace(day=17), last=FIRST.replace(month=4, day=7))
    more: Given = {0x8216: series, 0x8260: zone()}
    given_ = appointment("Weekly", STARTS.replace(day=17), more=more)
    assert days(given_) == ["03-17 08:30", "03-24 08:30", "03-31 07:30", "04-07 07:30"]


def test_of_a_series_what_was_called_off_is_gone_and_what_was_moved_is_elsewhere() -> None:
    monday = [FIRST + timedelta(weeks=week) for week in range(5)]
    moved = [(monday[2], monday[2] + timedelta(days=1, hours=2))]
    moved += [(monday[4], monday[4] + timedelta(days=2))]
    series = pattern(1, 1, [0b10], FIRST, count=5, deleted=[monday[1]], moved=moved)
    given_ = appointment("Weekly", STARTS, more={0x8216: series, 0x0023: foreign_id("u2")})
    assert days(given_) == ["03-03 09:30", "03-18 11:30", "03-24 09:30", "04-02 09:30"]
    befores = {one.moved_from for one in meetings(given_)} - {None}
    assert len(befores) == 2


@pytest.mark.parametrize(
    ("series", "rule"),
    [
        (pattern(0, 2880, [], FIRST, count=3), "FREQ=DAILY;INTERVAL=2;COUNT=3"),
        (
            pattern(1, 1, [0b0111110], FIRST, frequency=0x200A),
            "FREQ=WEEKLY;INTERVAL=1;WKST=SU;BYDAY=MO,TU,WE,TH,FR",
        ),
        (pattern(2, 1, [3], FIRST, count=2), "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=3;COUNT=2"),
        (pattern(2, 3, [31], FIRST), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
        (pattern(3, 1, [2, 5], FIRST), "FREQ=MONTHLY;INTERVAL=1;BYDAY=MO;BYSETPOS=-1"),
        (pattern(4, 1, [31], FIRST), "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1"),
        (pattern(2, 12, [3], FIRST, frequency=0x200D), "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=3"),
    ],
)
def test_patterns_are_rules(series: bytes, rule: str) -> None:
    found = parse_series(series)
    assert found is not None
    assert found.rule == rule
    assert (found.starts, found.ends) == (FIRST, FIRST + timedelta(hours=1))


def test_of_a_series_that_cannot_be_read_the_first_time_is_kept() -> None:
    problem, message = read(appointment("Weekly", STARTS, more={0x8216: b"\x04\x30rubbish"}))
    assert isinstance(problem, RecordProblem)
    assert problem.kind is ProblemKind.PARTLY_READ
    assert isinstance(message, ParsedMessage)
    assert message.sent_at == int(STARTS.timestamp())


def test_an_appointment_without_a_start_is_listed() -> None:
    (problem,) = read({0x001A: "IPM.Appointment", 0x0037: "Contract"})
    assert isinstance(problem, RecordProblem)
    assert problem.reason == "The appointment has no start."


def test_what_stands_in_words_begins_no_line_of_its_own() -> None:
    given_ = appointment("Plan\r\nSTATUS:CANCELLED", STARTS, more={0x8208: "A;B,C\\D\nUID:x"})
    (meeting,) = meetings(given_)
    assert meeting.state is MeetingState.PLANNED
    assert meeting.place.startswith("A;B,C\\D")


@given(st.binary(max_size=200), st.integers(0, 200))
def test_any_bytes_are_a_series_or_none(noise: bytes, at: int) -> None:
    whole = pattern(1, 1, [0b10], FIRST, count=5, moved=[(FIRST, FIRST + timedelta(hours=1))])
    for content in (noise, whole[:at], whole[:at] + noise):
        found = parse_series(content)
        assert found is None or found.rule.startswith("FREQ=")

"""Appointments in Outlook's files through the front door: the meetings of a calendar."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from gonequiet.sources.mail_files.readers import WORKER_BYTES
from tests.contracts.test_outlook_files import item, put
from tests.support.appointments import NAMES, appointment, foreign_id, guest, pattern, zone
from tests.support.data_files import PstFolder, pst_file
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter
from tests.support.outlook import Given, msg_file

LOCAL = START.replace(tzinfo=None)
PEOPLE = [guest("kim@adler.example", "Kim Adler", 3)]
MEETING = appointment(
    "Contract", START, more={0x0023: foreign_id("u1@harbour.example"), 0x8208: "Pier 4"}
)
WEEKLY = appointment(
    "Weekly call",
    START + timedelta(days=1),
    30,
    more={
        0x0023: foreign_id("u2@harbour.example"),
        0x8216: pattern(1, 1, [0b100], LOCAL + timedelta(days=1, hours=1), minutes=30, count=3),
        0x8260: zone(),
    },
)
GONE = appointment("Thrown away", START, more={0x0023: foreign_id("u3@harbour.example")})
LETTERS = [Letter(), Letter(sender=OWNER, to=DANA, message_id="two@adler.example")]
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:u1@harbour.example
SUMMARY:Contract
LOCATION:Pier 4
DTSTART:20250303T093000Z
DTEND:20250303T103000Z
SEQUENCE:0
ORGANIZER;CN="Dana Reyes":mailto:dana.reyes@harbour.example
ATTENDEE;CN="Kim Adler";PARTSTAT=ACCEPTED:mailto:kim@adler.example
END:VEVENT
END:VCALENDAR
"""


def data_file(*appointments: Given) -> bytes:
    nothing: list[Given] = []
    held = [(one, PEOPLE, nothing) for one in appointments]
    return pst_file(
        [
            PstFolder("Inbox", [item(LETTERS[0])]),
            PstFolder("Sent Items", [item(LETTERS[1])]),
            PstFolder("Calendar", held, holds="IPF.Appointment"),
            PstFolder("Deleted Items", [(GONE, PEOPLE, [])]),
        ],
        names=NAMES,
    )


def subjects(desk: Desk) -> list[str]:
    lines = desk.exported("message")
    return sorted(line["subject"] for line in lines if line["channel"] == "meeting")


def test_a_calendar_in_a_data_file_is_read_as_one(desk: Desk, tmp_path: Path) -> None:
    saved = put(tmp_path / "saved", {"mail.pst": data_file(MEETING, WEEKLY)})
    assert desk.takes_in(saved) == (6, 0)
    assert subjects(desk) == ["Contract", *["Weekly call"] * 3]
    desk.run("me", "kim@adler.example")
    told = desk.run("show", "Dana Reyes", "--as-of", "2025-03-10").words
    assert "Contract" in told
    assert desk.takes_in(saved) == (0, 0)
    assert desk.asks("verify") == {"sound": True, "findings": []}
    reasons = [line["reason"] for line in desk.exported("problem")]
    assert reasons == ["This appointment lies among deleted items and was left out."]


def test_what_the_program_holds_itself_leaves_a_data_file_room(desk: Desk, tmp_path: Path) -> None:
    saved = put(tmp_path / "saved", {"mail.pst": data_file(MEETING)})
    held = bytearray(WORKER_BYTES)
    assert desk.takes_in(saved) == (3, 0)
    assert len(held) == WORKER_BYTES


def test_a_meeting_known_from_a_calendar_counts_once(desk: Desk, tmp_path: Path) -> None:
    calendar = put(tmp_path / "other", {"calendar.ics": CALENDAR.encode()})
    assert desk.takes_in(calendar) == (1, 0)
    saved = put(tmp_path / "saved", {"a.msg": msg_file(MEETING, PEOPLE, names=NAMES)})
    desk.takes_in(saved)
    desk.run("me", "kim@adler.example")
    found = desk.asks("meetings", "--as-of", "2025-03-10")
    assert str(found).count("'Contract'") == 1


def test_what_is_no_longer_in_the_calendar_of_a_data_file_stays_and_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    saved = put(tmp_path / "saved", {"mail.pst": data_file(MEETING, WEEKLY)})
    desk.takes_in(saved)
    put(saved, {"mail.pst": data_file(MEETING)})
    desk.takes_in(saved)
    assert subjects(desk) == ["Contract", *["Weekly call"] * 3]
    assert desk.asks("verify") == {"sound": True, "findings": []}

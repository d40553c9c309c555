"""A contact is one on every channel, for a reason shown; the owner has the last word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import ANSWERED, APART, ASKED, write_mbox

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Dana Reyes
EMAIL:dana.reyes@harbour.example
EMAIL:boats77@mail.example
TEL:+49 30 5550 1000
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Kim Adler
EMAIL:kim@adler.example
TEL:+49 30 5550 2000
END:VCARD
"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@adler.example
DTSTART:20240312T100000Z
DTEND:20240312T110000Z
SUMMARY:The boats
LOCATION:Pier 3
ORGANIZER:mailto:kim@adler.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:boats77@mail.example
ATTENDEE;CN=Dana Reyes;PARTSTAT=ACCEPTED:invalid:nomail
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    write_mbox(folder / "Inbox", [ASKED, APART])
    write_mbox(folder / "Sent", [ANSWERED])
    (folder / "contacts.vcf").write_text(CARDS)
    (folder / "calendar.ics").write_text(CALENDAR)
    return folder


def addresses(desk: Desk, who: str) -> dict[str, str]:
    card: dict[str, Any] = desk.asks("show", who)["card"]
    return {one["address"]: one["rule"] for one in card["addresses"]}


DANA = "dana.reyes@harbour.example"
MOBILE = "tel:+493055501000"
NAMED = "name:dana reyes"


def test_cards_numbers_and_names_lead_to_one_contact(records: Path, desk: Desk) -> None:
    desk.takes_in(records)
    assert addresses(desk, "+49 30 55501000") == {
        "boats77@mail.example": "alone",
        DANA: "card",
        MOBILE: "card",
        NAMED: "named_alike",
    }
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_a_meeting_stands_in_the_timeline_of_the_contact(records: Path, desk: Desk) -> None:
    desk.takes_in(records)
    channels = {one["entry"]["channel"] for one in desk.asks("show", DANA)["timeline"]}
    assert channels == {"mail", "meeting"}


def test_a_number_can_be_split_off_and_merged_again(records: Path, desk: Desk) -> None:
    desk.takes_in(records)
    desk.run("split", "+49 30 5550-1000")
    assert MOBILE not in addresses(desk, DANA)
    desk.run("merge", DANA, "+49 30 5550 1000")
    assert addresses(desk, DANA)[MOBILE] == "owner_said"
    desk.run("split", NAMED)
    assert NAMED not in addresses(desk, DANA)
    for _ in range(3):
        assert desk.run("undo").code == 0
    assert addresses(desk, DANA).keys() >= {MOBILE, NAMED}
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_the_owners_card_gives_the_owners_number(records: Path, desk: Desk) -> None:
    desk.takes_in(records)
    assert desk.run("me", "kim@adler.example").code == 0
    assert "tel:+493055502000" not in {line["key"] for line in desk.exported("contact")}
    assert desk.run("me", "+49 30 5550 3000").code == 0
    assert desk.run("me", "nonsense").code == 2


def test_an_address_taken_off_a_card_stands_alone_again(records: Path, desk: Desk) -> None:
    desk.takes_in(records)
    later = CARDS.replace("EMAIL:boats77@mail.example\n", "")
    (records / "contacts.vcf").write_text(later)
    desk.takes_in(records)
    assert addresses(desk, DANA).keys() == {DANA, MOBILE}  # and two bear the name now
    assert addresses(desk, "boats77@mail.example") == {"boats77@mail.example": "alone"}
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_a_second_of_the_name_parts_the_name_from_the_first(records: Path, desk: Desk) -> None:
    desk.takes_in(records)
    (records / "others.vcf").write_text(
        "BEGIN:VCARD\nFN:Dana Reyes\nEMAIL:dana@yard.example\nEND:VCARD\n"
    )
    desk.takes_in(records)
    assert NAMED not in addresses(desk, DANA)
    assert addresses(desk, NAMED) == {NAMED: "alone"}
    assert desk.asks("verify") == {"sound": True, "findings": []}

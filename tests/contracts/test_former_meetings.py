"""A meeting that leaves its calendar is shown as gone; never because of a bad reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk import Desk

AS_OF = ("--as-of", "2026-04-01")


def event(number: int, *, day: int = 0, more: str = "") -> str:
    lines = (
        "BEGIN:VEVENT", f"UID:quay-{number}@harbour.example", "DTSTAMP:20260301T080000Z",
        f"DTSTART:202604{day or number:02}T090000Z", f"DTEND:202604{day or number:02}T100000Z",
        f"SUMMARY:The quay\\, part {number}", "ORGANIZER:mailto:kim@adler.example",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@harbour.example", *filter(None, [more]),
        "END:VEVENT",
    )  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def calendar(*events: str) -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n"


EVERY = [event(number) for number in range(10, 16)]


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> Path:
    place = tmp_path / "calendar.ics"
    place.write_text(calendar(*EVERY), newline="")
    assert desk.takes_in(place) == (6, 0)
    assert desk.run("me", "kim@adler.example").code == 0
    return place


def rewritten(desk: Desk, file: Path, content: str) -> None:
    file.write_text(content, newline="")
    desk.takes_in(file)


def gone(desk: Desk) -> list[str]:
    listed = desk.asks("meetings", *AS_OF)["to_come"]
    return [one["title"] for one in listed if one["is_gone"]]


def test_a_meeting_taken_out_of_the_calendar_is_kept_and_shown_as_gone(
    desk: Desk, file: Path
) -> None:
    assert not gone(desk)
    rewritten(desk, file, calendar(*EVERY[:3], *EVERY[4:]))
    assert gone(desk) == ["The quay, part 13"]
    assert "no longer in the calendar" in " ".join(desk.run("meetings", *AS_OF).out.split())
    later = ("--as-of", "2026-05-01")
    assert "no longer in the calendar" in desk.run("show", "dana@harbour.example", *later).out
    assert len([one for one in desk.exported("message") if one["channel"] == "meeting"]) == 6
    assert desk.asks("verify") == {"sound": True, "findings": []}
    rewritten(desk, file, calendar(*EVERY))
    assert not gone(desk)


def test_an_empty_calendar_says_nothing_of_what_it_held(desk: Desk, file: Path) -> None:
    rewritten(desk, file, calendar())
    assert not gone(desk)
    file.write_bytes(b"")
    desk.run("import", file, "--workers", "1")
    assert not gone(desk)
    file.unlink()
    desk.run("import", file, "--workers", "1")
    assert not gone(desk)


def test_a_calendar_that_is_cut_off_says_nothing_of_what_came_after(desk: Desk, file: Path) -> None:
    whole = calendar(*EVERY[:2], *EVERY[3:])
    for cut in (whole.index("part 14"), whole.index("END:VCALENDAR")):
        rewritten(desk, file, whole[:cut])
        assert not gone(desk)
    rewritten(desk, file, whole)
    assert gone(desk) == ["The quay, part 12"]


def test_what_lies_before_the_first_one_kept_was_only_left_behind(desk: Desk, file: Path) -> None:
    rewritten(desk, file, calendar(*EVERY[3:]))
    assert not gone(desk)


def test_a_meeting_that_was_changed_is_not_gone(desk: Desk, file: Path) -> None:
    moved = event(13, day=20, more="SEQUENCE:1")
    retitled = event(12).replace("part 12", "another name")
    rewritten(desk, file, calendar(*EVERY[:2], retitled, moved, *EVERY[4:]))
    assert not gone(desk)


def test_a_meeting_that_another_calendar_holds_is_not_gone(desk: Desk, file: Path) -> None:
    other = file.with_name("shared.ics")
    other.write_text(calendar(EVERY[3]), newline="")
    desk.takes_in(other)
    rewritten(desk, file, calendar(*EVERY[:3], *EVERY[4:]))
    assert not gone(desk)

"""C2: by which way and when - in person where it can be, in their hours, never on a free day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.stories.conftest import Asked

ZONES = {
    "Dana Reyes": "America/New_York",
    "Hugh Penrose": "Europe/London",
    "Oliver Hartnell": "Europe/London",
    "Sabine Krüger": "Europe/Berlin",
    "Tan Wei Ling": "Asia/Singapore",
}


def outreach(ask: Asked, as_of: str) -> list[dict[str, Any]]:
    return [
        one
        for one in ask("next", as_of=as_of)
        if one["step"]["kind"] in {"meet", "call", "write", "raise"}
    ]


def test_whoever_lives_in_the_same_city_is_invited_before_anything_else(
    ask: Asked, truth: dict[str, Any]
) -> None:
    (hugh,) = [one for one in outreach(ask, truth["as_of"]) if one["contact"] == "Hugh Penrose"]
    assert (hugh["step"]["kind"], hugh["step"]["form"]) == ("meet", "invitation")
    assert "You are both in London" in hugh["step"]["why"][-1]


def test_a_call_follows_a_letter_that_found_no_answer_and_names_the_number(
    ask: Asked, truth: dict[str, Any]
) -> None:
    calls = [one for one in outreach(ask, truth["as_of"]) if one["step"]["kind"] == "call"]
    assert calls
    for one in calls:
        assert one["attempts"] >= 1
        assert "(+" in one["step"]["why"][-1]


def test_the_moment_lies_in_their_working_hours(ask: Asked, truth: dict[str, Any]) -> None:
    moments = {one["contact"]: one["step"]["not_before"] for one in outreach(ask, truth["as_of"])}
    for name, zone in ZONES.items():
        local = datetime.fromisoformat(moments[name]).astimezone(ZoneInfo(zone))
        assert local.weekday() < 5
        assert 9 <= local.hour < 17


def test_a_weekend_and_a_holiday_of_theirs_are_passed_over(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ascension Day is free in Germany, and a working day in England."""
    monkeypatch.setenv("GONEQUIET_STALE_AFTER_DAYS", "30")  # the demo ends some days before
    found = {one["contact"]: one for one in outreach(ask, "2026-05-13T20:00Z")}
    german = datetime.fromisoformat(found["Sabine Krüger"]["step"]["not_before"])
    english = datetime.fromisoformat(found["Oliver Hartnell"]["step"]["not_before"])
    assert german.date() == datetime(2026, 5, 15, tzinfo=UTC).date()
    assert english.date() == datetime(2026, 5, 14, tzinfo=UTC).date()


def test_a_matter_waits_for_a_meeting_that_is_planned(
    desk: Asked, truth: dict[str, Any], tmp_path: Any
) -> None:
    (tmp_path / "planned.ics").write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\nBEGIN:VEVENT\r\n"
        "UID:planned@brandtfield.example\r\nDTSTAMP:20260506T090000Z\r\n"
        "DTSTART:20260514T130000Z\r\nDTEND:20260514T140000Z\r\nSUMMARY:Steering group\r\n"
        "LOCATION:12 Quay Street\\, London\r\nORGANIZER:mailto:clara@brandtfield.example\r\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana.reyes@castellan.example\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
        "utf-8",
    )
    desk("import", str(tmp_path / "planned.ics"), "--workers", "1")
    steps = {one["contact"]: one["step"] for one in desk("next", "--as-of", truth["as_of"])}
    assert steps["Dana Reyes"]["kind"] == "raise"
    assert "Steering group" in steps["Dana Reyes"]["why"][-1]


def test_nobody_is_ever_visited_unasked(ask: Asked) -> None:
    says = [f"{one['step']['says']} {' '.join(one['step']['why'])}" for one in ask("next")]
    met = [one for one in ask("next") if one["step"]["kind"] == "meet"]
    assert met
    assert {one["step"]["form"] for one in met} == {"invitation"}
    assert not [one for one in says if any(word in one for word in ("visit", "drop by", "stop by"))]

"""C1-C3, E4, G2: whether, how, when and about what to reach out; the morning page."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked


def test_serious_silences_get_a_step_and_window_shoppers_rest(
    ask: Asked, truth: dict[str, Any]
) -> None:
    steps = {one["contact"]: one for one in ask("next")}
    for engagement in truth["engagements"]:
        named = [steps[name] for name in engagement["contacts"] if name in steps]
        for one in named:
            if engagement["standing"] == "window_shopping":
                assert one["step"]["kind"] in {"rest", "close", "wait"}
            elif engagement["standing"] == "serious" and engagement["state"] == "quiet":
                assert one["step"]["kind"] in {"raise", "meet", "call", "write", "wait"}


def test_a_step_names_the_matter_and_its_date_and_a_moment_in_their_hours(ask: Asked) -> None:
    written = [one for one in ask("next") if one["step"]["kind"] in {"write", "call", "meet"}]
    assert len(written) >= 5
    for one in written:
        title, day = one["pending"][0]
        assert title in one["step"]["says"]
        assert day.startswith("2026-")
        assert one["step"]["not_before"] > "2026-05-07"
        assert one["attempts"] < one["cap"]
        assert one["message_ids"]


def test_the_morning_page_holds_every_side(ask: Asked, truth: dict[str, Any]) -> None:
    page = ask("today")
    assert page["reach_out"]
    assert [one["message_id"] for one in page["owed"]] == [one["message_id"] for one in ask("owed")]
    assert all(one["state"] == "open" for one in page["promises"])
    assert page["recap"]
    assert page["let_go"]
    assert page["better_spent"]


def test_meetings_are_those_of_the_calendar(ask: Asked, truth: dict[str, Any]) -> None:
    found = ask("meetings")
    held = [one for one in truth["meetings"] if one["state"] == "held"]
    assert len({(one["title"], one["starts_at"]) for one in found["held"]}) >= 0.9 * len(held)
    assert any(one["is_due"] for one in found["rhythms"])

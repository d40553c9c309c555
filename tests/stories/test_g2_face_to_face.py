"""G2: how often people are met in person, who is due, and an invitation that is ready."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked


def test_the_share_of_meetings_in_person_is_that_of_the_calendar(
    ask: Asked, truth: dict[str, Any]
) -> None:
    held = [
        one
        for one in truth["meetings"]
        if one["state"] == "held" and "Laura Pemberton" in one["contacts"]
    ]
    (rhythm,) = ask("meetings", "Laura Pemberton")["rhythms"]
    assert rhythm["held"] == len(held)
    assert rhythm["in_person"] == sum(one["mode"] == "face_to_face" for one in held)


def test_who_is_due_by_their_own_rhythm_is_named_in_the_morning(ask: Asked) -> None:
    due = {one["contact"]: one for one in ask("meetings")["rhythms"] if one["is_due"]}
    page = {one["contact"]: one["days_since"] for one in ask("today")["meet"]}
    assert page.keys() == due.keys()
    for name, days in page.items():
        assert days >= 1.5 * due[name]["usual_gap_days"]


def test_the_invitation_asks_and_leaves_the_choice(ask: Asked, truth: dict[str, Any]) -> None:
    made = ask(
        "draft", "Laura Pemberton", "--as", "invitation", "--on", "2026-05-19", "--at", "14:00",
        "--print", "--as-of", truth["as_of"],
    )  # fmt: skip
    assert "Tuesday, 19 May" in made["body"]
    assert "14:00" in made["body"]
    assert made["findings"] == []

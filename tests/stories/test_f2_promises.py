"""F2: the owner's promises, due and overdue, with the words, the day and the message of each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.stories.conftest import Asked

Told = dict[str, Any]


def open_of_owner(truth: dict[str, Any]) -> list[Told]:
    return [
        one
        for one in truth["promises"]
        if one["owed_by"] == "owner" and one["state"] == "open" and one["due_on"]
    ]


def promises_of(desk: Asked, truth: dict[str, Any]) -> list[dict[str, Any]]:
    """The promises on the morning page of a desk of one's own."""
    return list(desk("today", "--as-of", truth["as_of"])["promises"])


def test_every_open_promise_of_the_owners_is_listed_by_its_day(
    ask: Asked, truth: dict[str, Any]
) -> None:
    found = ask("promises", "--side", "mine", "--state", "open")["promises"]
    planted = sorted(open_of_owner(truth), key=lambda one: str(one["due_on"]))
    assert [one["due_on"] for one in found] == [one["due_on"] for one in planted]
    assert [one["said"]["message_id"] for one in found] == [one["message_id"] for one in planted]


def test_what_is_overdue_and_what_is_due_soon_stands_on_the_morning_page(
    ask: Asked, truth: dict[str, Any]
) -> None:
    today = date.fromisoformat(truth["as_of"][:10])
    near = [
        one
        for one in open_of_owner(truth)
        if today - timedelta(days=60) <= date.fromisoformat(one["due_on"])
        and date.fromisoformat(one["due_on"]) <= today + timedelta(days=7)
    ]
    mine = [one for one in ask("today")["promises"] if one["side"] == "mine"]
    assert {one["said"]["message_id"] for one in mine} == {one["message_id"] for one in near}
    assert {one["due_on"] for one in mine if one["is_overdue"]} == {
        one["due_on"] for one in near if one["due_on"] < str(today)
    }


def test_once_it_is_done_it_is_kept_until_that_is_taken_back(
    desk: Asked, truth: dict[str, Any]
) -> None:
    def state() -> str:
        listed = desk("promises", "--all", "--side", "mine")["promises"]
        return str({one["key"]: one["state"] for one in listed}[late["key"]])

    (late,) = [one for one in promises_of(desk, truth) if one["is_overdue"]]
    desk("promises", "kept", late["key"])
    assert state() == "kept"
    desk("undo")
    assert state() == "open"  # months later, but the records end before it could lapse


def test_a_day_the_owner_moves_is_the_day_it_is_due(desk: Asked, truth: dict[str, Any]) -> None:
    (late,) = [one for one in promises_of(desk, truth) if one["is_overdue"]]
    desk("promises", "due", late["key"], "2026-05-11")
    moved = {one["key"]: one for one in promises_of(desk, truth)}[late["key"]]
    assert (moved["due_on"], moved["is_overdue"], moved["is_overruled"]) == (
        "2026-05-11",
        False,
        True,
    )


@pytest.mark.parametrize(
    ("zone", "is_overdue"), [("America/Los_Angeles", False), ("Asia/Tokyo", True)]
)
def test_a_day_is_over_when_it_is_over_where_the_owner_is(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, zone: str, is_overdue: bool
) -> None:
    monkeypatch.setenv("GONEQUIET_TIME_ZONE", zone)
    found = ask("promises", "--side", "mine", "--state", "open", as_of="2026-04-17T02:00Z")
    (late,) = [one for one in found["promises"] if one["due_on"] == "2026-04-16"]
    assert late["is_overdue"] is is_overdue

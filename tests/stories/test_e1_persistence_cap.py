"""E1: after so many outreaches the product stops proposing, whatever the address or channel."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Asked


def course_of(ask: Asked, organisation: str) -> dict[str, Any]:
    found = ask("triage", "--all")["engagements"]
    course: dict[str, Any] = next(
        one["course"] for one in found if one["organisation"] == organisation
    )
    return course


def test_the_outreaches_of_a_planted_silence_are_counted(ask: Asked, truth: dict[str, Any]) -> None:
    told = next(one for one in truth["silences"] if one["contact"] == "Marcus Bell")

    assert course_of(ask, "sablefinch.example")["attempts"] == len(told["follow_up_ids"]) == 2


def test_below_the_cap_an_outreach_may_be_proposed(ask: Asked) -> None:
    course = course_of(ask, "sablefinch.example")

    assert (course["state"], course["persistence_cap"]) == ("quiet", 3)
    assert course["may_reach_out"]


def test_at_the_cap_none_is_proposed_any_more(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONEQUIET_PERSISTENCE_CAP", "2")

    assert not course_of(ask, "sablefinch.example")["may_reach_out"]


@pytest.mark.parametrize("step", ["close", "freeze", "keep-warm"])
def test_what_the_owner_lets_rest_is_let_rest_until_it_is_taken_back(
    desk: Asked, step: str
) -> None:
    found = desk("triage", "--all")["engagements"]
    key = next(one["key"] for one in found if one["organisation"] == "sablefinch.example")
    desk("engagements", step, key, "--reason", "enough for this year")
    rested = course_of(desk, "sablefinch.example")

    assert not rested["may_reach_out"]
    assert rested["changes"][-1]["reason"] == "enough for this year"
    desk("undo")
    assert course_of(desk, "sablefinch.example")["may_reach_out"]


def test_what_is_frozen_can_be_thawed_and_not_twice(desk: Asked) -> None:
    desk("engagements", "freeze", "reseller terms")
    assert "frozen already" in desk("engagements", "freeze", "reseller terms", code=2)
    desk("engagements", "thaw", "reseller terms")

    assert course_of(desk, "quillon.example")["may_reach_out"]


def test_calls_count_as_letters_do_and_a_reminder_asked_for_all_the_same_is_questioned(
    desk: Asked, truth: dict[str, Any]
) -> None:
    as_of = ("--as-of", truth["as_of"])
    reminder = ("draft", "Dana Reyes", "--as", "reminder", "--print", *as_of)
    assert desk(*reminder)["doubts"] == []
    for day in ("2026-04-16T10:00Z", "2026-04-24T10:00Z"):
        desk("log", "called", "dana.reyes@castellan.example", "--no-answer", "--on", day)

    osprey = next(one for one in desk("next", *as_of) if one["name"] == "Osprey")
    assert (osprey["attempts"], osprey["step"]["kind"]) == (3, "close")
    (doubt,) = desk(*reminder)["doubts"]
    assert "3 attempts without an answer, and you set 3 as enough" in doubt
    assert desk("draft", "Dana Reyes", "--as", "closing", "--print", *as_of)["doubts"] == []


def test_a_letter_about_what_is_frozen_is_questioned(desk: Asked, truth: dict[str, Any]) -> None:
    desk("engagements", "freeze", "Osprey")
    (doubt,) = desk(
        "draft", "Dana Reyes", "--as", "reminder", "--print", "--as-of", truth["as_of"]
    )["doubts"]
    assert "You have frozen “Osprey”" in doubt

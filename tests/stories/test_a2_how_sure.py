"""A2: a reply probability with its horizon, interval and reasons, not a number of days."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked


def test_each_verdict_states_a_probability_inside_its_interval(ask: Asked) -> None:
    report = ask("quiet")

    assert report["horizon_days"] == 30
    for matter in report["quiet"] + report["waiting"]:
        low, high = matter["interval_90"]
        assert 0 <= low <= matter["probability"] <= high <= 1
        assert matter["reasons"]


def test_a_slow_but_reliable_contact_is_believed_in_longer(
    ask: Asked, truth: dict[str, Any]
) -> None:
    slow = {one["message_id"] for one in truth["non_silences"] if one["why"] == "slow_but_reliable"}
    waiting = {one["message_id"]: one for one in ask("quiet")["waiting"]}

    assert slow <= waiting.keys()
    assert all(waiting[one]["probability"] > 0.2 for one in slow)


def test_public_holidays_of_the_contact_are_no_wait(ask: Asked, truth: dict[str, Any]) -> None:
    away = {one["message_id"] for one in truth["non_silences"] if one["why"] == "public_holidays"}
    waiting = {one["message_id"]: one for one in ask("quiet")["waiting"]}

    assert {waiting[one]["waited_working_days"] for one in away} <= {0, 1, 2}


def test_a_silence_not_yet_quiet_says_when_to_look_again(ask: Asked) -> None:
    report = ask("quiet")

    assert all(one["look_again_at"] > report["as_of"] for one in report["waiting"])
    assert all(one["look_again_at"] is None for one in report["quiet"])

"""G1: serious partner or window-shopper, each engagement with its evidence and its benchmark."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.stories.conftest import Asked
from tests.support.some import some


@pytest.fixture(scope="module")
def planted(ask: Asked, truth: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each planted engagement with the proposed one that holds its first message."""
    homes = {message: one["key"] for one in ask("engagements") for message in one["message_ids"]}
    triaged = {one["key"]: one for one in ask("triage", "--all")["engagements"]}
    return [(told, triaged[homes[told["message_ids"][0]]]) for told in truth["engagements"]]


Planted = list[tuple[dict[str, Any], dict[str, Any]]]


def test_serious_partners_and_window_shoppers_come_out_right(planted: Planted) -> None:
    standings = {"serious": "serious", "window_shopping": "window-shopping"}

    assert Counter(told["standing"] for told, _ in planted) == {
        "serious": 7,
        "window_shopping": 4,
    }
    for told, found in some(planted):
        assert found["standing"] == standings[told["standing"]], told["name"]


def test_nobody_else_is_called_a_window_shopper(ask: Asked, planted: Planted) -> None:
    told = {found["key"] for one, found in planted if one["standing"] == "window_shopping"}
    found = ask("triage", "--all")["engagements"]

    assert {one["key"] for one in found if one["standing"] == "window-shopping"} == told


def test_a_planted_engagement_lies_in_one_proposed_engagement_of_its_kind(
    ask: Asked, planted: Planted
) -> None:
    held = {one["key"]: set(one["message_ids"]) for one in ask("engagements")}
    for told, found in some(planted):
        assert set(told["message_ids"]) <= held[found["key"]], told["name"]
        assert found["kind"] == told["kind"]
        assert set(told["contacts"]) <= set(found["people"])


def test_each_is_quiet_or_in_rhythm_as_it_was_planted(planted: Planted) -> None:
    for told, found in some(planted):
        state = found["course"]["state"]
        assert (state == "quiet") == (told["state"] == "quiet"), told["name"]


def test_every_standing_opens_to_quoted_words_with_their_message_and_day(planted: Planted) -> None:
    for _, found in some(planted):
        assert found["because"]
        for one in (*found["evidence"], *found["tangibles"]):
            assert one["quote"]
            assert one["rule"]
            assert one["message_id"]
            assert one["at"]


def test_what_speaks_against_a_window_shopping_matter_is_quoted(
    planted: Planted, truth: dict[str, Any]
) -> None:
    """Of the planted deferrals, those read are among the evidence."""
    for told, found in some(planted):
        if told["standing"] != "window_shopping":
            continue
        signs = [
            one["sentence"]
            for one in truth["signs"]
            if one["label"] == "deferral" and one["message_id"] in told["message_ids"]
        ]
        against = " ".join(one["quote"] for one in found["evidence"] if not one["speaks_for"])
        assert sum(" ".join(one.split()) in against for one in signs) >= len(signs) - 1


def test_the_share_that_carries_on_has_its_interval(planted: Planted) -> None:
    for _, found in some(planted):
        low, high = found["interval_90"]
        assert 0 <= low < found["share"] < high <= 1


def test_a_long_past_day_is_judged_by_what_was_known_then(ask: Asked) -> None:
    early = ask("triage", "--all", as_of="2025-03-31")["engagements"]

    assert early
    for one in early:
        assert one["last_at"] < "2025-04-01"
        assert all(found["at"] < "2025-04-01" for found in one["evidence"])

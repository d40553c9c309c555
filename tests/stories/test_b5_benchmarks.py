"""B5: what should exist after n interactions, by kind; the owner's own n, or too few for one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Asked
from tests.support.some import some


def line(engagement: dict[str, Any], what: str) -> dict[str, Any]:
    return next(one for one in engagement["benchmark"] if one["what"] == what)


def test_each_engagement_stands_somewhere_against_the_benchmark_of_its_kind(ask: Asked) -> None:
    for one in some(ask("triage")["engagements"]):
        assert line(one, "tangible")["state"] in {"there", "due", "not due yet"}
        assert "interactions" in line(one, "tangible")["expected"]


def test_planted_documents_meet_it_and_where_there_are_none_it_is_due(
    ask: Asked, truth: dict[str, Any]
) -> None:
    binding = {one["message_id"] for one in truth["tangibles"] if one["kind"] != "nda"}
    for one in some(ask("triage")["engagements"]):
        has = binding & {found["message_id"] for found in one["tangibles"]}
        assert (line(one, "tangible")["state"] == "there") == bool(has)


def test_the_planted_tangible_documents_are_all_found_and_no_others(
    ask: Asked, truth: dict[str, Any]
) -> None:
    found = {
        (one["message_id"], one["kind"], one["where"])
        for engagement in ask("triage")["engagements"]
        for one in engagement["tangibles"]
    }

    assert found == {(one["message_id"], one["kind"], one["where"]) for one in truth["tangibles"]}


def test_without_enough_that_ended_well_no_number_of_ones_own_is_proposed(ask: Asked) -> None:
    assert ask("triage")["proposed"]["all kinds"] == {
        "cases": 0,
        "interactions": None,
        "weeks": None,
    }


def test_what_the_owner_confirms_gives_a_number_of_their_own_with_its_interval(
    desk: Asked,
) -> None:
    serious = [one["key"] for one in desk("triage")["engagements"] if one["standing"] == "serious"]
    for key in serious:
        desk("engagements", "confirm", key)
    proposed = desk("triage")["proposed"]["all kinds"]

    assert proposed["cases"] == len(serious) >= 5
    many = proposed["interactions"]
    assert 0 < many["low"] <= many["value"]
    assert many["high"] is None or many["high"] >= many["value"]
    assert proposed["weeks"]["value"] > 0


def test_what_the_owner_refuses_meets_no_benchmark_until_it_is_taken_back(desk: Asked) -> None:
    def of_tanjong() -> dict[str, Any]:
        found: dict[str, Any] = next(
            one for one in desk("triage")["engagements"] if one["organisation"] == "tanjong.example"
        )
        return found

    desk("engagements", "refuse", of_tanjong()["key"], "loi")
    assert line(of_tanjong(), "tangible")["state"] == "due"
    assert of_tanjong()["standing"] == "uncertain"
    desk("undo")
    assert line(of_tanjong(), "tangible")["state"] == "there"


def test_the_settings_file_changes_the_benchmark_of_a_kind(
    desk: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "GONEQUIET_BENCHMARKS", '{"consulting": {"tangible": "9 interactions or 4 weeks"}}'
    )
    found = [one for one in desk("triage")["engagements"] if one["kind"] == "consulting"]

    assert {line(one, "tangible")["expected"] for one in found} == {"9 interactions or 4 weeks"}


def test_a_benchmark_that_cannot_be_read_is_refused_with_a_word_on_how(
    desk: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONEQUIET_BENCHMARKS", '{"pilot": {"tangible": "soon"}}')

    assert "6 interactions or 5 weeks" in desk("triage", code=2)

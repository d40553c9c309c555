"""B3: signs of ambivalence, each with its words, date and message."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Asked

LEADS = ("Marcus Bell", "Graham Sutcliffe", "Victor Lim", "Jonas Petersen")
KIND_OF_LABEL = {"hedge": "hedge", "deferral": "deferral", "rescheduling": "rescheduled"}


@pytest.mark.parametrize("lead", LEADS)
def test_a_planted_window_shopper_leans_ambivalent(ask: Asked, lead: str) -> None:
    report = ask("reflect", lead)

    assert report["verdict"] in {"ambivalent", "leaning_ambivalent"}
    assert report["interval_90"][1] < 0.5


def test_the_leads_are_those_who_were_planted(truth: dict[str, Any]) -> None:
    planted = {
        one["contacts"][0] for one in truth["engagements"] if one["standing"] == "window_shopping"
    }

    assert planted == set(LEADS)


@pytest.mark.parametrize("label", KIND_OF_LABEL)
def test_what_was_planted_is_found_and_quoted(
    ask: Asked, truth: dict[str, Any], label: str
) -> None:
    planted = [one for one in truth["signs"] if one["label"] == label and one["contact"] in LEADS]
    found = 0
    for one in planted:
        signs = ask("reflect", one["contact"])["signs"]
        words = " ".join(one["sentence"].split())
        found += any(
            sign["kind"] == KIND_OF_LABEL[label]
            and sign["message_id"] == one["message_id"]
            and (sign["quote"] in words or words in sign["quote"])
            for sign in signs
        )

    assert len(planted) >= 3
    assert found >= 0.95 * len(planted)


def test_nothing_is_read_as_ambivalence_that_was_not_planted(
    ask: Asked, truth: dict[str, Any]
) -> None:
    planted: dict[str, list[str]] = {}
    for one in truth["signs"]:
        planted.setdefault(one["message_id"], []).append(" ".join(one["sentence"].split()))
    partners = [name for one in truth["engagements"] for name in one["contacts"]]
    claims = [
        sign
        for name in partners
        for sign in ask("reflect", name)["signs"]
        if sign["kind"] in KIND_OF_LABEL.values() and sign["start"] >= 0
    ]
    false = [
        sign["quote"]
        for sign in claims
        if not any(
            sign["quote"] in words or words in sign["quote"]
            for words in planted.get(sign["message_id"], [])
        )
    ]

    assert len(claims) > 100
    assert len(false) <= 0.02 * len(claims), false


def test_lapsed_promises_count_against(ask: Asked, truth: dict[str, Any]) -> None:
    lapsed = [one for one in truth["promises"] if one["state"] == "lapsed"]
    for one in (promise for promise in lapsed if promise["owed_by"] in LEADS):
        signs = ask("reflect", one["owed_by"])["signs"]
        assert any(
            sign["kind"] == "promise_lapsed" and sign["message_id"] == one["message_id"]
            for sign in signs
        ), one


def test_the_question_nobody_answered_is_quoted(ask: Asked, truth: dict[str, Any]) -> None:
    for lead in LEADS:
        planted = [one for one in truth["silences"] if one["contact"] == lead]
        for one in planted:
            ids = {one["message_id"], *one["follow_up_ids"]}
            asked = {question["message_id"] for question in ask("reflect", lead)["unanswered"]}
            assert ids & asked, lead

"""B2: was there genuine commitment? Promises kept, effort, documents, people brought in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Asked

LEADS = (
    "Dana Reyes",
    "James Whitfield",
    "Oliver Hartnell",
    "Tan Wei Ling",
    "Priscilla Okafor",
    "Daniel Kowalski",
    "Katrin Vogel",
)


@pytest.mark.parametrize("lead", LEADS)
def test_a_serious_partner_is_seen_as_one(ask: Asked, lead: str) -> None:
    assert ask("reflect", lead)["verdict"] in {"committed", "leaning_committed"}


def test_the_leads_are_those_who_were_planted(truth: dict[str, Any]) -> None:
    planted = {one["contacts"][0] for one in truth["engagements"] if one["standing"] == "serious"}

    assert planted == set(LEADS)


def test_nobody_in_a_serious_engagement_leans_ambivalent(ask: Asked, truth: dict[str, Any]) -> None:
    for engagement in truth["engagements"]:
        if engagement["standing"] == "serious":
            for name in engagement["contacts"]:
                assert "ambivalent" not in ask("reflect", name)["verdict"], name


def test_planted_effort_is_quoted(ask: Asked, truth: dict[str, Any]) -> None:
    planted = [one for one in truth["signs"] if one["label"] == "effort"]
    found = 0
    for one in planted:
        signs = ask("reflect", one["contact"])["signs"]
        found += any(
            sign["kind"] == "effort" and sign["message_id"] == one["message_id"] for sign in signs
        )

    assert found >= 0.9 * len(planted)


def test_promises_kept_and_documents_signed_are_told(ask: Asked, truth: dict[str, Any]) -> None:
    kinds = {sign["kind"] for sign in ask("reflect", "Dana Reyes")["signs"]}
    signed = {one["message_id"] for one in truth["tangibles"] if one["contact"] == "Dana Reyes"}

    assert {"promise_kept", "signed"} <= kinds
    told = {
        sign["message_id"]
        for sign in ask("reflect", "Dana Reyes")["signs"]
        if sign["kind"] == "signed"
    }
    assert signed & told

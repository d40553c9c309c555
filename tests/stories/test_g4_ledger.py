"""G4: a ledger of both sides' commitments, each with its source, its state and its day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Asked
from tests.support.some import some

Promise = dict[str, Any]


def key_of(message_id: str, words: str) -> tuple[str, str]:
    return message_id, " ".join(words.lower().split())[:30]


@pytest.fixture(scope="module")
def ledger(ask: Asked) -> dict[tuple[str, str], Promise]:
    found: list[Promise] = ask("promises", "--all")["promises"]
    return {key_of(one["said"]["message_id"], one["said"]["words"]): one for one in found}


def planted(
    truth: dict[str, Any], ledger: dict[tuple[str, str], Promise]
) -> list[tuple[dict[str, Any], Promise]]:
    """Returns what was planted beside what was found; what is missing fails."""
    return [(told, the_one_found(told, ledger)) for told in truth["promises"]]


def the_one_found(told: dict[str, Any], ledger: dict[tuple[str, str], Promise]) -> Promise:
    message, words = key_of(told["message_id"], told["sentence"])
    (found,) = [
        one
        for one in ledger.values()
        if one["said"]["message_id"] == message
        and words in " ".join(one["said"]["words"].lower().split())
    ]
    return found


def test_every_planted_promise_is_found_and_nothing_else_is_recorded(
    truth: dict[str, Any], ledger: dict[tuple[str, str], Promise]
) -> None:
    assert len(planted(truth, ledger)) == len(truth["promises"]) == len(ledger)


def test_each_is_owed_by_the_one_who_made_it_and_due_on_its_day(
    truth: dict[str, Any], ledger: dict[tuple[str, str], Promise]
) -> None:
    for told, found in some(planted(truth, ledger)):
        by_owner = told["owed_by"] == "owner"
        other = told["owed_to"] if by_owner else told["owed_by"]
        assert found["side"] == ("mine" if by_owner else "theirs"), told
        assert other in {contact["name"] for contact in found["contacts"]}, told
        assert not told["due_on"] or found["due_on"] == told["due_on"], told


def test_each_stands_where_it_stands_with_the_message_that_shows_it(
    truth: dict[str, Any], ledger: dict[tuple[str, str], Promise]
) -> None:
    for told, found in some(planted(truth, ledger)):
        assert found["state"] == told["state"], told
        shown = (found["shown"] or {}).get("message_id", "")
        assert shown == told["evidence_id"], told


def test_the_owners_overdue_promise_is_named_first(ask: Asked, truth: dict[str, Any]) -> None:
    found = ask("promises", "--side", "mine")
    overdue = [
        one["message_id"]
        for one in truth["promises"]
        if one["owed_by"] == "owner"
        and one["state"] == "open"
        and "" < one["due_on"] < truth["as_of"][:10]
    ]

    named = [one["said"]["message_id"] for one in found["promises"] if one["is_overdue"]]
    assert named == overdue
    assert found["promises"][0]["is_overdue"]
    assert found["counts"]["mine"]["overdue"] == len(overdue) == 1


def test_before_it_was_said_there_was_no_promise(ask: Asked, truth: dict[str, Any]) -> None:
    then = ask("promises", "--all", as_of="2025-09-01")["promises"]

    assert 0 < len(then) < len(truth["promises"])
    assert max(one["said"]["at"] for one in then) < "2025-09-02"

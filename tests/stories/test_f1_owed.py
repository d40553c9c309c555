"""F1, F4: who waits for the owner, and the owner's own figures by the same ruler."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked


def test_everybody_who_waits_for_the_owner_is_found(ask: Asked, truth: dict[str, Any]) -> None:
    found = {one["message_id"] for one in ask("owed")}
    planted = {
        one["message_id"]
        for one in truth["waiting_on_owner"]
        if not _met_since(one["contact"], one["sent_at"], truth)
    }
    assert len(planted) >= 5
    assert planted <= found
    assert len(found) <= len(planted) + 1


def _met_since(contact: str, sent_at: str, truth: dict[str, Any]) -> bool:
    """Whether the owner met somebody after their mail, and so had a say."""
    return any(
        contact in one["contacts"] and one["state"] == "held" and one["starts_at"] > sent_at
        for one in truth["meetings"]
    )


def test_what_is_owed_opens_to_the_message_and_the_habit(ask: Asked) -> None:
    for one in ask("owed"):
        watched, answered = one["with_contact"]
        assert 0 <= answered <= watched
        assert one["waited_days"] > 5
        assert one["usual_share"] > 0.8


def test_the_owners_figures_are_those_of_a_careful_person_with_a_few_debts(ask: Asked) -> None:
    found = ask("figures")
    assert found["habit"]["share"] > 0.9
    assert found["promises"]["mine"]["kept"] > 20
    assert found["promises"]["mine"]["overdue"] + found["promises"]["mine"]["lapsed"] >= 1
    assert len(found["quarters"]) == 6

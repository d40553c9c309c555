"""F1: who waits for the owner, ranked by how long against the owner's own habit."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked
from tests.support.some import some


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
    for one in some(ask("owed")):
        watched, answered = one["with_contact"]
        assert 0 <= answered <= watched
        assert one["waited_days"] > 5
        assert one["usual_share"] > 0.8


def test_the_most_unusual_delay_stands_first_and_not_the_longest(ask: Asked) -> None:
    found = ask("owed")
    shares = [one["usual_share"] for one in found]
    assert shares == sorted(shares, reverse=True)
    assert [one["waited_days"] for one in found] != sorted(
        (one["waited_days"] for one in found), reverse=True
    )

"""D2: after a detached answer a catch-up is suggested, never demanded."""

from __future__ import annotations

from typing import Any

from gonequiet.language.tone import lint
from tests.stories.conftest import Asked
from tests.support.some import some


def test_a_detached_answer_is_followed_by_a_suggestion_that_asks_for_nothing(
    ask: Asked, truth: dict[str, Any]
) -> None:
    planted = {one["message_id"] for one in truth["responses"] if one["path"] == "detached"}
    found = [one for one in ask("answered") if one["message_id"] in planted]

    assert len(found) == len(planted) == 3
    for one in found:
        assert "Suggest a catch-up" in one["what_follows"]
        assert "ask for nothing" in one["what_follows"]


def test_what_is_said_of_it_names_no_fault_of_anybody(ask: Asked) -> None:
    for one in some(ask("answered")):
        assert not list(lint(f"{one['because']} {one['what_follows']}"))

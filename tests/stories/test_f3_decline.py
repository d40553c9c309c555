"""F3: instead of silence, a polite no or a hand-off to whoever waits for the owner."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Asked


@pytest.mark.parametrize("form", ["decline", "hand-off"])
def test_whoever_waits_longest_gets_an_answer_in_their_thread(
    ask: Asked, truth: dict[str, Any], form: str
) -> None:
    waiting = truth["waiting_on_owner"][0]
    draft = ask(
        "draft", waiting["addresses"][0], "--as", form, "--person", "Lea Ost", "--print",
        "--matter", waiting["subject"], "--as-of", truth["as_of"],
    )  # fmt: skip
    assert draft["reply_to"] == waiting["message_id"]
    assert waiting["subject"] in draft["body"]
    assert draft["findings"] == []

"""E2: the polite end has no condition, no loss, no deadline and no count."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.stories.conftest import Asked


def test_a_closing_note_thanks_leaves_the_door_open_and_asks_nothing(
    ask: Asked, truth: dict[str, Any]
) -> None:
    silence = truth["silences"][0]
    words = ("--as", "closing", "--print", "--as-of", truth["as_of"], "--language", "en")
    body = ask("draft", silence["addresses"][0], *words)["body"]
    own = body.replace(silence["subject"].removeprefix("Re: "), "")
    assert "Thank you" in own
    assert "whenever you like" in own
    assert not re.search(r"\d|\?|\b(?:if|unless|until|otherwise|last|final)\b", own, re.IGNORECASE)


@pytest.mark.parametrize(
    ("language", "thanks", "door"),
    [("en", "Thank you", "whenever you like"), ("de", "Vielen Dank", "jederzeit willkommen")],
)
def test_a_closing_call_says_the_same_and_has_a_message_for_nobody_picking_up(
    ask: Asked, truth: dict[str, Any], language: str, thanks: str, door: str
) -> None:
    silence = truth["silences"][0]
    words = ("--as", "closing-call", "--as-of", truth["as_of"], "--language", language)
    script = ask("draft", silence["addresses"][0], *words)

    said = script["body"].replace(silence["subject"].removeprefix("Re: "), "")
    assert said.count(thanks) >= 2  # in the talk, and in the message
    assert said.count(door) >= 1
    assert not re.search(r"\b(?:if|unless|until|otherwise|last|final|wenn|sonst|letzte\w*)\b", said)
    assert script["findings"] == []
    assert script["saved"] is None  # read, never sent


def test_at_the_cap_a_closing_call_is_the_step_where_nobody_was_called(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONEQUIET_PERSISTENCE_CAP", "1")
    ends = [one["step"] for one in ask("next") if one["step"]["kind"] == "close"]

    assert {one["form"] for one in ends} == {"closing", "closing-call"}
    assert all(one["says"].endswith("or let it rest") for one in ends)

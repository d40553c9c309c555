"""E4: what is let go frees attention, and the page says whose it is better spent on."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked
from tests.support.some import some


def test_freed_attention_goes_to_who_waits_and_to_what_moves(ask: Asked) -> None:
    page = ask("today")
    named = {one["contact"]: one["why"] for one in page["better_spent"]}
    waiting = {one["contact"] for one in page["owed"]}
    assert page["let_go"]
    assert {name for name, why in named.items() if why == "waits for your answer"} <= waiting
    assert any(why.endswith("moves on") for why in named.values())


def test_nobody_who_is_let_go_is_named_as_worth_the_attention(ask: Asked) -> None:
    page = ask("today")
    let_go = {one["contact"] for one in page["let_go"]}
    assert let_go.isdisjoint(one["contact"] for one in page["better_spent"])


def test_what_is_let_go_says_why_and_only_window_shoppers_are(
    ask: Asked, truth: dict[str, Any]
) -> None:
    shopping = {
        name
        for one in truth["engagements"]
        if one["standing"] == "window_shopping"
        for name in one["contacts"]
    }
    for one in some(ask("today")["let_go"]):
        assert one["contact"] in shopping
        assert one["step"]["why"]

"""E2: the polite end has no condition, no loss, no deadline and no count."""

from __future__ import annotations

import re
from typing import Any

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

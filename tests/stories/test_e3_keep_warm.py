"""E3: keep-warm asks for nothing, and who comes back is welcomed as if nothing had happened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories.conftest import Asked

BEFORE, SOON = "2025-06-10", "2025-06-11"


def of_castellan(desk: Asked, as_of: str) -> dict[str, Any]:
    found = desk("triage", "--all", as_of=as_of)["engagements"]
    return next(one for one in found if one["organisation"] == "castellan.example")


@pytest.mark.parametrize(("step", "state"), [("keep-warm", "keep-warm"), ("close", "closed")])
def test_whoever_writes_again_finds_the_door_open(desk: Asked, step: str, state: str) -> None:
    key = of_castellan(desk, BEFORE)["key"]
    desk("engagements", step, key, as_of=BEFORE)
    rested = of_castellan(desk, SOON)["course"]
    back = of_castellan(desk, "2025-10-31")["course"]
    returned = next(change for change in back["changes"] if change["before"] == state)

    assert rested["state"] == state
    assert not rested["may_reach_out"]
    assert returned["after"] in {"in rhythm", "answered, no plan yet"}
    assert returned["message_id"]
    assert back["state"] != state


def test_the_light_touch_comes_seldom_and_asks_for_nothing(
    desk: Asked, monkeypatch: pytest.MonkeyPatch, truth: dict[str, Any]
) -> None:
    monkeypatch.setenv("GONEQUIET_STALE_AFTER_DAYS", "365")
    desk("engagements", "keep-warm", "Partner rates")

    def step(day: str) -> dict[str, Any]:
        (found,) = [one for one in desk("next", "--as-of", day) if one["name"] == "Partner rates"]
        return dict(found["step"])

    soon, later = step("2026-06-01"), step("2026-10-01")
    assert (soon["kind"], soon["form"]) == ("wait", "")
    assert soon["says"].startswith("A light touch after ")
    assert (later["says"], later["form"]) == ("A light touch that asks for nothing", "keep-warm")
    words = ("--as", "keep-warm", "--print", "--as-of", truth["as_of"])
    draft = desk("draft", "Tan Wei Ling", *words)
    assert "?" not in draft["body"]
    assert draft["findings"] == []


def test_a_return_bears_no_reproach_and_no_count(desk: Asked) -> None:
    key = of_castellan(desk, BEFORE)["key"]
    desk("engagements", "close", key, as_of=BEFORE)
    back = of_castellan(desk, "2025-07-31")["course"]

    assert back["attempts"] == 0
    assert {change["reason"] for change in back["changes"] if change["before"] == "closed"} == {
        "they wrote"
    }


def test_a_reply_to_what_was_closed_is_read_by_what_it_answers(desk: Asked, tmp_path: Path) -> None:
    desk("engagements", "close", "Partner rates", "--reason", "they went elsewhere")
    letter = "\n".join(
        (
            "From: Tan Wei Ling <weiling.tan@tanjong.example>",
            "To: Clara Brandt <clara@brandtfield.example>",
            "Subject: Re: Draft partnership agreement",
            "Date: Fri, 08 May 2026 09:00:00 +0800",
            "Message-ID: <return1@tanjong.example>",
            "",
            "Hi Clara,",
            "",
            "sorry for the silence. The draft is fine with us; could we sign on 20 May?",
            "",
            "Wei Ling",
        )
    )
    (tmp_path / "return.eml").write_text(letter, "utf-8")
    desk("import", str(tmp_path / "return.eml"), "--workers", "1")

    (step,) = [
        one for one in desk("next", "--as-of", "2026-05-09") if one["name"] == "Partner rates"
    ]
    assert (step["state"], step["attempts"]) == ("answered, no plan yet", 0)
    assert step["step"]["kind"] == "agree"

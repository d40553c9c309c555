"""D1: a response after a silence is reaffirmed, detached, avoidant, or none, with its evidence."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked
from tests.support.some import some


def test_every_planted_response_takes_its_path(ask: Asked, truth: dict[str, Any]) -> None:
    found = {one["message_id"]: one for one in ask("answered")}

    for told in some(truth["responses"]):
        read = found[told["message_id"]]
        assert (read["contact"], read["path"]) == (told["contact"], told["path"])
        assert read["asked_id"] == told["opening_id"] or told["path"] != "none"


def test_nobody_is_said_to_have_let_a_matter_go_who_has_not(
    ask: Asked, truth: dict[str, Any]
) -> None:
    planted = {one["message_id"] for one in truth["responses"] if one["path"] == "detached"}
    read = {one["message_id"] for one in ask("answered") if one["path"] == "detached"}

    assert read == planted


def test_what_seems_avoidant_puts_off_in_so_many_words(ask: Asked, truth: dict[str, Any]) -> None:
    """One of them is not planted as a response: an ordinary mail of a window-shopper."""
    planted = {one["message_id"] for one in truth["responses"] if one["path"] == "avoidant"}
    shoppers = {
        name
        for one in truth["engagements"]
        if one["standing"] == "window_shopping"
        for name in one["contacts"]
    }
    for one in some([one for one in ask("answered") if one["path"] == "avoidant"]):
        assert one["message_id"] in planted or one["contact"] in shoppers
        assert "deferral" in {sign["sign"] for sign in one["evidence"]}


def test_each_path_opens_to_the_words_it_was_read_from(ask: Asked) -> None:
    for one in some(ask("answered")):
        assert one["because"]
        assert one["what_follows"]
        assert one["evidence"] or one["path"] == "none"


def test_only_what_waited_long_enough_was_a_silence(ask: Asked) -> None:
    assert min(one["waited_working_days"] for one in ask("answered")) >= 10


def test_only_what_had_come_by_then_is_read(ask: Asked) -> None:
    early = ask("answered", as_of="2025-12-31")

    assert early
    assert max(one["answered_at"] for one in early) < "2026-01-01"


def test_the_owners_word_outranks_the_reading_until_it_is_taken_back(
    desk: Asked, truth: dict[str, Any]
) -> None:
    told = next(one for one in truth["responses"] if one["contact"] == "Tilly Garrod")

    def path() -> tuple[str, bool]:
        found = desk("answered", "Tilly Garrod")
        read = next(one for one in found if one["message_id"] == told["message_id"])
        return read["path"], read["is_said"]

    assert path() == ("avoidant", False)
    desk("answered", "--say", told["message_id"][:8], "reaffirmed")
    assert path() == ("reaffirmed", True)
    desk("undo")
    assert path() == ("avoidant", False)


def test_a_path_there_is_not_is_refused(desk: Asked) -> None:
    assert "There are reaffirmed" in desk("answered", "--say", "abc", "warm", code=2)

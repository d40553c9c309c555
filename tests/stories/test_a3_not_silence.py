"""A3: what only looks like silence is none, and is listed as set aside."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Asked
from tests.support.planted import NOT_SILENCE


@pytest.mark.parametrize("why", NOT_SILENCE)
def test_what_only_looks_like_silence_is_not_called_quiet(
    ask: Asked, truth: dict[str, Any], why: str
) -> None:
    planted = {one["message_id"] for one in truth["non_silences"] if one["why"] == why}
    quiet = {one["message_id"] for one in ask("quiet")["quiet"]}

    assert planted
    assert not planted & quiet


def test_every_kind_of_planted_non_silence_is_told_here(truth: dict[str, Any]) -> None:
    assert {one["why"] for one in truth["non_silences"]} == set(NOT_SILENCE)


def test_what_was_set_aside_is_counted_with_its_reason(ask: Asked) -> None:
    aside = ask("quiet")["set_aside"]

    assert aside["away"] == 3
    assert aside["bounced"] >= 4
    assert aside["colleague_answered"] >= 3
    assert aside["no_answer_expected"] > 0


def test_lists_and_machines_are_no_contacts(ask: Asked, truth: dict[str, Any]) -> None:
    contacts = {
        address["address"] for one in ask("contacts", "--all") for address in one["addresses"]
    }

    assert not contacts & set(truth["set_aside"])


def test_verdicts_are_withheld_when_the_records_have_gone_stale(ask: Asked) -> None:
    report = ask("quiet", as_of="2026-06-30")

    assert [one["kind"] for one in report["doubts"]] == ["stale"]
    assert all(one["withheld"] for one in report["quiet"])

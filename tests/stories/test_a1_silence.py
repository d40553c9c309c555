"""A1: who has gone quiet - every planted silence is found, and nothing else."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked


def test_every_planted_silence_is_found_and_nobody_else(ask: Asked, truth: dict[str, Any]) -> None:
    found = {one["message_id"] for one in ask("quiet")["quiet"]}

    assert found == {one["message_id"] for one in truth["silences"]}


def test_each_silence_names_the_contact_and_the_matter(ask: Asked, truth: dict[str, Any]) -> None:
    found = {one["message_id"]: one for one in ask("quiet")["quiet"]}

    for planted in truth["silences"]:
        matter = found[planted["message_id"]]
        assert matter["contact"] == planted["contact"]
        assert matter["matter"] == planted["subject"]
        assert matter["waited_working_days"] >= 15


def test_before_it_was_asked_nothing_was_quiet(ask: Asked, truth: dict[str, Any]) -> None:
    report = ask("quiet", as_of="2026-02-20")
    planted = {one["message_id"] for one in truth["silences"]}

    assert not planted & {one["message_id"] for one in report["quiet"]}

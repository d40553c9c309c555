"""A4: nothing is owed either way, but the exchange has faded against its own rhythm."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked


def test_the_drifting_friends_are_found_and_nobody_else(ask: Asked, truth: dict[str, Any]) -> None:
    found = {one["name"] for one in ask("drifting")}

    assert found == {one["contact"] for one in truth["drifting"]}


def test_who_is_waited_for_is_quiet_and_not_drifting(ask: Asked) -> None:
    quiet = {one["contact"] for one in ask("quiet")["quiet"]}

    assert not quiet & {one["name"] for one in ask("drifting")}

"""F4: the owner's own figures by the ruler that is laid on others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.stories.conftest import Asked


def test_the_owners_figures_are_those_of_a_careful_person_with_a_few_debts(ask: Asked) -> None:
    found = ask("figures")
    assert found["habit"]["share"] > 0.9
    assert 1 < found["habit"]["median_hours"] < 48
    assert found["owed"] == len(ask("owed"))


def test_promises_kept_are_a_share_with_its_interval_for_both_sides(
    ask: Asked, truth: dict[str, Any]
) -> None:
    found = ask("figures")["promises_kept"]
    for side in ("mine", "theirs"):
        planted = [
            one for one in truth["promises"] if (one["owed_by"] == "owner") == (side == "mine")
        ]
        states = [one["state"] for one in planted]
        low, high = found[side]["interval_90"]
        assert found[side]["kept"] == states.count("kept")
        assert found[side]["lapsed"] == states.count("lapsed")
        assert 0 < low < found[side]["share"] < high < 1


def test_a_contacts_promises_are_weighed_as_the_owners_are(desk: Asked) -> None:
    everybody = desk("figures", "--as-of", "2026-05-07T16:30Z")["promises_kept"]["theirs"]
    one = desk("reference", "Dana Reyes", "--as-of", "2026-05-07T16:30Z")["reliability"]
    assert set(one) == set(everybody)
    assert one["interval_90"][1] - one["interval_90"][0] > (
        everybody["interval_90"][1] - everybody["interval_90"][0]
    )


def test_the_figures_run_over_time_quarter_by_quarter(ask: Asked) -> None:
    found = ask("figures")
    starts = [datetime.fromisoformat(one["from"]) for one in found["quarters"]]
    assert [one.month for one in starts] == [1, 4, 7, 10, 1, 4]
    assert {one.day for one in starts} == {1}
    assert all(one.tzinfo == UTC for one in starts)
    assert sum(one["asked"] for one in found["quarters"]) <= found["habit"]["asked"]
    assert all(one["share"] > 0.9 for one in found["quarters"])


def test_what_was_known_then_makes_the_figures_of_then(ask: Asked) -> None:
    then, now = ask("figures", as_of="2025-10-01"), ask("figures")
    assert 0 < then["habit"]["asked"] < now["habit"]["asked"]
    assert then["promises_kept"]["mine"]["kept"] < now["promises_kept"]["mine"]["kept"]

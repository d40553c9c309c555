"""D3: back on track only with a dated next step by each side; before that, answered, no plan."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Asked

ANSWERED = "2026-01-31"
LATER = "2026-02-03"
OURS, THEIRS = "me: send the figures by 2026-02-06", "them: file the return by 2026-02-13"


def engagement(desk: Asked, key: str, as_of: str) -> dict[str, Any]:
    found = desk("triage", "--all", as_of=as_of)["engagements"]
    return next(one for one in found if one["key"] == key)


def answered_key(desk: Asked) -> str:
    found = desk("triage", "--all", as_of=ANSWERED)["engagements"]
    state = "answered, no plan yet"
    return str(next(one["key"] for one in found if one["course"]["state"] == state))


def test_an_engagement_that_was_answered_waits_for_its_plan(desk: Asked) -> None:
    course = engagement(desk, answered_key(desk), ANSWERED)["course"]

    assert course["plan"] == []
    assert any(change["event"] == "reaffirmed" for change in course["changes"])


def test_with_a_dated_step_of_each_side_it_is_on_track_until_that_is_taken_back(
    desk: Asked,
) -> None:
    key = answered_key(desk)
    desk("engagements", "plan", key, OURS, THEIRS, as_of=ANSWERED)
    course = engagement(desk, key, ANSWERED)["course"]

    assert course["state"] == "on track"
    assert [(step["owed_by"], step["due_on"]) for step in course["plan"]] == [
        ("owner", "2026-02-06"),
        ("contact", "2026-02-13"),
    ]
    assert course["changes"][-1]["is_owners"]
    desk("undo")
    assert engagement(desk, key, ANSWERED)["course"]["state"] == "answered, no plan yet"


def test_a_step_without_a_day_is_refused(desk: Asked) -> None:
    key = answered_key(desk)

    assert "2026-03-04" in desk(
        "engagements", "plan", key, "me: send the figures soon", code=2, as_of=ANSWERED
    )
    assert "dated step" in desk("engagements", "plan", key, code=2, as_of=ANSWERED)


def test_whatever_is_on_track_has_a_step_for_each_side_that_owes(ask: Asked) -> None:
    seen = 0
    for as_of in ("2025-06-30", "2025-11-30", "2026-02-28", "2026-05-07T16:30Z"):
        for one in ask("triage", "--all", as_of=as_of)["engagements"]:
            plan = one["course"]["plan"]
            assert (one["course"]["state"] == "on track") == bool(plan)
            assert all(step["due_on"] for step in plan)
            seen += bool(plan)

    assert seen >= 3

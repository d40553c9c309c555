"""The moment a question is asked for, in the forms people write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import THREE, write_mbox

JUDGING = [
    *("today", "next", "meetings", "quiet", "owed", "figures", "drifting", "triage"),
    *("engagements", "answered", "promises", "status", "backtest"),
]


@pytest.fixture
def box(tmp_path: Path, desk: Desk) -> Desk:
    desk.takes_in(write_mbox(tmp_path / "mail" / "Sent.mbox", THREE))
    desk.run("me", "kim@adler.example")
    return desk


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2025-03-20", "2025-03-20T23:59:59Z"),
        ("20250320", "2025-03-20T23:59:59Z"),
        ("2025-03-20T09:00", "2025-03-20T09:00:00Z"),
        ("2025-03-20 09:00Z", "2025-03-20T09:00:00Z"),
        ("2025-03-20T09:00+02:00", "2025-03-20T07:00:00Z"),
        ("1970-01-01", "1970-01-01T23:59:59Z"),
        ("2999-12-31", "2999-12-31T23:59:59Z"),
    ],
)
def test_a_day_means_its_end_and_a_moment_itself(box: Desk, given: str, meant: str) -> None:
    assert box.asks("quiet", "--as-of", given)["as_of"] == meant


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2025-03-20", "2025-03-21T06:59:59Z"),
        ("2025-01-20", "2025-01-21T07:59:59Z"),
        ("2025-03-20T09:00", "2025-03-20T16:00:00Z"),
        ("2025-03-20T09:00Z", "2025-03-20T09:00:00Z"),
    ],
)
def test_a_day_is_one_where_the_owner_is(
    box: Desk, monkeypatch: pytest.MonkeyPatch, given: str, meant: str
) -> None:
    monkeypatch.setenv("GONEQUIET_TIME_ZONE", "America/Los_Angeles")
    assert box.asks("quiet", "--as-of", given)["as_of"] == meant


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Los_Angeles", "Tuesday, 4 March 2025"),
        ("UTC", "Wednesday, 5 March 2025"),
        ("Asia/Tokyo", "Wednesday, 5 March 2025"),
    ],
)
def test_the_morning_page_bears_the_day_on_the_owners_wall(
    box: Desk, monkeypatch: pytest.MonkeyPatch, zone: str, day: str
) -> None:
    monkeypatch.setenv("GONEQUIET_TIME_ZONE", zone)
    assert box.run("today", "--as-of", "2025-03-05T03:00Z").out.startswith(day)


def test_the_machine_has_a_wall_clock_where_no_zone_is_set(
    box: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert box.asks("quiet", "--as-of", "2025-03-20")["as_of"] == "2025-03-21T06:59:59Z"


@pytest.mark.parametrize(
    "given",
    [
        *("", "soon", "2025-3-20", "20.03.2025", "2025-02-30", "2025-03", "2025-W12-4"),
        *("0001-01-01", "1969-12-31", "9999-12-31", "1742461200", "2025-03-20T25:00", "٢٠٢٥-٠٣-٢٠"),
    ],
)
def test_what_is_no_day_a_record_could_bear_is_wrong_usage(box: Desk, given: str) -> None:
    answer = box.run("quiet", f"--as-of={given}")
    assert (answer.code, answer.out) == (2, "")
    assert "date" in answer.err


@pytest.mark.parametrize("command", JUDGING)
@pytest.mark.parametrize("given", ["1970-01-01", "2025-03-04", "2999-12-31"])
def test_every_question_can_be_asked_of_a_day_long_before_or_after(
    box: Desk, command: str, given: str
) -> None:
    assert box.asks(command, "--as-of", given) is not None

"""Days are the owner's, wherever one is said: east and west of Greenwich it may be another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faces.test_next_steps import take_in
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, Letter

EVENING = datetime(2025, 7, 1, 2, 30, tzinfo=UTC)
"""Still the last of June in Vancouver, and well into July in Auckland."""


@pytest.fixture(params=[("America/Vancouver", "30 Jun"), ("Pacific/Auckland", "01 Jul")])
def there(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    zone, day = request.param
    monkeypatch.setenv("GONEQUIET_TIME_ZONE", zone)
    return str(day)


@pytest.fixture
def box(desk: Desk, tmp_path: Path, there: str) -> Desk:
    letter = Letter(DANA, OWNER, "News", "We moved.\n", EVENING, "late@harbour.example")
    note = Letter(OWNER, OWNER, "Note", "To myself.\n", EVENING, "note@adler.example")
    take_in(desk, tmp_path / "mail", [letter], [note])
    return desk


def test_the_day_the_records_end_and_the_day_to_judge_by_are_the_owners(
    box: Desk, there: str
) -> None:
    later = f"{EVENING + timedelta(days=90):%Y-%m-%d}"
    (doubt, *_) = box.asks("quiet", "--as-of", later)["doubts"]
    sentence = doubt["sentence"]

    assert f"{there} 2025" in sentence
    named = sentence.partition("--as-of ")[2].rstrip(".")
    assert box.asks("quiet", "--as-of", named)["doubts"] == []
    (shown,) = box.asks("show", "Dana Reyes", "--as-of", named)["timeline"][-1:]
    assert shown["entry"]["subject"] == "News"  # the day named holds the last letter


def test_a_half_year_begins_where_the_owner_is(box: Desk, there: str) -> None:
    people = box.asks("reflect", "Dana Reyes", "--as-of", "2025-08-01")["balance"]["people"]
    assert len(people) == 2 if there == "01 Jul" else 1


def test_a_row_without_a_zone_is_read_by_the_owners_wall_clock(
    box: Desk, tmp_path: Path, there: str
) -> None:
    table = tmp_path / "calls.csv"
    rows = ["2025-06-30T09:00", "2025-06-30", "2025-06-30T09:00Z"]
    head = "contact,kind,at\n"
    table.write_text(head + "".join(f"Dana Reyes,met,{one}\n" for one in rows), "utf-8")

    made = box.run("logged", "--read", table, "--json").json["logged"]
    hours = {"30 Jun": ["16:00", "19:00", "09:00"], "01 Jul": ["21:00", "00:00", "09:00"]}[there]
    assert [one["at"][11:16] for one in made] == hours

"""References by the command line: recorded with a source, expiring, erased with the contact."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import THREE, write_mbox

DANA = "dana.reyes@harbour.example"
SAID = ("--says", "never missed a date", "--by", "Greg Tolliver", "--on", "2025-01-10")


@pytest.fixture
def box(tmp_path: Path, desk: Desk) -> Desk:
    desk.takes_in(write_mbox(tmp_path / "Inbox.mbox", THREE))
    return desk


def test_a_reference_is_kept_with_its_source_and_taken_back(box: Desk) -> None:
    found = box.asks("reference", DANA, *SAID, "--fact", "--leaning", "reliable")
    (one,) = found["references"]
    assert (one["says"], one["said_by"], one["is_fact"]) == (*SAID[1:4:2], True)
    assert found["reliability"]["references"] == 1
    box.run("undo")
    assert box.asks("reference", DANA)["references"] == []


def test_a_reference_is_removed_and_expires(box: Desk) -> None:
    (one,) = box.asks("reference", DANA, *SAID)["references"]
    later = box.asks("reference", DANA, "--as-of", "2031-01-01")
    assert (later["references"], later["expired"]) == ([], 1)
    assert box.asks("reference", DANA, "--remove", str(one["number"]))["references"] == []


def test_a_reference_goes_with_the_contact(box: Desk) -> None:
    box.asks("reference", DANA, *SAID)
    assert "reference" in {one["verb"] for one in box.asks("whole", DANA)["said_by_you"]}
    box.run("erase", DANA, "--yes")
    assert b"never missed a date" not in box.db.read_bytes()


@pytest.mark.parametrize(
    "wrong",
    [("--says", "x"), ("--by", "x"), (*SAID[:4], "--on", "2199-01-01"), ("--remove", "99")],
)
def test_what_names_no_source_is_refused(box: Desk, wrong: tuple[str, ...]) -> None:
    assert box.run("reference", DANA, *wrong).code in (1, 2)
    assert box.asks("reference", DANA)["references"] == []

"""C1, C2, G4: the morning page as it is read: few things, each with its reason and one step."""

from __future__ import annotations

import contextlib
import io
import shlex
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gonequiet.cli.entry import run
from tests.stories.conftest import Asked
from tests.support.desk import Desk


def printed(place: Path, *words: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        assert run([*words, "--db", str(place / "demo.db")]) in (0, 1)
    return out.getvalue()


@pytest.fixture(scope="module")
def page(place: Path, truth: dict[str, Any]) -> str:
    return printed(place, "today", "--as-of", truth["as_of"])


def section(page: str, title: str) -> list[str]:
    """Returns the lines below a heading."""
    lines = page.split(f"\n{title}\n", 1)[1].split("\n")
    return lines[: lines.index("")]


def test_the_page_fits_eighty_columns_and_begins_with_the_day_and_what_there_is(page: str) -> None:
    assert max(map(len, page.split("\n"))) <= 80
    first, second = page.split("\n")[:2]
    assert first == "Thursday, 7 May 2026"
    assert "steps, " in second
    assert "answers owed" in second


def test_every_step_has_its_reason_and_a_command_that_can_be_run(
    page: str, place: Path, truth: dict[str, Any]
) -> None:
    steps = section(page, "Worth a step of yours")
    commands = [line.split("gonequiet ", 1)[1] for line in steps if "gonequiet draft" in line]
    assert len(commands) == sum(line.startswith("  ") and line[2] != " " for line in steps) - 1
    assert sum("No answer since" in line for line in steps) == len(commands)
    for command in commands:
        if "invitation" not in command:
            words = shlex.split(command)
            assert "To:" in printed(place, *words, "--print", "--as-of", truth["as_of"])


def test_nobody_is_turned_to_twice_in_a_morning(ask: Asked) -> None:
    found = ask("today")
    turned_to = Counter(one["contact_key"] for one in found["reach_out"])
    assert set(turned_to.values()) == {1}
    assert not turned_to.keys() & {one["contact_key"] for one in found["let_go"]}


def test_what_is_most_tangible_is_taken_up_first(ask: Asked) -> None:
    outreach = [one for one in ask("next") if one["step"]["kind"] in {"meet", "call", "write"}]
    standings = [one["standing"] for one in outreach]
    assert standings == sorted(standings)  # "serious" before "uncertain"
    assert outreach[0]["contact"] == "Dana Reyes"


def test_a_step_they_owe_and_whose_day_is_to_come_is_waited_for(ask: Asked) -> None:
    (theirs,) = [one for one in ask("next") if one["state"] == "on track"]
    assert theirs["step"]["kind"] == "wait"
    assert theirs["contact"] not in {one["contact"] for one in ask("today")["reach_out"]}


def test_a_meeting_that_was_recapped_leaves_the_page(
    place: Path, truth: dict[str, Any], tmp_path: Path
) -> None:
    own = Desk(Path(shutil.copy(place / "demo.db", tmp_path / "own.db")))
    as_of = ("--as-of", truth["as_of"])
    notes = tmp_path / "notes.txt"
    notes.write_text("Michael: data room list by 12 May\n", "utf-8")
    (meeting,) = own.asks("today", *as_of)["recap"]
    folder = ("--to-folder", tmp_path / "drafts")
    own.asks("recap", meeting["contact_key"], "--notes", notes, "--yes", *folder, *as_of)
    assert own.asks("today", *as_of)["recap"] == []

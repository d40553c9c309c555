"""Slips of the hand: a wrong file name, a number too many, an empty word. They cost nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import THREE, write_mbox

DANA = "dana.reyes@harbour.example"


@pytest.fixture
def filled(tmp_path: Path, desk: Desk) -> Desk:
    desk.takes_in(write_mbox(tmp_path / "mail" / "Sent.mbox", THREE))
    desk.run("me", "kim@adler.example")
    return desk


@pytest.mark.parametrize(
    "command",
    [
        *(("export", "--out"), ("backup",), ("backtest", "--svg")),
        *(("whole", DANA, "--out"), ("whole", DANA, "--html")),
    ],
)
@pytest.mark.parametrize("name", ["records.db", "records.db-wal", "records.db.lock"])
def test_nothing_is_written_over_the_database(
    filled: Desk, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    before = filled.export()
    (tmp_path / "link").symlink_to(filled.db.parent)
    for place in (filled.db.parent, tmp_path / "link"):
        answer = filled.run(*command, place / name)
        assert answer.code == 2, answer
        assert "the database itself" in answer.err
    assert filled.export() == before
    assert filled.asks("verify")["sound"]


@pytest.mark.parametrize("minutes", ["-5", "0", "10081", "99999999999999999999"])
def test_what_took_no_time_anything_takes_is_not_entered(filled: Desk, minutes: str) -> None:
    before = filled.export()
    answer = filled.run("log", "met", DANA, "--on", "2025-03-20", f"--minutes={minutes}")
    assert answer.code == 2
    assert filled.export() == before


def test_an_empty_path_is_not_the_folder_one_stands_in(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = filled.run("import", "")
    assert answer.code == 2
    assert "A path is empty" in answer.err
    assert filled.run("import", os.curdir).code == 0


def test_a_limit_beyond_all_counting_is_wrong_usage(filled: Desk) -> None:
    assert filled.run("search", "harbour", "--limit", "9" * 20).code == 2


def test_a_backup_into_a_folder_that_is_not_there_is_told(filled: Desk, tmp_path: Path) -> None:
    answer = filled.run("backup", tmp_path / "none" / "safe.db")
    assert answer.code == 1
    assert "cannot be written" in answer.err


@pytest.mark.parametrize(
    "command",
    [("read", "--workers", "0"), ("read", "--workers=-2"), ("backtest", "--false-alarms=-1")],
)
def test_a_number_that_means_nothing_is_wrong_usage(filled: Desk, command: tuple[str, ...]) -> None:
    assert filled.run(*command).code == 2

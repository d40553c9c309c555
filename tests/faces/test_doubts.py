"""Where records are missing or old, no question is answered as if they were whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import START, correspondence, write_mbox

FRESH = f"{START + timedelta(days=31):%Y-%m-%d}"
LATER = f"{START + timedelta(days=400):%Y-%m-%d}"


@pytest.fixture
def year(tmp_path: Path, desk: Desk) -> Desk:
    """A month of mail with thirty people, sent and received."""
    desk.takes_in(write_mbox(tmp_path / "mail" / "Sent.mbox", correspondence(1_200)))
    desk.run("me", "kim@adler.example")
    return desk


def test_when_the_mail_ended_long_ago_nobody_is_said_to_drift(year: Desk) -> None:
    assert year.run("drifting", "--as-of", FRESH).code == 0
    answer = year.run("drifting", "--as-of", LATER)
    assert answer.code == 1
    assert "No verdict yet" in answer.out
    assert "Import again" in answer.out
    told = year.run("drifting", "--as-of", LATER, "--json")
    assert (told.code, told.json) == (1, [])
    assert "Import again" in told.err


def test_what_is_owed_is_said_to_be_uncertain_when_the_mail_is_old(year: Desk) -> None:
    assert "may be otherwise" not in year.run("owed", "--as-of", FRESH).out
    answer = year.run("owed", "--as-of", LATER)
    assert answer.code == 1
    assert "This may be otherwise" in answer.out
    told = year.run("owed", "--as-of", LATER, "--json")
    assert told.code == 1
    assert "Import again" in told.err


def test_without_sent_mail_nobody_waiting_is_no_all_clear(tmp_path: Path, desk: Desk) -> None:
    got = [one for one in correspondence(40) if "kim@adler" not in one.sender]
    desk.takes_in(write_mbox(tmp_path / "mail" / "Inbox.mbox", got))
    desk.run("me", "kim@adler.example")
    answer = desk.run("owed", "--as-of", FRESH)
    assert answer.code == 1
    assert "No Sent folder" in answer.out


def test_a_clock_before_all_records_is_not_told_as_an_empty_database(year: Desk) -> None:
    answer = year.run("quiet", "--as-of", "2001-01-01")
    assert answer.code == 1
    assert "Look whether the clock is right" in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("next", "No step is proposed"),
        ("triage", "This may be otherwise"),
        ("promises", "This may be otherwise"),
        ("today", "Verdicts are withheld"),
    ],
)
def test_when_the_mail_ended_long_ago_no_page_is_an_all_clear(
    year: Desk, command: str, said: str
) -> None:
    assert said not in year.run(command, "--as-of", FRESH).words
    answer = year.run(command, "--as-of", LATER)
    assert answer.code == 1
    assert said in answer.words
    assert "Nothing needs you" not in answer.words
    assert year.run(command, "--as-of", LATER, "--json").code == 1

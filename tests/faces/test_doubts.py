"""Where records are missing or old, no question is answered as if they were whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from gonequiet.analysis.completeness import AnswersSeen
from tests.support.desk import Desk
from tests.support.letters import (
    DANA,
    OWNER,
    START,
    Letter,
    answer_to,
    correspondence,
    write_mbox,
)

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


def test_sent_mail_that_lies_among_the_rest_is_sent_mail(tmp_path: Path, desk: Desk) -> None:
    desk.takes_in(write_mbox(tmp_path / "mail" / "Everything.mbox", correspondence(1_200)))
    desk.run("me", "kim@adler.example")
    assert [one["has_sent"] for one in desk.asks("status")["sources"]] == [False]
    assert desk.asks("quiet", "--as-of", FRESH)["doubts"] == []
    assert desk.asks("status", "--as-of", FRESH)["doubts"] == []


def test_answers_without_the_letters_they_answer_are_counted_and_told(
    tmp_path: Path, desk: Desk
) -> None:
    asked = [
        Letter(sender=OWNER, to=DANA, text=f"Is plan {one} ready?\n", message_id=f"{one}@x.example")
        for one in range(30)
    ]
    answers = [answer_to(one, DANA, text=f"Yes: {one.text}") for one in asked]
    kept = [*answers, *asked[:3]]
    desk.takes_in(write_mbox(tmp_path / "mail" / "Inbox.mbox", kept))
    desk.run("me", "kim@adler.example")
    answer = desk.run("quiet", "--as-of", FRESH)
    assert answer.code == 1
    assert "only 3 of the latest 30 answers to you have their letter here" in answer.words


@pytest.mark.parametrize(
    ("answers", "held", "shown"), [(19, 19, False), (20, 14, True), (20, 13, False), (0, 0, False)]
)
def test_most_answers_must_have_their_letter(answers: int, held: int, shown: bool) -> None:
    assert AnswersSeen(answers, held).show_sent_mail is shown

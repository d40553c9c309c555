"""What the owner enters by hand: it answers, waits, is found, changed, taken back, and kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, write_mbox

DANA_ADDRESS = "dana.reyes@harbour.example"


def day(number: int) -> str:
    return f"{START + timedelta(days=number):%Y-%m-%d}"


@pytest.fixture
def asked(tmp_path: Path, desk: Desk) -> Desk:
    """The owner asked Dana something; nothing came."""
    said = Letter(
        sender=DANA,
        to=OWNER,
        subject="Hello",
        text="Good morning.\n",
        message_id="a@x.example",
    )
    question = Letter(
        sender=OWNER,
        to=DANA,
        subject="The draft",
        text="Could you send me the draft by Friday, please?\n",
        at=START + timedelta(days=2),
        message_id="b@x.example",
    )
    desk.takes_in(write_mbox(tmp_path / "mail" / "Sent.mbox", [said, question]))
    desk.run("me", OWNER.split("<")[1].rstrip(">"))
    return desk


def open_matters(desk: Desk) -> list[str]:
    found = desk.asks("show", DANA_ADDRESS, "--as-of", day(30))
    return [one["matter"] for one in found["matters"]]


def test_a_call_that_was_taken_answers_what_was_open(asked: Desk) -> None:
    assert open_matters(asked) == ["The draft"]
    asked.run("log", "called", DANA_ADDRESS, "--on", day(5), "--note", "about the zebra")
    assert open_matters(asked) == []
    found = asked.asks("show", DANA_ADDRESS, "--as-of", day(30))
    assert found["outcomes"] == {"other_channel": 1}
    assert [one["entry"]["channel"] for one in found["timeline"]] == ["mail", "mail", "call"]


def test_a_call_nobody_took_is_a_follow_up_of_the_open_matter(asked: Desk) -> None:
    asked.run("log", "called", DANA_ADDRESS, "--on", day(5), "--no-answer")
    found = asked.asks("show", DANA_ADDRESS, "--as-of", day(30))
    assert [(one["matter"], one["follow_ups"]) for one in found["matters"]] == [("The draft", 1)]


@pytest.mark.parametrize("what", ["met", "lunch", "video"])
def test_meeting_somebody_answers_what_was_open(asked: Desk, what: str) -> None:
    asked.run("log", what, DANA_ADDRESS, "--on", day(5))
    assert open_matters(asked) == []


def test_a_missed_meeting_waits_where_nothing_else_does(asked: Desk) -> None:
    asked.run("log", "texted", DANA_ADDRESS, "--on", day(4), "--from-them", "--note", "Coming")
    assert open_matters(asked) == []
    asked.run("log", "missed", DANA_ADDRESS, "--on", day(6))
    assert len(open_matters(asked)) == 1


def test_what_is_judged_before_it_happened_does_not_know_it(asked: Desk) -> None:
    asked.run("log", "met", DANA_ADDRESS, "--on", day(20))
    before = asked.asks("show", DANA_ADDRESS, "--as-of", day(10))
    assert [one["matter"] for one in before["matters"]] == ["The draft"]


def test_an_entry_is_found_changed_taken_out_and_brought_back(asked: Desk) -> None:
    number = asked.asks("log", "called", DANA_ADDRESS, "--on", day(5), "--note", "zebra")["number"]
    assert len(asked.asks("search", "zebra")) == 1
    asked.run("logged", "--note", str(number), "giraffe")
    assert asked.asks("search", "zebra") == []
    (entry,) = asked.asks("logged")
    assert entry["note"] == "giraffe"
    asked.run("logged", "--remove", str(entry["number"]))
    assert asked.asks("logged") == []
    assert open_matters(asked) == ["The draft"]
    asked.run("undo")
    assert asked.asks("search", "giraffe") != []
    assert asked.asks("verify")["sound"]


def test_the_journal_and_the_records_agree_after_every_step(asked: Desk) -> None:
    for what in ("met", "called", "texted"):
        asked.run("log", what, DANA_ADDRESS, "--on", day(5), "--note", what)
        assert asked.asks("verify")["sound"]
    asked.run("undo")
    assert asked.asks("verify")["sound"]
    assert len(asked.asks("logged", DANA_ADDRESS)) == 2


def test_a_table_goes_out_and_comes_in_again(asked: Desk, tmp_path: Path) -> None:
    asked.run(
        "log", "called", DANA_ADDRESS, "--on", day(5), "--note", '=HYPERLINK("x"), said "yes"'
    )
    table = asked.run("logged", "--csv").out
    assert "'=HYPERLINK" in table
    asked.run("undo")
    (tmp_path / "log.csv").write_text(table + "x,nobody@nowhere.example,met,2026-01-01,,,,\n,,,\n")
    answer = asked.run("logged", "--read", tmp_path / "log.csv")
    assert answer.code == 1
    (entry,) = asked.asks("logged")
    assert entry["note"] == '=HYPERLINK("x"), said "yes"'


@pytest.mark.parametrize(
    "wrong",
    [
        ("log", "met", "nobody@nowhere.example"),
        ("log", "met", DANA_ADDRESS, "--on", "2199-01-01"),
        ("log", "met", DANA_ADDRESS, "--on", "soon"),
        ("log", "danced", DANA_ADDRESS),
        ("logged", "--remove", "999"),
        ("logged", "--read", "no-such-table.csv"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_nothing_changes(
    asked: Desk, wrong: tuple[str, ...]
) -> None:
    before = asked.export()
    assert asked.run(*wrong).code in (1, 2)
    assert asked.export() == before


def test_a_call_is_not_weighed_by_words_nobody_wrote(asked: Desk) -> None:
    asked.run("log", "texted", DANA_ADDRESS, "--on", day(4), "--from-them", "--note", "Thanks")
    asked.run("log", "called", DANA_ADDRESS, "--on", day(6), "--no-answer")
    (matter,) = asked.asks("show", DANA_ADDRESS, "--as-of", day(30))["matters"]
    assert matter["channel"] == "call"
    assert not [one for one in matter["reasons"] if one["text"].startswith("you wrote a")]


def test_a_table_as_people_make_them_is_read_and_what_is_none_is_named(
    asked: Desk, tmp_path: Path
) -> None:
    table = tmp_path / "by-hand.csv"
    heading = "Contact;Kind;At;From_them\n"
    table.write_text(f"{heading}{DANA_ADDRESS};met;2025-03-07;no\n;;;\n")
    answer = asked.run("logged", "--read", table, "--json")
    assert [one["is_theirs"] for one in answer.json["logged"]] == [False]
    assert answer.json["problems"] == ["row 3 names no contact, kind and moment that can be read"]
    table.write_text(f"{heading}{'x' * 200_000};met;2025-03-07;no\n")
    answer = asked.run("logged", "--read", table)
    assert answer.code == 1
    assert "no table any more" in answer.out


def test_what_is_taken_back_is_told_in_words(asked: Desk) -> None:
    asked.run("log", "called", DANA_ADDRESS, "--on", day(5), "--no-answer")
    told = " ".join(asked.run("undo").out.split())
    assert told == f"Taken back: log {DANA_ADDRESS} 08 Mar 2025, unanswered, kind called."

"""Whoever hardly ever answers has not gone quiet: the silence was likely from the start."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, TOMAS, Letter, answer_to, write_mbox

WEEK = timedelta(days=7)
QUESTION = "Which of the two drafts shall I print for the board?\n"
LAST = 39


def asked(who: str, number: int) -> Letter:
    """A question, a week after the one before."""
    name = who.partition(" ")[0].lower()
    return Letter(
        sender=OWNER,
        to=who,
        subject=f"Board papers {number} for {name}",
        text=QUESTION,
        at=START + number * WEEK,
        message_id=f"{name}-{number}@adler.example",
    )


def letters() -> list[Letter]:
    """Dana answers every week but the last; Tomas is asked as often and never does."""
    made = []
    for number in range(LAST + 1):
        to_dana, to_tomas = asked(DANA, number), asked(TOMAS, number)
        made += [to_dana, to_tomas]
        if number < LAST:
            made.append(answer_to(to_dana, DANA))
    return [*made, hello(LAST * WEEK + timedelta(days=39))]


def hello(after: timedelta) -> Letter:
    """Something from somebody else: the records go on."""
    return Letter(sender="Ida <ida@pier.example>", at=START + after, message_id="ida@pier.example")


def taken_in(folder: Path, made: list[Letter]) -> Desk:
    """A desk with these letters in it, what the owner wrote in a Sent folder."""
    desk = Desk(folder / "records.db")
    sent = [one for one in made if one.sender == OWNER]
    write_mbox(folder / "mail" / "Sent.mbox", sent)
    write_mbox(folder / "mail" / "Inbox.mbox", [one for one in made if one not in sent])
    desk.takes_in(folder / "mail")
    assert desk.run("me", "kim@adler.example").code == 0
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Forty weeks of questions, and five silent weeks after them."""
    return taken_in(tmp_path, letters())


AS_OF = f"{START + LAST * WEEK + timedelta(days=40):%Y-%m-%d}"


def test_who_stopped_answering_is_quiet_and_who_never_began_is_set_aside(desk: Desk) -> None:
    report = desk.asks("quiet", "--as-of", AS_OF)
    quiet = {one["matter"] for one in report["quiet"]}
    seldom = {one["matter"] for one in report["seldom_answered"]}
    assert f"Board papers {LAST} for dana" in quiet
    assert f"Board papers {LAST} for tomas" in seldom
    assert report["set_aside"]["seldom_answered"] == len(seldom)


def test_the_first_that_were_not_answered_stay_quiet(desk: Desk) -> None:
    """When they were written nobody could know that no answer would come."""
    quiet = {one["matter"] for one in desk.asks("quiet", "--as-of", AS_OF)["quiet"]}
    assert "Board papers 0 for tomas" in quiet


def test_the_chance_when_the_owner_wrote_decides_and_is_shown(desk: Desk) -> None:
    report = desk.asks("quiet", "--as-of", AS_OF)
    assert all(one["at_first"] >= report["threshold"] for one in report["quiet"])
    assert all(one["at_first"] < report["threshold"] for one in report["seldom_answered"])
    listed = desk.run("quiet", "--as-of", AS_OF, "--aside").words
    assert "an answer was unlikely from the start" in listed
    assert "when you wrote, the chance of an answer was" in listed


def test_in_few_records_nobody_is_said_to_answer_seldom(tmp_path: Path) -> None:
    few = [asked(TOMAS, number) for number in range(8)]
    few += [asked(DANA, 0), answer_to(asked(DANA, 0), DANA)]
    desk = taken_in(tmp_path, [*few, hello(timedelta(days=89))])
    day = f"{START + timedelta(days=90):%Y-%m-%d}"
    report = desk.asks("quiet", "--as-of", day)
    assert not report["seldom_answered"]
    assert {one["contact"] for one in report["quiet"]} == {"Tomas Lindt"}

"""What somebody promised for a day that went by is awaited as an answer is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, answer_to, write_mbox

ASKED = Letter(OWNER, DANA, "Slip rails", "Could you quote us for the slip rails?\n")
PROMISED = answer_to(ASKED, DANA, text="Yes. I will send you the quote by Friday.\n")
THANKED = answer_to(PROMISED, OWNER, hours=1, text="Thanks!\n", subject="Re: Slip rails")
LATER = ("--as-of", f"{START + timedelta(days=40):%Y-%m-%d}")
FRIDAY = "2025-03-07"


def letter_of(days: float, *, subject: str = "Re: Slip rails", **changes: str) -> Letter:
    """A later letter of the contact, in the thread unless it answers nothing."""
    made = answer_to(PROMISED, DANA, subject=subject, message_id=f"later-{days}@harbour.example")
    return made._replace(to=OWNER, at=START + timedelta(days=days), **changes)  # type: ignore[arg-type]


def awaited(desk: Desk, place: Path, *later: Letter, as_of: tuple[str, str] = LATER) -> list[Any]:
    """What is open and quiet or not, after the promise and what came later."""
    newest = Letter(OWNER, OWNER, "Note", "To myself.\n", START + timedelta(days=38), "z@a.example")
    write_mbox(place / "Inbox.mbox", [PROMISED, *later])
    write_mbox(place / "Sent.mbox", [ASKED, THANKED, newest])
    desk.takes_in(place)
    desk.run("me", "kim@adler.example")
    report = desk.asks("quiet", *as_of)
    return list(report["quiet"] + report["waiting"])


def test_a_promise_is_awaited_from_the_end_of_its_day(desk: Desk, tmp_path: Path) -> None:
    (matter,) = awaited(desk, tmp_path / "mail")

    assert matter["matter"] == f"Re: Slip rails (promised for {FRIDAY})"
    assert matter["message_id"] == PROMISED.message_id
    assert matter["opened_at"].startswith("2025-03-08T00:00")
    assert matter["contact"] == "Dana Reyes"


def test_it_is_told_by_its_house_and_a_day_in_words(desk: Desk, tmp_path: Path) -> None:
    (matter,) = awaited(desk, tmp_path / "mail")
    told = desk.run("show", "Dana Reyes", *LATER).out

    assert matter["organisation"] == "harbour.example"
    assert "Re: Slip rails (promised for 07 Mar 2025)" in told
    assert f"{FRIDAY})" not in told


def test_before_its_day_nothing_is_awaited(desk: Desk, tmp_path: Path) -> None:
    assert awaited(desk, tmp_path / "mail", as_of=("--as-of", FRIDAY)) == []


@pytest.mark.parametrize(
    "later",
    [
        letter_of(2, text="Here is the quote for the slip rails.\n"),
        letter_of(4, text="Nine rails at forty, and the paint on top.\n"),
        letter_of(20, text="Sorry, still waiting for the mill.\n"),
        letter_of(20, text="Are you at the fair?\n", subject="Fair")._replace(answers=""),
    ],
    ids=[
        "delivered in time",
        "written of on its day",
        "heard of since",
        "heard of since on another matter",
    ],
)
def test_a_promise_is_not_awaited_once_it_is_known_how_things_stand(
    desk: Desk, tmp_path: Path, later: Letter
) -> None:
    matters = awaited(desk, tmp_path / "mail", later)

    assert [one["matter"] for one in matters if "promised" in one["matter"]] == []


def test_a_word_on_another_matter_on_the_day_itself_keeps_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    elsewhere = letter_of(4, text="Nine of us come to the fair.\n", subject="Fair")
    assert awaited(desk, tmp_path / "mail", elsewhere._replace(answers=""))


def test_a_promise_the_owner_rejected_is_not_awaited(desk: Desk, tmp_path: Path) -> None:
    assert awaited(desk, tmp_path / "mail")
    (promise,) = desk.asks("promises", "--side", "theirs", "--all", *LATER)["promises"]
    assert desk.run("promises", "reject", promise["key"]).code == 0

    report = desk.asks("quiet", *LATER)
    assert report["quiet"] + report["waiting"] == []


def test_what_is_shown_of_the_contact_is_the_same(desk: Desk, tmp_path: Path) -> None:
    (matter,) = awaited(desk, tmp_path / "mail")
    shown = desk.asks("show", "Dana Reyes", *LATER)["matters"]

    assert [one["matter"] for one in shown] == [matter["matter"]]
    assert shown[0]["probability"] == pytest.approx(matter["probability"])

"""D3: whether an answer after a silence leaves anything to agree on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.faces.test_next_steps import ASKED, day, fresh_until, take_in
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, answer_to

THANKS = "Thank you, Dana, that helps.\n"


def later(text: str, after: float = 20) -> Letter:
    return answer_to(ASKED, DANA, text=text)._replace(at=START + timedelta(days=after))


def reply(text: str) -> Letter:
    return Letter(
        OWNER,
        DANA,
        "Re: Slip rails",
        text,
        START + timedelta(days=21),
        "reply@adler.example",
        later("").message_id,
    )


def kinds(desk: Desk, place: Path, *letters: Letter, asked: Letter = ASKED) -> list[str]:
    """The steps proposed once these were written, two days after the last of them."""
    theirs = [one for one in letters if one.sender == DANA]
    own = [one for one in letters if one.sender == OWNER]
    take_in(desk, place / "mail", theirs, [asked, *own, fresh_until(23)])
    found: list[dict[str, Any]] = desk.asks("next", "--as-of", day(23.5))
    return [one["step"]["kind"] for one in found]


@pytest.mark.parametrize(
    "answer",
    ["The rails are of oak, four metres each.\n", "The quote for the slip rails is attached.\n"],
)
def test_once_the_owner_thanked_for_what_came_no_plan_is_asked_for(
    desk: Desk, tmp_path: Path, answer: str
) -> None:
    assert kinds(desk, tmp_path, later(answer), reply(THANKS)) == []
    (found,) = desk.asks("triage", "--all", "--as-of", day(23.5))["engagements"]
    assert found["course"]["state"] == "answered, no plan yet"


def test_what_was_asked_for_came_and_nothing_is_asked_back(desk: Desk, tmp_path: Path) -> None:
    assert kinds(desk, tmp_path, later("Here it is: oak, four metres each.\n")) == []


@pytest.mark.parametrize(
    "answer",
    [
        "The quote is attached. I will send you the drawing, too.\n",
        "The quote is attached. Which length do you need?\n",
        "The rails are of oak, four metres each.\n",
    ],
)
def test_what_goes_on_needs_its_dated_steps(desk: Desk, tmp_path: Path, answer: str) -> None:
    assert kinds(desk, tmp_path, later(answer)) == ["agree"]


def test_a_yes_to_what_was_proposed_is_no_end(desk: Desk, tmp_path: Path) -> None:
    proposed = ASKED._replace(text="Shall we go ahead with the slip rails?\n")
    yes = later("Yes, agreed, let us go ahead with the slip rails.\n")

    assert kinds(desk, tmp_path, yes, reply(THANKS), asked=proposed) == ["agree"]

"""What the owner answered outside the thread is owed no more, and a mailing never was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.faces.test_wrong_conclusions import AS_OF, taken_in
from tests.faces.test_wrong_conclusions import ASKED as LEASE
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, Letter

ASKED = Letter(
    sender=DANA,
    to=OWNER,
    subject="Plan of the eastern pier",
    text="Could you tell me which crane you want there?\n",
    at=LEASE.at,
    message_id="pier@harbour.example",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "mail"


def sent(subject: str, *, days: float = 1) -> Letter:
    """Returns a letter of the owner's that names no letter it answers."""
    return Letter(
        sender=OWNER,
        to=DANA,
        subject=subject,
        text="The small one.\n",
        at=ASKED.at + timedelta(days=days),
        message_id="crane@adler.example",
    )


def owed(desk: Desk, root: Path, *letters: Letter) -> list[str]:
    taken_in(desk, root, *letters)
    return [one["subject"] for one in desk.asks("owed", *AS_OF)]


@pytest.mark.parametrize("subject", ["Eastern pier plan, crane", "Plan of the eastern pier"])
def test_an_answer_under_a_subject_that_says_the_same_is_one(
    desk: Desk, root: Path, subject: str
) -> None:
    assert owed(desk, root, ASKED, sent(subject)) == []


def test_a_reply_without_a_subject_answers_a_question_without_one(desk: Desk, root: Path) -> None:
    assert owed(desk, root, ASKED._replace(subject=""), sent("RE:")) == []


@pytest.mark.parametrize(
    "other",
    [
        sent("Lunch on Friday"),
        sent("Pier"),
        sent("Eastern pier plan", days=-1),
        sent("Plan of the eastern pier", days=40),
    ],
)
def test_what_is_about_something_else_or_came_at_another_time_is_none(
    desk: Desk, root: Path, other: Letter
) -> None:
    assert owed(desk, root, ASKED, other) == [ASKED.subject]


MAILING = Letter(
    sender="Harbour Deals <anna@harbour-deals.example>",
    to=OWNER,
    subject="Is your boat ready?",
    text=(
        "Is your boat ready for the summer? Click here and save 30 % today only.\n\n"
        "You received this message because you are a friend of the harbour. To leave, write to us"
        " and say that you want to unsubscribe.\n"
    ),
    at=ASKED.at,
    message_id="deal@harbour-deals.example",
)


def test_nobody_waits_for_the_answer_to_a_mailing(desk: Desk, root: Path) -> None:
    assert owed(desk, root, ASKED, MAILING) == [ASKED.subject]


def test_who_the_owner_wrote_to_is_a_person_whatever_they_quote(desk: Desk, root: Path) -> None:
    known = sent("Boats")._replace(to=MAILING.sender, at=ASKED.at - timedelta(days=1))
    assert owed(desk, root, MAILING, known) == [MAILING.subject]

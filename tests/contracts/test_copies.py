"""The same letter in several places is one message, and nothing its copies say is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import ASKED, DANA, OWNER, THREE, Letter, answer_to, write_mbox


def messages(desk: Desk) -> dict[str, dict[str, Any]]:
    return {line["message_id"]: line for line in desk.exported("message")}


QUESTION = Letter(
    sender=OWNER,
    to=DANA,
    subject="The lease",
    text="Could you send me the lease before the end of the week, please?\n",
    message_id="sent@adler.example",
)
AS_IT_ARRIVED = QUESTION._replace(message_id="rewritten@mailer.example")


def test_one_letter_in_sent_is_enough_to_be_the_owners(desk: Desk, tmp_path: Path) -> None:
    arrived = QUESTION._replace(extra=("Received: from a.example by b.example; Mon, 3 Mar 2025",))
    write_mbox(tmp_path / "mail" / "All mail", [arrived, *THREE])
    write_mbox(tmp_path / "mail" / "Sent", [QUESTION])
    desk.takes_in(tmp_path / "mail")
    assert messages(desk)["sent@adler.example"]["direction"] == "outbound"
    assert len(messages(desk)["sent@adler.example"]["copies"]) == 2


def test_the_same_words_on_another_day_are_another_letter(desk: Desk, tmp_path: Path) -> None:
    weekly = [
        ASKED._replace(
            at=ASKED.at + timedelta(days=7 * n, minutes=13 * n), message_id=f"w{n}@x.example"
        )
        for n in range(4)
    ]
    assert desk.takes_in(write_mbox(tmp_path / "a.mbox", weekly)) == (4, 0)


def test_copies_whose_clocks_differ_by_whole_hours_are_one(desk: Desk, tmp_path: Path) -> None:
    shifted = ASKED._replace(at=ASKED.at - timedelta(hours=6), message_id="other@export.example")
    assert desk.takes_in(write_mbox(tmp_path / "a.mbox", [ASKED, shifted])) == (1, 1)


def test_the_same_words_of_two_people_are_two_letters(desk: Desk, tmp_path: Path) -> None:
    other = ASKED._replace(sender="Lee Ward <lee.ward@harbour.example>", message_id="l@x.example")
    assert desk.takes_in(write_mbox(tmp_path / "a.mbox", [ASKED, other])) == (2, 0)


def test_a_letter_that_a_list_added_a_footer_to_is_one(desk: Desk, tmp_path: Path) -> None:
    footer = "_______________________________________________\nboats mailing list\n"
    on_list = ASKED._replace(text=f"{ASKED.text}{footer}")
    assert desk.takes_in(write_mbox(tmp_path / "a.mbox", [ASKED, on_list])) == (1, 1)


@pytest.mark.parametrize("folder", ["Inbox", "Work"])  # read before Sent, and after
def test_a_reply_to_either_id_of_a_rewritten_letter_answers_it(
    folder: str, desk: Desk, tmp_path: Path
) -> None:
    reply = answer_to(AS_IT_ARRIVED, DANA, text="Here it is.\n", subject="Lease, at last")
    write_mbox(tmp_path / "mail" / "Sent", [QUESTION])
    write_mbox(tmp_path / "mail" / folder, [AS_IT_ARRIVED, reply])
    assert desk.takes_in(tmp_path / "mail") == (2, 1)
    desk.asks("me", "kim@adler.example")
    found = messages(desk)
    question = next(line for line in found.values() if line["subject"] == "The lease")
    assert found[reply.message_id]["parent"] == question["key"]
    assert [line["closure"] for line in desk.exported("episode")] == ["response"]


def test_a_copy_that_comes_later_tells_its_id_too(desk: Desk, tmp_path: Path) -> None:
    reply = answer_to(AS_IT_ARRIVED, DANA, text="Here it is.\n", subject="Lease, at last")
    write_mbox(tmp_path / "mail" / "Sent", [QUESTION])
    write_mbox(tmp_path / "mail" / "Inbox", [reply])
    desk.takes_in(tmp_path / "mail")
    write_mbox(tmp_path / "mail" / "List", [AS_IT_ARRIVED])
    desk.takes_in(tmp_path / "mail")
    found = messages(desk)
    assert found[reply.message_id]["parent"] == found["sent@adler.example"]["key"]

"""What ends a wait without an answer, and what does not end one, through the front door."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.faces.test_wrong_conclusions import AS_OF, ASKED, DANAS, open_with, taken_in
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, Letter, answer_to
from tests.support.mail import multipart, part


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "mail"


def added(words: str) -> Letter:
    """Returns a second letter of the owner's, two days after the question."""
    return answer_to(ASKED, OWNER, hours=48, text=words, message_id="then@adler.example")._replace(
        to=DANA
    )


@pytest.mark.parametrize(
    "words",
    [
        "Never mind, it lay under the other papers.\n",
        "Found it, all settled. Thank you!\n",
        "Hat sich erledigt, liebe Grüße\n",
        "Thanks for the quick answer on the telephone.\n",
        "Got it, thank you!\n",
    ],
)
def test_a_question_the_owner_took_back_is_waited_for_no_longer(
    desk: Desk, root: Path, words: str
) -> None:
    taken_in(desk, root, ASKED, added(words))

    assert open_with(desk, DANAS) == []
    report = desk.asks("quiet", "--aside", *AS_OF)
    reasons = {one["reason"] for one in report["aside"] if one["matter"] == "The lease"}
    assert "withdrawn" in reasons
    assert report["set_aside"]["withdrawn"] == 1


def test_before_it_was_taken_back_it_was_open(desk: Desk, root: Path) -> None:
    taken_in(desk, root, ASKED, added("Never mind, it lay under the other papers.\n"))
    day_before = ASKED.at + timedelta(days=1)
    assert len(open_with(desk, DANAS, "--as-of", f"{day_before:%Y-%m-%d}")) == 1


@pytest.mark.parametrize(
    "words",
    [
        "I found the other papers very useful.\n",
        "Once the lease is settled I will pay at once.\n",
        "Thank you in advance for your answer.\n",
    ],
)
def test_a_word_on_the_side_takes_nothing_back(desk: Desk, root: Path, words: str) -> None:
    taken_in(desk, root, ASKED, added(words))
    assert len(open_with(desk, DANAS)) == 1


def calendar(method: str, state: str, sent: str, *, uid: str = "tour") -> str:
    return (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{uid}@harbour.example\r\n"
        f"DTSTAMP:{sent}\r\nSEQUENCE:{int(method == 'CANCEL')}\r\nSTATUS:{state}\r\n"
        "DTSTART:20250410T090000Z\r\nDTEND:20250410T100000Z\r\nSUMMARY:Tour of the yard\r\n"
        "ORGANIZER:mailto:dana.reyes@harbour.example\r\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:kim@adler.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def meeting_mail(method: str, state: str, sent: str, date: str) -> bytes:
    return multipart(
        "alternative",
        part("text/plain; charset=utf-8", "Something has come up here.\n"),
        part(f"text/calendar; charset=utf-8; method={method}", calendar(method, state, sent)),
        headers={
            "Subject": "Tour of the yard",
            "Date": date,
            "Message-ID": f"<{method.lower()}@harbour.example>",
        },
    )


def test_the_mail_that_calls_a_meeting_off_is_no_new_date_for_it(desk: Desk, root: Path) -> None:
    taken_in(desk, root)
    sent = "Tue, 25 Mar 2025 08:00:00 +0000"
    invited = meeting_mail("REQUEST", "CONFIRMED", "20250325T080000Z", sent)
    off = meeting_mail("CANCEL", "CANCELLED", "20250408T080000Z", "Tue, 08 Apr 2025 08:00:07 +0000")
    more = root.with_name("meetings")
    more.mkdir()
    (more / "invited.eml").write_bytes(invited)
    (more / "off.eml").write_bytes(off)
    desk.takes_in(more)

    assert [one["matter"] for one in open_with(desk, DANAS)] == ["Tour of the yard"]


def test_who_took_a_question_back_waits_for_no_answer(desk: Desk, root: Path) -> None:
    asked = Letter(
        sender=DANA,
        subject="Is Lee in?",
        text="Is Lee in on Friday?\n",
        at=ASKED.at,
        message_id="lee@harbour.example",
    )
    over = asked._replace(
        text="Scrap that, just reached her.\n",
        subject="Re: Is Lee in?",
        at=asked.at + timedelta(hours=1),
        message_id="over@harbour.example",
        answers=asked.message_id,
    )
    taken_in(desk, root, asked, over)

    at_once = f"{asked.at + timedelta(minutes=30):%Y-%m-%dT%H:%MZ}"
    waited = [one["subject"] for one in desk.asks("owed", "--as-of", at_once)]
    assert asked.subject in waited
    assert desk.asks("owed", *AS_OF) == []

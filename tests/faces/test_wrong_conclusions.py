"""Conclusions that would be wrong, each through the front door (the guide's list of them)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import (
    DANA,
    OWNER,
    START,
    TOMAS,
    Letter,
    answer_to,
    write_mbox,
)

DAYS = 60
LAST = START + timedelta(days=DAYS)
AS_OF = ("--as-of", f"{LAST:%Y-%m-%d}")
RECEIVED = "Received: from far.example by near.example; Mon, 03 Mar 2025 09:30:00 +0000"

ASKED = Letter(
    sender=OWNER,
    to=DANA,
    subject="The lease",
    text="Could you send me the signed lease, please?\n",
    at=START + timedelta(days=20),
    message_id="lease@adler.example",
)


def background() -> list[Letter]:
    """Returns a letter from Tomas and the owner's answer to it, on every day there is."""
    made = []
    for day in range(DAYS + 1):
        asked = Letter(
            sender=TOMAS,
            subject=f"Yard report {day}",
            text=f"Could you confirm report number {day} of the yard?\n",
            at=START + timedelta(days=day, minutes=-day),
            message_id=f"report-{day}@birch.example",
        )
        made += [asked, answer_to(asked, OWNER, text=f"Report {day} is confirmed, thank you.\n")]
    return made


def put(root: Path, letters: Sequence[Letter]) -> Path:
    """Sorts letters into an Inbox and a Sent folder among the daily ones."""
    everything = [*background(), *letters]
    write_mbox(root / "Inbox", [one for one in everything if one.sender != OWNER])
    write_mbox(root / "Sent", [one for one in everything if one.sender == OWNER])
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "mail"


def taken_in(desk: Desk, root: Path, *letters: Letter) -> Desk:
    desk.takes_in(put(root, letters))
    desk.asks("me", "kim@adler.example")
    return desk


def open_with(desk: Desk, contact: str, *as_of: str) -> list[dict[str, Any]]:
    """Returns the open matters with a contact, quiet or not yet."""
    report = desk.asks("quiet", *(as_of or AS_OF))
    assert report["doubts"] == []
    return [one for one in (*report["quiet"], *report["waiting"]) if one["contact_key"] == contact]


DANAS = "dana.reyes@harbour.example"


class TestWhatIsNoAnswer:
    def test_a_question_nobody_answered_is_open(self, desk: Desk, root: Path) -> None:
        taken_in(desk, root, ASKED)
        assert [one["matter"] for one in open_with(desk, DANAS)] == ["The lease"]

    def test_an_absence_answers_nothing(self, desk: Desk, root: Path) -> None:
        away = answer_to(
            ASKED,
            DANA,
            hours=0.1,
            subject="Automatic reply: The lease",
            text="I am out of the office until 28 March 2025.\n",
        )._replace(extra=("Auto-Submitted: auto-replied",))
        taken_in(desk, root, ASKED, away)
        assert len(open_with(desk, DANAS)) == 1
        while_away = desk.asks("quiet", "--as-of", "2025-03-26")
        assert "away" in while_away["set_aside"]
        assert [one for one in while_away["quiet"] if one["contact_key"] == DANAS] == []

    def test_a_bounce_ends_the_wait_and_answers_nothing(self, desk: Desk, root: Path) -> None:
        bounce = answer_to(
            ASKED,
            "Mail Delivery System <mailer-daemon@adler.example>",
            hours=0.1,
            subject="Undelivered Mail Returned to Sender",
            text=(
                "This is the mail system at host mx.adler.example.\n\n"
                "I'm sorry to have to inform you that your message could not\n"
                "be delivered to one or more recipients. It's attached below.\n\n"
                f"<{DANAS}>: host mx.harbour.example[192.0.2.1] said: 550 5.1.1\n"
                "    User unknown (in reply to RCPT TO command)\n"
            ),
        )
        taken_in(desk, root, ASKED, bounce)
        assert open_with(desk, DANAS) == []
        closures = [one["closure"] for one in desk.exported("episode") if one["contact"] == DANAS]
        assert closures == ["bounce"]
        (wait,) = [one for one in desk.exported("wait") if one["contact"] == DANAS]
        assert (wait["replied_after"], wait["answered_after"]) == (None, None)

    def test_a_receipt_answers_nothing(self, desk: Desk, root: Path) -> None:
        receipt = answer_to(
            ASKED, DANA, hours=0.1, subject="Read: The lease", text="Your message was read.\n"
        )._replace(
            extra=(
                "Auto-Submitted: auto-generated",
                "X-Auto-Response-Suppress: All",
                "MIME-Version: 1.0",
            )
        )
        taken_in(desk, root, ASKED, receipt)
        assert len(open_with(desk, DANAS)) == 1

    def test_news_of_a_list_by_the_same_person_answers_nothing(
        self, desk: Desk, root: Path
    ) -> None:
        post = Letter(
            sender=DANA,
            to="boats@lists.example.org",
            subject="[boats] Rudders",
            text="Has anybody a spare rudder?\n",
            at=ASKED.at + timedelta(days=1),
            message_id="post@lists.example.org",
            extra=("List-Id: <boats.lists.example.org>",),
        )
        taken_in(desk, root, ASKED, post)
        assert len(open_with(desk, DANAS)) == 1

    def test_what_only_pretends_to_come_from_the_contact_is_no_copy_of_them(
        self, desk: Desk, root: Path
    ) -> None:
        torn = Letter(
            sender=DANA,
            at=ASKED.at + timedelta(days=1),
            message_id="torn@elsewhere.example",
            extra=("From: Somebody Else <else@elsewhere.example>",),
        )
        taken_in(desk, root, ASKED, torn)
        assert "uncertain_sender" in {one["kind"] for one in desk.problems()}
        (lone,) = [one for one in desk.exported("contact") if one["key"] == DANAS]
        assert len(lone["addresses"]) == 1


class TestWhatIsAnAnswer:
    def test_one_from_the_same_persons_other_address(self, desk: Desk, root: Path) -> None:
        other = "Dana Reyes <d.reyes@harbour.example>"
        taken_in(desk, root, ASKED, answer_to(ASKED, other, hours=30))
        assert open_with(desk, "d.reyes@harbour.example") == []
        assert open_with(desk, DANAS) == []

    def test_one_on_another_thread(self, desk: Desk, root: Path) -> None:
        elsewhere = Letter(
            sender=DANA,
            subject="New telephone",
            text="My new number is below. The lease is in the post, by the way.\n",
            at=ASKED.at + timedelta(days=2),
            message_id="new@harbour.example",
        )
        taken_in(desk, root, ASKED, elsewhere)
        assert open_with(desk, DANAS) == []
        closures = [one["closure"] for one in desk.exported("episode") if one["contact"] == DANAS]
        assert closures == ["response_elsewhere"]

    def test_a_colleagues_in_the_thread(self, desk: Desk, root: Path) -> None:
        colleague = answer_to(ASKED, "Lee Ward <lee.ward@harbour.example>", hours=20)
        taken_in(desk, root, ASKED, colleague)
        assert open_with(desk, DANAS) == []

    def test_but_not_before_it_was_written(self, desk: Desk, root: Path) -> None:
        answer = answer_to(ASKED, DANA, hours=24 * 10)
        taken_in(desk, root, ASKED, answer)
        before = f"{answer.at - timedelta(days=1):%Y-%m-%d}"
        assert len(open_with(desk, DANAS, "--as-of", before)) == 1
        assert open_with(desk, DANAS) == []


class TestWhatWouldDouble:
    def test_copies_in_folders_double_nothing(self, tmp_path: Path) -> None:
        once, often = (Desk(tmp_path / name / "records.db") for name in ("once", "often"))
        letters = (ASKED, answer_to(ASKED, DANA, hours=40), Letter(sender=DANA))
        once.takes_in(put(tmp_path / "a", letters))
        root = put(tmp_path / "b", letters)
        write_mbox(root / "All mail", [*background(), *letters])
        write_mbox(root / "Yard", letters)
        write_mbox(root / "Old" / "Inbox", [one for one in letters if one.sender != OWNER])
        often.takes_in(root)
        for desk in (once, often):
            desk.asks("me", "kim@adler.example")
        assert once.asks("contacts") == often.asks("contacts")
        assert once.asks("quiet", *AS_OF) == often.asks("quiet", *AS_OF)
        assert once.exported("wait") == often.exported("wait")


class TestWhenVerdictsAreWithheld:
    def kinds(self, desk: Desk, *as_of: str) -> set[str]:
        report = desk.asks("quiet", *as_of)
        said = desk.run("quiet", *as_of).out
        for doubt in report["doubts"]:
            assert " ".join(doubt["sentence"].split()) in " ".join(said.split())
            assert all(one["withheld"] for one in report["quiet"])
        assert desk.run("quiet", *as_of).code == 1
        return {doubt["kind"] for doubt in report["doubts"]}

    def test_without_a_sent_folder(self, desk: Desk, root: Path) -> None:
        put(root, [ASKED])
        desk.takes_in(root / "Inbox")
        assert "no_sent" in self.kinds(desk, *AS_OF)

    def test_with_nothing_but_a_sent_folder(self, desk: Desk, root: Path) -> None:
        put(root, [ASKED])
        desk.takes_in(root / "Sent")
        desk.asks("me", "kim@adler.example")
        assert "no_received" in self.kinds(desk, *AS_OF)

    def test_when_the_records_end_days_before(self, desk: Desk, root: Path) -> None:
        taken_in(desk, root, ASKED)
        late = ("--as-of", f"{LAST + timedelta(days=12):%Y-%m-%d}")
        assert self.kinds(desk, *late) == {"stale"}

    def test_show_says_so_too(self, desk: Desk, root: Path) -> None:
        taken_in(desk, root, ASKED)
        late = ("--as-of", f"{LAST + timedelta(days=12):%Y-%m-%d}")
        sentence = desk.asks("quiet", *late)["doubts"][0]["sentence"]
        said = desk.run("show", DANAS, *late).out
        assert " ".join(sentence.split()) in " ".join(said.split())

    def test_before_anything_was_sent_there_is_nothing_to_say(self, desk: Desk, root: Path) -> None:
        taken_in(desk, root, ASKED)
        report = desk.asks("quiet", "--as-of", "2020-01-01")
        assert [one["kind"] for one in report["doubts"]] == ["no_records"]


class TestClocks:
    """Moments nobody can have written at cause no verdict and hide none."""

    @pytest.mark.parametrize(
        "date",
        [
            "Mon, 03 Mar 3609 09:30:00 +0000",
            "Thu, 01 Jan 1970 00:00:00 +0000",
            "Wed, 31 Dec 1969 23:59:59 +0000",
            "Fri, 01 Jan 1904 00:00:00 +0000",
            "Mon, 03 Mar 99999 09:30:00 +0000",
            "yesterday",
            "",
        ],
    )
    def test_an_impossible_date_opens_nothing_and_moves_nothing(
        self, date: str, desk: Desk, root: Path
    ) -> None:
        put(root, [ASKED])
        odd = Letter(
            sender=OWNER,
            to="Lee Ward <lee.ward@harbour.example>",
            subject="When was this",
            text="Could you tell me what day it is?\n",
            message_id="odd@adler.example",
        )
        raw = odd.raw().replace(b"Date: Mon, 03 Mar 2025 09:30:00 +0000", f"Date: {date}".encode())
        assert raw != odd.raw()
        with (root / "Sent").open("ab") as out:
            out.write(b"From writer@example.com Mon Mar  3 09:30:00 2025\n" + raw + b"\n")
        desk.takes_in(root)
        desk.asks("me", "kim@adler.example")
        assert len(open_with(desk, DANAS)) == 1
        report = desk.asks("quiet", *AS_OF)
        odd_ones = [
            one
            for one in (*report["quiet"], *report["waiting"])
            if one["contact_key"] == "lee.ward@harbour.example"
        ]
        # The mbox line may lend its moment; the year 3609 or 1904 may not stand.
        assert all(one["opened_at"].startswith("2025-03-03") for one in odd_ones)
        ends = {one["newest_at"] for one in desk.asks("status", *AS_OF)["sources"]}
        assert all(moment.startswith("2025-05-0") for moment in ends)
        begins = {one["oldest_at"] for one in desk.asks("status", *AS_OF)["sources"]}
        assert all(moment.startswith("2025-03-0") for moment in begins)

    def test_the_hour_that_comes_twice_changes_nothing(self, desk: Desk, root: Path) -> None:
        offset = "Sun, 26 Oct 2025 02:30:00 "
        early = Letter(sender=OWNER, to=DANA, message_id="early@adler.example")
        late = answer_to(early, DANA)
        root.mkdir()
        (root / "early.eml").write_bytes(
            early.raw().replace(b"Mon, 03 Mar 2025 09:30:00 +0000", f"{offset}+0200".encode())
        )
        (root / "late.eml").write_bytes(
            late.raw().replace(b"Mon, 03 Mar 2025 12:30:00 +0000", f"{offset}+0100".encode())
        )
        desk.takes_in(root)
        desk.asks("me", "kim@adler.example")
        (wait,) = desk.exported("wait")
        assert wait["replied_after"] == 3_600

    def test_a_clock_set_back_two_years_asks_for_nothing_new(self, desk: Desk, root: Path) -> None:
        taken_in(desk, root, ASKED)
        then = datetime(2023, 5, 1, tzinfo=START.tzinfo)
        answer = desk.run("quiet", "--as-of", f"{then:%Y-%m-%d}")
        assert answer.code == 1
        assert "No record is as old as 01 May 2023" in answer.out


class TestNamesWithoutAnAddress:
    """Programs that keep their own address books write only a name where an address belongs."""

    LETTERS = (
        Letter(sender="Anna Berg", subject="The plan", at=START + timedelta(days=30)),
        Letter(sender="Paul Reh", subject="The price", at=START + timedelta(days=31)),
        Letter(
            sender=OWNER,
            to="Paul Reh",
            subject="Re: The plan",
            text="Could you send me the price list?\n",
            at=START + timedelta(days=32),
        ),
    )

    def test_they_are_not_taken_for_one_contact(self, desk: Desk, root: Path) -> None:
        numbered = [
            letter._replace(message_id=f"nameless-{number}@harbour.example")
            for number, letter in enumerate(self.LETTERS)
        ]
        taken_in(desk, root, *numbered)
        named = {one["key"]: one["name"] for one in desk.exported("contact")}
        assert "" not in named
        assert {"Anna Berg", "Paul Reh"}.isdisjoint(named.values())
        assert [one for one in desk.exported("episode") if not one["contact"]] == []
        theirs = [one for one in desk.exported("message") if "nameless" in one["message_id"]]
        assert len({one["thread"] for one in theirs}) == 3
        assert sum(one["reason"].startswith("It names no author") for one in desk.problems()) == 2
        assert desk.asks("verify")["sound"] is True

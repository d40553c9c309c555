"""Who is who, by the command line: what is recognised, what the owner says, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
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
    append_mbox,
    write_mbox,
)

DANA_HERE = "Dana Reyes <d.reyes@harbour.example>"
DANA_AWAY = "Dana Reyes <dana@private.example>"
TOMAS_TAGGED = "Tomas Lindt <tomas.lindt+yard@birch.example>"
LOOK_ALIKE = "Dana Reyes <dana.reyes@harb0ur.example>"
NAMESAKE = "Dana Moss <dana.moss@quay.example>"
ROBOT = "Harbour <no-reply@harbour.example>"
OFFICE = "Harbour support <support@harbour.example>"

KEYS = {
    "dana": "d.reyes@harbour.example",
    "away": "dana@private.example",
    "tomas": "tomas.lindt+yard@birch.example",
}


def letters(*senders: str) -> list[Letter]:
    """Returns a letter from each to the owner, and the owner's answer to it."""
    made = []
    for number, sender in enumerate(senders):
        asked = Letter(
            sender=sender,
            subject=f"Matter {number}",
            text=f"Could you look into matter number {number}, please?\n",
            at=START + timedelta(days=number),
            message_id=f"m{number}@made.example",
        )
        made += [asked, answer_to(asked, OWNER, text=f"I shall, matter {number} is with me.\n")]
    return made


@pytest.fixture
def box(tmp_path: Path) -> Path:
    everybody = (DANA, DANA_HERE, DANA_AWAY, TOMAS, TOMAS_TAGGED, NAMESAKE)
    return write_mbox(tmp_path / "mail" / "all.mbox", letters(*everybody))


@pytest.fixture
def known(desk: Desk, box: Path) -> Desk:
    desk.takes_in(box)
    desk.asks("me", "kim@adler.example")
    return desk


def contacts(desk: Desk, *options: str) -> dict[str, dict[str, Any]]:
    return {card["key"]: card for card in desk.asks("contacts", *options)}


def addresses(card: dict[str, Any]) -> dict[str, str]:
    return {one["address"]: one["rule"] for one in card["addresses"]}


def told(desk: Desk, *tokens: str) -> str:
    """Runs a command that is refused as a question of usage; returns what is said."""
    answer = desk.run(*tokens)
    assert answer.code == 2, answer
    assert answer.out == ""
    return answer.err


class TestWhatIsRecognised:
    def test_one_name_in_one_house_is_one_contact_with_the_rule_said(self, known: Desk) -> None:
        assert addresses(contacts(known)[KEYS["dana"]]) == {
            "d.reyes@harbour.example": "alone",
            "dana.reyes@harbour.example": "same_name",
        }

    def test_a_tag_belongs_to_its_mailbox(self, known: Desk) -> None:
        assert set(addresses(contacts(known)[KEYS["tomas"]])) == {
            "tomas.lindt+yard@birch.example",
            "tomas.lindt@birch.example",
        }

    def test_the_same_name_elsewhere_and_look_alikes_stay_apart(
        self, known: Desk, box: Path
    ) -> None:
        append_mbox(box, [Letter(sender=LOOK_ALIKE, message_id="l@harb0ur.example")])
        known.takes_in(box)
        found = contacts(known)
        assert addresses(found["dana@private.example"]) == {"dana@private.example": "alone"}
        assert addresses(found["dana.reyes@harb0ur.example"]) == {
            "dana.reyes@harb0ur.example": "alone"
        }

    def test_what_may_be_one_person_is_suggested_not_done(self, known: Desk) -> None:
        pairs = {
            frozenset((one["left"], one["right"])): one["reason"]
            for one in known.asks("contacts", "--suggestions")
        }
        assert frozenset((KEYS["dana"], KEYS["away"])) in pairs
        said = known.run("contacts", "--suggestions").out
        assert "gonequiet merge" in said

    def test_machines_offices_and_lists_are_set_aside_and_listed_with_the_reason(
        self, known: Desk, box: Path
    ) -> None:
        post = Letter(
            sender=TOMAS,
            to="boats@lists.example.org",
            text="Has anybody a spare rudder for a small boat?\n",
            message_id="post@lists.example.org",
            extra=(
                "List-Id: <boats.lists.example.org>",
                "List-Post: <mailto:boats@lists.example.org>",
            ),
        )
        robots = [
            Letter(sender=ROBOT, message_id="r@harbour.example", text="Your parcel has left us.\n"),
            Letter(sender=OFFICE, message_id="o@harbour.example", text="Ticket 12 was opened.\n"),
        ]
        append_mbox(box, [post, *robots])
        known.takes_in(box)
        aside = contacts(known, "--set-aside")
        assert {key: card["set_aside"] for key, card in aside.items()} == {
            "boats@lists.example.org": "list",
            "no-reply@harbour.example": "no_reply",
            "support@harbour.example": "role_box",
        }
        assert not aside.keys() & contacts(known).keys()
        shown = known.run("contacts", "--set-aside").out
        assert "no reply" in shown
        assert "boats@lists.example.org" in shown

    def test_the_owner_is_no_contact(self, known: Desk) -> None:
        assert "kim@adler.example" not in contacts(known)
        assert "kim@adler.example" not in contacts(known, "--set-aside")


class TestTheOwner:
    def test_whoever_wrote_what_was_sent_is_proposed_and_confirmed(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        made = letters(DANA, TOMAS)
        write_mbox(tmp_path / "mail" / "Inbox", made[0::2])
        write_mbox(tmp_path / "mail" / "Sent", made[1::2])
        desk.takes_in(tmp_path / "mail")
        me = desk.asks("me")
        assert (me["addresses"], me["is_confirmed"]) == (["kim@adler.example"], False)
        assert "proposed" in desk.run("status").out
        me = desk.asks("me", "Kim@Adler.example")
        assert (me["addresses"], me["is_confirmed"]) == (["kim@adler.example"], True)
        assert "proposed" not in desk.run("status").out

    def test_a_second_address_makes_its_letters_the_owners(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        private = "Kim Adler <kim@home.example>"
        asked = Letter(sender=private, to=TOMAS, message_id="p@home.example")
        desk.takes_in(write_mbox(tmp_path / "all.mbox", [*letters(DANA), asked]))
        desk.asks("me", "kim@adler.example", "kim@home.example")
        directions = {one["message_id"]: one["direction"] for one in desk.exported("message")}
        assert directions["p@home.example"] == "outbound"
        desk.asks("me", "--forget", "kim@home.example")
        directions = {one["message_id"]: one["direction"] for one in desk.exported("message")}
        assert directions["p@home.example"] != "outbound"
        assert "kim@home.example" in contacts(desk)

    def test_a_letter_that_only_pretends_is_not_the_owners(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        made = letters(DANA)
        forged = Letter(
            sender=OWNER,
            to=OWNER,
            text="Please pay the enclosed invoice today.\n",
            message_id="forged@elsewhere.example",
            extra=(
                "Received: from elsewhere.example by mx.example; Mon, 3 Mar 2025 09:31:00 +0000",
            ),
        )
        write_mbox(tmp_path / "mail" / "Inbox", [made[0], forged])
        write_mbox(tmp_path / "mail" / "Sent", made[1:])
        desk.takes_in(tmp_path / "mail")
        line = {one["message_id"]: one for one in desk.exported("message")}
        assert line["forged@elsewhere.example"]["direction"] == "inbound"
        assert line["forged@elsewhere.example"]["claims_to_be_owner"] is True

    def test_what_is_no_address_is_refused(self, known: Desk) -> None:
        before = known.export()
        assert "is no address" in told(known, "me", "Kim Adler")
        assert known.export() == before


class TestWhatTheOwnerSays:
    def test_a_merge_is_undone_without_a_trace_in_what_is_concluded(self, known: Desk) -> None:
        before = concluded(known)
        known.asks("merge", "d.reyes@harbour.example", "dana@private.example")
        assert concluded(known) != before
        assert "Taken back: merge" in known.run("undo").out
        assert concluded(known) == before
        assert [edit["verb"] for edit in known.exported("edit")] == ["me", "merge", "undo"]

    def test_several_are_merged_at_once(self, known: Desk) -> None:
        known.asks("merge", *KEYS.values())
        assert set(addresses(contacts(known)[KEYS["dana"]])) >= {
            "dana@private.example",
            "tomas.lindt@birch.example",
        }

    def test_an_address_is_split_off_and_stays_so(self, known: Desk, box: Path) -> None:
        before = concluded(known)
        known.asks("split", "dana.reyes@harbour.example")
        assert addresses(contacts(known)["dana.reyes@harbour.example"]) == {
            "dana.reyes@harbour.example": "alone"
        }
        append_mbox(box, [Letter(sender=DANA, message_id="new@harbour.example")])
        known.takes_in(box)
        assert "dana.reyes@harbour.example" in contacts(known)
        known.asks("undo")
        assert set(addresses(contacts(known)[KEYS["dana"]])) == {
            "d.reyes@harbour.example",
            "dana.reyes@harbour.example",
        }
        assert concluded(known) != before  # one more letter came meanwhile

    def test_undo_takes_back_one_thing_after_the_other(self, known: Desk) -> None:
        states = [concluded(known)]
        for edit in (
            ("merge", "d.reyes@harbour.example", "dana@private.example"),
            ("split", "dana.reyes@harbour.example"),
            ("merge", "dana.moss@quay.example", "tomas"),
        ):
            known.asks(*edit)
            states.append(concluded(known))
        for state in reversed(states[:-1]):
            known.asks("undo")
            assert concluded(known) == state
        known.asks("undo")
        assert known.asks("me")["is_confirmed"] is False
        assert "nothing to undo" in told(known, "undo")

    def test_after_an_undo_the_same_may_be_said_again(self, known: Desk) -> None:
        known.asks("merge", "d.reyes@harbour.example", "dana@private.example")
        once = concluded(known)
        known.asks("undo")
        known.asks("merge", "d.reyes@harbour.example", "dana@private.example")
        assert concluded(known) == once
        known.asks("undo")
        assert "dana@private.example" in contacts(known)

    def test_what_was_merged_is_taken_apart_again_by_split(self, known: Desk) -> None:
        before = concluded(known)
        known.asks("merge", "d.reyes@harbour.example", "dana@private.example")
        known.asks("split", "dana@private.example")
        assert addresses(contacts(known)["dana@private.example"]) == {
            "dana@private.example": "alone"
        }
        assert contacts(known).keys() == {
            line["key"] for line in before if line["kind"] == "contact"
        }

    def test_a_suggestion_taken_up_is_a_suggestion_no_more(self, known: Desk) -> None:
        def suggested() -> set[frozenset[str]]:
            pairs = known.asks("contacts", "--suggestions")
            return {frozenset((one["left"], one["right"])) for one in pairs}

        pair = frozenset((KEYS["dana"], KEYS["away"]))
        assert pair in suggested()
        known.asks("merge", *pair)
        assert pair not in suggested()

    def test_an_answer_from_the_other_address_closes_the_wait_once_merged(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        asked = Letter(sender=OWNER, to=DANA, subject="The lease", message_id="ask@adler.example")
        other = Letter(
            sender=DANA_AWAY,
            subject="New address",
            text="I write from here now. Yes to the lease.\n",
            at=START + timedelta(days=2),
            message_id="yes@private.example",
        )
        desk.takes_in(write_mbox(tmp_path / "all.mbox", [asked, other]))
        desk.asks("me", "kim@adler.example")

        def closures() -> list[tuple[str, str]]:
            return [(line["contact"], line["closure"]) for line in desk.exported("episode")]

        assert closures() == [("dana.reyes@harbour.example", "")]
        desk.asks("merge", "dana.reyes@harbour.example", "dana@private.example")
        assert closures() == [("dana.reyes@harbour.example", "response_elsewhere")]
        desk.asks("undo")
        assert closures() == [("dana.reyes@harbour.example", "")]

    def test_merged_contacts_are_one_and_stay_so(self, known: Desk, box: Path) -> None:
        known.asks("merge", "d.reyes@harbour.example", "dana@private.example")
        merged = contacts(known)[KEYS["dana"]]
        assert addresses(merged)["dana@private.example"] == "owner_said"
        assert "dana@private.example" not in contacts(known)
        append_mbox(box, [Letter(sender=DANA_AWAY, message_id="new@private.example")])
        known.takes_in(box)
        assert addresses(contacts(known)[KEYS["dana"]]) == addresses(merged)
        assert contacts(known)[KEYS["dana"]]["received"] == merged["received"] + 1


class TestWhatIsRefused:
    def test_a_name_that_fits_several_lists_them(self, known: Desk) -> None:
        said = told(known, "merge", "dana", "tomas")
        assert "Name one by address" in said
        assert all(key in said for key in (KEYS["dana"], KEYS["away"], "dana.moss@quay.example"))

    def test_nothing_is_merged_with_itself(self, known: Desk) -> None:
        assert "one contact already" in told(
            known, "merge", "d.reyes@harbour.example", "dana.reyes@harbour.example"
        )
        assert "two contacts at least" in told(known, "merge", "dana@private.example")
        assert "gonequiet merge" in told(known, "merge")

    @pytest.mark.parametrize(
        "tokens",
        [
            ("merge", "nobody at all", "tomas"),
            ("split", "nobody@nowhere.example"),
            ("split", "dana@private.example"),
            ("split", "Dana Moss"),
            ("merge", "%", "tomas"),
            ("merge", "_", "tomas"),
        ],
        ids=" ".join,
    )
    def test_what_cannot_be_done_changes_nothing(self, tokens: Sequence[str], known: Desk) -> None:
        before = known.export()
        told(known, *tokens)
        assert known.export() == before

    def test_part_of_a_name_or_any_address_finds_a_contact(self, known: Desk) -> None:
        for tokens in (("moss", "tomas"), ("DANA.MOSS@quay.example", "Lindt")):
            assert known.run("merge", *tokens).code == 0
            known.asks("undo")


def concluded(desk: Desk) -> list[dict[str, Any]]:
    """Returns everything but the owner's journal."""
    kinds = ("message", "contact", "episode", "wait")
    return [line for kind in kinds for line in desk.exported(kind)]

"""Looking back by the command line: every sign opens to its words, and the owner may overrule."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, answer_to, write_mbox

AS_OF = "2025-05-20"
PUT_OFF = "Let us come back to this once the dust has settled."


def exchange() -> list[Letter]:
    """Returns letters to which the answers hold back, each as the answer to a question."""
    answers = (
        "Thursday at ten is fine.\n\nI have blocked out the whole morning for you.\n",
        f"Great drawings! {PUT_OFF}\n",
        "We would perhaps take half of it, hard to say from here.\n",
        "Sorry, I have to move our meeting, the crane is down.\n",
    )
    made = []
    for number, words in enumerate(answers):
        asked = Letter(
            sender=OWNER,
            to=DANA,
            subject=f"Berth {number}",
            text=f"Could you tell me which of the {number + 2} berths you want?\n",
            at=START + timedelta(days=9 * number),
            message_id=f"berth{number}@adler.example",
        )
        made += [asked, answer_to(asked, DANA, text=words)]
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    box = write_mbox(tmp_path / "mail" / "all.mbox", exchange())
    found = Desk(tmp_path / "records.db")
    found.takes_in(box)
    assert found.run("me", "kim@adler.example").code == 0
    return found


def reflection(desk: Desk) -> Any:
    return desk.asks("reflect", "Dana", "--as-of", AS_OF)


def sign(desk: Desk, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in reflection(desk)["signs"] if one["kind"] == kind)
    return found


def test_every_quoted_sign_stands_in_its_message(desk: Desk) -> None:
    texts = {one["message_id"]: one["new_text"] for one in desk.exported("message")}
    quoted = [one for one in reflection(desk)["signs"] if one["start"] >= 0]

    assert len(quoted) >= 4
    for one in quoted:
        words = texts[one["message_id"]][one["start"] : one["stop"]]
        assert " ".join(words.split()) == one["quote"]


def test_what_was_put_off_hedged_and_moved_is_told_and_effort_as_well(desk: Desk) -> None:
    kinds = {one["kind"] for one in reflection(desk)["signs"]}

    assert {"deferral", "hedge", "rescheduled", "effort", "question_unanswered"} <= kinds
    assert sign(desk, "deferral")["quote"] == PUT_OFF


def test_few_letters_leave_the_statement_wide(desk: Desk) -> None:
    low, high = reflection(desk)["interval_90"]

    assert high - low > 0.4


def test_an_overruled_sign_does_not_count_and_is_still_shown(desk: Desk) -> None:
    before, one = reflection(desk), sign(desk, "deferral")
    said = desk.run("overrule", one["key"], "--because", "the flood", "--as-of", AS_OF)
    after = sign(desk, "deferral")

    assert said.code == 0, said
    assert (after["is_overruled"], after["because"], after["votes"]) == (True, "the flood", 0)
    assert reflection(desk)["share_for_commitment"] > before["share_for_commitment"]
    assert "the flood" in desk.run("reflect", "Dana", "--as-of", AS_OF).out


def test_an_overrule_outlives_an_import_into_an_empty_database(desk: Desk, tmp_path: Path) -> None:
    one = sign(desk, "hedge")
    anew = Desk(tmp_path / "anew.db")
    anew.takes_in(write_mbox(tmp_path / "again" / "all.mbox", exchange()[2:]))
    anew.run("me", "kim@adler.example")

    assert sign(anew, "hedge")["key"] == one["key"]
    assert sign(anew, "hedge")["message_id"] == one["message_id"]


def test_an_overrule_outlives_more_mail(desk: Desk, tmp_path: Path) -> None:
    one = sign(desk, "hedge")
    desk.run("overrule", one["key"], "--as-of", AS_OF)
    more = Letter(sender=DANA, text="The crane is up again.\n", at=START + timedelta(days=60))
    desk.takes_in(write_mbox(tmp_path / "more" / "more.mbox", [more]))

    assert sign(desk, "hedge")["is_overruled"]
    assert desk.run("verify").code == 0


def test_undo_takes_an_overrule_back(desk: Desk) -> None:
    one = sign(desk, "hedge")
    desk.run("overrule", one["key"], "--as-of", AS_OF)

    assert desk.run("undo").code == 0
    assert not sign(desk, "hedge")["is_overruled"]


def test_an_overruled_sign_cannot_be_overruled_again(desk: Desk) -> None:
    key = sign(desk, "hedge")["key"]
    desk.run("overrule", key, "--as-of", AS_OF)
    again = desk.run("overrule", key, "--as-of", AS_OF)

    assert again.code == 2
    assert "undo" in again.err


@pytest.mark.parametrize("key", ["no-such-id", "0123456789abcd"])
def test_an_unknown_id_is_refused_with_the_next_step(desk: Desk, key: str) -> None:
    answer = desk.run("overrule", key)

    assert answer.code == 2
    assert "reflect" in answer.err


def test_nothing_later_than_the_moment_asked_about_is_known(desk: Desk) -> None:
    early = desk.asks("reflect", "Dana", "--as-of", "2025-03-04")

    assert early["letters"] == 2
    assert not {"hedge", "deferral"} & {one["kind"] for one in early["signs"]}


def test_the_note_reads_plainly_in_lines_that_fit(desk: Desk) -> None:
    out = desk.run("reflect", "Dana", "--all", "--as-of", AS_OF).out

    assert "Looking back on the exchange with Dana Reyes" in out
    assert "What you asked and heard nothing firm about" in out
    assert max(map(len, out.splitlines())) <= 100

"""Looking back by the command line: every sign opens to its words, and the owner may overrule."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, answer_to, write_mbox

AS_OF = "2025-05-20"
LENA = "Lena Roth <lena@harbour.example>"
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


def with_a_colleague() -> list[Letter]:
    """Returns letters about one matter to which two of one house answer in turn."""
    asked = [
        Letter(
            sender=OWNER,
            to=to,
            subject="Harbour crane",
            text=f"Could you tell me which of the {number} cranes you want?\n",
            at=START + timedelta(days=7 * number),
            message_id=f"crane{number}@adler.example",
        )
        for number, to in ((2, DANA), (3, LENA))
    ]
    words = (
        "Lena runs the cranes and is copied here. We want the second one.\n",
        "We would perhaps take both of them, hard to say from here.\n",
    )
    answers = [
        answer_to(one, one.to, text=text, message_id=f"answer{number}@harbour.example")
        for number, (one, text) in enumerate(zip(asked, words, strict=True))
    ]
    return [*asked, *answers]


@pytest.fixture
def house(tmp_path: Path) -> Desk:
    box = write_mbox(tmp_path / "mail" / "all.mbox", [*exchange(), *with_a_colleague()])
    found = Desk(tmp_path / "house.db")
    found.takes_in(box)
    assert found.run("me", "kim@adler.example").code == 0
    return found


def engagement(desk: Desk, subject: str = "Harbour crane") -> str:
    """Returns the key of the engagement that holds a thread of that subject."""
    for one in desk.asks("engagements", "--as-of", AS_OF):
        shown = desk.asks("engagements", "show", one["key"], "--as-of", AS_OF)
        if any(subject in str(found) for found in shown["subjects"]):
            return str(one["key"])
    raise AssertionError(subject)


def test_an_engagement_is_looked_back_on_with_all_its_people(house: Desk) -> None:
    key = engagement(house)
    found = house.asks("reflect", key, "--as-of", AS_OF)

    assert found["engagement"]["key"] == key
    assert {"dana.reyes@harbour.example", "lena@harbour.example"} <= set(found["contacts"])
    writers = {name for half in found["balance"]["people"] for name in half["people"]}
    assert {"Dana Reyes", "Lena Roth"} <= writers
    hedged = {one["message_id"] for one in found["signs"] if one["kind"] == "hedge"}
    assert "answer1@harbour.example" in hedged


def test_an_engagement_goes_by_its_name_as_engagements_lists_it(house: Desk) -> None:
    key = engagement(house)
    house.run("engagements", "name", key, "North quay")
    out = house.run("reflect", "north quay", "--as-of", AS_OF).out

    assert f"Looking back on North quay ({key})" in out


def test_a_contact_and_an_engagement_of_one_name_are_not_guessed_between(house: Desk) -> None:
    key = engagement(house)
    house.run("engagements", "name", key, "Dana Reyes")
    answer = house.run("reflect", "Dana Reyes", "--as-of", AS_OF)

    assert answer.code == 2
    assert "by address" in answer.err
    assert "dana.reyes@harbour.example" in answer.err
    assert key in answer.err
    assert house.asks("reflect", key, "--as-of", AS_OF)["engagement"]["key"] == key
    by_address = house.asks("reflect", "dana.reyes@harbour.example", "--as-of", AS_OF)
    assert by_address["engagement"] is None


def test_every_sign_of_an_engagement_can_be_overruled(house: Desk) -> None:
    key = engagement(house)
    signs = house.asks("reflect", key, "--as-of", AS_OF)["signs"]
    for one in signs:
        assert house.run("overrule", one["key"], "--as-of", AS_OF).code == 0, one
    after = house.asks("reflect", key, "--as-of", AS_OF)["signs"]

    assert len(signs) >= 3
    assert all(one["is_overruled"] for one in after)


def test_a_name_of_nobody_and_nothing_is_refused_with_the_next_step(house: Desk) -> None:
    answer = house.run("reflect", "Nowhere Shipyard")

    assert answer.code == 2
    assert "gonequiet engagements" in answer.err


def colleague(days: float, **changes: str) -> Letter:
    """Something another of Dana's house writes of their own accord, after the last question."""
    made = Letter(
        sender=LENA,
        subject="The berths at the mole",
        text="Number three is yours.\n",
        at=START + timedelta(days=36 + days),
        message_id=f"mole{days}@harbour.example",
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def excuses(place: Path, *letters: Letter) -> list[dict[str, Any]]:
    """What else may explain that the last question was never answered."""
    asked = Letter(
        sender=OWNER,
        to=DANA,
        subject="Mole",
        text="Which berth at the mole is ours?\n",
        at=START + timedelta(days=36),
        message_id="mole@adler.example",
    )
    desk = Desk(place / "more.db")
    desk.takes_in(write_mbox(place / "more" / "all.mbox", [*exchange(), asked, *letters]))
    desk.run("me", "kim@adler.example")
    return [one for one in reflection(desk)["other_explanations"] if one["excuse"] == "colleague"]


def test_what_a_colleague_began_to_write_may_be_the_answer(tmp_path: Path) -> None:
    (found,) = excuses(tmp_path, colleague(3))

    assert found["quote"] == "Lena Roth: The berths at the mole"


@pytest.mark.parametrize(
    "letter",
    [
        colleague(-2),
        colleague(30),
        colleague(3, sender="Paul Stein <paul@quay.example>"),
        colleague(3, to="Tomas Lindt <tomas.lindt@birch.example>"),
    ],
    ids=["before the question", "long after it", "of another house", "to somebody else"],
)
def test_other_letters_stand_in_for_nobody(letter: Letter, tmp_path: Path) -> None:
    assert excuses(tmp_path, letter) == []

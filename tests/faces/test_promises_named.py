"""What is said of somebody named is their side's promise, and it is shown who said it."""

from __future__ import annotations

from pathlib import Path

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, Letter, write_mbox

LATER = "2025-03-05"
OF_A_COLLEAGUE = Letter(
    text="Hello Kim,\n\nAnna will send you the draft by Friday.\n\nDana\n",
    message_id="anna@harbour.example",
)
OF_OURS = Letter(
    sender=OWNER,
    to=DANA,
    subject="Keys",
    text="Hello Dana,\n\nRobin will bring you the keys on Monday.\n\nKim\n",
    message_id="robin@adler.example",
)
OF_A_READER = Letter(
    to=f"{OWNER}, Robin Adler <robin@adler.example>",
    subject="Lease",
    text="Hello Kim,\n\nRobin will get back to you on the lease.\n\nDana\n",
    message_id="lease@harbour.example",
)


def full(desk: Desk, folder: Path, *letters: Letter) -> Desk:
    desk.takes_in(write_mbox(folder / "mail" / "all.mbox", letters))
    desk.asks("me", "kim@adler.example")
    return desk


def test_the_writers_side_answers_for_a_colleague(desk: Desk, tmp_path: Path) -> None:
    full(desk, tmp_path, OF_A_COLLEAGUE)
    (found,) = desk.asks("promises", "--as-of", LATER)["promises"]

    assert (found["side"], found["standing"], found["due_on"]) == (
        "theirs",
        "recorded",
        "2025-03-07",
    )
    assert found["said"]["words"].startswith("Anna will send you the draft")


def test_it_is_shown_who_said_it(desk: Desk, tmp_path: Path) -> None:
    full(desk, tmp_path, OF_A_COLLEAGUE, OF_OURS)
    shown = " ".join(desk.run("promises", "--as-of", LATER).out.split())

    assert "by Dana Reyes, of somebody named, in Draft agreement" in shown
    assert "by you, of somebody named, in Keys" in shown


def test_our_own_side_answers_for_whom_the_owner_names(desk: Desk, tmp_path: Path) -> None:
    full(desk, tmp_path, OF_OURS)
    (found,) = desk.asks("promises", "--as-of", LATER)["promises"]

    assert (found["side"], found["due_on"]) == ("mine", "2025-03-10")


def test_what_is_said_of_a_reader_is_theirs_and_only_proposed(desk: Desk, tmp_path: Path) -> None:
    full(desk, tmp_path, OF_A_READER)
    (found,) = desk.asks("promises", "review", "--as-of", LATER)

    assert (found["side"], found["standing"]) == ("mine", "proposed")

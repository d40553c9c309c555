"""A command that dropped the old conclusions and was stopped: no question takes that for silence.

And what else ends early for want of room leaves nothing behind, and says so in words.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from gonequiet.store.concluding import ConclusionTables
from gonequiet.store.database import Database
from tests.support.desk import Answer, Desk
from tests.support.faults import answer_of, assert_one_sentence, child, disk_at
from tests.support.letters import correspondence, settle, write_maildir

QUESTIONS = ("contacts", "owed", "quiet", "today", "status", "promises", "meetings", "me")
AS_OF = ("--as-of", "2025-03-12")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = write_maildir(tmp_path_factory.mktemp("mail") / "post", correspondence(300))
    settle(root)
    desk = Desk(tmp_path_factory.mktemp("filled") / "records.db")
    desk.takes_in(root)
    desk.asks("me", "kim@adler.example")
    return desk


@pytest.fixture
def whole(filled: Desk, tmp_path: Path) -> Desk:
    assert filled.run("backup", tmp_path / "own.db").code == 0
    return Desk(tmp_path / "own.db")


def drop_conclusions(desk: Desk) -> None:
    """Leaves the database as a command does that is stopped before it has drawn them again."""
    ConclusionTables(Database(desk.db)).forget_conclusions()


def asked(desk: Desk, command: str) -> tuple[int, str]:
    judging = () if command in ("contacts", "me") else AS_OF
    answer = desk.run(command, *judging)
    return answer.code, answer.out


@pytest.mark.parametrize("command", QUESTIONS)
def test_a_question_draws_what_a_stopped_command_had_dropped(whole: Desk, command: str) -> None:
    before = asked(whole, command)
    drop_conclusions(whole)
    assert asked(whole, command) == before


def test_what_the_owner_says_meets_the_same_people(whole: Desk) -> None:
    drop_conclusions(whole)
    assert whole.run("log", "met", "p1@firm1.example", "--on", "2025-03-10").code == 0
    assert whole.asks("verify")["sound"] is True


def test_while_somebody_else_draws_them_a_question_waits(whole: Desk) -> None:
    drop_conclusions(whole)
    holds, waits = os.pipe(), os.pipe()

    def hold() -> None:
        with Database(whole.db).sole_writer():
            os.write(holds[1], b"x")
            os.read(waits[0], 1)

    with child(hold):
        os.read(holds[0], 1)
        answer = whole.run("owed", *AS_OF)
        os.write(waits[1], b"x")
    for end in (*holds, *waits):
        os.close(end)
    assert_one_sentence(answer)
    assert "Another gonequiet" in answer.err


@pytest.mark.parametrize("command", ["backup", "verify"])
@pytest.mark.parametrize("room", [0, 100_000])
def test_a_copy_there_is_no_room_for_is_told_and_leaves_nothing(
    whole: Desk, tmp_path: Path, command: str, room: int
) -> None:
    tokens = (command, tmp_path / "copy.db") if command == "backup" else (command,)

    def starved() -> Answer:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        return whole.run(*tokens)

    assert_one_sentence(answer_of(starved))
    assert {file.name for file in tmp_path.iterdir()} <= {"own.db", "own.db-wal", "own.db-shm"}


@pytest.fixture
def shut_disk(tmp_path: Path) -> Iterator[Path]:
    with disk_at(tmp_path / "shut", "ro,size=1m") as place:
        yield place


def test_a_disk_that_may_only_be_read_takes_nothing_back(whole: Desk, shut_disk: Path) -> None:
    assert_one_sentence(Desk(shut_disk / "new.db").run("restore", whole.db))
    assert_one_sentence(whole.run("backup", shut_disk / "copy.db"))


@pytest.mark.parametrize("damage", ["no database", "cut off", "empty"])
def test_a_backup_takes_the_place_of_a_damaged_database(
    whole: Desk, tmp_path: Path, damage: str
) -> None:
    before = whole.export()
    assert whole.run("backup", tmp_path / "safe.db").code == 0
    held = whole.db.read_bytes()
    left = {"no database": bytes(len(held)), "cut off": held[: len(held) // 2], "empty": b""}
    whole.db.write_bytes(left[damage])
    assert whole.run("restore", tmp_path / "safe.db").code == 0
    assert whole.export() == before
    (aside,) = tmp_path.glob("own.before-restore-*")
    assert aside.read_bytes() == left[damage]

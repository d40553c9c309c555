"""Newsletters, receipts and notifications bind nobody; a person's letter near to them does."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import OWNER, START, Letter, write_mbox

LETTERS: dict[str, list[dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("bulk_letters.toml").read_text("utf-8")
)
ASKING = {"request", "proposal"}


def read(desk: Desk, folder: Path, kind: str) -> tuple[set[str], set[str]]:
    """The numbers of the letters that ask for something, and of those that promise something."""
    letters = [
        Letter(
            sender=one["from"],
            to=one.get("to", OWNER),
            subject=one["subject"],
            text=one["text"] + "\n",
            at=START,
            message_id=f"{number}@{kind}.example",
        )
        for number, one in enumerate(LETTERS[kind])
    ]
    desk.takes_in(write_mbox(folder / f"{kind}.mbox", letters))
    asked = {
        named(line)
        for line in desk.exported("words")
        if any(act[0] in ASKING for act in line["acts"])
    }
    return asked, {named(line) for line in desk.exported("commitment")}


def named(line: dict[str, Any]) -> str:
    return json.dumps(line["message"])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk" / "records.db")


def test_there_are_enough_of_them() -> None:
    assert len(LETTERS["bulk"]) >= 40


def test_bulk_mail_promises_and_asks_nothing(desk: Desk, tmp_path: Path) -> None:
    assert read(desk, tmp_path, "bulk") == (set(), set())


def test_a_persons_letter_about_such_things_is_read(desk: Desk, tmp_path: Path) -> None:
    asked, promised = read(desk, tmp_path, "personal")

    assert len(asked) == len(promised) == len(LETTERS["personal"])

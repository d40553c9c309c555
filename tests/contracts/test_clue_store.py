"""The clues the store gives, from letters that came in by the front door."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gonequiet.app.workdays import ClueStore
from gonequiet.store.asking import RecordTables
from gonequiet.store.clues import LATEST, MONTHS, ClueTables
from gonequiet.store.database import Database
from tests.support.desk import Desk
from tests.support.letters import ANSWERED, ASKED, DANA, Letter

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST = datetime(2024, 1, 10, 9, tzinfo=TOKYO)
SIGNATURE = "-- \nDana Reyes\nHarbour Works, Tokyo\nT +81 3 5550 0121\n"


def letters(count: int) -> list[Letter]:
    """Dana's letters, one every ten days, each with its number in the signature."""
    return [
        Letter(
            text=f"The tide is at {number} metres.\n\n{SIGNATURE}Desk {number}\n",
            at=FIRST + timedelta(days=10 * number),
            message_id=f"{number}@harbour.example",
        )
        for number in range(count)
    ]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    return folder


def dana_of(desk: Desk) -> int:
    return next(
        card.number
        for card in RecordTables(Database(desk.db)).contacts(including_set_aside=True)
        if card.name == DANA.partition(" <")[0]
    )


def store_with(desk: Desk, place: Path, written: list[Letter]) -> ClueStore:
    for number, letter in enumerate(written):
        (place / f"{number:04d}.eml").write_bytes(letter.raw())
    desk.takes_in(place)
    assert desk.run("me", "kim@adler.example").code == 0
    return ClueTables(Database(desk.db))


def test_address_signature_and_offset_of_a_contact_are_given(desk: Desk, place: Path) -> None:
    store = store_with(desk, place, [*letters(1), ASKED, ANSWERED])
    clues = store.clues([dana_of(desk)])[dana_of(desk)]
    assert clues.addresses == ("dana.reyes@harbour.example",)
    assert [one.at for one in clues.signatures] == [int(FIRST.timestamp())]
    assert "+81 3 5550 0121" in clues.signatures[0].text
    assert (int(FIRST.timestamp()), 540) in clues.offsets


def test_only_the_latest_signatures_and_months_are_given(desk: Desk, place: Path) -> None:
    written = letters(LATEST + 25)
    store = store_with(desk, place, written)
    clues = store.clues([dana_of(desk)])[dana_of(desk)]
    moments = [int(letter.at.timestamp()) for letter in written]
    assert sorted(one.at for one in clues.signatures) == moments[-LATEST:]
    assert len(clues.offsets) == MONTHS
    assert max(one.at for one in clues.offsets) == moments[-1]


def test_the_owners_letters_tell_nothing_of_a_contact(desk: Desk, place: Path) -> None:
    sent = ANSWERED._replace(text=f"Yes.\n\n{SIGNATURE}", at=FIRST)
    store = store_with(desk, place, [ASKED, sent])
    clues = store.clues([dana_of(desk)])[dana_of(desk)]
    assert clues.signatures == ()
    assert [one.minutes for one in clues.offsets] == [0]


def test_a_contact_nobody_knows_has_no_clues(desk: Desk, place: Path) -> None:
    store = store_with(desk, place, [ASKED])
    assert store.clues([4711]) == {4711: ((), (), ())}
    assert store.clues([]) == {}

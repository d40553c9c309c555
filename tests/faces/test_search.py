"""`gonequiet search`: what a text holds is found, wherever in it it stands."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import START, Letter, write_mbox

TEXTS = {
    "rate": "The rate is 12,5 % a year.\n",
    "airport": "We land at the airport_hotel in Straßenheim at noon.\n",
    "port": "Port fees are paid; see you at the quay.\n",
    "quote": 'They call it "the yard", nothing else.\n',
    "tokyo": "来週の木曜日に東京で会いましょう。\n",
    "path": "It lies in C:\\plans\\2025_final.\n",
    "break": "Please send the signed\nlease back.\n",
}


@pytest.fixture
def filled(tmp_path: Path, desk: Desk) -> Desk:
    letters = [
        Letter(
            subject=f"Note {number}",
            text=text,
            at=START + timedelta(days=number),
            message_id=f"{name}@harbour.example",
        )
        for number, (name, text) in enumerate(TEXTS.items())
    ]
    desk.takes_in(write_mbox(tmp_path / "mail" / "Inbox.mbox", letters))
    return desk


def found(desk: Desk, *tokens: str) -> list[str]:
    return [hit["message_id"].partition("@")[0] for hit in desk.asks("search", *tokens)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("%", "rate"),
        ("12,5 %", "rate"),
        ('"', "quote"),
        ('"the yard"', "quote"),
        ("木曜日", "tokyo"),
        ("東京で", "tokyo"),
        ("_hotel", "airport"),
        ("rport_ho", "airport"),
        ("RASSENHEIM", "airport"),
        ("\\plans\\", "path"),
        ("5_fin", "path"),
        ("igned lease", "break"),
    ],
)
def test_a_text_is_found_wherever_it_stands(filled: Desk, text: str, name: str) -> None:
    assert found(filled, text) == [name]


@pytest.mark.parametrize("text", ["zzz", "%%", "___", "12_5", "signed%lease", " ", "\\"])
def test_signs_stand_for_themselves(filled: Desk, text: str) -> None:
    assert found(filled, text) == (["path"] if text == "\\" else [])


def test_words_that_begin_with_the_text_come_alone_unless_all_are_wanted(filled: Desk) -> None:
    assert found(filled, "port") == ["port"]
    assert found(filled, "port", "--inside-words") == ["port", "airport"]
    assert found(filled, "port", "--inside-words", "--limit", "1") == ["port"]

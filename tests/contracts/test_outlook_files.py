"""Outlook files through the front door: mail like any other; what cannot be read is listed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import Letter, write_eml, write_zip
from tests.support.outlook import arrived, msg_file, sent

LETTER = Letter()
HEADERS = LETTER.raw().decode().partition("\n\n")[0]
ARRIVED = arrived(f"Received: from relay.example by mx.adler.example\n{HEADERS}", LETTER.text)
ANSWER = sent(
    "kim@adler.example",
    "dana.reyes@harbour.example",
    subject="Re: Draft agreement",
    text="Thursday suits me well. Could you send me the figures before?\r\n",
    at=LETTER.at.replace(hour=12),
    more={0x1035: "<two@adler.example>", 0x1042: "<one@harbour.example>", 0x0C1A: "Kim Adler"},
)


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def test_saved_messages_are_mail_with_threads_and_directions(desk: Desk, tmp_path: Path) -> None:
    saved = put(tmp_path / "saved", {"Inbox/a.msg": ARRIVED, "Sent Items/b.msg": ANSWER})
    assert desk.takes_in(saved) == (2, 0)
    assert desk.run("me", "kim@adler.example").code == 0
    messages = desk.exported("message")
    assert {line["direction"] for line in messages} == {"inbound", "outbound"}
    assert len({line["thread"] for line in messages}) == 1
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_a_message_known_from_a_mailbox_is_a_copy(desk: Desk, tmp_path: Path) -> None:
    write_eml(tmp_path / "mail", [LETTER])
    assert desk.takes_in(tmp_path / "mail") == (1, 0)
    assert desk.takes_in(put(tmp_path / "saved", {"a.msg": ARRIVED})) == (0, 1)
    assert desk.takes_in(put(tmp_path / "saved", {})) == (0, 0)


def test_it_is_the_same_in_an_archive(desk: Desk, tmp_path: Path) -> None:
    archive = write_zip(tmp_path / "saved.zip", [("a.msg", ARRIVED), ("b.msg", ANSWER)])
    assert desk.takes_in(archive) == (2, 0)


def test_what_is_no_message_or_damaged_is_listed(desk: Desk, tmp_path: Path) -> None:
    card = msg_file({0x001A: "IPM.Contact"})
    files = {"a.msg": ARRIVED, "card.msg": card, "cut.msg": ARRIVED[:3000]}
    assert desk.takes_in(put(tmp_path / "saved", files)) == (1, 0)
    assert {line["unit"]: line["problem_kind"] for line in desk.exported("problem")} == {
        "card.msg": "skipped",
        "cut.msg": "unreadable",
    }


@pytest.mark.parametrize("seed", range(6))
def test_a_data_file_that_is_none_is_one_problem_and_nothing_else_is_lost(
    desk: Desk, tmp_path: Path, seed: int
) -> None:
    junk = b"!BDN" + random.Random(seed).randbytes((0, 20, 508, 600, 5000, 100_000)[seed])
    saved = put(tmp_path / "saved", {"mail.pst": junk, "a.msg": ARRIVED})
    assert desk.takes_in(saved) == (1, 0)
    (problem,) = desk.exported("problem")
    assert problem["unit"] == "mail.pst"
    assert problem["problem_kind"] == "unreadable"
    assert desk.takes_in(saved) == (0, 0)
    assert len(desk.exported("problem")) == 1
    assert (saved / "mail.pst").read_bytes() == junk


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra was not installed."""
    monkeypatch.setitem(sys.modules, "olefile", None)
    monkeypatch.setitem(sys.modules, "pypff", None)


@pytest.mark.usefixtures("without_extra")
@pytest.mark.parametrize("name", ["a.msg", "mail.pst"])
def test_without_the_extra_the_owner_is_told_what_to_install(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    content = ARRIVED if name == "a.msg" else b"!BDN" + b"\0" * 600
    saved = put(tmp_path / "saved", {name: content})
    refused = desk.run("import", saved, "--workers", "1")
    assert refused.code == 1
    assert "pip install 'gonequiet[outlook]'" in refused.words


def test_once_the_extra_is_there_the_same_import_reads_what_was_left(
    desk: Desk, tmp_path: Path
) -> None:
    saved = put(tmp_path / "saved", {"a.msg": ARRIVED})
    write_zip(saved / "old.zip", [("b.msg", ANSWER)])
    write_eml(saved / "mail", [Letter(message_id="other@harbour.example", text="Hello\n")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "olefile", None)
        assert desk.takes_in(saved) == (1, 0)
        reasons = {line["reason"] for line in desk.exported("problem")}
        assert len(reasons) == 1
        assert "pip install 'gonequiet[outlook]'" in reasons.pop()
    assert desk.takes_in(saved) == (2, 0)
    assert not desk.exported("problem")

"""Files written by other hands: marks before the first letter, other line ends, UTF-16."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import FOURTH, OWNER, THREE, as_mbox, write_mbox, write_zip

MARK = b"\xef\xbb\xbf"
ALL = {letter.message_id for letter in THREE}
CHAT = (
    "31.12.25, 21:15 - Dana Reyes: Kommst du morgen zum Hafen?\r\n"
    "31.12.25, 21:17 - Kim Adler: Ja, um zehn. Grüße!\r\n"
)
CALLS = "number;date;type;duration\r\n+49 30 1234567;2025-03-03 09:30:00;incoming;61\r\n"


def ids(desk: Desk) -> set[str]:
    return {line["message_id"] for line in desk.exported("message")}


def subjects(desk: Desk) -> set[str]:
    return {line["subject"] for line in desk.exported("message")}


def with_mark(content: bytes) -> bytes:
    return MARK + content


def of_the_first_macs(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r")


@pytest.mark.parametrize("written", [with_mark, of_the_first_macs])
class TestMailboxesOfOtherHands:
    def test_are_read_whole_and_the_same(
        self, written: Callable[[bytes], bytes], tmp_path: Path, desk: Desk
    ) -> None:
        file = tmp_path / "old.mbox"
        file.write_bytes(written(b"".join(map(as_mbox, THREE))))
        assert desk.takes_in(file) == (3, 0)
        write_mbox(tmp_path / "usual.mbox", THREE)
        assert desk.takes_in(tmp_path / "usual.mbox") == (0, 3)
        assert not desk.problems()

    def test_may_grow(self, written: Callable[[bytes], bytes], tmp_path: Path, desk: Desk) -> None:
        file = tmp_path / "old.mbox"
        whole = written(b"".join(map(as_mbox, (*THREE, FOURTH))))
        last = len(as_mbox(FOURTH))
        file.write_bytes(whole[:-last])
        assert desk.takes_in(file) == (3, 0)
        file.write_bytes(whole)
        assert desk.takes_in(file) == (1, 0)
        assert ids(desk) == {*ALL, FOURTH.message_id}

    def test_of_one_letter_may_be_cut_off_and_whole_later(
        self, written: Callable[[bytes], bytes], tmp_path: Path, desk: Desk
    ) -> None:
        file = tmp_path / "old.mbox"
        whole = written(as_mbox(THREE[2]))
        file.write_bytes(whole[:-30])
        assert desk.takes_in(file)[0] == 1
        file.write_bytes(whole)
        desk.takes_in(file)
        assert desk.asks("search", "name a day")
        assert len(desk.exported("message")) == 1

    def test_are_read_in_an_archive(
        self, written: Callable[[bytes], bytes], tmp_path: Path, desk: Desk
    ) -> None:
        content = written(b"".join(map(as_mbox, THREE)))
        assert desk.takes_in(write_zip(tmp_path / "a.zip", [("old.mbox", content)])) == (3, 0)
        assert subjects(desk) == {letter.subject for letter in THREE}


def test_a_letter_with_bare_carriage_returns_is_read_under_any_name(
    tmp_path: Path, desk: Desk
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "1").write_bytes(of_the_first_macs(THREE[2].raw()))
    assert desk.takes_in(folder) == (1, 0)
    assert subjects(desk) == {THREE[2].subject}


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_files_of_two_bytes_a_letter_are_read(codec: str, tmp_path: Path, desk: Desk) -> None:
    def put(name: str, text: str) -> Path:
        mark = "" if codec == "utf-16" else "\ufeff"
        (tmp_path / name).write_bytes((mark + text).encode(codec))
        return tmp_path / name

    letter = put("letter.eml", THREE[2].raw().decode())
    chat = put("WhatsApp Chat with Dana Reyes.txt", CHAT)
    calls = put("calls.csv", CALLS)
    desk.run("me", OWNER)
    assert desk.run("import", calls, "--workers", "1").code == 0
    assert desk.run("import", chat, "--as", "Kim Adler", "--workers", "1").code == 0
    assert desk.takes_in(letter) == (1, 0)
    channels = {line["channel"] for line in desk.exported("message")}
    assert channels == {"mail", "chat", "call"}
    assert THREE[2].subject in subjects(desk)

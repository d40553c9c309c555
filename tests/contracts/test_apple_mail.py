"""Apple Mail's own folders are read as they lie: a length, a mail, and a list that is no mail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gonequiet.formats.apple_mail import mailbox_of, without_count
from gonequiet.formats.mime import parse_message
from gonequiet.formats.recognise import FileKind, recognise
from tests.support.desk import Desk
from tests.support.letters import ANSWERED, APART, ASKED, Letter

LIST = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>flags</dict></plist>\n'


def as_emlx(letter: Letter) -> bytes:
    """A letter as Apple Mail keeps it."""
    mail = letter.raw()
    return b"%-11d\n" % len(mail) + mail + LIST


def write_library(root: Path, mailboxes: dict[str, Sequence[Letter]]) -> Path:
    """Writes mailboxes where Apple Mail writes them."""
    number = 0
    for name, letters in mailboxes.items():
        folder = root / "V10" / "A1B2" / f"{name}.mbox" / "C3D4" / "Data" / "4" / "Messages"
        folder.mkdir(parents=True)
        for letter in letters:
            number += 1
            ending = "partial.emlx" if number % 2 else "emlx"
            (folder / f"{number}.{ending}").write_bytes(as_emlx(letter))
    return root


def test_a_library_is_read_with_the_roles_of_its_mailboxes(tmp_path: Path, desk: Desk) -> None:
    root = write_library(tmp_path / "Mail", {"INBOX": [ASKED, APART], "Sent Messages": [ANSWERED]})
    assert desk.takes_in(root) == (3, 0)
    assert desk.takes_in(root) == (0, 0)
    (source,) = desk.asks("status")["sources"]
    assert source["has_sent"]
    assert source["problems"] == 0
    held = {line["message_id"]: line["new_text"] for line in desk.exported("message")}
    assert set(held) == {one.message_id for one in (ASKED, ANSWERED, APART)}
    assert not any("plist" in text for text in held.values())


def test_a_copy_elsewhere_is_the_same_message(tmp_path: Path, desk: Desk) -> None:
    desk.takes_in(write_library(tmp_path / "Mail", {"INBOX": [ASKED]}))
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.eml").write_bytes(ASKED.raw())
    assert desk.takes_in(tmp_path / "letters") == (0, 1)


def test_a_mail_that_was_cut_short_is_read_as_far_as_it_goes() -> None:
    whole = as_emlx(ASKED)
    cut = parse_message(whole[: len(whole) - len(LIST) - 5])
    assert ASKED.text.startswith(cut.new_text.strip()[:5])
    assert cut.message_id == ASKED.message_id


@pytest.mark.parametrize(
    "raw",
    [
        b"12\n",
        b"12\nno field here\n",
        b"99999999999999\nFrom: a@x.example\n",
        b"2-way: yes\nFrom: a@x.example\n\nhi\n",
        b"",
    ],
)
def test_what_has_no_length_before_a_mail_stays_as_it_is(raw: bytes) -> None:
    assert without_count(raw) == raw


def test_a_length_alone_makes_no_mail() -> None:
    assert recognise(b"1234\nSome: words\n\nand more\n", "notes.txt") is FileKind.TEXT
    assert recognise(as_emlx(ASKED)[:8192], "1.emlx") is FileKind.EML


@pytest.mark.parametrize(
    ("path", "mailbox"),
    [
        ("V10/A1/INBOX.mbox/C3/Data/Messages", "INBOX"),
        ("V10/A1/Clients.mbox/Acme.mbox/C3/Data/1/2/Messages", "Clients/Acme"),
        ("INBOX.mbox/C3/Data", ""),
        ("Messages", ""),
    ],
)
def test_the_mailbox_is_named_by_the_folders_above(path: str, mailbox: str) -> None:
    assert mailbox_of(path) == mailbox

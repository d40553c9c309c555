"""What every place that mail lies in owes the owner: one suite, passed by each kind of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pytest

from tests.support.desk import Desk
from tests.support.letters import (
    ANSWERED,
    APART,
    ASKED,
    FOURTH,
    THREE,
    Letter,
    append_mbox,
    as_mbox,
    settle,
    write_eml,
    write_maildir,
    write_mbox,
    write_zip,
)


class Place(Protocol):
    """A kind of place: puts letters there, and says what to name to import them."""

    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]: ...

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]: ...


class MboxFile:
    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]:
        return [write_mbox(root / "old.mbox", letters)]

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]:
        append_mbox(root / "old.mbox", [more])
        return [root / "old.mbox"]


class MboxTree:
    """Folders as Thunderbird and mutt keep them: files in folders, some without an ending."""

    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]:
        write_mbox(root / "tree" / "Inbox", letters[:1])
        write_mbox(root / "tree" / "Sent.mbox", letters[1:2])
        write_mbox(root / "tree" / "Inbox.sbd" / "2024" / "Yard.mbox", letters[2:])
        return [root / "tree"]

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]:
        append_mbox(root / "tree" / "Inbox", [more])
        return [root / "tree"]


class Maildir:
    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]:
        write_maildir(root / "Maildir", letters[:2])
        write_maildir(root / "Maildir", letters[2:], part="new")
        settle(root / "Maildir")
        return [root / "Maildir"]

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]:
        write_maildir(root / "Maildir", [more], part="new")
        return [root / "Maildir"]


class MaildirPlusPlus:
    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]:
        write_maildir(root / "Maildir", letters[:1])
        write_maildir(root / "Maildir" / ".Sent", letters[1:2])
        write_maildir(root / "Maildir" / ".Archive.Gr&APYA3w-e", letters[2:])
        (root / "Maildir" / ".Sent" / "maildirfolder").touch()
        (root / "Maildir" / "subscriptions").write_text("Sent\n")
        settle(root / "Maildir")
        return [root / "Maildir"]

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]:
        write_maildir(root / "Maildir" / ".Archive.Gr&APYA3w-e", [more], part="new")
        return [root / "Maildir"]


class EmlFiles:
    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]:
        return write_eml(root, letters)

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]:
        return write_eml(root, [*letters, more])


class EmlFolder:
    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]:
        write_eml(root / "letters", letters[:2])
        write_eml(root / "letters" / "from the yard", letters[2:])
        settle(root / "letters")
        return [root / "letters"]

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]:
        write_eml(root / "letters", [more])
        return [root / "letters"]


class ZipOfMbox:
    """As Google Takeout gives it, with pages and other files beside the mail."""

    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]:
        mbox = b"".join(map(as_mbox, letters))
        members = [
            ("Takeout/archive_browser.html", b"<html><body>Your archive</body></html>"),
            ("Takeout/Mail/All mail Including Spam and Trash.mbox", mbox),
        ]
        return [write_zip(root / "takeout.zip", members)]

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]:
        return self.put(root, [*letters, more])


class ZipOfEml:
    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]:
        members = [(f"mail/{one.message_id}.eml", one.raw()) for one in letters]
        return [write_zip(root / "letters.zip", members)]

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]:
        return self.put(root, [*letters, more])


class MixedTree:
    """One folder with something of everything."""

    def put(self, root: Path, letters: Sequence[Letter]) -> list[Path]:
        write_mbox(root / "all" / "a.mbox", letters[:1])
        write_maildir(root / "all" / "post", letters[1:2])
        write_zip(root / "all" / "saved.zip", [("x.eml", one.raw()) for one in letters[2:]])
        settle(root / "all" / "post")
        return [root / "all"]

    def add(self, root: Path, letters: Sequence[Letter], more: Letter) -> list[Path]:
        write_eml(root / "all", [more])
        return [root / "all"]


class MailSourceContract:
    """Inherited by one class for each kind of place."""

    place: ClassVar[Place]

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        made = tmp_path / "mail"
        made.mkdir()
        return made

    def test_three_letters_in_are_three_messages_stored(self, root: Path, desk: Desk) -> None:
        assert desk.takes_in(*self.place.put(root, THREE)) == (3, 0)
        stored = {line["message_id"]: line for line in desk.exported("message")}
        assert stored.keys() == {letter.message_id for letter in THREE}
        for letter in THREE:
            assert_says(letter, stored[letter.message_id])
        assert [stored[one.message_id]["direction"] for one in THREE] == [
            "inbound",
            "outbound",
            "inbound",
        ]
        answer = stored[ANSWERED.message_id]
        assert answer["parent"] == stored[ASKED.message_id]["key"]
        assert stored[APART.message_id]["thread"] == stored[APART.message_id]["key"]

    def test_a_second_import_adds_nothing(self, root: Path, desk: Desk) -> None:
        named = self.place.put(root, THREE)
        desk.takes_in(*named)
        before = desk.export()
        assert desk.takes_in(*named) == (0, 0)
        assert desk.export() == before

    def test_the_source_is_as_it_was_afterwards(self, root: Path, desk: Desk) -> None:
        named = self.place.put(root, THREE)
        before = state_of(root)
        desk.takes_in(*named)
        desk.takes_in(*named)
        assert state_of(root) == before

    def test_a_letter_that_came_since_is_found_alone(
        self, root: Path, desk: Desk, tmp_path: Path
    ) -> None:
        desk.takes_in(*self.place.put(root, THREE))
        named = self.place.add(root, THREE, FOURTH)
        found = [one["messages"] for one in desk.import_(*named).json["sources"]]
        assert sum(found) == 1
        at_once = Desk(tmp_path / "at once" / "records.db")
        at_once.takes_in(*named)
        assert desk.export() == at_once.export()

    def test_a_place_that_is_gone_loses_nothing_and_says_so(self, root: Path, desk: Desk) -> None:
        named = self.place.put(root, THREE)
        desk.takes_in(*named)
        before = desk.exported("message")
        root.rename(root.with_name("elsewhere"))
        answer = desk.import_(*named)
        assert answer.code == 1
        assert [location for location, _ in answer.json["refused"]] == [str(one) for one in named]
        assert desk.exported("message") == before

    def test_everything_stored_is_sound(self, root: Path, desk: Desk) -> None:
        desk.takes_in(*self.place.put(root, THREE))
        assert desk.asks("verify") == {"sound": True, "findings": []}


class TestMboxFile(MailSourceContract):
    place = MboxFile()


class TestMboxTree(MailSourceContract):
    place = MboxTree()


class TestMaildir(MailSourceContract):
    place = Maildir()


class TestMaildirPlusPlus(MailSourceContract):
    place = MaildirPlusPlus()


class TestEmlFiles(MailSourceContract):
    place = EmlFiles()


class TestEmlFolder(MailSourceContract):
    place = EmlFolder()


class TestMixedTree(MailSourceContract):
    place = MixedTree()


def assert_says(letter: Letter, line: dict[str, Any]) -> None:
    """The stored message says what the letter says."""
    assert line["subject"] == letter.subject
    assert line["new_text"].split() == letter.text.split()
    assert line["sent_at"] == int(letter.at.timestamp())
    assert line["sent_at_from"] == "date"
    assert line["message_kind"] == "personal"
    people = dict(line["participants"])
    assert people == {"from": address_in(letter.sender), "to": address_in(letter.to)}


def address_in(field: str) -> str:
    return field.rpartition("<")[2].rstrip(">")


def state_of(root: Path) -> dict[str, tuple[int, int, str]]:
    """Returns mode, moment of change and content of everything under a folder."""
    return {
        str(path): (
            path.stat().st_mode,
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in [root, *root.rglob("*")]
    }


class TestZipOfMbox(MailSourceContract):
    place = ZipOfMbox()


class TestZipOfEml(MailSourceContract):
    place = ZipOfEml()

"""What every kind of file that is not mail owes the owner: one suite, inherited by each kind.

A class says what a file of its kind holds; see `RecordFileContract`.
"""

from __future__ import annotations

import hashlib
import signal
from pathlib import Path
from typing import ClassVar

import pytest

from gonequiet.domain.provenance import RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats.recognise import FileKind, recognise
from gonequiet.formats.record_file import ReadOptions, find_reader
from tests.support.desk import Desk
from tests.support.faults import stopped_imports
from tests.support.letters import write_zip

NOW = 1_780_000_000
HOSTILE = (
    b"\x00" * 50,
    b"\xff\xfe\xed\xa0\x80",
    b"=\"';:,\\\\\r\n\r\r\n",
    b"A" * 70_000,
    b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>",
    b"=cmd|' /C calc'!A0,{{7*7}},../../etc/passwd\n",
)


class RecordFileContract:
    """Inherited by one class for each kind of file.

    Attributes:
        kind: what such a file is recognised as.
        name: what it is called, as the program that writes it calls it.
        content: a whole file.
        channels: the channel of each record in it, in order.
        grown: the file as it is written later: the same records, and one more.
        record_end: what a record ends with, where nothing stands around all of them: a file cut
            off right behind it shows no loss.
        may_end_anywhere: a record is a line or a few, and a piece of one looks like a whole one.
        lost_by_damage: how many records a damaged place may cost: its own, and one whose end it
            hides.
        options: what such a file alone does not tell.
        said: what the owner says with the command that imports it.
    """

    kind: ClassVar[FileKind]
    name: ClassVar[str]
    content: ClassVar[bytes]
    channels: ClassVar[tuple[str, ...]]
    grown: ClassVar[bytes]
    record_end: ClassVar[tuple[bytes, ...]] = ()
    may_end_anywhere: ClassVar[bool] = False
    lost_by_damage: ClassVar[int] = 2
    options: ClassVar[ReadOptions] = ReadOptions(now=NOW, country="DE", zone="Europe/Berlin")
    said: ClassVar[tuple[str, ...]] = ()

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        folder = tmp_path / "records"
        folder.mkdir()
        return self.write(folder / self.name, self.content)

    def write(self, file: Path, content: bytes) -> Path:
        """Puts a file there; a kind that needs more beside it overrides this."""
        file.write_bytes(content)
        return file

    def takes_in(self, desk: Desk, *places: Path) -> tuple[int, int]:
        """Imports, which must go well; returns new messages and copies."""
        answer = desk.run("import", *places, *self.said, "--workers", "1", "--json")
        assert answer.code == 0, answer
        sources = answer.json["sources"]
        return sum(one["messages"] for one in sources), sum(one["copies"] for one in sources)

    def read(self, content: bytes) -> tuple[list[RecordRead], list[RecordProblem]]:
        """Reads a file as a worker does."""
        options = self.options._replace(name=self.name)
        found = list(find_reader(self.kind)(_blocks(content), options))
        records = [one for one in found if not isinstance(one, RecordProblem)]
        return records, [one for one in found if isinstance(one, RecordProblem)]

    def test_the_file_is_recognised_for_what_it_is(self) -> None:
        assert recognise(self.content[:8192], self.name) is self.kind

    def test_its_records_are_read_in_order(self) -> None:
        records, _ = self.read(self.content)
        assert tuple(one.message.channel.value for one in records) == self.channels
        assert len({one.position for one in records}) == len(records)

    def test_all_are_stored_and_sound(self, file: Path, desk: Desk) -> None:
        assert self.takes_in(desk, file) == (len(self.channels), 0)
        stored = [line["channel"] for line in desk.exported("message")]
        assert sorted(stored) == sorted(self.channels)
        assert desk.asks("verify") == {"sound": True, "findings": []}

    def test_a_second_import_adds_nothing_and_leaves_the_file_alone(
        self, file: Path, desk: Desk
    ) -> None:
        before = _state(file.parent)
        self.takes_in(desk, file)
        first = desk.export()
        assert self.takes_in(desk, file) == (0, 0)
        file.touch()  # read again, and nothing new in it
        self.takes_in(desk, file)
        assert [line for line in first.splitlines() if '"message"' in line] == [
            line for line in desk.export().splitlines() if '"message"' in line
        ]
        assert _state(file.parent) == before

    def test_a_file_written_anew_adds_what_is_new(
        self, file: Path, desk: Desk, tmp_path: Path
    ) -> None:
        self.takes_in(desk, file)
        self.write(file, self.grown)
        assert self.takes_in(desk, file)[0] == 1
        at_once = Desk(tmp_path / "at once" / "records.db")
        self.takes_in(at_once, file)
        assert _said(desk) == _said(at_once)

    def test_it_is_the_same_in_an_archive(self, file: Path, desk: Desk, tmp_path: Path) -> None:
        archive = write_zip(tmp_path / "saved.zip", [(f"x/{self.name}", self.content)])
        assert self.takes_in(desk, archive) == (len(self.channels), 0)
        assert self.takes_in(desk, file) == (0, len(self.channels))

    def test_a_file_cut_off_anywhere_keeps_what_is_whole_and_says_so(self) -> None:
        whole = {one.message.content_digest for one in self.read(self.content)[0]}
        kept = 0
        for part in range(20):
            cut = self.content[: len(self.content) * part // 20]
            records, problems = self.read(cut)
            found = {one.message.content_digest for one in records}
            assert len(found & whole) >= kept - self.may_end_anywhere
            kept = max(kept, len(found & whole))
            shows_nothing = not cut or self.may_end_anywhere or cut.endswith(self.record_end)
            assert problems or shows_nothing or found == whole
            torn = [one for one in records if one.message.content_digest not in whole]
            assert len(torn) <= 1

    @pytest.mark.parametrize("number", range(len(HOSTILE)))
    def test_bytes_nobody_expects_cost_no_other_record(self, number: int) -> None:
        whole = {one.message.content_digest for one in self.read(self.content)[0]}
        for part in (3, 11, 17):
            at = len(self.content) * part // 20
            spoilt = self.content[:at] + HOSTILE[number] + self.content[at:]
            records, _ = self.read(spoilt)
            found = {one.message.content_digest for one in records}
            assert len(found & whole) >= len(whole) - self.lost_by_damage

    def test_an_import_killed_in_between_comes_to_the_same_end(
        self, file: Path, desk: Desk, tmp_path: Path
    ) -> None:
        assert desk.import_(file.parent).code == 0
        undisturbed = desk.export()
        stopped = stopped_imports(
            file.parent, tmp_path / "stops", times=2, number=signal.SIGKILL, seed=len(self.name)
        )
        for after, exported in stopped:
            assert exported == undisturbed
            assert after.asks("verify") == {"sound": True, "findings": []}


def _blocks(content: bytes) -> list[bytes]:
    """The content in pieces of odd sizes, as no reader would cut it."""
    return [content[at : at + 997] for at in range(0, len(content), 997)] or [b""]


def _state(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("**/*")
    }


def _said(desk: Desk) -> set[tuple[str, str, str]]:
    """What is stored of each message, but not the order it came in."""
    return {
        (line["channel"], line["subject"], line["new_text"]) for line in desk.exported("message")
    }

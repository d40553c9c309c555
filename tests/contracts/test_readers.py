"""Reading processes: what one of them dies of costs nobody else their mail."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from gonequiet.app.packing import pack
from gonequiet.app.ports import PackedRecord
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.mime import parse_message
from gonequiet.sources.mail_files.outcomes import TaskRead, read_back, written
from gonequiet.sources.mail_files.readers import WORKER_BYTES
from gonequiet.sources.mail_files.tasks import BytesTask, FilesTask, MboxTask, Task
from gonequiet.sources.mail_files.tray import Tray
from gonequiet.sources.mail_files.workers import ReadingPool
from tests.support.mail import mail, multipart, part

LETTERS = 600
PER_TASK = 100


GOOD = mail(headers={"Message-ID": "<good@harbour.example>"})


@pytest.fixture
def letters(tmp_path: Path) -> list[str]:
    names = [f"{number:04}.eml" for number in range(LETTERS)]
    for name in names:
        (tmp_path / name).write_bytes(mail(headers={"Message-ID": f"<{name}@harbour.example>"}))
    return names


def tasks_of(folder: Path, names: list[str]) -> Iterator[Task]:
    for start in range(0, len(names), PER_TASK):
        part_of_them = names[start : start + PER_TASK]
        yield FilesTask(str(folder), part_of_them, part_of_them)


def raw(position: str, content: bytes) -> tuple[str, bytes, int, bytes, str]:
    return position, content, len(content), b"", ""


def positions(outcomes: list[TaskRead]) -> list[str]:
    return [record.position for read in outcomes for record in read.records]


def test_what_is_read_comes_in_the_order_it_lies_in(tmp_path: Path, letters: list[str]) -> None:
    with ReadingPool(2) as pool:
        assert positions(list(pool.in_order(tasks_of(tmp_path, letters)))) == letters


def test_a_reader_that_is_killed_loses_no_letter(tmp_path: Path, letters: list[str]) -> None:
    def with_a_death() -> Iterator[Task]:
        for number, task in enumerate(tasks_of(tmp_path, letters)):
            yield task
            if number == 1:
                for reader in multiprocessing.active_children():
                    reader.kill()

    with ReadingPool(2) as pool:
        outcomes = list(pool.in_order(with_a_death()))
    assert positions(outcomes) == letters
    assert [problem for read in outcomes for problem in read.problems] == []


def test_a_fault_of_ours_costs_one_record_and_says_no_word_of_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    broken = cast(bytes, "no bytes: a word of the record")
    records = [raw("one", GOOD), raw("two", broken), raw("six", GOOD)]
    with ReadingPool(1) as pool:
        (read,) = pool.in_order([BytesTask(records)])
    assert positions([read]) == ["one", "six"]
    assert [(one.kind, one.position) for one in read.problems] == [(ProblemKind.UNREADABLE, "two")]
    assert "a word" not in read.problems[0].reason
    assert capfd.readouterr() == ("", "")


def test_a_fault_of_ours_between_records_is_listed_without_a_traceback(
    capfd: pytest.CaptureFixture[str],
) -> None:
    faulty = MboxTask(cast(str, None), 0, 1)
    with ReadingPool(1) as pool:
        outcomes = list(pool.in_order([faulty, BytesTask([raw("one", GOOD)])]))
    assert positions(outcomes) == ["one"]
    assert [one.kind for one in outcomes[0].problems] == [ProblemKind.UNREADABLE]
    assert capfd.readouterr() == ("", "")


class _Endless(bytes):
    """A record in which reading is lost, where no signal is heard."""

    def startswith(self, *_: object) -> bool:
        hashlib.pbkdf2_hmac("sha256", b"", b"", 1_000_000_000)
        return False


@pytest.mark.slow
def test_a_library_that_never_comes_back_costs_one_record() -> None:
    records = [raw("one", GOOD), raw("two", _Endless(GOOD)), raw("six", GOOD)]
    with ReadingPool(1) as pool:
        (read,) = pool.in_order([BytesTask(records)])
    assert positions([read]) == ["one", "six"]
    assert [one.position for one in read.problems] == ["two"]


def test_readers_killed_while_they_rest_are_replaced(tmp_path: Path, letters: list[str]) -> None:
    with ReadingPool(2) as pool:
        list(pool.in_order(tasks_of(tmp_path, letters)))
        for reader in multiprocessing.active_children():
            reader.kill()
            reader.join()
        outcomes = list(pool.in_order(tasks_of(tmp_path, letters)))
    assert positions(outcomes) == letters
    assert [problem for read in outcomes for problem in read.problems] == []


def test_a_program_that_holds_much_itself_leaves_its_readers_room(
    tmp_path: Path, letters: list[str]
) -> None:
    held = bytearray(WORKER_BYTES)
    with ReadingPool(1) as pool:
        outcomes = list(pool.in_order(tasks_of(tmp_path, letters)))
    assert len(held) == WORKER_BYTES
    assert positions(outcomes) == letters


def record(raw: bytes, position: str) -> PackedRecord:
    message = parse_message(raw)
    return PackedRecord(position, "inbox", pack(message), message.problems, True)


PROBLEM = RecordProblem(kind=ProblemKind.UNREADABLE, position="2", reason="It cannot be read.")


@pytest.mark.parametrize("problems", [[], [PROBLEM]])
def test_what_goes_through_the_pipe_arrives_as_it_was(problems: list[RecordProblem]) -> None:
    mixed = multipart(
        "mixed",
        part("text/plain", "Grüße\n"),
        part("text/csv", "a,b\n", Content_Disposition='attachment; filename="figures.csv"'),
    )
    read = TaskRead([record(mail(), "0"), record(mixed, "1"), record(b"", "3")], problems)
    arrived = read_back(written(read))
    assert arrived == read
    assert isinstance(arrived.records[0].message.row, tuple)
    assert arrived.records[0].message.sent_at == read.records[0].message.sent_at


def test_what_is_no_plain_value_goes_through_the_pipe_all_the_same() -> None:
    odd = record(mail(), "0")._replace(labels=ProblemKind.SKIPPED)
    assert read_back(written(TaskRead([odd], []))) == TaskRead([odd], [])


def test_what_is_laid_is_taken_as_it_was_round_after_round() -> None:
    tray = Tray()
    for number in range(40):
        data = bytes([number]) * 700_000
        start = tray.lay(data)
        assert start is not None
        with tray.taking(start, len(data)) as lying:
            assert bytes(lying) == data


def test_nothing_is_laid_over_what_was_not_taken_yet() -> None:
    tray = Tray()
    laid: list[tuple[int, bytes]] = []
    while (start := tray.lay(data := bytes([len(laid)]) * 900_000)) is not None:
        laid.append((start, data))
    assert len(laid) > 2
    for start, data in laid:
        with tray.taking(start, len(data)) as lying:
            assert bytes(lying) == data
    assert tray.lay(b"again") is not None


def test_what_is_too_large_for_the_tray_arrives_as_well(tmp_path: Path) -> None:
    names = [f"{number}.eml" for number in range(80)]
    for name in names:
        words = f"{name} " * 10_000
        (tmp_path / name).write_bytes(mail(words, headers={"Message-ID": f"<{name}@x.example>"}))
    with ReadingPool(1) as pool:
        outcomes = list(pool.in_order([FilesTask(str(tmp_path), names, names)] * 2))
    assert positions(outcomes) == names * 2
    assert sum(len(record.message.texts[1]) for record in outcomes[0].records) > 4_500_000

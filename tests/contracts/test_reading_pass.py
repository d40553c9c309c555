"""The reading pass goes on where it was stopped, and comes to the same end however it was run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from gonequiet.app.reading import (
    BATCH,
    TextToRead,
    WordReader,
    WordsRead,
    read_messages,
    read_texts,
)
from gonequiet.app.reading_version import VERSION
from gonequiet.sources.word_readers import WordPool
from gonequiet.store.database import Database
from gonequiet.store.reading import ReadingTables
from tests.support.desk import Desk
from tests.support.letters import correspondence, write_mbox

LETTERS = BATCH * 2 + 150
Batches = Iterable[Sequence[TextToRead]]
Read = Iterator[tuple[Sequence[TextToRead], list[WordsRead]]]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("stored")
    desk = Desk(folder / "records.db")
    desk.takes_in(write_mbox(folder / "mail" / "all.mbox", correspondence(LETTERS)))
    assert desk.run("read").code == 0
    return desk


@pytest.fixture
def database(stored: Desk, tmp_path: Path) -> Database:
    (tmp_path / "own.db").write_bytes(stored.db.read_bytes())
    return Database(tmp_path / "own.db")


class Stops:
    """Reads so many batches and then stops, as a killed process does."""

    def __init__(self, batches: int) -> None:
        self._batches = batches

    def in_order(self, batches: Batches) -> Read:
        for number, batch in enumerate(batches):
            if number == self._batches:
                raise KeyboardInterrupt
            yield batch, read_texts(batch)


@contextmanager
def reading(reader: WordReader) -> Iterator[WordReader]:
    yield reader


def silent(phase: str, done: int, total: int | None) -> None:
    """Reports nothing."""


def read_lines(database: Database) -> list[str]:
    lines = Desk(database.path).export().splitlines()
    return [line for line in lines if '"kind": "words"' in line or '"kind": "commitment"' in line]


def test_there_is_something_to_read(stored: Desk) -> None:
    assert len(stored.exported("words")) > LETTERS * 0.9
    assert len(stored.exported("commitment")) > 10


def test_a_pass_that_is_stopped_goes_on_where_it_stopped(database: Database) -> None:
    whole = read_lines(database)
    tables = ReadingTables(database)
    tables.forget_words()
    with suppress(KeyboardInterrupt):
        read_messages(tables, reading(Stops(1)), silent)
    through = tables.read_through(VERSION)
    assert 0 < through < tables.newest_message()

    done = read_messages(tables, WordPool(1), silent)
    assert done == tables.count_unread(0) - BATCH
    assert read_lines(database) == whole
    assert read_messages(tables, WordPool(1), silent) == 0


def test_many_processes_read_what_one_reads(database: Database) -> None:
    whole = read_lines(database)
    tables = ReadingTables(database)
    tables.forget_words()

    read_messages(tables, WordPool(3), silent)
    assert read_lines(database) == whole


def test_another_version_reads_everything_again(database: Database) -> None:
    tables = ReadingTables(database)
    tables.save_words([], after=0, through=0, version=VERSION - 1)

    assert tables.read_through(VERSION) == 0
    assert read_messages(tables, WordPool(1), silent) == tables.count_unread(0)


def test_a_batch_reads_as_its_messages_one_by_one(database: Database) -> None:
    texts = ReadingTables(database).unread(0, 60)

    assert read_texts(texts) == [one for text in texts for one in read_texts([text])]


def test_what_was_read_can_be_asked_for(database: Database) -> None:
    tables = ReadingTables(database)
    texts = tables.unread(0, 30)
    found = tables.acts_of([text.message for text in texts])

    assert [found[text.message] for text in texts] == read_texts(texts)
    assert tables.acts_of([10**9]) == {}


def test_a_changed_claim_is_noticed_by_verify(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE commitment SET due_on = '2031-01-01'")

    answer = Desk(database.path).run("verify")
    assert answer.code == 1
    assert "words" in answer.out


def test_what_takes_long_says_how_far_it_is_where_nobody_sees_a_line_move(
    desk: Desk, tmp_path: Path
) -> None:
    desk.takes_in(write_mbox(tmp_path / "mail" / "all.mbox", correspondence(2_400)))
    said = desk.run("read").err.splitlines()
    assert said == [
        "reading the words ...",
        "reading the words, 800 of 2,400 ...",
        "reading the words, 1,200 of 2,400 ...",
        "reading the words, 2,000 of 2,400 ...",
    ]

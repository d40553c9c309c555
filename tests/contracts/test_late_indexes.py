"""The late indexes: made once, at the end of a first import, whoever comes to them first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from gonequiet.store.database import Database
from gonequiet.store.fresh import late_indexes
from gonequiet.store.indexes import LateIndexes, complete

OVER_RECORDS = {"participant_address", "message_sent_at", "copy_message"}
FILLED_LATER = {"link_thread", "contact_address_contact", "wait_message", "episode_contact"}


def fresh(folder: Path) -> Database:
    database = Database(folder / "records.db")
    database.prepare()
    return database


def indexes_of(database: Database) -> set[str]:
    with closing(sqlite3.connect(database.path)) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        return {name for (name,) in rows}


def test_those_over_the_records_are_made_while_other_work_goes_on(tmp_path: Path) -> None:
    database = fresh(tmp_path)
    with database.sole_writer():
        late = LateIndexes(database)
        late.begin()
        late.wait()
        made = indexes_of(database)
        assert made >= OVER_RECORDS
        assert made.isdisjoint(FILLED_LATER)
        with database.writing() as connection:
            complete(connection)
    assert indexes_of(database) >= OVER_RECORDS | FILLED_LATER
    assert len(indexes_of(database) & {sql.split()[5] for sql in late_indexes()}) == len(
        late_indexes()
    )


def test_what_could_not_be_begun_is_made_at_the_end(tmp_path: Path) -> None:
    database = fresh(tmp_path)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        late = LateIndexes(database)
        late.begin()
        late.wait()
        other.execute("ROLLBACK")
    assert indexes_of(database).isdisjoint(OVER_RECORDS)
    with database.writing() as connection:
        complete(connection)
    assert indexes_of(database) >= OVER_RECORDS | FILLED_LATER

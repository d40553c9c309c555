"""The late indexes: made once, at the end of a first import, whoever comes to them first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from gonequiet.store.database import Database
from gonequiet.store.fresh import late_indexes
from gonequiet.store.indexes import LateIndexes, complete
from tests.support.desk import Desk
from tests.support.letters import FOURTH, as_mbox
from tests.support.mail import mail

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


def stopped_before_its_end(tmp_path: Path) -> Desk:
    """Brings three letters, and leaves the database as an import does that is stopped then."""
    folder = tmp_path / "mail"
    folder.mkdir()
    for number, what in enumerate(("crane", "quay", "tower")):
        headers = {"Message-ID": f"<{number}@x.example>"}
        (folder / f"{number}.eml").write_bytes(mail(f"The {what} is high.\n", headers=headers))
    desk = Desk(tmp_path / "desk" / "records.db")
    desk.takes_in(folder)
    with closing(sqlite3.connect(desk.db, isolation_level=None)) as database:
        for sql in (
            "INSERT INTO full_text (full_text) VALUES ('delete-all')",
            (
                "INSERT INTO full_text (rowid, subject, new_text, forwarded) "
                "SELECT id, subject, new_text, forwarded FROM message_text WHERE id = 1"
            ),
            "DELETE FROM conclusion WHERE name = 'through'",
            "DROP INDEX copy_message",
            "PRAGMA user_version = 0",
        ):
            database.execute(sql)
    return desk


def test_what_a_stopped_import_had_not_indexed_is_found_all_the_same(tmp_path: Path) -> None:
    desk = stopped_before_its_end(tmp_path)
    for word in ("crane", "quay", "tower"):
        assert len(desk.asks("search", word)) == 1
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_the_next_import_indexes_what_a_stopped_one_had_not(tmp_path: Path) -> None:
    desk = stopped_before_its_end(tmp_path)
    desk.takes_in(tmp_path / "mail")
    with closing(sqlite3.connect(desk.db)) as database:
        found = database.execute("SELECT rowid FROM full_text WHERE full_text MATCH 'high'")
        assert found.fetchall() == [(1,), (2,), (3,)]
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_a_letter_still_being_written_when_an_import_stopped_is_taken_back(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    begun = as_mbox(FOURTH)
    box.write_bytes(begun)
    desk = Desk(tmp_path / "desk" / "records.db")
    desk.takes_in(box)
    with closing(sqlite3.connect(desk.db, isolation_level=None)) as database:
        database.execute("INSERT INTO full_text (full_text) VALUES ('delete-all')")
        database.execute("DELETE FROM conclusion WHERE name = 'through'")
        database.execute("PRAGMA user_version = 0")
    with box.open("ab") as out:
        out.write(b"\nThe rest of it names the lighthouse.\n")
    desk.takes_in(box)
    assert len(desk.asks("search", "lighthouse")) == 1
    assert desk.asks("verify") == {"sound": True, "findings": []}

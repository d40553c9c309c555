"""The owner's journal: only ever added to, and on the disk before it is acknowledged."""

from __future__ import annotations

from gonequiet.domain.digests import digest_of
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.store.database import Database

_ADD = "INSERT INTO edit (made_at, verb, first, second, undoes, digest) VALUES (?, ?, ?, ?, ?, ?)"


class EditTables:
    """Implements `app.identities.EditStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_edit(self, verb: EditVerb, first: str, second: str, undoes: int, *, now: int) -> Edit:
        """Adds one line to the journal and waits for the disk."""
        row = (now, verb.value, first, second, undoes)
        with self._database.writing(durable=True) as connection:
            number = connection.exec_driver_sql(_ADD, (*row, digest_of(row))).inserted
        return Edit(number, verb, first, second, undoes)

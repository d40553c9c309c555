"""The owner's journal: only ever added to, and on the disk before it is acknowledged."""

from __future__ import annotations

from sqlalchemy import insert

from gonequiet.domain.digests import digest_of
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.store import schema
from gonequiet.store.database import Database
from gonequiet.store.ingesting import inserted


class EditTables:
    """Implements `app.identities.EditStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_edit(self, verb: EditVerb, first: str, second: str, undoes: int, *, now: int) -> Edit:
        """Adds one line to the journal and waits for the disk."""
        row = (now, verb.value, first, second, undoes)
        names = ("made_at", "verb", "first", "second", "undoes")
        with self._database.writing(durable=True) as connection:
            done = connection.execute(
                insert(schema.edit).values(
                    **dict(zip(names, row, strict=True)), digest=digest_of(row)
                )
            )
            number = inserted(done)
        return Edit(number, verb, first, second, undoes)

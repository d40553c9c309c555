"""What is kept between questions because it was costly to find out; nothing rests on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from gonequiet.app.shelf import WHEREABOUTS
from gonequiet.errors import StoreError
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection

KEPT = "kept"
"""Begins the names of what is kept among the conclusions."""
DRAWING = f"{KEPT} drawing"
"""A word of its own for every time conclusions were drawn; none is ever used again."""


class ShelfTables:
    """Implements `app.shelf.Shelf` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_kept(self, name: str) -> str | None:
        """Returns a text by name, None when it is not kept (any more)."""
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(_FIND, (f"{KEPT} {name}",)).scalar()
        return None if found is None else str(found)

    def keep(self, name: str, text: str) -> None:
        """Keeps a text; that it cannot be kept (a read-only disk, an import) is no failure."""
        with suppress(StoreError), self._database.noting() as connection:
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO conclusion VALUES (?, ?)", (f"{KEPT} {name}", text)
            )

    def standing(self, name: str, find: Callable[[], Any], terms: str = "") -> Any:
        """Returns what is found in the records, found anew only when they have changed.

        Args:
            name: under which it is kept; only the last finding of a name is.
            find: gives it, as JSON can hold it.
            terms: what it depends on besides the records.
        """
        state = f"{records_state(self._database)} | {terms}"
        kept = self.find_kept(name)
        if kept is not None:
            kept_for, value = json.loads(kept)
            if kept_for == state:
                return value
        value = find()
        self.keep(name, json.dumps([state, value]))
        return value


def records_state(database: Database) -> str:
    """Returns a text that changes with any record, edit or conclusion."""
    with database.reading() as connection:
        row = connection.exec_driver_sql(_STATE, (DRAWING,)).first()
    return " ".join(str(value) for value in row or ())


def note_drawing(connection: Connection) -> None:
    """Notes that conclusions were drawn, and drops what was kept of contacts until then."""
    run = connection.exec_driver_sql
    run("INSERT OR REPLACE INTO conclusion VALUES (?, hex(randomblob(8)))", (DRAWING,))
    run("DELETE FROM conclusion WHERE name = ?", (f"{KEPT} {WHEREABOUTS}",))


_FIND = "SELECT value FROM conclusion WHERE name = ?"

_STATE = """
SELECT (SELECT value FROM conclusion WHERE name = ?), (SELECT max(id) FROM message),
    (SELECT count(*) FROM touched), (SELECT max(id) FROM unit), (SELECT max(id) FROM edit),
    (SELECT count(*) FROM source), (SELECT max(version) FROM reader),
    (SELECT max(through) FROM reader)"""

"""The indexes that are made at the end of a first import, when building them is cheapest.

Those over the records are made by a thread while who is who is worked out: the database works
without Python's lock, so both go on at once. Whatever it did not come to is made at the end.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import Final

from gonequiet.errors import StoreError
from gonequiet.store.database import HEAD, Database
from gonequiet.store.driver import Connection

_FILLED_LATER: Final = (" ON contact_address ", " ON link ", " ON wait ", " ON episode ")
_CACHE_KB: Final = 16_384


class LateIndexes:
    """Makes the late indexes of one database.

    Args:
        database: where they are made.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Begins to make those over the records; nothing else may be written until `wait`."""
        with self._database.reading() as connection:
            if self._thread is not None or _are_made(connection):
                return
        self._thread = Thread(target=self._make, name="gonequiet-indexes")
        self._thread.start()

    def wait(self) -> None:
        """Waits for what was begun."""
        if self._thread is not None:
            self._thread.join()

    def _make(self) -> None:
        from gonequiet.store.fresh import late_indexes

        with suppress(StoreError), self._database.noting() as connection:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")
            for sql in late_indexes():
                if not any(table in sql for table in _FILLED_LATER):
                    connection.exec_driver_sql(sql)


def complete(connection: Connection) -> None:
    """Makes the late indexes that are missing, and notes in the file that all are there."""
    if _are_made(connection):
        return
    from gonequiet.store.fresh import late_indexes

    for sql in late_indexes():
        connection.exec_driver_sql(sql)
    connection.exec_driver_sql(f"PRAGMA user_version = {int(HEAD)}")


def _are_made(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("PRAGMA user_version").scalar() == int(HEAD))

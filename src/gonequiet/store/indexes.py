"""What is made at the end of a first import, when making it is cheapest: indexes, full text.

What rests on the records is made by a thread while conclusions are drawn: the database works
without Python's lock, so both go on at once. Whatever it did not come to is made at the end.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import Final

from gonequiet.errors import StoreError
from gonequiet.store.database import HEAD, Database
from gonequiet.store.driver import Connection
from gonequiet.store.fresh import late_indexes
from gonequiet.store.full_text import index_more, is_finished

_FILLED_LATER: Final = (" ON contact_address ", " ON link ", " ON wait ", " ON episode ")


class LateIndexes:
    """Makes the late indexes of one database, and fills that of its words.

    Args:
        database: where they are made.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Begins to make those over the records, a piece at a time."""
        with self._database.reading() as connection:
            if self._thread is not None or is_finished(connection):
                return
        self._thread = Thread(target=self._make, name="gonequiet-indexes")
        self._thread.start()

    def wait(self) -> None:
        """Waits for what was begun."""
        if self._thread is not None:
            self._thread.join()

    def _make(self) -> None:
        with suppress(StoreError):
            for sql in late_indexes():
                if not any(table in sql for table in _FILLED_LATER):
                    with self._database.beside() as connection:
                        connection.exec_driver_sql(sql)
            more = True
            while more:
                with self._database.beside() as connection:
                    more = index_more(connection)


def complete(connection: Connection) -> None:
    """Makes what is missing, and notes in the file that all is there."""
    if is_finished(connection):
        return
    for sql in late_indexes():
        connection.exec_driver_sql(sql)
    while index_more(connection):
        pass
    connection.exec_driver_sql(f"PRAGMA user_version = {int(HEAD)}")

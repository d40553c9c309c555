"""Questions about some records: the few are named first, and their rows looked up by number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from gonequiet.store.database import Database
from gonequiet.store.driver import Connection


class Chosen:
    """A reading connection, and what keeps a question to some messages (all when None)."""

    def __init__(self, database: Database, messages: Collection[int] | None) -> None:
        self._context = database.reading()
        self._messages = messages

    def __enter__(self) -> tuple[Connection, Callable[[str, str], str]]:
        connection = self._context.__enter__()
        if self._messages is None:
            return connection, lambda table, _: f"FROM {table}"
        choose(connection, self._messages)
        # Crossed, for the few to be looked up: left to itself the database reads the whole table.
        return connection, "FROM chosen CROSS JOIN {} ON {} = chosen.id".format

    def __exit__(self, *error: Any) -> None:
        self._context.__exit__(*error)


def choose(connection: Connection, numbers: Collection[int]) -> None:
    """Makes the table `chosen` of some numbers."""
    run = connection.exec_driver_sql
    run("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY)")
    run("DELETE FROM chosen")
    if numbers:
        run("INSERT INTO chosen VALUES (?)", [(number,) for number in numbers])


def plain_rows(connection: Connection, sql: str) -> Iterator[Any]:
    """Yields plain rows as they come: hundreds of thousands are read here."""
    return iter(connection.exec_driver_sql(sql))

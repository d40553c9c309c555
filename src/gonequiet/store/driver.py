"""A connection to SQLite by the driver alone: statements in, rows out.

The schema and its migrations are SQLAlchemy's; a statement needs nothing of it. Loading it takes
longer than any question of the product takes to answer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Values = tuple[object, ...]
Row = tuple[Any, ...]


class Rows:
    """What a statement gave back, read once."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[Row]:
        return iter(self._cursor)

    def all(self) -> list[Row]:
        """Returns every row that is left."""
        return self._cursor.fetchall()

    def first(self) -> Row | None:
        """Returns the first row, None without any."""
        found: Row | None = self._cursor.fetchone()
        return found

    def scalar(self) -> Any:
        """Returns the first value of the first row, None without any."""
        found = self.first()
        return None if found is None else found[0]

    def mappings(self) -> Iterator[dict[str, Any]]:
        """Yields each row by the names of its columns."""
        names = [column[0] for column in self._cursor.description or ()]
        return (dict(zip(names, row, strict=True)) for row in self._cursor)

    @property
    def inserted(self) -> int:
        """The number the database gave to the row inserted last."""
        return int(self._cursor.lastrowid or 0)


class Connection:
    """One open database.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._driver = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self._driver.execute(pragma)

    def exec_driver_sql(self, sql: str, values: Values | Sequence[Values] = ()) -> Rows:
        """Runs one statement; with a list of values, once for each of them."""
        if isinstance(values, tuple):
            return Rows(self._driver.execute(sql, values))
        return Rows(self._driver.executemany(sql, values))

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""
        return self._driver.in_transaction

    def close(self) -> None:
        """Lets the database go."""
        self._driver.close()


PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
    "PRAGMA mmap_size = 268435456",
    "PRAGMA wal_autocheckpoint = 16000",
)
"""How every connection behaves, reading or writing."""

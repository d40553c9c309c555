"""How far conclusions and reading have come, asked without loading either."""

from __future__ import annotations

from gonequiet.store.database import Database

_UNDRAWN = """
SELECT EXISTS (SELECT 1 FROM message) AND NOT EXISTS (
    SELECT 1 FROM conclusion WHERE name = 'through' AND CAST(value AS INTEGER) > 0)"""

_BEHIND = """
SELECT count(*) FROM (SELECT 1 FROM message WHERE kind = 'personal'
    AND id > coalesce((SELECT max(through) FROM reader), 0) LIMIT ?)"""

_ALL_READ = """
SELECT coalesce((SELECT max(through) FROM reader WHERE version = ?), 0)
    >= coalesce((SELECT max(id) FROM message), 0)"""


def is_undrawn(database: Database) -> bool:
    """Whether there are messages and no conclusions: a command was stopped in between."""
    return bool(_asked(database, _UNDRAWN))


def is_a_little_behind(database: Database, most: int) -> bool:
    """Whether personal messages came after the last that was read, and not more than so many."""
    return 0 < _asked(database, _BEHIND, most + 1) <= most


def is_all_read(database: Database, version: int) -> bool:
    """Whether this version has read every message there is."""
    return bool(_asked(database, _ALL_READ, version))


def _asked(database: Database, sql: str, *values: int) -> int:
    with database.reading() as connection:
        return int(connection.exec_driver_sql(sql, values).scalar() or 0)

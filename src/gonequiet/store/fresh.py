"""The tables of a fresh database, as statements written out beside this module.

They are what the migrations make of nothing, and a test holds the one against the other: loading
the libraries that migrate takes longer than a small import does, so only an old database does it.
`python -m gonequiet.store.migrating` writes the statements anew, after a change of either.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gonequiet.store.driver import Connection

WRITTEN: Final = Path(__file__).with_name("fresh.sql")
BETWEEN: Final = ";\n"
LATE: Final = "-- Made at the end of a first import.\n"


def make_tables(connection: Connection) -> None:
    """Makes the tables in an empty database, at the newest version that is written out."""
    for sql in _statements()[0]:
        connection.exec_driver_sql(sql)


def late_indexes() -> list[str]:
    """Returns the statements that make what is missing of the indexes that are made late."""
    return _statements()[1]


def _statements() -> list[list[str]]:
    """Returns the statements that make tables, and those that make the late indexes."""
    parts = WRITTEN.read_text(encoding="utf-8").split(LATE)
    return [[one for one in part.split(BETWEEN) if one.strip()] for part in parts]

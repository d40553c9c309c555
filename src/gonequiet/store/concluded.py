"""What is concluded once for the whole database, by name."""

from __future__ import annotations

import json
from typing import Any

from gonequiet.store.database import Database


class Concluded:
    """One database, and the values concluded of it as a whole.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def _conclusion(self, name: str) -> Any:
        with self._database.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT value FROM conclusion WHERE name = ?", (name,)
            ).scalar()
            return None if found is None else json.loads(str(found))

    def _conclude(self, name: str, value: object) -> None:
        with self._database.writing() as connection:
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO conclusion VALUES (?, ?)", (name, json.dumps(value))
            )

    def _value(self, sql: str) -> Any:
        with self._database.reading() as connection:
            return connection.exec_driver_sql(sql).scalar()

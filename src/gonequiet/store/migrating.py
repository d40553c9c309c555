"""Runs the migrations; imported only when there is one to run.

As a program it prints what they make of nothing, for `fresh.sql`.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex

from gonequiet.store import schema
from gonequiet.store.driver import PRAGMAS
from gonequiet.store.fresh import BETWEEN, LATE

_FOLDER = Path(__file__).with_name("migrations")


def upgrade_to_head(path: Path) -> None:
    """Brings a database to the newest version in one transaction, or leaves it as it was.

    Raises:
        sqlite3.Error: as the driver says it.
    """
    try:
        with _engine(path).connect() as connection:
            _upgrade(connection)
    except DBAPIError as error:
        raise (error.orig or error) from None


def _upgrade(connection: Connection) -> None:
    script = ScriptDirectory(str(_FOLDER))
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        context = MigrationContext.configure(
            connection,
            opts={
                "fn": lambda revision, _context: script._upgrade_revs("head", revision),  # noqa: SLF001
                "transactional_ddl": False,
            },
        )
        with Operations.context(context):
            context.run_migrations()
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        connect_args={"isolation_level": None},
        hide_parameters=True,  # no record text in a traceback
    )

    @event.listens_for(engine, "connect")
    def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _no_implicit_begin(_connection: Connection) -> None:
        """The transaction is begun above, never behind our back."""

    return engine


def head() -> str:
    """Returns the newest migration in the folder."""
    found = ScriptDirectory(str(_FOLDER)).get_current_head()
    if found is None:
        raise LookupError("there is no migration")
    return found


def written_out() -> str:
    """Returns the statements that make what the migrations make, and then the late indexes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.db"
        upgrade_to_head(path)
        with closing(sqlite3.connect(path)) as connection:
            made = connection.execute(_MADE).fetchall()
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    tables = [*(sql for (sql,) in made), f"INSERT INTO alembic_version VALUES ('{version[0]}')"]
    late = [
        str(CreateIndex(index, if_not_exists=True).compile(dialect=dialect()))
        for index in schema.LATE_INDEXES
    ]
    return (
        "".join(f"{one}{BETWEEN}" for one in tables)
        + LATE
        + "".join(f"{one}{BETWEEN}" for one in late)
    )


_MADE = """SELECT sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'full\\_text\\__%' ESCAPE '\\' ORDER BY rowid"""


if __name__ == "__main__":
    sys.stdout.write(written_out())

"""Runs the migrations; imported only when there is one to run."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from gonequiet.store.driver import PRAGMAS

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

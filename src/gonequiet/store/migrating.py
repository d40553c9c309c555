"""Runs the migrations; imported only when there is one to run."""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

_FOLDER = Path(__file__).with_name("migrations")


def upgrade_to_head(engine: Engine) -> None:
    """Brings the database to the newest version in one transaction, or leaves it as it was."""
    script = ScriptDirectory(str(_FOLDER))
    with engine.connect() as connection:
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


def head() -> str:
    """Returns the newest migration in the folder."""
    found = ScriptDirectory(str(_FOLDER)).get_current_head()
    if found is None:
        raise LookupError("there is no migration")
    return found

"""The migrations make the tables that the program works with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect
from sqlalchemy.pool import NullPool

from gonequiet.store import schema
from gonequiet.store.database import HEAD, KNOWN, Database
from gonequiet.store.fresh import WRITTEN
from gonequiet.store.migrating import head, upgrade_to_head, written_out

for area in Path(schema.__file__).parent.glob("*_schema.py"):
    import_module(f"gonequiet.store.{area.stem}")  # declares its tables beside the others


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path = tmp_path_factory.mktemp("migrated") / "records.db"
    upgrade_to_head(path)
    return create_engine(f"sqlite:///{path}", poolclass=NullPool)


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path = tmp_path_factory.mktemp("declared") / "records.db"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    schema.metadata.create_all(engine)
    return engine


def tables(engine: Engine) -> set[str]:
    found = MetaData()
    found.reflect(engine)
    return {name for name in found.tables if not name.startswith("full_text")}


def shape(engine: Engine, table: str) -> dict[str, Any]:
    """Returns what matters of a table: columns, key, and whether it keeps row numbers."""
    seen = inspect(engine)
    columns = [(one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(table)]
    with engine.connect() as connection:
        sql = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).scalar_one()
    return {
        "columns": columns,
        "key": seen.get_pk_constraint(table)["constrained_columns"],
        "unique": sorted(tuple(one["column_names"]) for one in seen.get_unique_constraints(table)),
        "has row numbers": "WITHOUT ROWID" not in sql.upper(),
    }


def test_the_program_knows_the_newest_migration() -> None:
    assert head() == HEAD
    assert HEAD in KNOWN


def test_a_fresh_database_is_made_as_the_migrations_make_it(tmp_path: Path) -> None:
    """Where this fails, `python -m gonequiet.store.migrating` writes `store/fresh.sql` anew."""
    assert WRITTEN.read_text() == written_out()
    database = Database(tmp_path / "records.db")
    database.prepare()
    assert database.version() == HEAD


def test_a_file_without_tables_is_given_them_once(tmp_path: Path) -> None:
    (tmp_path / "records.db").touch()
    with closing(sqlite3.connect(tmp_path / "records.db")) as empty:
        empty.execute("PRAGMA journal_mode = WAL")
    for _ in range(2):
        database = Database(tmp_path / "records.db")
        database.prepare()
        assert database.version() == HEAD


def test_migrations_make_the_declared_tables(migrated: Engine, declared: Engine) -> None:
    assert tables(migrated) - {"alembic_version"} == tables(declared)


@pytest.mark.parametrize("table", sorted(schema.metadata.tables))
def test_migrations_make_each_table_as_declared(
    table: str, migrated: Engine, declared: Engine
) -> None:
    assert shape(migrated, table) == shape(declared, table)


def test_what_must_be_unique_is_so_after_migrating(migrated: Engine, declared: Engine) -> None:
    for table in schema.metadata.tables:
        needed = {
            tuple(one["column_names"])
            for one in inspect(declared).get_indexes(table)
            if one["unique"]
        }
        made = {
            tuple(one["column_names"])
            for one in inspect(migrated).get_indexes(table)
            if one["unique"]
        }
        assert needed == made, table


def test_the_full_text_index_is_there(migrated: Engine) -> None:
    with migrated.connect() as connection:
        sql = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'full_text'"
        ).scalar_one()
    assert " ".join(sql.split()) == " ".join(schema.FULL_TEXT.split())


def test_every_index_is_made_by_an_import(tmp_path: Path) -> None:
    from tests.support.desk import Desk
    from tests.support.letters import THREE, write_mbox

    desk = Desk(tmp_path / "records.db")
    desk.takes_in(write_mbox(tmp_path / "a.mbox", THREE))
    engine = create_engine(f"sqlite:///{desk.db}", poolclass=NullPool)
    made = {one["name"] for table in tables(engine) for one in inspect(engine).get_indexes(table)}
    needed = {index.name for index in (*schema.LOOKUP_INDEXES, *schema.LATE_INDEXES)}
    assert needed <= made

"""Opening the database: where, by whom, in which version, and how errors are told."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, RLock

from gonequiet.errors import StoreBusy, StoreDamaged, StoreError, StoreTooNew
from gonequiet.store.driver import Connection

_NOTING_MS = 200
_MAPPED_BY_WRITER = 64 * 1024 * 1024
"""An import touches the whole file; what of it is mapped counts as its memory."""

_BESIDE = (
    f"PRAGMA busy_timeout = {_NOTING_MS}",
    "PRAGMA mmap_size = 0",
    "PRAGMA cache_size = -16384",
)
"""A thread takes little memory: it works while most is taken."""

HEAD = "0008"
"""The newest migration; a test holds it against the folder `migrations/versions`."""

KNOWN = frozenset({"0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008"})


class Database:
    """One SQLite file and its lock.

    Args:
        path: the database file; its folder is made (0700) when absent, the file gets 0600.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: Connection | None = None
        self._seen: Connection | None = None
        self._turn, self._is_free = RLock(), Event()
        self._is_free.set()

    def exists(self) -> bool:
        """Returns whether a database has been made here."""
        return self.path.is_file() and self.path.stat().st_size > 0

    def prepare(self) -> None:
        """Makes or migrates the database; backs it up before a migration.

        Raises:
            StoreTooNew: the file was written by a newer program.
            StoreDamaged: the file is not a sound database.
            StoreError: the place cannot be written.
        """
        with told(self.path):
            if not self.exists():
                self._create()
            version = self.version()
            if version == HEAD:
                return
            if version is not None and version not in KNOWN:
                raise StoreTooNew(
                    f"The database {self.path} was written by a newer gonequiet "
                    f"(its version is {version}). Update gonequiet, or name another with --db."
                )
            if version is not None:
                back_up(self.path, self.path.with_suffix(f".before-{HEAD}.db"))
            elif self._make_tables() == HEAD:
                return
            _upgrade(self.path)

    def check_readable(self) -> None:
        """Makes sure that this program can read the database, without changing it.

        Raises:
            StoreTooNew: the file was written by a newer program.
            StoreDamaged: the file is not a sound database.
        """
        if self.version() != HEAD:
            self.prepare()

    def version(self) -> str | None:
        """Returns the migration the file stands at, None for an empty file."""
        with told(self.path), self._opened_now() as connection:
            return _version_of(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Opens a connection that sees one moment of the database throughout."""
        if self._seen is not None:
            with told(self.path):
                yield self._seen
            return
        with told(self.path), self._connection() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Lets everything that is read meanwhile see one moment of the database.

        Else an import beside it might show one half of an answer what the other has not seen.
        """
        with self.reading() as connection:
            outer, self._seen = self._seen, connection
            try:
                yield
            finally:
                self._seen = outer

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[Connection]:
        """Opens one transaction; `durable` waits for the disk, as the owner's edits must."""
        with self._first(), told(self.path), self._connection() as connection:
            connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            with _transaction(connection):
                yield connection

    @contextmanager
    def beside(self) -> Iterator[Connection]:
        """Opens a transaction for a thread of this process; whoever else writes comes first."""
        self._is_free.wait()
        with self._turn, told(self.path), self._opened_now() as connection:
            for pragma in _BESIDE:
                connection.exec_driver_sql(pragma)
            with _transaction(connection):
                yield connection

    @contextmanager
    def _first(self) -> Iterator[None]:
        """Waits for what is written beside at the moment; nothing more is begun meanwhile."""
        self._is_free.clear()
        try:
            with self._turn:
                yield
        finally:
            self._is_free.set()

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """Opens a short transaction for what need not be written: it waits for nobody long."""
        with told(self.path), self._opened_now() as connection:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_NOTING_MS}")
            with _transaction(connection):
                yield connection

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """Gives the connection a long job holds, or one for this occasion."""
        if self._held is not None and not self._held.in_transaction:
            yield self._held
            return
        with self._opened_now() as connection:
            yield connection

    @contextmanager
    def _opened_now(self) -> Iterator[Connection]:
        connection = Connection(self.path)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def sole_writer(self) -> Iterator[None]:
        """Holds the writer's lock of this database for a long job.

        Raises:
            StoreBusy: another process holds it.
        """
        self._make_folder()
        handle = self._opened(f"{self.path}.lock")
        try:
            try:
                # Not flock: reading processes would inherit it and outlive us with it.
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise StoreBusy(
                    "Another gonequiet is writing to this database. Wait for it to finish "
                    "and run the command again; nothing was changed."
                ) from error
            with self._holding():
                yield
        finally:
            os.close(handle)

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Opens a connection outside any transaction, for what SQLite does only so."""
        with told(self.path), self._connection() as connection:
            yield connection

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """Keeps one connection open: closing the last one folds the log back in every time."""
        with told(self.path), self._opened_now() as connection:
            connection.exec_driver_sql(f"PRAGMA mmap_size = {_MAPPED_BY_WRITER}")
            self._held = connection
            try:
                yield
            finally:
                self._held = None

    def _create(self) -> None:
        self._make_folder()
        os.close(self._opened(self.path))

    def _make_tables(self) -> str | None:
        """Makes the tables in an empty file, unless somebody else just did; returns its version."""
        from gonequiet.store.fresh import make_tables

        with self._opened_now() as connection, _transaction(connection):
            if _version_of(connection) is None:
                make_tables(connection)
            return _version_of(connection)

    def _opened(self, path: Path | str) -> int:
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be used as a database ({error.strerror}). "
                "Name another file with --db."
            ) from error

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StoreError(
                f"The folder {self.path.parent} cannot be made ({error.strerror}). "
                "Name another place with --db."
            ) from error


def back_up(origin: Path, target: Path) -> None:
    """Copies a database whole, also while others use it; an existing target is replaced."""
    partial = target.with_suffix(target.suffix + ".part")
    partial.unlink(missing_ok=True)
    try:
        with told(target):
            _copy(origin, partial)
        partial.replace(target)
    finally:
        for left in (partial, Path(f"{partial}-journal")):
            left.unlink(missing_ok=True)


def _copy(origin: Path, target: Path) -> None:
    source, copy = sqlite3.connect(origin), sqlite3.connect(target)
    try:
        target.chmod(0o600)
        source.backup(copy)
    finally:
        copy.close()
        source.close()


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    """Takes the one right to write; what was written stands at the end, or none of it."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns the driver's errors into ours; no SQL, no values, no record text in them."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _operational(path, str(error)) from None
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a mistake of ours, not of the disk
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(
            f"The database {path} is damaged ({_plain(str(error))}). Run 'gonequiet verify', "
            "or move the file away and import your records again; they are untouched."
        ) from None


def _operational(path: Path, said: str) -> StoreError:
    if "locked" in said or "busy" in said:
        return StoreBusy("The database is in use by another gonequiet. Try again in a moment.")
    if "full" in said:
        return StoreError(
            "The disk is full. Free some space and run the command again; what was stored "
            "before is safe and the rest will be read then."
        )
    if "malformed" in said or "not a database" in said:
        return StoreDamaged(f"The database {path} is damaged ({_plain(said)}).")
    return StoreError(
        f"The database {path} cannot be used ({_plain(said)}). Check the disk and the "
        "permissions of its folder, or name another with --db."
    )


def _plain(said: str) -> str:
    return said.splitlines()[0][:120] if said else "no reason given"


def _version_of(connection: Connection) -> str | None:
    run = connection.exec_driver_sql
    if run("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").first() is None:
        return None
    row = run("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def _upgrade(path: Path) -> None:
    from gonequiet.store.migrating import upgrade_to_head

    upgrade_to_head(path)

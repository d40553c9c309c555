"""The one place that picks implementations and reads the clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gonequiet.errors import NotFound

if TYPE_CHECKING:
    from gonequiet.app.importing import ImportReport
    from gonequiet.app.ports import Progress, SourceOpener
    from gonequiet.settings import Settings
    from gonequiet.store.database import Database


def now() -> int:
    """Returns the present moment, UTC epoch seconds."""
    return int(time.time())


def default_database() -> Path:
    """Returns where the database lies when nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("gonequiet", appauthor=False) / "gonequiet.db"


def settings_file() -> Path:
    """Returns where the settings file lies."""
    from platformdirs import user_config_path

    return user_config_path("gonequiet", appauthor=False) / "settings.toml"


@dataclass(frozen=True)
class Office:
    """Everything a face needs, put together for one database."""

    path: Path

    @cached_property
    def settings(self) -> Settings:
        """The owner's settings."""
        from gonequiet.settings import read_settings

        return read_settings(settings_file())

    @cached_property
    def database(self) -> Database:
        """The database, made or migrated when needed."""
        from gonequiet.store.database import Database

        database = Database(self.path)
        database.prepare()
        return database

    @cached_property
    def records(self) -> Database:
        """The database, which must be there already."""
        from gonequiet.store.database import Database

        if not Database(self.path).exists():
            raise NotFound(
                f"No records have been imported yet (there is no {self.path}). "
                "Start with 'gonequiet import PATH', or look around with 'gonequiet demo'."
            )
        return self.database

    def import_locations(
        self, locations: list[str], *, progress: Progress, workers: int | None = None
    ) -> ImportReport:
        """Imports any mixture of sources."""
        from gonequiet.app.importing import import_locations
        from gonequiet.store.concluding import ConclusionTables
        from gonequiet.store.ingesting import IngestTables

        return import_locations(
            locations,
            reading=_reading(workers),
            store=IngestTables(self.database),
            conclusions=ConclusionTables(self.database),
            clock=now,
            progress=progress,
        )


@contextmanager
def _reading(workers: int | None) -> Iterator[SourceOpener]:
    from gonequiet.sources.mail_files.source import open_mail_files
    from gonequiet.sources.mail_files.workers import ReadingPool

    with ReadingPool(workers) as pool:
        yield lambda location: open_mail_files(location, pool)

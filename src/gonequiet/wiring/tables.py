"""One database, opened once, and the tables in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gonequiet.errors import NotFound
from gonequiet.wiring.places import local_zone, now, settings_file

if TYPE_CHECKING:
    from gonequiet.app.ports import Progress
    from gonequiet.app.quiet import QuietRules
    from gonequiet.app.records import ContactCard, ListedProblem, SearchHit
    from gonequiet.domain.days import Days
    from gonequiet.settings import Settings
    from gonequiet.store.asking import RecordTables
    from gonequiet.store.concluding import ConclusionTables
    from gonequiet.store.database import Database
    from gonequiet.store.editing import EditTables
    from gonequiet.store.looks import LookTables
    from gonequiet.store.shelf import ShelfTables


def silent(phase: str, done: int, total: int | None) -> None:
    """Reports nothing."""


@dataclass(frozen=True)
class Tables:
    """Hands out the tables of one database, each opened when first asked for.

    Attributes:
        path: the database file.
        progress: told how a long job goes on that a question needs first.
    """

    path: Path
    progress: Progress = silent

    @cached_property
    def settings(self) -> Settings:
        """The owner's settings."""
        from gonequiet.settings import read_settings

        return read_settings(settings_file())

    @cached_property
    def _new_or_known(self) -> Database:
        from gonequiet.store.database import Database

        database = Database(self.path)
        database.prepare()
        return database

    @cached_property
    def _there(self) -> Database:
        """The database, which must be there already."""
        from gonequiet.store.database import Database

        database = Database(self.path)
        if not database.exists():
            raise NotFound(
                f"No records have been imported yet (there is no {self.path}). "
                "Start with 'gonequiet import PATH', or look around with 'gonequiet demo'."
            )
        database.check_readable()
        return database

    @cached_property
    def _known(self) -> Database:
        """The database, which must be there already, with its conclusions.

        A command that is stopped may have dropped the old ones and not drawn the new: without
        them every question would be answered as if nobody had ever written.
        """
        from gonequiet.store.standing import is_undrawn

        if is_undrawn(self._there):
            with self._there.sole_writer():
                self._draw(self._there, self.progress)
        return self._there

    @cached_property
    def _records(self) -> RecordTables:
        from gonequiet.store.asking import RecordTables

        return RecordTables(self._known)

    @cached_property
    def _edits(self) -> EditTables:
        from gonequiet.store.editing import EditTables

        return EditTables(self._known)

    def _conclusions(self, database: Database) -> ConclusionTables:
        from gonequiet.store.concluding import ConclusionTables

        return ConclusionTables(database)

    @cached_property
    def _looks(self) -> LookTables:
        from gonequiet.store.looks import LookTables

        return LookTables(self._known)

    @cached_property
    def _shelf(self) -> ShelfTables:
        from gonequiet.store.shelf import ShelfTables

        return ShelfTables(self._known)

    @cached_property
    def _rules(self) -> QuietRules:
        from gonequiet.app.quiet import QuietRules

        found = self.settings
        return QuietRules(
            threshold=found.quiet_below,
            horizon_days=found.horizon_days,
            stale_after_days=found.stale_after_days,
            forget_after_days=found.forget_after_days,
            days=self.days,
        )

    @cached_property
    def _zone(self) -> tzinfo:
        return local_zone(self.settings.time_zone)

    @cached_property
    def days(self) -> Days:
        """The days of the owner's wall clock."""
        from gonequiet.domain.days import Days

        return Days(self._zone)

    def _redraw(self, progress: Progress) -> None:
        self._draw(self._known, progress)

    def _draw(self, database: Database, progress: Progress) -> None:
        from gonequiet.app.by_hand import bring_up_to_date
        from gonequiet.app.concluding import conclude
        from gonequiet.store.ingesting import IngestTables

        conclusions = self._conclusions(database)
        bring_up_to_date(IngestTables(database), conclusions.edits(), now())
        conclude(conclusions, now=now(), progress=progress)

    def contact(self, text: str) -> ContactCard:
        """Returns the one contact a name or address means."""
        from gonequiet.app.identities import get_contact

        return get_contact(self._records, text)

    def problems(self) -> list[ListedProblem]:
        """Returns everything that could not be read as it should be."""
        return self._records.problems()

    def search(self, text: str, limit: int, *, inside_words: bool) -> list[SearchHit]:
        """Returns messages that hold a text literally."""
        return self._records.search(text, limit, inside_words=inside_words)

    def contacts(self, *, including_set_aside: bool) -> list[ContactCard]:
        """Returns the contacts, the latest exchange first."""
        return self._records.contacts(including_set_aside=including_set_aside)

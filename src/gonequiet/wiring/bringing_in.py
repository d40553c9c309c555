"""Records brought in, and their words read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from gonequiet.errors import GonequietError, StoreError
from gonequiet.wiring.places import now
from gonequiet.wiring.tables import Tables

if TYPE_CHECKING:
    from gonequiet.app.importing import ImportReport
    from gonequiet.app.ports import Progress, SourceOpener
    from gonequiet.formats.record_file import ReadOptions


_FEW = 2_500
"""The words of so many messages are read in a second or two, before a verdict is given."""


class BringingIn(Tables):
    """Imports sources and reads the words of what they held."""

    def import_locations(
        self,
        locations: list[str],
        *,
        progress: Progress,
        workers: int | None = None,
        columns: Sequence[str] = (),
        names: Sequence[str] = (),
    ) -> ImportReport:
        """Imports any mixture of sources.

        Args:
            locations: files and folders.
            progress: told how it goes on.
            workers: how many processes read.
            columns: "field=column" words: which column of a table holds what.
            names: names the owner goes by in chats and networks.
        """
        from gonequiet.app.importing import import_locations
        from gonequiet.store.ingesting import IngestTables

        return import_locations(
            locations,
            reading=_reading(workers, self._read_options(locations, columns, names)),
            store=IngestTables(self._new_or_known),
            conclusions=self._conclusions(self._new_or_known),
            clock=now,
            progress=progress,
            country=self.settings.country,
        )

    def _read_what_is_new(self) -> None:
        """Reads the words not read yet, for a question that needs them.

        An import leaves them: the first verdicts need none, and are shown the sooner. Where the
        database may not be written now, the question is answered from what was read.
        """
        from gonequiet.app.reading_version import VERSION
        from gonequiet.store.standing import is_all_read

        if not is_all_read(self._known, VERSION):
            with suppress(StoreError):
                self.read_words(progress=self.progress)

    def _read_a_few(self) -> None:
        """Reads the words of new messages while they are few, so that promises in them count.

        After a large import verdicts are given at once, without what was promised.
        """
        from gonequiet.store.standing import is_a_little_behind

        if is_a_little_behind(self._known, _FEW):
            self._read_what_is_new()

    def read_words(self, *, progress: Progress, workers: int | None = None) -> int:
        """Reads the words of what was not read yet; returns how many messages."""
        from gonequiet.app.reading import read_messages
        from gonequiet.sources.word_readers import WordPool
        from gonequiet.store.reading import ReadingTables

        with self._known.sole_writer():
            return read_messages(ReadingTables(self._known), WordPool(workers), progress)

    def _read_options(
        self, locations: Sequence[str], columns: Sequence[str], names: Sequence[str]
    ) -> ReadOptions:
        """Returns what files that are not mail are read with; what is said of them is kept."""
        from gonequiet.app.reading_options import options_for_reading

        tables, found = self._conclusions(self._new_or_known), self.settings
        if columns or names:
            self._tell(locations, columns, names)
        return options_for_reading(
            tables.edits(),
            tables.owner_names(),
            now=now(),
            country=found.country,
            zone=found.time_zone,
        )

    def _tell(self, locations: Sequence[str], columns: Sequence[str], names: Sequence[str]) -> None:
        """Keeps what the owner says of files that do not tell it themselves."""
        from gonequiet.app.telling import parse_mapping, tell_columns, tell_name
        from gonequiet.store.editing import EditTables

        tables, journal = self._conclusions(self._new_or_known), EditTables(self._new_or_known)
        said = parse_mapping(columns)
        for place in locations if said else ():
            if (file := Path(place).expanduser()).is_file():
                tell_columns(journal, head_of(file), said, now=now())
        for name in names:
            tell_name(journal, tables.edits(), name, now=now())


def head_of(file: Path) -> bytes:
    """Returns the beginning of a file.

    Raises:
        GonequietError: it cannot be read.
    """
    try:
        with file.open("rb") as content:
            return content.read(65_536)
    except OSError as error:
        raise GonequietError(
            f"{file} cannot be read ({error.strerror}). Name another file."
        ) from error


@contextmanager
def _reading(workers: int | None, options: ReadOptions) -> Iterator[SourceOpener]:
    from gonequiet.app.concluding import make_ready
    from gonequiet.sources.mail_files.source import open_mail_files
    from gonequiet.sources.mail_files.workers import ReadingPool

    with ReadingPool(workers, options, make_ready) as pool:
        yield lambda location: open_mail_files(location, pool, options)

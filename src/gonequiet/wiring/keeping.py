"""The database kept safe: backed up, restored, written out, checked and mended."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gonequiet.errors import GonequietError, NotFound, RequestError, StoreDamaged
from gonequiet.wiring.bringing_in import head_of
from gonequiet.wiring.outreach import Outreach
from gonequiet.wiring.places import now
from gonequiet.wiring.tables import silent

if TYPE_CHECKING:
    from gonequiet.app.health import Finding
    from gonequiet.app.ports import Progress
    from gonequiet.store.database import Database


_ENDS = ("", "-wal", "-shm", ".lock")
"""Of the names of the files that make up a database."""


class Keeping(Outreach):
    """Exports, backs up, restores, checks and mends."""

    def back_up(self, file: Path) -> int:
        """Copies the database to a file; returns its size.

        Raises:
            RequestError: the file is the database.
            GonequietError: the file cannot be written.
        """
        from gonequiet.store.database import back_up

        self._must_be_another(file)
        try:
            file.parent.stat()
            back_up(self._there.path, file)
            return file.stat().st_size
        except OSError as error:
            raise GonequietError(
                f"{file} cannot be written ({error.strerror}). Name another file."
            ) from error

    def restore(self, file: Path, *, progress: Progress) -> Path | None:
        """Puts a backup or an archive in the place of the database; returns where that lies now.

        Raises:
            GonequietError: the file is neither, or cannot be read.
        """
        from gonequiet.store.database import Database

        fresh = Database(self.path.with_name(f".{self.path.name}.restoring"))
        progress("restoring", 0, None)
        try:
            self._fill(fresh, file)
            kept = self._set_aside() if self.path.exists() else None
            fresh.path.replace(self.path)
        except OSError as error:
            raise GonequietError(
                f"{self.path} cannot be written ({error.strerror}). Name another file with --db."
            ) from error
        finally:
            for left in self.path.parent.glob(f".{self.path.name}.restoring*"):
                left.unlink(missing_ok=True)
        return kept

    def _fill(self, fresh: Database, file: Path) -> None:
        from gonequiet.store.database import back_up, told
        from gonequiet.store.erasing import rewrite
        from gonequiet.store.restoring import restore_lines

        if not file.is_file():
            raise NotFound(f"There is no file {file}. Name what 'gonequiet backup' wrote.")
        fresh.path.unlink(missing_ok=True)
        if head_of(file).startswith(b"SQLite format 3\0"):
            with told(file):
                back_up(file, fresh.path)
            fresh.prepare()
        else:
            fresh.prepare()
            with file.open(encoding="utf-8", errors="replace") as lines:
                restore_lines(fresh, lines)
            self._drawn_again(fresh)
        rewrite(fresh)

    def _set_aside(self) -> Path:
        """Moves the database out of the way, with its log folded in; a damaged one as it is."""
        from gonequiet.store.erasing import rewrite

        try:
            with self._there.sole_writer():
                rewrite(self._there)
                return self._moved_away()
        except (StoreDamaged, NotFound):  # there is nothing in it that could be folded in
            return self._moved_away()

    def _moved_away(self) -> Path:
        kept = self.path.with_name(f"{self.path.stem}.before-restore-{now()}.db")
        self.path.replace(kept)
        for log in ("-wal", "-shm"):
            self.path.with_name(f"{self.path.name}{log}").unlink(missing_ok=True)
        return kept

    def archive_lines(self) -> Iterator[str]:
        """Yields what `restore` takes in, as lines of JSON."""
        from gonequiet.store.exporting import archive_lines

        return archive_lines(self._known)

    def export_lines(self) -> Iterator[str]:
        """Yields everything in the store as lines of JSON."""
        from gonequiet.store.exporting import export_lines

        self._read_what_is_new()  # what was read is part of it, however the reading was put off
        return export_lines(self._known)

    def write_lines(self, lines: Iterable[str], target: Path) -> None:
        """Writes lines to a file of the owner's, whole or not at all.

        Raises:
            RequestError: the file is the database.
            GonequietError: the file cannot be written.
        """
        self._must_be_another(target)
        partial = target.with_name(f".{target.name}.part")
        try:
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.writelines(f"{line}\n" for line in lines)
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise GonequietError(
                f"{target} cannot be written ({error.strerror}). Name another file."
            ) from error

    def _must_be_another(self, target: Path) -> None:
        """Refuses to write over the database or what belongs to it: the owner's words are there."""
        own = self.path.resolve()
        if target.resolve() in {own.with_name(f"{own.name}{end}") for end in _ENDS}:
            raise RequestError(f"{target} is the database itself. Name another file.")

    def verify(self, *, progress: Progress) -> list[Finding]:
        """Returns everything in the database that is not as it was written."""
        from tempfile import TemporaryDirectory

        from gonequiet.store.verifying import find_damage, find_drift

        progress("checking every row", 0, None)
        found = find_damage(self._known)
        if found:
            return found
        progress("drawing all conclusions again", 0, None)
        with TemporaryDirectory(prefix="gonequiet-", dir=self.path.parent) as folder:
            return find_drift(self._known, self._drawn_again, Path(folder))

    def mend(self, *, progress: Progress) -> list[Finding]:
        """Draws all conclusions again where the records are sound; returns what is still wrong."""
        from gonequiet.app.concluding import conclude
        from gonequiet.store.reading import ReadingTables
        from gonequiet.store.verifying import find_damage

        progress("checking every row", 0, None)
        found = find_damage(self._known)
        if not found:
            with self._known.sole_writer():
                conclude(
                    self._conclusions(self._known), now=now(), progress=progress, everything=True
                )
                ReadingTables(self._known).forget_words()
            self.read_words(progress=progress)
        return found

    def _drawn_again(self, database: Database) -> None:
        from gonequiet.app.concluding import conclude
        from gonequiet.app.reading import read_again
        from gonequiet.store.reading import ReadingTables

        tables = self._conclusions(database)
        drawn_at = tables.drawn_at()
        conclude(tables, now=drawn_at or now(), progress=silent, everything=True)
        read_again(ReadingTables(database))

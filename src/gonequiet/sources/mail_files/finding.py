"""Finds the readable pieces under a path and says what each is, by content before name.

Nothing outside the root is looked at: links are not followed, and what is not a regular file or a
directory is listed as skipped.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import SourceUnit, UnitKind
from gonequiet.formats.apple_mail import mailbox_of
from gonequiet.formats.folders import folder_role
from gonequiet.formats.maildir import folder_name
from gonequiet.formats.recognise import FileKind, recognise
from gonequiet.formats.record_file import READERS, lacks, lies_beside_records, no_records
from gonequiet.sources.mail_files.packs import PACKED_KINDS

_HEAD_BYTES = 8192
_DEEPEST = 40


@dataclass(slots=True)
class Found:
    """What lies under a path."""

    units: list[SourceUnit] = field(default_factory=list)
    problems: list[RecordProblem] = field(default_factory=list)
    true_paths: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, FileKind] = field(default_factory=dict)

    def skip(self, position: str, reason: str, kind: ProblemKind = ProblemKind.SKIPPED) -> None:
        """Notes something that is left out."""
        place = stored_name(position)
        self.problems.append(RecordProblem(kind=kind, position=place, reason=reason))

    def add(self, kind: UnitKind, path: str, folder: str) -> None:
        """Adds a unit; `path` is the true one, which may hold bytes in no encoding."""
        name = stored_name(folder) or "INBOX"
        shown = stored_name(path)
        if shown != path:
            self.true_paths[shown] = path
        role = folder_role(name).value
        self.units.append(SourceUnit(kind=kind, path=shown, folder=name, folder_role=role))


def stored_name(name: str) -> str:
    """Returns a file name as it is stored and shown: bytes in no encoding become escapes."""
    if name.isascii():
        return name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def find_units(root: Path) -> Found:
    """Returns the units under a file or folder, in a fixed order."""
    found = Found()
    if root.is_dir():
        _look_into(root, "", found, 0)
    else:
        _look_at_file(root, "", found)
    return found


def _look_into(folder: Path, path: str, found: Found, depth: int) -> None:
    if depth > _DEEPEST:
        found.skip(path, f"Folders are nested deeper than {_DEEPEST}.")
        return
    entries = _entries(folder, path, found)
    names = {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    is_maildir = {"cur", "new"} <= names
    if is_maildir:
        found.add(UnitKind.MAILDIR, path, folder_name(_last(path)))
        entries = [entry for entry in entries if entry.name not in {"cur", "new", "tmp"}]
    single = False
    for entry in entries:
        where = f"{path}/{entry.name}" if path else entry.name
        if entry.is_dir(follow_symlinks=False):
            _look_into(Path(entry.path), where, found, depth + 1)
        elif not is_maildir:
            single = _look_at_entry(entry, where, found) or single
    if single:
        found.add(UnitKind.MAIL_FILES, path, mailbox_of(path) or _last(path) or folder.name)


def _look_at_entry(entry: os.DirEntry[str], where: str, found: Found) -> bool:
    """Adds a unit for a file; returns True when it is a single mail, which its folder reads."""
    if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        found.skip(where, "This is a link or a special file; only regular files are read.")
        return False
    return _look_at_file(Path(entry.path), where, found, in_folder=True)


def _look_at_file(file: Path, where: str, found: Found, *, in_folder: bool = False) -> bool:
    try:
        kind = kind_of(file)
    except OSError as error:
        found.skip(where, f"The file cannot be opened ({error.strerror}).", ProblemKind.UNREADABLE)
        return False
    if kind is FileKind.EML:
        if not in_folder:
            found.add(UnitKind.MAIL_FILES, where, file.parent.name)
        return True
    _add_container(kind, file, where, found)
    return False


def _add_container(kind: FileKind, file: Path, where: str, found: Found) -> None:
    if kind is FileKind.MBOX:
        name = where or file.name
        found.add(UnitKind.MBOX, where, name.removesuffix(".mbox"))
    elif why := lacks(kind):
        found.skip(where or file.name, why, ProblemKind.NOT_RECOGNISED)
    elif kind in READERS or kind is FileKind.PST:
        found.add(UnitKind.RECORDS, where, where or file.name)
        found.kinds[stored_name(where)] = kind
    elif kind in PACKED_KINDS:
        found.add(UnitKind.ARCHIVE, where, (where or file.name))
    elif not lies_beside_records(str(file)) and not _is_database(kind, file.name):
        why = no_records(kind, "file")
        found.skip(where or file.name, why, ProblemKind.NOT_RECOGNISED)


def _is_database(kind: FileKind, name: str) -> bool:
    """Whether a file is a database or what lies beside one: ours may stand among the mail."""
    return kind is FileKind.SQLITE or name.endswith((".db-wal", ".db-shm", ".db.lock"))


def kind_of(file: Path) -> FileKind:
    """Returns what a file is, from its first bytes and then its name."""
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "not a regular file")
        return recognise(os.read(handle, _HEAD_BYTES), file.name)
    finally:
        os.close(handle)


def _entries(folder: Path, path: str, found: Found) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        found.skip(path, f"The folder cannot be read ({error.strerror}).", ProblemKind.UNREADABLE)
        return []


def _last(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def regular_files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yields what could be a mail in a folder, in name order; links and the like are left."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_file(follow_symlinks=False):
                yield entry

"""Places records come from, and how far each was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from gonequiet.domain.message import ParsedMessage
from gonequiet.domain.provenance import RecordProblem


class SourceKind(StrEnum):
    """What sort of place the owner named."""

    MBOX = "mbox"
    MAILDIR = "maildir"
    MAIL_FILE = "mail_file"
    ARCHIVE = "archive"  # a .zip, Google Takeout and alike
    RECORDS = "records"  # one file of calls, texts, meetings, cards ...
    BY_HAND = "by_hand"  # what the owner entered
    FOLDER = "folder"  # a tree that holds any of the others


class UnitKind(StrEnum):
    """What one separately readable piece of a source is."""

    MBOX = "mbox"
    MAILDIR = "maildir"
    MAIL_FILES = "mail_files"
    ARCHIVE = "archive"
    RECORDS = "records"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUnit:
    """One separately readable piece of a source: an mbox file, one Maildir folder, a zip.

    Attributes:
        kind: what it is.
        path: relative to the source's location, "" when it is the location itself.
        folder: the folder name its messages lie in, as the owner knows it.
        folder_role: one of the values of `formats.folders.FolderRole`.
    """

    kind: UnitKind
    path: str
    folder: str
    folder_role: str


class RecordRead(NamedTuple):
    """One record of a unit, read.

    Attributes:
        position: where in the unit; with the unit it finds the record again.
        labels: the folder roles its labels give it (Gmail), "" for none, space separated.
        message: what was read.
    """

    position: str
    labels: str
    message: ParsedMessage


class ChunkRead(NamedTuple):
    """What one chunk of work gave: records in order, and what could not be read."""

    records: list[RecordRead]
    problems: list[RecordProblem]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What a source has given so far, for judging how complete and fresh it is.

    Attributes:
        location: as the owner named it, made absolute.
        read_at: when it was last read to its end; None: it never was.
        newest_at: moment of its newest message; None without any.
        oldest_at: moment of its oldest message.
        messages: how many distinct messages have a copy here.
        copies: how many records were read.
        has_sent: some folder or label of it holds what the owner sent.
        has_received: some folder of it holds what others sent.
        problems: how many records are listed as problems.
        channels: what its records went through (`domain.message.Channel`), in order.
    """

    location: str
    kind: SourceKind
    read_at: int | None
    newest_at: int | None
    oldest_at: int | None
    messages: int
    copies: int
    has_sent: bool
    has_received: bool
    problems: int
    channels: tuple[str, ...] = ()

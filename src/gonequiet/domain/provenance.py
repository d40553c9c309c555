"""Where a fact comes from, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """Why a record is listed in `gonequiet problems`."""

    UNREADABLE = "unreadable"  # nothing could be made of it
    PARTLY_READ = "partly_read"  # kept, with some of it missing
    UNCERTAIN_SENDER = "uncertain_sender"  # two readers disagree on who wrote it
    SKIPPED = "skipped"  # not a regular file, outside the root, too large
    EMPTIED = "emptied"  # a folder that held records before and holds none now
    NOT_RECOGNISED = "not_recognised"  # no format we know


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProblem:
    """One thing about one record that could not be read as it should be.

    Attributes:
        kind: what happened to the record.
        position: where in its source: a relative path, or path and byte offset ("old.mbox@1234").
        reason: a sentence for the owner; never holds text of the record itself.
    """

    kind: ProblemKind
    position: str
    reason: str

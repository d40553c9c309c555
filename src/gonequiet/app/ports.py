"""What the use cases need of the world, and nothing of how it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from gonequiet.app.packing import PackedMessage
from gonequiet.domain.provenance import RecordProblem
from gonequiet.domain.source import SourceKind, SourceUnit


class PackedRecord(NamedTuple):
    """One record as the reading process hands it over."""

    position: str
    labels: str
    message: PackedMessage
    problems: tuple[str, ...]
    uncertain_sender: bool


class PackedChunk(NamedTuple):
    """What one chunk of work gave, in order, and how far that brings the unit.

    Attributes:
        records: messages read.
        problems: records that gave no message.
        state: the unit's cursor once all of this is saved; "" leaves it as it was.
        retracts: position of a record that had only been written in part, "" for none: it is
            read again here, and what was made of it before goes.
    """

    records: list[PackedRecord]
    problems: list[RecordProblem]
    state: str
    retracts: str = ""


class UnitChunk(NamedTuple):
    """A chunk, and the unit it belongs to.

    Attributes:
        restarts: the unit was rewritten: what was known of its positions is void.
        keeps: but not of the first so many, which stand where they stood.
    """

    unit: SourceUnit
    chunk: PackedChunk
    restarts: bool
    keeps: int = 0


class KnownPositions(Protocol):
    """Which positions of a unit are stored already; asked only when needed."""

    def __call__(self, path: str) -> frozenset[str]:
        """Returns the stored positions of the unit at a path."""


class RecordSource(Protocol):
    """A place records come from; only ever read."""

    kind: SourceKind
    location: str

    def problems(self) -> Sequence[RecordProblem]:
        """Returns what could not be looked at while finding units."""

    def units(self) -> Sequence[SourceUnit]:
        """Returns the readable pieces, in a fixed order."""

    def read_new(self, states: Mapping[str, str], known: KnownPositions) -> Iterator[UnitChunk]:
        """Yields what is new in each unit since its cursor, unit by unit, in order."""


class SourceOpener(Protocol):
    """Recognises what a path holds."""

    def __call__(self, location: str) -> RecordSource:
        """Returns the source at a path.

        Raises:
            NotFound: nothing is there.
            SourceError: it cannot be read, or nothing in it is of a known format.
        """


class Clock(Protocol):
    """The present moment, UTC epoch seconds."""

    def __call__(self) -> int:
        """Returns the moment."""


class Progress(Protocol):
    """Told how a long job goes on; never needed for its outcome."""

    def __call__(self, phase: str, done: int, total: int | None) -> None:
        """Takes one report."""


class IngestStore(Protocol):
    """The writing side of the store during an import."""

    def sole_writer(self) -> AbstractContextManager[None]:
        """Holds the writer's lock.

        Raises:
            StoreBusy: somebody else holds it.
        """

    def add_source(self, kind: SourceKind, location: str, now: int) -> int:
        """Returns the number of a source, adding it when new."""

    def keep_from(self, source: int, oldest_at: int | None) -> None:
        """Says that older records of a source are not taken in (None: all are)."""

    def has_source(self, location: str) -> bool:
        """Returns whether a source was ever added."""

    def unit_states(self, source: int) -> dict[str, tuple[int, str]]:
        """Returns unit number and cursor by path."""

    def known_positions(self, unit: int) -> frozenset[str]:
        """Returns the stored positions of a unit."""

    def has_only_problems(self, source: int) -> bool:
        """Returns whether a source gave problems and never a record."""

    def save_chunks(self, source: int, chunks: Sequence[UnitChunk]) -> tuple[int, int]:
        """Saves records, problems and cursors in one transaction; returns new messages, copies."""

    def save_source_problems(self, source: int, problems: Sequence[RecordProblem]) -> None:
        """Replaces the problems found while looking for units."""

    def finish_source(self, source: int, now: int) -> None:
        """Notes that a source was read to its end."""

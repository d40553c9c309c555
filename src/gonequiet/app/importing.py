"""Use case: bring records in from where they lie, then draw conclusions from what is new."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gonequiet.app.concluding import conclude
from gonequiet.domain.edit import days_kept
from gonequiet.domain.moments import DAY
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.errors import NotFound, SourceError

if TYPE_CHECKING:
    from gonequiet.app.conclusion_store import ConclusionStore
    from gonequiet.app.ports import (
        Clock,
        IngestStore,
        Progress,
        RecordSource,
        SourceOpener,
        UnitChunk,
    )

GROUP_RECORDS, GROUP_CHUNKS = 5_000, 400
"""What goes into one transaction; an import that is killed does at most so much again."""


@dataclass(slots=True)
class SourceReport:
    """What importing one source did.

    Attributes:
        location: the path, absolute.
        messages: messages stored that were not known before.
        copies: records that were copies of known messages.
        problems: records listed as problems in this run.
        emptied: units that had records before and now hold none; what was read stays.
        nothing_read: there are problems, and no record was ever read of it.
    """

    location: str
    messages: int = 0
    copies: int = 0
    problems: int = 0
    emptied: list[str] = field(default_factory=list)
    nothing_read: bool = False


@dataclass(slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        sources: one report for each source that could be opened.
        refused: locations that could not be opened, with the reason.
    """

    sources: list[SourceReport] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def messages(self) -> int:
        """How many messages are new."""
        return sum(source.messages for source in self.sources)

    @property
    def is_whole(self) -> bool:
        """Whether every location gave something, or holds nothing at all."""
        return not self.refused and not any(source.nothing_read for source in self.sources)


def import_locations(
    locations: Sequence[str],
    *,
    reading: AbstractContextManager[SourceOpener],
    store: IngestStore,
    conclusions: ConclusionStore,
    clock: Clock,
    progress: Progress,
    country: str | None = None,
) -> ImportReport:
    """Imports any mixture of sources, one after the other; one bad source stops no other.

    Args:
        locations: files and folders, as the owner named them.
        reading: opens what reads them.
        store: where records go.
        conclusions: where conclusions go.
        clock: the present moment.
        progress: told how it goes on.
        country: the owner's, for telephone numbers without one; None: the one known before.

    Raises:
        StoreBusy: another process is importing.
    """
    report = ImportReport()
    kept_days = days_kept(conclusions.edits())
    with store.sole_writer(), _seldom_collecting():
        with reading as opener:
            for location in locations:
                try:
                    source = opener(location)
                    report.sources.append(_import_source(source, store, kept_days, clock, progress))
                except (NotFound, SourceError) as error:
                    report.refused.append((location, str(error)))
        conclude(conclusions, now=clock(), progress=progress, country=country)
    return report


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Lets cyclic garbage lie longer: looking for it among all the rows costs a tenth of a run."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _import_source(
    source: RecordSource,
    store: IngestStore,
    kept_days: Mapping[str, int],
    clock: Clock,
    progress: Progress,
) -> SourceReport:
    report = SourceReport(source.location)
    number = store.add_source(source.kind, source.location, clock())
    store.save_source_problems(number, source.problems())
    report.problems += len(source.problems())
    days = kept_days.get(source.location)
    store.keep_from(number, None if days is None else clock() - days * DAY)
    units = store.unit_states(number)
    states = {path: state for path, (_, state) in units.items()}

    def known(path: str) -> frozenset[str]:
        return store.known_positions(units[path][0]) if path in units else frozenset()

    for group in _grouped(source.read_new(states, known)):
        messages, copies = store.save_chunks(number, group)
        report.messages += messages
        report.copies += copies
        for chunk in (one.chunk for one in group):
            report.problems += len(chunk.problems)
            report.problems += sum(len(record.problems) for record in chunk.records)
        progress("reading", report.messages + report.copies, None)
    vanished = set(states) - {unit.path for unit in source.units()}
    _note_vanished(number, sorted(vanished), source, store, report)
    store.finish_source(number, clock())
    report.nothing_read = store.has_only_problems(number)
    return report


def _grouped(chunks: Iterable[UnitChunk]) -> Iterator[list[UnitChunk]]:
    """Yields chunks in groups worth a transaction: many folders hold a handful of mails."""
    group: list[UnitChunk] = []
    records = 0
    for one in chunks:
        group.append(one)
        records += len(one.chunk.records)
        if records >= GROUP_RECORDS or len(group) >= GROUP_CHUNKS:
            yield group
            group, records = [], 0
    if group:
        yield group


def _note_vanished(
    number: int,
    vanished: Sequence[str],
    source: RecordSource,
    store: IngestStore,
    report: SourceReport,
) -> None:
    """Lists units that are gone; nothing is ever deleted because a source looks empty."""
    if not vanished:
        return
    report.emptied.extend(vanished)
    report.problems += len(vanished)
    gone = [
        RecordProblem(
            kind=ProblemKind.SKIPPED,
            position=path,
            reason="This was read before and is not there any more; what was read is kept.",
        )
        for path in vanished
    ]
    store.save_source_problems(number, [*source.problems(), *gone])

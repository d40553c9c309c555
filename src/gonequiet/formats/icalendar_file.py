"""Meetings of a calendar file (RFC 5545, as programs write it), one record for each.

Events are cut apart before anything in them is read, so that a bad one costs only itself. A
series gives one record for each time it takes place, within bounds; one that was moved or called
off alone takes the place of its original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, NamedTuple

from gonequiet.domain.moments import DAY
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats.calendar_zones import COMPONENTS
from gonequiet.formats.charsets import as_utf8
from gonequiet.formats.content_lines import (
    Block,
    blocks_of,
    lines_of,
)
from gonequiet.formats.event_fields import (
    WANTED,
    Fields,
    gathered,
    is_onward,
    uid_of,
)
from gonequiet.formats.event_moments import FileClock, Moment
from gonequiet.formats.event_reader import Event, EventReader
from gonequiet.formats.event_series import starts_of_series
from gonequiet.formats.record_file import ReadOptions, whole

AHEAD_DAYS: Final = 400
"""How far beyond the moment of reading a series is followed."""
MOST_EVENTS: Final = 120_000
_MOST_OF_SERIES: Final = 80_000  # records that the series of one file come to, all together

_OTHERS: Final = frozenset({"VTODO", "VJOURNAL", "VFREEBUSY"})
_NO_MEETINGS: Final = frozenset({"COUNTER", "DECLINECOUNTER", "REFRESH"})
_FILE_LINES: Final = frozenset({"METHOD", "X-WR-TIMEZONE"})


def read_calendar(
    blocks: Iterable[bytes], options: ReadOptions
) -> Iterator[RecordRead | RecordProblem]:
    """Yields the meetings of a calendar file in order, and what could not be read."""
    data, is_longer = whole(blocks)
    data = as_utf8(data)
    yield from _Calendar(data, options).read()
    if is_longer:
        reason = "The file is too large; only its beginning was read."
        yield RecordProblem(kind=ProblemKind.PARTLY_READ, position="end", reason=reason)


class _Onward(NamedTuple):
    """A change of a series from one of its times on (RANGE=THISANDFUTURE).

    Attributes:
        since: the original start of the first time it bears on, UTC epoch seconds.
        event: as it is from then on.
        start: when that first time takes place now.
    """

    since: int
    event: Event
    start: Moment

    def moved(self, original: Moment) -> Moment:
        """Returns when a later time of the series takes place, which was to begin at another."""
        zone = self.start.zone
        shift = self.start.local - zone.local(self.since)
        return self.start.moved_to(zone.local(original.at) + shift)


def _reader_of(data: bytes, options: ReadOptions, last_at: int) -> EventReader:
    """Learns what stands anywhere in a file and bears on how every event is read."""
    clock = FileClock(datetime.fromtimestamp(last_at, UTC).year + 1, options.zone)
    ends = max(data.rfind(b"END:VTIMEZONE"), data.rfind(b"end:vtimezone"))
    for block in blocks_of(data[: ends + 20], COMPONENTS) if ends >= 0 else ():
        clock.learn(block)
    head = data[: 64 * 1024].upper().partition(b"BEGIN:VEVENT")[0]
    method = ""
    for line in lines_of(data[: len(head)], _FILE_LINES):
        if line.name == "METHOD":
            method = line.value.strip().upper()
        else:
            clock.take_for_default(line.value)
    exported_at = "" if method else _exported_at(data)
    return EventReader(clock=clock, country=options.country, method=method, exported_at=exported_at)


def _exported_at(data: bytes) -> str:
    """Returns the one moment that all events of a file are stamped with, "" for none."""
    stamps = _STAMP.findall(data)
    is_one = len(stamps) > 1 and len(set(stamps)) == 1
    return stamps[0].decode("ascii") if is_one else ""


_STAMP: Final = re.compile(rb"(?im)^DTSTAMP:([0-9TZ]{8,16})")


class _Calendar:
    """One file while it is read."""

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        self._data = data
        self._last_at = (options.now // DAY + AHEAD_DAYS) * DAY
        self._reader = _reader_of(data, options, self._last_at)
        self._clock = self._reader.clock
        self._alone: dict[str, set[str]] = defaultdict(set)
        self._onward: dict[str, list[_Onward]] = defaultdict(list)
        self._left = _MOST_OF_SERIES
        self._starts: dict[str, int] = {}

    def read(self) -> Iterator[RecordRead | RecordProblem]:
        """Yields everything in the order of the file."""
        self._look_ahead()
        others: Counter[str] = Counter()
        number, is_cut = 0, False
        for block in blocks_of(self._data, {"VEVENT", "VCALENDAR", *_OTHERS}):
            if block.name == "VEVENT":
                number += 1
                if number > MOST_EVENTS:
                    reason = f"Only the first {MOST_EVENTS} events are read."
                    yield _problem("end", reason, ProblemKind.PARTLY_READ)
                    break
                is_cut = not block.is_whole
                yield from self._guarded(block, f"{number}")
            elif block.name in _OTHERS:
                others[block.name] += 1
            elif not block.is_whole and not is_cut:
                is_cut = True
                reason = "The calendar has no end: the file may be cut off here."
                yield _problem("end", reason, ProblemKind.PARTLY_READ)
        if others:
            reason = f"{others.total()} tasks, notes or busy times were left out; they name nobody."
            yield _problem("others", reason, ProblemKind.SKIPPED)
        if not number and not others:
            yield _problem("0", "There is no event in this file.", ProblemKind.SKIPPED)

    def _look_ahead(self) -> None:
        """Learns which times of a series were changed, wherever in the file that stands."""
        if b"RECURRENCE-ID" not in self._data:
            return
        for block in blocks_of(self._data, {"VEVENT"}):
            if b"RECURRENCE-ID" in block.content:
                self._note_change(block)
        for changes in self._onward.values():
            changes.sort(key=lambda one: one.since)

    def _note_change(self, block: Block) -> None:
        held = gathered(lines_of(block.content, frozenset({"UID", "RECURRENCE-ID"})))
        replaced = self._clock.moment(held, "RECURRENCE-ID")
        if replaced is not None and "UID" in held:
            self._alone[uid_of(held)].add(replaced.original())
            if is_onward(held) and block.is_whole:
                self._note_onward(block, replaced)

    def _note_onward(self, block: Block, replaced: Moment) -> None:
        """Keeps a change that bears on all later times of its series, too."""
        fields = gathered(lines_of(block.content, WANTED))
        with suppress(ValueError, OverflowError):  # it is listed where the event is read
            start = self._clock.moment(fields, "DTSTART")
            if start is not None and start.is_plausible:
                event = self._reader.read(fields, start, block)._replace(problems=())
                self._onward[event.uid].append(_Onward(replaced.at, event, start))

    def _guarded(self, block: Block, position: str) -> Iterator[RecordRead | RecordProblem]:
        try:
            yield from self._event(block, position)
        except (ValueError, OverflowError):  # dates are reckoned with in many places
            reason = "The event holds dates that cannot be reckoned with."
            yield _problem(position, reason, ProblemKind.UNREADABLE)

    def _event(self, block: Block, position: str) -> Iterator[RecordRead | RecordProblem]:
        if not block.is_whole:
            reason = "The event has no end: the file is cut off here, or damaged."
            yield _problem(position, reason, ProblemKind.PARTLY_READ)
            return
        if self._reader.method in _NO_MEETINGS:
            reason = "This asks about a meeting and is none; it was left out."
            yield _problem(position, reason, ProblemKind.SKIPPED)
            return
        fields = gathered(lines_of(block.content, WANTED))
        start = self._clock.moment(fields, "DTSTART")
        if start is None or not start.is_plausible:
            reason = "The event has no start, or an absurd one."
            yield _problem(position, reason, ProblemKind.UNREADABLE)
            return
        event = self._reader.read(fields, start, block)
        replaces = self._clock.moment(fields, "RECURRENCE-ID")
        if replaces is not None:
            yield self._one(event, position, start, replaces.original(), replaces.at)
        elif fields.keys() & {"RRULE", "RDATE"}:
            yield from self._series(event, fields, start, position)
        else:
            yield self._one(event, position, start, "", None)

    def _one(
        self, event: Event, position: str, start: Moment, original: str, original_at: int | None
    ) -> RecordRead:
        """Returns one time an event takes place."""
        at = start.at
        known_as = f"{event.uid}#{original}" if event.uid else ""
        before = self._starts.get(known_as, at) if original_at is None else original_at
        if known_as and original_at is None:
            self._starts[known_as] = at
        meeting = event.meeting._replace(
            recurrence=original,
            starts_at=at,
            ends_at=at + event.lasts,
            moved_from=before if before != at else None,
        )
        return RecordRead(position, "", event.record(meeting, known_as))

    def _series(
        self, event: Event, fields: Fields, start: Moment, position: str
    ) -> Iterator[RecordRead]:
        """Yields every time a series takes place; what was changed alone stands elsewhere."""
        starts, is_complete = [start.local], False
        if self._left > 0:
            starts, is_complete = starts_of_series(fields, start, self._clock, self._last_at)
        self._left = max(self._left, 1)
        problems = list(event.problems)
        if not is_complete:
            problems.append(
                "The series repeats more often than is followed, or by a rule that cannot be "
                "read; not every time is kept."
            )
        alone = self._alone.get(event.uid, set())
        if len(starts) > self._left:
            problems.append("The series of this file come to more than is kept.")
        event = event._replace(problems=tuple(problems))
        for local in starts:
            at = start.moved_to(local)
            original = at.original()
            if original in alone:
                continue
            if self._left <= 0:
                return
            self._left -= 1
            change = self._change_of(event.uid, at.at)
            held, now_at = (event, at) if change is None else (change.event, change.moved(at))
            yield self._one(held, f"{position} {original}", now_at, original, at.at)
            event = event._replace(problems=())

    def _change_of(self, uid: str, at: int) -> _Onward | None:
        """Returns the change of a series that bears on one of its times, by its original start."""
        changes = self._onward.get(uid)
        if not changes:
            return None
        number = bisect_right(changes, at, key=lambda one: one.since)
        return changes[number - 1] if number else None


def _problem(position: str, reason: str, kind: ProblemKind) -> RecordProblem:
    return RecordProblem(kind=kind, position=position, reason=reason)

"""Meetings of a calendar file (RFC 5545, as programs write it), one record for each.

Events are cut apart before anything in them is read, so that a bad one costs only itself. A
series gives one record for each time it takes place, within bounds; one that was moved or called
off alone takes the place of its original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from gonequiet.domain.meeting import Meeting, MeetingState
from gonequiet.domain.message import Channel, MessageKind, ParsedMessage, Participant
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats.calendar_zones import COMPONENTS, GREENWICH, Zone, Zones, parse_local
from gonequiet.formats.channel_record import channel_record
from gonequiet.formats.charsets import as_utf8
from gonequiet.formats.content_lines import (
    Block,
    Line,
    blocks_of,
    lines_of,
    one_line,
)
from gonequiet.formats.event_fields import (
    MOST_DATES,
    WANTED,
    Fields,
    description_of,
    gathered,
    is_onward,
    lasts_of,
    links_of,
    people_of,
    sequence_of,
    text_of,
    uid_of,
)
from gonequiet.formats.meeting_mode import mode_of
from gonequiet.formats.record_file import ReadOptions, whole
from gonequiet.formats.recurrence import expand, parse_rule

AHEAD_DAYS: Final = 400
"""How far beyond the moment of reading a series is followed."""
MOST_EVENTS: Final = 120_000
_MOST_OF_SERIES: Final = 80_000  # records that the series of one file come to, all together
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2100
_DAY: Final = 86_400
_LONGEST_DAYS: Final = 3660

_OTHERS: Final = frozenset({"VTODO", "VJOURNAL", "VFREEBUSY"})
_NO_MEETINGS: Final = frozenset({"COUNTER", "DECLINECOUNTER", "REFRESH"})
_STATES: Final = {"CANCELLED": MeetingState.CANCELLED, "TENTATIVE": MeetingState.TENTATIVE}
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


class _Moment(NamedTuple):
    """A date or time as written, with its zone."""

    local: datetime
    zone: Zone
    is_date: bool

    @property
    def at(self) -> int:
        return self.zone.moment(self.local)

    def moved_to(self, local: datetime) -> _Moment:
        return self._replace(local=local)

    def original(self) -> str:
        """How one of a series is known: by its original start."""
        if self.is_date:
            return f"{self.local:%Y-%m-%d}"
        return f"{datetime.fromtimestamp(self.at, UTC):%Y-%m-%dT%H:%M:%SZ}"


class _Event(NamedTuple):
    """One event, read once for all the times it takes place."""

    uid: str
    people: tuple[Participant, ...]
    subject: str
    text: str
    meeting: Meeting
    lasts: int
    size: int
    problems: tuple[str, ...]


class _Onward(NamedTuple):
    """A change of a series from one of its times on (RANGE=THISANDFUTURE).

    Attributes:
        since: the original start of the first time it bears on, UTC epoch seconds.
        event: as it is from then on.
        start: when that first time takes place now.
    """

    since: int
    event: _Event
    start: _Moment

    def moved(self, original: _Moment) -> _Moment:
        """Returns when a later time of the series takes place, which was to begin at another."""
        zone = self.start.zone
        shift = self.start.local - zone.local(self.since)
        return self.start.moved_to(zone.local(original.at) + shift)


class _Calendar:
    """One file while it is read."""

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        self._data = data
        self._options = options
        self._last = (options.now // _DAY + AHEAD_DAYS) * _DAY
        self._zones = Zones(datetime.fromtimestamp(self._last, UTC).year + 1)
        self._default = self._zones.find(options.zone) if options.zone else GREENWICH
        self._alone: dict[str, set[str]] = defaultdict(set)
        self._onward: dict[str, list[_Onward]] = defaultdict(list)
        self._exported_at = ""
        self._left = _MOST_OF_SERIES
        self._starts: dict[str, int] = {}
        self._method = ""

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
        """Learns what stands anywhere in the file and bears on every event."""
        ends = max(self._data.rfind(b"END:VTIMEZONE"), self._data.rfind(b"end:vtimezone"))
        for block in blocks_of(self._data[: ends + 20], COMPONENTS) if ends >= 0 else ():
            self._zones.learn(block)
        head = self._data[: 64 * 1024].upper().partition(b"BEGIN:VEVENT")[0]
        written = self._data[: len(head)]
        for line in lines_of(written, _FILE_LINES):
            if line.name == "METHOD":
                self._method = line.value.strip().upper()
            else:
                found = self._zones.find(line.value)
                self._default = found if found.is_known else self._default
        stamps = _STAMP.findall(self._data) if not self._method else []
        if len(stamps) > 1 and len(set(stamps)) == 1:
            self._exported_at = stamps[0].decode("ascii")
        if b"RECURRENCE-ID" not in self._data:
            return
        for block in blocks_of(self._data, {"VEVENT"}):
            if b"RECURRENCE-ID" in block.content:
                held = gathered(lines_of(block.content, frozenset({"UID", "RECURRENCE-ID"})))
                replaced = self._moment(held, "RECURRENCE-ID")
                if replaced is not None and "UID" in held:
                    self._alone[uid_of(held)].add(replaced.original())
                    if is_onward(held) and block.is_whole:
                        self._note_onward(block, replaced)
        for changes in self._onward.values():
            changes.sort(key=lambda one: one.since)

    def _note_onward(self, block: Block, replaced: _Moment) -> None:
        """Keeps a change that bears on all later times of its series, too."""
        fields = gathered(lines_of(block.content, WANTED))
        with suppress(ValueError, OverflowError):  # it is listed where the event is read
            start = self._moment(fields, "DTSTART")
            if start is not None and _EARLIEST_YEAR <= start.local.year < _LATEST_YEAR:
                event = self._read(fields, start, block)._replace(problems=())
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
        if self._method in _NO_MEETINGS:
            reason = "This asks about a meeting and is none; it was left out."
            yield _problem(position, reason, ProblemKind.SKIPPED)
            return
        fields = gathered(lines_of(block.content, WANTED))
        start = self._moment(fields, "DTSTART")
        if start is None or not _EARLIEST_YEAR <= start.local.year < _LATEST_YEAR:
            reason = "The event has no start, or an absurd one."
            yield _problem(position, reason, ProblemKind.UNREADABLE)
            return
        event = self._read(fields, start, block)
        replaces = self._moment(fields, "RECURRENCE-ID")
        if replaces is not None:
            yield self._one(event, position, start, replaces.original(), replaces.at)
        elif fields.keys() & {"RRULE", "RDATE"}:
            yield from self._series(event, fields, start, position)
        else:
            yield self._one(event, position, start, "", None)

    def _read(self, fields: Fields, start: _Moment, block: Block) -> _Event:
        problems = []
        if block.is_cut:
            problems.append("The event is too large; only its beginning was read.")
        if not start.zone.is_known:
            problems.append("The time zone is not known; the time is taken as UTC.")
        ends_at = self._ends_at(fields, start)
        if ends_at < start.at or ends_at - start.at > _LONGEST_DAYS * _DAY:
            problems.append("The event ends before it begins, or never; its end was left out.")
            ends_at = start.at
        people, attendance, has_room = people_of(fields, self._options.country)
        subject = one_line(text_of(fields, "SUMMARY"))
        text = description_of(fields)
        place = one_line(text_of(fields, "LOCATION"))
        link = links_of(fields)
        mode, reason = mode_of(place, subject, link=link, text=text, has_room=has_room)
        made_at = self._stated(fields, "CREATED") or self._stated(fields, "DTSTAMP")
        changed_at = self._stated(fields, "LAST-MODIFIED") or self._stated(fields, "DTSTAMP")
        uid = uid_of(fields)
        meeting = Meeting(
            uid, "", sequence_of(fields), start.at, ends_at, start.is_date, start.zone.name,
            not start.zone.is_known, self._state(fields), mode, reason, place, attendance,
            made_at, changed_at, None, self._method == "REPLY",
        )  # fmt: skip
        lasts = ends_at - start.at
        size = len(block.content)
        return _Event(uid, people, subject, text, meeting, lasts, size, tuple(problems))

    def _one(
        self, event: _Event, position: str, start: _Moment, original: str, original_at: int | None
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
        return RecordRead(position, "", _record(event, meeting, known_as))

    def _series(
        self, event: _Event, fields: Fields, start: _Moment, position: str
    ) -> Iterator[RecordRead]:
        """Yields every time a series takes place; what was changed alone stands elsewhere."""
        is_followed = self._left > 0
        starts, is_complete = (
            self._starts_of(fields, start) if is_followed else ([start.local], False)
        )
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

    def _starts_of(self, fields: Fields, start: _Moment) -> tuple[list[datetime], bool]:
        last = start.zone.local(self._last)
        starts, is_complete = self._expanded(fields.get("RRULE", ()), start, last)
        extra = self._dates(fields.get("RDATE", ()), start)
        left_out = set(self._dates(fields.get("EXDATE", ()), start))
        left_out.update(self._expanded(fields.get("EXRULE", ()), start, last)[0])
        if not fields.get("RRULE") or not (starts or extra):
            starts = [start.local, *starts]
        dates = {one.date() for one in self._dates(fields.get("EXDATE", ()), start, of_days=True)}
        found = sorted({one for one in (*starts, *extra) if one <= last} - left_out)
        return [one for one in found if one.date() not in dates], is_complete

    def _expanded(
        self, rules: Sequence[Line], start: _Moment, last: datetime
    ) -> tuple[list[datetime], bool]:
        starts: list[datetime] = []
        is_complete = len(rules) <= _MOST_RULES
        for line in rules[:_MOST_RULES]:
            rule = parse_rule(line.value)
            if rule is None:
                starts.append(start.local)
                is_complete = False
                continue
            until = self._until(rule.until, start)
            found = expand(rule, start.local, until=until, last=last)
            starts += found.starts
            is_complete = is_complete and found.is_complete
        return starts, is_complete

    def _until(self, text: str, start: _Moment) -> datetime | None:
        local = parse_local(text) if text else None
        if local is None or local.year >= _LATEST_YEAR:
            return None
        if "T" not in text or local.year < _EARLIEST_YEAR:
            return local + timedelta(days=1, seconds=-1)
        if text.endswith("Z") and not start.is_date:
            return start.zone.local(int(local.replace(tzinfo=UTC).timestamp()))
        return local

    def _dates(
        self, lines: Sequence[Line], start: _Moment, *, of_days: bool = False
    ) -> list[datetime]:
        """The moments a list of dates names, as local times of the series."""
        found: list[datetime] = []
        for line in lines[:MOST_DATES]:
            for value in line.value[: 20 * MOST_DATES].split(","):
                at = self._written(value.partition("/")[0], line.parameters)
                if at is None or len(found) >= MOST_DATES:
                    continue
                if at.is_date and not start.is_date:
                    found += [at.local] if of_days else []
                elif not of_days and at.is_date == start.is_date:
                    found.append(at.local if at.zone is start.zone else start.zone.local(at.at))
        return found

    def _moment(self, fields: Fields, name: str) -> _Moment | None:
        lines = fields.get(name)
        return self._written(lines[0].value, lines[0].parameters) if lines else None

    def _written(self, value: str, parameters: Mapping[str, str]) -> _Moment | None:
        value = value.strip()
        local = parse_local(value)
        if local is None or local.year < _EARLIEST_YEAR or local.year > _LATEST_YEAR:
            return None
        is_date = parameters.get("VALUE", "").upper() == "DATE" or "T" not in value.upper()
        if value[-1:] in "Zz":
            return _Moment(local, GREENWICH, is_date)
        named_zone = "" if is_date else parameters.get("TZID", "")
        zone = self._zones.find(named_zone) if named_zone else self._default
        return _Moment(
            local.replace(hour=0, minute=0, second=0) if is_date else local, zone, is_date
        )

    def _ends_at(self, fields: Fields, start: _Moment) -> int:
        end = self._moment(fields, "DTEND")
        if end is not None:
            return end.at
        lasts = lasts_of(fields)
        if lasts is not None:
            return start.at + lasts
        return start.at + (_DAY if start.is_date else 0)

    def _stated(self, fields: Fields, name: str) -> int | None:
        """When something was done to the event; the moment of an export says nothing of it."""
        found = self._moment(fields, name)
        if found is None or found.local.year <= _EARLIEST_YEAR + 70:
            return None
        is_of_export = name == "DTSTAMP" and fields[name][0].value.strip() == self._exported_at
        return None if is_of_export else found.at

    def _state(self, fields: Fields) -> MeetingState:
        if self._method == "CANCEL":
            return MeetingState.CANCELLED
        return _STATES.get(text_of(fields, "STATUS").strip().upper(), MeetingState.PLANNED)


_STAMP: Final = re.compile(rb"(?im)^DTSTAMP:([0-9TZ]{8,16})")
_MOST_RULES: Final = 5


def _record(event: _Event, meeting: Meeting, known_as: str) -> ParsedMessage:
    return channel_record(
        channel=Channel.MEETING,
        kind=MessageKind.MEETING,
        people=event.people,
        at=meeting.starts_at,
        subject=event.subject,
        text=event.text,
        detail=meeting.as_text(),
        size=event.size,
        problems=event.problems,
        event=known_as,
        asks=False,
    )


def _problem(position: str, reason: str, kind: ProblemKind) -> RecordProblem:
    return RecordProblem(kind=kind, position=position, reason=reason)

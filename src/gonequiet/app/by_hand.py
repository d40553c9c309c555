"""Use case: what the owner enters by hand stands in the timeline like any other record.

The journal holds what was entered; the records made of it can be made again at any time, so an
entry that is taken back or changed takes its record with it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from gonequiet.app.identities import EditStore, get_contact
from gonequiet.app.packing import pack
from gonequiet.app.ports import IngestStore, PackedChunk, PackedRecord, UnitChunk
from gonequiet.app.records import Records
from gonequiet.domain.call import Call, CallOutcome
from gonequiet.domain.days import Days
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.interaction import Direction
from gonequiet.domain.logged import Logged, LoggedKind, logged_in
from gonequiet.domain.meeting import Attendance, Meeting, MeetingState, Mode
from gonequiet.domain.message import Channel, MessageKind, ParsedMessage, Participant, Role
from gonequiet.domain.source import SourceKind, SourceUnit, UnitKind
from gonequiet.errors import NotFound, RequestError
from gonequiet.formats.channel_record import channel_record
from gonequiet.formats.tables import parse_table, rearmed

BY_HAND = "entered by hand"
_UNIT = SourceUnit(kind=UnitKind.BY_HAND, path="", folder=BY_HAND, folder_role="other")
_MINUTES = {LoggedKind.CALLED: 10, LoggedKind.VIDEO: 30}
LONGEST = 7 * 24 * 60
"""Minutes a meeting or a call may have taken."""
COLUMNS = ("number", "contact", "kind", "at", "minutes", "from_them", "unanswered", "note")


class Entry(NamedTuple):
    """What the owner says happened, before it is in the journal."""

    contact: str
    kind: LoggedKind
    at: int
    minutes: int | None = None
    is_theirs: bool = False
    is_unanswered: bool = False
    note: str = ""


class Journal(EditStore, Protocol):
    """The journal, to read and to add to."""

    def edits(self) -> list[Edit]:
        """Returns every line, oldest first."""


def log_entry(
    records: Records, store: EditStore, entry: Entry, *, now: int, replaces: int = 0
) -> Logged:
    """Enters one exchange.

    Raises:
        NotFound, Ambiguous: the contact is not known, or several are meant.
        RequestError: it lies in the future, or took no time anything takes.
    """
    if entry.at > now:
        raise RequestError("That moment has not come yet. Log what happened, not what is planned.")
    if entry.minutes is not None and not 0 < entry.minutes <= LONGEST:
        raise RequestError(f"Nothing took {entry.minutes} minutes. Write 1 to {LONGEST:,}.")
    address = get_contact(records, entry.contact).key
    logged = Logged(0, address, *entry[1:])
    made = store.add_edit(EditVerb.LOG, address, logged.as_text(replaces), 0, now=now)
    return logged._replace(number=made.number)


def change_entry(
    store: EditStore, edits: Sequence[Edit], number: int, note: str | None, *, now: int
) -> Logged | None:
    """Gives an entry another note, or (without one) takes it out; both can be undone.

    Raises:
        NotFound: there is no such entry.
    """
    known = next((one for one in logged_in(edits) if one.number == number), None)
    if known is None:
        raise NotFound(f"There is no entry {number}. 'gonequiet logged' lists them.")
    if note is None:
        store.add_edit(EditVerb.LOG, known.address, _nothing(number), 0, now=now)
        return None
    changed = known._replace(note=note)
    made = store.add_edit(EditVerb.LOG, known.address, changed.as_text(number), 0, now=now)
    return changed._replace(number=made.number)


def _nothing(replaces: int) -> str:
    return f'{{"replaces":{replaces}}}'


def bring_up_to_date(store: IngestStore, edits: Iterable[Edit], now: int) -> bool:
    """Makes the records of what is logged, and takes back those that no longer hold.

    Returns:
        Whether anything changed.
    """
    wanted = {f"entry {one.number}": one for one in logged_in(edits)}
    source = store.add_source(SourceKind.BY_HAND, BY_HAND, now) if wanted else None
    if source is None and not store.has_source(BY_HAND):
        return False
    source = source or store.add_source(SourceKind.BY_HAND, BY_HAND, now)
    units = store.unit_states(source)
    known = store.known_positions(units[""][0]) if "" in units else frozenset()
    chunks = [_chunk([], gone) for gone in sorted(known - wanted.keys())]
    fresh = [_record(place, one) for place, one in wanted.items() if place not in known]
    if fresh:
        chunks.append(_chunk(fresh, ""))
    if chunks:
        store.save_chunks(source, chunks)
        store.finish_source(source, now)
    return bool(chunks)


def _chunk(records: list[PackedRecord], retracts: str) -> UnitChunk:
    return UnitChunk(_UNIT, PackedChunk(records, [], "by hand", retracts), restarts=False)


def _record(position: str, logged: Logged) -> PackedRecord:
    return PackedRecord(position, "", pack(_message(logged)), (), False)


def _message(logged: Logged) -> ParsedMessage:
    role = Role.FROM if logged.is_theirs else Role.TO
    direction = Direction.INBOUND if logged.is_theirs else Direction.OUTBOUND
    channel, kind, detail = _what(logged)
    return channel_record(
        channel=channel,
        kind=kind,
        people=(Participant(role, "", logged.address),),
        at=logged.at,
        states=direction,
        subject="" if kind is MessageKind.PERSONAL else _TITLES.get(logged.kind, ""),
        text=logged.note,
        detail=detail,
        asks=None if kind is MessageKind.PERSONAL else logged.is_unanswered,
    )


_TITLES = {LoggedKind.MET: "Met", LoggedKind.LUNCH: "Lunch", LoggedKind.VIDEO: "Video meeting"}


def _what(logged: Logged) -> tuple[Channel, MessageKind, str]:
    if logged.kind is LoggedKind.TEXTED:
        return Channel.TEXT, MessageKind.PERSONAL, ""
    if logged.kind is LoggedKind.CALLED:
        outcome = CallOutcome.MISSED if logged.is_unanswered else CallOutcome.ANSWERED
        seconds = None if logged.minutes is None else logged.minutes * 60
        return Channel.CALL, MessageKind.CALL, Call(outcome, seconds).as_text()
    return Channel.MEETING, MessageKind.MEETING, _meeting(logged).as_text()


def _meeting(logged: Logged) -> Meeting:
    mode = Mode.VIDEO if logged.kind is LoggedKind.VIDEO else Mode.FACE_TO_FACE
    missed = logged.kind is LoggedKind.MISSED
    length = 60 * (logged.minutes or _MINUTES.get(logged.kind, 60))
    return Meeting(
        uid=f"logged-{logged.number}",
        recurrence="",
        sequence=0,
        starts_at=logged.at - (0 if logged.minutes is None else length),
        ends_at=logged.at,
        is_all_day=False,
        zone="",
        is_zone_unknown=False,
        state=MeetingState.MISSED if missed else MeetingState.PLANNED,
        mode=mode,
        mode_reason="you said so",
        place="",
        attendance=() if missed else ((logged.address, Attendance.ACCEPTED),),
        invited_at=None,
        changed_at=None,
        moved_from=None,
    )


# In and out as a table.


def as_rows(entries: Iterable[Logged]) -> Iterator[list[str]]:
    """Yields what is logged as rows of `COLUMNS`, the heading first."""
    yield list(COLUMNS)
    for one in entries:
        moment = datetime.fromtimestamp(one.at, UTC).strftime("%Y-%m-%dT%H:%MZ")
        minutes = "" if one.minutes is None else str(one.minutes)
        marks = ["yes" if mark else "" for mark in (one.is_theirs, one.is_unanswered)]
        yield [str(one.number), one.address, one.kind.value, moment, minutes, *marks, one.note]


def parse_rows(text: str, days: Days) -> tuple[list[Entry], list[str]]:
    """Reads a table with the columns contact, kind and at; the others may be missing.

    Args:
        text: the table.
        days: of the owner's wall clock; a moment without a zone is one of it, a day its noon.

    Returns:
        The entries, and a sentence for each row that could not be read.
    """
    entries: list[Entry] = []
    mistakes: list[str] = []
    rows = parse_table(text, has_heading=True)
    number = 1
    try:
        heading = [name.strip().lower() for name in next(rows, [])]
        for number, row in enumerate(filter(None, rows), start=2):
            try:
                entries.append(_entry(dict(zip(heading, row, strict=False)), days))
            except (KeyError, ValueError, OverflowError):
                mistakes.append(f"row {number} names no contact, kind and moment that can be read")
    except csv.Error:
        mistakes.append(f"after row {number} it is no table any more; nothing was read from there")
    return entries, mistakes


_DAY_CHARS = len("2026-03-02")


def _entry(row: dict[str, str], days: Days) -> Entry:
    contact = rearmed(row["contact"]).strip()
    if not contact:
        raise ValueError("no contact")
    said = row["at"].strip()
    moment = datetime.fromisoformat(f"{said}T12:00" if len(said) <= _DAY_CHARS else said)
    at = moment if moment.tzinfo else moment.replace(tzinfo=days.zone)
    minutes = row.get("minutes", "").strip()
    return Entry(
        contact,
        LoggedKind(row["kind"].strip().lower()),
        int(at.timestamp()),
        int(minutes) if minutes else None,
        _is_marked(row.get("from_them", "")),
        _is_marked(row.get("unanswered", "")),
        rearmed(row.get("note", "")),
    )


def _is_marked(cell: str) -> bool:
    return cell.strip().lower() not in {"", "no", "0", "false", "n", "nein"}

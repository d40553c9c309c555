"""An appointment of Outlook as a calendar: written out as RFC 5545 would have it, and read as one.

So one reader serves all: who accepted, how one meets, series, zones and changes are seen in what
Outlook kept as they are in a calendar file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Final

from gonequiet.domain.draft import Person
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats import mapi
from gonequiet.formats.calendar_zones import GREENWICH, Zone, zone_by_name
from gonequiet.formats.icalendar_file import read_calendar
from gonequiet.formats.ics_writing import render_moment, render_party, render_text
from gonequiet.formats.mapi import Item, Properties
from gonequiet.formats.outlook_mail import recipient_of, subject_of, writer_of
from gonequiet.formats.outlook_series import Series, parse_series
from gonequiet.formats.record_file import ReadOptions

_APPOINTMENTS: Final = "ipm.appointment"
_NO_START: Final = "The appointment has no start."
_NO_SERIES: Final = "The appointment repeats in a way that is not read; its first time is kept."
_IS_CANCELLED: Final = 4
_IS_ORGANISER: Final = 2
_RESOURCE: Final = 3
_FOREIGN: Final = b"vCal-Uid\x01\0\0\0"
_MOST_TEXT: Final = 100_000
_SAID: Final = {2: "TENTATIVE", 3: "ACCEPTED", 4: "DECLINED"}


def is_appointment(item: Item) -> bool:
    """Whether an item of Outlook is an appointment or a meeting in a calendar."""
    return mapi.text(item.properties, mapi.MESSAGE_CLASS).lower().startswith(_APPOINTMENTS)


def read_appointment(item: Item, options: ReadOptions) -> Iterator[RecordRead | RecordProblem]:
    """Yields every time an appointment takes place, and what could not be read of it."""
    held = item.properties
    starts_at = mapi.number(held, mapi.STARTS_AT, mapi.PLAIN_STARTS_AT)
    if starts_at is None:
        yield RecordProblem(kind=ProblemKind.UNREADABLE, position="1", reason=_NO_START)
        return
    pattern = mapi.data(held, mapi.SERIES)
    series = parse_series(pattern) if pattern else None
    if pattern and series is None:
        yield RecordProblem(kind=ProblemKind.PARTLY_READ, position="1", reason=_NO_SERIES)
    events = _events(item, starts_at, series, options)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR"]
    content = "\n".join(lines).encode("utf-8", "replace")
    yield from read_calendar(iter([content]), options)


def _events(
    item: Item, starts_at: int, series: Series | None, options: ReadOptions
) -> Iterator[str]:
    """Yields the lines of its events: the appointment, and each time of a series that was moved."""
    held, zone = item.properties, _zone(item.properties, options)
    written = partial(_date if mapi.number(held, mapi.IS_ALL_DAY) else _moment, zone)
    shared = [*_shared(item)]
    if series is None:
        ends_at = mapi.number(held, mapi.ENDS_AT, mapi.PLAIN_ENDS_AT) or starts_at
        times = (zone.local(starts_at), zone.local(ends_at))
        yield from _event(written, shared, *times)
        return
    left_out = [written("EXDATE", one) for one in series.left_out]
    more = [f"RRULE:{series.rule}", *left_out]
    yield from _event(written, [*shared, *more], series.starts, series.ends)
    for change in series.changed:
        original = written("RECURRENCE-ID", change.original)
        yield from _event(written, [*shared, original], change.starts, change.ends)


def _event(
    written: Callable[[str, datetime], str],
    lines: Iterable[str],
    starts: datetime,
    ends: datetime,
) -> Iterator[str]:
    times = (written("DTSTART", starts), written("DTEND", ends))
    return chain(("BEGIN:VEVENT",), lines, times, ("END:VEVENT",))


def _date(_zone: Zone, name: str, local: datetime) -> str:
    return f"{name};VALUE=DATE:{local:%Y%m%d}"


def _moment(zone: Zone, name: str, local: datetime) -> str:
    if not zone.name:
        return f"{name}:{render_moment(zone.moment(local))}"
    return f"{name};TZID={zone.name}:{local:%Y%m%dT%H%M%S}"


def _shared(item: Item) -> Iterator[str]:
    """Yields the lines that every time of an appointment has in common."""
    held = item.properties
    if uid := _uid(held):
        yield f"UID:{render_text(uid)}"
    yield f"SUMMARY:{render_text(subject_of(held))}"
    yield f"LOCATION:{render_text(mapi.text(held, mapi.PLACE))}"
    yield f"DESCRIPTION:{render_text(mapi.text(held, mapi.BODY)[:_MOST_TEXT])}"
    yield f"SEQUENCE:{mapi.number(held, mapi.VERSION) or 0}"
    if (mapi.number(held, mapi.CALLED_OFF) or 0) & _IS_CANCELLED:
        yield "STATUS:CANCELLED"
    for name, number in (("CREATED", mapi.MADE_AT), ("LAST-MODIFIED", mapi.CHANGED_AT)):
        if (at := mapi.number(held, number)) is not None:
            yield f"{name}:{render_moment(at)}"
    yield from _people(item)


def _people(item: Item) -> Iterator[str]:
    organiser = writer_of(item.properties)
    if item.recipients and (organiser.address or organiser.name):
        yield render_party("ORGANIZER", organiser, "")
    for one in item.recipients:
        flags = mapi.number(one, mapi.RECIPIENT_FLAGS) or 0
        person = recipient_of(one)
        if flags & _IS_ORGANISER or not (person.address or person.name):
            continue
        said = _SAID.get(mapi.number(one, mapi.TRACKED) or 0, "NEEDS-ACTION")
        is_room = mapi.number(one, mapi.RECIPIENT_ROLE) == _RESOURCE
        yield _attendee(person, said, is_room=is_room)


def _attendee(person: Person, said: str, *, is_room: bool) -> str:
    kind = ";CUTYPE=ROOM" if is_room else ""
    return render_party("ATTENDEE", person, f"{kind};PARTSTAT={said}")


def _uid(held: Properties) -> str:
    """Returns the id the event has in every calendar, "" for none.

    Outlook wraps an id that came from elsewhere; its own it writes out as hexadecimal digits.
    """
    wrapped = mapi.data(held, mapi.CLEAN_EVENT_ID) or mapi.data(held, mapi.EVENT_ID)
    _, mark, foreign = wrapped.partition(_FOREIGN)
    if mark:
        return foreign.rstrip(b"\0").decode("utf-8", "replace")
    return wrapped.hex().upper()


def _zone(held: Properties, options: ReadOptions) -> Zone:
    """Returns the zone of an appointment, else the owner's."""
    for number in (mapi.ZONE_OF_SERIES, mapi.ZONE_OF_START):
        name = _zone_name(mapi.data(held, number))
        if name and (found := zone_by_name(name)) is not None:
            return found
    return (zone_by_name(options.zone) if options.zone else None) or GREENWICH


def _zone_name(definition: bytes) -> str:
    """Returns what Windows calls the zone of a definition (MS-OXOCAL 2.2.1.41), "" for none."""
    try:
        _, _, _, _, length = struct.unpack_from("<BBHHH", definition)
    except struct.error:
        return ""
    return definition[8 : 8 + 2 * length].decode("utf-16-le", "replace").rstrip("\0")

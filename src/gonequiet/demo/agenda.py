"""The demo's calendar (RFC 5545): held, moved, cancelled, missed and planned meetings."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from gonequiet.demo.cast import Cast, Person
from gonequiet.demo.truth import MeetingTruth

LONDON_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""

PLACES = {
    "face_to_face": "{street}",
    "video": "https://gongmeetings.example/j/{number}",
    "call": "by phone, {phone}",
}
LONGEST_LINE = 73


def render_calendar(
    meetings: tuple[MeetingTruth, ...], cast: Cast, start: datetime, end: datetime
) -> bytes:
    """Returns the calendar file: every meeting, and two series of the owner's own."""
    events = [_event(meeting, cast) for meeting in meetings]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Brandt & Field//Calendar//EN",
        *LONDON_ZONE.split("\n"),
        *_series(start, end),
        *(line for event in events for line in event),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def render_invitation(meeting: MeetingTruth, cast: Cast, method: str) -> str:
    """Returns an invitation, or an answer to one, as it travels by mail."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Brandt & Field//Calendar//EN"]
    lines += [f"METHOD:{method}", *LONDON_ZONE.split("\n"), *_event(meeting, cast)]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(meeting: MeetingTruth, cast: Cast) -> list[str]:
    people = [person for person in cast.people if person.address in meeting.addresses]
    starts_at = datetime.fromisoformat(meeting.starts_at)
    ends_at = starts_at + timedelta(minutes=meeting.minutes)
    return [
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}",
        f"DTSTAMP:{starts_at - timedelta(days=5):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/London:{starts_at:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/London:{ends_at:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_text(meeting.summary)}",
        f"LOCATION:{_text(_location(meeting, people))}",
        f"ORGANIZER;CN=Clara Brandt:mailto:{cast.owner.address}",
        *(_attendee(person, meeting) for person in people),
        f"SEQUENCE:{1 if meeting.state == 'moved' else 0}",
        f"STATUS:{'CANCELLED' if meeting.state == 'cancelled' else 'CONFIRMED'}",
        *_comment(meeting),
        "END:VEVENT",
    ]


def _location(meeting: MeetingTruth, people: list[Person]) -> str:
    if not people:
        return ""
    return PLACES[meeting.mode].format(
        street=people[0].street or people[0].city,
        phone=people[0].phone,
        number=sum(map(ord, meeting.uid)) * 7919,
    )


def _attendee(person: Person, meeting: MeetingTruth) -> str:
    partstat = {"missed": "NEEDS-ACTION", "cancelled": "DECLINED"}.get(meeting.state, "ACCEPTED")
    return f'ATTENDEE;CN="{person.name}";PARTSTAT={partstat}:mailto:{person.address}'


def _comment(meeting: MeetingTruth) -> list[str]:
    notes = {
        "moved": "Moved once at the other side's request.",
        "cancelled": "Called off by the other side, no new date.",
        "missed": "Nobody joined from the other side.",
    }
    return [f"COMMENT:{_text(notes[meeting.state])}"] if meeting.state in notes else []


def _series(start: datetime, end: datetime) -> list[str]:
    rows = (
        ("standup", "Monday stand-up", "0900", 20, "FREQ=WEEKLY;BYDAY=MO"),
        ("accounts", "Monthly figures with Priya", "1400", 45, "FREQ=MONTHLY;BYDAY=-1TH"),
    )
    lines: list[str] = []
    zone = ZoneInfo("Europe/London")
    for key, summary, clock, minutes, rule in rows:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{key}@brandtfield.example",
            f"DTSTAMP:{start:%Y%m%dT%H%M%SZ}",
            f"DTSTART;TZID=Europe/London:{_first_monday(start):%Y%m%d}T{clock}00",
            f"DURATION:PT{minutes}M",
            f"RRULE:{rule};UNTIL={end.astimezone(zone):%Y%m%dT%H%M%SZ}",
            f"SUMMARY:{summary}",
            "END:VEVENT",
        ]
    return lines


def _first_monday(start: datetime) -> datetime:
    return start + timedelta(days=(7 - start.weekday()) % 7)


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    parts = []
    while len(line.encode()) > LONGEST_LINE:
        cut = LONGEST_LINE
        while len(line[:cut].encode()) > LONGEST_LINE:
            cut -= 1
        parts.append(line[:cut])
        line = " " + line[cut:]
    return "\r\n".join([*parts, line])

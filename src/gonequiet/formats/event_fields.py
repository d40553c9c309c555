"""What stands in one event of a calendar (RFC 5545), property by property.

An event is a set of lines; which of them are wanted, which may stand more than once, and what each
comes to is said here. When it takes place is said in `event_moments`, which knows the file's zones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from gonequiet.domain.meeting import Attendance
from gonequiet.domain.message import Participant, Role
from gonequiet.domain.reach import NAME, named
from gonequiet.formats.content_lines import Line, one_line, plain
from gonequiet.formats.html_text import html_to_text
from gonequiet.formats.phone_numbers import tel_address

MOST_DATES: Final = 2000
_MOST_PEOPLE: Final = 1000
_MOST_TEXT: Final = 20_000
WANTED: Final = frozenset(
    {
        "UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "ORGANIZER",
        "ATTENDEE", "STATUS", "SEQUENCE", "CREATED", "LAST-MODIFIED", "DTSTAMP", "RECURRENCE-ID",
        "RRULE", "RDATE", "EXDATE", "EXRULE", "URL", "CONFERENCE", "X-GOOGLE-CONFERENCE",
        "X-GOOGLE-HANGOUT", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    }
)  # fmt: skip
_SEVERAL: Final = frozenset({"ATTENDEE", "RDATE", "EXDATE", "EXRULE", "RRULE", "CONFERENCE"})
_LINKS: Final = (
    "X-GOOGLE-CONFERENCE",
    "X-GOOGLE-HANGOUT",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
)
_SAID: Final = {
    "ACCEPTED": Attendance.ACCEPTED,
    "CONFIRMED": Attendance.ACCEPTED,
    "DECLINED": Attendance.DECLINED,
    "TENTATIVE": Attendance.TENTATIVE,
    "NEEDS-ACTION": Attendance.NO_ANSWER,
    "NEEDS ACTION": Attendance.NO_ANSWER,
}
_DURATION: Final = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?"
)

Fields = Mapping[str, Sequence[Line]]


def gathered(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Returns lines by property; of what may stand once the first counts."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.name not in found:
            found[line.name] = [line]
        elif line.name in _SEVERAL and len(found[line.name]) <= MOST_DATES:
            found[line.name].append(line)
    return found


def is_onward(fields: Fields) -> bool:
    """Whether a change of one time of a series bears on all later ones, too."""
    stated = fields["RECURRENCE-ID"][0].parameters.get("RANGE", "")
    return stated.strip('"').upper() == "THISANDFUTURE"


def text_of(fields: Fields, name: str) -> str:
    """Returns the value of a property, "" without one."""
    lines = fields.get(name)
    return lines[0].value if lines else ""


def uid_of(fields: Fields) -> str:
    """Returns what an event goes by in every calendar, "" without it."""
    return one_line(text_of(fields, "UID"), 300)


def sequence_of(fields: Fields) -> int:
    """Returns how often the organiser has changed it."""
    text = text_of(fields, "SEQUENCE").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def description_of(fields: Fields) -> str:
    """Returns the words, without markup."""
    text = plain(text_of(fields, "DESCRIPTION"), _MOST_TEXT)
    return html_to_text(text) if _MARKUP.search(text) else text


_MARKUP: Final = re.compile(r"<(?:html|body|div|br|p|span|a|ul|b)[\s/>]", re.IGNORECASE)


def links_of(fields: Fields) -> str:
    """Returns the links to join by that stand in properties of their own."""
    link = " ".join(line.value for name in _LINKS for line in fields.get(name, ()))
    return link + " ".join(line.value for line in fields.get("CONFERENCE", ()))


def lasts_of(fields: Fields) -> int | None:
    """Returns the stated duration in seconds, None without a sensible one."""
    found = _DURATION.match(text_of(fields, "DURATION").strip())
    if found is None or found[1] == "-":
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds


def people_of(
    fields: Fields, country: str
) -> tuple[tuple[Participant, ...], tuple[tuple[str, Attendance], ...], bool]:
    """Returns who takes part, what they said, and whether a room does."""
    found: dict[str, tuple[Participant, Attendance]] = {}
    organisers = [_person(line, Role.FROM, country) for line in fields.get("ORGANIZER", ())]
    organiser = organisers[0] if organisers and organisers[0].address else None
    has_room = False
    for line in fields.get("ATTENDEE", ()):
        if line.parameters.get("CUTYPE", "").upper() in ("ROOM", "RESOURCE"):
            has_room = has_room or line.parameters["CUTYPE"].upper() == "ROOM"
            continue
        person = _person(line, Role.TO, country)
        if not person.address or (organiser and person.address == organiser.address):
            continue
        said = _SAID.get(
            line.parameters.get("PARTSTAT", "NEEDS-ACTION").upper(), Attendance.UNKNOWN
        )
        if len(found) < _MOST_PEOPLE:
            found.setdefault(person.address, (person, said))
    invited = tuple(person for person, _ in found.values())
    people = (organiser, *invited) if organiser else invited
    if len(people) == 1 and organiser:
        people = ()  # an entry of one's own: it names its writer and nobody else
    return people, tuple((address, said) for address, (_, said) in found.items()), has_room


_BY_MAIL: Final = re.compile(r"(?:mailto:)?\s*([^\s<>\"(),:;]{1,200}@[^\s<>\"(),:;]{1,200})")


def _person(line: Line, role: Role, country: str) -> Participant:
    value = line.value.strip()
    name = one_line(line.parameters.get("CN", ""), 200)
    found = _BY_MAIL.match(value.lower()) or _BY_MAIL.match(
        line.parameters.get("EMAIL", "").strip().lower()
    )
    if found:
        address = found[1]
    elif value.lower().startswith("tel:"):
        address = tel_address(value[4:], country)
    else:
        address = named(NAME, name) if name and "@" not in name else ""
    return Participant(role, "" if name.lower() == address else name, address)

"""Calendars and cards keep what every file of records promises."""

from __future__ import annotations

from typing import ClassVar

from gonequiet.formats.recognise import FileKind
from tests.contracts.record_files import RecordFileContract


def _event(number: int, *more: str) -> str:
    lines = (
        "BEGIN:VEVENT",
        f"UID:quay-{number}@harbour.example",
        f"DTSTAMP:202603{number:02}T080000Z",
        f"DTSTART;TZID=Europe/Berlin:202604{number:02}T100000",
        f"DTEND;TZID=Europe/Berlin:202604{number:02}T110000",
        f"SUMMARY:The quay\\, part {number}",
        "LOCATION:Hafenstraße 12",
        "ORGANIZER;CN=Kim Adler:mailto:kim@adler.example",
        "ATTENDEE;CN=Dana Reyes;PARTSTAT=ACCEPTED:mailto:dana@harbour.example",
        *more,
        "END:VEVENT",
    )
    return "".join(f"{line}\r\n" for line in lines)


def _calendar(count: int) -> bytes:
    events = "".join(_event(number) for number in range(1, count))
    series = _event(count, "RRULE:FREQ=WEEKLY;COUNT=3")
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Quay//EN\r\n{series}{events}END:VCALENDAR\r\n"
    ).encode()


class TestCalendar(RecordFileContract):
    kind: ClassVar = FileKind.ICS
    name: ClassVar = "calendar.ics"
    content: ClassVar = _calendar(9)
    channels: ClassVar = ("meeting",) * 11
    grown: ClassVar = content.replace(b"END:VCALENDAR", _event(20).encode() + b"END:VCALENDAR")
    lost_by_damage: ClassVar = 3  # the series is one event, and three times


_PEOPLE = ("Dana Reyes", "Li Wu", "Jörg Müller", "Ana Silva", "Tom Ellis", "Noor Haddad")


def _card(number: int, version: str) -> str:
    name = _PEOPLE[number % len(_PEOPLE)]
    given, _, family = name.partition(" ")
    lines = (
        "BEGIN:VCARD",
        f"VERSION:{version}",
        f"N:{family};{given};;;",
        f"FN:{name} {number}",
        f"EMAIL;TYPE=work:person{number}@harbour.example",
        f"TEL;TYPE=cell:030 5550 {1000 + number}",
        "ORG:Harbour;Quays",
        "END:VCARD",
    )
    return "".join(f"{line}\r\n" for line in lines)


def _cards(count: int) -> bytes:
    versions = ("2.1", "3.0", "4.0")
    return "".join(_card(number, versions[number % 3]) for number in range(count)).encode()


class TestCards(RecordFileContract):
    kind: ClassVar = FileKind.VCF
    name: ClassVar = "contacts.vcf"
    content: ClassVar = _cards(12)
    channels: ClassVar = ("card",) * 12
    grown: ClassVar = _cards(13)
    record_end: ClassVar = (b"END:VCARD", b"END:VCARD\r", b"END:VCARD\r\n")

"""Every kind of file of records keeps what all of them promise, and is taken for no other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gonequiet.formats.recognise import FileKind, recognise
from gonequiet.formats.record_file import ReadOptions, find_reader
from tests.contracts.record_files import NOW, RecordFileContract
from tests.support.channels import (
    CARRIER_CSV,
    CHAT_IOS,
    CONNECTIONS_CSV,
    MESSAGES_CSV,
    calls_xml,
    texts_xml,
)
from tests.support.containers import container
from tests.support.data_files import PstFolder, pst_file
from tests.support.desk import Desk
from tests.support.outlook import Given, sent


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


_OPTIONS = ReadOptions(now=NOW, country="DE", zone="Europe/Berlin", names=("Kim Adler",))
_SAID = ("--as", "Kim Adler")


class TestCalls(RecordFileContract):
    kind: ClassVar = FileKind.SMS_BACKUP
    name: ClassVar = "calls-20250401.xml"
    content: ClassVar = calls_xml(12)
    channels: ClassVar = ("call",) * 12
    grown: ClassVar = calls_xml(13)
    lost_by_damage: ClassVar = 12  # XML that is no XML any more ends there


class TestTexts(RecordFileContract):
    kind: ClassVar = FileKind.SMS_BACKUP
    name: ClassVar = "sms-20250401.xml"
    content: ClassVar = texts_xml(12)
    channels: ClassVar = ("text",) * 13
    grown: ClassVar = texts_xml(13)
    lost_by_damage: ClassVar = 13


class TestCarrierTable(RecordFileContract):
    kind: ClassVar = FileKind.CSV
    name: ClassVar = "carrier.csv"
    content: ClassVar = CARRIER_CSV
    channels: ClassVar = ("call",) * 2  # the third names nobody
    grown: ClassVar = CARRIER_CSV + b"27.03.2025;11:00:00;030 55501000;ausgehend;00:01:00\n"
    may_end_anywhere: ClassVar = True


class TestChat(RecordFileContract):
    kind: ClassVar = FileKind.CHAT
    name: ClassVar = "WhatsApp Chat with Dana Reyes.txt"
    content: ClassVar = CHAT_IOS
    channels: ClassVar = ("chat", "chat", "chat", "call")
    grown: ClassVar = CHAT_IOS + b"[25.03.25, 09:30:00] Dana Reyes: Good night\n"
    options: ClassVar = _OPTIONS
    said: ClassVar = _SAID
    may_end_anywhere: ClassVar = True


class TestNetworkMessages(RecordFileContract):
    kind: ClassVar = FileKind.CSV
    name: ClassVar = "messages.csv"
    content: ClassVar = MESSAGES_CSV
    channels: ClassVar = ("network", "network")
    grown: ClassVar = MESSAGES_CSV + MESSAGES_CSV.splitlines(keepends=True)[-1].replace(
        b"Thank you for the note", b"One more thing"
    )
    options: ClassVar = _OPTIONS
    said: ClassVar = _SAID
    may_end_anywhere: ClassVar = True


class TestConnections(RecordFileContract):
    kind: ClassVar = FileKind.CSV
    name: ClassVar = "Connections.csv"
    content: ClassVar = CONNECTIONS_CSV
    channels: ClassVar = ("card", "card")
    grown: ClassVar = CONNECTIONS_CSV + (
        b"Jo,March,https://www.linkedin.com/in/jo-march,,Yard,Fitter,04 Feb 2024\n"
    )
    options: ClassVar = _OPTIONS
    said: ClassVar = _SAID
    may_end_anywhere: ClassVar = True


_SAVED_AT = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)


def _saved(text: str) -> bytes:
    more: Given = {0x1035: f"<{len(text)}@adler.example>"}
    return sent("kim@adler.example", "dana@harbour.example", subject="The quay", text=text,
                at=_SAVED_AT, more=more)  # fmt: skip


class TestSavedMessage(RecordFileContract):
    """A file of one record: what is written in its place is another one."""

    kind: ClassVar = FileKind.MSG
    name: ClassVar = "The quay.msg"
    content: ClassVar = _saved("Shall we meet on Thursday?\r\n" * 40)
    channels: ClassVar = ("mail",)
    grown: ClassVar = _saved("Thursday suits me well.\r\n")

    def test_a_file_written_anew_adds_what_is_new(
        self, file: Path, desk: Desk, tmp_path: Path
    ) -> None:
        self.takes_in(desk, file)
        self.write(file, self.grown)
        assert self.takes_in(desk, file) == (1, 0)
        assert len(desk.exported("message")) == 2


KINDS = RecordFileContract.__subclasses__()

OTHERS: dict[FileKind, bytes] = {
    FileKind.PST: pst_file([PstFolder("Inbox", [({0x1000: "BEGIN:VCARD\r\n"}, [], [])])]),
    FileKind.OLE2: container({"WordDocument": b"From: Dana\nDate: x\n" * 40}),
    FileKind.EML: b"From: dana@harbour.example\nDate: x\nSubject: y\n\nBEGIN:VCALENDAR\n",
    FileKind.MBOX: b"From dana@harbour.example Mon Mar  3 09:30:00 2025\nFrom: dana\n\n<smses>\n",
    FileKind.ZIP: b"PK\x03\x04" + b"BEGIN:VCARD\r\n" * 40,
    FileKind.GZIP: b"\x1f\x8b\x08" + b"From: dana\n" * 40,
    FileKind.PDF: b"%PDF-1.4\nBEGIN:VCALENDAR\n",
    FileKind.SQLITE: b"SQLite format 3\0" + b"From: dana\n" * 40,
    FileKind.HTML: b"<html><body>[24.03.25, 09:15:09] Dana Reyes: Good morning\n",
    FileKind.JSON: b'{"messages": [{"from": "dana@harbour.example", "date": "x"}]}',
    FileKind.XML: b"<?xml version='1.0'?><contacts><call number='1'/></contacts>",
}
"""Files no reader of records takes, each with something in it that is a mark of another kind."""


@pytest.mark.parametrize("kind", OTHERS, ids=lambda one: one.name)
def test_what_is_no_file_of_records_is_taken_for_none_whatever_it_is_called(
    kind: FileKind,
) -> None:
    for other in KINDS:
        assert recognise(OTHERS[kind][:8192], other.name) is kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.__name__)
@given(junk=st.binary(max_size=400), at=st.integers(0, 5000), cut=st.integers(0, 20_000))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_in_and_no_exception_out(
    kind: type[RecordFileContract], junk: bytes, at: int, cut: int
) -> None:
    options = kind.options._replace(name=kind.name)
    spoilt = kind.content[:at] + junk + kind.content[at:]
    for content in (junk, spoilt, spoilt[:cut]):
        for found in find_reader(kind.kind)([content], options):
            assert found.position


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.__name__)
def test_no_kind_is_mistaken_for_another_whatever_it_is_called(
    kind: type[RecordFileContract],
) -> None:
    by_name = {FileKind.CSV}  # nothing but its name tells a table from other text
    for other in KINDS:
        found = recognise(kind.content[:8192], other.name)
        if kind.kind not in by_name:
            assert found is kind.kind
        else:
            assert found in (kind.kind, FileKind.TEXT)

"""What a file is: its content says so before its name does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.formats.recognise import FileKind, recognise
from tests.support.containers import container
from tests.support.mail import mail, mbox
from tests.support.outlook import msg_file


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (mbox(mail()), "old.mbox", FileKind.MBOX),
        (mbox(mail()), "Inbox", FileKind.MBOX),
        (mbox(mail()), "mail.zip", FileKind.MBOX),
        (mail(), "letter.eml", FileKind.EML),
        (mail(), "old.mbox", FileKind.EML),
        (mail().replace(b"\n", b"\r\n"), "1740.M2P3", FileKind.EML),
        (b"\xef\xbb\xbf" + mail(), "letter", FileKind.EML),
        (b"Return-Path: <>\nReceived: x\n", "1", FileKind.EML),
        (b"From: dana@harbour.example\n\nHello\n", "letter.eml", FileKind.EML),
        (b"PK\x03\x04....", "old.mbox", FileKind.ZIP),
        (b"\x1f\x8b....", "old.mbox", FileKind.GZIP),
        (b"!BDN....", "mail.pst", FileKind.PST),
        (msg_file({0x1000: "Hello"}), "letter.msg", FileKind.MSG),
        (msg_file({0x1000: "Hello"}), "letter.doc", FileKind.MSG),
        (container({"WordDocument": b"x" * 5000}), "letter.doc", FileKind.OLE2),
        (container({"WordDocument": b"x" * 5000}), "letter.msg", FileKind.OLE2),
        (container({"WordDocument": b"x" * 20_000})[:8192], "letter.doc", FileKind.OLE2),
        (msg_file({0x1000: "x" * 20_000})[:8192], "letter.msg", FileKind.MSG),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "letter.eml", FileKind.ICS),
        (b"begin:vcard\r\n", "people", FileKind.VCF),
        ("BEGIN:VCARD\r\nFN:Jörg\r\n".encode("utf-16"), "people.vcf", FileKind.VCF),
        ("Name;Number\r\n".encode("utf-16"), "people.txt", FileKind.TEXT),
        ("Name;Number\r\n".encode("utf-16"), "people.csv", FileKind.CSV),
        (mail().decode().encode("utf-16"), "letter", FileKind.EML),
        (mbox(mail()).decode().encode("utf-16"), "old.mbox", FileKind.TEXT),
        (b"\xef\xbb\xbf" + mbox(mail()), "old.mbox", FileKind.MBOX),
        (mbox(mail()).replace(b"\n", b"\r"), "old", FileKind.MBOX),
        (mail().replace(b"\n", b"\r"), "letter", FileKind.EML),
        (b"BZh91AY", "old.tbz", FileKind.BZIP2),
        (b"\xfd7zXZ\0\0\4", "old.mbox.xz", FileKind.PACKED),
        (b"<?xml version='1.0'?><smses count='1'>", "sms.txt", FileKind.SMS_BACKUP),
        (b"<?xml version='1.0'?><html/>", "page.xml", FileKind.XML),
        (b"<calls count='0'/>", "calls.xml", FileKind.SMS_BACKUP),
        (b"[31.12.23, 21:15:09] Dana: Hello", "_chat.txt", FileKind.CHAT),
        ("‎12/31/23, 9:15 PM - Dana: Hello".encode(), "chat.txt", FileKind.CHAT),
        (b"<html><body>", "letter.eml", FileKind.HTML),
        (b"a,b,c\n1,2,3\n", "people.csv", FileKind.CSV),
        (b"Name: x\nTitle: y\n", "notes.txt", FileKind.TEXT),
        (b"From now on we meet on Mondays.\n", "notes.txt", FileKind.TEXT),
        (b"\x00\x01\x02", "data.bin", FileKind.BINARY),
        (b"", "old.mbox", FileKind.EMPTY),
    ],
)
def test_content_goes_before_the_name(head: bytes, name: str, kind: FileKind) -> None:
    assert recognise(head, name) is kind


@given(st.binary(), st.text())
def test_any_file_is_something(head: bytes, name: str) -> None:
    assert recognise(head, name) in FileKind

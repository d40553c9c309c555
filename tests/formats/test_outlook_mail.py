"""A message of Outlook is read as any mail is, from what it arrived with and what Outlook knows."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonequiet.domain.message import MessageKind, ParsedMessage, Participant, Role
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.mime import parse_message
from gonequiet.formats.msg_file import read_msg
from gonequiet.formats.record_file import ReadOptions
from gonequiet.formats.rich_text import rich_text_to_text, unpacked
from tests.support.containers import container
from tests.support.outlook import Given, arrived, msg_file, person, sent

AT = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)
HEADERS = (
    "Received: from relay.example by mx.adler.example; Mon, 3 Mar 2025 10:30:05 +0100\n"
    "From: Dana Reyes <dana.reyes@harbour.example>\n"
    "To: Kim Adler <kim@adler.example>\n"
    "Subject: Draft agreement\n"
    "Date: Mon, 3 Mar 2025 10:30:00 +0100\n"
    "Message-ID: <one@harbour.example>\n"
    'Content-Type: multipart/mixed;\n boundary="lost"\n'
    "Content-Transfer-Encoding: base64"
)


def read(content: bytes) -> ParsedMessage:
    """Returns the message of a file that holds one."""
    (found,) = read_msg(iter([content]), ReadOptions(now=0))
    assert not isinstance(found, RecordProblem), found
    return found.message


def test_a_mail_that_arrived_is_the_same_as_in_a_mailbox() -> None:
    text = "Shall we meet at the harbour office on Thursday?\n"
    lines = HEADERS.split("\n")[:6]
    mailed = parse_message(("\n".join(lines) + "\n\n" + text).encode())
    message = read(arrived(HEADERS, text.replace("\n", "\r\n")))
    assert message._replace(size=0) == mailed._replace(size=0)
    assert message.has_received
    assert message.utc_offset_minutes == 60


def test_a_mail_in_sent_items_is_made_of_what_outlook_knows() -> None:
    more: Given = {
        0x1035: "<two@adler.example>", 0x1042: "<one@harbour.example>",
        0x1039: "<zero@harbour.example> <one@harbour.example>", 0x0C1A: 'Kim "K" Ådler',
    }  # fmt: skip
    text = "Gern, Dienstag passt.\r\nViele Grüße\r\n"
    message = read(sent("kim@adler.example", "dana@harbour.example", subject="Grüße", text=text,
                        at=AT, more=more))  # fmt: skip
    assert message.message_id == "two@adler.example"
    assert message.in_reply_to == ("one@harbour.example",)
    assert message.references == ("zero@harbour.example", "one@harbour.example")
    assert message.participants[0] == Participant(Role.FROM, "Kim K Ådler", "kim@adler.example")
    assert message.participants[1].address == "dana@harbour.example"
    assert message.sent_at == int(AT.timestamp())
    assert message.utc_offset_minutes is None
    assert message.subject == "Grüße"
    assert message.new_text.startswith("Gern, Dienstag passt.")
    assert not message.has_received
    assert not message.problems


def test_people_stand_in_the_field_they_were_named_in() -> None:
    people = [person("a@x.example"), person("b@x.example", role=2), person("c@x.example", role=3)]
    message = read(msg_file({0x0C1F: "kim@adler.example", 0x1000: "Hello"}, people))
    roles = {one.address: one.role for one in message.participants}
    assert roles == {
        "kim@adler.example": Role.FROM,
        "a@x.example": Role.TO,
        "b@x.example": Role.CC,
        "c@x.example": Role.BCC,
    }


def test_an_exchange_name_is_no_address_and_the_mail_address_beside_it_is_taken() -> None:
    given_: Given = {
        0x0C1A: "Dana Reyes", 0x0C1E: "EX", 0x0C1F: "/O=HARBOUR/OU=NA/CN=RECIPIENTS/CN=DREYES",
        0x5D01: "dana.reyes@harbour.example", 0x1000: "Hello",
    }  # fmt: skip
    assert read(msg_file(given_)).participants == (
        Participant(Role.FROM, "Dana Reyes", "dana.reyes@harbour.example"),
    )
    del given_[0x5D01]
    without = read(msg_file(given_))
    assert without.participants == (Participant(Role.FROM, "Dana Reyes", ""),)
    assert without.problems


def test_attachments_are_named_with_their_size_and_never_loaded() -> None:
    attached: list[Given] = [
        {0x3707: "Plan für Kai.pdf", 0x370E: "application/pdf", 0x3705: 1, 0x3701: b"x" * 9000},
        {0x3704: "NOTE~1.TXT", 0x3705: 1, 0x3701: b"short"},
    ]
    message = read(arrived(HEADERS, "See the plan.", attached))
    assert [tuple(one) for one in message.attachments] == [
        ("Plan für Kai.pdf", "application/pdf", 9000),
        ("NOTE~1.TXT", "application/octet-stream", 5),
    ]


def test_words_only_in_html_are_read_in_the_charset_of_the_message() -> None:
    page = "<html><body><p>Schöne Grüße</p><p>Kim</p></body></html>".encode("cp1252")
    message = read(msg_file({0x0C1F: "kim@adler.example", 0x1013: page, 0x3FDE: 1252}))
    assert message.new_text.splitlines()[0] == "Schöne Grüße"


def plain_rtf(rich: bytes) -> bytes:
    """Returns rich text as Outlook keeps it when it does not pack it."""
    sizes = (len(rich) + 12).to_bytes(4, "little") + len(rich).to_bytes(4, "little")
    return sizes + b"MELA\0\0\0\0" + rich


RICH = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\colortbl;\red0\green0\blue0;}"
    rb"\f0\fs20 Sch\'f6ne Gr\u252?\'dfe,\par morgen um zehn? \emdash\~gern\par}"
)
MARKED_UP = (
    rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\f1 \htmlrtf0 Hello \{you\}"
    rb"{\*\htmltag72 </p>}\htmlrtf\par}\htmlrtf0 {\*\mhtmltag1 <p>twice</p>}{\*\htmltag64 <p>}Bye}"
)
PACKED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c09002062"
    "7705b06c647d0a800fa0"
)


def test_words_only_in_rich_text_are_found() -> None:
    known: Given = {0x0C1F: "kim@adler.example", 0x0039: AT, 0x3FDE: 1252}
    message = read(msg_file({**known, 0x1009: plain_rtf(RICH)}))
    assert message.new_text == "Schöne Grüße,\nmorgen um zehn? — gern"
    assert not message.problems
    nothing = read(msg_file({**known, 0x1009: b"x" * 40}))
    assert nothing.problems == ("Its words could not be found in the Outlook item.",)


def test_rich_text_made_of_html_gives_the_words_of_the_html() -> None:
    assert rich_text_to_text(MARKED_UP).split() == ["Hello", "{you}", "Bye"]


def test_packed_rich_text_is_unpacked_as_the_specification_has_it() -> None:
    assert unpacked(PACKED) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ("IPM.Note", MessageKind.PERSONAL),
        ("IPM.Note.SMIME.MultipartSigned", MessageKind.PERSONAL),
        ("IPM.Note.Rules.OofTemplate.Microsoft", MessageKind.OUT_OF_OFFICE),
        ("REPORT.IPM.Note.NDR", MessageKind.BOUNCE),
        ("IPM.Schedule.Meeting.Request", MessageKind.CALENDAR),
        ("IPM.Schedule.Meeting.Resp.Neg", MessageKind.CALENDAR),
    ],
)
def test_what_outlook_calls_it_tells_what_sort_of_message_it_is(
    named: str, kind: MessageKind
) -> None:
    subject = "Automatic reply: plan" if "Oof" in named else "The plan"
    given_: Given = {
        0x001A: named, 0x0037: subject, 0x0C1F: "dana@harbour.example", 0x1000: "I am away.",
    }  # fmt: skip
    message = read(msg_file(given_, [person("gone@birch.example")]))
    assert message.kind is kind
    failed = ("gone@birch.example",) if kind is MessageKind.BOUNCE else ()
    assert message.failed_addresses == failed


@pytest.mark.parametrize("named", ["IPM.Contact", "IPM.Task", "IPM.StickyNote"])
def test_what_is_no_message_is_listed_and_left_out(named: str) -> None:
    (found,) = read_msg([msg_file({0x001A: named})], ReadOptions(now=0))
    assert isinstance(found, RecordProblem)
    assert found.kind is ProblemKind.SKIPPED


def test_an_office_document_is_no_message() -> None:
    (found,) = read_msg([container({"WordDocument": b"x" * 5000})], ReadOptions(now=0))
    assert isinstance(found, RecordProblem)
    assert found.kind is ProblemKind.UNREADABLE


WHOLE = arrived(HEADERS, "Shall we meet?\r\n" * 300, [{0x3707: "a.pdf", 0x3701: b"x" * 5000}])


def test_a_file_cut_off_anywhere_gives_its_message_or_says_that_it_does_not() -> None:
    for cut in range(0, len(WHOLE), 97):
        for found in read_msg([WHOLE[:cut]], ReadOptions(now=0)):
            if isinstance(found, RecordProblem):
                assert found.kind is ProblemKind.UNREADABLE
            else:
                assert found.message.problems or found.message.subject == "Draft agreement"


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=40))
@settings(max_examples=300)
def test_a_file_with_any_bytes_changed_raises_nothing(changes: list[tuple[int, int]]) -> None:
    spoilt = bytearray(WHOLE)
    for place, value in changes:
        spoilt[place] = value
    assert len(list(islice(read_msg([bytes(spoilt)], ReadOptions(now=0)), 3))) == 1


@given(st.binary(max_size=4000), st.sampled_from([b"", WHOLE[:512], WHOLE[:1600]]))
def test_any_bytes_raise_nothing(content: bytes, before: bytes) -> None:
    assert len(list(read_msg([before + content], ReadOptions(now=0)))) == 1


@given(st.binary(max_size=3000))
def test_any_rich_text_raises_nothing(content: bytes) -> None:
    packed = b"\0\0\0\0\xff\xff\0\0LZFu\0\0\0\0" + content
    assert len(unpacked(packed)) <= 65_535
    assert isinstance(rich_text_to_text(content), str)
    assert isinstance(rich_text_to_text(b"{\\rtf1\\fromhtml1" + content), str)

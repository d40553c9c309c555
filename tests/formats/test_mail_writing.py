"""A draft as bytes: read back by Python's own reader it says the same, and carries our mark."""

from __future__ import annotations

import email
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.analysis.wording import write_draft
from gonequiet.domain.draft import Draft, DraftForm, Person
from gonequiet.formats.ics_writing import render_invitation
from gonequiet.formats.mail_writing import read_tag, render_mail, written_at_of
from tests.support.drafts import PROPOSAL, WRITTEN_AT, request

TEMPLATE = "Subject: A word\n\n{{ greeting }}\n\n{{ note }}\n\n{{ closing }}\n"


def draft(form: DraftForm = DraftForm.REMINDER, **changes: object) -> Draft:
    return write_draft(request(form, note="The plan is here.", **changes), TEMPLATE)


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=default)


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\r\n", "\n")


def test_headers_and_body_read_back_as_they_were_meant() -> None:
    wanted = draft(
        subject="Lease",
        reply_to="b@halden.example",
        references=("a@halden.example", "b@halden.example"),
    )
    message = read(render_mail(wanted, written_at=WRITTEN_AT))
    assert message["To"] == "Dana Reyes <dana@halden.example>"
    assert message["From"] == "Max Ohm <max@ohm.example>"
    assert message["Subject"] == "Re: Lease"
    assert message["In-Reply-To"] == "<b@halden.example>"
    assert message["References"] == "<a@halden.example> <b@halden.example>"
    assert message["Message-ID"] == f"<{wanted.plan}.draft@ohm.example>"
    assert message["Date"].datetime.timestamp() == WRITTEN_AT
    assert text_of(message) == wanted.body


def test_nothing_in_a_draft_reports_back_or_sends() -> None:
    raw = render_mail(draft(), written_at=WRITTEN_AT).lower()
    for word in (b"http", b"<img", b"disposition-notification", b"return-receipt", b"bcc:"):
        assert word not in raw


@given(st.text(max_size=400), st.text(max_size=400))
def test_no_name_or_subject_can_add_a_header(name: str, subject: str) -> None:
    wanted = draft(contact=Person(name=name, address="dana@halden.example"), subject=subject)
    raw = render_mail(wanted, written_at=WRITTEN_AT)
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] != b" "]
    known = {b"X-Gonequiet-Draft", b"Date", b"From", b"To", b"Subject", b"Message-ID",
             b"MIME-Version", b"Content-Type", b"Content-Transfer-Encoding"}  # fmt: skip
    assert set(names) == known
    assert len(names) == len(known)
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60))
def test_a_name_reads_back_literally(name: str) -> None:
    wanted = draft(contact=Person(name=name, address="dana@halden.example"))
    # The old reader of headers: the new one of 3.11 puts blanks between encoded words.
    header = email.message_from_bytes(render_mail(wanted, written_at=WRITTEN_AT))["To"]
    shown, address = parseaddr(header.replace("\r\n", ""))
    assert address == "dana@halden.example"
    assert str(make_header(decode_header(shown))) == wanted.contact.name


@pytest.mark.parametrize("address", ["dana@h.example\r\nBcc: x@y.example", "no address", "a@b,c@d"])
def test_an_address_that_is_none_is_left_out(address: str) -> None:
    raw = render_mail(draft(contact=Person(name="Dana", address=address)), written_at=WRITTEN_AT)
    assert read(raw)["To"] is None
    assert b"Bcc" not in raw.partition(b"\r\n\r\n")[0]


def test_ids_that_are_none_are_left_out() -> None:
    raw = render_mail(
        draft(subject="x", reply_to="a b>\r\nBcc: x", references=("c@d.example",)),
        written_at=WRITTEN_AT,
    )
    assert read(raw)["In-Reply-To"] is None
    assert read(raw)["References"] is None


@pytest.mark.parametrize("note", ["Schöne Grüße aus Köln", "x" * 5_000, "日本" * 700])
def test_any_text_survives(note: str) -> None:
    wanted = write_draft(request(note=note), TEMPLATE)
    raw = render_mail(wanted, written_at=WRITTEN_AT)
    assert text_of(read(raw)) == wanted.body
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


def test_the_mark_holds_until_a_word_is_changed() -> None:
    wanted = draft()
    raw = render_mail(wanted, written_at=WRITTEN_AT)
    tag = read_tag(raw)
    assert tag is not None
    assert (tag.plan, tag.is_untouched) == (wanted.plan, True)
    unix = read_tag(raw.replace(b"\r\n", b"\n"))
    assert unix is not None
    assert unix.is_untouched
    for before, after in ((b"plan is", b"plan was"), (b"To: Dana", b"To: Dora")):
        changed = read_tag(raw.replace(before, after))
        assert changed is not None
        assert not changed.is_untouched


def test_a_mark_in_the_body_or_twice_is_no_mark() -> None:
    mark = b"X-Gonequiet-Draft: 0123456789abcdef 0123456789abcdef0123456789abcdef\r\n"
    assert read_tag(b"Subject: x\r\n\r\n" + mark) is None
    assert read_tag(mark + mark + b"\r\n") is None
    assert read_tag(b"Subject: x\r\n\r\nhello\r\n") is None


def test_the_date_of_a_draft_is_read_back() -> None:
    assert written_at_of(render_mail(draft(), written_at=WRITTEN_AT)) == WRITTEN_AT
    assert written_at_of(b"Subject: x\r\n\r\n") is None
    assert written_at_of(b"Date: some day\r\n\r\n") is None


def test_an_invitation_carries_a_calendar_file() -> None:
    wanted = draft(DraftForm.INVITATION)
    message = read(render_mail(wanted, written_at=WRITTEN_AT))
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_filename() == "invitation.ics"
    assert part.get_payload(decode=True) == render_invitation(
        wanted, PROPOSAL, written_at=WRITTEN_AT
    )
    assert text_of(message) == wanted.body


def test_a_calendar_file_reads_back_with_another_reader() -> None:
    icalendar = pytest.importorskip("icalendar")
    place = "Cafe; Nord, 2nd floor\\ " + "ä" * 80
    wanted = draft(DraftForm.INVITATION, contact=Person(name='D "x" Reyes;', address="d@h.example"))
    proposal = replace(PROPOSAL, place=place)
    raw = render_invitation(wanted, proposal, written_at=WRITTEN_AT)
    calendar = icalendar.Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{wanted.plan}@ohm.example"
    assert event["LOCATION"] == place
    assert event["DTSTART"].dt.timestamp() == PROPOSAL.starts_at
    assert event["DTEND"].dt.timestamp() == PROPOSAL.starts_at + 45 * 60
    assert event["ATTENDEE"] == "mailto:d@h.example"
    assert event["ATTENDEE"].params["CN"] == "D x Reyes;"
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


@given(st.text(max_size=200))
def test_no_place_can_add_a_line_to_a_calendar(place: str) -> None:
    usual = render_invitation(draft(DraftForm.INVITATION), PROPOSAL, written_at=WRITTEN_AT)
    raw = render_invitation(
        draft(DraftForm.INVITATION), replace(PROPOSAL, place=place or "x"), written_at=WRITTEN_AT
    )
    names = [line.partition(b":")[0].partition(b";")[0] for line in raw.split(b"\r\n")
             if line[:1] != b" "]  # fmt: skip
    assert names == [line.partition(b":")[0].partition(b";")[0] for line in usual.split(b"\r\n")
                     if line[:1] != b" "]  # fmt: skip

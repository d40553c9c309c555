"""When a message was sent, and where that is known from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.domain.message import SentAtFrom
from gonequiet.formats.mail_dates import (
    Moment,
    date_message,
    is_credible,
    parse_asctime,
    parse_mail_date,
    parse_received,
)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


NINE_THIRTY = utc("2025-03-03T09:30:00")
RECEIVED = "from mx.example by mail.example; Mon, 3 Mar 2025 09:31:00 +0000"
LINE = "From dana@harbour.example Mon Mar  3 09:32:00 2025"


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("Mon, 3 Mar 2025 09:30:00 +0000", 0),
        ("Mon, 3 Mar 2025 10:30:00 +0100", 60),
        ("Mon, 03 Mar 2025 01:30:00 -0800 (PST)", -480),
        ("3 Mar 2025 09:30 GMT", 0),
        ("3 Mar 25 09:30:00 UT", 0),
        ("Mon, 3 Mar 2025 04:30:00 EST", -300),
        ("Mon, 3 Mar 2025 09:30:00 -0000", None),
        ("Mon, 3 Mar 2025 09:30:00", None),
        ("Monday, 3 March 2025 09:30:00 +0000", 0),
        ("Mon,3 Mar 2025 09:30:00 +0000", 0),
        ("03-Mar-2025 09:30:00 +0000", 0),
        ("Mon Mar  3 09:30:00 2025", None),
        ("Mon Mar 3 10:30:00 +0100 2025", 60),
        ("2025-03-03T09:30:00Z", 0),
        ("2025-03-03 10:30:00+01:00", 60),
        ("Mon, 3 Mar 2025 09:30:00.123 +0000", 0),
        ("Mon, 3 Mar 2025 09:30:00 +9999", None),
        ("Mon, 3 Mar 2025 09:30:00 XYZ", None),
    ],
)
def test_the_forms_of_a_date_are_read(written: str, offset: int | None) -> None:
    assert parse_mail_date(written) == Moment(NINE_THIRTY, offset)


@pytest.mark.parametrize(
    "written", ["", "soon", "Mon, 31 Feb 2025 09:30:00 +0000", "Mon, 3 Mrz 2025", "99:99", "0"]
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert parse_mail_date(written) is None


def test_years_of_two_and_three_digits_are_read_as_the_standard_says() -> None:
    assert parse_mail_date("3 Mar 99 00:00 GMT") == Moment(utc("1999-03-03T00:00:00"), 0)
    assert parse_mail_date("3 Mar 100 00:00 GMT") == Moment(utc("2000-03-03T00:00:00"), 0)
    assert parse_mail_date("3 Mar 0001 00:00 GMT") == Moment(utc("2001-03-03T00:00:00"), 0)


def test_received_is_dated_by_what_follows_its_last_semicolon() -> None:
    assert parse_received("from a; by b; Mon, 3 Mar 2025 09:30:00 +0000") == Moment(NINE_THIRTY, 0)
    assert parse_received("from a by b") is None


def test_the_date_field_is_believed_first() -> None:
    dating = date_message("Mon, 3 Mar 2025 10:30:00 +0100", RECEIVED, LINE)
    assert dating == (NINE_THIRTY, SentAtFrom.DATE, 60, ())


def test_without_a_date_the_arrival_is_taken_and_told() -> None:
    dating = date_message("", RECEIVED, LINE)
    assert dating.sent_at == utc("2025-03-03T09:31:00")
    assert dating.sent_at_from is SentAtFrom.RECEIVED
    assert dating.utc_offset_minutes is None
    assert dating.problems == ("It has no Date. The moment of arrival was taken.",)


def test_without_both_the_mailbox_line_is_taken_and_told() -> None:
    dating = date_message("", "", LINE)
    assert dating.sent_at == utc("2025-03-03T09:32:00")
    assert dating.sent_at_from is SentAtFrom.MBOX_LINE
    assert len(dating.problems) == 1


def test_without_any_moment_it_has_none_and_says_so() -> None:
    dating = date_message("", "", "")
    assert dating.sent_at is None
    assert dating.sent_at_from is SentAtFrom.NOWHERE
    assert dating.problems == ("It has no Date. No other moment was found.",)


@pytest.mark.parametrize(
    "absurd",
    [
        "Thu, 1 Jan 1970 00:00:00 +0000",
        "Wed, 31 Dec 1969 23:59:59 +0000",
        "Tue, 1 Jan 1980 00:00:00 +0000",
        "Mon, 31 Dec 1979 16:00:00 -0800",
        "Fri, 1 Jan 3609 00:00:00 +0000",
        "Mon, 3 Mar 2031 09:30:00 +0000",
        "not a date",
    ],
)
def test_a_date_that_cannot_be_true_gives_way_to_the_arrival(absurd: str) -> None:
    dating = date_message(absurd, RECEIVED, LINE)
    assert dating.sent_at_from is SentAtFrom.RECEIVED
    assert len(dating.problems) == 1


def test_a_date_long_before_the_arrival_is_believed() -> None:
    dating = date_message("Sat, 1 Jun 2024 09:30:00 +0000", RECEIVED, "")
    assert dating.sent_at_from is SentAtFrom.DATE


def test_an_arrival_that_cannot_be_true_does_not_count() -> None:
    received = "from a by b; Thu, 1 Jan 1970 00:00:00 +0000"
    assert date_message("Mon, 3 Mar 2025 09:30:00 +0000", received, "").sent_at == NINE_THIRTY
    assert date_message("", received, "").sent_at_from is SentAtFrom.NOWHERE


def test_a_mailbox_line_of_the_epoch_does_not_count() -> None:
    line = "From list-archive Thu Jan  1 00:00:00 1970"
    assert date_message("", "", line).sent_at_from is SentAtFrom.NOWHERE


def test_from_lines_of_other_programs_are_dated() -> None:
    assert parse_asctime("From 17904@xxx Mon Mar 03 09:30:00 +0000 2025") == Moment(NINE_THIRTY, 0)
    assert parse_asctime("From - Mon Mar 03 09:30:00 2025") == Moment(NINE_THIRTY, None)
    assert parse_asctime("From nobody") is None


ZONES = st.integers(-14 * 4, 14 * 4).map(lambda n: timezone(timedelta(minutes=15 * n)))


@given(st.datetimes(datetime(1981, 1, 1), datetime(2199, 1, 1)), ZONES)  # noqa: DTZ001
def test_every_well_formed_date_is_read_back(moment: datetime, zone: timezone) -> None:
    aware = moment.replace(tzinfo=zone, microsecond=0)
    offset = aware.utcoffset()
    assert offset is not None
    parsed = parse_mail_date(format_datetime(aware))
    assert parsed is not None
    assert parsed.at == int(aware.timestamp())
    minutes = int(offset.total_seconds() // 60)
    assert parsed.offset_minutes == (None if format_datetime(aware).endswith("-0000") else minutes)
    assert is_credible(parsed.at)


@given(st.text())
def test_any_text_is_read_without_raising(text: str) -> None:
    dating = date_message(text, text, text)
    assert dating.sent_at is None or is_credible(dating.sent_at)

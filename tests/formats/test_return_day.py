"""The day of return an absence note states, read against the day it was sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.formats.return_day import return_date

SENT_AT = int(datetime(2025, 7, 2, 8, 0, tzinfo=UTC).timestamp())  # a Wednesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("I am out of the office and will be back on Monday 14 July.", "2025-07-14"),
        ("I'm away, back Monday, July 14th.", "2025-07-14"),
        ("I will be back in the office on the 14th of July 2025", "2025-07-14"),
        ("Returning July 14.", "2025-07-14"),
        ("I will return on 07/14/2025.", "2025-07-14"),
        ("I return on 14/07/2025.", "2025-07-14"),
        ("I will be out until 3.8.", "2025-08-03"),
        ("I am on leave until 2025-08-03.", "2025-08-03"),
        ("I am away until August 3 and return August 4.", "2025-08-04"),
        ("out of the office July 3 through July 10", "2025-07-10"),
        ("On vacation Jul 3 - Jul 10.", "2025-07-10"),
        ("I will be out of the office Jul 3-10, 2025.", "2025-07-10"),
        ("I am away from 24 December until 4 January, back on 5 January", "2026-01-05"),
        ("I will be back on Monday.", "2025-07-07"),
        ("I'll be back next Wednesday.", "2025-07-09"),
        ("Back tomorrow.", "2025-07-03"),
        ("I will be back in the office on the 14th.", "2025-07-14"),
        ("I return on Tuesday the 1st.", "2025-08-01"),
        ("Ich bin ab dem 14. wieder im Büro.", "2025-07-14"),
        ("I am on leave until the end of July.", "2025-07-31"),
        ("I am away until the end of the month.", "2025-07-31"),
        ("Ich bin bis Ende August nicht im Haus.", "2025-08-31"),
        ("I return at the beginning of September.", "2025-09-01"),
        ("Ich bin ab Anfang Februar wieder da.", "2026-02-01"),
        ("On leave until January 2026.", "2026-01-01"),
        ("I am away until mid-August.", "2025-08-15"),
        ("We will reopen on Monday, July 14.", "2025-07-14"),
        ("On Monday, 14 July, I will be back at sea.", "2025-07-14"),
        ("Am 14. Juli bin ich wieder an Bord.", "2025-07-14"),
        ("I will be back in two weeks.", "2025-07-16"),
        ("In einer Woche bin ich zurück.", "2025-07-09"),
        ("I will be back in May 2026.", "2026-05-01"),
        ("In KW 29 bin ich wieder da.", "2025-07-14"),
        ("I am out of the office today.", "2025-07-03"),
        ("I will return next week", "2025-07-07"),
        ("back on 14 July; away again until 20 September", "2025-07-14"),
        ("Ich bin ab Montag, den 14. Juli wieder im Büro.", "2025-07-14"),
        ("Ich bin bis zum 18.07.2025 nicht im Büro.", "2025-07-18"),
        ("Ich bin bis einschließlich 18. Juli im Urlaub und ab 21. Juli zurück.", "2025-07-21"),
        ("Ich bin wieder am Donnerstag, 10.7. erreichbar", "2025-07-10"),
        ("Je suis absent jusqu'au 14 juillet inclus.", "2025-07-14"),
        ("de retour le lundi 14 juillet", "2025-07-14"),
        ("Estaré fuera de la oficina hasta el 14 de julio.", "2025-07-14"),
        ("Sono in ferie fino al 14 luglio", "2025-07-14"),
        ("Ik ben afwezig tot en met 14 juli", "2025-07-14"),
        ("Estou de férias até 14 de julho", "2025-07-14"),
    ],
)
def test_a_stated_day_is_found(words: str, day: str) -> None:
    assert return_date("Automatic reply: Draft", words, SENT_AT, 120) == day


@pytest.mark.parametrize(
    "words",
    [
        "I am out of the office.",
        "Call me at 713-555-0142 or 44 20 7946 0958 at any time.",
        "I was away until 3 June.",
        "Room 12/5 is free.",
        "Back on 45 July.",
        "I may be back.",
        "On leave until January 0000.",
        "Since 14 July 2019 the boat is back at sea.",
        "",
    ],
)
def test_where_no_day_is_stated_none_is_made_up(words: str) -> None:
    assert return_date("Automatic reply: Draft", words, SENT_AT, 120) == ""


def test_a_day_without_a_year_is_the_next_one_after_sending() -> None:
    in_december = int(datetime(2025, 12, 22, 8, 0, tzinfo=UTC).timestamp())
    assert return_date("", "back on 7 January", in_december, 0) == "2026-01-07"


def test_slashes_are_read_in_the_order_that_gives_the_nearer_day() -> None:
    assert return_date("", "returning 8/7", SENT_AT, 0) == "2025-07-08"
    assert return_date("", "returning 7/8", SENT_AT, 0) == "2025-07-08"


def test_the_subject_may_state_the_day() -> None:
    assert return_date("Out of office until 14 July", "No details.", SENT_AT, 0) == "2025-07-14"


def test_a_range_in_the_answered_subject_is_not_the_absence() -> None:
    subject = "Automatic reply: Workshop - July 10, 2025"
    assert return_date(subject, "I am away.", SENT_AT, 0) == ""


def test_the_day_of_sending_is_the_senders_own() -> None:
    late = int(datetime(2025, 7, 2, 23, 0, tzinfo=UTC).timestamp())
    assert return_date("", "back tomorrow", late, 120) == "2025-07-04"
    assert return_date("", "back tomorrow", late, -300) == "2025-07-03"


def test_without_a_moment_of_sending_there_is_no_day() -> None:
    assert return_date("", "back on 14 July", None, None) == ""


@given(st.text(), st.integers(0, 7_258_118_399))
def test_any_words_are_read_without_raising(words: str, sent_at: int) -> None:
    day = return_date(words, "back on " + words, sent_at, None)
    assert day == "" or datetime.fromisoformat(day)

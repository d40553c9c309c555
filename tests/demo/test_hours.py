"""Working time of the people in the demo, and the offsets of their mail."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest

from gonequiet.demo.cast import load_cast
from gonequiet.demo.hours import (
    Place,
    add_working_hours,
    count_working_days,
    is_working_day,
    shift_working_days,
)
from tests.demo.test_truth import is_written_by_a_person, sender

LONDON = Place("GB", "ENG", "Europe/London")
TOKYO = Place("JP", "", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("place", "day", "works"),
    [
        (LONDON, date(2026, 5, 4), False),
        (LONDON, date(2026, 5, 5), True),
        (LONDON, date(2026, 5, 9), False),
        (TOKYO, date(2026, 5, 5), False),
        (Place("DE", "BE", "Europe/Berlin"), date(2026, 3, 9), True),
        (Place("US", "", "America/New_York"), date(2025, 11, 27), False),
    ],
)
def test_weekends_and_public_holidays_are_days_off(place: Place, day: date, works: bool) -> None:
    assert is_working_day(place, day) is works


def test_golden_week_is_no_wait() -> None:
    assert count_working_days(TOKYO, date(2026, 5, 1), date(2026, 5, 7)) == 1


def test_days_are_shifted_over_easter_in_both_directions() -> None:
    assert shift_working_days(LONDON, date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert shift_working_days(LONDON, date(2026, 4, 7), -1) == date(2026, 4, 2)


def test_hours_run_on_into_the_next_working_day() -> None:
    friday = datetime(2026, 3, 27, 17, 0, tzinfo=ZoneInfo("Europe/London"))
    answered = add_working_hours(LONDON, friday, 2.0, 9.0)
    assert answered.astimezone(UTC) == datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


def test_every_offset_is_that_of_the_writers_zone_on_that_day(
    messages: dict[str, Message],
) -> None:
    zones = {p.address: ZoneInfo(p.place.zone) for p in load_cast(7).people}
    seen: dict[str, set[object]] = defaultdict(set)
    for message in messages.values():
        zone = zones.get(sender(message))
        if zone is None or not is_written_by_a_person(message):
            continue
        if message.get_content_type() == "multipart/alternative" and "REPLY" in str(message):
            continue
        moment = parsedate_to_datetime(str(message["Date"]))
        assert moment.utcoffset() == moment.astimezone(zone).utcoffset(), message["Message-ID"]
        seen[str(zone)].add(moment.utcoffset())
    assert len(seen["Europe/London"]) == len(seen["America/New_York"]) == 2
    assert len(seen["Asia/Singapore"]) == len(seen["Asia/Tokyo"]) == 1


def test_people_write_on_working_days_and_mostly_by_day(messages: dict[str, Message]) -> None:
    moments = [
        parsedate_to_datetime(str(message["Date"]))
        for message in messages.values()
        if is_written_by_a_person(message)
    ]
    days = Counter(moment.weekday() >= 5 for moment in moments)
    hours = Counter(8 <= moment.hour < 19 for moment in moments)
    assert days[True] / len(moments) < 0.02
    assert hours[True] / len(moments) > 0.9
    assert hours[False] > 20

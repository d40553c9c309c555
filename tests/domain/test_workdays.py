"""Working time: days counted in the contact's zone, holidays and absences taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.domain.episode import Pause
from gonequiet.domain.workdays import (
    WorkCalendar,
    counted_seconds,
    counted_until,
    first_worked_at,
    working_days_between,
)

DAY = 86_400
GOLDEN_WEEK = frozenset(date(2025, 5, day) for day in (3, 4, 5, 6))  # Saturday to Tuesday
TOKYO = WorkCalendar(holidays=GOLDEN_WEEK, time_zone="Asia/Tokyo")
BERLIN = WorkCalendar(time_zone="Europe/Berlin")


def at(zone: str, *when: int) -> int:
    """Returns a moment of somebody's wall clock."""
    return int(datetime(*when, tzinfo=ZoneInfo(zone)).timestamp())  # type: ignore[misc, arg-type]


def away(from_at: int, until_at: int) -> Pause:
    return Pause(from_at, until_at, 1, is_stated=True)


class TestWorkingDays:
    def test_the_day_of_sending_does_not_count_and_the_last_day_does(self) -> None:
        monday, wednesday = at("Europe/Berlin", 2025, 3, 3, 9), at("Europe/Berlin", 2025, 3, 5, 9)
        assert working_days_between(monday, wednesday, BERLIN) == 2

    def test_a_weekend_is_no_wait(self) -> None:
        friday, monday = at("Europe/Berlin", 2025, 3, 7, 17), at("Europe/Berlin", 2025, 3, 10, 8)
        assert working_days_between(friday, monday, BERLIN) == 1

    def test_friday_and_saturday_are_the_weekend_where_it_is_so(self) -> None:
        riyadh = WorkCalendar(weekend=(4, 5), time_zone="Asia/Riyadh")
        thursday, sunday = at("Asia/Riyadh", 2025, 3, 6, 9), at("Asia/Riyadh", 2025, 3, 9, 9)
        assert working_days_between(thursday, sunday, riyadh) == 1

    def test_golden_week_is_no_wait(self) -> None:
        friday, wednesday = at("Asia/Tokyo", 2025, 5, 2, 18), at("Asia/Tokyo", 2025, 5, 7, 18)
        assert working_days_between(friday, wednesday, TOKYO) == 1
        assert working_days_between(friday, wednesday, WorkCalendar(time_zone="Asia/Tokyo")) == 3

    def test_days_begin_at_the_contacts_midnight(self) -> None:
        evening = at("UTC", 2025, 3, 3, 16)  # Tuesday, one o'clock, in Tokyo
        night = at("UTC", 2025, 3, 3, 23)  # Tuesday, eight o'clock
        assert working_days_between(evening, night, TOKYO) == 0
        assert working_days_between(at("UTC", 2025, 3, 3, 14), night, TOKYO) == 1

    def test_an_absence_is_no_wait_until_the_day_of_return(self) -> None:
        monday, friday = at("Europe/Berlin", 2025, 3, 3, 9), at("Europe/Berlin", 2025, 3, 14, 17)
        absence = away(monday + 3600, at("Europe/Berlin", 2025, 3, 10))
        assert working_days_between(monday, friday, BERLIN, [absence]) == 5

    @pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "Europe/London"])
    def test_a_return_told_as_a_utc_day_is_that_day_everywhere(self, zone: str) -> None:
        calendar = WorkCalendar(time_zone=zone)
        sent_at, answer_at = at(zone, 2025, 3, 3, 9), at(zone, 2025, 3, 10, 17)
        absence = away(sent_at + 60, at("UTC", 2025, 3, 10))
        assert working_days_between(sent_at, answer_at, calendar, [absence]) == 1

    def test_absences_that_overlap_are_taken_out_once(self) -> None:
        start, stop = at("Europe/Berlin", 2025, 3, 3, 9), at("Europe/Berlin", 2025, 3, 14, 17)
        spells = [
            away(at("Europe/Berlin", 2025, 3, 5), at("Europe/Berlin", 2025, 3, 8)),
            away(at("Europe/Berlin", 2025, 3, 4), at("Europe/Berlin", 2025, 3, 6)),
        ]
        assert working_days_between(start, stop, BERLIN, spells) == 9 - 4

    def test_nothing_is_waited_backwards(self) -> None:
        assert working_days_between(DAY * 9, DAY * 2, BERLIN) == 0


class TestCountedSeconds:
    def test_a_mail_of_the_eve_of_golden_week_has_waited_one_day_after_it(self) -> None:
        friday, wednesday = at("Asia/Tokyo", 2025, 5, 2, 18), at("Asia/Tokyo", 2025, 5, 7, 18)
        assert counted_seconds(friday, wednesday, TOKYO) == DAY

    def test_a_weekend_stays_in(self) -> None:
        friday, monday = at("Europe/Berlin", 2025, 3, 7, 17), at("Europe/Berlin", 2025, 3, 10, 17)
        assert counted_seconds(friday, monday, BERLIN) == 3 * DAY

    def test_a_wait_that_ends_within_a_holiday_ends_at_its_midnight(self) -> None:
        friday, saturday = at("Asia/Tokyo", 2025, 5, 2, 18), at("Asia/Tokyo", 2025, 5, 3, 15)
        assert counted_seconds(friday, saturday, TOKYO) == 6 * 3600

    def test_a_mail_sent_on_a_holiday_begins_to_wait_after_it(self) -> None:
        tuesday, wednesday = at("Asia/Tokyo", 2025, 5, 6, 12), at("Asia/Tokyo", 2025, 5, 7, 9)
        assert counted_seconds(tuesday, wednesday, TOKYO) == 9 * 3600

    def test_an_absence_over_a_holiday_is_taken_out_once(self) -> None:
        start, stop = at("Asia/Tokyo", 2025, 5, 1, 9), at("Asia/Tokyo", 2025, 5, 9, 9)
        absence = away(at("Asia/Tokyo", 2025, 5, 5), at("Asia/Tokyo", 2025, 5, 8))
        assert counted_seconds(start, stop, TOKYO, [absence]) == 8 * DAY - 5 * DAY

    def test_a_holiday_with_a_change_of_clocks_has_its_own_length(self) -> None:
        easter = WorkCalendar(holidays=frozenset({date(2024, 3, 31)}), time_zone="Europe/Berlin")
        start, stop = at("Europe/Berlin", 2024, 3, 30, 12), at("Europe/Berlin", 2024, 4, 1, 12)
        assert stop - start == 47 * 3600
        assert counted_seconds(start, stop, easter) == 24 * 3600

    def test_spans_are_half_open(self) -> None:
        begins, ends = at("Asia/Tokyo", 2025, 5, 3), at("Asia/Tokyo", 2025, 5, 7)
        assert counted_seconds(begins, ends, TOKYO) == 0
        assert counted_seconds(begins - 1, begins, TOKYO) == 1
        assert counted_seconds(ends, ends + 1, TOKYO) == 1


ABSURD = [-(2**62), -(2**40), 0, 2**40, 2**62]


class TestAbsurdity:
    @pytest.mark.parametrize("start", ABSURD)
    @pytest.mark.parametrize("stop", ABSURD)
    def test_absurd_moments_do_no_harm(self, start: int, stop: int) -> None:
        spells = [away(start, stop), away(stop, start)]
        assert 0 <= working_days_between(start, stop, TOKYO, spells) <= 90_000
        assert counted_seconds(start, stop, TOKYO, spells) == 0
        assert counted_seconds(start, stop, WorkCalendar()) == max(0, stop - start)

    @pytest.mark.parametrize(
        "zone", ["", "Nowhere/Atall", "../../etc/passwd", "Europe", "\0", "x" * 500]
    )
    def test_an_unknown_zone_counts_as_utc(self, zone: str) -> None:
        start, stop = at("UTC", 2025, 3, 3, 23), at("UTC", 2025, 3, 4, 1)
        assert working_days_between(start, stop, WorkCalendar(time_zone=zone)) == 1

    def test_holidays_at_the_ends_of_time_do_no_harm(self) -> None:
        calendar = WorkCalendar(holidays=frozenset({date.min, date.max}))
        assert counted_seconds(0, DAY, calendar) == DAY


ZONES = ["Asia/Tokyo", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata"]
MOMENTS = st.integers(at("UTC", 2017, 1, 1), at("UTC", 2018, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    holidays=st.frozensets(st.dates(date(2017, 1, 1), date(2018, 12, 31)), max_size=40),
    weekend=st.sampled_from([(5, 6), (4, 5), (6,), ()]),
    time_zone=st.sampled_from(ZONES),
)
SPELLS = st.lists(st.builds(away, MOMENTS, MOMENTS), max_size=3)


def days_one_by_one(start: int, stop: int, calendar: WorkCalendar, spells: Sequence[Pause]) -> int:
    """Counts the same, slowly: day by day on a wall calendar."""
    zone = ZoneInfo(calendar.time_zone)
    day = datetime.fromtimestamp(start, zone).date()
    last = datetime.fromtimestamp(stop, zone).date()
    count = 0
    while day < last:
        day += timedelta(days=1)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp()
        is_off = day.weekday() in calendar.weekend or day in calendar.holidays
        is_away = any(one.from_at <= noon < one.until_at for one in spells)
        count += not (is_off or is_away)
    return count


class TestProperties:
    @given(MOMENTS, MOMENTS, CALENDARS, SPELLS)
    def test_working_days_equal_those_counted_one_by_one(
        self, start: int, stop: int, calendar: WorkCalendar, spells: list[Pause]
    ) -> None:
        expected = days_one_by_one(start, stop, calendar, spells)
        assert working_days_between(start, stop, calendar, spells) == expected

    @given(MOMENTS, MOMENTS, MOMENTS, CALENDARS, SPELLS)
    def test_a_wait_is_the_sum_of_its_parts(
        self, one: int, two: int, three: int, calendar: WorkCalendar, spells: list[Pause]
    ) -> None:
        start, middle, stop = sorted((one, two, three))
        whole = counted_seconds(start, stop, calendar, spells)
        first = counted_seconds(start, middle, calendar, spells)
        assert whole == first + counted_seconds(middle, stop, calendar, spells)
        assert 0 <= whole <= stop - start


@given(
    st.integers(min_value=0, max_value=400 * DAY),
    st.integers(min_value=0, max_value=90 * DAY),
    st.lists(
        st.tuples(
            st.integers(min_value=0, max_value=400 * DAY),
            st.integers(min_value=0, max_value=60 * DAY),
        ),
        max_size=3,
    ),
)
def test_the_moment_so_much_is_counted_is_found_to_a_quarter_of_an_hour(
    after: int, wanted: int, spells: list[tuple[int, int]]
) -> None:
    begin = at("Asia/Tokyo", 2025, 1, 1)
    pauses = [away(begin + since, begin + since + length) for since, length in spells]
    moment = counted_until(begin + after, wanted, TOKYO, pauses)
    assert 0 <= counted_seconds(begin + after, moment, TOKYO, pauses) - wanted <= 900


def test_a_holiday_puts_off_the_moment_by_itself() -> None:
    begin = at("Asia/Tokyo", 2025, 5, 2, 12)
    assert counted_until(begin, 2 * DAY, TOKYO) == begin + 6 * DAY


def test_the_first_working_day_after_a_friday_is_monday() -> None:
    friday = at("Europe/Berlin", 2025, 6, 6, 16)
    assert first_worked_at(friday, BERLIN) == at("Europe/Berlin", 2025, 6, 9)


def test_an_absence_puts_off_the_first_working_day() -> None:
    friday = at("Europe/Berlin", 2025, 6, 6, 16)
    pause = away(friday, at("Europe/Berlin", 2025, 6, 11))
    assert first_worked_at(friday, BERLIN, [pause]) == at("Europe/Berlin", 2025, 6, 11)

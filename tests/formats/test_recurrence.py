"""Series take place when another reader of the same rules says, and no rule runs away."""

from __future__ import annotations

from datetime import datetime

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from gonequiet.formats.recurrence import MOST, expand, parse_rule

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
START = datetime(2021, 1, 29, 9, 30)  # noqa: DTZ001 - local to whatever zone the series is in
LAST = datetime(2024, 6, 1)  # noqa: DTZ001


def starts(rule: str, *, start: datetime = START, last: datetime = LAST) -> list[datetime]:
    parsed = parse_rule(rule)
    assert parsed is not None
    return expand(parsed, start, until=None, last=last).starts


def numbers(least: int, most: int) -> st.SearchStrategy[str]:
    each = st.integers(least, most).filter(bool)
    return st.lists(each, min_size=1, max_size=3, unique=True).map(
        lambda found: ",".join(map(str, found))
    )


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if freq in ("YEARLY", "MONTHLY") and draw(st.booleans()):
        which = draw(st.sampled_from([[""], ["1", "2", "-1", "-2"]]))
        day = st.tuples(st.sampled_from(which), st.sampled_from(DAYS))
        chosen = draw(st.lists(day, min_size=1, max_size=3, unique=True))
        parts.append("BYDAY=" + ",".join(number + name for number, name in chosen))
    elif freq == "WEEKLY" and draw(st.booleans()):
        chosen_days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))
        parts.append("BYDAY=" + ",".join(chosen_days))
    if draw(st.booleans()):
        parts.append("BYMONTH=1,2,3,5,8,12")
    if freq != "WEEKLY" and draw(st.booleans()):
        parts.append("BYMONTHDAY=1,5,13,-3,28," + draw(numbers(-31, 31)))
    if draw(st.booleans()):
        parts.append("BYHOUR=8,17")
    # Of the week a series begins in, dateutil counts positions from its first day only.
    if freq != "WEEKLY" and len(parts) > 2 and draw(st.booleans()):
        parts.append("BYSETPOS=" + draw(numbers(-3, 3)))
    if draw(st.booleans()):
        parts.append("WKST=SU")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 20))}")
    return ";".join(parts)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rules())
def test_a_series_takes_place_when_dateutil_says_so(rule: str) -> None:
    end = "" if "COUNT" in rule else ";UNTIL=20240601T000000"
    expected = [at for at in rrulestr(rule + end, dtstart=START) if at <= LAST]
    assert starts(rule) == expected[-MOST:]


def test_the_last_friday_of_a_month_is_the_last_friday() -> None:
    found = starts("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3")
    assert [f"{at:%Y-%m-%d %H:%M}" for at in found] == [
        "2021-01-29 09:30",
        "2021-02-26 09:30",
        "2021-03-26 09:30",
    ]


def test_a_month_without_the_day_is_left_out() -> None:
    found = starts("FREQ=MONTHLY", start=START.replace(day=31), last=LAST.replace(year=2021))
    assert [at.month for at in found] == [1, 3, 5]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;BYHOUR=25",
        "FREQ=DAILY;COUNT=2000000000",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9;BYMINUTE=0,10,20,30,40,50",
    ],
)
def test_a_rule_that_never_ends_gives_a_bounded_number(rule: str) -> None:
    parsed = parse_rule(rule)
    assert parsed is not None
    found = expand(parsed, START, until=None, last=LAST)
    assert len(found.starts) <= MOST
    assert not found.is_complete


@pytest.mark.parametrize("rule", ["", "FREQ=", "FREQ=OFTEN", "FREQ=DAILY;INTERVAL=x", "BYDAY=1XX"])
def test_what_is_no_rule_gives_none(rule: str) -> None:
    assert parse_rule(rule) is None


@given(st.text(max_size=200))
def test_any_text_is_a_rule_or_none(text: str) -> None:
    parsed = parse_rule(text) or parse_rule(f"FREQ=DAILY;{text}")
    if parsed is not None:
        assert len(expand(parsed, START, until=None, last=LAST).starts) <= MOST


def test_a_rule_that_never_fits_gives_nothing() -> None:
    assert starts("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30") == []
    assert starts("FREQ=YEARLY;BYYEARDAY=367") == []


def test_of_what_has_gone_on_for_decades_the_latest_are_kept() -> None:
    parsed = parse_rule("FREQ=DAILY;INTERVAL=3")
    assert parsed is not None
    found = expand(parsed, START.replace(year=1901), until=None, last=LAST)
    assert len(found.starts) == MOST
    assert not found.is_complete
    assert 0 <= (LAST - found.starts[-1]).days < 3
    assert all((at - START.replace(year=1901)).days % 3 == 0 for at in found.starts)


def test_a_series_that_takes_place_less_than_once_has_no_such_bound() -> None:
    for count in ("0", "-1"):
        found = starts(f"FREQ=WEEKLY;UNTIL=20210301;COUNT={count}")
        assert found == starts("FREQ=WEEKLY;UNTIL=20210301")
        assert len(found) > 1

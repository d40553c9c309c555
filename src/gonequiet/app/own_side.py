"""Use case: the owner's own side - who waits for the owner, and the owner's own figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from gonequiet.analysis.own_side import (
    Asked,
    Habit,
    Owed,
    find_habit,
    find_owed,
    habit_by_quarter,
    known_at,
)
from gonequiet.domain.days import Days
from gonequiet.domain.moments import DAY

if TYPE_CHECKING:
    from gonequiet.analysis.reliability import Reliability

QUARTERS = 6


class AskedWords(NamedTuple):
    """What is shown of a message somebody waits for an answer to."""

    message_id: str
    channel: str
    contact: str
    contact_key: str
    organisation: str
    subject: str
    opening: str


class OwnSideRecords(Protocol):
    """What the store knows of the owner's own side."""

    def asked_of_owner(self) -> list[Asked]:
        """Returns every inbound message that calls for an answer of the owner, oldest first."""

    def words_of(self, messages: list[int]) -> dict[int, AskedWords]:
        """Returns what is shown of messages: who wrote them, about what, with which words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedAnswer:
    """One answer the owner owes.

    Attributes:
        waited_days: how long it has stood.
        usual_share: chance that the owner, by habit, would have answered by now.
        with_contact: earlier messages of this contact, and how many were answered by that age.
        with_all: the same over everybody.
    """

    contact: str
    contact_key: str
    organisation: str
    subject: str
    opening: str
    channel: str
    message: int
    message_id: str
    asked_at: int
    waited_days: float
    usual_share: float
    with_contact: tuple[int, int]
    with_all: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSideReport:
    """The owner's own side as of a moment.

    Attributes:
        owed: answers owed, the most unusual delay first; one for each contact and thread.
        long_past: how many more stand for longer than the owner wants listed.
        habit: how the owner answers.
        quarters: the same by quarter, oldest first.
    """

    as_of: int
    owed: tuple[OwedAnswer, ...]
    long_past: int
    habit: Habit
    quarters: tuple[tuple[int, Habit], ...]


def as_rows(owed: Sequence[OwedAnswer]) -> list[list[Any]]:
    """Returns answers owed as a shelf can hold them."""
    return [[getattr(one, field.name) for field in fields(one)] for one in owed]


def from_rows(rows: Sequence[Sequence[Any]]) -> list[OwedAnswer]:
    """Returns the answers owed that a shelf held."""
    names = [field.name for field in fields(OwedAnswer)]
    held = (dict(zip(names, row, strict=True)) for row in rows)
    return [
        OwedAnswer(
            **{
                **one,
                "with_contact": tuple(one["with_contact"]),
                "with_all": tuple(one["with_all"]),
            }
        )
        for one in held
    ]


def assess_own_side(
    records: OwnSideRecords, *, as_of: int, forget_after_days: int, days: Days
) -> OwnSideReport:
    """Returns who waits for the owner, and how the owner answers."""
    asked = known_at(records.asked_of_owner(), as_of)
    owed = find_owed(asked, as_of)
    listed = [one for one in owed if one.waited_seconds <= forget_after_days * DAY]
    words = records.words_of([one.asked.message for one in listed])
    return OwnSideReport(
        as_of=as_of,
        owed=tuple(_answer(one, words[one.asked.message]) for one in listed),
        long_past=len(owed) - len(listed),
        habit=find_habit(asked, as_of),
        quarters=tuple(habit_by_quarter(asked, _quarters(as_of, days), as_of)),
    )


def share_kept(counts: Mapping[str, int]) -> Reliability:
    """Returns how many promises of one side came true, by the ruler laid on contacts.

    Args:
        counts: how many there are, by state.
    """
    from gonequiet.analysis.reliability import assess_reliability

    return assess_reliability(counts.get("kept", 0), counts.get("lapsed", 0), (), date.min)


def _answer(one: Owed, words: AskedWords) -> OwedAnswer:
    return OwedAnswer(
        contact=words.contact,
        contact_key=words.contact_key,
        organisation=words.organisation,
        subject=words.subject,
        opening=" ".join(words.opening.split()),
        channel=words.channel,
        message=one.asked.message,
        message_id=words.message_id,
        asked_at=one.asked.at,
        waited_days=one.waited_seconds / DAY,
        usual_share=one.usual_share,
        with_contact=one.with_contact,
        with_all=one.with_all,
    )


def _quarters(as_of: int, days: Days) -> list[int]:
    """Returns the beginnings of the latest quarters, and the moment of judgement."""
    day = days.day_of(as_of)
    year, quarter = day.year, (day.month - 1) // 3
    starts = []
    for _ in range(QUARTERS):
        starts.append(days.start_of(date(year, quarter * 3 + 1, 1)))
        year, quarter = (year, quarter - 1) if quarter else (year - 1, 3)
    return [*reversed(starts), as_of + 1]

"""A thread in the making: its turns, its state, and what it is when it is finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from gonequiet.demo.absences import Absence
from gonequiet.demo.cast import Party, Person
from gonequiet.demo.mail import Mail
from gonequiet.demo.truth import AbsenceTruth, MeetingTruth, PromiseTruth
from gonequiet.demo.wording import Question, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of a script."""

    by: str
    act: str
    calls_for_answer: bool
    has_attachment: bool
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A finished thread with what is known about it."""

    mails: tuple[Mail, ...]
    is_unanswered: bool
    is_sound: bool
    promises: tuple[PromiseTruth, ...] = ()
    meetings: tuple[MeetingTruth, ...] = ()
    notices: tuple[Mail, ...] = ()
    absences: tuple[AbsenceTruth, ...] = ()


@dataclass(slots=True)
class Course:
    """The state of a thread while it is being written."""

    person: Person
    key: str
    slots: dict[str, str]
    random: Random
    wording: Wording
    copied: tuple[Party, ...]
    moment: datetime
    question: Question | None = None
    asked: int = 0
    subject: str = ""
    mails: list[Mail] = field(default_factory=list)
    due_on: date | None = None
    promise: Mail | None = None
    promises: list[PromiseTruth] = field(default_factory=list)
    absence: Absence | None = None

    @property
    def previous(self) -> Mail | None:
        """The last message so far."""
        return self.mails[-1] if self.mails else None

    @property
    def language(self) -> str:
        """Of the exchange."""
        return "de" if self.person.language == "de" else "en"


def parse_turn(text: str) -> Turn:
    """Reads "owner ask!@ 0.6"."""
    by, act, *rest = text.split()
    return Turn(
        by=by,
        act=act.rstrip("!@"),
        calls_for_answer="!" in act,
        has_attachment="@" in act,
        chance=float(rest[0]) if rest else 1.0,
    )


def owners_view(slots: Mapping[str, str]) -> dict[str, str]:
    """Returns the slots as the owner's own side fills them: her colleagues are hers."""
    mine = slots["mine"]
    return {**slots, "who": mine, "who2": "Leo" if mine != "Leo" else "Priya"}

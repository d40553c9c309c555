"""The owner's own side, by the same ruler: who waits for the owner, and how unusual that is.

An inbound message that calls for an answer is a wait of the contact's. How long the owner has let
it stand is held against the owner's own habit: of the messages this contact (and, while there are
few of those, anybody) sent, how many had been answered by now? Waits that are still open count as
long as they have been watched (censored), as everywhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gonequiet.domain.moments import DAY
from gonequiet.domain.thread import subject_key

PRIOR_WAITS: Final = 4.0
"""The habit with everybody counts as so many waits of the habit with one contact."""
ELSEWHERE_DAYS: Final = 30
"""An answer outside the thread comes within so many days; later it is about something new."""
_MOST_OF: Final = 0.6
_LETTERS: Final = 3  # of a word that can tell what a subject is about


class Asked(NamedTuple):
    """One inbound message that calls for an answer of the owner.

    Attributes:
        message: the message.
        contact: who sent it.
        at: UTC epoch seconds.
        answered_at: the owner's first answer to it, None when there is none.
        closed_at: when the matter was over without one: somebody else answered, or the two went
            on about other things; None when it was not.
    """

    message: int
    contact: int
    at: int
    answered_at: int | None
    closed_at: int | None = None


class SentElsewhere(NamedTuple):
    """Something the owner wrote to who had asked, outside the thread.

    Attributes:
        at: UTC epoch seconds.
        subject: its subject.
        is_reply: it is marked as a reply.
    """

    at: int
    subject: str
    is_reply: bool


class Habit(NamedTuple):
    """How the owner answers.

    Attributes:
        asked: messages that called for an answer.
        share: of them answered within 30 days, among those watched so long; None without any.
        median_hours: half of all were answered within so many hours; None when fewer were.
    """

    asked: int
    share: float | None
    median_hours: float | None


class Owed(NamedTuple):
    """One answer the owner owes, and how unusual the delay is.

    Attributes:
        asked: what was asked.
        waited_seconds: up to the moment of judgement.
        usual_share: chance that the owner, by habit, would have answered by now.
        with_contact: earlier messages of this contact the habit rests on, and how many of them
            had been answered after so long.
        with_all: the same over everybody.
    """

    asked: Asked
    waited_seconds: int
    usual_share: float
    with_contact: tuple[int, int]
    with_all: tuple[int, int]


def known_at(asked: Iterable[Asked], as_of: int) -> list[Asked]:
    """Returns what had been asked by a moment, with only what had happened by then."""
    return [
        one._replace(answered_at=_by(one.answered_at, as_of), closed_at=_by(one.closed_at, as_of))
        for one in asked
        if one.at <= as_of
    ]


def _by(at: int | None, as_of: int) -> int | None:
    return at if at is not None and at <= as_of else None


def answered_elsewhere(
    asked_at: int, asked_under: str, sent: Iterable[SentElsewhere]
) -> int | None:
    """Returns when the owner answered outside the thread, None where they did not.

    Old mail programs and hurried people lose threads: what was sent soon after to who had asked is
    the answer where it goes by the same subject, by most of its words, or is a reply without any.

    Args:
        asked_at: UTC epoch seconds.
        asked_under: the subject of the question.
        sent: what the owner wrote to who had asked.
    """
    until = asked_at + ELSEWHERE_DAYS * DAY
    since = [one for one in sent if asked_at < one.at <= until]
    return min((one.at for one in since if _goes_by(one, asked_under)), default=None)


def _goes_by(sent: SentElsewhere, asked_under: str) -> bool:
    asked, answered = subject_key(asked_under).key, subject_key(sent.subject).key
    if asked == answered:
        return asked != "" or sent.is_reply
    words = _telling(asked)
    again = words & _telling(answered)
    return len(again) >= max(2, _MOST_OF * len(words))


def _telling(subject: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", subject) if len(word) >= _LETTERS)


def find_owed(asked: Sequence[Asked], as_of: int) -> list[Owed]:
    """Returns what is owed as of a moment, the most unusual delay first.

    Args:
        asked: everything that called for an answer, known at that moment.
        as_of: the moment of judgement.
    """
    delays = _Delays(asked, as_of)
    open_ = [one for one in asked if one.answered_at is None and one.closed_at is None]
    owed = [_owed(one, delays, as_of) for one in open_]
    return sorted(owed, key=lambda one: (-one.usual_share, one.asked.at, one.asked.message))


def _owed(one: Asked, delays: _Delays, as_of: int) -> Owed:
    waited = as_of - one.at
    watched, answered = delays.by(waited, one.contact, but=one.message)
    all_watched, all_answered = delays.by(waited, None, but=one.message)
    overall = (all_answered + 1) / (all_watched + 2)  # Laplace: never sure of anything
    share = (answered + PRIOR_WAITS * overall) / (watched + PRIOR_WAITS)
    return Owed(one, waited, share, (watched, answered), (all_watched, all_answered))


class _Delays:
    """How long the owner took, by contact and over all."""

    def __init__(self, asked: Iterable[Asked], as_of: int) -> None:
        self._seen: dict[int | None, list[Asked]] = defaultdict(list)
        self._as_of = as_of
        for one in asked:
            if one.closed_at is None or one.answered_at is not None:
                self._seen[one.contact].append(one)
                self._seen[None].append(one)

    def by(self, waited: int, contact: int | None, *, but: int) -> tuple[int, int]:
        """Returns how many waits were watched so long, and how many of them answered by then."""
        watched = answered = 0
        for one in self._seen.get(contact, ()):
            if one.message == but or self._as_of - one.at < waited:
                continue
            watched += 1
            answered += one.answered_at is not None and one.answered_at - one.at <= waited
        return watched, answered


def find_habit(asked: Sequence[Asked], as_of: int, horizon_days: int = 30) -> Habit:
    """Returns how the owner answered what was asked up to a moment."""
    horizon = horizon_days * DAY
    settled = [one for one in asked if as_of - one.at >= horizon]
    delays = sorted(
        one.answered_at - one.at
        for one in settled
        if one.answered_at is not None and one.answered_at - one.at <= horizon
    )
    if not settled:
        return Habit(len(asked), None, None)
    middle = (len(settled) + 1) // 2
    median = delays[middle - 1] / 3600 if len(delays) >= middle else None
    return Habit(len(asked), len(delays) / len(settled), median)


def habit_by_quarter(
    asked: Sequence[Asked], quarters: Sequence[int], as_of: int
) -> list[tuple[int, Habit]]:
    """Returns the owner's habit in each quarter.

    Args:
        asked: everything that called for an answer.
        quarters: beginnings of the quarters, rising, and the end of the last.
        as_of: the moment of judgement.
    """
    ordered = sorted(asked, key=lambda one: one.at)
    moments = [one.at for one in ordered]
    found = []
    for start, stop in pairwise(quarters):
        part = ordered[bisect_right(moments, start - 1) : bisect_right(moments, stop - 1)]
        found.append((start, find_habit(part, as_of)))
    return found

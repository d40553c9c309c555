"""Cuts one contact's timeline into waits and episodes of waiting.

A wait is one outbound message and what came of it, whatever it said; an episode is a spell of
waiting for an answer, which several messages may belong to. Both depend on this contact's own
messages and on what others wrote in the same threads, and on nothing else. What answers what, and
what answers nothing, `outcomes` says.

Calls, texts, chats and meetings with a contact are one stream beside the threads of mail: a call
after a mail is a follow-up of that mail's episode, an answer may come on any channel, and a call
that was taken or a meeting that was held answers whatever was open. What the owner takes back in
the thread ("never mind, I found it") is waited for no longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gonequiet.analysis.away_spells import away_spells, spells_within
from gonequiet.analysis.outcomes import (
    MAIL,
    MASS_RECIPIENTS,
    STREAM,
    Outcome,
    Placed,
    answers_to,
    bounces_by_message,
    earlier,
    in_order,
    others_after,
    said_after,
    thread_of,
)
from gonequiet.domain.episode import Closure, Episode, Event, Pause, ThreadEntry, Wait
from gonequiet.domain.interaction import Interaction
from gonequiet.domain.message import MessageKind
from gonequiet.domain.moments import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAUSE_HORIZON_DAYS: Final = 60  # away spells later than this say nothing about a wait
FOLLOW_UP_DAYS: Final = 60  # later, a call or a mail on another channel is about something new
TRUNCATED_DAYS: Final = 30  # how near the start of the records a beginning may be cut off
_NO_END: Final = 1 << 60


class ContactWaits(NamedTuple):
    """Everything one contact was and is waited for, in order of sending."""

    waits: list[Wait]
    episodes: list[Episode]


def cut(
    contact: int,
    interactions: Sequence[Interaction],
    entries: Mapping[int, Sequence[ThreadEntry]],
    *,
    organisation: str,
    records_begin_at: int | None,
    plausible_until: int,
) -> ContactWaits:
    """Finds what a contact was asked, what came of it, and what is still open.

    Args:
        contact: the contact's key.
        interactions: all with this contact, over all of its addresses, in any order.
        entries: by thread, in order of time, what others than the owner wrote in it; messages of
            the contact may be among them.
        organisation: of the contact, "" when none is known: then nobody is a colleague.
        records_begin_at: the oldest moment the records cover, None when unknown.
        plausible_until: moments later than this are mistakes.

    Returns:
        Waits and episodes in order of sending.
    """
    timeline = in_order(interactions, plausible_until)
    channels = {row.message: row.channel for row in interactions if row.channel != MAIL}
    bounces = bounces_by_message(timeline)
    spells = away_spells(timeline)
    waits: list[Wait] = []
    outcomes: list[tuple[Placed, Outcome]] = []
    for placed, replied, answered in answers_to(timeline):
        went_on = said_after(placed, contact, entries)
        outcome = Outcome(
            earlier(replied, went_on),
            earlier(answered, went_on),
            *others_after(placed, contact, organisation, entries),
            bounces.get(placed.interaction.message),
        )
        outcomes.append((placed, outcome))
        if placed.interaction.is_direct:
            waits.append(_wait(contact, placed, outcome, spells))
    gathered = _gathered(outcomes, channels)
    episodes = [_episode(contact, one, spells, records_begin_at) for one in gathered]
    return ContactWaits(waits, episodes)


def _wait(contact: int, placed: Placed, outcome: Outcome, spells: Sequence[Pause]) -> Wait:
    """One row of the waiting table."""
    at, row = placed.at, placed.interaction
    pauses: tuple[Pause, ...] = ()
    if spells:
        end = outcome.answered.at if outcome.answered else at + PAUSE_HORIZON_DAYS * DAY
        pauses = spells_within(spells, at, end)
    return Wait(
        row.message,
        contact,
        at,
        row.n_to,
        row.n_cc,
        row.is_reply,
        row.is_forward,
        row.asks_question,
        row.has_request,
        row.new_text_chars,
        _after(outcome.replied, at),
        _after(outcome.answered, at),
        _after(outcome.other, at),
        _after(outcome.bounced, at),
        row.expects_answer,
        row.n_to > MASS_RECIPIENTS,
        pauses,
    )


def _after(event: Event | None, at: int) -> int | None:
    """Seconds from sending to an event; a shifted clock makes none negative."""
    return None if event is None else max(0, event.at - at)


class _Open:
    """An episode while its messages are being gathered."""

    __slots__ = ("closing", "follow_ups", "last_at", "outcome", "placed")

    def __init__(
        self, placed: Placed, outcome: Outcome, closing: tuple[Event, Closure] | None
    ) -> None:
        self.placed = placed
        self.outcome = outcome
        self.follow_ups: list[Event] = []
        self.closing = closing
        self.last_at = placed.at

    def holds(self, at: int) -> bool:
        """Whether it is still open at a moment."""
        return self.closing is None or self.closing[0].at > at

    def add(self, placed: Placed, outcome: Outcome) -> None:
        """Takes in a follow-up; when that bounces, the address is dead."""
        self.follow_ups.append(Event(placed.at, placed.interaction.message))
        self.last_at = placed.at
        bounced = outcome.bounced
        if bounced and self.holds(bounced.at):
            self.closing = (bounced, Closure.BOUNCE)

    def take_back(self, placed: Placed) -> None:
        """Ends the wait with the owner's word that it is over."""
        self.closing = (Event(placed.at, placed.interaction.message), Closure.WITHDRAWN)


def _closing(
    row: Interaction, outcome: Outcome, channels: Mapping[int, str]
) -> tuple[Event, Closure] | None:
    """What closes an episode opened by a message, by what came first."""
    answer = Closure.RESPONSE_ELSEWHERE
    if outcome.answered and channels.get(outcome.answered.message, MAIL) != row.channel:
        answer = Closure.OTHER_CHANNEL
    elif outcome.replied and outcome.replied == outcome.answered:
        answer = Closure.RESPONSE
    candidates = (
        (outcome.answered, answer),
        (outcome.colleague, Closure.COLLEAGUE),
        (outcome.bounced, Closure.BOUNCE),
    )
    happened = [(event, closure) for event, closure in candidates if event is not None]
    return min(happened, key=lambda pair: pair[0].at, default=None)


def _gathered(
    outcomes: Sequence[tuple[Placed, Outcome]], channels: Mapping[int, str]
) -> list[_Open]:
    """Gathers what the owner sent into episodes, one at a time per thread."""
    gathered: list[_Open] = []
    current: dict[int, _Open] = {}
    for placed, outcome in outcomes:
        row = placed.interaction
        open_now = _open_episode(placed, current)
        if open_now is not None and row.withdraws:
            open_now.take_back(placed)
        elif open_now is not None and _is_day_of(row, open_now):
            continue
        elif open_now is not None:
            open_now.add(placed, outcome)
            current[thread_of(row)] = open_now
        elif row.is_direct and row.expects_answer:
            one = _Open(placed, outcome, _closing(row, outcome, channels))
            current[thread_of(row)] = one
            gathered.append(one)
    return gathered


def _is_day_of(row: Interaction, one: _Open) -> bool:
    """Whether a planned meeting merely comes to its day while a letter waits for an answer.

    The letter that invited to it, or spoke of it, was the attempt; the day itself is none.
    """
    return row.kind == MessageKind.MEETING.value and one.placed.interaction.channel == MAIL


def _open_episode(placed: Placed, current: Mapping[int, _Open]) -> _Open | None:
    """The episode something sent now belongs to: its thread's, else one on another channel."""
    row = placed.interaction
    here = current.get(thread_of(row))
    if here is not None and here.holds(placed.at):
        return here
    if not row.expects_answer:
        return None
    others = current.values() if row.channel != MAIL else (current.get(STREAM),)
    near = [
        one
        for one in others
        if one and one.holds(placed.at) and placed.at - one.last_at <= FOLLOW_UP_DAYS * DAY
    ]
    return max(near, key=lambda one: one.last_at, default=None)


def _episode(
    contact: int, one: _Open, spells: Sequence[Pause], records_begin_at: int | None
) -> Episode:
    """The episode as a value."""
    row, at = one.placed.interaction, one.placed.at
    closed, closure = one.closing or (None, None)
    end = closed.at if closed else _NO_END
    return Episode(
        contact,
        row.thread,
        at,
        row.message,
        tuple(one.follow_ups),
        spells_within(spells, at, end) if spells else (),
        closed.at if closed else None,
        closure,
        closed.message if closed else None,
        one.outcome.replied,
        one.outcome.other,
        row.n_to > MASS_RECIPIENTS,
        _is_left_truncated(row, at, records_begin_at),
    )


def _is_left_truncated(row: Interaction, at: int, records_begin_at: int | None) -> bool:
    """Whether the waiting may have begun before the records do."""
    if records_begin_at is None or not row.is_reply or row.parent is not None:
        return False
    return at - records_begin_at <= TRUNCATED_DAYS * DAY

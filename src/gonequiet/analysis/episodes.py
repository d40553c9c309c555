"""Cuts one contact's timeline into waits and episodes of waiting.

A wait is one outbound message and what came of it, whatever it said; an episode is a spell of
waiting for an answer, which several messages may belong to. Both depend on this contact's own
messages and on what others wrote in the same threads, and on nothing else.

Bounces, out-of-office notes and automatic mail answer nothing. List mail answers only where it
stands in the thread and names the owner: somebody answered a post of the owner's. A message with
no moment, or an absurd one, opens and closes nothing.

Calls, texts, chats and meetings with a contact are one stream beside the threads of mail: a call
after a mail is a follow-up of that mail's episode, an answer may come on any channel, and a call
that was taken or a meeting that was held answers whatever was open. What the owner takes back in
the thread ("never mind, I found it") is waited for no longer.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from gonequiet.domain.episode import Closure, Episode, Event, Pause, ThreadEntry, Wait
from gonequiet.domain.interaction import Direction, Interaction
from gonequiet.domain.message import Channel, MessageKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAY: Final = 86_400
PLAUSIBLE_FROM: Final = 473_385_600  # 1985: no mail we are given is older
MASS_RECIPIENTS: Final = 10  # with more people in To, nobody in particular feels asked
BOUNCE_DAYS: Final = 6  # a server that cannot deliver gives up within five (RFC 5321, 4.5.4.1)
AWAY_DAYS_UNSTATED: Final = 7
AWAY_DAYS_AT_MOST: Final = 400  # a stated return further off is misread
PAUSE_HORIZON_DAYS: Final = 60  # away spells later than this say nothing about a wait
PLANNED_DAYS: Final = 800  # a calendar further ahead holds no plans, only repetitions
FOLLOW_UP_DAYS: Final = 60  # later, a call or a mail on another channel is about something new
TRUNCATED_DAYS: Final = 30  # how near the start of the records a beginning may be cut off

_OUTBOUND: Final = Direction.OUTBOUND.value
_INBOUND: Final = Direction.INBOUND.value
_ANSWERS: Final = frozenset(
    (
        MessageKind.PERSONAL.value,
        MessageKind.CALENDAR.value,
        MessageKind.CALL.value,
        MessageKind.MEETING.value,
    )
)
_LIST: Final = MessageKind.LIST.value
_OPENS: Final = _ANSWERS | {_LIST}
_BOUNCE: Final = MessageKind.BOUNCE.value
_AWAY: Final = MessageKind.OUT_OF_OFFICE.value
_MAIL: Final = Channel.MAIL.value
STREAM: Final = 0  # the thread of everything that is not mail; no message has this number
_NO_ENTRIES: Final[tuple[ThreadEntry, ...]] = ()
_NO_END: Final = 1 << 60
_moment = itemgetter(0)


class ContactWaits(NamedTuple):
    """Everything one contact was and is waited for, in order of sending."""

    waits: list[Wait]
    episodes: list[Episode]


class _Placed(NamedTuple):
    """An interaction with a moment that can be used."""

    at: int
    is_inbound: bool  # or an exchange; at the same second, the question stands before the answer
    interaction: Interaction


class _Outcome(NamedTuple):
    """What came after one outbound message."""

    replied: Event | None  # by the contact, in the thread
    answered: Event | None  # by the contact, anywhere
    other: Event | None  # in the thread, by anybody else
    colleague: Event | None  # in the thread, by somebody of the contact's organisation
    bounced: Event | None


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
    timeline = _in_order(interactions, plausible_until)
    channels = {row.message: row.channel for row in interactions if row.channel != _MAIL}
    bounces = _bounces(timeline)
    spells = _away_spells(timeline)
    waits: list[Wait] = []
    outcomes: list[tuple[_Placed, _Outcome]] = []
    for placed, replied, answered in _answers(timeline):
        outcome = _Outcome(
            replied,
            answered,
            *_others(placed, contact, organisation, entries),
            bounces.get(placed.interaction.message),
        )
        outcomes.append((placed, outcome))
        if placed.interaction.is_direct:
            waits.append(_wait(contact, placed, outcome, spells))
    gathered = _gathered(outcomes, channels)
    episodes = [_episode(contact, one, spells, records_begin_at) for one in gathered]
    return ContactWaits(waits, episodes)


# The timeline.


def _in_order(interactions: Sequence[Interaction], plausible_until: int) -> list[_Placed]:
    """The interactions with a usable moment; an answer never stands before its question."""
    sent = {
        row.message: row.at
        for row in interactions
        if row.direction == _OUTBOUND and row.at is not None and row.at <= plausible_until
    }
    timeline = []
    for row in interactions:
        at = row.at
        if at is None or not PLAUSIBLE_FROM <= at <= _latest(row, plausible_until):
            continue
        inbound = row.direction == _INBOUND
        if inbound and row.parent is not None:
            at = max(at, sent.get(row.parent, at))
        if inbound or row.direction == _OUTBOUND:
            timeline.append(_Placed(at, inbound or row.is_exchange, row))
    timeline.sort(key=lambda placed: (placed.at, placed.is_inbound, placed.interaction.message))
    return timeline


def _latest(row: Interaction, plausible_until: int) -> int:
    """Meetings lie in the future without being a mistake, as far as people plan."""
    is_meeting = row.kind == MessageKind.MEETING.value
    return plausible_until + PLANNED_DAYS * DAY if is_meeting else plausible_until


def _thread_of(row: Interaction) -> int:
    return row.thread if row.channel == _MAIL else STREAM


def _answers(
    timeline: Sequence[_Placed],
) -> list[tuple[_Placed, Event | None, Event | None]]:
    """For every outbound message, the next response in its thread and the next anywhere."""
    found: list[tuple[_Placed, Event | None, Event | None]] = []
    anywhere: Event | None = None
    in_thread: dict[int, Event] = {}
    for placed in reversed(timeline):
        row = placed.interaction
        if placed.is_inbound:
            if row.kind in _ANSWERS:
                in_thread[_thread_of(row)] = event = Event(placed.at, row.message)
                anywhere = event if row.is_direct else anywhere
            elif row.kind == _LIST and row.is_direct:
                in_thread[row.thread] = Event(placed.at, row.message)
        elif row.kind in _OPENS:
            replied = in_thread.get(_thread_of(row))
            found.append((placed, replied, _earlier(replied, anywhere)))
    found.reverse()
    return found


def _earlier(left: Event | None, right: Event | None) -> Event | None:
    """The earlier of two events, where there are any; the left one of two at the same moment."""
    if left is None or right is None:
        return left or right
    return left if left.at <= right.at else right


def _others(
    placed: _Placed,
    contact: int,
    organisation: str,
    entries: Mapping[int, Sequence[ThreadEntry]],
) -> tuple[Event | None, Event | None]:
    """The first message in the thread by anybody else, and the first by a colleague."""
    said = entries.get(placed.interaction.thread, _NO_ENTRIES)
    other: Event | None = None
    for entry in said[bisect_right(said, placed.at, key=_moment) :] if said else ():
        if entry.contact == contact:
            continue
        event = Event(entry.at, entry.message)
        other = other or event
        if organisation and entry.organisation == organisation:
            return other, event
    return other, None


def _bounces(timeline: Sequence[_Placed]) -> dict[int, Event]:
    """By outbound message, the bounce that says it did not arrive."""
    found: dict[int, Event] = {}
    latest: _Placed | None = None
    for placed in timeline:
        row = placed.interaction
        if not placed.is_inbound:
            latest = placed if row.channel == _MAIL else latest
        elif row.kind == _BOUNCE:
            bounce = Event(placed.at, row.message)
            if row.parent is not None:
                found.setdefault(row.parent, bounce)
            elif latest is not None and placed.at - latest.at <= BOUNCE_DAYS * DAY:
                found.setdefault(latest.interaction.message, bounce)
    return found


# Away.


def _away_spells(timeline: Sequence[_Placed]) -> list[Pause]:
    """When the contact was away, in order, without overlap; writing again ends a spell."""
    spells: list[Pause] = []
    for placed in timeline:
        row = placed.interaction
        if not placed.is_inbound or row.kind not in (_AWAY, *_ANSWERS):
            continue
        if spells and spells[-1].until_at > placed.at:
            spells[-1] = spells[-1]._replace(until_at=placed.at)
        if row.kind == _AWAY:
            spells.append(_spell(placed))
    return [spell for spell in spells if spell.until_at > spell.from_at]


def _spell(placed: _Placed) -> Pause:
    """The spell an out-of-office announces."""
    at, message = placed.at, placed.interaction.message
    back_at = _midnight(placed.interaction.return_on)
    if back_at is None or not at - DAY < back_at <= at + AWAY_DAYS_AT_MOST * DAY:
        return Pause(at, at + AWAY_DAYS_UNSTATED * DAY, message, is_stated=False)
    return Pause(at, back_at if back_at > at else back_at + DAY, message, is_stated=True)


def _midnight(on: str) -> int | None:
    """The first second of an ISO date in UTC, None when it is none."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return None
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _within(spells: Sequence[Pause], from_at: int, until_at: int) -> tuple[Pause, ...]:
    """The parts of away spells that lie in a span."""
    return tuple(
        spell._replace(from_at=max(spell.from_at, from_at), until_at=min(spell.until_at, until_at))
        for spell in spells
        if spell.from_at < until_at and spell.until_at > from_at
    )


# Waits.


def _wait(contact: int, placed: _Placed, outcome: _Outcome, spells: Sequence[Pause]) -> Wait:
    """One row of the waiting table."""
    at, row = placed.at, placed.interaction
    pauses: tuple[Pause, ...] = ()
    if spells:
        end = outcome.answered.at if outcome.answered else at + PAUSE_HORIZON_DAYS * DAY
        pauses = _within(spells, at, end)
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


# Episodes.


class _Open:
    """An episode while its messages are being gathered."""

    __slots__ = ("closing", "follow_ups", "last_at", "outcome", "placed")

    def __init__(
        self, placed: _Placed, outcome: _Outcome, closing: tuple[Event, Closure] | None
    ) -> None:
        self.placed = placed
        self.outcome = outcome
        self.follow_ups: list[Event] = []
        self.closing = closing
        self.last_at = placed.at

    def holds(self, at: int) -> bool:
        """Whether it is still open at a moment."""
        return self.closing is None or self.closing[0].at > at

    def add(self, placed: _Placed, outcome: _Outcome) -> None:
        """Takes in a follow-up; when that bounces, the address is dead."""
        self.follow_ups.append(Event(placed.at, placed.interaction.message))
        self.last_at = placed.at
        bounced = outcome.bounced
        if bounced and self.holds(bounced.at):
            self.closing = (bounced, Closure.BOUNCE)

    def take_back(self, placed: _Placed) -> None:
        """Ends the wait with the owner's word that it is over."""
        self.closing = (Event(placed.at, placed.interaction.message), Closure.WITHDRAWN)


def _closing(
    row: Interaction, outcome: _Outcome, channels: Mapping[int, str]
) -> tuple[Event, Closure] | None:
    """What closes an episode opened by a message, by what came first."""
    answer = Closure.RESPONSE_ELSEWHERE
    if outcome.answered and channels.get(outcome.answered.message, _MAIL) != row.channel:
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
    outcomes: Sequence[tuple[_Placed, _Outcome]], channels: Mapping[int, str]
) -> list[_Open]:
    """Gathers what the owner sent into episodes, one at a time per thread."""
    gathered: list[_Open] = []
    current: dict[int, _Open] = {}
    for placed, outcome in outcomes:
        row = placed.interaction
        open_now = _open_episode(placed, current)
        if open_now is not None and row.withdraws:
            open_now.take_back(placed)
        elif open_now is not None:
            open_now.add(placed, outcome)
            current[_thread_of(row)] = open_now
        elif row.is_direct and row.expects_answer:
            one = _Open(placed, outcome, _closing(row, outcome, channels))
            current[_thread_of(row)] = one
            gathered.append(one)
    return gathered


def _open_episode(placed: _Placed, current: Mapping[int, _Open]) -> _Open | None:
    """The episode something sent now belongs to: its thread's, else one on another channel."""
    row = placed.interaction
    here = current.get(_thread_of(row))
    if here is not None and here.holds(placed.at):
        return here
    if not row.expects_answer:
        return None
    others = current.values() if row.channel != _MAIL else (current.get(STREAM),)
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
        _within(spells, at, end) if spells else (),
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

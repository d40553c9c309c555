"""One contact's timeline in order, and what came after each thing the owner sent.

Bounces, out-of-office notes and automatic mail answer nothing. List mail answers only where it
stands in the thread: whoever was asked there goes on in it, to the owner or to all. A mail to a
crowd answers what was asked in its thread, and nothing asked elsewhere. A message with no moment,
or an absurd one, opens and closes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from gonequiet.domain.episode import Event, ThreadEntry
from gonequiet.domain.interaction import Direction, Interaction
from gonequiet.domain.message import Channel, MessageKind
from gonequiet.domain.moments import DAY, EARLIEST_AT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MASS_RECIPIENTS: Final = 10  # with more people in To, nobody in particular feels spoken to
BOUNCE_DAYS: Final = 6  # a server that cannot deliver gives up within five (RFC 5321, 4.5.4.1)
PLANNED_DAYS: Final = 800  # a calendar further ahead holds no plans, only repetitions

_OUTBOUND: Final = Direction.OUTBOUND.value
_INBOUND: Final = Direction.INBOUND.value
ANSWERS: Final = frozenset(
    (
        MessageKind.PERSONAL.value,
        MessageKind.CALENDAR.value,
        MessageKind.CALL.value,
        MessageKind.MEETING.value,
    )
)
_PERSONAL: Final = MessageKind.PERSONAL.value
_LIST: Final = MessageKind.LIST.value
_OPENS: Final = ANSWERS | {_LIST}
_BOUNCE: Final = MessageKind.BOUNCE.value
MAIL: Final = Channel.MAIL.value
STREAM: Final = 0  # the thread of everything that is not mail; no message has this number
_NO_ENTRIES: Final[tuple[ThreadEntry, ...]] = ()
_moment = itemgetter(0)


class Placed(NamedTuple):
    """An interaction with a moment that can be used."""

    at: int
    is_inbound: bool  # or an exchange; at the same second, the question stands before the answer
    interaction: Interaction


class Outcome(NamedTuple):
    """What came after one outbound message."""

    replied: Event | None  # by the contact, in the thread
    answered: Event | None  # by the contact, anywhere
    other: Event | None  # in the thread, by anybody else
    colleague: Event | None  # in the thread, by somebody of the contact's organisation
    bounced: Event | None


def in_order(interactions: Sequence[Interaction], plausible_until: int) -> list[Placed]:
    """The interactions with a usable moment; an answer never stands before its question."""
    sent = {
        row.message: row.at
        for row in interactions
        if row.direction == _OUTBOUND and row.at is not None and row.at <= plausible_until
    }
    timeline = []
    for row in interactions:
        at = row.at
        if at is None or not EARLIEST_AT <= at <= _latest(row, plausible_until):
            continue
        inbound = row.direction == _INBOUND
        if inbound and row.parent is not None:
            at = max(at, sent.get(row.parent, at))
        if inbound or row.direction == _OUTBOUND:
            timeline.append(Placed(at, inbound or row.is_exchange, row))
    timeline.sort(key=lambda placed: (placed.at, placed.is_inbound, placed.interaction.message))
    return timeline


def _latest(row: Interaction, plausible_until: int) -> int:
    """Meetings lie in the future without being a mistake, as far as people plan."""
    is_meeting = row.kind == MessageKind.MEETING.value
    return plausible_until + PLANNED_DAYS * DAY if is_meeting else plausible_until


def thread_of(row: Interaction) -> int:
    """Returns the thread something stands in; what is not mail is one stream."""
    return row.thread if row.channel == MAIL else STREAM


def answers_to(
    timeline: Sequence[Placed],
) -> list[tuple[Placed, Event | None, Event | None]]:
    """For every outbound message, the next response in its thread and the next anywhere."""
    found: list[tuple[Placed, Event | None, Event | None]] = []
    anywhere: Event | None = None
    in_thread: dict[int, Event] = {}
    for placed in reversed(timeline):
        row = placed.interaction
        if placed.is_inbound:
            if row.kind in ANSWERS:
                in_thread[thread_of(row)] = event = Event(placed.at, row.message)
                anywhere = event if _is_to_the_owner(row) else anywhere
            elif row.kind == _LIST and row.is_direct:
                in_thread[row.thread] = Event(placed.at, row.message)
        elif row.kind in _OPENS:
            replied = in_thread.get(thread_of(row))
            found.append((placed, replied, earlier(replied, anywhere)))
    found.reverse()
    return found


def _is_to_the_owner(row: Interaction) -> bool:
    """Whether a response speaks to the owner, and not to a crowd the owner stands in."""
    is_mailing = row.channel == MAIL and row.kind == _PERSONAL and row.n_to > MASS_RECIPIENTS
    return row.is_direct and not is_mailing


def earlier(left: Event | None, right: Event | None) -> Event | None:
    """The earlier of two events, where there are any; the left one of two at the same moment."""
    if left is None or right is None:
        return left or right
    return left if left.at <= right.at else right


def others_after(
    placed: Placed,
    contact: int,
    organisation: str,
    entries: Mapping[int, Sequence[ThreadEntry]],
) -> tuple[Event | None, Event | None]:
    """The first message in the thread by anybody else, and the first by a colleague."""
    other: Event | None = None
    for entry in _said_after(placed, entries):
        if entry.contact == contact:
            continue
        event = Event(entry.at, entry.message)
        other = other or event
        if organisation and entry.organisation == organisation:
            return other, event
    return other, None


def said_after(
    placed: Placed, contact: int, entries: Mapping[int, Sequence[ThreadEntry]]
) -> Event | None:
    """The first message of the contact in the thread, whoever it names as its readers."""
    own = (one for one in _said_after(placed, entries) if one.contact == contact)
    return next((Event(one.at, one.message) for one in own), None)


def _said_after(
    placed: Placed, entries: Mapping[int, Sequence[ThreadEntry]]
) -> Sequence[ThreadEntry]:
    said = entries.get(placed.interaction.thread, _NO_ENTRIES)
    return said[bisect_right(said, placed.at, key=_moment) :] if said else ()


def bounces_by_message(timeline: Sequence[Placed]) -> dict[int, Event]:
    """By outbound message, the bounce that says it did not arrive."""
    found: dict[int, Event] = {}
    latest: Placed | None = None
    for placed in timeline:
        row = placed.interaction
        if not placed.is_inbound:
            latest = placed if row.channel == MAIL else latest
        elif row.kind == _BOUNCE:
            bounce = Event(placed.at, row.message)
            if row.parent is not None:
                found.setdefault(row.parent, bounce)
            elif latest is not None and placed.at - latest.at <= BOUNCE_DAYS * DAY:
                found.setdefault(latest.interaction.message, bounce)
    return found

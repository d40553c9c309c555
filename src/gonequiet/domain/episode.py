"""An episode: one spell of waiting, opened by an outbound message and closed by a response.

Rows say everything that ever happened to an episode; `state_of` and the functions beside it say
what of that had happened at a given moment.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Event(NamedTuple):
    """Something that happened, and the message (a call, a meeting ...) that shows it."""

    at: int
    message: int


class Pause(NamedTuple):
    """A spell in which no answer could be expected.

    Attributes:
        from_at: UTC epoch seconds; the spell is half open.
        until_at: the return; an assumed one when none was stated.
        message: the out-of-office message.
        is_stated: whether the message stated the return.
    """

    from_at: int
    until_at: int
    message: int
    is_stated: bool


class ThreadEntry(NamedTuple):
    """A message written in a thread by anybody but the owner.

    Attributes:
        at: UTC epoch seconds.
        message: the message's key.
        contact: key of the contact who wrote it.
        organisation: of that contact, "" when none is known.
    """

    at: int
    message: int
    contact: int
    organisation: str


class Wait(NamedTuple):
    """One outbound message and one direct (To) recipient, and what happened then.

    Spans are seconds from `sent_at`; None means: not so far in the records.

    Attributes:
        message: the outbound message.
        contact: the recipient.
        sent_at: UTC epoch seconds.
        n_to: addresses in To.
        n_cc: addresses in Cc.
        is_reply: the message is a reply.
        is_forward: the message is a forward.
        asks_question: the message asks something.
        has_request: the message requests, proposes or invites.
        new_text_chars: length of its new words.
        replied_after: first response of this contact in the thread.
        answered_after: first response of this contact anywhere.
        answered_by_other_after: first message in the thread by anybody else.
        bounced_after: the message came back.
        expects_answer: whether the message may call for an answer.
        is_mass: more direct recipients than feel asked.
        pauses: away spells of the contact that touch the wait.
    """

    message: int
    contact: int
    sent_at: int
    n_to: int
    n_cc: int
    is_reply: bool
    is_forward: bool
    asks_question: bool
    has_request: bool
    new_text_chars: int
    replied_after: int | None
    answered_after: int | None
    answered_by_other_after: int | None
    bounced_after: int | None
    expects_answer: bool
    is_mass: bool
    pauses: tuple[Pause, ...]


class Closure(StrEnum):
    """What ended an episode."""

    RESPONSE = "response"  # the contact, in the thread
    RESPONSE_ELSEWHERE = "response_elsewhere"  # the contact, on another thread
    OTHER_CHANNEL = "other_channel"  # the contact, on another channel: a call, a text, a meeting
    COLLEAGUE = "colleague"  # somebody of the contact's organisation, in the thread
    BOUNCE = "bounce"  # it never arrived: find another way
    WITHDRAWN = "withdrawn"  # over by the owner's word: taken back, or thanked for


class Episode(NamedTuple):
    """One spell of waiting for one contact in one thread.

    Attributes:
        contact: who is waited for.
        thread: where the question stands.
        opened_at: UTC epoch seconds.
        opened_by: the outbound message that opened it.
        follow_ups: the owner's later messages to the contact in the thread, while it was open.
        pauses: away spells of the contact, in order, within the episode.
        closed_at: when it was closed, None while it is open.
        closure: what closed it, None while it is open.
        closed_by: the message that closed it, None while it is open.
        replied: the first response in the thread, also when something else had closed it before.
        other: the first message in the thread by anybody else, whether or not it closed.
        is_mass: opened only weakly, by a message to more people than feel asked.
        is_left_truncated: it may have begun before the records do.
    """

    contact: int
    thread: int
    opened_at: int
    opened_by: int
    follow_ups: tuple[Event, ...]
    pauses: tuple[Pause, ...]
    closed_at: int | None
    closure: Closure | None
    closed_by: int | None
    replied: Event | None
    other: Event | None
    is_mass: bool
    is_left_truncated: bool


class EpisodeState(StrEnum):
    """Where an episode stood at a moment."""

    NOT_YET = "not_yet"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


def state_of(episode: Episode, as_of: int) -> EpisodeState:
    """Where an episode stood, by what was known then."""
    if as_of < episode.opened_at:
        return EpisodeState.NOT_YET
    if episode.closed_at is not None and episode.closed_at <= as_of:
        return EpisodeState.CLOSED
    if any(pause.from_at <= as_of < pause.until_at for pause in episode.pauses):
        return EpisodeState.PAUSED
    return EpisodeState.OPEN


def follow_ups_until(episode: Episode, as_of: int) -> tuple[Event, ...]:
    """The owner's follow-ups that had been sent by then."""
    return tuple(event for event in episode.follow_ups if event.at <= as_of)


def waited_seconds(episode: Episode, as_of: int) -> int:
    """How long the owner had waited by then, away spells left out."""
    until = as_of if episode.closed_at is None else min(as_of, episode.closed_at)
    return max(0, until - episode.opened_at - paused_seconds(episode.pauses, until))


def paused_seconds(pauses: tuple[Pause, ...], until: int) -> int:
    """Length of the away spells, up to a moment; spells do not overlap."""
    return sum(max(0, min(pause.until_at, until) - pause.from_at) for pause in pauses)

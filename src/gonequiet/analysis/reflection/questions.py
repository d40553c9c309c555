"""What became of what the owner asked: answered, put off, or left without a word.

A question counts as left unanswered when the reply to it was read as avoidant (`response`), or when
nothing came for three weeks, on any thread. A plain no is an answer. What was asked of many people
at once, or by somebody who wrote again about something else the same day, is left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from gonequiet.analysis.reflection.turns import MANY, Turn, is_letter
from gonequiet.analysis.response import Answer, read_response
from gonequiet.domain.message import Channel, MessageKind
from gonequiet.domain.response import Path
from gonequiet.language.acts import Act, read_acts
from gonequiet.language.tongues import find_tongue


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    PUT_OFF = "put_off"
    NO_REPLY = "no_reply"
    OPEN = "open"  # asked too recently, or explained: away, bounced


class Asked(NamedTuple):
    """A question of the owner's.

    Attributes:
        turn: the message it stands in.
        quote: its words.
        start: index in the message's new words.
        stop: index after it.
        outcome: what became of it.
        reply: the message that answered or put off, None without one.
    """

    turn: Turn
    quote: str
    start: int
    stop: int
    outcome: Outcome
    reply: Turn | None


PATIENCE_DAYS: Final = 21
"""So long nothing came: then a question counts as left without a word."""

_DAY: Final = 86_400
_ASKS: Final = frozenset((Act.QUESTION, Act.PROPOSAL, Act.REQUEST))
_PATHS: Final = {
    Path.REAFFIRMED: Outcome.ANSWERED,
    Path.DETACHED: Outcome.ANSWERED,  # a plain no is an answer
    Path.AVOIDANT: Outcome.PUT_OFF,
    Path.NONE: Outcome.OPEN,
}
_EXPLAINS: Final = frozenset((MessageKind.OUT_OF_OFFICE, MessageKind.BOUNCE))
_SPOKEN: Final = frozenset((Channel.CALL, Channel.MEETING))


def follow_questions(turns: Sequence[Turn], as_of: int) -> list[Asked]:
    """Returns what the owner asked in letters to few, oldest first, and what became of it.

    Args:
        turns: in order.
        as_of: UTC epoch seconds.
    """
    return [
        found
        for at, turn in enumerate(turns)
        if turn.by_owner and is_letter(turn) and turn.expects_answer and turn.n_recipients < MANY
        for found in _followed(turns, at, as_of)
    ]


def _followed(turns: Sequence[Turn], at: int, as_of: int) -> Iterator[Asked]:
    turn = turns[at]
    span = _question(turn)
    if span is None:
        return
    outcome, reply = _outcome(turns, at, as_of)
    yield Asked(turn, _words(turn, *span), *span, outcome, reply)


def _question(turn: Turn) -> tuple[int, int] | None:
    """The last thing asked, which is what the letter ends on; a question before a request."""
    acts = read_acts(turn.words, turn.written_on, find_tongue(turn.words))
    for wanted in (frozenset((Act.QUESTION, Act.PROPOSAL)), _ASKS):
        spans = [(one.start, one.stop) for one in acts if one.act in wanted]
        if spans:
            return spans[-1]
    return None


def _outcome(turns: Sequence[Turn], at: int, as_of: int) -> tuple[Outcome, Turn | None]:
    turn = turns[at]
    later = [one for one in turns[at + 1 :] if not one.by_owner or one.channel in _SPOKEN]
    until = turn.at + PATIENCE_DAYS * _DAY
    inside = [one for one in later if one.at < until]
    if any(one.channel in _SPOKEN for one in inside):
        return Outcome.ANSWERED, None
    if any(one.kind in _EXPLAINS for one in inside):
        return Outcome.OPEN, None
    reply = _reply_to(turn, later) or next((one for one in inside if is_letter(one)), None)
    if reply is None:
        followed = any(one.by_owner and one.thread == turn.thread for one in turns[at + 1 :])
        waited = as_of >= until and not followed  # the follow-up asks for both
        return (Outcome.NO_REPLY if waited else Outcome.OPEN), None
    return _read(turn, reply), reply


def _reply_to(turn: Turn, later: Sequence[Turn]) -> Turn | None:
    """The first letter that answers the message by its links, else the first in its thread."""
    letters = [one for one in later if is_letter(one)]
    linked = (one for one in letters if one.parent == turn.message)
    same = (one for one in letters if one.thread == turn.thread)
    return next(linked, None) or next(same, None)


def _read(turn: Turn, reply: Turn) -> Outcome:
    read = read_response(
        Answer(
            turn.words,
            reply.words,
            reply.written_on,
            reply.attachments,
            tuple(sorted(reply.others - turn.others)),
            reply.thread == turn.thread,
        )
    )
    return _PATHS[read.path]


def _words(turn: Turn, start: int, stop: int) -> str:
    return " ".join(turn.words[start:stop].split())

"""What became of what the owner asked: answered, put off, or left without a word.

A question counts as put off when the reply to it leads nowhere (`response`) and says so in words
that put off; a reply that is merely vague is left open. It counts as left without a word when
nothing came for three weeks, on any thread, and either nothing has come since or the contact
answers most of what they are asked: somebody who hardly ever answers by letter answers otherwise,
or the records are not whole. A plain no is an answer; what moves a day on is none. What was asked
of many is left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from gonequiet.analysis.reflection.put_off import moves_on
from gonequiet.analysis.reflection.turns import (
    MANY,
    Turn,
    is_letter,
    is_repeated,
    last_question,
    theirs,
)
from gonequiet.analysis.response import Answer, read_response
from gonequiet.domain.message import Channel, MessageKind
from gonequiet.domain.moments import DAY
from gonequiet.domain.response import Path
from gonequiet.domain.thread import subject_key
from gonequiet.language.called import is_said_to
from gonequiet.language.leanings import Leaning, read_leanings
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

_USUALLY: Final = 2 / 3  # of what they are asked is answered by letter
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
    found = [
        one
        for at, turn in enumerate(turns)
        if turn.by_owner and is_letter(turn) and turn.expects_answer and turn.n_recipients < MANY
        for one in _followed(turns, at, as_of)
    ]
    return _with_habit(found, max((one.at for one in turns if not one.by_owner), default=0))


def _with_habit(found: Sequence[Asked], heard_at: int) -> list[Asked]:
    """Leaves open what got no word, where answering by letter is not the habit."""
    replied = sum(one.reply is not None for one in found)
    silent = sum(one.outcome is Outcome.NO_REPLY and one.turn.at < heard_at for one in found)
    if replied >= _USUALLY * (replied + silent):
        return list(found)
    return [
        one._replace(outcome=Outcome.OPEN)
        if one.outcome is Outcome.NO_REPLY and one.turn.at < heard_at
        else one
        for one in found
    ]


def _followed(turns: Sequence[Turn], at: int, as_of: int) -> Iterator[Asked]:
    turn = turns[at]
    span = last_question(turn)
    if span is None or is_repeated(_words(turn, *span), turn, turns):
        return
    if is_said_to(_words(turn, *span), turn.readers - {one.sender for one in theirs(turns)}):
        return  # it is asked of another reader, by name
    outcome, reply = _outcome(turns, at, as_of)
    yield Asked(turn, _words(turn, *span), *span, outcome, reply)


def _outcome(turns: Sequence[Turn], at: int, as_of: int) -> tuple[Outcome, Turn | None]:
    turn = turns[at]
    later = [one for one in turns[at + 1 :] if not one.by_owner or one.channel in _SPOKEN]
    until = turn.at + PATIENCE_DAYS * DAY
    inside = [one for one in later if one.at < until]
    if any(one.channel in _SPOKEN for one in inside):
        return Outcome.ANSWERED, None
    if any(one.kind in _EXPLAINS for one in inside):
        return Outcome.OPEN, None
    reply = _reply_to(turns, at, until)
    if reply is None and any(is_letter(one) for one in inside):
        return Outcome.OPEN, None  # they wrote about something else: who knows
    if reply is None:
        followed = any(one.by_owner and one.thread == turn.thread for one in turns[at + 1 :])
        waited = as_of >= until and not followed  # the follow-up asks for both
        return (Outcome.NO_REPLY if waited else Outcome.OPEN), None
    return _read(turn, reply), reply


def _reply_to(turns: Sequence[Turn], at: int, until: int) -> Turn | None:
    """The first letter in the thread, unless the owner had asked again by then."""
    turn = turns[at]
    for one in turns[at + 1 :]:
        if one.thread != turn.thread or not is_letter(one):
            continue
        if not one.by_owner and is_said_to(one.words, one.readers):
            continue  # it answers somebody else
        if not one.by_owner and one.n_recipients >= MANY and not _is_reply(one):
            continue  # a notice to many, that only came after it
        if one.by_owner:
            return None
        is_linked = one.parent == turn.message
        return one if is_linked or one.at < until else None
    return None


def _is_reply(turn: Turn) -> bool:
    return subject_key(turn.subject).is_reply


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
    if read.path is Path.AVOIDANT and not _puts_off(reply):
        return Outcome.OPEN
    if read.path is Path.REAFFIRMED and moves_on(reply):
        return Outcome.OPEN  # what is moved is not taken up
    return _PATHS[read.path]


def _puts_off(reply: Turn) -> bool:
    found = read_leanings(reply.words, reply.written_on, find_tongue(reply.words))
    return any(one.leaning is Leaning.DEFERRAL for one in found)


def _words(turn: Turn, start: int, stop: int) -> str:
    return " ".join(turn.words[start:stop].split())

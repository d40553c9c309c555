"""Where a letter plainly puts off what the owner asked.

One "perhaps" shows nothing, but an answer to the owner's own question that puts it off is the
surest sign of holding back there is: it counts singly. What rules name as putting off counts, in a
short letter said to the owner that as a whole gives no answer; what is merely weighed does not,
and neither does "I will find out and let you know".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gonequiet.analysis.reflection.turns import (
    Turn,
    is_letter,
    is_repeated,
    is_to_owner,
    last_question,
)
from gonequiet.analysis.response import Answer, read_response
from gonequiet.domain.response import Path, Sign, SignFound
from gonequiet.language.leanings import Leaning, read_leanings
from gonequiet.language.mass import is_sent_to_many
from gonequiet.language.private_talk import is_private_talk
from gonequiet.language.tongues import find_tongue


class PutOff(NamedTuple):
    """A sentence that puts off what the owner asked.

    Attributes:
        turn: the letter it stands in.
        found: the sentence and the rule that read it.
    """

    turn: Turn
    found: SignFound


_MOST_WORDS: Final = 80  # a long letter that puts off one thing speaks of others
_MOVES: Final = re.compile(
    r"\b(?:can|could|may|might|shall|should|let's|let us|would it|have to|need to|must|will)\b"
    r"[^.?!]{0,30}\b(?:move|push|postpone|re-?schedule|shift|defer|delay)\b"
    r"|\b(?:könn(?:en|ten|te)|woll(?:en|ten)|müss(?:en|ten)|lassen sie uns|lass uns)\b"
    r"[^.?!]{0,60}\b(?:verschieben|verlegen|vertagen)\b",
    re.IGNORECASE,
)
_NEWS: Final = re.compile(
    r"\b(?:let you know|(?:get|come|be) (?:right )?back (?:to|with) you"
    r"|keep you (?:posted|informed)|call you|(?:not|n't)(?: yet)? (?:heard|had word)"
    r"|bescheid|noch nichts gehört|halte (?:sie|dich) auf dem laufenden"
    r"|komme[n]? (?:\w+ ){0,3}auf sie zu)\b",
    re.IGNORECASE,
)


def find_put_off(turns: Sequence[Turn]) -> Iterator[PutOff]:
    """Yields the first sentence of each letter that puts off the owner's question before it."""
    last: dict[int, Turn] = {}
    for turn in turns:
        before = last.get(turn.thread)
        if is_letter(turn):
            last[turn.thread] = turn
        if before is not None and _answers(turn, before):
            found = _putting_off(before, turn)
            if found is not None and not is_repeated(found.quote, turn, turns):
                yield PutOff(turn, found)


def moves_on(reply: Turn) -> bool:
    """Whether a reply moves what was to be, and names no other day for it."""
    if len(reply.words.split()) > _MOST_WORDS:
        return False
    if _MOVES.search(reply.words):
        return not _names(reply, Leaning.DATE)
    return _names(reply, Leaning.RESCHEDULING) and not _names(reply, Leaning.DATE)


def _names(turn: Turn, leaning: Leaning) -> bool:
    found = read_leanings(turn.words, turn.written_on, find_tongue(turn.words))
    return any(one.leaning is leaning for one in found)


def _answers(turn: Turn, before: Turn) -> bool:
    """Whether a letter to the owner answers what the owner had asked in the letter before."""
    if turn.by_owner or not before.by_owner or not is_letter(turn) or not is_to_owner(turn):
        return False
    if turn.n_recipients > 1 and turn.parent != before.message:
        return False
    if is_sent_to_many(turn.words) or len(turn.words.split()) > _MOST_WORDS:
        return False
    is_private = is_private_talk(turn.words) or is_private_talk(before.words)
    return not is_private and last_question(before) is not None


def _putting_off(asked: Turn, reply: Turn) -> SignFound | None:
    """What a rule reads as putting off, in a letter that gives no answer."""
    answer = Answer(asked.words, reply.words, reply.written_on, reply.attachments)
    read = read_response(answer)
    asks_back = any(one.quote.endswith("?") for one in read.evidence)
    if read.path is not Path.AVOIDANT or asks_back or _finds_out(reply):
        return None
    named = (one for one in read.evidence if one.sign is Sign.DEFERRAL and one.rule != "weights")
    return next(named, None)


def _finds_out(reply: Turn) -> bool:
    """Whether a letter only says that news will come, or that none has: care, no holding back.

    News for some day, or in due course, is put off all the same.
    """
    return _NEWS.search(reply.words) is not None and not _names(reply, Leaning.DEFERRAL)

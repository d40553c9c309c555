"""What the words of letters show: holding back, putting off, moving, trouble taken, a day named.

One holds back from something: a hedge or a putting off counts where the owner had written in the
thread before, or where the contact begins one with the owner alone. What stands in a letter to many
people, in one that calls another of its readers by name, or in one the owner only got a copy of by
a list, is said to nobody in particular and is not read. Words of the owner's that come again are
quoted, whatever marks they bear.

One "perhaps" shows nothing: in real business mail most are about facts, plans of others, or the
weather. What holds back counts where it is a habit (`_HABIT_LETTERS` letters, and of the letters to
the owner one in `_HABIT_SHARE`), or where one letter holds back more than once; and never in talk
among friends. What plainly puts off the owner's own question (`put_off`) counts singly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gonequiet.analysis.reflection.put_off import PutOff, find_put_off
from gonequiet.analysis.reflection.turns import Turn, is_repeated, is_to_owner, owners, theirs
from gonequiet.analysis.response import Answer, read_response
from gonequiet.domain.evidence import EvidenceKind
from gonequiet.domain.moments import DAY
from gonequiet.domain.response import Path, Sign
from gonequiet.domain.thread import subject_key
from gonequiet.language.leanings import Leaning, read_leanings
from gonequiet.language.mass import is_sent_to_many
from gonequiet.language.private_talk import is_private_talk
from gonequiet.language.tongues import find_tongue


class Said(NamedTuple):
    """A sentence of a letter and what it shows.

    Attributes:
        kind: what it shows.
        turn: the letter.
        quote: its words, blanks folded.
        rule: what read it.
        start: index in the letter's new words.
        stop: index after it.
        times: how many turns of phrase in it show the same.
    """

    kind: EvidenceKind
    turn: Turn
    quote: str
    rule: str
    start: int
    stop: int
    times: int


NEAR_SECONDS: Final = 7 * DAY
"""What happens so soon after another thing belongs to it."""

_KINDS: Final = {
    Leaning.HEDGE: EvidenceKind.HEDGE,
    Leaning.DEFERRAL: EvidenceKind.DEFERRAL,
    Leaning.RESCHEDULING: EvidenceKind.RESCHEDULED,
    Leaning.EFFORT: EvidenceKind.EFFORT,
    Leaning.DATE: EvidenceKind.DATE_PROPOSED,
}
_FROM_SOMETHING: Final = frozenset(
    (EvidenceKind.HEDGE, EvidenceKind.DEFERRAL, EvidenceKind.RESCHEDULED)
)
_BY_HABIT: Final = frozenset((EvidenceKind.HEDGE, EvidenceKind.DEFERRAL))
_HABIT_LETTERS: Final = 3
_HABIT_SHARE: Final = 6
_IN_ONE_LETTER: Final = 2
_BUSINESS: Final = _FROM_SOMETHING | {EvidenceKind.EFFORT}
"""What talk among friends shows nothing of."""

_DECLINES: Final = "cannot_come"
_BOTH = re.compile(r"\b(?:our|your|you|us|unser\w*|ihr\w*|sie|uns|dein\w*)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:we|i|it|they|he|she|you|that|this|there|wir|ich|es|er|sie|das|da)\b")
_OWN: Final = frozenset(("we", "i", "wir", "ich"))


def find_said(turns: Sequence[Turn]) -> list[Said]:
    """Returns what the contact's letters show by their words, in order."""
    found = list(_said(turns))
    counted = _by_habit(found, turns)
    known = {_place(one) for one in counted if one.kind in _BY_HABIT}
    named = {_place(one): one for one in found if one.kind is EvidenceKind.DEFERRAL}
    for one in map(_plainly, find_put_off(turns)):
        if _place(one) not in known:
            counted.append(named.get(_place(one), one))
    return sorted(counted, key=lambda one: (one.turn.at, one.turn.message, one.start))


def _by_habit(found: Sequence[Said], turns: Sequence[Turn]) -> list[Said]:
    """Without hedges and deferrals where they are neither a habit nor said twice."""
    times: Counter[int] = Counter()
    for one in found:
        if one.kind in _FROM_SOMETHING:
            times[one.turn.message] += one.times
    n_letters = sum(is_to_owner(one) for one in theirs(turns))
    is_habit = len(times) >= _HABIT_LETTERS and len(times) * _HABIT_SHARE >= n_letters
    return [
        one
        for one in found
        if one.kind not in _BY_HABIT or is_habit or times[one.turn.message] >= _IN_ONE_LETTER
    ]


def _place(one: Said) -> tuple[int, int]:
    return one.turn.message, one.start


def _plainly(one: PutOff) -> Said:
    found = one.found
    span = found.start, found.stop
    return Said(EvidenceKind.DEFERRAL, one.turn, found.quote, found.rule, *span, 1)


def _said(turns: Sequence[Turn]) -> Iterator[Said]:
    moved_by_owner = [turn.at for turn in owners(turns) if _moves(turn)]
    for turn in theirs(turns):
        if not is_to_owner(turn) or is_sent_to_many(turn.words):
            continue
        is_private = is_private_talk(turn.words)
        for one in read_leanings(turn.words, turn.written_on, find_tongue(turn.words)):
            kind = _KINDS[one.leaning]
            quote = " ".join(turn.words[one.start : one.stop].split())
            if is_private and kind in _BUSINESS:
                continue
            if kind is EvidenceKind.RESCHEDULED and _is_near(turn.at, moved_by_owner):
                continue  # the owner moved it; they agree
            if one.rule == _DECLINES and not _had_written(turn, turns):
                continue  # who cannot come to what they never agreed to moves nothing
            words = turn.words[one.start : one.until]
            if not _is_called_for(kind, turn, turns, words) or is_repeated(quote, turn, turns):
                continue
            yield Said(kind, turn, quote, one.rule, one.start, one.stop, one.times)


def _had_written(turn: Turn, turns: Sequence[Turn]) -> bool:
    """Whether the contact wrote in the thread before, so that something may have been agreed."""
    return any(one.thread == turn.thread and one.at < turn.at for one in theirs(turns))


def _is_called_for(kind: EvidenceKind, turn: Turn, turns: Sequence[Turn], words: str) -> bool:
    """Whether there is something to hold back from: the owner's letter, or a plan told to them.

    Args:
        kind: what the words show.
        turn: the letter.
        turns: the exchange.
        words: of the sentence, up to where the rule that read it ends.
    """
    if kind not in _FROM_SOMETHING:
        return True
    before = [
        one for one in turns if one.by_owner and one.thread == turn.thread and one.at < turn.at
    ]
    if kind is EvidenceKind.RESCHEDULED:
        return bool(before) or _BOTH.search(words) is not None
    if before:
        if is_private_talk(before[-1].words):
            return False
        return kind is EvidenceKind.DEFERRAL or _leaves_open(turn, before[-1])
    subject = subject_key(turn.subject)
    is_plan = turn.n_recipients == 1 and not (subject.is_forward or subject.is_reply)
    return is_plan and _speaks_of_themselves(words)


def _leaves_open(turn: Turn, asked: Turn) -> bool:
    """Whether a letter as a whole leaves open what the owner wrote; a "might" in it may not."""
    answer = Answer(asked.words, turn.words, turn.written_on, turn.attachments)
    found = read_response(answer)
    puts_off = any(one.sign is Sign.DEFERRAL and one.rule != "weights" for one in found.evidence)
    return puts_off or found.path is not Path.REAFFIRMED


def _speaks_of_themselves(words: str) -> bool:
    """Whether it is their own side that something is said of: the nearest subject is "we"."""
    subjects = _SUBJECT.findall(words.lower())
    return not subjects or subjects[-1] in _OWN


def _moves(turn: Turn) -> bool:
    found = read_leanings(turn.words, turn.written_on, find_tongue(turn.words))
    return any(one.leaning is Leaning.RESCHEDULING for one in found)


def _is_near(at: int, moments: Sequence[int]) -> bool:
    return any(0 <= at - one < NEAR_SECONDS for one in moments)

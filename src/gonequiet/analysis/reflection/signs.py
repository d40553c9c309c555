"""The evidence in an exchange: quoted spans and counted facts, each with its rule and weight.

Only what the contact did counts; the owner's own hedges are the owner's own side. What the words of
letters show is read by `said`; here stand what is counted, and what became of promises and
questions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from statistics import median
from typing import Final

from gonequiet.analysis.reflection.questions import Asked, Outcome
from gonequiet.analysis.reflection.said import NEAR_SECONDS, find_said
from gonequiet.analysis.reflection.turning import TurningPoint
from gonequiet.analysis.reflection.turns import (
    PromiseSeen,
    Turn,
    is_repeated,
    is_to_owner,
    owners,
    theirs,
)
from gonequiet.analysis.tangible import find_tangibles
from gonequiet.domain.days import IN_UTC, Days
from gonequiet.domain.evidence import Evidence, EvidenceKind, evidence_key
from gonequiet.domain.meeting import Attendance, MeetingState, meeting_from
from gonequiet.domain.message import MessageKind
from gonequiet.domain.tangible import Where
from gonequiet.language.private_talk import is_private_talk
from gonequiet.language.undertakings import topic_of

WEIGHTS: Final[Mapping[EvidenceKind, float]] = {
    EvidenceKind.SIGNED: 2.0,
    EvidenceKind.MEETING_HELD: 1.0,
    EvidenceKind.PROMISE_KEPT: 1.0,
    EvidenceKind.EFFORT: 0.8,
    EvidenceKind.BROUGHT_IN: 0.6,
    EvidenceKind.DATE_PROPOSED: 0.5,
    EvidenceKind.EFFORT_MATCHED: 0.4,
    EvidenceKind.ANSWERED: 0.3,
    EvidenceKind.PROMISE_LAPSED: 1.2,
    EvidenceKind.DEFERRAL: 0.8,
    EvidenceKind.QUESTION_UNANSWERED: 0.7,
    EvidenceKind.RESCHEDULED: 0.5,
    EvidenceKind.FEWER_PEOPLE: 0.5,
    EvidenceKind.SHRINKING: 0.5,
    EvidenceKind.SLOWING: 0.5,
    EvidenceKind.HEDGE: 0.4,
}
"""How much one sign weighs before repetition and age are counted; see docs/reflect.md."""

_PUT_OFF: Final = {Outcome.PUT_OFF: "put_off", Outcome.NO_REPLY: "no_reply"}
_LONG_ENOUGH_A_HALF: Final = 4  # letters on either side of the middle, to speak of fewer people
_ENOUGH_LETTERS: Final = 4
_LETTERS_A_SIDE: Final = 5  # before and after it turned, to speak of a habit
_USED_TO: Final = 3  # questions replied to, one way or another
_OURS = re.compile(
    r"\b(?:we|i|our|us|attached|enclosed|wir|ich|uns|unsere?\w*|anbei|beigefügt)\b", re.IGNORECASE
)
_HEARSAY = re.compile(r"\b(?:he|she|they|er)\b", re.IGNORECASE)
_TO_OWNER = re.compile(
    r"\b(?:[sS]end|[fF]orward|[eE]-?mail|[fF]ax|[mM]ail)\b(?![^.?!]{0,60}\bto (?:the |[A-Z]))"
    r"|\b(?:get|give|show|bring|deliver|provide|pass|have|let)\b[^.?!]{0,60}\byou\b"
    r"|\b[yY]ou(?:'ll| will| shall| should)? (?:have|get|receive|hear)\b"
    r"|\b(?:Ihnen|ihnen|dir|euch|von mir|melde mich|schicke|sende)\b"
)
_A_NOTE: Final = 80  # characters; what is shorter takes no effort to match
_MATCHES: Final = 0.7
_TOO_MUCH: Final = 4.0  # such answers bring something else: reports, forwarded words
_MAY_STILL_COME: Final = timedelta(days=7)
_STEM_CHARS: Final = 6
_BY_LETTER: Final = "got in touch"
_BY_A_DAY: Final = "its day is long past"
"""How the ledger says that a promise was kept by any letter, and lapsed by none."""
_LATE_DAYS: Final = 30
_OTHERS = re.compile(r"\b(?:him|her|them|ihn|ihm|denen)\b", re.IGNORECASE)
_FIRST = re.compile(
    r"\b(?:after|once|when|as soon as|if|nachdem|sobald|wenn|falls)\b", re.IGNORECASE
)
_YOU = re.compile(
    r"\b(?:you|touch|ihnen|dir|euch|ihr|bei ihnen|melde mich|bescheid)\b", re.IGNORECASE
)
_CALLS = re.compile(r"\b(?:call|phone|ring|shout|buzz|rufe?|anrufe?n?|telefon\w*)\b", re.IGNORECASE)
_WRITES = re.compile(r"\b(?:e-?mail|write|know|back to|schreib\w*|bescheid)\b", re.IGNORECASE)


def find_signs(
    turns: Sequence[Turn], promises: Sequence[PromiseSeen], as_of: int, days: Days = IN_UTC
) -> list[Evidence]:
    """Returns what letters, meetings and promises show, oldest first.

    Args:
        turns: in order.
        promises: of both sides; the owner's are left out.
        as_of: UTC epoch seconds.
        days: of the owner's wall clock.
    """
    found = [*_said(turns), *_people(turns), *_documents(turns), *_matched(turns)]
    found += _meetings(turns, as_of, [one for one in found if one.kind is EvidenceKind.RESCHEDULED])
    found += _promises(turns, promises, as_of, days)
    return _in_order(found)


def question_signs(turns: Sequence[Turn], asked: Sequence[Asked]) -> list[Evidence]:
    """Returns what became of the owner's questions as evidence.

    A question without a word is a sign only while nothing has come since: once they wrote about
    something else, it may have been settled by word of mouth. It is listed all the same.
    """
    heard_at = max((one.at for one in theirs(turns)), default=0)
    replied = sum(one.reply is not None for one in asked)
    found = []
    for one in asked:
        if one.outcome is Outcome.NO_REPLY and not _is_silence(one, heard_at, replied):
            continue
        if one.outcome in _PUT_OFF:
            kind, rule = EvidenceKind.QUESTION_UNANSWERED, _PUT_OFF[one.outcome]
            found.append(_sign(kind, one.turn, one.quote, rule, one.start, one.stop))
        elif one.outcome is Outcome.ANSWERED and one.reply is not None:
            found.append(_sign(EvidenceKind.ANSWERED, one.reply, one.quote, "took_it_up"))
    return found


def _is_silence(one: Asked, heard_at: int, replied: int) -> bool:
    """A question, to somebody who used to answer, since when nothing came.

    A task is none, and neither is what friends ask one another.
    """
    is_asked = one.quote.endswith("?") and not is_private_talk(one.turn.words)
    return one.turn.at >= heard_at and replied >= _USED_TO and is_asked


def turning_signs(turns: Sequence[Turn], turning: TurningPoint | None) -> list[Evidence]:
    """Returns shrinking and slowing replies, where the exchange turned that way."""
    turn = next((one for one in turns if turning and one.message == turning.message), None)
    if turning is None or turn is None or min(turning.letters) < _LETTERS_A_SIDE:
        return []
    found = []
    if turning.shrank:
        quote = f"about {turning.chars[0]:.0f} characters before, {turning.chars[1]:.0f} since"
        found.append(_sign(EvidenceKind.SHRINKING, turn, quote, "turning_point"))
    before, after = turning.delay_hours
    is_known = min(turning.replies) >= _LETTERS_A_SIDE
    if turning.slowed and is_known and before is not None and after is not None:
        quote = f"replies within about {before:.0f} hours before, {after:.0f} since"
        found.append(_sign(EvidenceKind.SLOWING, turn, quote, "turning_point"))
    return found


def _said(turns: Sequence[Turn]) -> Iterator[Evidence]:
    for one in find_said(turns):
        yield _sign(one.kind, one.turn, one.quote, one.rule, one.start, one.stop)


def _people(turns: Sequence[Turn]) -> Iterator[Evidence]:
    """Others brought in by the contact; then fewer of them."""
    known: set[str] = set()
    for number, turn in enumerate(turns):
        fresh = turn.others - known
        known |= turn.others | {turn.sender}
        if turn.by_owner or not number or turn.kind != MessageKind.PERSONAL:
            continue
        if fresh and is_to_owner(turn):
            yield _sign(EvidenceKind.BROUGHT_IN, turn, ", ".join(sorted(fresh)), "copied")
    letters = theirs(turns)
    middle = len(letters) // 2
    if middle >= _LONG_ENOUGH_A_HALF:
        before = frozenset[str]().union(*(one.others for one in letters[:middle]))
        after = frozenset[str]().union(*(one.others for one in letters[middle:]))
        if len(before) >= 2 and not after:
            quote = f"{len(before)} others before, none since"
            yield _sign(EvidenceKind.FEWER_PEOPLE, letters[middle], quote, "second_half")


def _documents(turns: Sequence[Turn]) -> Iterator[Evidence]:
    for turn in turns:
        is_automatic = turn.kind == MessageKind.AUTOMATIC
        if turn.by_owner or not (is_automatic or turn.kind == MessageKind.PERSONAL):
            continue
        if not is_automatic and not is_to_owner(turn):
            continue
        for one in find_tangibles(
            subject=turn.subject,
            words=turn.words,
            documents=turn.attachments,
            written_on=turn.written_on,
            is_automatic=is_automatic,
        ):
            if one.where is Where.WORDS and not _is_ours(one.quote):
                continue  # "the base contract was signed by them": somebody else's
            yield _sign(EvidenceKind.SIGNED, turn, one.quote, f"{one.kind.value}: {one.rule}")


def _is_ours(quote: str) -> bool:
    return _OURS.search(quote) is not None and _HEARSAY.search(quote) is None


def _matched(turns: Sequence[Turn]) -> Iterator[Evidence]:
    """Whether their answers are about as long as the owner's letters; reports are no answers."""
    own = owners(turns)
    asked = {one.message for one in own}
    their = [one for one in theirs(turns) if one.parent in asked]
    if len(own) < _ENOUGH_LETTERS or len(their) < _ENOUGH_LETTERS:
        return
    mine, other = (median(len(one.words) for one in letters) for letters in (own, their))
    if mine >= _A_NOTE and _MATCHES * mine <= other <= _TOO_MUCH * mine:
        quote = f"the middle one has {other:.0f} characters, of yours {mine:.0f}"
        yield _sign(EvidenceKind.EFFORT_MATCHED, their[-1], quote, "length")


def _meetings(turns: Sequence[Turn], as_of: int, said: Sequence[Evidence]) -> Iterator[Evidence]:
    """Meetings held, moved and missed; what a letter says of it already is not said twice."""
    for turn in turns:
        meeting = meeting_from(turn.detail) if turn.kind == MessageKind.MEETING else None
        if meeting is None:
            continue
        name = turn.subject or "meeting"
        declined = any(one is Attendance.DECLINED for _, one in meeting.attendance)
        if meeting.state in (MeetingState.CANCELLED, MeetingState.MISSED):
            if not any(abs(one.at - meeting.starts_at) < NEAR_SECONDS for one in said):
                yield _sign(EvidenceKind.RESCHEDULED, turn, name, meeting.state.value)
        elif meeting.ends_at <= as_of and not declined:
            yield _sign(EvidenceKind.MEETING_HELD, turn, name, meeting.mode.value)


def _promises(
    turns: Sequence[Turn], promises: Sequence[PromiseSeen], as_of: int, days: Days
) -> Iterator[Evidence]:
    by_message = {turn.message: turn for turn in turns}
    for one in promises:
        turn = by_message.get(one.message)
        if one.by_owner or turn is None or one.is_kept is None or one.changed_at > as_of:
            continue
        if not is_to_owner(turn) or is_repeated(one.quote, turn, turns):
            continue
        if not (_was_kept_to_owner(one, days) if one.is_kept else _would_show(one, turns)):
            continue
        kind = EvidenceKind.PROMISE_KEPT if one.is_kept else EvidenceKind.PROMISE_LAPSED
        found = _sign(kind, turn, one.quote, "ledger", one.start, one.stop)
        yield found._replace(at=one.changed_at)


def _was_kept_to_owner(promise: PromiseSeen, days: Days) -> bool:
    """Whether a promise shown as kept was one to the owner, and what shows it can have kept it.

    A letter weeks after its day is about something else, and none is a call made, to the owner or
    to others.
    """
    if promise.due_on is None:
        return False
    late_days = (days.day_of(promise.changed_at) - promise.due_on).days
    if promise.reason != _BY_LETTER:
        return late_days <= _LATE_DAYS
    is_theirs = _OTHERS.search(promise.quote) or not _YOU.search(promise.quote)
    if _FIRST.search(promise.quote):
        return False  # whether what comes first had come, no letter shows
    is_call = _CALLS.search(promise.quote) and not _WRITES.search(promise.quote)
    return late_days <= _MAY_STILL_COME.days and not is_theirs and not is_call


def _would_show(promise: PromiseSeen, turns: Sequence[Turn]) -> bool:
    """Whether the records would show it had a promise been kept.

    What is done elsewhere, or for others, does not show in letters; neither does what was sent
    where no letter of the exchange carries a file, for the records may have lost them. A letter up
    to a week after its day that speaks of the thing may have kept it, or made it needless, in words
    no rule knows. And where no letter came after its day, nothing can be said of one that is
    missing.
    """
    if promise.due_on is None or not _TO_OWNER.search(promise.quote):
        return False
    if promise.reason == _BY_A_DAY and not any(one.attachments for one in turns):
        return False
    said_at = next(one.at for one in turns if one.message == promise.message)
    later = [one for one in theirs(turns) if one.at > said_at]
    until, topic = promise.due_on + _MAY_STILL_COME, topic_of(promise.quote.lower())
    is_touched = any(one.written_on <= until and _speaks_of(one, topic) for one in later)
    return not is_touched and any(one.written_on > promise.due_on for one in later)


def _speaks_of(turn: Turn, topic: Collection[str]) -> bool:
    words = f"{turn.subject} {turn.words} {' '.join(turn.attachments)}".lower()
    return any(word[:_STEM_CHARS] in words for word in topic)


def _sign(
    kind: EvidenceKind, turn: Turn, quote: str, rule: str, start: int = -1, stop: int = -1
) -> Evidence:
    return Evidence(
        evidence_key(turn.content_digest, quote, f"{kind.value}: {rule}"),
        kind,
        turn.at,
        turn.message,
        turn.message_id,
        quote,
        start,
        stop,
        rule,
        WEIGHTS[kind],
    )


def _in_order(found: Sequence[Evidence]) -> list[Evidence]:
    """Oldest first, each id once."""
    first: dict[str, Evidence] = {}
    for one in found:
        first.setdefault(one.key, one)
    return sorted(first.values(), key=lambda one: (one.at, one.message, one.start, one.key))

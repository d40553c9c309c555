"""Use case: one contact - the timeline, the habits, and the matters still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gonequiet.analysis.completeness import DoubtFound
from gonequiet.analysis.rhythm import DelaySeen, ReplyHabit, RhythmChange, find_change, reply_habit
from gonequiet.app.alike import is_withdrawn
from gonequiet.app.doubts import find_all_doubts
from gonequiet.app.identities import get_contact
from gonequiet.app.judging import Judge
from gonequiet.app.quiet import QuietMatter, QuietRules, weigh_contact
from gonequiet.app.records import ContactCard, Records, TimelineEntry, WaitColumns
from gonequiet.domain.episode import Closure, Episode
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import MessageKind


class Moment(NamedTuple):
    """One message of the timeline and what it means there.

    Attributes:
        entry: the message.
        answers: number of the message it answers, None when it answers none.
        delay_seconds: how long that message had waited, None when it answers none.
        is_open: an answer to it is still awaited.
    """

    entry: TimelineEntry
    answers: int | None
    delay_seconds: int | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactReport:
    """Everything the records say of one contact as of a moment.

    Attributes:
        card: who it is.
        their_habit: how they answer the owner.
        own_habit: how the owner answers them.
        change: when the rhythm of their messages changed, None when it did not.
        matters: what is open, weighed.
        doubts: why verdicts are withheld; empty when they are not.
        outcomes: how their episodes ended, by closure; "open" for those that have not.
        timeline: every message, oldest first.
    """

    as_of: int
    horizon_days: int
    card: ContactCard
    their_habit: ReplyHabit
    own_habit: ReplyHabit
    change: RhythmChange | None
    matters: tuple[QuietMatter, ...]
    outcomes: dict[str, int]
    doubts: tuple[DoubtFound, ...]
    timeline: tuple[Moment, ...]


def show_contact(
    records: Records,
    judge: Judge,
    text: str,
    *,
    as_of: int,
    rules: QuietRules,
    worded: int | None = None,
) -> ContactReport:
    """Returns what the records say of the contact a name or address means.

    Args:
        records: what is known.
        judge: says how likely a response is.
        text: a name, part of one, or an address.
        as_of: UTC epoch seconds.
        rules: the owner's.
        worded: of so many of the latest messages the words are wanted; None: of all.

    Raises:
        NotFound: nobody goes by it.
        Ambiguous: several do.
    """
    card = get_contact(records, text)
    timeline = records.timeline(card.number, as_of, worded=worded)
    card = _as_known(card, timeline, as_of)
    episodes = [one for one in records.episodes(card.number) if one.opened_at <= as_of]
    inbound = [one.at for one in timeline if _is_theirs(one) and one.at is not None]
    doubts = find_all_doubts(records, as_of, rules.stale_after_days, rules.days)
    matters = weigh_contact(records, judge, card.number, as_of=as_of)
    if doubts:
        matters = [replace(one, withheld=doubts[0].sentence) for one in matters]
    return ContactReport(
        as_of=as_of,
        horizon_days=rules.horizon_days,
        card=card,
        their_habit=_their_habit(records.waits_of(card.number), as_of),
        own_habit=_own_habit(timeline, as_of),
        change=find_change(inbound),
        matters=tuple(matters),
        outcomes=_outcomes(episodes, as_of),
        doubts=tuple(doubts),
        timeline=tuple(_moments(timeline, episodes, as_of)),
    )


_PERSONAL = frozenset({MessageKind.PERSONAL.value, MessageKind.CALENDAR.value})


def _is_theirs(entry: TimelineEntry) -> bool:
    """Whether the contact wrote it to the owner; what somebody else wrote to both is not theirs."""
    is_inbound = entry.direction == Direction.INBOUND and entry.is_theirs
    return is_inbound and entry.kind in _PERSONAL


def _as_known(card: ContactCard, timeline: Sequence[TimelineEntry], as_of: int) -> ContactCard:
    """Returns a card that counts nothing of later than a moment."""
    if max(card.last_received_at or 0, card.last_sent_at or 0) <= as_of:
        return card
    theirs = [one.at for one in timeline if one.is_theirs]
    owners = [one.at for one in timeline if one.direction == Direction.OUTBOUND]
    return replace(
        card,
        received=len(theirs),
        last_received_at=max(filter(None, theirs), default=None),
        sent=len(owners),
        last_sent_at=max(filter(None, owners), default=None),
    )


def _their_habit(waits: WaitColumns, as_of: int) -> ReplyHabit:
    return reply_habit(
        [
            DelaySeen(_known(after, as_of - sent), as_of - sent)
            for sent, after, expects, withdrawn in zip(
                waits.sent_at,
                waits.answered_after,
                waits.expects_answer,
                waits.withdrawn_after,
                strict=True,
            )
            if expects and sent <= as_of and not is_withdrawn(withdrawn, after, as_of - sent)
        ]
    )


def _known(after: int | None, watched: int) -> int | None:
    return None if after is None or after > watched else after


def _own_habit(timeline: Sequence[TimelineEntry], as_of: int) -> ReplyHabit:
    """Returns how the owner answers: the same ruler, turned around."""
    answered = {
        entry.parent: entry.at
        for entry in reversed(timeline)
        if entry.direction == Direction.OUTBOUND and entry.parent and entry.at is not None
    }
    return reply_habit(
        [
            DelaySeen(_after(answered.get(entry.message), entry.at), as_of - entry.at)
            for entry in timeline
            if _is_theirs(entry) and entry.expects_answer and entry.at is not None
        ]
    )


def _after(answered_at: int | None, at: int) -> int | None:
    return None if answered_at is None or answered_at < at else answered_at - at


def _outcomes(episodes: Sequence[Episode], as_of: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for episode in episodes:
        ended = episode.closed_at is not None and episode.closed_at <= as_of
        name = (episode.closure or Closure.RESPONSE).value if ended else "open"
        counts[name] = counts.get(name, 0) + 1
    return counts


def _moments(
    timeline: Sequence[TimelineEntry], episodes: Sequence[Episode], as_of: int
) -> list[Moment]:
    sent = {entry.message: entry for entry in timeline}
    open_ = {one.opened_by for one in episodes if one.closed_at is None or one.closed_at > as_of}
    moments = []
    for entry in timeline:
        parent = sent.get(entry.parent) if entry.parent is not None else None
        delay = None
        if parent is not None and parent.direction != entry.direction:
            delay = _after(entry.at, parent.at) if entry.at and parent.at else None
        answers = None if delay is None or parent is None else parent.message
        moments.append(Moment(entry, answers, delay, entry.message in open_))
    return moments

"""Use case: who has gone quiet, how sure, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gonequiet.analysis.completeness import (
    DoubtFound,
    Gap,
    Unseen,
    find_gaps,
    find_unseen,
    in_gap,
    known_until,
    provisional_sentence,
    unread_channels,
)
from gonequiet.app.beliefs import ABOUT_A_MESSAGE, ABOUT_WORDS, Reason
from gonequiet.app.doubts import find_all_doubts
from gonequiet.app.judging import Judge, Look
from gonequiet.app.records import OpenMatter, Records
from gonequiet.domain.as_of import AsOf
from gonequiet.domain.days import Days
from gonequiet.domain.episode import (
    Closure,
    EpisodeState,
    follow_ups_until,
    state_of,
)
from gonequiet.domain.message import Channel
from gonequiet.domain.moments import DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietMatter:
    """One silence, weighed.

    Attributes:
        contact: display name.
        contact_key: the contact's smallest address.
        address: the address that was written to.
        matter: subject of the message that opened it.
        message_id: of that message.
        message: its number in this database.
        opened_at: when it was sent.
        asked_at: when the last message of the episode was sent.
        follow_ups: how often the owner followed up.
        waited_working_days: since `asked_at`, away spells left out.
        probability: that a response comes within the horizon.
        interval_90: of that probability.
        reasons: what it rests on, strongest first; of a quiet matter what speaks for that first.
        alike: silences like this one in the owner's own records whose outcome is known.
        alike_answered: how many of those were answered within the horizon.
        at_first: the chance of a response when the owner first wrote.
        look_again_at: when to look again.
        withheld: why no verdict is given, "" when one is.
        channel: what the message that opened it went through.
        provisional: why the verdict may change with records not read, "" when it may not.
        promised_on: the day they had promised it for, None where it was asked for.
    """

    contact: str
    contact_key: str
    organisation: str
    address: str
    matter: str
    message_id: str
    message: int
    opened_at: int
    asked_at: int
    follow_ups: int
    waited_working_days: int
    probability: float
    interval_90: tuple[float, float]
    reasons: tuple[Reason, ...]
    alike: int
    alike_answered: int
    at_first: float
    look_again_at: int | None
    withheld: str
    channel: str = "mail"
    provisional: str = ""
    promised_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietReport:
    """Who has gone quiet as of a moment.

    Attributes:
        owner: the owner's addresses.
        owner_is_confirmed: the owner said so; else they are proposed from Sent folders.
        doubts: why verdicts are withheld altogether; empty when they are not.
        quiet: matters below the threshold, the surest first, at most one for a contact and thread.
        waiting: matters that are open and not quiet, those to look at soonest first.
        seldom_answered: matters whose answer was no likelier when the owner first wrote: their
            silence says nothing, and they are set aside.
        next_look_at: when the first open matter becomes quiet, or somebody is back, if nothing
            else happens; None when neither can be foreseen.
        set_aside: how many open or recent matters are not silence, by reason.
        long_past: matters quiet for longer than the owner wants listed.
        unread: channels nothing was ever read of, in words: a response there would be unseen.
    """

    as_of: int
    horizon_days: int
    threshold: float
    owner: tuple[str, ...]
    owner_is_confirmed: bool
    doubts: tuple[DoubtFound, ...]
    quiet: tuple[QuietMatter, ...]
    waiting: tuple[QuietMatter, ...]
    seldom_answered: tuple[QuietMatter, ...]
    next_look_at: int | None
    set_aside: dict[str, int]
    long_past: int
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietRules:
    """The owner's settings that decide what is quiet, and the days of the owner's wall clock."""

    threshold: float
    horizon_days: int
    stale_after_days: int
    forget_after_days: int
    days: Days


def find_quiet(
    records: Records,
    judge: Judge,
    *,
    as_of: int,
    rules: QuietRules,
) -> QuietReport:
    """Returns who has gone quiet as of a moment, by what was known then."""
    owner = records.owner()
    doubts = find_all_doubts(records, as_of, rules.stale_after_days, rules.days)
    since = as_of - rules.forget_after_days * DAY
    matters = records.open_matters(as_of)
    asked = [one for one in matters if one.asked_at > since and not one.episode.is_mass]
    listed = [one for one in asked if state_of(one.episode, as_of) is EpisodeState.OPEN]
    weighed = _weigh(records, judge, listed, as_of)
    if doubts:
        weighed = [replace(one, withheld=doubts[0].sentence) for one in weighed]
    unseen = find_unseen(records.sources(), as_of=as_of, stale_after_days=rules.stale_after_days)
    weighed = _provisional(weighed, listed, records, unseen, rules.days)
    below = [_against_first(one) for one in weighed if _is_below(one, rules)]
    seldom = _seldom_answered(below, rules)
    quiet = [one for one in below if one not in seldom]
    waiting = [one for one in weighed if not _is_below(one, rules)]
    next_look_at = _next_look_at(waiting, asked, as_of)
    judge.looks.save_next(as_of, judge.terms, next_look_at)
    return QuietReport(
        as_of=as_of,
        horizon_days=rules.horizon_days,
        threshold=rules.threshold,
        owner=tuple(sorted(owner.addresses)),
        owner_is_confirmed=owner.is_confirmed,
        doubts=tuple(doubts),
        quiet=_latest_first(quiet),
        seldom_answered=seldom,
        waiting=tuple(sorted(waiting, key=lambda one: (one.look_again_at or as_of, one.asked_at))),
        next_look_at=next_look_at,
        set_aside=_set_aside(records, matters, since, as_of)
        | ({SELDOM: len(seldom)} if seldom else {}),
        long_past=sum(one.asked_at <= since and not one.episode.is_mass for one in matters),
        unread=tuple(unread_channels(unseen)),
    )


def _next_look_at(
    waiting: Sequence[QuietMatter], asked: Sequence[OpenMatter], as_of: int
) -> int | None:
    """Returns the first moment at which anything changes although nothing happens."""
    looks = [one.look_again_at for one in waiting if one.look_again_at is not None]
    away = [pause for one in asked for pause in one.episode.pauses]
    returns = [one.until_at for one in away if one.from_at <= as_of < one.until_at]
    return min([*looks, *returns], default=None)


def _provisional(
    weighed: Sequence[QuietMatter],
    matters: Sequence[OpenMatter],
    records: Records,
    unseen: Sequence[Unseen],
    days: Days,
) -> list[QuietMatter]:
    """Says of each verdict whether a channel the contact uses was not read up to now."""
    late = [one for one in unseen if one.until_at is not None]
    if not late:
        return list(weighed)
    used = records.channels_of({one.episode.contact for one in matters})
    through = [used.get(matter.episode.contact, frozenset()) for matter in matters]
    return [
        replace(one, provisional=provisional_sentence(late, channels, days))
        for one, channels in zip(weighed, through, strict=True)
    ]


def _against_first(matter: QuietMatter) -> QuietMatter:
    """Puts what speaks for the verdict before what speaks against it."""
    ordered = sorted(matter.reasons, key=lambda one: (one.weight > 0, -abs(one.weight)))
    return replace(matter, reasons=tuple(ordered))


def _latest_first(matters: Sequence[QuietMatter]) -> tuple[QuietMatter, ...]:
    return tuple(sorted(matters, key=lambda one: (one.asked_at, one.contact_key), reverse=True))


def _is_below(matter: QuietMatter, rules: QuietRules) -> bool:
    """Nobody has gone quiet before a working day has passed, however seldom they answer."""
    return matter.probability < rules.threshold and matter.waited_working_days >= 1


SELDOM = "seldom_answered"
_ENOUGH = 30
"""Of so many silences of the owner's own the end must be known, to say what is usual."""


def _seldom_answered(below: Sequence[QuietMatter], rules: QuietRules) -> tuple[QuietMatter, ...]:
    """What was below the threshold before any silence has not gone quiet: it never was lively."""
    if max((one.alike for one in below), default=0) < _ENOUGH:
        return ()
    return _latest_first([one for one in below if one.at_first < rules.threshold])


def weigh_contact(
    records: Records,
    judge: Judge,
    contact: int,
    *,
    as_of: int,
) -> list[QuietMatter]:
    """Returns the open matters of one contact, weighed, the latest first."""
    matters = [
        one
        for one in records.open_matters(as_of, contact)
        if state_of(one.episode, as_of) is EpisodeState.OPEN
    ]
    weighed = _weigh(records, judge, matters, as_of)
    return sorted(weighed, key=lambda one: one.asked_at, reverse=True)


def find_known(records: Records, as_of: int, rules: QuietRules, days: Days) -> AsOf:
    """Returns a moment of judgement with how far the records reach towards it."""
    until = known_until(
        records.sources(),
        newest_at=records.newest_at(as_of),
        as_of=as_of,
        stale_after_days=rules.stale_after_days,
    )
    return AsOf(as_of, until, days)


def _weigh(
    records: Records, judge: Judge, matters: Sequence[OpenMatter], as_of: int
) -> list[QuietMatter]:
    if not matters:
        return []
    gaps = _gaps(records, matters, as_of)
    return [
        _weighed(matter, look, gaps, as_of)
        for matter, look in zip(matters, judge.weigh(matters, as_of), strict=True)
    ]


def _gaps(records: Records, matters: Sequence[OpenMatter], as_of: int) -> list[Gap]:
    start = min(one.episode.opened_at for one in matters) - 60 * DAY
    return find_gaps(records.daily_counts(start, as_of), start, as_of)


def _weighed(matter: OpenMatter, look: Look, gaps: Sequence[Gap], as_of: int) -> QuietMatter:
    episode = matter.episode
    gap = in_gap(gaps, matter.asked_at, as_of)
    return QuietMatter(
        contact=matter.contact_name,
        contact_key=matter.contact_key,
        organisation=matter.organisation,
        address=matter.address,
        matter=matter.subject,
        message_id=matter.message_id,
        message=episode.opened_by,
        opened_at=episode.opened_at,
        asked_at=matter.asked_at,
        follow_ups=len(follow_ups_until(episode, as_of)),
        waited_working_days=look.waited_working_days,
        probability=look.probability,
        interval_90=look.interval_90,
        reasons=_fitting(look.reasons, matter),
        alike=look.alike,
        alike_answered=look.alike_answered,
        at_first=look.at_first,
        look_again_at=look.look_at,
        withheld="" if gap is None else _GAP,
        channel=matter.channel,
        promised_on=matter.promised_on,
    )


def _fitting(reasons: tuple[Reason, ...], matter: OpenMatter) -> tuple[Reason, ...]:
    """Leaves out reasons that speak of the owner's written words where there were none."""
    if matter.promised_on is not None:
        return tuple(one for one in reasons if not one.text.startswith(ABOUT_A_MESSAGE))
    if matter.channel == Channel.CALL.value:
        return tuple(one for one in reasons if not one.text.startswith(ABOUT_WORDS))
    return reasons


_GAP = "The records have a gap while this was waiting; an answer may lie in it."


def _set_aside(
    records: Records, matters: Sequence[OpenMatter], since: int, as_of: int
) -> dict[str, int]:
    recent = [one for one in matters if one.asked_at > since]
    counts: dict[str, int] = defaultdict(int)
    for one in recent:
        if one.episode.is_mass:
            counts["mass_mail"] += 1
        elif state_of(one.episode, as_of) is EpisodeState.PAUSED:
            counts["away"] += 1
    closed = records.closed_matters(since, as_of)
    counts["bounced"] = closed.get(Closure.BOUNCE, 0)
    counts["colleague_answered"] = closed.get(Closure.COLLEAGUE, 0)
    counts["answered_on_another_channel"] = closed.get(Closure.OTHER_CHANNEL, 0)
    counts["answered_elsewhere"] = closed.get(Closure.RESPONSE_ELSEWHERE, 0)
    counts["withdrawn"] = closed.get(Closure.WITHDRAWN, 0)
    counts["no_answer_expected"] = records.unexpecting(since, as_of)
    return {reason: number for reason, number in counts.items() if number}

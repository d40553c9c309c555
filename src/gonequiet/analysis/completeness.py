"""May a verdict be given at all? Only when the records are complete and fresh enough.

A mail nobody read cannot be told from a mail nobody wrote. So "gone quiet" is withheld, and the
owner is told why, where a folder is missing, a source ended early, or the archive has a gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gonequiet.domain.message import Channel
from gonequiet.domain.moments import DAY
from gonequiet.domain.source import SourceFacts, SourceKind

if TYPE_CHECKING:
    from datetime import date

    from gonequiet.domain.days import Days

LIVE_DAYS = 14
"""A source whose newest message was at most this old when it was read is one still in use."""
GAP_DAYS = 10
"""So many working days in a row without a single message are a gap, in busy records."""
BUSY_PER_DAY = 4.0
"""Records with fewer messages on a working day may simply have had nothing to hold."""
LATEST_ANSWERS = 200
"""So many of the latest answers to the owner tell whether what the owner sent is kept."""
_FEWEST_ANSWERS = 20
_MOST_HELD = 0.7
"""Of the answers in a whole mailbox some answer letters the owner never had; where sent mail is
missing, next to none has its letter."""


class Doubt(StrEnum):
    """Why verdicts are withheld."""

    NO_RECORDS = "no_records"
    OWNER_UNKNOWN = "owner_unknown"
    NO_SENT = "no_sent"
    NO_RECEIVED = "no_received"
    STALE = "stale"
    UNFINISHED = "unfinished"
    GAP = "gap"


class DoubtFound(NamedTuple):
    """One reason to withhold verdicts.

    Attributes:
        kind: which.
        sentence: for the owner; ends with what to do.
        source: the source it is about, "" for the records as a whole.
    """

    kind: Doubt
    sentence: str
    source: str = ""


class Gap(NamedTuple):
    """A stretch without any message, half open, UTC epoch seconds."""

    start: int
    stop: int


class AnswersSeen(NamedTuple):
    """Answers to the owner, and whether the records hold the letters they answer.

    Attributes:
        answers: the latest answers that name the letter they answer, other people's letters that
            are here left out.
        held: how many of those have their letter here, and it is the owner's.
    """

    answers: int
    held: int

    @property
    def show_sent_mail(self) -> bool:
        """Whether they show that what the owner sent is kept, though in no folder of its own."""
        return self.answers >= _FEWEST_ANSWERS and self.held >= _MOST_HELD * self.answers


def find_doubts(
    sources: Sequence[SourceFacts],
    *,
    answers: AnswersSeen,
    owner_known: bool,
    newest_at: int | None,
    as_of: int,
    stale_after_days: int,
    days: Days,
) -> list[DoubtFound]:
    """Returns every reason to withhold verdicts as of a moment, the most serious first.

    Args:
        sources: what was read.
        answers: the latest answers; asked for only where no source has a Sent folder.
        owner_known: it is known which addresses are the owner's.
        newest_at: moment of the newest message, None without any.
        as_of: the moment of judgement.
        stale_after_days: after so many working days a source is stale.
        days: of the owner's wall clock.
    """
    if newest_at is None:
        return [DoubtFound(Doubt.NO_RECORDS, _nothing_by(sources, days.day_of(as_of)))]
    doubts = [] if owner_known else [DoubtFound(Doubt.OWNER_UNKNOWN, _OWNER)]
    mail = [source for source in sources if _holds_mail(source)]
    doubts += _missing_folders(mail, answers) if mail else []
    doubts += [
        DoubtFound(Doubt.UNFINISHED, _UNFINISHED.format(source.location), source.location)
        for source in sources
        if source.read_at is None
    ]
    return doubts + (_stale(mail, newest_at, as_of, stale_after_days, days) if mail else [])


def known_until(
    sources: Sequence[SourceFacts], *, newest_at: int | None, as_of: int, stale_after_days: int
) -> int:
    """Returns up to when what happened is known: a moment of judgement, or where the mail ends.

    Mail is taken to be known a little beyond its end: a quiet day or two is no end.
    """
    if newest_at is None:
        return as_of
    mail = [source for source in sources if _holds_mail(source)]
    ends = [source.newest_at or 0 for source in mail if _is_live(source)] or [newest_at]
    late = [end for end in ends if working_days(end, as_of) > stale_after_days]
    return min(late, default=as_of)


def _nothing_by(sources: Sequence[SourceFacts], day: date) -> str:
    if all(source.newest_at is None for source in sources):
        return "No message has been read yet. Import your mail with 'gonequiet import PATH'."
    return (
        f"No record is as old as {day:%d %b %Y}. Look whether the clock is right, or name a later "
        "day with --as-of."
    )


def _holds_mail(source: SourceFacts) -> bool:
    return not source.channels or Channel.MAIL.value in source.channels


class Unseen(NamedTuple):
    """A channel that is not read up to a moment; verdicts on who uses it are provisional.

    Attributes:
        channel: a `domain.message.Channel`.
        until_at: the newest moment read of it, None when nothing of it was ever read.
    """

    channel: str
    until_at: int | None


def find_unseen(
    sources: Sequence[SourceFacts], *, as_of: int, stale_after_days: int
) -> list[Unseen]:
    """Returns the channels besides mail of which something since may be unseen."""
    found = []
    for channel in BESIDES_MAIL:
        ends = [
            _read_until(source, channel)
            for source in sources
            if channel in source.channels and source.kind is not SourceKind.BY_HAND
        ]
        until = max((end for end in ends if end is not None), default=None)
        if until is None or working_days(until, as_of) > stale_after_days:
            found.append(Unseen(channel, until))
    return found


def _read_until(source: SourceFacts, channel: str) -> int | None:
    """A log is as fresh as its last line; a calendar, which is ahead, as its reading."""
    return source.read_at if channel == Channel.MEETING.value else source.newest_at


BESIDES_MAIL = (Channel.CALL.value, Channel.TEXT.value, Channel.CHAT.value, Channel.MEETING.value)


def provisional_sentence(unseen: Sequence[Unseen], used: frozenset[str], days: Days) -> str:
    """Returns why the verdict on a contact is provisional, "" when it is not.

    Args:
        unseen: the channels not read up to the moment of judgement.
        used: what the contact was in touch through before.
        days: of the owner's wall clock.
    """
    late = [one for one in unseen if one.channel in used and one.until_at is not None]
    if not late:
        return ""
    named = " and ".join(f"{_PLURAL[one.channel]} only until {_day(one, days)}" for one in late)
    return f"You are also in touch otherwise, and {named} were read; import them again."


def _day(unseen: Unseen, days: Days) -> str:
    return f"{days.day_of(unseen.until_at or 0):%d %b %Y}"


_PLURAL = {
    Channel.CALL.value: "calls",
    Channel.TEXT.value: "texts",
    Channel.CHAT.value: "chats",
    Channel.MEETING.value: "meetings",
}


def unread_channels(unseen: Sequence[Unseen]) -> list[str]:
    """Returns, in words, the channels nothing was ever read of."""
    return [_PLURAL[one.channel] for one in unseen if one.until_at is None]


_OWNER = "It is not known which address is yours. Say so with 'gonequiet me you@example.com'."
_UNFINISHED = "{} was never read to its end. Run 'gonequiet import' on it again."
_NO_SENT = "No Sent folder was read{}: what you answered may be unseen. Import your sent mail too."
_NO_RECEIVED = (
    "Only sent mail was read: answers to it may be unseen. Import your inbox and archive too."
)


def has_sent_folder(sources: Sequence[SourceFacts]) -> bool:
    """Whether some folder or label of some source holds what the owner sent."""
    return any(source.has_sent for source in sources)


def _missing_folders(sources: Sequence[SourceFacts], answers: AnswersSeen) -> list[DoubtFound]:
    doubts = []
    if not has_sent_folder(sources) and not answers.show_sent_mail:
        doubts.append(DoubtFound(Doubt.NO_SENT, _no_sent(answers)))
    if not any(source.has_received for source in sources):
        doubts.append(DoubtFound(Doubt.NO_RECEIVED, _NO_RECEIVED))
    return doubts


def _no_sent(seen: AnswersSeen) -> str:
    if seen.answers < _FEWEST_ANSWERS:
        return _NO_SENT.format("")
    held = f"{seen.held:,} of the latest {seen.answers:,} answers to you"
    return _NO_SENT.format(f", and only {held} have their letter here")


def _stale(
    sources: Sequence[SourceFacts], newest_at: int, as_of: int, after_days: int, days: Days
) -> list[DoubtFound]:
    live = [source for source in sources if _is_live(source)]
    ends = [(source.location, source.newest_at or 0, source.location) for source in live]
    return [
        DoubtFound(Doubt.STALE, _stale_sentence(what, days.day_of(end)), location)
        for what, end, location in ends or [("Your records", newest_at, "")]
        if working_days(end, as_of) > after_days
    ]


def _is_live(source: SourceFacts) -> bool:
    if source.read_at is None or source.newest_at is None:
        return False
    return source.read_at - source.newest_at <= LIVE_DAYS * DAY


def _stale_sentence(what: str, day: date) -> str:
    ends = "end" if what == "Your records" else "ends"
    return (
        f"{what} {ends} on {day:%d %b %Y}: what came since is unseen. Import again, or judge "
        f"that moment with --as-of {day:%Y-%m-%d}."
    )


def working_days(start: int, stop: int) -> int:
    """Returns how many weekdays lie after the day of `start` up to the day of `stop` (UTC)."""
    first, last = start // DAY, stop // DAY
    if last <= first:
        return 0
    weeks, rest = divmod(last - first, 7)
    # Day 0 of the epoch was a Thursday, so Monday is (day + 3) % 7 == 0.
    return weeks * 5 + sum((first + 1 + step + 3) % 7 < 5 for step in range(rest))


def find_gaps(daily: Mapping[int, int], start: int, stop: int) -> list[Gap]:
    """Returns the stretches without a message in records that are busy around them.

    Args:
        daily: messages by day since 1970.
        start: first moment the records cover.
        stop: the moment of judgement.
    """
    days = sorted(day for day in daily if start // DAY <= day <= stop // DAY)
    gaps = []
    for before, after in pairwise(days):
        empty = working_days((before + 1) * DAY - 1, after * DAY - 1)
        if empty >= GAP_DAYS and _busy(daily, before, -1) and _busy(daily, after, 1):
            gaps.append(Gap((before + 1) * DAY, after * DAY))
    return gaps


def _busy(daily: Mapping[int, int], day: int, step: int) -> bool:
    """Whether the four weeks on one side of a day hold enough to make a gap remarkable."""
    return sum(daily.get(day + step * back, 0) for back in range(28)) / 20 >= BUSY_PER_DAY


def in_gap(gaps: Sequence[Gap], start: int, stop: int) -> Gap | None:
    """Returns a gap that a wait runs through, None when there is none."""
    return next((gap for gap in gaps if gap.start < stop and start < gap.stop), None)

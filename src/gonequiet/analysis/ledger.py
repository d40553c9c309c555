"""The ledger: what both sides undertook, and what of it the records show as done.

Each claim (`domain.commitment.Claim`) is followed through the exchanges with the contact that come
after it. Evidence is a deed in somebody's words (`language.deeds`), a document that came along, a
call, a meeting held, or a day that went by. Every change keeps the message and the span it was
read from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from gonequiet.domain.commitment import (
    Change,
    Claim,
    Commitment,
    Said,
    Side,
    Standing,
    State,
)
from gonequiet.domain.days import IN_UTC, Days
from gonequiet.domain.message import Channel
from gonequiet.domain.moments import DAY
from gonequiet.language.deeds import Deed, SpokenDeed
from gonequiet.language.undertakings import Sort, comes_by_mail, sort_of, topic_of

CROWD: Final = 20
"""What others tell more people than that is an announcement, and the owner is asked about it."""
LAPSES_AFTER_DAYS = 30
"""A day this long past, with nothing to show that it was met, counts as lapsed."""
_ASKED_DAYS = 14  # after which an asking that brought nothing is answered by that
_FOLLOWED_SECONDS = 120 * DAY  # what comes later has nothing to do with it
_ALWAYS: Final = 2**62


class Exchange(NamedTuple):
    """One message, call or meeting in which something owed may have been done.

    Attributes:
        message: its number.
        at: UTC epoch seconds.
        thread: its thread.
        by_owner: the owner wrote it or called; meetings are by both.
        contact: the contact it was exchanged with.
        channel: what it went through.
        deeds: what its words say was done.
        names: words of its subject and of the names of its attachments, lower case.
        has_documents: something was attached.
        promises: what it undertakes itself for sure: the days, and the words that name the things.
        subject: the words that name its matter, lower case.
    """

    message: int
    at: int
    thread: int
    by_owner: bool
    contact: int
    channel: str
    deeds: tuple[SpokenDeed, ...]
    names: frozenset[str]
    has_documents: bool
    promises: tuple[tuple[date, frozenset[str]], ...] = ()
    subject: frozenset[str] = frozenset()


class Uttered(NamedTuple):
    """A claim with the circumstances of its message.

    Attributes:
        claim: what was read.
        at: when the message was sent, UTC epoch seconds.
        thread: its thread.
        by_owner: the owner wrote it.
        contacts: whom the owner wrote to, or who wrote to the owner.
        is_direct: the owner was written to and not only copied in; true for the owner's own.
        words: of the undertaking, lower case.
        subject: the words that name its matter, lower case.
        n_to: how many it was written to directly; several are promised one thing together.
        opener: the message that stands for it where it is awaited, 0 for none: the one it was
            said in; of what the owner noted, one of the same conversation.
    """

    claim: Claim
    at: int
    thread: int
    by_owner: bool
    contacts: tuple[int, ...]
    is_direct: bool
    words: str
    subject: frozenset[str] = frozenset()
    n_to: int = 1
    opener: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What is known when a ledger is drawn up.

    Attributes:
        by_contact: the exchanges of each contact, oldest first.
        owners_words: what the owner said, by key of the commitment.
        known_until: where the records end; what is to show itself later cannot lapse.
        days: the owner's days.
    """

    by_contact: Mapping[int, Sequence[Exchange]]
    owners_words: Mapping[str, Said]
    known_until: int = _ALWAYS
    days: Days = IN_UTC


def draw_up(uttered: Iterable[Uttered], ledger: Ledger) -> list[Commitment]:
    """Every commitment with all that bore on it, oldest first; rejected ones are left in."""
    found = [_commitment(one, ledger) for one in uttered]
    return sorted(found, key=lambda one: (one.said_at, one.message, one.sentence))


def _commitment(one: Uttered, ledger: Ledger) -> Commitment:
    claim = one.claim
    said = ledger.owners_words.get(claim.key, Said())
    due_on = said.due_on or claim.due_on
    changes = [*_changes(one, due_on, ledger), *_said_change(said)]
    return Commitment(
        key=claim.key,
        side=side_of(one),
        contacts=one.contacts,
        said_at=one.at,
        message=claim.message,
        thread=one.thread,
        sentence=(claim.start, claim.stop),
        what=(claim.what_start, claim.what_stop),
        due_on=due_on,
        standing=said.standing or _standing(one),
        rule=claim.rule,
        changes=tuple(sorted(changes, key=lambda change: change.at)),
        is_overruled=said != Said(),
    )


def side_of(one: Uttered) -> Side:
    """Who owes it: the writer, unless the writer spoke of the reader."""
    return Side.MINE if one.by_owner != one.claim.by_reader else Side.THEIRS


def _standing(one: Uttered) -> Standing:
    is_announced = one.n_to > CROWD and not one.by_owner  # "we will keep everybody posted"
    is_plain = one.claim.is_sure and one.is_direct and not is_announced
    return Standing.RECORDED if is_plain else Standing.PROPOSED


def _said_change(said: Said) -> Iterator[Change]:
    if said.state is not None:
        yield Change(said.state, said.said_at, None, "you said so")


def _changes(one: Uttered, due_on: date | None, ledger: Ledger) -> list[Change]:
    """What the records show, in order: done, waived, replaced, or its day long past."""
    shown = [_first_shown(one, due_on, contact, ledger) for contact in one.contacts]
    first = sorted(change for change in shown if change is not None)[:1]
    lapse = _lapse(one, due_on, ledger)
    is_seen = lapse is not None and lapse.at <= ledger.known_until
    if lapse is None or not is_seen or (first and first[0].at <= lapse.at):
        return first
    return [lapse, *first]


def _lapse(one: Uttered, due_on: date | None, ledger: Ledger) -> Change | None:
    """How it lapses while nothing shows that it was kept, None when it never does.

    By a day going by only what would have left a trace lapses: a letter to the one it was promised
    to. What may have been kept by word of mouth, by hand, or towards another of several, lapses
    when the other side asks after it past its day, and it still does not come.
    """
    if due_on is None:
        return None
    past = ledger.days.end_of(due_on)
    long_past = past + LAPSES_AFTER_DAYS * DAY
    sort = sort_of(one.words)
    if sort is Sort.DELIVER and one.n_to <= 1 and comes_by_mail(one.words):
        return Change(State.LAPSED, long_past, None, "its day is long past")
    asked = _asked_after(one, past, ledger) if sort is Sort.DELIVER else None
    if asked is None:
        return None
    lapses_at = max(long_past, asked.at + _ASKED_DAYS * DAY)
    return asked._replace(at=lapses_at)


def _asked_after(one: Uttered, past: int, ledger: Ledger) -> Change | None:
    """Where the other side asked after it in the matter, past its day."""
    by_owner = side_of(one) is Side.MINE
    for contact in one.contacts:
        exchanges = ledger.by_contact.get(contact, ())
        for exchange in islice(exchanges, bisect_right(exchanges, past, key=_moment), None):
            if exchange.at > past + _FOLLOWED_SECONDS:
                break
            in_matter = exchange.thread == one.thread or _is_same_matter(exchange, one)
            asked = next((two for two in exchange.deeds if two.deed is Deed.ASKED_AFTER), None)
            if asked is not None and in_matter and exchange.by_owner is not by_owner:
                return _change(State.LAPSED, exchange, "asked after, and nothing came", asked)
    return None


def _first_shown(one: Uttered, due_on: date | None, contact: int, ledger: Ledger) -> Change | None:
    """What the first telling exchange with a contact after it shows."""
    exchanges = ledger.by_contact.get(contact, ())
    sort, topic = sort_of(one.words), topic_of(one.words)
    over_at = None if due_on is None else ledger.days.end_of(due_on)
    followed_until = max(one.at, over_at or 0) + _FOLLOWED_SECONDS
    for exchange in islice(exchanges, bisect_right(exchanges, one.at, key=_moment), None):
        if exchange.at > followed_until:
            break
        in_matter = exchange.thread == one.thread or _is_same_matter(exchange, one)
        if in_matter or _may_be_about(exchange, sort, topic):
            owed = _Owed(sort, topic, due_on, over_at, side_of(one) is Side.MINE, in_matter)
            found = _by_deed(exchange, owed)
            if found is not None:
                return found
    return None


def _moment(exchange: Exchange) -> int:
    return exchange.at


def _may_be_about(exchange: Exchange, sort: Sort, topic: frozenset[str]) -> bool:
    """Whether an exchange outside the thread may still be about what is owed."""
    if exchange.channel in (Channel.CALL, Channel.MEETING) or sort is Sort.MEET:
        return True
    if len(topic) == 1:  # one word may be any: it must be the name of what came along
        return topic <= exchange.names
    named = exchange.names.union(*(one.about for one in exchange.deeds))
    return len(topic & named) > 1


def _is_same_matter(exchange: Exchange, one: Uttered) -> bool:
    """Whether an exchange outside the thread goes by the same subject."""
    return bool(one.subject) and exchange.subject == one.subject


class _Owed(NamedTuple):
    """What is owed, as one exchange is held against it.

    Attributes:
        sort: what counts as done.
        topic: the words that name the thing.
        due_on: its day.
        over_at: when its day was over.
        by_owner: the owner owes it.
        in_matter: the exchange stands in the thread it was said in, or goes by its subject.
    """

    sort: Sort
    topic: frozenset[str]
    due_on: date | None
    over_at: int | None
    by_owner: bool
    in_matter: bool


def _by_deed(exchange: Exchange, owed: _Owed) -> Change | None:
    """What one exchange shows of something owed, None for nothing."""
    spoken = {one.deed: one for one in reversed(exchange.deeds) if _is_about(one, owed)}
    if exchange.by_owner == owed.by_owner:
        return _done_by_ower(exchange, owed, spoken)
    if owed.in_matter and Deed.WAIVED in spoken:
        return _change(State.WITHDRAWN, exchange, "waived by the other side", spoken[Deed.WAIVED])
    if Deed.RECEIVED in spoken and Deed.ASKED_AFTER not in spoken:
        return _change(State.KEPT, exchange, "thanked for", spoken[Deed.RECEIVED])
    if owed.sort is Sort.MEET and Deed.MET in spoken:
        return _change(State.KEPT, exchange, "the meeting took place", spoken[Deed.MET])
    return None


_NAMES_THE_THING = frozenset({Deed.RECEIVED, Deed.DONE, Deed.DELIVERS})


def _is_about(spoken: SpokenDeed, owed: _Owed) -> bool:
    """Whether words about a deed may speak of the thing owed."""
    if spoken.deed not in _NAMES_THE_THING:
        return True
    if not owed.topic.isdisjoint(spoken.about):
        return owed.in_matter or spoken.deed is not Deed.DONE
    if spoken.deed is Deed.DELIVERS:
        return owed.in_matter and not (owed.topic and spoken.about)
    return owed.in_matter and spoken.deed is Deed.DONE and not spoken.about


def _done_by_ower(
    exchange: Exchange, owed: _Owed, spoken: Mapping[Deed, SpokenDeed]
) -> Change | None:
    if exchange.channel == Channel.MEETING:
        met = owed.sort is Sort.MEET
        return _change(State.KEPT, exchange, "the meeting was held") if met else None
    if exchange.channel == Channel.CALL:
        called = owed.sort is Sort.CONTACT
        return _change(State.KEPT, exchange, "a call was made") if called else None
    if owed.in_matter and Deed.CALLED_OFF in spoken and Deed.DELIVERS not in spoken:
        return _change(State.WITHDRAWN, exchange, "called off", spoken[Deed.CALLED_OFF])
    for state, reason, deed in _signs(exchange, owed):
        if deed is None or deed in spoken:
            return _change(state, exchange, reason, spoken[deed] if deed else None)
    if owed.in_matter and _is_replaced(exchange, owed):
        return _change(State.WITHDRAWN, exchange, "a later day was agreed")
    return None


def _is_replaced(exchange: Exchange, owed: _Owed) -> bool:
    """Whether a later day was named for the same thing before the first had passed."""
    if owed.due_on is None or owed.over_at is None or exchange.at > owed.over_at:
        return False
    return any(
        day > owed.due_on and (not topic or not topic.isdisjoint(owed.topic))
        for day, topic in exchange.promises
    )


def _signs(exchange: Exchange, owed: _Owed) -> Iterator[tuple[State, str, Deed | None]]:
    """What counts as done for a sort of deed, the plainest first; None needs no words."""
    sort = owed.sort
    if sort is Sort.MEET:
        yield State.KEPT, "the meeting took place", Deed.MET
        return
    if sort is Sort.DELIVER and exchange.has_documents:
        yield State.KEPT, "a document came along", None
    if sort in (Sort.DELIVER, Sort.OTHER):
        yield State.KEPT, "delivered", Deed.DELIVERS
        yield State.KEPT, "done", Deed.DONE
    if sort is Sort.CONTACT and owed.in_matter and not exchange.promises:
        yield State.KEPT, "got in touch", None


def _change(
    state: State, exchange: Exchange, reason: str, deed: SpokenDeed | None = None
) -> Change:
    if deed is None:
        return Change(state, exchange.at, exchange.message, reason)
    return Change(state, exchange.at, exchange.message, reason, deed.start, deed.stop)

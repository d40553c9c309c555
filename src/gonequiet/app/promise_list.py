"""Use case: the ledger of commitments as the owner sees it, in which order and which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gonequiet.app.ledger import LedgerRecords, Wording, all_commitments, drawn_since
from gonequiet.domain.as_of import AsOf
from gonequiet.domain.commitment import (
    Change,
    Commitment,
    Side,
    Standing,
    State,
    last_change,
    state_of,
)
from gonequiet.domain.moments import DAY

ASKED_DAYS = 180
"""What is proposed and older than this is not asked about any more."""
UNDATED_DAYS = 90
"""What is still open is listed for so long after its day, or after it was said."""
RECENT_DAYS = 60
"""What was kept, lapsed or withdrawn so lately is listed with the open ones."""


class Quoted(NamedTuple):
    """Where something shows, and in which words.

    Attributes:
        at: UTC epoch seconds.
        message: number of the message, None where the owner or the calendar says so.
        message_id: its Message-ID, "" without a message.
        words: the words, blanks folded; "" where it shows otherwise.
    """

    at: int
    message: int | None
    message_id: str
    words: str


class ListedPromise(NamedTuple):
    """One commitment as the owner sees it.

    Attributes:
        key: names it in a command; the beginning is enough.
        side: "mine" or "theirs".
        standing: "recorded" or "proposed".
        state: where it stands.
        contacts: name and key of those it is owed to, or who owe it.
        what: what was undertaken, as written.
        due_on: the day, None without one.
        is_overdue: open, and its day is past.
        is_unseen: open, and its day is past, but the records end before it: it is not known.
        said: where it was said.
        subject: of that message.
        rule: what read it.
        because: why it stands where it stands, "" while nothing bears on it.
        shown: where that shows, None while nothing does.
        is_overruled: the owner has said something of it.
        thread: number of the thread it stands in, None where it stands in none.
    """

    key: str
    side: str
    standing: str
    state: str
    contacts: tuple[tuple[str, str], ...]
    what: str
    due_on: date | None
    is_overdue: bool
    is_unseen: bool
    said: Quoted
    subject: str
    rule: str
    because: str
    shown: Quoted | None
    is_overruled: bool
    thread: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseReport:
    """The ledger as of a moment.

    Attributes:
        listed: what was asked for: by side, what is due first, then without a day, then past.
        counts: how many recorded ones there are, by side and state.
        proposed: how many wait for the owner's word.
        left_out: how many old ones are not listed.
    """

    as_of: int
    listed: tuple[ListedPromise, ...]
    counts: dict[str, dict[str, int]]
    proposed: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWish:
    """What the owner asks of the ledger.

    Attributes:
        contact: number of a contact, None for all.
        side: one side only, None for both.
        states: these states, empty for what matters now.
        everything: also what is old.
    """

    contact: int | None = None
    side: Side | None = None
    states: frozenset[State] = frozenset()
    everything: bool = False


def list_promises(records: LedgerRecords, wish: PromiseWish, *, as_of: AsOf) -> PromiseReport:
    """The ledger as of a moment."""
    found = [
        one
        for one in all_commitments(records, as_of=as_of, contact=wish.contact)
        if wish.side in (None, one.side)
    ]
    recorded = [one for one in found if one.standing is Standing.RECORDED]
    wanted = [one for one in recorded if not wish.states or state_of(one, as_of.at) in wish.states]
    shown = [one for one in wanted if wish.everything or wish.states or _is_current(one, as_of)]
    return PromiseReport(
        as_of=as_of.at,
        listed=tuple(_listed(records, sorted(shown, key=lambda one: _rank(one, as_of)), as_of)),
        counts=_counts(recorded, as_of),
        proposed=sum(_is_asked_about(one, as_of) for one in found),
        left_out=len(wanted) - len(shown),
    )


def list_due(
    records: LedgerRecords, *, as_of: AsOf, first_on: date, last_on: date
) -> list[ListedPromise]:
    """Returns what is recorded, still open and due between two days: yours first, by its day."""
    _, drawn = drawn_since(records, as_of, first_on)
    due = [
        one
        for one in drawn
        if one.standing is Standing.RECORDED
        and one.due_on is not None
        and first_on <= one.due_on <= last_on
        and state_of(one, as_of.at) is State.OPEN
    ]
    return _listed(records, sorted(due, key=lambda one: _rank(one, as_of)), as_of)


def list_proposed(
    records: LedgerRecords, *, as_of: AsOf, everything: bool = False
) -> list[ListedPromise]:
    """What waits for the owner's word, the latest first."""
    found = [
        one
        for one in all_commitments(records, as_of=as_of)
        if one.standing is Standing.PROPOSED and (everything or _is_asked_about(one, as_of))
    ]
    return _listed(records, found[::-1], as_of)


def _is_overdue(one: Commitment, as_of: AsOf) -> bool:
    """Whether its day was past, as far as the records go, and it was still open."""
    return _is_open(one, as_of) and one.due_on is not None and as_of.is_over(one.due_on)


def _is_unseen(one: Commitment, as_of: AsOf) -> bool:
    """Whether its day was past, but the records end before it."""
    return _is_open(one, as_of) and one.due_on is not None and as_of.is_unseen(one.due_on)


def _is_open(one: Commitment, as_of: AsOf) -> bool:
    return state_of(one, as_of.at) is State.OPEN


def _days_since(moment: int, as_of: AsOf) -> int:
    return (as_of.at - moment) // DAY


def _is_current(one: Commitment, as_of: AsOf) -> bool:
    change = last_change(one, as_of.at)
    if change is not None and change.state is not State.OPEN:
        return _days_since(change.at, as_of) <= RECENT_DAYS
    named = one.said_at if one.due_on is None else as_of.days.start_of(one.due_on)
    return _days_since(max(named, one.said_at), as_of) <= UNDATED_DAYS


def _is_asked_about(one: Commitment, as_of: AsOf) -> bool:
    is_new = _days_since(one.said_at, as_of) <= ASKED_DAYS
    return one.standing is Standing.PROPOSED and is_new and _is_open(one, as_of)


_STATES = (State.OPEN, State.LAPSED, State.KEPT, State.WITHDRAWN)


def _rank(one: Commitment, as_of: AsOf) -> tuple[object, ...]:
    state = state_of(one, as_of.at)
    due = one.due_on or date.max
    return (one.side is Side.THEIRS, _STATES.index(state), due, -one.said_at)


def _counts(recorded: Sequence[Commitment], as_of: AsOf) -> dict[str, dict[str, int]]:
    counted = Counter((one.side, state_of(one, as_of.at)) for one in recorded)
    overdue = Counter(one.side for one in recorded if _is_overdue(one, as_of))
    unseen = Counter(one.side for one in recorded if _is_unseen(one, as_of))
    return {
        side.value: {
            **{state.value: counted[side, state] for state in State},
            "overdue": overdue[side],
            "not_known": unseen[side],
        }
        for side in Side
    }


def _listed(
    records: LedgerRecords, found: Sequence[Commitment], as_of: AsOf
) -> list[ListedPromise]:
    changes = [last_change(one, as_of.at) for one in found]
    shown = {change.message for change in changes if change is not None and change.message}
    words = records.wordings({one.message for one in found} | shown)
    names = records.names({number for one in found for number in one.contacts})
    return [
        _as_listed(one, change, words, names, as_of)
        for one, change in zip(found, changes, strict=True)
    ]


def _as_listed(
    one: Commitment,
    change: Change | None,
    words: Mapping[int, Wording],
    names: Mapping[int, tuple[str, str]],
    as_of: AsOf,
) -> ListedPromise:
    return ListedPromise(
        key=one.key,
        side=one.side.value,
        standing=one.standing.value,
        state=state_of(one, as_of.at).value,
        contacts=tuple(names[number] for number in one.contacts if number in names),
        what=_quote(words[one.message].text, *one.what),
        due_on=one.due_on,
        is_overdue=_is_overdue(one, as_of),
        is_unseen=_is_unseen(one, as_of),
        said=Quoted(
            one.said_at,
            one.message if one.message > 0 else None,  # below: a note of the owner's, no message
            words[one.message].message_id,
            _quote(words[one.message].text, *one.sentence),
        ),
        subject=words[one.message].subject,
        rule=one.rule,
        because="" if change is None else change.reason,
        shown=None if change is None else _shown(change, words),
        is_overruled=one.is_overruled,
        thread=one.thread if one.thread > 0 else None,
    )


def _shown(change: Change, words: Mapping[int, Wording]) -> Quoted:
    found = words.get(change.message or 0)
    if found is None:
        return Quoted(change.at, None, "", "")
    return Quoted(
        change.at,
        change.message,
        found.message_id,
        _quote(found.text, change.start, change.stop),
    )


def _quote(text: str, start: int, stop: int) -> str:
    return " ".join(text[start:stop].split())

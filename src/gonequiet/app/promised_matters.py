"""The open promises of the ledger, as matters a letter can name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from gonequiet.app.ledger import LedgerRecords
from gonequiet.app.pending import name_of
from gonequiet.app.promise_list import ListedPromise, PromiseWish, list_promises
from gonequiet.domain import commitment
from gonequiet.domain.as_of import AsOf
from gonequiet.domain.commitment import State
from gonequiet.domain.days import Days
from gonequiet.domain.draft import MatterKind, PendingMatter, Side

_LONGEST = 120
_NOT_DONE = frozenset({State.OPEN, State.LAPSED})

_SIDES = {commitment.Side.MINE.value: Side.OWNER, commitment.Side.THEIRS.value: Side.CONTACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPromises:
    """Implements `app.pending.Promises` over the ledger.

    Attributes:
        records: the ledger.
        known: tells how far the records reach towards a moment.
        awaited: names by key what of theirs is still awaited at a moment, however long past.
    """

    records: LedgerRecords
    known: Callable[[int], AsOf]
    awaited: Callable[[int], Collection[str]]

    def open_promises(self, contact: int, as_of: int) -> Sequence[PendingMatter]:
        """Returns the promises of both sides that are open or awaited, those with a day first.

        Only what counts is named: nothing hedged or merely proposed, nothing long past but what
        is awaited, and of theirs nothing whose day is still to come, or after the end of the
        records.
        """
        wish = PromiseWish(contact=contact, states=_NOT_DONE)
        awaited = self.awaited(as_of)
        known = self.known(as_of)
        return [
            _matter(each, known.days)
            for each in list_promises(self.records, wish, as_of=known).listed
            if each.key in awaited or (each.state == State.OPEN and _is_named(each))
        ]


def _is_named(promise: ListedPromise) -> bool:
    return promise.side == commitment.Side.MINE or promise.due_on is None or promise.is_overdue


def _matter(promise: ListedPromise, days: Days) -> PendingMatter:
    words = " ".join(promise.what.split()).rstrip(" .,;:")
    return PendingMatter(
        what=name_of(promise.subject),
        words=words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} ...",
        side=_SIDES[promise.side],
        kind=MatterKind.PROMISE,
        on=days.day_of(promise.said.at),
        due_on=promise.due_on,
        thread=promise.thread,
    )

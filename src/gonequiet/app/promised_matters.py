"""The open promises of the ledger, as matters a letter can name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gonequiet.app.ledger import LedgerRecords, ListedPromise, PromiseWish, list_promises
from gonequiet.domain import commitment
from gonequiet.domain.as_of import AsOf
from gonequiet.domain.days import Days
from gonequiet.domain.draft import MatterKind, PendingMatter, Side

_LONGEST = 120

_SIDES = {commitment.Side.MINE.value: Side.OWNER, commitment.Side.THEIRS.value: Side.CONTACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPromises:
    """Implements `app.pending.Promises` over the ledger.

    Attributes:
        records: the ledger.
        known: tells how far the records reach towards a moment.
    """

    records: LedgerRecords
    known: Callable[[int], AsOf]

    def open_promises(self, contact: int, as_of: int) -> Sequence[PendingMatter]:
        """Returns the promises of both sides that are open, those with a day first.

        Only what counts is named: nothing hedged or merely proposed, nothing long past, and of
        theirs nothing whose day is still to come, or after the end of the records.
        """
        wish = PromiseWish(contact=contact, states=frozenset({commitment.State.OPEN}))
        known = self.known(as_of)
        return [
            _matter(each, known.days)
            for each in list_promises(self.records, wish, as_of=known).listed
            if each.side == commitment.Side.MINE or each.due_on is None or each.is_overdue
        ]


def _matter(promise: ListedPromise, days: Days) -> PendingMatter:
    what = " ".join(promise.what.split()).rstrip(" .,;:")
    return PendingMatter(
        what=what if len(what) <= _LONGEST else f"{what[:_LONGEST].rsplit(' ', 1)[0]} ...",
        side=_SIDES[promise.side],
        kind=MatterKind.PROMISE,
        on=days.day_of(promise.said.at),
        due_on=promise.due_on,
    )

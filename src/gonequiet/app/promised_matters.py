"""The open promises of the ledger, as matters a letter can name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gonequiet.app.ledger import LedgerRecords, ListedPromise, PromiseWish, list_promises
from gonequiet.app.pending import DayOf
from gonequiet.domain import commitment
from gonequiet.domain.draft import MatterKind, PendingMatter, Side

_LONGEST = 120

_SIDES = {commitment.Side.MINE.value: Side.OWNER, commitment.Side.THEIRS.value: Side.CONTACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPromises:
    """Implements `app.pending.Promises` over the ledger."""

    records: LedgerRecords
    day_of: DayOf

    def open_promises(self, contact: int, as_of: int) -> Sequence[PendingMatter]:
        """Returns the promises of both sides that are open, those with a day first.

        Only what counts is named: nothing hedged or merely proposed, nothing long past, and of
        theirs nothing whose day is still to come.
        """
        wish = PromiseWish(contact=contact, states=frozenset({commitment.State.OPEN}))
        today = self.day_of(as_of)
        return [
            self._matter(each)
            for each in list_promises(self.records, wish, as_of=as_of).listed
            if each.side == commitment.Side.MINE or each.due_on is None or each.due_on < today
        ]

    def _matter(self, promise: ListedPromise) -> PendingMatter:
        what = " ".join(promise.what.split()).rstrip(" .,;:")
        return PendingMatter(
            what=what if len(what) <= _LONGEST else f"{what[:_LONGEST].rsplit(' ', 1)[0]} ...",
            side=_SIDES[promise.side],
            kind=MatterKind.PROMISE,
            on=self.day_of(promise.said.at),
            due_on=promise.due_on,
        )

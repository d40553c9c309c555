"""What both sides undertook, and how well it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from gonequiet.wiring.judging import Judging, edition_of
from gonequiet.wiring.places import now

if TYPE_CHECKING:
    from gonequiet.app.own_side import OwnSideReport
    from gonequiet.app.promise_list import ListedPromise, PromiseReport
    from gonequiet.app.references import ReferenceReport, ReferenceWish
    from gonequiet.app.reflecting import Business, LookingBack, Reflection
    from gonequiet.domain.evidence import Evidence
    from gonequiet.domain.reference import Reference
    from gonequiet.store.ledger import LedgerTables

_DRAWN_BY: Final = ("app", "analysis", "domain", "store")
"""The folders engagements rest on."""


class Promising(Judging):
    """Reads the ledger, and what stands on it."""

    @cached_property
    def _ledger(self) -> LedgerTables:
        from gonequiet.store.ledger import LedgerTables

        self._read_what_is_new()
        return LedgerTables(self._known, self._records.owner().addresses)

    def promises(
        self,
        contact: str | None,
        *,
        side: str | None,
        states: Sequence[str],
        everything: bool,
        as_of: int,
    ) -> PromiseReport:
        """Returns what both sides undertook, as of a moment."""
        from gonequiet.app.identities import get_contact
        from gonequiet.app.promise_list import PromiseWish, list_promises
        from gonequiet.domain.commitment import Side, State

        wish = PromiseWish(
            contact=None if contact is None else get_contact(self._records, contact).number,
            side=None if side is None else Side(side),
            states=frozenset(map(State, states)),
            everything=everything,
        )
        return list_promises(self._ledger, wish, as_of=self._known_as_of(as_of))

    def proposed_promises(self, *, as_of: int, everything: bool) -> list[ListedPromise]:
        """Returns what may be meant as a promise and waits for the owner's word."""
        from gonequiet.app.promise_list import list_proposed

        return list_proposed(self._ledger, as_of=self._known_as_of(as_of), everything=everything)

    def judge_promise(self, which: str, verdict: str, *, due_on: date | None) -> str:
        """Keeps what the owner says of a promise; returns its key."""
        from gonequiet.app.ledger import judge
        from gonequiet.domain.commitment import Verdict

        word = Verdict("withdrawn" if verdict == "withdraw" else verdict)
        with self._known.sole_writer():
            made = judge(self._ledger, self._edits, which, word, now=now(), due_on=due_on)
        return made.first

    def _looking_back(self) -> LookingBack:
        from gonequiet.app.ledger import all_commitments
        from gonequiet.app.quiet import weigh_contact
        from gonequiet.app.reflecting import BaseRate, LookingBack
        from gonequiet.store.reflecting import ReflectionTables

        def base_rate(contact: int, as_of: int) -> BaseRate | None:
            matters = weigh_contact(self._records, self._judge, contact, as_of=as_of)
            return BaseRate(matters[0].alike, matters[0].alike_answered) if matters else None

        return LookingBack(
            records=self._records,
            exchanges=ReflectionTables(self._known, self._records.owner().addresses),
            clocks=self._clocks,
            commitments=lambda contact, as_of: all_commitments(
                self._ledger, as_of=self._known_as_of(as_of), contact=contact
            ),
            base_rate=base_rate,
            businesses=self._businesses,
            days=self.days,
        )

    @cached_property
    def _house(self) -> frozenset[str]:
        """The owner's own organisations."""
        from gonequiet.analysis.addresses import organisation_of
        from gonequiet.app.engagement_desk import house_of

        return house_of(map(organisation_of, self._records.owner().addresses))

    def _businesses(self, as_of: int) -> list[Business]:
        """Returns the engagements known at a moment, as they are looked back on.

        Once they are drawn they are kept: contacts are looked back on one after the other.
        """
        from gonequiet.app.reflecting import Business

        def drawn() -> list[list[Any]]:
            return self._draw_businesses(as_of)

        terms = f"{edition_of(_DRAWN_BY)} {self.settings.benchmarks!r} {as_of}"
        kept = self._shelf.standing("businesses", drawn, terms)
        return [
            Business(key, name, tuple(contacts), frozenset(messages))
            for key, name, contacts, messages in kept
        ]

    def _draw_businesses(self, as_of: int) -> list[list[Any]]:
        from gonequiet.app.engagements import draw_engagements
        from gonequiet.domain.engagement import benchmarks_from
        from gonequiet.store.engaging import EngagementTables

        drawn = draw_engagements(
            EngagementTables(self._known),
            house=self._house,
            benchmarks=benchmarks_from(self.settings.benchmarks),
            as_of=as_of,
        )
        return [
            [one.key, one.name, [drawn.people[it].key for it in one.contacts], list(one.messages)]
            for one in drawn.engagements
        ]

    def reflect(self, which: str, *, as_of: int) -> Reflection:
        """Looks back on the exchange with one contact, or on one engagement."""
        from gonequiet.app.reflecting import reflect_on

        return reflect_on(self._looking_back(), which, as_of=as_of)

    def overrule(self, sign: str, *, because: str, as_of: int) -> Evidence:
        """Keeps that a sign does not count."""
        from gonequiet.app.reflecting import overrule

        desk = self._looking_back()
        with self._known.sole_writer():
            return overrule(desk, self._edits, sign, because=because, as_of=as_of, now=now())

    def add_reference(self, contact: str, wish: ReferenceWish) -> Reference:
        """Records what somebody says of a contact's reliability."""
        from gonequiet.app.references import add_reference

        card, moment = self.contact(contact), now()
        return add_reference(self._edits, card, wish, now=moment, today=self.days.day_of(moment))

    def remove_reference(self, number: int) -> Reference:
        """Takes a reference out."""
        from gonequiet.app.references import remove_reference

        edits = self._conclusions(self._known).edits()
        return remove_reference(self._edits, edits, number, now=now())

    def references(self, contact: str, *, as_of: int) -> ReferenceReport:
        """Returns the references of a contact, and how reliable their promises were."""
        from gonequiet.app.ledger import all_commitments
        from gonequiet.app.references import report_on
        from gonequiet.domain.commitment import Standing, state_of

        card = self.contact(contact)
        found = [
            one
            for one in all_commitments(
                self._ledger, as_of=self._known_as_of(as_of), contact=card.number
            )
            if one.standing is Standing.RECORDED
        ]
        states = [state_of(one, as_of) for one in found]
        edits = self._conclusions(self._known).edits()
        return report_on(card, edits, found, states, self.days.day_of(as_of))

    def own_side(self, *, as_of: int) -> OwnSideReport:
        """Returns who waits for the owner, and how the owner answers."""
        from gonequiet.app.own_side import assess_own_side
        from gonequiet.store.own_side import OwnSideTables

        return assess_own_side(
            OwnSideTables(self._known),
            as_of=as_of,
            days=self.days,
            forget_after_days=self._rules.forget_after_days,
        )

"""One run of drawing conclusions, in the order they stand on one another.

Who is who comes first, then threads, then waits; whatever of these the new messages touch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from gonequiet.analysis.episodes import ContactWaits
from gonequiet.analysis.half_answers import find_pairs, words_needed
from gonequiet.analysis.withdrawals import may_withdraw
from gonequiet.app.conclusion_store import ConclusionStore, LinkRow
from gonequiet.app.drawing_identities import IdentityDrawing, Pairs
from gonequiet.app.drawing_records import Records, load_records, load_timelines
from gonequiet.app.drawing_threads import draw_links, find_answered_for
from gonequiet.app.drawing_waits import WaitDrawing
from gonequiet.app.ports import Progress
from gonequiet.domain.moments import DAY


class Drawing:
    """One run of drawing conclusions.

    Args:
        store: where records are, and conclusions go.
        identities: what who-is-who is drawn from.
        with_sent: the sources that hold a Sent folder or label.
        now: UTC epoch seconds.
        progress: told how it goes on.
    """

    def __init__(
        self,
        store: ConclusionStore,
        identities: IdentityDrawing,
        with_sent: Sequence[int],
        now: int,
        progress: Progress,
    ) -> None:
        self._store = store
        self._identities = identities
        self._with_sent = with_sent
        self._now = now
        self._progress = progress
        self._moved: set[int] = set()
        self._described: set[int] = set()

    def draw(self, fresh: frozenset[int] | None, newest: int, fingerprint: str) -> None:
        """Draws everything the fresh messages touch (None: everything there is)."""
        self._progress("recognising people", 0, None)
        met = frozenset() if fresh is None else self._store.met()
        owned_before = self._store.owned().keys()
        self._identify(fresh, met)
        if fresh is not None and self._store.owned().keys() != owned_before:
            # Another address is the owner's: which way messages went may change anywhere.
            self._store.forget_conclusions()
            self.draw(None, newest, fingerprint)
            return
        self._progress("linking threads", 0, None)
        records, links = self._threads(fresh)
        answered_for = met | find_answered_for(records, links, self._people)
        if answered_for != met:
            self._identify(fresh, answered_for)
            records, links = self._threads(fresh)
        self._store.save_met(answered_for)
        self._progress("following the waits", 0, None)
        contacts, moved = None, links
        if fresh is not None:
            stored = self._store.links(records.facts)
            moved = {number: row for number, row in links.items() if stored.get(number) != row}
            contacts = self._touched(fresh, records, links, stored, moved)
            records, links = self._widen(contacts, records, links)
        self._store.save_conclusions(
            links=moved.values(),
            waits=self._waits(records, links, contacts),
            contacts=contacts,
            through=newest,
            fingerprint=fingerprint,
            now=self._now,
        )

    def _identify(self, fresh: frozenset[int] | None, met: Pairs) -> None:
        """Finds who is who among those the fresh messages (or new pairs) touch."""
        before = {} if fresh is None else self._store.contact_of_address()
        self._people, described = self._identities.draw(fresh, met)
        self._described |= described
        now = self._people.contact
        changed = [address for address, contact in before.items() if now.get(address) != contact]
        self._moved |= {
            contact for address in changed for contact in (now.get(address),) if contact
        }
        self._moved |= {before[address] for address in changed}
        for known in (self._moved, self._described):
            known &= self._people.contacts.keys()

    def _threads(self, fresh: frozenset[int] | None) -> tuple[Records, dict[int, LinkRow]]:
        """Links the fresh messages and everything that could share a thread with them."""
        related = None
        if fresh is not None:
            again = self._store.messages_of_contacts(self._moved) if self._moved else []
            related = self._store.related_messages({*fresh, *again})
        records = load_records(self._store, related, self._with_sent)
        return records, draw_links(records, self._people)

    def _touched(
        self,
        fresh: frozenset[int],
        records: Records,
        links: Mapping[int, LinkRow],
        stored: Mapping[int, LinkRow],
        moved: Collection[int],
    ) -> set[int]:
        """Returns the contacts whose waits the fresh messages may change.

        Those are the parties to anything in the threads that changed, as it stands now or stood.
        """
        changed = fresh.union(moved) & links.keys()
        threads = {links[number].thread for number in changed}
        threads |= {stored[number].thread for number in changed & stored.keys()}
        near = [number for number, row in links.items() if row.thread in threads]
        drawing = WaitDrawing(records=records, links=links, people=self._people, wanted=None)
        touched: set[int] = set()
        for number in near:
            touched |= drawing.concerned(number, links[number])
            if stored.get(number, links[number]) != links[number]:
                touched |= drawing.concerned(number, stored[number])
        for number in fresh:
            touched |= self._people.failed(records.facts[number])
        return touched | self._moved | self._described

    def _widen(
        self, contacts: set[int], records: Records, links: dict[int, LinkRow]
    ) -> tuple[Records, dict[int, LinkRow]]:
        """Adds everything those contacts' waits rest on to what is loaded."""
        theirs = frozenset(self._store.exchanged_with(contacts))
        stored = self._store.links(theirs)
        threads = {row.thread for row in stored.values()} | {row.thread for row in links.values()}
        others = theirs.union(self._store.messages_of_threads(threads)) - theirs
        known = {**stored, **self._store.links(others), **links}
        loaded = records.facts.keys()
        more = load_timelines(self._store, theirs - loaded, others - loaded)
        return records.with_more(more), known

    def _waits(
        self, records: Records, links: Mapping[int, LinkRow], contacts: set[int] | None
    ) -> Iterator[ContactWaits]:
        drawing = WaitDrawing(records=records, links=links, people=self._people, wanted=contacts)
        interactions = drawing.interactions()
        needed: set[int] = set()
        for had in interactions.values():
            needed |= words_needed(find_pairs(had)) | may_withdraw(had)
        return drawing.draw(
            interactions,
            self._store.words_of(needed) if needed else {},
            records_begin_at=self._store.records_begin_at(),
            plausible_until=self._now + DAY,
        )

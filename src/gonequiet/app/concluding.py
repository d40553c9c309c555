"""Use case: draw conclusions from new records - who is who, threads, waits, episodes.

Everything here can be thrown away and drawn again from the records and the owner's edits. After
an import only what the new messages touch is drawn again, and the outcome is the same as if all
of it had been (`tests/app/test_concluding.py` holds the one against the other).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gonequiet.analysis.episodes import ContactWaits
from gonequiet.analysis.half_answers import find_pairs, words_needed
from gonequiet.analysis.identity import resolve
from gonequiet.app.conclusion_store import ConclusionStore, LinkRow
from gonequiet.app.drawing_people import load_people
from gonequiet.app.drawing_records import Records, load_records
from gonequiet.app.drawing_threads import Pairs, draw_links, find_answered_for
from gonequiet.app.drawing_waits import WaitDrawing
from gonequiet.app.owner import OwnerView, find_owner
from gonequiet.app.ports import Progress
from gonequiet.domain.digests import digest_of
from gonequiet.domain.edit import Edit, identity_edits

DAY = 86_400


def conclude(
    store: ConclusionStore, *, now: int, progress: Progress, everything: bool = False
) -> None:
    """Draws conclusions from the messages that are new since the last time."""
    edits = identity_edits(store.edits())
    owner = find_owner(edits, store.owner_hints())
    fingerprint = _fingerprint(owner, edits, store.sources_with_sent())
    through, newest = store.concluded_through(), store.newest_message()
    redraw = everything or fingerprint != store.concluded_for() or through == 0
    fresh = None if redraw else frozenset({*range(through + 1, newest + 1), *store.touched()})
    if fresh is None:
        store.forget_conclusions()
    elif not fresh:
        return
    _Drawing(store, owner, edits, now, progress).draw(fresh, newest, fingerprint)


def find_suggestions(store: ConclusionStore) -> list[tuple[str, str, str]]:
    """Returns pairs of contacts that may be one person, with the reason, over everybody."""
    edits = identity_edits(store.edits())
    owner = find_owner(edits, store.owner_hints())
    found = resolve(
        store.seen_addresses(None, ()),
        owner_addresses=owner.addresses,
        edits=edits,
        met=store.met(),
    )
    return [(one.left, one.right, one.reason.value) for one in found.suggestions]


def _fingerprint(owner: OwnerView, edits: Sequence[Edit], with_sent: Sequence[int]) -> str:
    """Returns what every conclusion stands on; when it changes, all are drawn anew."""
    return f"3|{' '.join(sorted(owner.addresses))}|{digest_of(edits)}|{with_sent}"


class _Drawing:
    """One run of drawing conclusions."""

    def __init__(
        self,
        store: ConclusionStore,
        owner: OwnerView,
        edits: Sequence[Edit],
        now: int,
        progress: Progress,
    ) -> None:
        self._store = store
        self._owner = owner
        self._edits = edits
        self._now = now
        self._progress = progress
        self._moved: set[int] = set()
        self._known_as = store.also_known()

    def draw(self, fresh: frozenset[int] | None, newest: int, fingerprint: str) -> None:
        """Draws everything the fresh messages touch (None: everything there is)."""
        self._progress("recognising people", 0, None)
        met = frozenset() if fresh is None else self._store.met()
        self._identify(fresh, met)
        self._progress("linking threads", 0, None)
        records, links = self._threads(fresh)
        answered_for = met | find_answered_for(records, links, self._people)
        if answered_for != met:
            self._identify(fresh, answered_for)
            records, links = self._threads(fresh)
        self._store.save_met(answered_for)
        self._progress("following the waits", 0, None)
        contacts = None if fresh is None else self._touched(fresh, records, links)
        if contacts is not None:
            records, links = self._widen(contacts, records, links)
        self._store.save_conclusions(
            links=links.values(),
            waits=self._waits(records, links, contacts),
            contacts=contacts,
            through=newest,
            fingerprint=fingerprint,
            now=self._now,
        )

    def _identify(self, fresh: frozenset[int] | None, met: Pairs) -> None:
        """Finds who is who among those the fresh messages (or new pairs) touch."""
        before = {} if fresh is None else self._store.contact_of_address()
        also = {address for pair in met for address in pair}
        also |= self._owner.addresses  # the owner's house is always looked at whole
        also |= {one for edit in self._edits for one in (edit.first, edit.second) if one}
        seen = self._store.seen_addresses(fresh, also)
        identities = resolve(
            seen, owner_addresses=self._owner.addresses, edits=self._edits, met=met
        )
        self._store.save_contacts(identities, everything=fresh is None)
        recognised = frozenset(one.address for one in identities.owner)
        self._people = load_people(self._store, recognised | self._owner.addresses)
        self._moved |= {
            self._people.contact[address]
            for address, contact in before.items()
            if self._people.contact.get(address, contact) != contact
        }

    def _threads(self, fresh: frozenset[int] | None) -> tuple[Records, dict[int, LinkRow]]:
        """Links the fresh messages and everything that could share a thread with them."""
        related = None
        if fresh is not None:
            again = self._store.messages_of_contacts(self._moved) if self._moved else []
            related = self._store.related_messages({*fresh, *again})
        records = load_records(self._store, related, self._known_as)
        return records, draw_links(records, self._people)

    def _touched(
        self, fresh: frozenset[int], records: Records, links: Mapping[int, LinkRow]
    ) -> set[int]:
        """Returns the contacts whose waits the fresh messages may change."""
        stored = self._store.links(records.facts)
        moved = {
            number for number, row in links.items() if number in fresh or stored.get(number) != row
        }
        threads = {links[number].thread for number in moved}
        threads |= {stored[number].thread for number in moved if number in stored}
        near = [number for number, row in links.items() if row.thread in threads]
        touched = {
            self._people.contact[address]
            for number in near
            for _, address in records.people.get(number, ())
            if address in self._people.contact
        }
        for number in fresh:
            touched |= self._people.failed(records.facts[number])
        return touched | self._moved

    def _widen(
        self, contacts: set[int], records: Records, links: dict[int, LinkRow]
    ) -> tuple[Records, dict[int, LinkRow]]:
        """Adds everything those contacts' waits rest on to what is loaded."""
        theirs = self._store.messages_of_contacts(contacts)
        stored = self._store.links(theirs)
        threads = {row.thread for row in stored.values()} | {row.thread for row in links.values()}
        wanted = set(theirs) | set(self._store.messages_of_threads(threads))
        more = load_records(self._store, wanted - records.facts.keys(), self._known_as)
        known = {**self._store.links(wanted), **links}
        return records.with_more(more), known

    def _waits(
        self, records: Records, links: Mapping[int, LinkRow], contacts: set[int] | None
    ) -> Iterator[ContactWaits]:
        drawing = WaitDrawing(records=records, links=links, people=self._people, wanted=contacts)
        interactions = drawing.interactions()
        needed = {
            message for had in interactions.values() for message in words_needed(find_pairs(had))
        }
        return drawing.draw(
            interactions,
            self._store.words_of(needed) if needed else {},
            records_begin_at=self._store.records_begin_at(),
            plausible_until=self._now + DAY,
        )

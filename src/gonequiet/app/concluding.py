"""Use case: draw conclusions from new records - who is who, threads, waits, episodes.

Everything here can be thrown away and drawn again from the records and the owner's edits. After
an import only what the new messages touch is drawn again, and the outcome is the same as if all
of it had been (`tests/app/test_concluding.py` holds the one against the other).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from gonequiet.analysis.direction import CopyFacts, MessageDirection, find_direction
from gonequiet.analysis.episodes import ContactWaits, cut
from gonequiet.analysis.exchanges import Exchange, direction_of, interactions_with, superseded
from gonequiet.analysis.identity import resolve
from gonequiet.analysis.owner import OwnerCandidate, OwnerHint, propose_owner
from gonequiet.analysis.threads import link
from gonequiet.app.packing import IN_REPLY_TO, ROLE_NUMBER
from gonequiet.app.ports import Progress
from gonequiet.domain.contact import Identities, SeenAddress
from gonequiet.domain.digests import digest_of
from gonequiet.domain.edit import Edit, EditVerb, active_edits, identity_edits
from gonequiet.domain.episode import ThreadEntry
from gonequiet.domain.facts import Fact
from gonequiet.domain.interaction import Direction, Interaction
from gonequiet.domain.message import MessageKind, Role
from gonequiet.domain.thread import Link, LinkRule, MessageHead

OWNER = "\0owner"
"""The key the owner goes by in threads; no address can be equal to it."""
DAY = 86_400
Pairs = frozenset[tuple[str, str]]
_MOST_PEOPLE = 50
# Plain numbers: testing an enum's bit costs ten times as much, seven times a message.
_HAS_RECEIVED, _UNCERTAIN_SENDER = Fact.HAS_RECEIVED.value, Fact.UNCERTAIN_SENDER.value
_IS_REPLY, _IS_FORWARD = Fact.IS_REPLY.value, Fact.IS_FORWARD.value
_ASKS_QUESTION, _HAS_REQUEST = Fact.ASKS_QUESTION.value, Fact.HAS_REQUEST.value
_EXPECTS_ANSWER = Fact.EXPECTS_ANSWER.value
_FROM = ROLE_NUMBER[Role.FROM]
_TO, _CC, _BCC = ROLE_NUMBER[Role.TO], ROLE_NUMBER[Role.CC], ROLE_NUMBER[Role.BCC]


class MessageFacts(NamedTuple):
    """What conclusions need of one message, as stored.

    Attributes:
        id_digest: digest of its Message-ID, 0 without one.
        facts: see `domain.facts.Fact`.
        sender: address number of the From, None without one.
    """

    message: int
    id_digest: int
    sent_at: int | None
    subject_digest: int
    opening_digest: int
    quoted_digest: int
    kind: str
    return_on: str
    failed_addresses: str
    facts: int
    new_text_chars: int
    sender: int | None


class LinkRow(NamedTuple):
    """A message's place in its thread, and its direction."""

    message: int
    thread: int
    parent: int | None
    rule: str
    direction: str
    claims_to_be_owner: bool


class ConclusionStore(Protocol):
    """What drawing conclusions needs of the store. Message numbers None means all of them."""

    def newest_message(self) -> int:
        """Returns the highest message number, 0 without any."""

    def concluded_through(self) -> int:
        """Returns the message number up to which conclusions are drawn, 0 for none."""

    def concluded_for(self) -> str:
        """Returns the fingerprint of owner and edits that the conclusions stand on."""

    def touched(self) -> frozenset[int]:
        """Returns the known messages of which another copy came since conclusions were drawn."""

    def sources_with_sent(self) -> list[int]:
        """Returns the sources that hold a Sent folder or label."""

    def edits(self) -> list[Edit]:
        """Returns the owner's journal, oldest first."""

    def owner_hints(self) -> list[OwnerHint]:
        """Returns the addresses that could be the owner's, with counts."""

    def seen_addresses(
        self, touched_by: Collection[int] | None, also: Collection[str]
    ) -> list[SeenAddress]:
        """Returns addresses with counts: all, or of the organisations messages touch.

        Args:
            touched_by: message numbers, None for everything.
            also: addresses whose organisations count as touched too.
        """

    def met(self) -> frozenset[tuple[str, str]]:
        """Returns the pairs of addresses where the second answered for the first."""

    def save_met(self, pairs: Collection[tuple[str, str]]) -> None:
        """Keeps those pairs."""

    def address_numbers(self) -> Mapping[str, int]:
        """Returns the number of every address."""

    def save_contacts(self, identities: Identities, *, everything: bool) -> None:
        """Replaces contacts: all of them, or those the identities speak of."""

    def contact_of_address(self) -> dict[int, int]:
        """Returns the contact number of each address number."""

    def contacts(self) -> dict[int, tuple[str, str, bool, str]]:
        """Returns key, organisation, whether it is set aside, and name, by contact number."""

    def related_messages(self, messages: Collection[int]) -> list[int]:
        """Returns every message that could share a thread with any of these, these included."""

    def message_facts(self, messages: Collection[int] | None) -> Iterator[MessageFacts]:
        """Yields facts in order of message number."""

    def participants(self, messages: Collection[int] | None) -> Iterator[tuple[int, int, int]]:
        """Yields message, role number and address number in order of message number."""

    def references(self, messages: Collection[int] | None) -> Iterator[tuple[int, int, int]]:
        """Yields message, kind and id digest, in order."""

    def also_known(self) -> dict[int, int]:
        """Returns digest of the stored message's id by the digest of each copy's own id."""

    def copy_facts(self, messages: Collection[int] | None) -> dict[int, list[CopyPlace]]:
        """Returns where the copies of each message lie."""

    def messages_of_contacts(self, contacts: Collection[int]) -> list[int]:
        """Returns every message the contacts wrote or received, or that names one as failed."""

    def messages_of_threads(self, threads: Collection[int]) -> list[int]:
        """Returns every message linked into the threads."""

    def records_begin_at(self) -> int | None:
        """Returns when the records begin: the oldest plausible moment of any message."""

    def exchanges(self, messages: Collection[int] | None) -> dict[int, Exchange]:
        """Returns what only their channel knows, of the records that are not mail."""

    def links(self, messages: Collection[int]) -> dict[int, LinkRow]:
        """Returns the stored links of messages."""

    def save_conclusions(
        self,
        *,
        links: Iterable[LinkRow],
        waits: Iterable[ContactWaits],
        contacts: Collection[int] | None,
        through: int,
        fingerprint: str,
        now: int,
    ) -> None:
        """Replaces links, waits and episodes in one transaction (of all contacts when None)."""

    def forget_conclusions(self) -> None:
        """Drops everything concluded, to be drawn again."""


class CopyPlace(NamedTuple):
    """Where one copy of a message lies."""

    is_in_sent: bool
    is_draft: bool
    source_has_sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerView:
    """Who the owner is taken to be.

    Attributes:
        addresses: the owner's addresses.
        is_confirmed: the owner said so; else it is proposed from the records.
        candidates: what was proposed, best first.
    """

    addresses: frozenset[str]
    is_confirmed: bool
    candidates: tuple[OwnerCandidate, ...]


def find_owner(edits: Sequence[Edit], hints: Sequence[OwnerHint]) -> OwnerView:
    """Returns who the owner is: as said, else as the records propose."""
    active = active_edits(edits)
    refused = {edit.first for edit in active if edit.verb is EditVerb.NOT_ME}
    said = frozenset(edit.first for edit in active if edit.verb is EditVerb.ME) - refused
    candidates = tuple(one for one in propose_owner(hints) if one.address not in refused)
    if said:
        return OwnerView(addresses=said, is_confirmed=True, candidates=candidates)
    likely = frozenset(one.address for one in candidates[:1])
    return OwnerView(addresses=likely, is_confirmed=False, candidates=candidates)


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
    return f"2|{' '.join(sorted(owner.addresses))}|{digest_of(edits)}|{with_sent}"


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
        self._theirs: dict[int, set[str]] = {}
        self._known_as = store.also_known()

    def draw(self, fresh: frozenset[int] | None, newest: int, fingerprint: str) -> None:
        """Draws everything the fresh messages touch (None: everything there is)."""
        self._progress("recognising people", 0, None)
        met = frozenset() if fresh is None else self._store.met()
        self._identify(fresh, met)
        self._progress("linking threads", 0, None)
        records, links = self._threads(fresh)
        answered_for = met | self._met(records, links)
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
        theirs = frozenset(one.address for one in identities.owner)
        self._owned = theirs | self._owner.addresses
        self._numbers = self._store.address_numbers()
        self._address = {number: address for address, number in self._numbers.items()}
        self._contact = self._store.contact_of_address()
        self._contacts = self._store.contacts()
        self._theirs = {}
        self._moved |= {
            self._contact[address]
            for address, contact in before.items()
            if self._contact.get(address, contact) != contact
        }

    def _threads(self, fresh: frozenset[int] | None) -> tuple[_Records, dict[int, LinkRow]]:
        """Links the fresh messages and everything that could share a thread with them."""
        related = None
        if fresh is not None:
            again = self._store.messages_of_contacts(self._moved) if self._moved else []
            related = self._store.related_messages({*fresh, *again})
        records = self._load(related)
        return records, self._link(records)

    def _met(self, records: _Records, links: Mapping[int, LinkRow]) -> Pairs:
        """Returns pairs of addresses: one was asked, somebody from the other answered."""
        pairs = set()
        for number, place in links.items():
            asked = links.get(place.parent) if place.parent is not None else None
            sender = records.facts[number].sender
            if (
                asked is None
                or sender is None
                or place.direction != Direction.INBOUND
                or asked.direction != Direction.OUTBOUND
            ):
                continue
            people = records.people.get(asked.message, ())
            if all(address != sender for _, address in people):
                answered = self._address[sender]
                pairs |= {(self._address[one], answered) for role, one in people if role == _TO}
        return frozenset(pair for pair in pairs if self._are_namesakes(*pair))

    def _are_namesakes(self, left: str, right: str) -> bool:
        """Whether two addresses belong to contacts who go by one name."""
        found = [self._contact.get(self._numbers[one]) for one in (left, right)]
        names = [self._contacts[one][3] for one in found if one is not None]
        return len(names) == 2 and names[0] == names[1]

    def _load(self, messages: Collection[int] | None) -> _Records:
        return _Records(
            facts={row.message: row for row in self._store.message_facts(messages)},
            people=_grouped(self._store.participants(messages)),
            references=_grouped(
                (message, kind, self._known_as.get(digest, digest))
                for message, kind, digest in self._store.references(messages)
            ),
            places=self._store.copy_facts(messages),
            exchanges=self._store.exchanges(messages),
        )

    def _link(self, records: _Records) -> dict[int, LinkRow]:
        others = records.exchanges
        heads = [
            self._head(row, records) for row in records.facts.values() if row.message not in others
        ]
        found = link(heads, owner=(OWNER,))
        links = {one.message: self._link_row(one, records) for one in found}
        return links | self._stand_alone(records) if others else links

    def _stand_alone(self, records: _Records) -> dict[int, LinkRow]:
        """Returns the places of what is not mail; of a meeting only its latest version counts."""
        former = superseded(records.exchanges.items())
        found = {}
        for number, exchange in records.exchanges.items():
            sender = self._address.get(records.facts[number].sender or 0, "")
            rule, direction = LinkRule.CHANNEL, direction_of(exchange, sender, self._owned)
            if number in former:
                rule, direction = LinkRule.SUPERSEDED, Direction.OBSERVED
            found[number] = LinkRow(number, number, None, rule.value, direction.value, False)
        return found

    def _head(self, row: MessageFacts, records: _Records) -> MessageHead:
        answers, referred = _split_references(records.references.get(row.message, ()))
        return MessageHead(
            row.message,
            str(row.id_digest or ""),
            answers,
            referred,
            self._person(row.sender),
            self._recipients(row, records),
            row.sent_at,
            str(row.subject_digest or ""),
            bool(row.facts & _IS_REPLY),
            row.quoted_digest,
            row.opening_digest,
        )

    def _recipients(self, row: MessageFacts, records: _Records) -> tuple[str, ...]:
        """Returns who a message is to; for a bounce also those it could not reach."""
        people = tuple(
            self._person(number)
            for role, number in records.people.get(row.message, ())[:_MOST_PEOPLE]
            if role >= _TO
        )
        if not row.failed_addresses:
            return people
        return people + tuple(self._contacts[contact][0] for contact in sorted(self._failed(row)))

    def _person(self, address: int | None) -> str:
        """Returns the key a person goes by in threads."""
        if address is None:
            return ""
        written = self._address.get(address, "")
        if written in self._owned:
            return OWNER
        contact = self._contact.get(address)
        return written if contact is None else self._contacts[contact][0]

    def _link_row(self, found: Link, records: _Records) -> LinkRow:
        row = records.facts[found.message]
        says = self._direction(row, records)
        return LinkRow(
            found.message,
            found.thread,
            found.parent,
            str(found.rule),
            str(says.direction),
            says.claims_to_be_owner,
        )

    def _direction(self, row: MessageFacts, records: _Records) -> MessageDirection:
        places = records.places.get(row.message, [])
        if places and all(place.is_draft for place in places):
            return MessageDirection(Direction.OBSERVED, False)
        received = bool(row.facts & _HAS_RECEIVED)
        return find_direction(
            sender=self._address.get(row.sender or 0, ""),
            people=[
                self._address[number]
                for role, number in records.people.get(row.message, ())
                if role >= _TO
            ],
            copies=[
                CopyFacts(place.is_in_sent, place.source_has_sent, received) for place in places
            ],
            kind=row.kind,
            owner=self._owned,
            is_uncertain=bool(row.facts & _UNCERTAIN_SENDER),
        )

    def _touched(
        self, fresh: frozenset[int], records: _Records, links: Mapping[int, LinkRow]
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
            self._contact[address]
            for number in near
            for _, address in records.people.get(number, ())
            if address in self._contact
        }
        for number in fresh:
            touched |= self._failed(records.facts[number])
        return touched | self._moved

    def _failed(self, row: MessageFacts) -> set[int]:
        if not row.failed_addresses:
            return set()
        found = (self._numbers.get(address) for address in row.failed_addresses.split())
        return {self._contact[number] for number in found if number in self._contact}

    def _widen(
        self, contacts: set[int], records: _Records, links: dict[int, LinkRow]
    ) -> tuple[_Records, dict[int, LinkRow]]:
        """Adds everything those contacts' waits rest on to what is loaded."""
        theirs = self._store.messages_of_contacts(contacts)
        stored = self._store.links(theirs)
        threads = {row.thread for row in stored.values()} | {row.thread for row in links.values()}
        wanted = set(theirs) | set(self._store.messages_of_threads(threads))
        more = self._load(wanted - records.facts.keys())
        known = {**self._store.links(wanted), **links}
        return records.with_more(more), known

    def _waits(
        self, records: _Records, links: Mapping[int, LinkRow], contacts: set[int] | None
    ) -> Iterator[ContactWaits]:
        entries = self._entries(records, links)
        begin, end = self._store.records_begin_at(), self._now + DAY
        for contact, interactions in self._interactions(records, links, contacts).items():
            yield cut(
                contact,
                interactions,
                entries,
                organisation=self._contacts[contact][1],
                records_begin_at=begin,
                plausible_until=end,
            )

    def _entries(
        self, records: _Records, links: Mapping[int, LinkRow]
    ) -> dict[int, list[ThreadEntry]]:
        """Returns what anybody but the owner wrote in each thread, oldest first."""
        entries: dict[int, list[ThreadEntry]] = defaultdict(list)
        for number, row in records.facts.items():
            if row.sent_at is None or row.kind not in _WRITTEN or row.sender is None:
                continue
            place = links.get(number)
            contact = self._contact.get(row.sender)
            if place is None or contact is None or place.direction == Direction.OUTBOUND:
                continue
            entries[place.thread].append(
                ThreadEntry(row.sent_at, number, contact, self._contacts[contact][1])
            )
        for found in entries.values():
            found.sort()
        return entries

    def _interactions(
        self, records: _Records, links: Mapping[int, LinkRow], contacts: set[int] | None
    ) -> dict[int, list[Interaction]]:
        found: dict[int, list[Interaction]] = defaultdict(list)
        for contact, had in self._exchanged(records, links, contacts).items():
            found[contact] += had
        for number, row in records.facts.items():
            place = links.get(number)
            if place is None or number in records.exchanges:
                continue
            people = records.people.get(number, ())
            for contact, is_direct in self._parties(row, place, people):
                if contacts is None or contact in contacts:
                    found[contact].append(_interaction(row, place, people, is_direct=is_direct))
        return found

    def _exchanged(
        self, records: _Records, links: Mapping[int, LinkRow], contacts: set[int] | None
    ) -> dict[int, list[Interaction]]:
        """Returns what is not mail, as interactions of each contact."""
        met: dict[int, list[tuple[Interaction, Exchange]]] = defaultdict(list)
        for number, exchange in records.exchanges.items():
            place, row = links[number], records.facts[number]
            if place.direction == Direction.OBSERVED:
                continue
            people = records.people.get(number, ())
            base = _interaction(row, place, people, is_direct=True)
            for contact in self._met_in(people, row, place):
                if contacts is None or contact in contacts:
                    met[contact].append((base._replace(channel=exchange.channel), exchange))
        return {
            contact: interactions_with(self._addresses_of(contact), had, owner=self._owned)
            for contact, had in met.items()
        }

    def _met_in(
        self, people: Sequence[tuple[int, int]], row: MessageFacts, place: LinkRow
    ) -> set[int]:
        """Returns the contacts a record that is not mail is an interaction with."""
        roles = {_FROM, _TO}
        if row.kind != MessageKind.MEETING:
            roles = {_TO} if place.direction == Direction.OUTBOUND else {_FROM}
        found = {self._contact.get(address) for role, address in people if role in roles}
        return {one for one in found if one is not None and not self._contacts[one][2]}

    def _addresses_of(self, contact: int) -> frozenset[str]:
        if not self._theirs:
            for address, owner in self._contact.items():
                self._theirs.setdefault(owner, set()).add(self._address[address])
        return frozenset(self._theirs.get(contact, ()))

    def _parties(
        self, row: MessageFacts, place: LinkRow, people: Sequence[tuple[int, int]]
    ) -> Iterable[tuple[int, bool]]:
        """Yields the contacts a message is an interaction with, and whether directly."""
        if row.kind == MessageKind.BOUNCE:
            return [(contact, True) for contact in self._failed(row)]
        if place.direction == Direction.OUTBOUND:
            return self._addressees(people)
        contact = None if row.sender is None else self._contact.get(row.sender)
        if contact is None or place.direction != Direction.INBOUND:
            return ()
        return [(contact, self._names_owner(people))]

    def _addressees(self, people: Sequence[tuple[int, int]]) -> Iterable[tuple[int, bool]]:
        reached: dict[int, bool] = {}
        for role, address in people:
            contact = self._contact.get(address) if role >= _TO else None
            if contact is not None and not self._contacts[contact][2]:
                reached[contact] = reached.get(contact, False) or role == _TO
        return reached.items()

    def _names_owner(self, people: Sequence[tuple[int, int]]) -> bool:
        return any(
            role in (_TO, _CC) and self._address.get(address) in self._owned
            for role, address in people
        )


_WRITTEN = frozenset({MessageKind.PERSONAL.value, MessageKind.LIST.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Records:
    """What is loaded of some messages, by message number."""

    facts: dict[int, MessageFacts]
    people: dict[int, list[tuple[int, int]]]
    references: dict[int, list[tuple[int, int]]]
    places: dict[int, list[CopyPlace]]
    exchanges: dict[int, Exchange]

    def with_more(self, more: _Records) -> _Records:
        """Returns these records and others, in order of message number."""
        facts = {**self.facts, **more.facts}
        return _Records(
            facts=dict(sorted(facts.items())),
            people={**self.people, **more.people},
            references={**self.references, **more.references},
            places={**self.places, **more.places},
            exchanges={**self.exchanges, **more.exchanges},
        )


def _grouped(rows: Iterable[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    grouped: dict[int, list[tuple[int, int]]] = {}
    current, held = -1, []  # type: int, list[tuple[int, int]]
    for message, first, second in rows:
        if message != current:
            current, held = message, []
            grouped[message] = held
        held.append((first, second))
    return grouped


def _split_references(
    found: Sequence[tuple[int, int]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not found:
        return (), ()
    answers = tuple(str(digest) for kind, digest in found if kind == IN_REPLY_TO)
    referred = tuple(str(digest) for kind, digest in found if kind != IN_REPLY_TO)
    return answers, referred


def _interaction(
    row: MessageFacts, place: LinkRow, people: Sequence[tuple[int, int]], *, is_direct: bool
) -> Interaction:
    n_to = sum(role == _TO for role, _ in people)
    n_cc = sum(role in (_CC, _BCC) for role, _ in people)
    facts = row.facts
    return Interaction(
        row.message,
        place.thread,
        place.parent,
        row.sent_at,
        place.direction,
        row.kind,
        is_direct,
        n_to,
        n_cc,
        bool(facts & _IS_REPLY),
        bool(facts & _IS_FORWARD),
        bool(facts & _ASKS_QUESTION),
        bool(facts & _HAS_REQUEST),
        row.new_text_chars,
        bool(facts & _EXPECTS_ANSWER),
        row.return_on,
    )

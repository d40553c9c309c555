"""Draws every contact's waits and episodes from the links and the people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gonequiet.analysis.episodes import ContactWaits, cut
from gonequiet.analysis.exchanges import Exchange, interactions_with, with_replies
from gonequiet.analysis.half_answers import Said, with_half_answers
from gonequiet.analysis.withdrawals import with_withdrawals
from gonequiet.app.conclusion_store import LinkRow, MessageFacts
from gonequiet.app.drawing_people import People
from gonequiet.app.drawing_records import Records
from gonequiet.app.packing import ROLE_NUMBER
from gonequiet.domain.episode import ThreadEntry
from gonequiet.domain.facts import Fact
from gonequiet.domain.interaction import Direction, Interaction
from gonequiet.domain.message import Channel, MessageKind, Role

_WRITTEN: Final = frozenset({MessageKind.PERSONAL.value, MessageKind.LIST.value})
_MEETING, _MAIL = MessageKind.MEETING.value, Channel.MAIL.value
_CALENDAR: Final = MessageKind.CALENDAR.value
_OUTBOUND: Final = Direction.OUTBOUND.value
_OBSERVED: Final = Direction.OBSERVED.value
_FROM: Final = ROLE_NUMBER[Role.FROM]
_TO, _CC, _BCC = ROLE_NUMBER[Role.TO], ROLE_NUMBER[Role.CC], ROLE_NUMBER[Role.BCC]
# Plain numbers: testing an enum's bit costs ten times as much, five times a message.
_IS_REPLY, _IS_FORWARD = Fact.IS_REPLY.value, Fact.IS_FORWARD.value
_ASKS_QUESTION, _HAS_REQUEST = Fact.ASKS_QUESTION.value, Fact.HAS_REQUEST.value
_EXPECTS_ANSWER: Final = Fact.EXPECTS_ANSWER.value
_ASKS_SEVERAL: Final = Fact.ASKS_SEVERAL.value


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitDrawing:
    """What waits are drawn from.

    Attributes:
        records: every message they rest on.
        links: the places of those messages.
        people: who is who.
        wanted: contacts, None for everybody.
    """

    records: Records
    links: Mapping[int, LinkRow]
    people: People
    wanted: set[int] | None

    def draw(
        self,
        interactions: Mapping[int, Sequence[Interaction]],
        words: Mapping[int, Said],
        *,
        records_begin_at: int | None,
        plausible_until: int,
    ) -> Iterator[ContactWaits]:
        """Yields the waits of every contact wanted.

        Args:
            interactions: as `interactions` gives them.
            words: of the messages that `half_answers.words_needed` and `may_withdraw` name.
            records_begin_at: the oldest moment the records cover, None when unknown.
            plausible_until: moments later than this are mistakes.
        """
        entries = self._entries()
        for contact, had in interactions.items():
            yield cut(
                contact,
                with_half_answers(with_withdrawals(had, words), words),
                entries,
                organisation=self.people.contacts[contact][1],
                records_begin_at=records_begin_at,
                plausible_until=plausible_until,
            )

    def _entries(self) -> dict[int, list[ThreadEntry]]:
        """Returns what anybody but the owner wrote in each thread, oldest first."""
        entries: dict[int, list[ThreadEntry]] = defaultdict(list)
        alone = self.records.exchanges  # a thread of itself each: nobody else writes in it
        for number, row in self.records.facts.items():
            if row.sent_at is None or row.kind not in _WRITTEN or row.sender is None:
                continue
            if number in alone:
                continue
            place = self.links.get(number)
            contact = self.people.contact.get(row.sender)
            if place is None or contact is None or place.direction == Direction.OUTBOUND:
                continue
            entries[place.thread].append(
                ThreadEntry(row.sent_at, number, contact, self.people.contacts[contact][1])
            )
        for found in entries.values():
            found.sort()
        return entries

    def interactions(self) -> dict[int, list[Interaction]]:
        """Returns every interaction with each contact wanted."""
        found: dict[int, list[Interaction]] = defaultdict(list)
        for contact, had in self._exchanged().items():
            found[contact] += had
        for number, row in self.records.facts.items():
            place = self.links.get(number)
            if place is None or number in self.records.exchanges:
                continue
            people = self.records.people.get(number, ())
            for contact, is_direct in self._parties(row, place, people):
                if self._is_wanted(contact):
                    found[contact].append(_interaction(row, place, people, is_direct=is_direct))
        return found

    def _exchanged(self) -> dict[int, list[Interaction]]:
        """Returns what is not mail, as interactions of each contact."""
        met: dict[int, list[tuple[Interaction, Exchange]]] = defaultdict(list)
        records = self.records
        for number, exchange in with_replies(records.exchanges).items():
            place, row = self.links[number], records.facts[number]
            if place.direction == _OBSERVED:
                continue
            people = records.people.get(number, ())
            contacts = self._met_in(people, row, place)
            if contacts:
                base = _interaction(row, place, people, is_direct=True, channel=exchange.channel)
            for contact in contacts:
                met[contact].append((base, exchange))
        notices = self._notices() if met else {}
        return {
            contact: interactions_with(
                self.people.addresses_of(contact),
                had,
                owner=self.people.owned,
                notices=notices.get(contact, ()),
            )
            for contact, had in met.items()
        }

    def _notices(self) -> dict[int, list[int]]:
        """Returns when each contact sent mails that carry a calendar."""
        found: dict[int, list[int]] = defaultdict(list)
        for row in self.records.facts.values():
            if row.kind == _CALENDAR and row.sent_at is not None and row.sender is not None:
                contact = self.people.contact.get(row.sender)
                if contact is not None:
                    found[contact].append(row.sent_at)
        return found

    def _met_in(
        self, people: Sequence[tuple[int, int]], row: MessageFacts, place: LinkRow
    ) -> set[int]:
        """Returns the contacts wanted that a record that is not mail is an interaction with."""
        roles: tuple[int, ...] = (_FROM, _TO)
        if row.kind != _MEETING:
            roles = (_TO,) if place.direction == _OUTBOUND else (_FROM,)
        found = self.people.active([address for role, address in people if role in roles])
        return found if self.wanted is None else found & self.wanted

    def concerned(self, number: int, place: LinkRow) -> set[int]:
        """Returns the contacts in whose timelines a message stands, were this its place.

        Who sent it is among them: what others wrote may end a wait, too.
        """
        row, people = self.records.facts[number], self.records.people.get(number, ())
        contact = self.people.contact
        if number in self.records.exchanges:
            return {contact[address] for _, address in people if address in contact}
        found = {one for one, _ in self._parties(row, place, people)}
        if row.sender is not None and row.sender in contact:
            found.add(contact[row.sender])
        return found

    def _parties(
        self, row: MessageFacts, place: LinkRow, people: Sequence[tuple[int, int]]
    ) -> Iterable[tuple[int, bool]]:
        """Yields the contacts a message is an interaction with, and whether directly."""
        if row.kind == MessageKind.BOUNCE:
            return [(contact, True) for contact in self.people.failed(row)]
        if place.direction == Direction.OUTBOUND:
            return self._addressees(people)
        contact = None if row.sender is None else self.people.contact.get(row.sender)
        if contact is None or place.direction != Direction.INBOUND:
            return ()
        return [(contact, self._names_owner(people))]

    def _addressees(self, people: Sequence[tuple[int, int]]) -> Iterable[tuple[int, bool]]:
        reached: dict[int, bool] = {}
        for role, address in people:
            contact = self.people.contact.get(address) if role >= _TO else None
            if contact is not None and not self.people.contacts[contact][2]:
                reached[contact] = reached.get(contact, False) or role == _TO
        return reached.items()

    def _names_owner(self, people: Sequence[tuple[int, int]]) -> bool:
        return any(role in (_TO, _CC) and self.people.is_owner(address) for role, address in people)

    def _is_wanted(self, contact: int) -> bool:
        return self.wanted is None or contact in self.wanted


def _interaction(
    row: MessageFacts,
    place: LinkRow,
    people: Sequence[tuple[int, int]],
    *,
    is_direct: bool,
    channel: str = _MAIL,
) -> Interaction:
    roles = [role for role, _ in people]
    n_to, n_cc = roles.count(_TO), roles.count(_CC) + roles.count(_BCC)
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
        channel=channel,
        asks_several=bool(facts & _ASKS_SEVERAL),
    )

"""Draws threads and directions: which message answers which, and which way each went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from gonequiet.analysis.direction import CopyFacts, MessageDirection, find_direction
from gonequiet.analysis.exchanges import direction_of, superseded
from gonequiet.analysis.threads import link
from gonequiet.app.conclusion_store import CopyPlace, LinkRow, MessageFacts
from gonequiet.app.drawing_people import OWNER, People
from gonequiet.app.drawing_records import Records
from gonequiet.app.packing import IN_REPLY_TO, ROLE_NUMBER
from gonequiet.domain.facts import Fact
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import Role
from gonequiet.domain.thread import LinkRule, MessageHead

_MOST_PEOPLE: Final = 50
_TO: Final = ROLE_NUMBER[Role.TO]
# Plain numbers: testing an enum's bit costs ten times as much.
_HAS_RECEIVED, _UNCERTAIN_SENDER = Fact.HAS_RECEIVED.value, Fact.UNCERTAIN_SENDER.value
_IS_REPLY: Final = Fact.IS_REPLY.value

Pairs = frozenset[tuple[str, str]]


def draw_links(records: Records, people: People) -> dict[int, LinkRow]:
    """Returns the place of every message in its thread, and its direction."""
    others = records.exchanges
    mails = [row for row in records.facts.values() if row.message not in others]
    heads = [_head(row, records, people) for row in mails]
    ways = _Ways(records, people)
    found = zip(link(heads, owner=(OWNER,)), mails, heads, strict=True)
    links = {
        one.message: LinkRow(
            one.message, one.thread, one.parent, _TEXT[one.rule], *ways.of(row, head)
        )
        for one, row, head in found
    }
    return links | _stand_alone(records, people) if others else links


def find_answered_for(records: Records, links: Mapping[int, LinkRow], people: People) -> Pairs:
    """Returns pairs of addresses of one name: one was asked, the other answered."""
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
        named = records.people.get(asked.message, ())
        if all(address != sender for _, address in named):
            answered = people.address[sender]
            pairs |= {(people.address[one], answered) for role, one in named if role == _TO}
    return frozenset(pair for pair in pairs if people.are_namesakes(*pair))


def _stand_alone(records: Records, people: People) -> dict[int, LinkRow]:
    """Returns the places of what is not mail; of a meeting only its latest version counts."""
    former = superseded(records.exchanges.items())
    found = {}
    ways: dict[tuple[str, str, int], str] = {}
    rule = _TEXT[LinkRule.CHANNEL]
    for number, exchange in records.exchanges.items():
        sender = records.facts[number].sender or 0
        seen = (exchange.channel, exchange.states, sender)
        way = ways.get(seen)
        if way is None:
            address = people.address.get(sender, "")
            way = ways[seen] = _TEXT[direction_of(exchange, address, people.owned)]
        found[number] = LinkRow(number, number, None, rule, way, False)
    gone = LinkRow(0, 0, None, _TEXT[LinkRule.SUPERSEDED], _TEXT[Direction.OBSERVED], False)
    return found | {number: gone._replace(message=number, thread=number) for number in former}


_TEXT: Final[dict[str, str]] = {one: str(one.value) for one in (*LinkRule, *Direction)}
"""What the store keeps: plain text, as looking an enum's value up is dear."""


def _head(row: MessageFacts, records: Records, people: People) -> MessageHead:
    answers, referred = _split_references(records.references.get(row.message, ()))
    return MessageHead(
        row.message,
        str(row.id_digest or ""),
        answers,
        referred,
        people.person(row.sender),
        _recipients(row, records, people),
        row.sent_at,
        str(row.subject_digest or ""),
        bool(row.facts & _IS_REPLY),
        row.quoted_digest,
        row.opening_digest,
    )


def _split_references(
    found: Sequence[tuple[int, int]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not found:
        return (), ()
    answers = tuple(str(digest) for kind, digest in found if kind == IN_REPLY_TO)
    referred = tuple(str(digest) for kind, digest in found if kind != IN_REPLY_TO)
    return answers, referred


def _recipients(row: MessageFacts, records: Records, people: People) -> tuple[str, ...]:
    """Returns who a message is to; for a bounce also those it could not reach."""
    keys = people.keys
    named = tuple(
        [
            keys[number]
            for role, number in records.people.get(row.message, ())[:_MOST_PEOPLE]
            if role >= _TO
        ]
    )
    if not row.failed_addresses:
        return named
    return named + tuple(people.contacts[contact][0] for contact in sorted(people.failed(row)))


class _Ways:
    """Which way each message went; most are alike in all that decides it.

    Args:
        records: the messages.
        people: who is who.
    """

    def __init__(self, records: Records, people: People) -> None:
        self._records = records
        self._people = people
        self._known: dict[tuple[object, ...], tuple[str, bool]] = {}

    def of(self, row: MessageFacts, head: MessageHead) -> tuple[str, bool]:
        """Returns the direction, and whether a message only claims to be the owner's."""
        places = self._records.places.get(row.message, ())
        is_own, is_addressed = head.sender == OWNER, self._is_addressed(row, head)
        seen = (is_own, is_addressed, places, row.kind, row.facts & _DECIDING)
        known = self._known.get(seen)
        if known is None:
            found = _direction(row, places, is_own=is_own, is_addressed=is_addressed)
            known = self._known[seen] = _TEXT[found.direction], found.claims_to_be_owner
        return known

    def _is_addressed(self, row: MessageFacts, head: MessageHead) -> bool:
        if OWNER in head.recipients:
            return True
        named = self._records.people.get(row.message, ())
        return len(named) > _MOST_PEOPLE and any(
            role >= _TO and self._people.is_owner(number) for role, number in named
        )


_DECIDING: Final = _HAS_RECEIVED | _UNCERTAIN_SENDER


def _direction(
    row: MessageFacts, places: Sequence[CopyPlace], *, is_own: bool, is_addressed: bool
) -> MessageDirection:
    if places and all(place.is_draft for place in places):
        return MessageDirection(Direction.OBSERVED, False)
    received = bool(row.facts & _HAS_RECEIVED)
    return find_direction(
        sender=OWNER if is_own else "",
        people=(OWNER,) if is_addressed else (),
        copies=[CopyFacts(place.is_in_sent, place.source_has_sent, received) for place in places],
        kind=row.kind,
        owner=(OWNER,),
        is_uncertain=bool(row.facts & _UNCERTAIN_SENDER),
    )

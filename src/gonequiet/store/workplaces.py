"""Cards, connections and addresses of contacts, as where they work is seen by."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable

from gonequiet.analysis.workplace import AddressSeen, CardSeen
from gonequiet.domain.card import card_from
from gonequiet.domain.reach import NET
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.former import FORMER


class WorkplaceTables:
    """Implements `app.workplaces.WorkplaceRecords` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cards(self, contacts: Collection[str]) -> dict[str, list[CardSeen]]:
        """Returns every card of each contact, and those that replaced one of them."""
        with self._database.reading() as connection:
            named = connection.exec_driver_sql(_CARDS_OF, (_listed(contacts),)).all()
            seen = _cards(connection, {row[1] for row in named})
            heirs = _of_uids(connection, seen)
        found: dict[str, list[CardSeen]] = defaultdict(list)
        for key, number in named:
            found[key].append(seen[number])
        for cards in found.values():
            replaced = {one.uid for one in cards if one.uid and not one.is_current}
            cards += [one for one in heirs if one.uid in replaced and one not in cards]
        return found

    def addresses(self, contacts: Collection[str], as_of: int) -> dict[str, list[AddressSeen]]:
        """Returns every address of each contact with what came from it up to a moment."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_ADDRESSES, (as_of, _listed(contacts))).all()
            failed = _failed(connection, as_of)
        found: dict[str, list[AddressSeen]] = defaultdict(list)
        for key, address, first_at, last_at in rows:
            failed_at, failed_in = failed.get(address, (None, ""))
            found[key].append(AddressSeen(address, first_at, last_at, failed_at, failed_in))
        return found


def _listed(values: Iterable[object]) -> str:
    return json.dumps(list(values))


def _cards(connection: Connection, numbers: Collection[int]) -> dict[int, CardSeen]:
    ways: dict[int, list[str]] = defaultdict(list)
    for number, address in connection.exec_driver_sql(_WAYS, (_listed(numbers),)):
        ways[number].append(address)
    rows = connection.exec_driver_sql(_CARDS, (f"{FORMER} %", _listed(numbers)))
    return {row[0]: _card(row[1], bool(row[2]), row[3], ways[row[0]]) for row in rows}


def _card(detail: str, is_current: bool, place: str, ways: list[str]) -> CardSeen:
    card = card_from(detail)
    return CardSeen(
        card.uid,
        card.organisation,
        card.role,
        card.city,
        is_current,
        card.uid.startswith(NET),
        card.revised_on,
        tuple(ways),
        place,
    )


def _of_uids(connection: Connection, seen: dict[int, CardSeen]) -> list[CardSeen]:
    """Returns the cards that lie where some of these lay before, under the same name."""
    replaced = {one.uid for one in seen.values() if one.uid and not one.is_current}
    if not replaced:
        return []
    numbers = {row[0] for row in connection.exec_driver_sql(_OF_UIDS, (_listed(replaced),))}
    return [one for one in _cards(connection, numbers).values() if one.is_current]


def _failed(connection: Connection, as_of: int) -> dict[str, tuple[int, str]]:
    """Returns when each address failed last, and what said so."""
    found: dict[str, tuple[int, str]] = {}
    for sent_at, addresses, message_id in connection.exec_driver_sql(_BOUNCES, (as_of,)):
        found.update(dict.fromkeys(addresses.split(), (sent_at, message_id)))
    return found


_CARDS_OF = """
SELECT DISTINCT c.key, m.id FROM contact c JOIN contact_address ca ON ca.contact_id = c.id
JOIN participant p ON p.address_id = ca.address_id
JOIN message m ON m.id = p.message_id AND m.channel = 'card'
WHERE c.key IN (SELECT value FROM json_each(?)) ORDER BY 1, 2"""
_CARDS = """
SELECT m.id, m.detail, max(y.position NOT LIKE ?), min(s.location || ' ' || u.path)
FROM message m JOIN copy y ON y.message_id = m.id JOIN unit u ON u.id = y.unit_id
JOIN source s ON s.id = u.source_id
WHERE m.id IN (SELECT value FROM json_each(?)) GROUP BY m.id ORDER BY m.id"""
_WAYS = """
SELECT p.message_id, a.address FROM participant p JOIN address a ON a.id = p.address_id
WHERE p.message_id IN (SELECT value FROM json_each(?)) ORDER BY p.message_id, p.position"""
_OF_UIDS = """
SELECT id FROM message WHERE channel = 'card'
AND json_extract(detail, '$.uid') IN (SELECT value FROM json_each(?))"""
_ADDRESSES = """
SELECT c.key, a.address, min(m.sent_at), max(m.sent_at)
FROM contact c JOIN contact_address ca ON ca.contact_id = c.id
JOIN address a ON a.id = ca.address_id
LEFT JOIN participant p ON p.address_id = a.id AND p.role = 0
LEFT JOIN message m ON m.id = p.message_id AND m.kind = 'personal' AND m.sent_at <= ?
WHERE c.key IN (SELECT value FROM json_each(?)) GROUP BY c.key, a.address ORDER BY 1, 2"""
_BOUNCES = """
SELECT sent_at, failed_addresses, message_id FROM message
WHERE kind = 'bounce' AND failed_addresses <> '' AND +sent_at <= ? ORDER BY +sent_at, id"""
"""Without the signs the database goes by the index of moments, and so through every message."""

"""What the ledger of commitments asks of the store."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from gonequiet.analysis.ledger import Exchange, Uttered
from gonequiet.app.ledger import Wording
from gonequiet.app.packing import ROLE_NUMBER
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.domain.interaction import Direction
from gonequiet.domain.meeting import MeetingState, meeting_from
from gonequiet.domain.message import Channel, Role
from gonequiet.language.undertakings import topic_of
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection, Row
from gonequiet.store.noted import noted_claims, noted_until, noted_wordings
from gonequiet.store.reading import CLAIM_COLUMNS, claim_of, unpacked_deeds

_TO = ROLE_NUMBER[Role.TO]
_MOST_CONTACTS = 5  # whom a promise to many is noted for
_COLUMNS = 10  # of CLAIM_COLUMNS


class LedgerTables:
    """Implements `app.ledger.LedgerRecords` on SQLite.

    Args:
        database: the store.
        owner: the owner's addresses.
    """

    def __init__(self, database: Database, owner: Collection[str]) -> None:
        self._database = database
        self._owner = owner

    def uttered(self, as_of: int, contact: int | None) -> list[Uttered]:
        """Returns every claim up to a moment: of the exchanges with a contact, or of all."""
        found = self._uttered("", as_of)
        with self._database.reading() as connection:
            found += noted_until(connection, as_of)
        return [one for one in found if contact is None or contact in one.contacts]

    def due_since(self, as_of: int, day: date, claims: Collection[str]) -> list[Uttered]:
        """Returns those of the claims that were for a day or a later one, or are named by key."""
        found = self._uttered(_DUE_OR_NAMED, as_of, day.isoformat(), json.dumps(sorted(claims)))
        with self._database.reading() as connection:
            noted = noted_until(connection, as_of)
        return found + [
            one
            for one in noted
            if one.claim.key in claims or (one.claim.due_on is not None and one.claim.due_on >= day)
        ]

    def _uttered(self, which: str, *values: object) -> list[Uttered]:
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_CLAIMS.format(which=which), values).all()
            people = self._people(connection, {row[1] for row in rows})
        found = (_uttered(row, people.get(row[1], _Addressed([], False))) for row in rows)
        return [one for one in found if one.contacts]

    def _people(self, connection: Connection, messages: Collection[int]) -> dict[int, _Addressed]:
        """Returns whom each message with a claim was written to."""
        people: dict[int, _Addressed] = defaultdict(lambda: _Addressed([], False))
        asked = json.dumps(sorted(messages))
        for message, address, contact in connection.exec_driver_sql(_RECIPIENTS, (asked, _TO)):
            found = people[message]
            found.n_to += 1
            if address in self._owner:
                found.to_owner = True
            elif contact is not None and contact not in found.contacts:
                found.contacts.append(contact)
        return people

    def last_heard(self, contacts: Collection[int], as_of: int) -> Mapping[int, int]:
        """Returns when contacts wrote or called last, up to a moment."""
        asked = json.dumps(sorted(contacts))
        with self._database.reading() as connection:
            return dict(connection.exec_driver_sql(_HEARD, (asked, as_of)).all())

    def exchanges(
        self, contacts: Collection[int], since: int = 0
    ) -> Mapping[int, Sequence[Exchange]]:
        """Returns the exchanges of contacts since a moment, oldest first."""
        found: dict[int, list[Exchange]] = defaultdict(list)
        with self._database.reading() as connection, _chosen(connection, contacts):
            rows = connection.exec_driver_sql(_EXCHANGES, (since,)).all()
            promised = _promised_days(connection, {row[1] for row in rows})
        for row in rows:
            exchange = _exchange(row, promised)
            if exchange is not None:
                found[exchange.contact].append(exchange)
        for exchanges in found.values():
            exchanges.sort(key=lambda one: (one.at, one.message))
        return found

    def wordings(self, messages: Collection[int]) -> Mapping[int, Wording]:
        """Returns the words of messages."""
        with self._database.reading() as connection, _chosen(connection, messages):
            rows = connection.exec_driver_sql(_WORDINGS).all()
            noted = noted_wordings(connection, messages)
        return {row[0]: Wording(*row[1:]) for row in rows} | noted

    def names(self, contacts: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """Returns name and key of contacts."""
        with self._database.reading() as connection, _chosen(connection, contacts):
            rows = connection.exec_driver_sql(
                "SELECT id, name, key FROM contact WHERE id IN (SELECT id FROM picked)"
            ).all()
        return {row[0]: (row[1] or row[2], row[2]) for row in rows}

    def dated_edits(self) -> tuple[list[Edit], dict[int, int]]:
        """Returns the owner's journal, and the moment of each edit by its number."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT id, verb, first, second, undoes, made_at FROM edit ORDER BY id"
            ).all()
        edits = [Edit(row[0], EditVerb(row[1]), *row[2:5]) for row in rows]
        return edits, {row[0]: row[5] for row in rows}

    def find_claims(self, beginning: str) -> list[str]:
        """Returns the keys of claims that begin so."""
        if not beginning.isalnum():
            return []
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT DISTINCT claim FROM commitment WHERE claim >= ? AND claim < ? LIMIT 20",
                (beginning, beginning + "g"),
            ).all()
            noted = noted_claims(connection, beginning)
        return [*(row[0] for row in rows), *noted]


class _Addressed:
    """Whom a message was written to directly."""

    def __init__(self, contacts: list[int], to_owner: bool) -> None:
        self.contacts = contacts
        self.to_owner = to_owner
        self.n_to = 0


@contextmanager
def _chosen(connection: Connection, numbers: Collection[int]) -> Iterator[None]:
    """Holds numbers in a table of the connection's own while they are asked for."""
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS picked (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("DELETE FROM picked")
    if numbers:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO picked VALUES (?)", [(number,) for number in numbers]
        )
    yield


def _uttered(row: Row, addressed: _Addressed) -> Uttered:
    at, thread, direction, sender, what, subject = row[_COLUMNS:]
    by_owner = direction == Direction.OUTBOUND
    theirs = (sender,) if sender is not None else ()
    contacts = tuple(addressed.contacts[:_MOST_CONTACTS]) if by_owner else theirs
    is_direct = addressed.to_owner or by_owner
    matter = topic_of((subject or "").lower())
    return Uttered(
        claim_of(row),
        at,
        thread,
        by_owner,
        contacts,
        is_direct,
        what.lower(),
        matter,
        addressed.n_to,
        row[1],
    )


_Promised = Mapping[int, tuple[tuple[date, frozenset[str]], ...]]


def _promised_days(connection: Connection, messages: Collection[int]) -> _Promised:
    """Returns the days each message undertakes something for, and the words that name it."""
    days: dict[int, tuple[tuple[date, frozenset[str]], ...]] = defaultdict(tuple)
    asked = json.dumps(sorted(messages))
    for message, due_on, what in connection.exec_driver_sql(_PROMISED, (asked,)):
        one = (date.fromisoformat(due_on), topic_of(what.lower()))
        days[message] = (*days[message], one)
    return days


def _exchange(row: Row, promised: _Promised) -> Exchange | None:
    contact, message, at, thread, direction, channel, detail, deeds, subject, attachments = row
    meeting = meeting_from(detail) if channel == Channel.MEETING else None
    if meeting is not None and meeting.state in (MeetingState.CANCELLED, MeetingState.MISSED):
        return None
    documents = [one[0] for one in json.loads(attachments)] if attachments else []
    names = " ".join([subject or "", *map(str, documents)]).lower().replace("_", " ")
    return Exchange(
        message,
        at,
        thread,
        direction == Direction.OUTBOUND,
        contact,
        channel,
        unpacked_deeds(deeds or ""),
        topic_of(names),
        bool(documents),
        promised.get(message, ()),
        topic_of((subject or "").lower()),
    )


_CLAIMS = f"""
SELECT {CLAIM_COLUMNS}, m.sent_at, l.thread_id, l.direction,
    (SELECT x.contact_id FROM contact_address x JOIN contact y ON y.id = x.contact_id
        WHERE x.address_id = m.from_address_id AND y.set_aside = ''),
    substr(t.new_text, c.what_start + 1, c.what_stop - c.what_start), t.subject
FROM commitment c CROSS JOIN message m ON m.id = c.message_id
CROSS JOIN link l ON l.message_id = m.id JOIN message_text t ON t.id = m.id
WHERE m.sent_at <= ? AND l.direction IN ('inbound', 'outbound') AND l.rule <> 'superseded'
    {{which}}
ORDER BY m.sent_at, m.id, c.start"""

_DUE_OR_NAMED = "AND (c.due_on >= ? OR c.claim IN (SELECT value FROM json_each(?)))"

_PROMISED = """
SELECT c.message_id, c.due_on, substr(t.new_text, c.what_start + 1, c.what_stop - c.what_start)
FROM json_each(?) asked CROSS JOIN commitment c ON c.message_id = asked.value
JOIN message_text t ON t.id = c.message_id WHERE c.due_on <> '' AND c.is_sure"""

_RECIPIENTS = """
SELECT p.message_id, a.address, y.id FROM json_each(?) asked
CROSS JOIN participant p ON p.message_id = asked.value AND p.role = ?
JOIN address a ON a.id = p.address_id LEFT JOIN contact_address ca ON ca.address_id = a.id
LEFT JOIN contact y ON y.id = ca.contact_id AND y.set_aside = ''
ORDER BY p.message_id, p.position"""

_HEARD = """
SELECT ca.contact_id, max(m.sent_at) FROM json_each(?) asked
CROSS JOIN contact_address ca ON ca.contact_id = asked.value
CROSS JOIN participant p ON p.address_id = ca.address_id AND p.position = 0
CROSS JOIN message m ON m.id = p.message_id CROSS JOIN link l ON l.message_id = m.id
WHERE m.from_address_id = ca.address_id AND m.kind IN ('personal', 'call', 'meeting')
    AND m.sent_at <= ? AND l.direction <> 'outbound' AND l.rule <> 'superseded'
GROUP BY ca.contact_id"""

_EXCHANGES = """
SELECT DISTINCT ca.contact_id, m.id, m.sent_at, l.thread_id, l.direction, m.channel, m.detail,
    w.deeds, t.subject, m.attachments
FROM picked k CROSS JOIN contact_address ca ON ca.contact_id = k.id
CROSS JOIN participant p ON p.address_id = ca.address_id
CROSS JOIN message m ON m.id = p.message_id CROSS JOIN link l ON l.message_id = m.id
JOIN message_text t ON t.id = m.id LEFT JOIN words w ON w.message_id = m.id
WHERE m.kind IN ('personal', 'call', 'meeting') AND m.sent_at >= ?
    AND l.rule <> 'superseded'
    AND (l.direction = 'outbound' OR m.channel = 'meeting' OR m.from_address_id = ca.address_id)"""

_WORDINGS = """
SELECT m.id, m.message_id, t.subject, t.new_text FROM message m
JOIN message_text t ON t.id = m.id WHERE m.id IN (SELECT id FROM picked)"""

"""What looking back on an exchange asks of the store."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from gonequiet.analysis.reflection.excuses import ColleagueLetter
from gonequiet.analysis.reflection.turns import Turn
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.store.database import Database
from gonequiet.store.driver import Row

_MOST_CHARS = 4_000  # of a message; what is meant stands in the first pages
_MOST_TURNS = 3_000  # the latest


class ReflectionTables:
    """Implements `app.reflecting.ReflectionRecords` on SQLite.

    Args:
        database: the store.
        owner: the owner's addresses.
    """

    def __init__(self, database: Database, owner: Collection[str]) -> None:
        self._database = database
        self._owner = json.dumps(sorted(owner))

    def turns(self, contact: int, as_of: int) -> list[Turn]:
        """Returns the latest of an exchange with a contact up to a moment, oldest first."""
        with self._database.reading() as connection:
            run = connection.exec_driver_sql
            rows = run(_TURNS, (contact, contact, as_of, contact)).all()
            people = run(_OTHERS, (contact, contact, contact, self._owner)).all()
            sent_to = {
                row[0]: _SentTo(row[1], row[2], frozenset(filter(None, (row[3] or "").split("\n"))))
                for row in run(_RECIPIENTS, (self._owner, contact))
            }
        others: dict[int, set[str]] = defaultdict(set)
        for message, name in people:
            others[message].add(name)
        return [_turn(row, others, sent_to) for row in reversed(rows)]

    def journal(self) -> list[Edit]:
        """Returns every edit of the owner's."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_JOURNAL).all()
        return [Edit(row[0], EditVerb(row[1]), *row[2:]) for row in rows]

    def colleague_letters(self, contact: int, since: int, until: int) -> list[ColleagueLetter]:
        """Returns what others of a contact's house began with the owner between two moments."""
        with self._database.reading() as connection:
            asked = (contact, contact, since, until, self._owner)
            rows = connection.exec_driver_sql(_COLLEAGUES, asked).all()
        return [ColleagueLetter(*row) for row in rows]

    def contacts_of_digests(self, low: int, high: int) -> list[int]:
        """Returns who took part in the messages whose content digest lies between two."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_PARTIES, (low, high)).all()
        return [row[0] for row in rows]


class _SentTo(NamedTuple):
    """Whom a message is addressed to: how many, how often the owner, and who else by name."""

    n_recipients: int = 0
    n_owner: int = 0
    readers: frozenset[str] = frozenset()


def _turn(row: Row, others: Mapping[int, Collection[str]], sent_to: Mapping[int, _SentTo]) -> Turn:
    number, at, offset = row[0], row[3], row[4] or 0
    to = sent_to.get(number, _SentTo())
    return Turn(
        message=number,
        message_id=row[1],
        content_digest=row[2],
        at=at,
        written_on=_day(at + 60 * offset),
        by_owner=row[5] == "outbound",
        kind=row[6],
        channel=row[7],
        sender=row[8],
        subject=row[9],
        words=row[10],
        thread=row[11],
        parent=row[12],
        attachments=tuple(one[0] for one in json.loads(row[13])) if row[13] else (),
        others=frozenset(others.get(number, ())),
        n_recipients=to.n_recipients,
        expects_answer=bool(row[14]),
        return_on=row[15],
        detail=row[16] or "",
        names_owner=to.n_owner > 0,
        readers=to.readers,
    )


def _day(moment: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).date()


_ROLES_TO = 2  # roles above this are To, Cc and Bcc (`app.packing.ROLE_NUMBER`)

# What the contact wrote, what the owner wrote to them, meetings and calls with them, and mail that
# says one of the owner's letters to them did not arrive. What colleagues wrote is not their word.
_TURNS = f"""
SELECT m.id, m.message_id, m.content_digest, m.sent_at, m.utc_offset_minutes, l.direction, m.kind,
    m.channel, coalesce(c.name, ''), t.subject, substr(t.new_text, 1, {_MOST_CHARS}),
    l.thread_id, l.parent_id, m.attachments, (m.facts >> 4) & 1, m.return_on, m.detail
FROM (SELECT DISTINCT p.message_id FROM contact_address ca
    JOIN participant p ON p.address_id = ca.address_id WHERE ca.contact_id = ?
    UNION SELECT e.closed_by FROM episode e WHERE e.contact_id = ? AND e.closure = 'bounce') x
JOIN message m ON m.id = x.message_id JOIN link l ON l.message_id = m.id
JOIN message_text t ON t.id = m.id
LEFT JOIN contact_address ca ON ca.address_id = m.from_address_id
LEFT JOIN contact c ON c.id = ca.contact_id
WHERE m.sent_at <= ? AND l.rule <> 'superseded' AND m.channel <> 'card'
    AND (l.direction = 'outbound' OR m.kind IN ('bounce', 'meeting', 'call')
        OR (l.direction = 'inbound' AND ca.contact_id = ?))
ORDER BY m.sent_at DESC, m.id DESC LIMIT {_MOST_TURNS}"""

_MESSAGES = """SELECT DISTINCT p.message_id FROM contact_address ca
    JOIN participant p ON p.address_id = ca.address_id WHERE ca.contact_id = ?"""

# People of their side: of the contact's organisation, and not of the owner's own. Who writes from
# a public provider has no side that the records know of.
_OTHERS = f"""
SELECT DISTINCT p.message_id, c.name FROM ({_MESSAGES}) x
JOIN participant p ON p.message_id = x.message_id AND (p.role = 0 OR p.role > {_ROLES_TO})
JOIN contact_address ca ON ca.address_id = p.address_id AND ca.contact_id <> ?
JOIN contact c ON c.id = ca.contact_id AND c.kind = 'person'
JOIN contact self ON self.id = ?
WHERE self.organisation <> '' AND c.organisation = self.organisation
    AND c.organisation NOT IN (SELECT organisation FROM address
        WHERE organisation <> '' AND address IN (SELECT value FROM json_each(?)))"""

_RECIPIENTS = f"""
SELECT x.message_id, count(*), sum(x.is_owner),
    group_concat(CASE WHEN x.is_owner THEN NULL ELSE x.name END, char(10))
FROM (SELECT p.message_id, coalesce(c.name, a.address) AS name,
        a.address IN (SELECT value FROM json_each(?)) AS is_owner
    FROM ({_MESSAGES}) y
    JOIN participant p ON p.message_id = y.message_id AND p.role > {_ROLES_TO}
    JOIN address a ON a.id = p.address_id
    LEFT JOIN contact_address ca ON ca.address_id = a.id
    LEFT JOIN contact c ON c.id = ca.contact_id) x
GROUP BY 1"""

_COLLEAGUES = """
SELECT m.sent_at, m.id, m.message_id, c.name, t.subject
FROM contact asked CROSS JOIN address a ON a.organisation = asked.organisation
CROSS JOIN contact_address k ON k.address_id = a.id CROSS JOIN contact c ON c.id = k.contact_id
CROSS JOIN message m ON m.from_address_id = a.id CROSS JOIN link l ON l.message_id = m.id
CROSS JOIN message_text t ON t.id = m.id
WHERE asked.id = ? AND asked.organisation <> '' AND k.contact_id <> ? AND m.kind = 'personal'
    AND c.set_aside <> 'frozen'
    AND l.direction = 'inbound' AND l.thread_id = m.id AND m.sent_at > ? AND m.sent_at <= ?
    AND EXISTS (SELECT 1 FROM participant p JOIN address o ON o.id = p.address_id
        WHERE p.message_id = m.id AND o.address IN (SELECT value FROM json_each(?)))
ORDER BY m.sent_at, m.id LIMIT 20"""
_JOURNAL = "SELECT id, verb, first, second, undoes FROM edit ORDER BY id"

_PARTIES = """
SELECT DISTINCT ca.contact_id FROM message m JOIN participant p ON p.message_id = m.id
JOIN contact_address ca ON ca.address_id = p.address_id
WHERE m.content_digest BETWEEN ? AND ? ORDER BY 1 LIMIT 60"""

"""Meetings, numbers and cities of contacts, as the next step and the morning page need them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection

from gonequiet.analysis.exchanges import answered
from gonequiet.app.meeting_records import ContactMeeting
from gonequiet.domain.card import card_from
from gonequiet.domain.meeting import Meeting, meeting_from
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.former_meetings import no_longer_held
from gonequiet.store.ownership import read_owned


class MeetingTables:
    """Implements `app.meeting_records.MeetingRecords` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def meetings(self) -> list[ContactMeeting]:
        """Returns every meeting with a contact that is the latest version of itself."""
        with self._database.reading() as connection:
            owned = frozenset(read_owned(connection))
            theirs: dict[int, set[str]] = defaultdict(set)
            for contact, address in connection.exec_driver_sql(_ADDRESSES):
                theirs[contact].add(address)
            rows = connection.exec_driver_sql(_MEETINGS).all()
            replies = _replies(connection)
            gone = no_longer_held(connection)
        found = []
        for number, message_id, contact, key, name, title, detail, event in rows:
            meeting = meeting_from(detail)
            if meeting is not None:
                meeting = answered(meeting, replies.get(event, ()))
                said = meeting.attendance_of(frozenset(theirs[contact]))
                own = meeting.attendance_of(owned)
                found.append(
                    ContactMeeting(
                        number,
                        message_id,
                        contact,
                        key,
                        name,
                        title,
                        meeting,
                        said,
                        own,
                        number in gone,
                    )
                )
        return found

    def numbers(self, contacts: Collection[int]) -> dict[int, str]:
        """Returns a telephone number of each contact that has one."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_NUMBERS, (json.dumps(sorted(contacts)),)).all()
        return {row[0]: row[1].removeprefix("tel:") for row in rows}

    def cities(self) -> tuple[dict[int, str], str]:
        """Returns the city on each contact's card, and that on the owner's."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(_CITIES).all()
            owned = json.dumps(sorted(read_owned(connection)))
            own = connection.exec_driver_sql(_OWN_CARDS, (owned,)).all()
        found = {contact: card_from(detail).city for contact, detail in rows}
        owners = [card_from(row[0]).city for row in own]
        return {key: city for key, city in found.items() if city}, next(filter(None, owners), "")

    def written_at(self, contacts: Collection[int]) -> dict[int, list[int]]:
        """Returns the moments of each contact's own messages, oldest first."""
        found: dict[int, list[int]] = defaultdict(list)
        with self._database.reading() as connection:
            for contact, at in connection.exec_driver_sql(
                _WRITTEN, (json.dumps(sorted(contacts)),)
            ):
                found[contact].append(at)
        return found

    def last_sent_at(self, contacts: Collection[int], as_of: int) -> dict[int, int]:
        """Returns when the owner wrote to or called each contact last."""
        chosen = json.dumps(sorted(contacts))
        with self._database.reading() as connection:
            return dict(connection.exec_driver_sql(_LAST_SENT, (chosen, as_of)).all())


def _replies(connection: Connection) -> dict[int, list[Meeting]]:
    """Returns what was answered to invitations by mail, by what all versions of a meeting share."""
    found: dict[int, list[Meeting]] = defaultdict(list)
    for event, detail in connection.exec_driver_sql(_REPLIES):
        meeting = meeting_from(detail)
        if meeting is not None and event:
            found[event].append(meeting)
    return found


_ADDRESSES = (
    "SELECT ca.contact_id, a.address FROM contact_address ca JOIN address a ON a.id = ca.address_id"
)
_MEETINGS = """
SELECT DISTINCT m.id, m.message_id, c.id, c.key, c.name, t.subject, m.detail,
    coalesce((SELECT r.id_digest FROM reference r WHERE r.message_id = m.id LIMIT 1), 0)
FROM message m JOIN message_text t ON t.id = m.id
JOIN link l ON l.message_id = m.id AND l.rule <> 'superseded'
JOIN participant p ON p.message_id = m.id JOIN contact_address ca ON ca.address_id = p.address_id
JOIN contact c ON c.id = ca.contact_id AND c.set_aside = ''
WHERE m.channel = 'meeting' ORDER BY m.sent_at, m.id, c.id"""
_REPLIES = """
SELECT r.id_digest, m.detail FROM message m JOIN reference r ON r.message_id = m.id
WHERE m.channel = 'meeting' AND instr(m.detail, '"is_reply":true') ORDER BY m.sent_at, m.id"""
_NUMBERS = """
SELECT ca.contact_id, min(a.address) FROM contact_address ca JOIN address a ON a.id = ca.address_id
WHERE a.address LIKE 'tel:+%' AND ca.contact_id IN (SELECT value FROM json_each(?)) GROUP BY 1"""
_CITIES = """
SELECT ca.contact_id, m.detail FROM message m JOIN participant p ON p.message_id = m.id
JOIN contact_address ca ON ca.address_id = p.address_id WHERE m.channel = 'card' ORDER BY m.id"""
_OWN_CARDS = """
SELECT m.detail FROM message m JOIN participant p ON p.message_id = m.id
JOIN address a ON a.id = p.address_id
WHERE m.channel = 'card' AND a.address IN (SELECT value FROM json_each(?)) ORDER BY m.id"""
_WRITTEN = """
SELECT ca.contact_id, m.sent_at FROM contact_address ca
JOIN participant p ON p.address_id = ca.address_id AND p.role = 0
JOIN link l ON l.message_id = p.message_id AND l.direction = 'inbound'
JOIN message m ON m.id = p.message_id
WHERE ca.contact_id IN (SELECT value FROM json_each(?))
AND m.kind IN ('personal', 'call') AND m.sent_at IS NOT NULL ORDER BY 1, 2"""
_LAST_SENT = """
SELECT ca.contact_id, max(m.sent_at) FROM contact_address ca
JOIN participant p ON p.address_id = ca.address_id AND p.role = 3
JOIN link l ON l.message_id = p.message_id AND l.direction = 'outbound'
JOIN message m ON m.id = p.message_id AND m.channel <> 'meeting'
WHERE ca.contact_id IN (SELECT value FROM json_each(?))
AND m.sent_at <= ? GROUP BY 1"""

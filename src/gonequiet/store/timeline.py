"""The messages of one contact, in order; the words only of those that are shown."""

from __future__ import annotations

import json
from typing import Any

from gonequiet.app.records import TimelineEntry
from gonequiet.store.database import Database

_OPENING_CHARS = 400


def find_timeline(
    database: Database, contact: int, as_of: int, worded: int | None
) -> list[TimelineEntry]:
    """Returns a contact's messages up to a moment, oldest first.

    Args:
        database: where they are.
        contact: the contact's number.
        as_of: UTC epoch seconds.
        worded: so many of the latest come with all that is shown of them; None: all.
    """
    with database.reading() as connection:
        run = connection.exec_driver_sql
        if worded is None:
            return [_entry(row) for row in run(_SHOWN.format(which=_OF_CONTACT), (contact, as_of))]
        found = [_bare(row) for row in run(_BARE, (contact, as_of))]
        latest = json.dumps([one.message for one in found[-worded:]])
        shown = [_entry(row) for row in run(_SHOWN.format(which=_LISTED), (latest, as_of))]
    return found[: len(found) - len(shown)] + shown


def _entry(row: Any) -> TimelineEntry:
    opening = " ".join((row[10] or "").split())
    return TimelineEntry._make([*row[:10], opening, bool(row[11]), row[12] or "", *row[13:]])


def _bare(row: Any) -> TimelineEntry:
    number, thread, parent, at, direction, kind, expects = row
    tied = (number, "", thread, parent, "", at, direction, kind)
    return TimelineEntry(*tied, "", "", "", bool(expects), "", "", "")


_OF_CONTACT = """SELECT DISTINCT p.message_id FROM contact_address ca
    JOIN participant p ON p.address_id = ca.address_id WHERE ca.contact_id = ?"""
_LISTED = "SELECT value AS message_id FROM json_each(?)"
_IN_ORDER = """
WHERE (m.sent_at IS NULL OR m.sent_at <= ?) AND l.rule <> 'superseded' AND m.channel <> 'card'
ORDER BY m.sent_at, m.id"""
_SHOWN = f"""
SELECT m.id, m.message_id, l.thread_id, l.parent_id, l.rule, m.sent_at, l.direction, m.kind,
    coalesce((SELECT name FROM contact_address x JOIN contact y ON y.id = x.contact_id
        WHERE x.address_id = m.from_address_id), ''),
    t.subject, substr(t.new_text, 1, {_OPENING_CHARS}), (m.facts >> 4) & 1,
    (SELECT u.folder FROM copy c JOIN unit u ON u.id = c.unit_id
        WHERE c.message_id = m.id ORDER BY u.id LIMIT 1), m.channel, m.detail
FROM ({{which}}) x
JOIN message m ON m.id = x.message_id JOIN link l ON l.message_id = m.id
JOIN message_text t ON t.id = m.id{_IN_ORDER}"""
_BARE = f"""
SELECT m.id, l.thread_id, l.parent_id, m.sent_at, l.direction, m.kind, (m.facts >> 4) & 1
FROM ({_OF_CONTACT}) x
JOIN message m ON m.id = x.message_id JOIN link l ON l.message_id = m.id{_IN_ORDER}"""

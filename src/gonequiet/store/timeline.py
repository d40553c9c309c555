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
        worded: so many of the latest between the two come with all that is shown of them;
            None: all.
    """
    with database.reading() as connection:
        run = connection.exec_driver_sql
        if worded is None:
            all_ = run(_SHOWN.format(which=_OF_CONTACT), (contact, contact, as_of))
            return [_entry(row) for row in all_]
        found = [_bare(row) for row in run(_BARE, (contact, contact, as_of))]
        between = [one.message for one in found if not one.is_of_others]
        latest = json.dumps(between[-worded:])
        listed = run(_SHOWN.format(which=_LISTED), (contact, latest, as_of))
        shown = {row[0]: _entry(row) for row in listed}
    return [shown.get(one.message, one) for one in found]


def _entry(row: Any) -> TimelineEntry:
    opening = " ".join((row[10] or "").split())
    *said, is_theirs = row[13:]
    folder = row[12] or ""
    return TimelineEntry._make([*row[:10], opening, bool(row[11]), folder, *said, bool(is_theirs)])


def _bare(row: Any) -> TimelineEntry:
    number, thread, parent, at, direction, kind, expects, is_theirs = row
    tied = (number, "", thread, parent, "", at, direction, kind)
    return TimelineEntry(*tied, "", "", "", bool(expects), "", "", "", bool(is_theirs))


_OF_CONTACT = """SELECT DISTINCT p.message_id FROM contact_address ca
    JOIN participant p ON p.address_id = ca.address_id WHERE ca.contact_id = ?"""
_IS_THEIRS = "m.from_address_id IN (SELECT address_id FROM contact_address WHERE contact_id = ?)"
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
        WHERE c.message_id = m.id ORDER BY u.id LIMIT 1), m.channel, m.detail, {_IS_THEIRS}
FROM ({{which}}) x
JOIN message m ON m.id = x.message_id JOIN link l ON l.message_id = m.id
JOIN message_text t ON t.id = m.id{_IN_ORDER}"""
_BARE = f"""
SELECT m.id, l.thread_id, l.parent_id, m.sent_at, l.direction, m.kind, (m.facts >> 4) & 1,
    {_IS_THEIRS}
FROM ({_OF_CONTACT}) x
JOIN message m ON m.id = x.message_id JOIN link l ON l.message_id = m.id{_IN_ORDER}"""

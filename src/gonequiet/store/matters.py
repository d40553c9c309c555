"""Episodes as they are kept: those of a contact, and what is open at a moment."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from gonequiet.app.records import OpenMatter
from gonequiet.domain.episode import Closure, Episode, Event, Pause
from gonequiet.store.database import Database

_EPISODE_COLUMNS = (
    "e.contact_id, e.thread_id, e.opened_at, e.opened_by, e.follow_ups, e.pauses, e.closed_at, "
    "e.closure, e.closed_by, e.replied_at, e.replied_by, e.other_at, e.other_by, e.is_mass, "
    "e.is_left_truncated"
)


def find_open_matters(database: Database, as_of: int, contact: int | None) -> list[OpenMatter]:
    """Returns the episodes open at a moment: of a contact, or of all not set aside."""
    whose, values = ("c.set_aside = ''", ()) if contact is None else ("c.id = ?", (contact,))
    with database.reading() as connection:
        found = connection.exec_driver_sql(_OPEN.format(whose=whose), (as_of, as_of, *values))
        return [_matter(row, as_of) for row in found.all()]


def find_episodes(database: Database, contact: int) -> list[Episode]:
    """Returns a contact's episodes, oldest first."""
    sql = (
        f"SELECT {_EPISODE_COLUMNS} FROM episode e WHERE e.contact_id = ? "
        "ORDER BY e.opened_at, e.opened_by"
    )
    with database.reading() as connection:
        return [_episode(row) for row in connection.exec_driver_sql(sql, (contact,)).all()]


def _episode(row: Iterable[Any]) -> Episode:
    """Returns an episode from the columns of `_EPISODE_COLUMNS`."""
    found = list(row)
    return Episode(
        found[0],
        found[1],
        found[2],
        found[3],
        tuple(Event(*one) for one in json.loads(found[4] or "[]")),
        tuple(Pause(*one) for one in json.loads(found[5] or "[]")),
        found[6],
        Closure(found[7]) if found[7] else None,
        found[8],
        None if found[9] is None else Event(found[9], found[10]),
        None if found[11] is None else Event(found[11], found[12]),
        bool(found[13]),
        bool(found[14]),
    )


def _matter(row: Any, as_of: int) -> OpenMatter:
    episode = _episode(row[:15])
    asked = Event(episode.opened_at, episode.opened_by)
    for event in episode.follow_ups:
        if event.at <= as_of:
            asked = event
    return OpenMatter._make([episode, *row[15:22], asked.message, asked.at, None])


_OPEN = f"""
SELECT {_EPISODE_COLUMNS}, c.key, c.name, c.organisation,
    coalesce((SELECT a.address FROM participant p JOIN contact_address ca
        ON ca.address_id = p.address_id AND ca.contact_id = c.id
        JOIN address a ON a.id = p.address_id
        WHERE p.message_id = e.opened_by AND p.role > 2 LIMIT 1), c.key),
    t.subject, m.message_id, m.channel
FROM episode e JOIN contact c ON c.id = e.contact_id
JOIN message m ON m.id = e.opened_by JOIN message_text t ON t.id = e.opened_by
WHERE e.opened_at <= ? AND (e.closed_at IS NULL OR e.closed_at > ?) AND {{whose}}
ORDER BY e.opened_at, e.opened_by, e.contact_id"""

"""Waits and episodes on their way into the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from gonequiet.store.driver import Connection

if TYPE_CHECKING:
    from gonequiet.analysis.episodes import ContactWaits
    from gonequiet.domain.episode import Episode, Wait

_INSERT_WAIT = f"INSERT INTO wait VALUES ({', '.join('?' * 16)})"
_INSERT_EPISODE = f"INSERT INTO episode VALUES (NULL, {', '.join('?' * 15)})"


def replace_waits(connection: Connection, found: Iterable[ContactWaits]) -> None:
    """Makes the waits and episodes found all there are of the chosen contacts (`choose`).

    What stands there already is left alone: a few messages more change few of many rows.
    """
    run = connection.exec_driver_sql
    contacts = list(found)
    waits = {row[:2]: row for one in contacts for row in map(_wait_row, one.waits)}
    stored = {row[:2]: row for row in run(f"SELECT w.* {_CHOSEN.format('wait')}")}
    run(_DELETE_WAIT, [key for key, row in stored.items() if waits.get(key) != row])
    run(_INSERT_WAIT, [row for key, row in waits.items() if stored.get(key) != row])
    episodes = {row: None for one in contacts for row in map(_episode_row, one.episodes)}
    standing = {row[1:]: row[:1] for row in run(f"SELECT w.* {_CHOSEN.format('episode')}")}
    run(_DELETE_EPISODE, [number for row, number in standing.items() if row not in episodes])
    run(_INSERT_EPISODE, [row for row in episodes if row not in standing])


_CHOSEN: Final = "FROM chosen CROSS JOIN {} w ON w.contact_id = chosen.id"
_DELETE_WAIT: Final = "DELETE FROM wait WHERE contact_id = ? AND message_id = ?"
_DELETE_EPISODE: Final = "DELETE FROM episode WHERE id = ?"


def save_waits(connection: Connection, found: Iterable[ContactWaits]) -> None:
    """Inserts the waits and episodes of contacts of whom none are stored, as they come."""
    waits: list[tuple[object, ...]] = []
    episodes: list[tuple[object, ...]] = []
    for one in found:
        waits += [_wait_row(wait) for wait in one.waits]
        episodes += [_episode_row(episode) for episode in one.episodes]
        if len(waits) > 20_000:
            connection.exec_driver_sql(_INSERT_WAIT, waits)
            waits.clear()
    if waits:
        connection.exec_driver_sql(_INSERT_WAIT, waits)
    if episodes:
        connection.exec_driver_sql(_INSERT_EPISODE, episodes)


def _wait_row(wait: Wait) -> tuple[object, ...]:
    # Plain numbers throughout: the driver takes a detour for every truth value.
    return (
        wait.contact,
        wait.message,
        wait.sent_at,
        wait.n_to,
        wait.n_cc,
        int(wait.is_reply),
        int(wait.is_forward),
        int(wait.asks_question),
        int(wait.has_request),
        wait.new_text_chars,
        wait.replied_after,
        wait.answered_after,
        wait.answered_by_other_after,
        wait.bounced_after,
        int(wait.expects_answer),
        int(wait.is_mass),
    )


def _episode_row(episode: Episode) -> tuple[object, ...]:
    replied, other = episode.replied, episode.other
    return (
        episode.contact,
        episode.thread,
        episode.opened_at,
        episode.opened_by,
        episode.closed_at,
        "" if episode.closure is None else episode.closure.value,
        episode.closed_by,
        None if replied is None else replied.at,
        None if replied is None else replied.message,
        None if other is None else other.at,
        None if other is None else other.message,
        int(episode.is_mass),
        int(episode.is_left_truncated),
        json.dumps(episode.follow_ups) if episode.follow_ups else "",
        json.dumps(episode.pauses) if episode.pauses else "",
    )

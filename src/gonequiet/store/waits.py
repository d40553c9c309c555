"""Waits and episodes on their way into the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gonequiet.store.driver import Connection

if TYPE_CHECKING:
    from gonequiet.analysis.episodes import ContactWaits
    from gonequiet.domain.episode import Episode, Wait

_INSERT_WAIT = f"INSERT INTO wait VALUES ({', '.join('?' * 16)})"
_INSERT_EPISODE = f"INSERT INTO episode VALUES (NULL, {', '.join('?' * 15)})"


def save_waits(connection: Connection, found: Iterable[ContactWaits]) -> None:
    """Inserts the waits and episodes of contacts, as they come."""
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

"""Meetings that lay in a calendar when it was read before, and lie in it no more.

Nothing is concluded from a calendar that is empty now, was cut off, or is still being read: there a
meeting is missing because it was not seen. Nor of meetings before the first one it still holds:
many programs give only the latest months.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from gonequiet.domain.provenance import ProblemKind
from gonequiet.store.driver import Connection
from gonequiet.store.former import FORMER


class _Lying(NamedTuple):
    """A meeting in a calendar; `event` is what all its versions share, 0 for none."""

    unit: int
    message: int
    starts_at: int
    event: int


def no_longer_held(connection: Connection) -> frozenset[int]:
    """Returns the messages of the meetings that are no longer in any calendar they lay in."""
    former = _lying(connection, f"AND c.position LIKE '{FORMER} %'")
    if not former:
        return frozenset()
    units = {one.unit for one in former}
    now = _lying(connection, f"AND c.position NOT LIKE '{FORMER} %'")
    messages, events = {one.message for one in now}, {one.event for one in now if one.event}
    begins = _first_of_whole(connection, units, former, now)
    return frozenset(
        one.message
        for one in former
        if one.starts_at >= begins.get(one.unit, one.starts_at + 1)
        and one.message not in messages
        and one.event not in events
    )


def _first_of_whole(
    connection: Connection, units: Collection[int], former: list[_Lying], now: list[_Lying]
) -> dict[int, int]:
    """Returns the start of the first meeting in each calendar that was read to its end."""
    held: dict[int, list[_Lying]] = defaultdict(list)
    for one in now:
        held[one.unit].append(one)
    before = {(one.unit, one.message) for one in former}
    cut_off = {
        row[0]
        for row in connection.exec_driver_sql(
            _CUT_OFF, (json.dumps(sorted(units)), ProblemKind.PARTLY_READ.value)
        )
    }
    return {
        unit: min(one.starts_at for one in lying)
        for unit, lying in held.items()
        # What lies there twice shows that the last import of it was stopped half-way.
        if unit not in cut_off and not any((unit, one.message) in before for one in lying)
    }


def _lying(connection: Connection, which: str) -> list[_Lying]:
    """Returns the meetings that lie in calendars; those that mails carry lie in mails."""
    return [_Lying._make(row) for row in connection.exec_driver_sql(_LYING + which)]


_LYING = """
SELECT c.unit_id, m.id, coalesce(m.sent_at, 0),
    coalesce((SELECT r.id_digest FROM reference r WHERE r.message_id = m.id LIMIT 1), 0)
FROM message m CROSS JOIN copy c ON c.message_id = m.id
WHERE m.channel = 'meeting' AND instr(c.position, ' meeting ') = 0 """
_CUT_OFF = """
SELECT DISTINCT unit_id FROM problem
WHERE unit_id IN (SELECT value FROM json_each(?)) AND kind = ? AND message_id IS NULL"""

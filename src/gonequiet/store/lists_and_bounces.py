"""Which addresses are those of lists, and which messages are bounces: kept, and added to.

Drawing conclusions asks for both again and again, and only a walk through all messages tells.
"""

from __future__ import annotations

import json
from typing import Final, NamedTuple

from gonequiet.domain.message import MessageKind
from gonequiet.store.driver import Connection
from gonequiet.store.shelf import KEPT

_NAME: Final = f"{KEPT} lists and bounces"
_BOUNCE: Final = MessageKind.BOUNCE.value


class Outstanding(NamedTuple):
    """What stands out among the messages.

    Attributes:
        through: the message up to which they were looked through.
        lists: the addresses named as that of a list.
        bounces: message numbers.
    """

    through: int
    lists: frozenset[str]
    bounces: frozenset[int]


_NOTHING: Final = Outstanding(0, frozenset(), frozenset())


def outstanding(connection: Connection) -> Outstanding:
    """Returns the lists and bounces among all messages."""
    run = connection.exec_driver_sql
    kept = run("SELECT value FROM conclusion WHERE name = ?", (_NAME,)).scalar()
    newest = int(run("SELECT coalesce(max(id), 0) FROM message").scalar())
    known = _NOTHING
    if kept is not None:
        through, lists, bounces = json.loads(kept)
        known = Outstanding(through, frozenset(lists), frozenset(bounces))
    if known.through == newest:
        return known
    return _with_newer(connection, known if known.through < newest else _NOTHING, newest)


def note_outstanding(connection: Connection) -> None:
    """Keeps what stands out among the messages there are now."""
    found = outstanding(connection)
    value = json.dumps([found.through, sorted(found.lists), sorted(found.bounces)])
    connection.exec_driver_sql("INSERT OR REPLACE INTO conclusion VALUES (?, ?)", (_NAME, value))


def _with_newer(connection: Connection, known: Outstanding, newest: int) -> Outstanding:
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT list_id FROM message WHERE id > ? AND list_id <> ''", (known.through,)
    )
    lists = known.lists.union(row[0] for row in rows)
    rows = connection.exec_driver_sql(
        "SELECT id FROM message WHERE id > ? AND kind = ?", (known.through, _BOUNCE)
    )
    return Outstanding(newest, lists, known.bounces.union(row[0] for row in rows))

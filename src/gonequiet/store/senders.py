"""Who wrote what lies in Sent folders: counted over all copies once, then added to.

Who the owner is proposed to be rests on it, so every import asks. What was counted is kept with the
conclusions; it is believed only as long as those stand, and what was counted lies where it lay.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Final

from gonequiet.store.driver import Connection
from gonequiet.store.shelf import KEPT

_NAME: Final = f"{KEPT} senders"
_MOST: Final = 20


def top_senders(connection: Connection) -> list[tuple[str, int]]:
    """Returns the addresses that wrote most of what lies in Sent folders, and how much each."""
    counts = _counted(connection)
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MOST]
    rows = connection.exec_driver_sql(
        "SELECT id, address FROM address WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([number for number, _ in ranked]),),
    )
    written: dict[int, str] = dict(iter(rows))
    return [(written[one], times) for one, times in ranked if written.get(one)]


def note_senders(connection: Connection, through: int) -> None:
    """Keeps what is counted, with the conclusions that are being saved up to a message."""
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM unit").scalar()
    counts = list(_counted(connection).items())
    value = [through, last, _sent_units(connection, last), counts]
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO conclusion VALUES (?, ?)", (_NAME, json.dumps(value))
    )


def _counted(connection: Connection) -> Counter[int]:
    """Returns how many messages in Sent folders each address wrote."""
    after, counts = _kept(connection)
    run = connection.exec_driver_sql
    counts.update(dict(iter(run(_SENT_SINCE, (after,)) if after else run(_SENT))))
    return counts


def _kept(connection: Connection) -> tuple[int, Counter[int]]:
    """Returns up to which message it was counted, and what; nothing where that may have changed.

    A known message may have come to lie in a Sent folder, or a folder be seen to be one.
    """
    run = connection.exec_driver_sql
    rows = run("SELECT name, value FROM conclusion WHERE name IN ('through', ?)", (_NAME,))
    found = {name: json.loads(value) for name, value in rows}
    if len(found) < 2:
        return 0, Counter()
    after, last, units, counts = found[_NAME]
    if after != found["through"] or units != _sent_units(connection, last):
        return 0, Counter()
    if run(_NOW_IN_SENT).first() is not None:
        return 0, Counter()
    return after, Counter(dict(counts))


def _sent_units(connection: Connection, last: int) -> list[int]:
    """Returns the units that are Sent folders, those up to some number."""
    rows = connection.exec_driver_sql(
        "SELECT id FROM unit WHERE folder_role = 'sent' AND id <= ? ORDER BY id", (last,)
    )
    return [row[0] for row in rows]


_IN_SENT: Final = (
    "(unit_id IN (SELECT id FROM unit WHERE folder_role = 'sent') "
    "OR (labels <> '' AND labels LIKE '%sent%'))"
)
_BY_SENDER: Final = "AND m.from_address_id IS NOT NULL GROUP BY m.from_address_id"
_SENT: Final = f"""SELECT m.from_address_id, count(*)
FROM (SELECT DISTINCT message_id FROM copy WHERE {_IN_SENT}) c
CROSS JOIN message m ON m.id = c.message_id {_BY_SENDER}"""
_SENT_SINCE: Final = f"""SELECT m.from_address_id, count(*) FROM message m
WHERE m.id > ? AND EXISTS (SELECT 1 FROM copy WHERE message_id = m.id AND {_IN_SENT})
{_BY_SENDER}"""
_NOW_IN_SENT: Final = f"""SELECT 1 FROM touched t CROSS JOIN copy c ON c.message_id = t.message_id
WHERE {_IN_SENT} LIMIT 1"""

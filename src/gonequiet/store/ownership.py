"""What the store says of who the owner is: their journal, and where they are seen to write."""

from __future__ import annotations

import json

from gonequiet.analysis.owner import OwnerHint
from gonequiet.domain.edit import Edit, EditVerb
from gonequiet.store.driver import Connection
from gonequiet.store.senders import top_senders


def read_edits(connection: Connection) -> list[Edit]:
    """Returns the owner's journal, oldest first."""
    rows = connection.exec_driver_sql(
        "SELECT id, verb, first, second, undoes FROM edit ORDER BY id"
    )
    return [Edit(row[0], EditVerb(row[1]), *row[2:]) for row in rows]


def read_owner_hints(connection: Connection) -> list[OwnerHint]:
    """Returns the addresses that could be the owner's, with counts."""
    hints = [OwnerHint(address, sent, 0, 0) for address, sent in top_senders(connection)]
    if hints:
        return hints
    rows = connection.exec_driver_sql(_ADDRESSED_TO)
    return [OwnerHint(address, 0, 0, received) for address, received in rows]


def read_owned(connection: Connection) -> dict[str, str]:
    """Returns every address recognised as the owner's, and the rule that did."""
    found = connection.exec_driver_sql("SELECT value FROM conclusion WHERE name = 'owner'").scalar()
    return dict(json.loads(found)) if found else {}


_ADDRESSED_TO = """
SELECT a.address, r.n FROM (
    SELECT address_id, count(*) AS n FROM participant WHERE role > 2
    AND message_id NOT IN (SELECT id FROM message WHERE channel != 'mail')
    GROUP BY address_id ORDER BY n DESC LIMIT 20
) r JOIN address a ON a.id = r.address_id WHERE a.address <> ''
AND a.address NOT IN (SELECT list_id FROM message)
AND replace(a.address, '@', '.') NOT IN (SELECT list_id FROM message)"""

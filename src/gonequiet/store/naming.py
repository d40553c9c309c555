"""Which names a contact goes by, and whether anybody else does too."""

from __future__ import annotations

import json
from collections.abc import Collection

from gonequiet.store.database import Database


def names_of(database: Database, addresses: Collection[str], name: str) -> list[str]:
    """Returns the full names some addresses were seen with that nobody else bears."""
    chosen = json.dumps(sorted(addresses))
    with database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT n.name FROM address_name n JOIN address a ON a.id = n.address_id "
            "WHERE a.address IN (SELECT value FROM json_each(?))",
            (chosen,),
        )
        named = {" ".join(row[0].split()) for row in rows} | {name}
        others = connection.exec_driver_sql(
            "SELECT DISTINCT lower(n.name) FROM address_name n JOIN address a "
            "ON a.id = n.address_id WHERE a.address NOT IN (SELECT value FROM json_each(?))",
            (chosen,),
        )
        borne = {" ".join(row[0].split()) for row in others}
    return sorted(one for one in named if one and one.lower() not in borne)

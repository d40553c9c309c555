"""What drawing conclusions reads from and writes to the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from gonequiet.app.conclusion_store import LinkRow
from gonequiet.store.chosen import choose
from gonequiet.store.contacts import ContactTables
from gonequiet.store.indexes import complete
from gonequiet.store.loading import LoadingTables
from gonequiet.store.ownership import read_edits, read_owner_hints
from gonequiet.store.senders import note_senders
from gonequiet.store.shelf import note_drawing
from gonequiet.store.waits import replace_waits, save_waits

if TYPE_CHECKING:
    from gonequiet.analysis.episodes import ContactWaits
    from gonequiet.analysis.owner import OwnerHint
    from gonequiet.domain.edit import Edit

_DERIVED = (
    *("contact", "contact_address", "link", "wait", "episode", "conclusion"),
    *("judged", "look", "address_use"),
)


class ConclusionTables(ContactTables, LoadingTables):
    """Implements `app.conclusion_store.ConclusionStore` on SQLite."""

    def newest_message(self) -> int:
        """Returns the highest message number, 0 without any."""
        return int(self._value("SELECT coalesce(max(id), 0) FROM message"))

    def concluded_through(self) -> int:
        """Returns the message number up to which conclusions are drawn, 0 for none."""
        return int(self._conclusion("through") or 0)

    def concluded_for(self) -> str:
        """Returns the fingerprint of owner and edits that the conclusions stand on."""
        return str(self._conclusion("fingerprint") or "")

    def drawn_at(self) -> int | None:
        """Returns the moment conclusions were drawn last."""
        found = self._conclusion("drawn_at")
        return None if found is None else int(found)

    def touched(self) -> frozenset[int]:
        """Returns the known messages of which another copy came since conclusions were drawn."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT message_id FROM touched")
            return frozenset(row[0] for row in rows)

    def sources_with_sent(self) -> list[int]:
        """Returns the sources that hold a Sent folder or label."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT source_id FROM unit WHERE folder_role = 'sent' UNION "
                "SELECT u.source_id FROM unit u WHERE EXISTS (SELECT 1 FROM copy c "
                "WHERE c.unit_id = u.id AND c.labels <> '' AND c.labels LIKE '%sent%') ORDER BY 1"
            )
            return [row[0] for row in rows]

    def edits(self) -> list[Edit]:
        """Returns the owner's journal, oldest first."""
        with self._database.reading() as connection:
            return read_edits(connection)

    def owner_hints(self) -> list[OwnerHint]:
        """Returns the addresses that could be the owner's, with counts."""
        with self._database.reading() as connection:
            return read_owner_hints(connection)

    def save_conclusions(
        self,
        *,
        links: Iterable[LinkRow],
        waits: Iterable[ContactWaits],
        contacts: Collection[int] | None,
        through: int,
        fingerprint: str,
        now: int,
    ) -> None:
        """Replaces links, waits and episodes in one transaction (of all contacts when None).

        Links that are not given stay.
        """
        self._indexes.wait()
        with self._database.writing() as connection:
            run = connection.exec_driver_sql
            rows = [(*row[:5], int(row.claims_to_be_owner)) for row in links]
            if rows:
                run("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?)", rows)
            if contacts is None:
                save_waits(connection, waits)
            else:
                choose(connection, contacts)
                replace_waits(connection, waits)
                run("DELETE FROM wait WHERE contact_id NOT IN (SELECT id FROM contact)")
                run("DELETE FROM episode WHERE contact_id NOT IN (SELECT id FROM contact)")
            note_senders(connection, through)
            for name, value in (
                ("through", through),
                ("fingerprint", fingerprint),
                ("drawn_at", now),
            ):
                run("INSERT OR REPLACE INTO conclusion VALUES (?, ?)", (name, json.dumps(value)))
            run("DELETE FROM touched")
            note_drawing(connection)
            complete(connection)

    def forget_conclusions(self) -> None:
        """Drops everything concluded, to be drawn again."""
        with self._database.writing() as connection:
            for table in _DERIVED:
                connection.exec_driver_sql(f"DELETE FROM {table}")

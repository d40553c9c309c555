"""What drawing conclusions loads of the records: all of them, or some by number."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from gonequiet.app.conclusion_store import CopyPlace, LinkRow, MessageFacts
from gonequiet.app.packing import FROM
from gonequiet.domain.interaction import Direction
from gonequiet.domain.moments import EARLIEST_AT
from gonequiet.domain.thread import LinkRule
from gonequiet.store.chosen import Chosen, choose, plain_rows
from gonequiet.store.concluded import Concluded
from gonequiet.store.driver import Connection
from gonequiet.store.lists_and_bounces import outstanding

if TYPE_CHECKING:
    from gonequiet.analysis.exchanges import Exchange
    from gonequiet.analysis.half_answers import Said


class LoadingTables(Concluded):
    """The records as drawing conclusions reads them."""

    def records_begin_at(self) -> int | None:
        """Returns when the records begin: the oldest plausible moment of any message."""
        found = self._value(f"SELECT min(sent_at) FROM message WHERE sent_at > {EARLIEST_AT}")
        return None if found is None else int(found)

    def message_facts(self, messages: Collection[int] | None) -> Iterator[MessageFacts]:
        """Yields facts in order of message number."""
        with self._chosen(messages) as (connection, among):
            rows = plain_rows(
                connection,
                "SELECT m.id, id_digest, sent_at, subject_digest, opening_digest, quoted_digest, "
                "kind, return_on, failed_addresses, facts, new_text_chars, from_address_id "
                f"{among('message m', 'm.id')} ORDER BY m.id",
            )
            yield from map(MessageFacts._make, rows)

    def participants(self, messages: Collection[int] | None) -> Iterator[tuple[int, int, int]]:
        """Yields message, role number and address number in order of message number."""
        with self._chosen(messages) as (connection, among):
            yield from plain_rows(
                connection,
                "SELECT message_id, role, address_id "
                f"{among('participant', 'message_id')} ORDER BY message_id, position",
            )

    def references(self, messages: Collection[int] | None) -> Iterator[tuple[int, int, int]]:
        """Yields message, kind and id digest, in order; the id of a copy as the message's own."""
        with self._chosen(messages) as (connection, among):
            yield from plain_rows(
                connection,
                "SELECT r.message_id, r.kind, coalesce(nullif(m.id_digest, 0), r.id_digest) "
                f"{among('reference r', 'r.message_id')} "
                "LEFT JOIN also_known k ON k.id_digest = r.id_digest "
                "LEFT JOIN message m ON m.id = k.message_id ORDER BY r.message_id, r.position",
            )

    def copy_facts(
        self, messages: Collection[int] | None, with_sent: Collection[int]
    ) -> dict[int, tuple[CopyPlace, ...]]:
        """Returns where the copies of each message lie, places that say the same once."""
        with self._chosen(messages) as (connection, among):
            places = _Places(connection, with_sent)
            found: dict[int, tuple[CopyPlace, ...]] = {}
            rows = plain_rows(
                connection,
                f"SELECT message_id, unit_id, labels {among('copy', 'message_id')}",
            )
            for message, unit, labels in rows:
                alone = places.of(unit, labels)
                held = found.setdefault(message, alone)
                if held is not alone and alone[0] not in held:
                    found[message] = held + alone
            return found

    def exchanges(self, messages: Collection[int] | None) -> dict[int, Exchange]:
        """Returns what only their channel knows, of the records that are not mail."""
        from gonequiet.analysis.exchanges import Exchange

        with self._chosen(messages) as (connection, among):
            rows = plain_rows(
                connection,
                "SELECT m.id, m.channel, m.states, m.detail, coalesce((SELECT r.id_digest "
                "FROM reference r WHERE r.message_id = m.id LIMIT 1), 0) "
                f"{among('message m', 'm.id')} WHERE m.channel != 'mail' ORDER BY m.id",
            )
            return {row[0]: Exchange._make(row[1:]) for row in rows}

    def words_of(self, messages: Collection[int]) -> dict[int, Said]:
        """Returns the new words of messages, and the names of what came with them."""
        from gonequiet.analysis.half_answers import Said

        with self._chosen(messages) as (connection, among):
            rows = plain_rows(
                connection,
                "SELECT m.id, t.new_text, m.attachments "
                f"{among('message m', 'm.id')} JOIN message_text t ON t.id = m.id",
            )
            return {
                number: Said(text, tuple(one[0] for one in json.loads(files or "[]")))
                for number, text, files in rows
            }

    def related_messages(self, messages: Collection[int]) -> list[int]:
        """Returns every message that could share a thread with any of these, these included."""
        with self._database.reading() as connection:
            choose(connection, messages)
            before = -1
            while True:
                now = int(connection.exec_driver_sql("SELECT count(*) FROM chosen").scalar() or 0)
                if now == before:
                    break
                before = now
                connection.exec_driver_sql(_CHOOSE_RELATED)
            rows = connection.exec_driver_sql("SELECT id FROM chosen ORDER BY id")
            return [row[0] for row in rows]

    def messages_of_contacts(self, contacts: Collection[int]) -> list[int]:
        """Returns every message the contacts wrote or received, or that names one as failed."""
        with self._database.reading() as connection:
            choose(connection, contacts)
            rows = connection.exec_driver_sql(_OF_CONTACTS)
            found = {row[0] for row in rows}
            found |= _bounces_of(connection)
            return sorted(found)

    def exchanged_with(self, contacts: Collection[int]) -> list[int]:
        """Returns the messages that stand in the contacts' timelines, as they are linked now."""
        with self._database.reading() as connection:
            choose(connection, contacts)
            found = {row[0] for row in connection.exec_driver_sql(_EXCHANGED_WITH)}
            return sorted(found | _bounces_of(connection))

    def messages_of_threads(self, threads: Collection[int]) -> list[int]:
        """Returns every message linked into the threads."""
        with self._database.reading() as connection:
            choose(connection, threads)
            rows = connection.exec_driver_sql(
                "SELECT message_id FROM chosen CROSS JOIN link ON link.thread_id = chosen.id"
            )
            return [row[0] for row in rows]

    def links(self, messages: Collection[int]) -> dict[int, LinkRow]:
        """Returns the stored links of messages."""
        with self._database.reading() as connection:
            choose(connection, messages)
            rows = connection.exec_driver_sql(
                "SELECT message_id, thread_id, parent_id, rule, direction, claims_to_be_owner "
                "FROM chosen CROSS JOIN link ON link.message_id = chosen.id"
            )
            return {row[0]: LinkRow._make([*row[:5], bool(row[5])]) for row in rows}

    def _chosen(self, messages: Collection[int] | None) -> Chosen:
        return Chosen(self._database, messages)


class _Places:
    """What lying in a unit, with some labels, says of a copy."""

    def __init__(self, connection: Connection, with_sent: Collection[int]) -> None:
        units = connection.exec_driver_sql("SELECT id, source_id, folder_role FROM unit").all()
        self._role = {row[0]: row[2] for row in units}
        self._source = {row[0]: row[1] for row in units}
        self._with_sent = frozenset(with_sent)
        self._known: dict[tuple[int, str], tuple[CopyPlace]] = {}

    def of(self, unit: int, labels: str) -> tuple[CopyPlace]:
        """Returns the facts of a copy, by themselves; those of one unit are the same object."""
        known = self._known.get((unit, labels))
        if known is None:
            roles = {self._role[unit], *labels.split()}
            has_sent = self._source[unit] in self._with_sent
            known = (CopyPlace("sent" in roles, "drafts" in roles, has_sent),)
            self._known[unit, labels] = known
        return known


_CHOOSE_RELATED = """
INSERT OR IGNORE INTO chosen
SELECT o.id FROM chosen c CROSS JOIN message m ON m.id = c.id
    CROSS JOIN message o ON o.subject_digest = m.subject_digest WHERE m.subject_digest <> 0
UNION SELECT o.id FROM chosen c CROSS JOIN message m ON m.id = c.id
    CROSS JOIN message o ON o.opening_digest = m.quoted_digest WHERE m.quoted_digest <> 0
UNION SELECT o.id FROM chosen c CROSS JOIN message m ON m.id = c.id
    CROSS JOIN message o ON o.quoted_digest = m.opening_digest WHERE m.opening_digest <> 0
UNION SELECT o.id FROM chosen c CROSS JOIN reference r ON r.message_id = c.id
    CROSS JOIN message o ON o.id_digest = r.id_digest
UNION SELECT r.message_id FROM chosen c CROSS JOIN message m ON m.id = c.id
    CROSS JOIN reference r ON r.id_digest = m.id_digest WHERE m.id_digest <> 0
UNION SELECT o.message_id FROM chosen c CROSS JOIN reference r ON r.message_id = c.id
    CROSS JOIN reference o ON o.id_digest = r.id_digest
UNION SELECT k.message_id FROM chosen c CROSS JOIN reference r ON r.message_id = c.id
    CROSS JOIN also_known k ON k.id_digest = r.id_digest
UNION SELECT r.message_id FROM chosen c CROSS JOIN also_known k ON k.message_id = c.id
    CROSS JOIN reference r ON r.id_digest = k.id_digest"""

_OF_CONTACTS = """
SELECT DISTINCT p.message_id FROM chosen
CROSS JOIN contact_address a ON a.contact_id = chosen.id
CROSS JOIN participant p ON p.address_id = a.address_id"""


# Mail to many stands in few timelines: those of its sender, or of all when the owner wrote it.
_EXCHANGED_WITH = f"""{_OF_CONTACTS}
LEFT JOIN link l ON l.message_id = p.message_id
WHERE p.role = {FROM} OR l.direction = '{Direction.OUTBOUND.value}'
    OR l.rule IN ('{LinkRule.CHANNEL.value}', '{LinkRule.SUPERSEDED.value}')"""


def _bounces_of(connection: Connection) -> set[int]:
    """Returns the bounces that name an address of a chosen contact."""
    theirs = {
        row[0]
        for row in connection.exec_driver_sql(
            "SELECT address FROM chosen JOIN contact_address c ON c.contact_id = chosen.id "
            "JOIN address a ON a.id = c.address_id"
        )
    }
    rows = connection.exec_driver_sql(
        "SELECT id, failed_addresses FROM message WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(outstanding(connection).bounces)),),
    )
    return {row[0] for row in rows if theirs.intersection(row[1].split())}

"""The questions of the product, as SQL: short reads over indexes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from gonequiet.analysis.completeness import AnswersSeen
from gonequiet.analysis.owner import OwnerHint
from gonequiet.app.owner import OwnerView, find_owner
from gonequiet.app.records import (
    AsideRow,
    ContactCard,
    ListedProblem,
    OpenMatter,
    SearchHit,
    TimelineEntry,
    WaitColumns,
)
from gonequiet.domain.episode import Episode
from gonequiet.domain.moments import EARLIEST_AT
from gonequiet.domain.source import SourceFacts
from gonequiet.store.contact_cards import find_contacts, list_contacts
from gonequiet.store.database import Database
from gonequiet.store.matters import find_episodes, find_open_matters
from gonequiet.store.ownership import read_edits, read_owned, read_owner_hints
from gonequiet.store.searching import find_messages
from gonequiet.store.shelf import ShelfTables
from gonequiet.store.source_facts import find_answers_seen, find_sources
from gonequiet.store.timeline import find_timeline

_WAIT_COLUMNS = ", ".join(("message_id", "contact_id", *WaitColumns._fields[2:-1]))


class RecordTables:
    """Implements `app.records.Records` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shelf = ShelfTables(database)

    def owner(self) -> OwnerView:
        """Returns who the owner is taken to be."""
        hints = self._shelf.standing("owner hints", self._owner_hints)
        with self._database.reading() as connection:
            edits, owned = read_edits(connection), read_owned(connection)
        found = find_owner(edits, [OwnerHint._make(one) for one in hints])
        return replace(found, addresses=found.addresses | owned.keys())

    def _owner_hints(self) -> list[OwnerHint]:
        with self._database.reading() as connection:
            return read_owner_hints(connection)

    def sources(self) -> list[SourceFacts]:
        """Returns how far and how completely each source was read."""
        return find_sources(self._database, self._shelf)

    def answers_seen(self, as_of: int, latest: int) -> AnswersSeen:
        """Returns of how many of the latest answers to the owner the letter is here."""
        return find_answers_seen(self._database, as_of, latest)

    def newest_at(self, as_of: int) -> int | None:
        """Returns the moment of the newest message up to a moment."""
        found = self._one("SELECT max(sent_at) FROM message WHERE sent_at <= ?", as_of)
        return None if found is None else int(found)

    def daily_counts(self, start: int, stop: int) -> dict[int, int]:
        """Returns how many messages each day (days since 1970) holds between two moments."""
        rows = self._all(
            "SELECT sent_at / 86400, count(*) FROM message "
            "WHERE sent_at >= ? AND sent_at < ? GROUP BY 1",
            start,
            stop,
        )
        return {row[0]: row[1] for row in rows}

    def open_matters(self, as_of: int, contact: int | None = None) -> list[OpenMatter]:
        """Returns the episodes open at a moment: of a contact, or of all not set aside."""
        return find_open_matters(self._database, as_of, contact)

    def closed_matters(self, since: int, as_of: int) -> dict[str, int]:
        """Returns how many episodes opened since were closed by then, by closure."""
        rows = self._all(
            "SELECT closure, count(*) FROM episode WHERE opened_at >= ? AND opened_at <= ? "
            "AND closed_at <= ? GROUP BY closure",
            since,
            as_of,
            as_of,
        )
        return {row[0]: row[1] for row in rows}

    def unexpecting(self, since: int, as_of: int) -> int:
        """Returns how many unanswered outbound messages since then called for no answer."""
        return int(
            self._one(
                "SELECT count(*) FROM wait WHERE NOT expects_answer AND sent_at >= ? "
                "AND sent_at <= ? AND (answered_after IS NULL OR sent_at + answered_after > ?)",
                since,
                as_of,
                as_of,
            )
        )

    def set_aside(self, since: int, as_of: int) -> list[AsideRow]:
        """Returns what `closed_matters` (but for plain responses) and `unexpecting` count."""
        rows = self._all(_SET_ASIDE, since, as_of, as_of, since, as_of, as_of)
        return [
            AsideRow._make([*row[:8], tuple(one[0] for one in json.loads(row[8] or "[]"))])
            for row in rows
        ]

    def waits(self) -> WaitColumns:
        """Returns every wait."""
        return self._waits("", "")

    def waits_of(self, contact: int) -> WaitColumns:
        """Returns the waits for one contact."""
        return self._waits("WHERE contact_id = ?", "AND contact_id = ?", contact)

    def _waits(self, where: str, also: str, *values: object) -> WaitColumns:
        rows = self._all(
            f"SELECT {_WAIT_COLUMNS} FROM wait {where} ORDER BY sent_at, message_id, contact_id",
            *values,
        )
        if not rows:
            return WaitColumns(*([] for _ in WaitColumns._fields))
        columns = [list(column) for column in zip(*rows, strict=True)]
        withdrawn = self._withdrawn(also, *values)
        ends = (withdrawn.get(key) for key in zip(*columns[:2], strict=True))
        spans = [
            None if end is None else max(0, end - sent)
            for end, sent in zip(ends, columns[2], strict=True)
        ]
        return WaitColumns._make([*columns, spans])

    def _withdrawn(self, also: str, *values: object) -> dict[tuple[int, int], int]:
        """When the owner took back what a message had asked a contact."""
        rows = self._all(f"{_WITHDRAWN} {also}", *values)
        return {
            (message, contact): closed_at
            for contact, opened_by, follow_ups, closed_at in rows
            for message in (opened_by, *(one[1] for one in json.loads(follow_ups or "[]")))
        }

    def inbound(self) -> tuple[list[int], list[int]]:
        """Returns contact and moment of every message a contact wrote to the owner."""
        return _columns(self._all(_INBOUND.format(which="")))

    def inbound_near(self, contacts: Sequence[int], since: int) -> tuple[list[int], list[int]]:
        """Returns those of some contacts, and those of anybody since a moment."""
        return _columns(self._all(_INBOUND.format(which=_NEAR), since, json.dumps([*contacts])))

    def exchanges(self, as_of: int) -> list[tuple[int, int, bool]]:
        """Returns contact, moment, and whether the owner wrote it, of personal mail."""
        theirs = self._all(_THEIRS, as_of)
        own = self._all(
            "SELECT DISTINCT contact_id, sent_at FROM wait WHERE NOT is_mass AND sent_at <= ?",
            as_of,
        )
        return [(row[0], row[1], False) for row in theirs] + [(row[0], row[1], True) for row in own]

    def names(self) -> dict[int, tuple[str, str, str]]:
        """Returns name, key and organisation of the contacts that are not set aside."""
        rows = self._all("SELECT id, name, key, organisation FROM contact WHERE set_aside = ''")
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def waited_for(self, as_of: int) -> frozenset[int]:
        """Returns the contacts of whom an answer is awaited."""
        rows = self._all(
            "SELECT DISTINCT contact_id FROM episode WHERE opened_at <= ? AND NOT is_mass "
            "AND (closed_at IS NULL OR closed_at > ?)",
            as_of,
            as_of,
        )
        return frozenset(row[0] for row in rows)

    def channels_of(self, contacts: Collection[int]) -> dict[int, frozenset[str]]:
        """Returns what each contact was in touch through besides mail."""
        rows = self._all(_CHANNELS)
        found: dict[int, set[str]] = {}
        for contact, channel in rows:
            if contact in contacts:
                found.setdefault(contact, set()).add(channel)
        return {contact: frozenset(used) for contact, used in found.items()}

    def contact_counts(self) -> tuple[int, int]:
        """Returns how many contacts there are, and how many more are set aside."""
        shown = self._one("SELECT count(*) FROM contact WHERE set_aside = ''")
        aside = self._one("SELECT count(*) FROM contact WHERE set_aside <> ''")
        return int(shown), int(aside)

    def contacts(self, *, including_set_aside: bool) -> list[ContactCard]:
        """Returns contacts, most recent exchange first."""
        return list_contacts(self._database, including_set_aside=including_set_aside)

    def find_contacts(self, text: str) -> list[ContactCard]:
        """Returns the contacts a name, part of a name, or address may mean, best first."""
        return find_contacts(self._database, text)

    def timeline(
        self, contact: int, as_of: int, *, worded: int | None = None
    ) -> list[TimelineEntry]:
        """Returns a contact's messages up to a moment, oldest first."""
        return find_timeline(self._database, contact, as_of, worded)

    def episodes(self, contact: int) -> list[Episode]:
        """Returns a contact's episodes, oldest first."""
        return find_episodes(self._database, contact)

    def search(self, text: str, limit: int, *, inside_words: bool) -> list[SearchHit]:
        """Returns messages that hold a text literally, newest first."""
        return find_messages(self._database, text, limit, inside_words=inside_words)

    def problems(self) -> list[ListedProblem]:
        """Returns everything that could not be read as it should be."""
        return [ListedProblem(*row) for row in self._all(_PROBLEMS)]

    def problem_counts(self) -> dict[str, int]:
        """Returns how many problems there are of each kind."""
        rows = self._all("SELECT kind, count(*) FROM problem GROUP BY kind ORDER BY kind")
        return {row[0]: row[1] for row in rows}

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self._database.reading() as connection:
            return list(connection.exec_driver_sql(sql, values).all())

    def _one(self, sql: str, *values: object) -> Any:
        with self._database.reading() as connection:
            return connection.exec_driver_sql(sql, values).scalar()


def _columns(rows: Iterable[Any]) -> tuple[list[int], list[int]]:
    pairs = list(rows)
    return [row[0] for row in pairs], [row[1] for row in pairs]


_SET_ASIDE = """
SELECT c.name, c.key, t.subject, m.message_id, m.id, e.opened_at, e.closure, '', ''
FROM episode e JOIN contact c ON c.id = e.contact_id
JOIN message m ON m.id = e.opened_by JOIN message_text t ON t.id = e.opened_by
WHERE e.opened_at >= ? AND e.opened_at <= ? AND e.closed_at <= ? AND e.closure <> 'response'
UNION ALL
SELECT c.name, c.key, t.subject, m.message_id, m.id, w.sent_at, '', t.new_text, m.attachments
FROM wait w JOIN contact c ON c.id = w.contact_id
JOIN message m ON m.id = w.message_id JOIN message_text t ON t.id = w.message_id
WHERE NOT w.expects_answer AND w.sent_at >= ? AND w.sent_at <= ?
    AND (w.answered_after IS NULL OR w.sent_at + w.answered_after > ?)"""

_WITHDRAWN = """
SELECT contact_id, opened_by, follow_ups, closed_at FROM episode WHERE closure = 'withdrawn'"""

_INBOUND = """
SELECT DISTINCT ca.contact_id, m.sent_at FROM message m JOIN link l ON l.message_id = m.id
JOIN contact_address ca ON ca.address_id = m.from_address_id
WHERE l.direction = 'inbound' AND m.kind IN ('personal', 'list', 'call') AND m.sent_at IS NOT NULL
{which}
ORDER BY 1, 2"""

_NEAR = """AND (m.sent_at >= ? OR m.id IN (
    SELECT p.message_id FROM json_each(?) asked
    CROSS JOIN contact_address own ON own.contact_id = asked.value
    CROSS JOIN participant p ON p.address_id = own.address_id AND p.position = 0))"""

_THEIRS = f"""
SELECT ca.contact_id, m.sent_at FROM message m JOIN link l ON l.message_id = m.id
JOIN contact_address ca ON ca.address_id = m.from_address_id
WHERE l.direction = 'inbound' AND m.kind IN ('personal', 'call') AND m.sent_at IS NOT NULL
AND m.sent_at > {EARLIEST_AT} AND m.sent_at <= ?"""

_CHANNELS = """
SELECT DISTINCT ca.contact_id, m.channel FROM message m
JOIN participant p ON p.message_id = m.id JOIN contact_address ca ON ca.address_id = p.address_id
WHERE m.channel <> 'mail' AND m.channel <> 'card'"""

_PROBLEMS = """
SELECT s.location, coalesce(u.path, ''), p.position, p.kind, p.reason
FROM problem p JOIN source s ON s.id = p.source_id LEFT JOIN unit u ON u.id = p.unit_id
ORDER BY s.id, u.path, p.id"""

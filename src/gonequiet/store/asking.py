"""The questions of the product, as SQL: short reads over indexes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

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
from gonequiet.domain.episode import Closure, Episode, Event, Pause
from gonequiet.domain.source import SourceFacts, SourceKind
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.ownership import read_edits, read_owned, read_owner_hints
from gonequiet.store.searching import find_messages
from gonequiet.store.shelf import ShelfTables
from gonequiet.store.timeline import find_timeline

_EPISODE_COLUMNS = (
    "e.contact_id, e.thread_id, e.opened_at, e.opened_by, e.follow_ups, e.pauses, e.closed_at, "
    "e.closure, e.closed_by, e.replied_at, e.replied_by, e.other_at, e.other_by, e.is_mass, "
    "e.is_left_truncated"
)
_WAIT_COLUMNS = ", ".join(("message_id", "contact_id", *WaitColumns._fields[2:]))


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
        held = {row["id"]: row for row in self._shelf.standing("sources", self._held)}
        with self._database.reading() as connection:
            rows = list(connection.exec_driver_sql(_SOURCES).mappings())
        return [_source({**held.get(row["id"], _NOTHING_HELD), **row}) for row in rows]

    def _held(self) -> list[dict[str, Any]]:
        """Returns what each source holds: a look at every copy."""
        with self._database.reading() as connection:
            return list(connection.exec_driver_sql(_HELD).mappings())

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
        if contact is None:
            rows = self._all(_OPEN.format(whose="c.set_aside = ''"), as_of, as_of)
        else:
            rows = self._all(_OPEN.format(whose="c.id = ?"), as_of, as_of, contact)
        return [_matter(row, as_of) for row in rows]

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
        return self._waits("")

    def waits_of(self, contact: int) -> WaitColumns:
        """Returns the waits for one contact."""
        return self._waits("WHERE contact_id = ?", contact)

    def _waits(self, where: str, *values: object) -> WaitColumns:
        rows = self._all(
            f"SELECT {_WAIT_COLUMNS} FROM wait {where} ORDER BY sent_at, message_id, contact_id",
            *values,
        )
        if not rows:
            return WaitColumns(*([] for _ in WaitColumns._fields))
        return WaitColumns(*(list(column) for column in zip(*rows, strict=True)))

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
        only = "" if including_set_aside else "WHERE c.set_aside = ''"
        return self._cards(only, ())

    def find_contacts(self, text: str) -> list[ContactCard]:
        """Returns the contacts a name, part of a name, or address may mean, best first."""
        wanted = text.strip().lower()
        numbers = [row[0] for row in self._all(_FIND_CONTACT, wanted, wanted, wanted, wanted)]
        if not numbers:
            words = [f"%{_escaped(word)}%" for word in wanted.split()]
            where = " AND ".join(["lower(name) LIKE ? ESCAPE '\\'"] * len(words)) or "0"
            numbers = [row[0] for row in self._all(f"SELECT id FROM contact WHERE {where}", *words)]
        if not numbers:
            return []
        marks = ", ".join("?" * len(numbers[:200]))
        return self._cards(f"WHERE c.id IN ({marks})", tuple(numbers[:200]))

    def timeline(
        self, contact: int, as_of: int, *, worded: int | None = None
    ) -> list[TimelineEntry]:
        """Returns a contact's messages up to a moment, oldest first."""
        return find_timeline(self._database, contact, as_of, worded)

    def episodes(self, contact: int) -> list[Episode]:
        """Returns a contact's episodes, oldest first."""
        rows = self._all(
            f"SELECT {_EPISODE_COLUMNS} FROM episode e WHERE e.contact_id = ? "
            "ORDER BY e.opened_at, e.opened_by",
            contact,
        )
        return [episode_of(row) for row in rows]

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

    def _cards(self, where: str, values: tuple[object, ...]) -> list[ContactCard]:
        only = where.replace("c.id", "ca.contact_id") if "c.id" in where else ""
        with self._database.reading() as connection:
            run = connection.exec_driver_sql
            given = values * 3 if only else values
            rows = list(run(_CARDS.format(where=where, only=only), given).mappings())
            addresses = _addresses(connection, only, values if only else ())
        return [ContactCard(**row, addresses=addresses[row["number"]]) for row in rows]

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self._database.reading() as connection:
            return list(connection.exec_driver_sql(sql, values).all())

    def _one(self, sql: str, *values: object) -> Any:
        with self._database.reading() as connection:
            return connection.exec_driver_sql(sql, values).scalar()


def _columns(rows: Iterable[Any]) -> tuple[list[int], list[int]]:
    pairs = list(rows)
    return [row[0] for row in pairs], [row[1] for row in pairs]


def episode_of(row: Iterable[Any]) -> Episode:
    """Returns an episode from the columns of `_EPISODE_COLUMNS`."""
    found = list(row)
    return Episode(
        found[0],
        found[1],
        found[2],
        found[3],
        tuple(Event(*one) for one in json.loads(found[4] or "[]")),
        tuple(Pause(*one) for one in json.loads(found[5] or "[]")),
        found[6],
        Closure(found[7]) if found[7] else None,
        found[8],
        None if found[9] is None else Event(found[9], found[10]),
        None if found[11] is None else Event(found[11], found[12]),
        bool(found[13]),
        bool(found[14]),
    )


def _matter(row: Any, as_of: int) -> OpenMatter:
    episode = episode_of(row[:15])
    asked = Event(episode.opened_at, episode.opened_by)
    for event in episode.follow_ups:
        if event.at <= as_of:
            asked = event
    return OpenMatter._make([episode, *row[15:22], asked.message, asked.at, None])


_NOTHING_HELD = {
    "newest_at": None,
    "oldest_at": None,
    "messages": 0,
    "copies": 0,
    "has_sent": 0,
    "has_received": 0,
    "channels": "",
}


def _source(row: Mapping[str, Any]) -> SourceFacts:
    return SourceFacts(
        location=row["location"],
        kind=SourceKind(row["kind"]),
        read_at=row["read_at"],
        newest_at=row["newest_at"],
        oldest_at=row["oldest_at"],
        messages=row["messages"],
        copies=row["copies"],
        has_sent=bool(row["has_sent"]),
        has_received=bool(row["has_received"]),
        problems=row["problems"],
        channels=tuple(sorted(filter(None, row["channels"].split(",")))),
    )


def _addresses(
    connection: Connection, only: str, values: tuple[object, ...]
) -> dict[int, tuple[tuple[str, str], ...]]:
    rows = connection.exec_driver_sql(
        "SELECT c.contact_id, a.address, c.rule FROM contact_address c "
        f"JOIN address a ON a.id = c.address_id {only.replace('ca.', 'c.')} "
        "ORDER BY c.contact_id, a.address",
        values,
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for contact, address, rule in rows:
        found.setdefault(contact, []).append((address, rule))
    return {contact: tuple(listed) for contact, listed in found.items()}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_SOURCES = """
SELECT s.id, s.location, s.kind, s.read_at,
    (SELECT count(*) FROM problem p WHERE p.source_id = s.id) AS problems
FROM source s ORDER BY s.id"""

_HELD = """
SELECT s.id,
    max(CASE WHEN m.sent_at BETWEEN 483228800 AND s.added_at + 4000000000
        AND m.channel <> 'meeting' THEN m.sent_at END)
        AS newest_at,
    min(CASE WHEN m.sent_at > 483228800 THEN m.sent_at END) AS oldest_at,
    count(DISTINCT c.message_id) AS messages, count(c.message_id) AS copies,
    coalesce(max(u.folder_role = 'sent' OR c.labels LIKE '%sent%'), 0) AS has_sent,
    coalesce(max(l.direction = 'inbound'), 0) AS has_received,
    -- A mail that carries a meeting is no calendar: what else is in the calendar is not read.
    coalesce(group_concat(DISTINCT CASE WHEN m.channel <> 'meeting'
        OR instr(c.position, ' meeting ') = 0 THEN m.channel END), '') AS channels
FROM source s LEFT JOIN unit u ON u.source_id = s.id LEFT JOIN copy c ON c.unit_id = u.id
LEFT JOIN message m ON m.id = c.message_id LEFT JOIN link l ON l.message_id = m.id
GROUP BY s.id ORDER BY s.id"""

_OPEN = f"""
SELECT {_EPISODE_COLUMNS}, c.key, c.name, c.organisation,
    coalesce((SELECT a.address FROM participant p JOIN contact_address ca
        ON ca.address_id = p.address_id AND ca.contact_id = c.id
        JOIN address a ON a.id = p.address_id
        WHERE p.message_id = e.opened_by AND p.role > 2 LIMIT 1), c.key),
    t.subject, m.message_id, m.channel
FROM episode e JOIN contact c ON c.id = e.contact_id
JOIN message m ON m.id = e.opened_by JOIN message_text t ON t.id = e.opened_by
WHERE e.opened_at <= ? AND (e.closed_at IS NULL OR e.closed_at > ?) AND {{whose}}
ORDER BY e.opened_at, e.opened_by, e.contact_id"""

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

_THEIRS = """
SELECT ca.contact_id, m.sent_at FROM message m JOIN link l ON l.message_id = m.id
JOIN contact_address ca ON ca.address_id = m.from_address_id
WHERE l.direction = 'inbound' AND m.kind IN ('personal', 'call') AND m.sent_at IS NOT NULL
AND m.sent_at > 483228800 AND m.sent_at <= ?"""

_CHANNELS = """
SELECT DISTINCT ca.contact_id, m.channel FROM message m
JOIN participant p ON p.message_id = m.id JOIN contact_address ca ON ca.address_id = p.address_id
WHERE m.channel <> 'mail' AND m.channel <> 'card'"""

_CARDS = """
SELECT c.id AS number, c.key, c.name, c.organisation, c.kind, c.set_aside,
    coalesce(i.n, 0) AS received, i.at AS last_received_at,
    coalesce(o.n, 0) AS sent, o.at AS last_sent_at
FROM contact c
LEFT JOIN (SELECT ca.contact_id, count(*) AS n, max(m.sent_at) AS at FROM contact_address ca
    JOIN participant p ON p.address_id = ca.address_id AND p.role = 0
    JOIN message m ON m.id = p.message_id {only} GROUP BY 1) i ON i.contact_id = c.id
LEFT JOIN (SELECT ca.contact_id, count(DISTINCT m.id) AS n, max(m.sent_at) AS at
    FROM contact_address ca
    JOIN participant p ON p.address_id = ca.address_id AND p.role > 2
    JOIN link l ON l.message_id = p.message_id AND l.direction = 'outbound'
    JOIN message m ON m.id = p.message_id {only} GROUP BY 1) o ON o.contact_id = c.id
{where}
ORDER BY max(coalesce(i.at, 0), coalesce(o.at, 0)) DESC, c.key"""

_FIND_CONTACT = """
SELECT id FROM contact WHERE lower(name) = ? OR key = ?
UNION SELECT ca.contact_id FROM contact_address ca JOIN address a ON a.id = ca.address_id
    WHERE a.address = ?
UNION SELECT ca.contact_id FROM contact_address ca
    JOIN address_name n ON n.address_id = ca.address_id WHERE lower(n.name) = ?"""

_PROBLEMS = """
SELECT s.location, coalesce(u.path, ''), p.position, p.kind, p.reason
FROM problem p JOIN source s ON s.id = p.source_id LEFT JOIN unit u ON u.id = p.unit_id
ORDER BY s.id, u.path, p.id"""

"""Contacts as they are listed: found by what the owner types, with what was exchanged."""

from __future__ import annotations

from gonequiet.app.records import ContactCard
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection


def list_contacts(database: Database, *, including_set_aside: bool) -> list[ContactCard]:
    """Returns contacts, most recent exchange first."""
    only = "" if including_set_aside else "WHERE c.set_aside = ''"
    return _cards(database, only, ())


def find_contacts(database: Database, text: str) -> list[ContactCard]:
    """Returns the contacts a name, part of a name, or address may mean, best first."""
    wanted = text.strip().lower()
    numbers = _numbers(database, _FIND_CONTACT, (wanted,) * 4)
    if not numbers:
        words = tuple(f"%{_escaped(word)}%" for word in wanted.split())
        where = " AND ".join(["lower(name) LIKE ? ESCAPE '\\'"] * len(words)) or "0"
        numbers = _numbers(database, f"SELECT id FROM contact WHERE {where}", words)
    if not numbers:
        return []
    marks = ", ".join("?" * len(numbers[:_MOST_FOUND]))
    return _cards(database, f"WHERE c.id IN ({marks})", tuple(numbers[:_MOST_FOUND]))


_MOST_FOUND = 200


def _numbers(database: Database, sql: str, values: tuple[str, ...]) -> list[int]:
    with database.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql(sql, values).all()]


def _cards(database: Database, where: str, values: tuple[object, ...]) -> list[ContactCard]:
    only = where.replace("c.id", "ca.contact_id") if "c.id" in where else ""
    with database.reading() as connection:
        run = connection.exec_driver_sql
        given = values * 3 if only else values
        rows = list(run(_CARDS.format(where=where, only=only), given).mappings())
        addresses = _addresses(connection, only, values if only else ())
    return [ContactCard(**row, addresses=addresses[row["number"]]) for row in rows]


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

"""Everything in the store as lines of JSON, in an order and under names that do not depend on it.

Two stores that hold the same records, edits and conclusions export the same bytes, however often
their imports were interrupted: internal numbers never appear, only keys made of the records.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from gonequiet.app.packing import ROLES
from gonequiet.domain.facts import Fact
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.reading_export import reading_lines

FORMAT = "gonequiet-export-2"
ARCHIVE = "gonequiet-archive-2"


def export_lines(database: Database) -> Iterator[str]:
    """Yields the export, one JSON object a line."""
    with database.reading() as connection:
        yield _line("format", {"name": FORMAT})
        keys = _message_keys(connection)
        contacts: dict[int, str] = dict(
            connection.exec_driver_sql("SELECT id, key FROM contact").all()
        )
        yield from _sources(connection)
        yield from _messages(connection, keys)
        yield from _contacts(connection)
        yield from _episodes(connection, keys, contacts)
        yield from _waits(connection, keys, contacts)
        yield from reading_lines(connection, keys)
        yield from _problems(connection, keys)
        yield from _edits(connection)


def archive_lines(database: Database) -> Iterator[str]:
    """Yields everything that cannot be drawn again, for `store.restoring` to take in."""
    with database.reading() as connection:
        yield _line("format", {"name": ARCHIVE})
        keys = _message_keys(connection)
        for kind, sql in _WHOLE:
            for row in connection.exec_driver_sql(sql).mappings():
                yield _line(kind, row)
        yield from _messages(connection, keys)
        for row in connection.exec_driver_sql(
            "SELECT id_digest, message_id FROM also_known ORDER BY 1"
        ).mappings():
            yield _line(
                "alias", {"id_digest": row["id_digest"], "message": keys[row["message_id"]]}
            )
        yield from _problems(connection, keys)
        yield from _edits(connection)
        yield _line("end", {})


_WHOLE = (
    (
        "source",
        "SELECT location, kind AS source_kind, added_at, read_at FROM source ORDER BY location",
    ),
    (
        "unit",
        """SELECT s.location AS source, u.path, u.folder, u.folder_role, u.state
        FROM unit u JOIN source s ON s.id = u.source_id ORDER BY 1, 2""",
    ),
    (
        "name",
        """SELECT a.address, n.name, n.times FROM address_name n
        JOIN address a ON a.id = n.address_id ORDER BY 1, 2""",
    ),
    ("erased", "SELECT token FROM erased ORDER BY 1"),
)


def concluded_lines(database: Database) -> Iterator[tuple[str, str]]:
    """Yields everything concluded, kind and line, for holding one store against another."""
    with database.reading() as connection:
        keys = _message_keys(connection)
        contacts = {row[0]: row[1] for row in _rows(connection, "SELECT id, key FROM contact")}
        for row in _rows(connection, _LINKS):
            yield "link", repr((keys.get(row[0]), keys.get(row[1]), keys.get(row[2]), *row[3:]))
        for kind, lines in (
            ("contact", _contacts(connection)),
            ("episode", _episodes(connection, keys, contacts)),
            ("wait", _waits(connection, keys, contacts)),
            ("words", reading_lines(connection, keys)),
        ):
            for line in lines:
                yield kind, line
        for row in _rows(
            connection, "SELECT name, value FROM conclusion WHERE name NOT LIKE 'kept %'"
        ):
            yield "finding", repr(tuple(row))


_LINKS = "SELECT message_id, thread_id, parent_id, rule, direction, claims_to_be_owner FROM link"


def _rows(connection: Connection, sql: str) -> list[Any]:
    return list(connection.exec_driver_sql(sql).all())


def _line(kind: str, value: dict[str, Any]) -> str:
    return json.dumps({"kind": kind, **value}, ensure_ascii=False, sort_keys=True)


def _message_keys(connection: Connection) -> dict[int, str]:
    """Returns a key for every message, made of what its records say."""
    rows = connection.exec_driver_sql("SELECT id, message_id, content_digest, sent_at FROM message")
    keys: dict[int, str] = {}
    times: dict[str, int] = defaultdict(int)
    for number, message_id, digest, sent_at in sorted(
        rows, key=lambda row: (row[1:3], row[3] or 0)
    ):
        key = f"{message_id}|{digest & (2**64 - 1):016x}|{'' if sent_at is None else sent_at}"
        times[key] += 1
        keys[number] = key if times[key] == 1 else f"{key}|{times[key]}"
    return keys


def _sources(connection: Connection) -> Iterator[str]:
    for row in connection.exec_driver_sql(
        "SELECT location, kind FROM source ORDER BY location"
    ).mappings():
        yield _line("source", {"location": row["location"], "source_kind": row["kind"]})


_MESSAGES = """
SELECT m.*, t.subject, t.new_text, t.forwarded, t.signature, l.thread_id, l.parent_id,
    l.rule, l.direction, l.claims_to_be_owner
FROM message m JOIN message_text t ON t.id = m.id LEFT JOIN link l ON l.message_id = m.id"""


def _messages(connection: Connection, keys: dict[int, str]) -> Iterator[str]:
    people = _gathered(
        connection,
        "SELECT p.message_id, p.role, a.address FROM participant p "
        "JOIN address a ON a.id = p.address_id ORDER BY p.message_id, p.position",
    )
    copies = _gathered(
        connection,
        "SELECT c.message_id, s.location, u.path, c.position, c.labels FROM copy c "
        "JOIN unit u ON u.id = c.unit_id JOIN source s ON s.id = u.source_id "
        "ORDER BY c.message_id, s.location, u.path, c.position",
    )
    references = _gathered(
        connection,
        "SELECT message_id, kind, id_digest FROM reference ORDER BY message_id, position",
    )
    rows = connection.exec_driver_sql(_MESSAGES).mappings()
    for row in sorted(rows, key=lambda row: keys[row["id"]]):
        yield _line("message", _message(row, keys, people, copies, references))


def _message(
    row: Any,
    keys: dict[int, str],
    people: dict[int, list[Any]],
    copies: dict[int, list[Any]],
    references: dict[int, list[Any]],
) -> dict[str, Any]:
    number = row["id"]
    return {
        "key": keys[number],
        "message_id": row["message_id"],
        "sent_at": row["sent_at"],
        "sent_at_from": row["sent_at_from"],
        "utc_offset_minutes": row["utc_offset_minutes"],
        "message_kind": row["kind"],
        "channel": row["channel"],
        "states": row["states"],
        "detail": json.loads(row["detail"] or "null"),
        "direction": row["direction"],
        "claims_to_be_owner": bool(row["claims_to_be_owner"]),
        "subject": row["subject"],
        "new_text": row["new_text"],
        "forwarded": row["forwarded"],
        "signature": row["signature"],
        "list_id": row["list_id"],
        "return_on": row["return_on"],
        "failed_addresses": row["failed_addresses"].split(),
        "attachments": json.loads(row["attachments"] or "[]"),
        "facts": [fact.name for fact in Fact(row["facts"])],
        "size": row["size"],
        "new_text_chars": row["new_text_chars"],
        "content_digest": row["content_digest"],
        "subject_digest": row["subject_digest"],
        "opening_digest": row["opening_digest"],
        "quoted_digest": row["quoted_digest"],
        "references": [list(one) for one in references.get(number, [])],
        "participants": [[ROLES[role].value, address] for role, address in people.get(number, [])],
        "copies": [list(copy) for copy in copies.get(number, [])],
        "thread": keys.get(row["thread_id"]),
        "parent": keys.get(row["parent_id"]),
        "link_rule": row["rule"],
    }


def _gathered(connection: Connection, sql: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.exec_driver_sql(sql):
        found[row[0]].append(tuple(row[1:]))
    return found


def _contacts(connection: Connection) -> Iterator[str]:
    addresses = _gathered(
        connection,
        "SELECT c.contact_id, a.address, c.rule FROM contact_address c "
        "JOIN address a ON a.id = c.address_id ORDER BY c.contact_id, a.address",
    )
    for row in connection.exec_driver_sql("SELECT * FROM contact ORDER BY key").mappings():
        yield _line(
            "contact",
            {
                "key": row["key"],
                "name": row["name"],
                "organisation": row["organisation"],
                "contact_kind": row["kind"],
                "set_aside": row["set_aside"],
                "addresses": [list(one) for one in addresses.get(row["id"], [])],
            },
        )


def _episodes(
    connection: Connection, keys: dict[int, str], contacts: dict[int, str]
) -> Iterator[str]:
    lines = []
    for row in connection.exec_driver_sql("SELECT * FROM episode").mappings():
        value = {name: row[name] for name in row if name not in _EPISODE_NUMBERS}
        value["contact"] = contacts[row["contact_id"]]
        for name in ("opened_by", "closed_by", "replied_by", "other_by"):
            value[name] = keys.get(row[name])
        value["thread"] = keys.get(row["thread_id"])
        value["follow_ups"] = [
            [at, keys[message]] for at, message in json.loads(row["follow_ups"] or "[]")
        ]
        value["pauses"] = [
            [start, stop, keys[message], stated]
            for start, stop, message, stated in json.loads(row["pauses"] or "[]")
        ]
        lines.append(_line("episode", value))
    yield from sorted(lines)


_EPISODE_NUMBERS = frozenset({"id", "contact_id", "thread_id"})


def _waits(connection: Connection, keys: dict[int, str], contacts: dict[int, str]) -> Iterator[str]:
    lines = []
    for row in connection.exec_driver_sql("SELECT * FROM wait").mappings():
        value = {name: row[name] for name in row if name not in {"contact_id", "message_id"}}
        value["contact"], value["message"] = contacts[row["contact_id"]], keys[row["message_id"]]
        lines.append(_line("wait", value))
    yield from sorted(lines)


def _problems(connection: Connection, keys: dict[int, str]) -> Iterator[str]:
    rows = connection.exec_driver_sql(
        "SELECT s.location, u.path, p.position, p.kind, p.reason, p.message_id FROM problem p "
        "JOIN source s ON s.id = p.source_id LEFT JOIN unit u ON u.id = p.unit_id"
    )
    lines = [
        _line(
            "problem",
            {
                "source": row[0],
                "unit": row[1],
                "position": row[2],
                "problem_kind": row[3],
                "reason": row[4],
                "message": keys.get(row[5]),
            },
        )
        for row in rows
    ]
    yield from sorted(lines)


def _edits(connection: Connection) -> Iterator[str]:
    rows = connection.exec_driver_sql(
        "SELECT id, made_at, verb, first, second, undoes FROM edit ORDER BY id"
    ).mappings()
    for row in rows:
        yield _line("edit", dict(row))

"""Takes one contact out of every file of the database, so that no search of the disk finds them.

What is theirs alone goes: what they wrote, their card, what went to nobody else. What others share
stays, without their address among the people and with their names and addresses blotted out of the
words. Then the file is rewritten whole, because SQLite leaves deleted rows where they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gonequiet.app.packing import row_digest
from gonequiet.domain.digests import digest_of
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.erased import is_theirs_alone, note_erased

BLOTTED: Final = "[erased]"
_MOST_AT_ONCE: Final = 500
_DERIVED: Final = frozenset({"wait", "episode", "link", "contact", "contact_address", "touched"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What erasing did.

    Attributes:
        records: records that were theirs alone, deleted.
        blotted: records shared with others, kept without them.
        edits: entries of the journal about them, deleted.
    """

    records: int
    blotted: int
    edits: int


def erase_everywhere(database: Database, addresses: Sequence[str], names: Sequence[str]) -> Erased:
    """Takes the bearer of some addresses and names out of the database.

    Args:
        database: nobody else may be writing to it.
        addresses: every address of the contact.
        names: every full name the contact goes by.
    """
    with database.writing(durable=True) as connection:
        note_erased(connection, addresses, names)
        alone, shared = _of(connection, frozenset(addresses))
        _delete_records(connection, alone)
        _delete_addresses(connection, addresses)
        words = _Words(addresses, names)
        blotted = _blot(connection, words, shared)
        _rename_places(connection, words)
        edits = _delete_edits(connection, words)
        connection.exec_driver_sql("DELETE FROM conclusion")
        for table in _tables_with(connection, "contact_id"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        for table in ("contact", "link", "words", "commitment", "reader"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("INSERT INTO full_text (full_text) VALUES ('rebuild')")
    return Erased(records=len(alone), blotted=blotted, edits=edits)


def rewrite(database: Database) -> None:
    """Writes the file anew without what was deleted, and empties the log beside it."""
    with database.alone() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()


def drop_older(database: Database, location: str, oldest_at: int) -> int:
    """Deletes records of a source older than a moment that lie in no other; returns how many."""
    with database.writing(durable=True) as connection:
        rows = connection.exec_driver_sql(_OLDER, (oldest_at, location, location)).all()
        messages = [row[0] for row in rows]
        _delete_records(connection, messages)
        if messages:
            connection.exec_driver_sql("DELETE FROM conclusion WHERE name = 'through'")
            connection.exec_driver_sql("INSERT INTO full_text (full_text) VALUES ('rebuild')")
    return len(messages)


_OLDER: Final = """
SELECT m.id FROM message m WHERE m.sent_at < ?
AND EXISTS (SELECT 1 FROM copy c JOIN unit u ON u.id = c.unit_id
    JOIN source s ON s.id = u.source_id WHERE c.message_id = m.id AND s.location = ?)
AND NOT EXISTS (SELECT 1 FROM copy c JOIN unit u ON u.id = c.unit_id
    JOIN source s ON s.id = u.source_id WHERE c.message_id = m.id AND s.location <> ?)"""


def _of(connection: Connection, addresses: frozenset[str]) -> tuple[list[int], list[int]]:
    """Returns the records that are theirs alone, and those they share."""
    rows = connection.exec_driver_sql(
        "SELECT p.message_id, p.role, a.address FROM participant p "
        "JOIN address a ON a.id = p.address_id WHERE p.message_id IN (SELECT q.message_id "
        "FROM participant q JOIN address b ON b.id = q.address_id "
        "WHERE b.address IN (SELECT value FROM json_each(?)))",
        (json.dumps(sorted(addresses)),),
    )
    people: dict[int, list[tuple[int, str]]] = {}
    for message, role, address in rows:
        people.setdefault(message, []).append((role, address))
    alone = [one for one, found in people.items() if is_theirs_alone(found, addresses)]
    return sorted(alone), sorted(people.keys() - set(alone))


def _delete_records(connection: Connection, messages: Sequence[int]) -> None:
    tables = [one for one in _tables_with(connection, "message_id") if one not in _DERIVED]
    for part in _parts(messages):
        chosen = json.dumps(part)
        for table in tables:
            connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE message_id IN (SELECT value FROM json_each(?))",
                (chosen,),
            )
        for table in ("message", "message_text"):
            connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (chosen,)
            )


def _tables_with(connection: Connection, column: str) -> list[str]:
    """Returns the tables whose rows belong to a message or a contact."""
    rows = connection.exec_driver_sql(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND c.name = ? AND m.name <> 'message' ORDER BY 1",
        (column,),
    )
    return [row[0] for row in rows]


def _delete_addresses(connection: Connection, addresses: Sequence[str]) -> None:
    chosen = json.dumps(list(addresses))
    numbers = "SELECT id FROM address WHERE address IN (SELECT value FROM json_each(?))"
    for table in ("participant", "address_name"):
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE address_id IN ({numbers})", (chosen,)
        )
    connection.exec_driver_sql(
        f"UPDATE message SET from_address_id = NULL WHERE from_address_id IN ({numbers})",
        (chosen,),
    )
    connection.exec_driver_sql(
        "DELETE FROM address WHERE address IN (SELECT value FROM json_each(?))", (chosen,)
    )


class _Words:
    """The names and addresses to blot out, in any letter case."""

    def __init__(self, addresses: Iterable[str], names: Iterable[str]) -> None:
        shown = {address.partition(":")[2] if ":" in address else address for address in addresses}
        full = {name for name in names if len(name.split()) > 1 or len(name) > 3}
        words = sorted({*addresses, *shown, *full, *map(_turned, full)}, key=len, reverse=True)
        loose = (r"\s+".join(map(re.escape, word.split())) for word in words if word.strip())
        self._pattern = re.compile("|".join(loose) or r"(?!)", re.IGNORECASE)

    def blotted(self, text: str) -> str:
        """Returns a text without them."""
        return self._pattern.sub(BLOTTED, text)

    def within(self, text: str) -> bool:
        """Returns whether a text holds one of them."""
        return self._pattern.search(text) is not None


def _turned(name: str) -> str:
    """The family name first, as some programs write it."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else name


_ROW = """
SELECT m.message_id, m.id_digest, m.content_digest, m.sent_at, m.sent_at_from,
    m.utc_offset_minutes, m.subject_digest, m.opening_digest, m.quoted_digest, m.kind, m.list_id,
    m.return_on, m.failed_addresses, m.attachments, m.facts, m.new_text_chars, m.size,
    t.subject, t.new_text, t.forwarded, t.signature, m.channel, m.states, m.detail, m.id
FROM message m JOIN message_text t ON t.id = m.id"""
_WORDY: Final = (0, 12, 13, 17, 18, 19, 20, 23)  # columns of _ROW in which words may stand


def _blot(connection: Connection, words: _Words, shared: Sequence[int]) -> int:
    """Blots the contact out of what stays; returns how many records changed."""
    changed = []
    for row in connection.exec_driver_sql(_ROW).all():
        held = [str(row[at]) for at in _WORDY]
        if any(words.within(text) for text in held):
            fresh = list(row)
            for at, text in zip(_WORDY, held, strict=True):
                fresh[at] = words.blotted(text)
            changed.append(tuple(fresh))
    known = {row[24] for row in changed}
    marks = json.dumps([one for one in shared if one not in known])
    changed += connection.exec_driver_sql(
        f"{_ROW} WHERE m.id IN (SELECT value FROM json_each(?))", (marks,)
    ).all()
    for row in changed:
        _save_row(connection, row)
    _blot_names(connection, words)
    return len(changed)


def _save_row(connection: Connection, row: tuple[object, ...]) -> None:
    number = row[24]
    people = connection.exec_driver_sql(
        "SELECT p.role, a.address FROM participant p JOIN address a ON a.id = p.address_id "
        "WHERE p.message_id = ? ORDER BY p.position",
        (number,),
    ).all()
    references = connection.exec_driver_sql(
        "SELECT kind, id_digest FROM reference WHERE message_id = ? ORDER BY position", (number,)
    ).all()
    channel = (str(row[21]), str(row[22]), str(row[23]))
    digest = row_digest(row[:17], row[17:21], people, tuple(references), channel)
    connection.exec_driver_sql(
        "UPDATE message SET message_id = ?, failed_addresses = ?, attachments = ?, detail = ?, "
        "digest = ? WHERE id = ?",
        (row[0], row[12], row[13], row[23], digest, number),
    )
    connection.exec_driver_sql(
        "UPDATE message_text SET subject = ?, new_text = ?, forwarded = ?, signature = ? "
        "WHERE id = ?",
        (*row[17:21], number),
    )


def _blot_names(connection: Connection, words: _Words) -> None:
    """Takes the names out of what other addresses were called."""
    rows = connection.exec_driver_sql("SELECT address_id, name FROM address_name").all()
    for address, name in rows:
        if words.within(name):
            connection.exec_driver_sql(
                "DELETE FROM address_name WHERE address_id = ? AND name = ?", (address, name)
            )


def _rename_places(connection: Connection, words: _Words) -> None:
    """Takes the names out of paths; a place renamed is read anew, and held against the tokens."""
    for number, path, folder, role, state in connection.exec_driver_sql(
        "SELECT id, path, folder, folder_role, state FROM unit"
    ).all():
        if not words.within(f"{path}\n{folder}\n{state}"):
            continue
        row = (f"erased {number}", "erased", role, "")
        connection.exec_driver_sql(
            "UPDATE unit SET path = ?, folder = ?, folder_role = ?, state = ?, digest = ? "
            "WHERE id = ?",
            (*row, digest_of(row), number),
        )
        _redigest_copies(connection, number, row[0])
    for unit, path, position in connection.exec_driver_sql(
        "SELECT c.unit_id, u.path, c.position FROM copy c JOIN unit u ON u.id = c.unit_id"
    ).all():
        if words.within(position):
            _rename_copy(connection, unit, path, position)
    _rename_sources(connection, words)
    _rename_problems(connection, words)


def _redigest_copies(connection: Connection, unit: int, path: str) -> None:
    rows = connection.exec_driver_sql(
        "SELECT position, message_id, labels FROM copy WHERE unit_id = ?", (unit,)
    ).all()
    connection.exec_driver_sql(
        "UPDATE copy SET digest = ? WHERE unit_id = ? AND position = ?",
        [(digest_of((path, *row)), unit, row[0]) for row in rows],
    )


def _rename_copy(connection: Connection, unit: int, path: str, position: str) -> None:
    message, labels = connection.exec_driver_sql(
        "SELECT message_id, labels FROM copy WHERE unit_id = ? AND position = ?", (unit, position)
    ).all()[0]
    row = (f"erased {digest_of((position,)) & (2**64 - 1):016x}", message, labels)
    connection.exec_driver_sql(
        "UPDATE copy SET position = ?, digest = ? WHERE unit_id = ? AND position = ?",
        (row[0], digest_of((path, *row)), unit, position),
    )


def _rename_sources(connection: Connection, words: _Words) -> None:
    for number, kind, location, added_at, read_at in connection.exec_driver_sql(
        "SELECT id, kind, location, added_at, read_at FROM source"
    ).all():
        if words.within(location):
            row = (kind, f"erased {number}", added_at, read_at)
            connection.exec_driver_sql(
                "UPDATE source SET location = ?, digest = ? WHERE id = ?",
                (row[1], digest_of(row), number),
            )


def _rename_problems(connection: Connection, words: _Words) -> None:
    for number, kind, position, reason in connection.exec_driver_sql(
        "SELECT id, kind, position, reason FROM problem"
    ).all():
        if words.within(f"{position}\n{reason}"):
            row = (kind, words.blotted(position), words.blotted(reason))
            connection.exec_driver_sql(
                "UPDATE problem SET position = ?, reason = ?, digest = ? WHERE id = ?",
                (row[1], row[2], digest_of(row), number),
            )


def _delete_edits(connection: Connection, words: _Words) -> int:
    """Deletes what the journal says of them: the one thing that ever leaves it."""
    rows = connection.exec_driver_sql("SELECT id, first, second FROM edit").all()
    theirs = [row[0] for row in rows if words.within(f"{row[1]}\n{row[2]}")]
    for part in _parts(theirs):
        connection.exec_driver_sql(
            "DELETE FROM edit WHERE id IN (SELECT value FROM json_each(?)) "
            "OR undoes IN (SELECT value FROM json_each(?))",
            (json.dumps(part), json.dumps(part)),
        )
    return len(theirs)


def _parts(numbers: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), _MOST_AT_ONCE):
        yield list(numbers[start : start + _MOST_AT_ONCE])

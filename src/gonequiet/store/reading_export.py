"""What was read in the words of messages, as lines of the export: it can be read again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gonequiet.store.driver import Connection
from gonequiet.store.reading import unpacked_acts, unpacked_deeds


def reading_lines(connection: Connection, keys: Mapping[int, str]) -> Iterator[str]:
    """Yields every commitment and what else the words of each message do.

    Args:
        connection: of the store.
        keys: the key of every message, made of what its records say.
    """
    yield from sorted(_commitments(connection, keys))
    yield from sorted(_words(connection, keys))


def _commitments(connection: Connection, keys: Mapping[int, str]) -> Iterator[str]:
    rows = connection.exec_driver_sql("SELECT * FROM commitment").mappings()
    for row in rows:
        value = {name: row[name] for name in row if name not in {"message_id", "is_sure"}}
        value["message"], value["is_sure"] = keys[row["message_id"]], bool(row["is_sure"])
        value["by_reader"] = bool(row["by_reader"])
        yield _line("commitment", value)


def _words(connection: Connection, keys: Mapping[int, str]) -> Iterator[str]:
    for row in connection.exec_driver_sql("SELECT * FROM words").mappings():
        value: dict[str, Any] = {
            "message": keys[row["message_id"]],
            "tongue": row["tongue"],
            "sentences": row["sentences"],
            "acts": [list(act) for act in unpacked_acts(row["acts"])],
            "deeds": [[d.deed, d.start, d.stop, *d.about] for d in unpacked_deeds(row["deeds"])],
        }
        yield _line("words", value)


def _line(kind: str, value: dict[str, Any]) -> str:
    return json.dumps({"kind": kind, **value}, ensure_ascii=False, sort_keys=True)

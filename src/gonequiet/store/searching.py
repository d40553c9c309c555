"""Which messages hold a text: by the full-text index, else by looking through all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from gonequiet.app.records import SearchHit
from gonequiet.store.database import Database
from gonequiet.store.driver import Connection
from gonequiet.store.full_text import is_finished
from gonequiet.store.literal import as_pattern, as_query, excerpt_of


def find_messages(
    database: Database, text: str, limit: int, *, inside_words: bool
) -> list[SearchHit]:
    """Returns messages that hold a text literally, newest first.

    The index knows words by their beginnings. What it does not find is looked for in every
    message, and so it is when parts inside words are wanted as well, or while a first import has
    not come to its end.
    """
    folded = " ".join(text.split()).casefold()
    hits: list[SearchHit] = []
    with database.reading() as connection:
        query = "" if inside_words or not is_finished(connection) else as_query(text)
        asked = [(_FOUND, query)] * bool(query) + [(_HOLDING, as_pattern(text))] * bool(folded)
        for sql, value in asked:
            if not hits:
                found = [row[0] for row in connection.exec_driver_sql(sql, (value,))]
                hits = list(islice(_hits(connection, found, folded), limit))
    return hits


def _hits(connection: Connection, found: Sequence[int], folded: str) -> Iterator[SearchHit]:
    """Yields those of the messages that hold the text; words are read a few messages at a time."""
    for first in range(0, len(found), _AT_A_TIME):
        asked = json.dumps(found[first : first + _AT_A_TIME])
        for row in connection.exec_driver_sql(_SEARCH, (asked,)):
            excerpt = excerpt_of(row[5:8], folded)
            if excerpt is not None:
                yield SearchHit._make([*row[:4], row[4] or "", row[5], excerpt, row[8]])


_SEARCH = """
SELECT m.id, m.message_id, m.sent_at, coalesce(l.direction, ''),
    (SELECT a.address FROM address a WHERE a.id = m.from_address_id),
    t.subject, t.new_text, t.forwarded, m.channel
FROM json_each(?) asked JOIN message m ON m.id = asked.value JOIN message_text t ON t.id = m.id
LEFT JOIN link l ON l.message_id = m.id ORDER BY asked.key"""

_FOUND = """
SELECT m.id FROM full_text f CROSS JOIN message m ON m.id = f.rowid
WHERE full_text MATCH ? ORDER BY m.sent_at DESC, m.id DESC"""
_HOLDING = r"""
SELECT m.id FROM json_each(json_array(?)) asked CROSS JOIN message_text t
CROSS JOIN message m ON m.id = t.id
WHERE t.subject LIKE asked.value ESCAPE '\' OR t.new_text LIKE asked.value ESCAPE '\'
    OR t.forwarded LIKE asked.value ESCAPE '\'
ORDER BY m.sent_at DESC, m.id DESC"""
_AT_A_TIME = 200

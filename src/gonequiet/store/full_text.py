"""The full-text index: filled at the end of a first import, then with every message that comes.

It is the dearest part of saving. In a first import it waits until the reading is over, when a
processor stands still while conclusions are drawn. How far it reaches, it tells itself: an import
that was killed goes on there. Until all is there a search looks through the messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gonequiet.store.database import HEAD
from gonequiet.store.driver import Connection

_INSERT: Final = "INSERT INTO full_text (rowid, subject, new_text, forwarded) VALUES (?, ?, ?, ?)"
_SET: Final = "INSERT INTO full_text (full_text, rank) VALUES (?, ?)"
# What a transaction adds is one segment, and sixteen of them are merged at once, not four at a
# time after every transaction: a quarter less work in a first import, as fast to search.
_AT_WORK: Final = [("automerge", 0), ("hashsize", 16 * 1024 * 1024), ("crisismerge", 16)]
_MANY: Final = 1_000
# A few messages do not pay for merging many: they do a little of it.
_BY_THE_WAY: Final = [("automerge", 0), ("crisismerge", 64)]
_MERGE_A_LITTLE: Final = "INSERT INTO full_text (full_text, rank) VALUES ('merge', 200)"
_AT_ONCE: Final = 5_000
"""So many messages are a segment, and as long as anybody else who writes may have to wait."""


def is_finished(connection: Connection) -> bool:
    """Returns whether a first import came to its end: all that is made late is there."""
    return bool(connection.exec_driver_sql("PRAGMA user_version").scalar() == int(HEAD))


def index_texts(connection: Connection, texts: Sequence[tuple[object, ...]]) -> None:
    """Adds new messages to the index, unless a first import goes on.

    Args:
        connection: to write with.
        texts: number, subject, new text and forwarded text of each.
    """
    if not is_finished(connection):
        return
    run, are_many = connection.exec_driver_sql, len(texts) >= _MANY
    run(_SET, _AT_WORK if are_many else _BY_THE_WAY)
    run(_INSERT, texts)
    if not are_many:
        run(_MERGE_A_LITTLE)


def index_more(connection: Connection) -> bool:
    """Adds the next of the messages a first import left for later; False when none is left."""
    run = connection.exec_driver_sql
    after = run("SELECT coalesce(max(id), 0) FROM full_text_docsize").scalar()
    through = run(_NEXT, (after, _AT_ONCE)).scalar()
    if through is None:
        return False
    run(_SET, _AT_WORK)
    run(_INSERT_BETWEEN, (after, through))
    return True


_NEXT: Final = "SELECT max(id) FROM (SELECT id FROM message_text WHERE id > ? ORDER BY id LIMIT ?)"
_INSERT_BETWEEN: Final = (
    "INSERT INTO full_text (rowid, subject, new_text, forwarded) SELECT id, subject, new_text, "
    "forwarded FROM message_text WHERE id > ? AND id <= ? ORDER BY id"
)


def forget_text(connection: Connection, message: int) -> None:
    """Takes a message out of the index, if it was put there; its text must still be stored."""
    connection.exec_driver_sql(
        "INSERT INTO full_text (full_text, rowid, subject, new_text, forwarded) "
        "SELECT 'delete', id, subject, new_text, forwarded FROM message_text WHERE id = ? "
        "AND id IN (SELECT id FROM full_text_docsize)",
        (message,),
    )

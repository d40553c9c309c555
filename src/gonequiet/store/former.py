"""Records that lay in a unit before: kept apart when it was rewritten, taken back when half."""

from __future__ import annotations

from gonequiet.domain.digests import digest_of
from gonequiet.store.driver import Connection
from gonequiet.store.full_text import forget_text

FORMER = "before"
"""Begins the position of a copy that lay in the unit before it was rewritten."""


def set_former_apart(connection: Connection, unit: int, path: str, keeps: int = 0) -> None:
    """Keeps the copies of a unit that was rewritten, under positions nothing else can have.

    What was packed away was still sent or received, so the folder facts of its copies stay.

    Args:
        connection: to write with.
        unit: its number.
        path: its path.
        keeps: so many records of it, counted from the first, stand where they stood.
    """
    run = connection.exec_driver_sql
    times = 1 + int(run(_GENERATIONS, (unit, f"{FORMER} %")).scalar() or 0)
    lying = f"FROM copy WHERE unit_id = ? AND position NOT LIKE ? AND {_BEYOND}"
    which = (unit, f"{FORMER} %", keeps, keeps)
    rows = run(f"SELECT position, message_id, labels {lying}", which).all()
    run(f"DELETE {lying}", which)
    kept = [(f"{FORMER} {times}: {position}", *rest) for position, *rest in rows]
    if kept:
        run(
            "INSERT INTO copy VALUES (?, ?, ?, ?, ?)",
            [(unit, *row, digest_of((path, *row))) for row in kept],
        )
    run(f"DELETE FROM problem WHERE unit_id = ? AND {_BEYOND}", (unit, keeps, keeps))


_BEYOND = "(? = 0 OR CAST(position AS INTEGER) > ?)"
"""What does not stand where it stood; where records are kept, positions count them."""


def forget_superseded(connection: Connection, source: int) -> None:
    """Drops the former copies of a source's units whose message lies in the unit again."""
    connection.exec_driver_sql(
        "DELETE FROM copy WHERE position LIKE ? AND unit_id IN "
        "(SELECT id FROM unit WHERE source_id = ?) AND EXISTS (SELECT 1 FROM copy p "
        "WHERE p.unit_id = copy.unit_id AND p.message_id = copy.message_id "
        "AND p.position NOT LIKE ?)",
        (f"{FORMER} %", source, f"{FORMER} %"),
    )


_GENERATIONS = (
    "SELECT count(DISTINCT substr(position, 1, instr(position, ':'))) FROM copy "
    "WHERE unit_id = ? AND position LIKE ?"
)


def retract(connection: Connection, unit: int, position: str) -> None:
    """Takes back a record that was read while it was still being written.

    The message made of it goes unless another copy holds it, and conclusions are drawn anew.
    """
    run = connection.exec_driver_sql
    message = run(
        "SELECT message_id FROM copy WHERE unit_id = ? AND position = ?", (unit, position)
    ).scalar()
    run("DELETE FROM copy WHERE unit_id = ? AND position = ?", (unit, position))
    run("DELETE FROM problem WHERE unit_id = ? AND position = ?", (unit, position))
    if message is None:
        return
    if run("SELECT 1 FROM copy WHERE message_id = ?", (message,)).first() is None:
        _drop(connection, int(message))
        run("DELETE FROM conclusion WHERE name = 'through'")


def _drop(connection: Connection, message: int) -> None:
    run = connection.exec_driver_sql
    forget_text(connection, message)
    run("DELETE FROM message WHERE id = ?", (message,))
    for table in ("message_text", "participant", "reference", "also_known"):
        key = "id" if table == "message_text" else "message_id"
        run(f"DELETE FROM {table} WHERE {key} = ?", (message,))

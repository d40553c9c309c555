"""Opens what the commands work with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gonequiet.wiring import Office


def office(db: Path | None) -> Office:
    """Returns everything a command needs, for the database named or the usual one."""
    from gonequiet.cli.printing import progress_to_stderr, show_days_of
    from gonequiet.wiring import Office, default_database

    path = default_database() if db is None else db.expanduser().absolute()
    opened = Office(path, progress_to_stderr())
    show_days_of(lambda: opened.days)
    return opened

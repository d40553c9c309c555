"""The table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gonequiet.cli import bring_in

if TYPE_CHECKING:
    from cyclopts import App


def register(app: App) -> None:
    """Adds every command, in the order of the help."""
    app.command(bring_in.import_, name="import")

"""The table of commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gonequiet.cli import (
    backtest,
    bring_in,
    demo,
    drifting,
    health,
    identity,
    lint,
    quiet,
    search,
    show,
)

if TYPE_CHECKING:
    from cyclopts import App


def register(app: App) -> None:
    """Adds every command, in the order of the help."""
    for number, (name, command) in enumerate(COMMANDS.items()):
        app.command(command, name=name, sort_key=number)


COMMANDS: dict[str, Callable[..., int]] = {
    "demo": demo.demo,
    "import": bring_in.import_,
    "quiet": quiet.quiet,
    "show": show.show,
    "drifting": drifting.drifting,
    "search": search.search,
    "contacts": identity.contacts,
    "merge": identity.merge,
    "split": identity.split,
    "me": identity.me,
    "undo": identity.undo,
    "problems": health.problems,
    "verify": health.verify,
    "status": health.status,
    "export": health.export,
    "backtest": backtest.backtest,
    "lint": lint.lint,
}
"""Every command by name; a test holds it against the manual."""

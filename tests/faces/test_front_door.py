"""The front door: the table of commands, and what is loaded to answer one."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

from gonequiet.cli.commands import COMMANDS
from gonequiet.cli.entry import render_help
from tests.support.desk import finish, start


def docstring_of(name: str) -> str:
    module, function = COMMANDS[name].place.split(":")
    found = getattr(import_module(f"gonequiet.cli.{module}"), function)
    return inspect.getdoc(found) or ""


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_of_a_command_what_its_own_help_says(name: str) -> None:
    first = " ".join(docstring_of(name).split("\n\n")[0].split())
    assert COMMANDS[name].does == first


@pytest.mark.parametrize("width", [40, 80, 100])
def test_the_help_keeps_to_the_width_of_the_terminal(width: int) -> None:
    assert max(map(len, render_help(width).splitlines())) <= width


def loaded_for(*tokens: str | Path) -> set[str]:
    """Returns the names of all modules imported to answer a command."""
    answer = finish(start(*tokens, environment={"PYTHONPROFILEIMPORTTIME": "1"}))
    return set(re.findall(r"^import time:.*\| +([\w.]+)$", answer.err, re.MULTILINE))


def test_the_help_loads_no_library_at_all() -> None:
    loaded = loaded_for("--help")
    assert "gonequiet.cli.commands" in loaded
    assert not loaded & {"cyclopts", "rich", "sqlalchemy", "sqlite3", "numpy"}


def test_a_command_loads_no_other_command() -> None:
    loaded = loaded_for("quiet", "--help")
    assert "gonequiet.cli.options" in loaded
    assert not loaded & {"gonequiet.cli.identity", "gonequiet.cli.backtest", "gonequiet.cli.lint"}

"""The demo mailbox, imported once through the front door, and the truth about it."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gonequiet.cli.entry import run

Asked = Callable[..., Any]
ENGAGED = {"triage", "engagements", "answered"}
TELLS_TO_ACT = {"today", "promises", "owed", "quiet", "next"}
"""Their exit code says whether there is something to do."""


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert run(["demo", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def truth(place: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((place / "truth" / "truth.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def ask(place: Path, truth: dict[str, Any]) -> Asked:
    """Runs a judging command as of the demo's moment and returns its JSON."""

    def asked(*words: str, as_of: str = truth["as_of"]) -> Any:
        out = io.StringIO()
        command = [*words, "--json", "--db", str(place / "demo.db")]
        if (
            words[0]
            in {
                "quiet",
                "show",
                "status",
                "drifting",
                "reflect",
                "promises",
                "owed",
                "figures",
                "today",
                "next",
                "meetings",
            }
            | ENGAGED
        ):
            command += ["--as-of", as_of]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            assert run(command) in (0, 1)
        return json.loads(out.getvalue())

    return asked


@pytest.fixture
def desk(place: Path, truth: dict[str, Any], tmp_path: Path) -> Asked:
    """The same, on a copy of its own: what the owner says here stays here."""
    shutil.copy(place / "demo.db", tmp_path / "own.db")

    def said(*words: str, code: int = 0, as_of: str = truth["as_of"]) -> Any:
        out, err = io.StringIO(), io.StringIO()
        command = [*words, "--db", str(tmp_path / "own.db")]
        if words[0] in ENGAGED:
            command += ["--as-of", as_of]
        command += ["--json"] if not code else []
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            wanted = (0, 1) if not code and words[0] in TELLS_TO_ACT else (code,)
            assert run(command) in wanted, err.getvalue()
        return json.loads(out.getvalue()) if not code else err.getvalue()

    return said

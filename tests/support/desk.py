"""The command line on one database, as a person at a desk would use it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gonequiet.cli.entry import run


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)

    @property
    def words(self) -> str:
        """All it said, with every break a blank: where lines end hangs on the length of paths."""
        return " ".join(f"{self.out} {self.err}".split())


@dataclass(frozen=True)
class Desk:
    """Commands on one database; the owner's own settings and data are out of reach.

    Attributes:
        db: the database.
        is_damaged: it is, on purpose: then a command may fail in a way nobody has foreseen.
    """

    db: Path
    is_damaged: bool = False

    def run(self, *tokens: str | Path) -> Answer:
        """Runs a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run([*map(str, tokens), "--db", str(self.db)])
        answer = Answer(code, out.getvalue(), err.getvalue())
        assert self.is_damaged or "unforeseen" not in answer.err, answer
        return answer

    def import_(self, *places: Path) -> Answer:
        """Imports in this process, with one reading process."""
        return self.run("import", *places, "--workers", "1", "--json")

    def takes_in(self, *places: Path) -> tuple[int, int]:
        """Imports, which must go well; returns new messages and copies."""
        answer = self.import_(*places)
        assert answer.code == 0, answer
        sources = answer.json["sources"]
        return sum(one["messages"] for one in sources), sum(one["copies"] for one in sources)

    def asks(self, *tokens: str | Path) -> Any:
        """Runs a command that must not fail for want of usage; returns its JSON."""
        answer = self.run(*tokens, "--json")
        assert answer.code in (0, 1), answer
        return answer.json

    def export(self) -> str:
        """Returns everything in the store, in its canonical form."""
        answer = self.run("export")
        assert answer.code == 0, answer
        return answer.out

    def exported(self, kind: str) -> list[dict[str, Any]]:
        """Returns the lines of the export of one kind."""
        lines = map(json.loads, self.export().splitlines())
        return [line for line in lines if line["kind"] == kind]

    def problems(self) -> list[dict[str, Any]]:
        """Returns what could not be read."""
        return list(self.asks("problems"))


def start(
    *tokens: str | Path, environment: Mapping[str, str] | None = None, **options: Any
) -> subprocess.Popen[str]:
    """Starts the program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "gonequiet", *map(str, tokens)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
        **options,
    )


def finish(process: subprocess.Popen[str], *, seconds: float = 120) -> Answer:
    """Waits for a started program."""
    out, err = process.communicate(timeout=seconds)
    return Answer(process.returncode, out, err)

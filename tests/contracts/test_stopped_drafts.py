"""A draft that is killed at any step of being put away is made by the next run, once and whole."""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from gonequiet.formats.mail_writing import read_tag
from tests.support.desk import Desk
from tests.support.faults import child
from tests.support.letters import DANA, OWNER, START, Letter, write_mbox

LEASE = Letter(
    sender=OWNER,
    to=DANA,
    subject="The lease",
    text="Hi Dana,\n\ncould you send me the signed lease, please?\n\nCheers,\nKim\n",
    at=START,
    message_id="lease@adler.example",
)
AS_OF = ("--as-of", f"{START + timedelta(days=30):%Y-%m-%d}")


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    desk.takes_in(write_mbox(tmp_path / "Sent", [LEASE]))
    desk.run("me", "kim@adler.example")
    return desk


def die_at(step: int, folder: Path) -> None:
    """Kills this process at the given step it takes in a folder: opening, linking, removing."""
    steps = count(1)

    def hook(event: str, args: tuple[object, ...]) -> None:
        if any(str(folder) in str(arg) for arg in args) and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["eml", "maildir"])
def test_a_draft_killed_at_any_step_is_made_once_by_the_next_run(
    filled: Desk, tmp_path: Path, kind: str
) -> None:
    finished = 0
    for step in count(1):
        folder = tmp_path / str(step) / ".Drafts"
        for part in ("cur", "new", "tmp") if kind == "maildir" else ():
            (folder / part).mkdir(parents=True)
        words = ("draft", "dana", "--as", "reminder", *AS_OF, "--to-folder", folder)

        def draft(
            step: int = step, folder: Path = folder, words: tuple[str | Path, ...] = words
        ) -> None:
            die_at(step, folder)
            filled.run(*words)

        with child(draft) as process:
            process.join(60)
            finished += process.exitcode == 0
        for file in files_in(folder):
            tag = read_tag(file.read_bytes())
            assert "part" in file.name or "tmp" in file.parts or (tag and tag.is_untouched)
        filled.asks(*words)
        (file,) = files_in(folder)
        tag = read_tag(file.read_bytes())
        assert tag is not None
        assert tag.is_untouched
        if finished:
            break
    assert step > 5
    assert filled.asks("verify")["sound"] is True

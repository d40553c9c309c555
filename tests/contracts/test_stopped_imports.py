"""An import may be stopped at any moment; the next one makes good."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.faults import child, left_behind, mixed_mailbox

LETTERS = 1_600


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_mailbox(tmp_path_factory.mktemp("mail"), LETTERS)


@pytest.fixture(scope="module")
def undisturbed(mailbox: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    desk = Desk(tmp_path_factory.mktemp("undisturbed") / "records.db")
    desk.takes_in(mailbox)
    return desk.export()


def test_the_mailbox_gives_the_stops_something_to_spoil(undisturbed: str) -> None:
    lines = undisturbed.splitlines()
    assert sum('"kind": "message"' in line for line in lines) > LETTERS * 0.95
    assert sum('"kind": "problem"' in line for line in lines) >= 5
    assert sum('"kind": "episode"' in line for line in lines) > 100


def test_a_killed_import_leaves_no_process_and_no_lock(mailbox: Path, desk: Desk) -> None:
    with child(lambda: desk.import_(mailbox)) as process:
        until = time.monotonic() + 30
        while not desk.db.exists() and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.2)
        process.kill()
        process.join()
        assert process.pid is not None
        assert left_behind(process.pid) == []
    assert desk.import_(mailbox).code == 0

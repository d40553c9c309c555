"""An import may be stopped at any moment; the next one makes good."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.support.desk import Desk, finish, start
from tests.support.faults import child, left_behind, mixed_mailbox, stopped_imports

LETTERS = 900


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


@pytest.mark.parametrize(("number", "seed"), [(signal.SIGKILL, 1), (signal.SIGINT, 2)])
def test_an_import_stopped_anywhere_comes_to_the_same_end(
    number: signal.Signals, seed: int, mailbox: Path, undisturbed: str, tmp_path: Path
) -> None:
    times = 10 if number == signal.SIGKILL else 4
    for desk, exported in stopped_imports(mailbox, tmp_path, times=times, number=number, seed=seed):
        assert exported == undisturbed
        assert desk.asks("verify") == {"sound": True, "findings": []}


def test_an_interrupted_import_says_that_what_was_stored_is_safe(mailbox: Path, desk: Desk) -> None:
    process = start("import", mailbox, "--db", desk.db, start_new_session=True)
    assert process.stderr is not None
    assert process.stderr.readline().startswith("reading")
    os.killpg(process.pid, signal.SIGINT)
    answer = finish(process)
    assert answer.code == 1
    assert answer.err.splitlines()[-1].startswith("gonequiet: Stopped.")
    assert "Traceback" not in answer.err
    assert left_behind(process.pid) == []

"""The owner's word survives whatever stops the program; a dead reader costs one record at most."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.faults import child, members
from tests.support.letters import correspondence, write_mbox

MERGE = ("merge", "p1@firm1.example", "p2@firm2.example")


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mbox(tmp_path_factory.mktemp("mail") / "all.mbox", correspondence(600))


@pytest.fixture(scope="module")
def stored(box: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("stored") / "records.db")
    desk.takes_in(box)
    desk.asks("me", "kim@adler.example")
    return desk


def copy_of(desk: Desk, place: Path) -> Desk:
    place.mkdir(mode=0o700)
    (place / "records.db").write_bytes(desk.db.read_bytes())
    return Desk(place / "records.db")


def concluded(desk: Desk) -> list[str]:
    return [line for line in desk.export().splitlines() if '"kind": "edit"' not in line]


def test_an_edit_killed_anywhere_is_made_or_not_and_never_half(
    stored: Desk, box: Path, tmp_path: Path
) -> None:
    before = concluded(stored)
    merged = copy_of(stored, tmp_path / "merged")
    started = time.monotonic()
    merged.asks(*MERGE)
    seconds, after = time.monotonic() - started, concluded(merged)
    chance, outcomes = random.Random(4), set()
    for attempt in range(8):
        desk = copy_of(stored, tmp_path / str(attempt))
        with child(lambda desk=desk: desk.run(*MERGE)) as process:  # type: ignore[misc]
            process.join(seconds * chance.random())
            process.kill()
        desk.takes_in(box)
        is_made = "merge" in {edit["verb"] for edit in desk.exported("edit")}
        outcomes.add(is_made)
        assert concluded(desk) == (after if is_made else before)
        assert desk.asks("verify")["sound"] is True
    assert outcomes


def test_what_was_acknowledged_is_there_however_the_program_ended(
    stored: Desk, tmp_path: Path
) -> None:
    desk = copy_of(stored, tmp_path / "desk")

    def merge_and_die() -> None:
        desk.asks(*MERGE)
        os.kill(os.getpid(), signal.SIGKILL)

    with child(merge_and_die) as process:
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
    assert "p2@firm2.example" not in {card["key"] for card in desk.asks("contacts")}


def test_a_reader_that_dies_costs_one_record_at_most_and_it_is_listed(
    tmp_path: Path, desk: Desk
) -> None:
    letters = correspondence(3_000)
    box = write_mbox(tmp_path / "all.mbox", letters)
    with child(lambda: desk.import_(box)) as process:
        killed = sum(1 for reader in readers_of(process) if kill(reader))
        process.join(120)
        assert process.exitcode == 0
    assert killed
    messages, listed = desk.exported("message"), desk.problems()
    read = sum(len(line["copies"]) for line in messages)
    assert read + len(listed) == len(letters)
    assert len(listed) <= killed
    assert desk.takes_in(box) == (0, 0)


def readers_of(importing: BaseProcess) -> Iterator[int]:
    """Yields reading processes of an import as they turn up, three at most."""
    assert importing.pid is not None
    seen = {importing.pid}
    while len(seen) < 4 and importing.is_alive():
        for number in set(members(importing.pid)) - seen:
            seen.add(number)
            time.sleep(0.05)
            yield number
        time.sleep(0.01)


def kill(number: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)
        return True
    return False

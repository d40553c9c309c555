"""Programs that are killed, starved and interrupted in the middle of their work."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.support.desk import Answer, Desk
from tests.support.letters import (
    FOURTH,
    as_mbox,
    correspondence,
    settle,
    write_eml,
    write_maildir,
    write_mbox,
    write_zip,
)

_FORK = multiprocessing.get_context("fork")


def mixed_mailbox(root: Path, count: int) -> Path:
    """Makes one folder that holds letters in every way there is, and a few that are damaged."""
    letters = correspondence(count)
    half, quarter = count // 2, count // 4
    write_mbox(root / "a.mbox", letters[:half])
    write_maildir(root / "post", letters[half : half + quarter])
    (root / "post" / "cur" / "empty:2,").touch()
    rest = letters[half + quarter :]
    zipped = b"".join(map(as_mbox, rest + letters[:50]))
    hurt = FOURTH.raw() + b"\n" + b"x" * 20_000_000
    write_zip(
        root / "saved.zip",
        [("first.txt", b"no mail"), ("long.eml", hurt), ("all.mbox", zipped), ("z", b"\0none")],
    )
    write_eml(root / "letters", letters[-30:])
    (root / "letters" / "hurt.eml").write_bytes(hurt)
    (root / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    settle(root)
    return root


@contextmanager
def child(work: Callable[[], object]) -> Iterator[BaseProcess]:
    """Runs work in a process of its own, in a session of its own; ends it if need be."""

    def alone() -> None:
        os.setsid()
        work()

    process = _FORK.Process(target=alone)
    process.start()
    try:
        yield process
    finally:
        if process.is_alive():
            process.kill()
        process.join()


def answer_of(work: Callable[[], Answer]) -> Answer:
    """Returns what a command answers in a process of its own, which it may spoil."""
    ours, theirs = _FORK.Pipe(duplex=False)
    with child(lambda: theirs.send(work())):
        theirs.close()
        assert ours.poll(120), "the command never came back"
        answer = ours.recv()
    assert isinstance(answer, Answer)
    return answer


def assert_one_sentence(answer: Answer, *, code: int = 1) -> None:
    """The command failed as a person would want it to: in words, without the records'."""
    assert answer.code == code, answer
    said = [line for line in answer.err.splitlines() if not line.endswith(" ...")]
    assert said, answer
    assert said[0].startswith("gonequiet: ")
    told = answer.err + answer.out
    for word in ("Traceback", "sqlalchemy", "sqlite3.", "INSERT", "SELECT", "PRAGMA", "@"):
        assert word not in told, told


@contextmanager
def disk_at(place: Path, options: str) -> Iterator[Path]:
    """Mounts a disk in memory for a while; skips the test where nothing may be mounted."""
    place.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True
    )
    if not made or made.returncode:
        pytest.skip(f"no disk of {options} can be made here: mounting is not allowed")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def left_behind(session: int, *, within_seconds: float = 10) -> list[int]:
    """Returns the processes of a session that are still alive after some seconds."""
    until = time.monotonic() + within_seconds
    while (alive := members(session)) and time.monotonic() < until:
        time.sleep(0.05)
    for number in alive:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    return alive


def members(session: int) -> list[int]:
    """Returns the living processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return found


def stopped_imports(
    root: Path, workplace: Path, *, times: int, number: signal.Signals, seed: int
) -> Iterator[tuple[Desk, str]]:
    """Stops imports of a mailbox at random moments, then runs each once more to its end.

    Yields:
        the desk afterwards, and what it exports.
    """
    chance = random.Random(seed)
    whole = _seconds(root, workplace)
    for attempt in range(times):
        desk = Desk(workplace / f"stopped-{attempt}" / "records.db")
        for _ in range(2):
            _stop(desk, root, whole * chance.random(), number)
        assert desk.import_(root).code == 0
        yield desk, desk.export()
        shutil.rmtree(desk.db.parent)


def _seconds(root: Path, workplace: Path) -> float:
    desk = Desk(workplace / "timed" / "records.db")
    started = time.monotonic()
    with child(lambda: desk.import_(root)) as process:
        process.join()
    return time.monotonic() - started


def _stop(desk: Desk, root: Path, after: float, number: signal.Signals) -> None:
    with child(lambda: desk.import_(root)) as process:
        process.join(after)
        assert process.pid is not None
        if process.is_alive():
            os.kill(process.pid, number)
        process.join(60)
        assert left_behind(process.pid) == []

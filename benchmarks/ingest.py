"""Messages per second of `gonequiet import` beside notmuch and mu, on the same Maildir.

Usage: python -m benchmarks.ingest [MAIL_FOLDER ...]

Each folder holds mbox files (default: ../shared/data/mail/enron and ../shared/data/mail/list);
they are laid out as one Maildir with a folder for each file. Wall and CPU seconds are of the
whole process with its children; memory is the sum over all of them, sampled. notmuch and mu
(Debian: notmuch, maildir-utils) are left out with a word where they are not installed.

An import ends with a pass over the words of what was read, which the others have nothing like:
"to the verdicts" is the import up to it (parse, new words, threads, episodes, full text, sums),
"with the words" is the whole command. The program runs as it is installed, with its bytecode
compiled, whatever the environment says about writing it.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from gonequiet.formats.mbox import iter_spans

DEFAULT = ("../shared/data/mail/enron", "../shared/data/mail/list")
PROGRAM = [sys.executable, "-m", "gonequiet"]


WORDS = b"reading the words"
"""The line on stderr with which the pass over the words begins."""


class Run(NamedTuple):
    """One command: seconds of wall and CPU, and the most memory of all its processes, in MB.

    Attributes:
        wall: of the whole command.
        cpu: of the whole command.
        memory: the most that all its processes held at once.
        verdict_wall: until the pass over the words began, as `wall` when there was none.
        verdict_cpu: likewise.
    """

    wall: float
    cpu: float
    memory: float
    verdict_wall: float
    verdict_cpu: float


def lay_out(source: Path, target: Path) -> int:
    """Writes every message under a folder of mbox files into a Maildir++; returns how many."""
    number = 0
    for part in ("cur", "new", "tmp"):
        (target / part).mkdir(parents=True)
    for file in sorted(source.rglob("*.mbox")):
        folder = "." + str(file.relative_to(source).with_suffix("")).replace("/", ".")
        for part in ("cur", "new", "tmp"):
            (target / folder / part).mkdir(parents=True, exist_ok=True)
        content = file.read_bytes()
        for span in iter_spans(content):
            place = target / folder / "cur" / f"{1_000_000 + number}.M{number}.host:2,S"
            place.write_bytes(content[span.start : span.end])
            number += 1
    return number


def timed(command: Sequence[str], environment: dict[str, str]) -> Run:
    """Runs a command and returns its figures."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(running.pid, peak))
    watcher.start()
    verdict = _heard(running, began)
    code = running.wait()
    wall = time.perf_counter() - began
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code:
        sys.exit(f"{command[0]} failed with {code}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, peak[0], *(verdict or (wall, cpu)))


def _heard(running: subprocess.Popen[bytes], began: float) -> tuple[float, float] | None:
    """Reads what a command says to its end; returns wall and CPU when it came to the words."""
    found = None
    assert running.stderr is not None
    for line in running.stderr:
        if found is None and line.startswith(WORDS):
            found = time.perf_counter() - began, sum(map(_cpu_of, _family(running.pid)))
    return found


def _cpu_of(pid: int) -> float:
    """Seconds of one process and of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _watch(pid: int, peak: list[float]) -> None:
    while Path(f"/proc/{pid}").exists():
        held = sum(_proportional_kb(one) for one in _family(pid))
        peak[0] = max(peak[0], held / 1024)
        time.sleep(0.1)


def _family(pid: int) -> list[int]:
    found = [pid]
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += _family(int(child))
    except OSError:
        pass
    return found


def _proportional_kb(pid: int) -> int:
    """Memory of one process, shared pages divided among those who share them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def size_mb(*places: Path) -> float:
    """Returns what files or folders take on the disk."""
    files = [one for place in places for one in (place.rglob("*") if place.is_dir() else [place])]
    return sum(one.stat().st_size for one in files if one.is_file()) / 1e6


def _gonequiet(mail: Path, work: Path, number: int) -> Run:
    database = work / "bench.db"
    command = [*PROGRAM, "import", str(mail), "--db", str(database)]
    environment = _as_installed(work)
    first = timed(command, environment)
    _say("gonequiet", number, first, size_mb(database))
    again = timed(command, environment)
    share = again.wall / first.verdict_wall
    print(f"    nothing new: {again.wall:.2f} s (CPU {again.cpu:.2f} s), {share:.1%} of the first")
    _add_hundred(mail)
    more = timed(command, environment)
    print(
        f"    100 new messages: {more.verdict_wall:.2f} s (CPU {more.verdict_cpu:.2f} s) to the "
        f"verdicts, {more.wall:.2f} s with the words"
    )
    return first


def _as_installed(work: Path) -> dict[str, str]:
    """Returns an environment in which the program finds its bytecode compiled."""
    environment = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    environment["PYTHONPYCACHEPREFIX"] = str(work / "bytecode")
    letter = work / "warm" / "letter.eml"
    letter.parent.mkdir()
    letter.write_text("From: a@bench.example\nTo: b@bench.example\nSubject: x\n\nHello.\n")
    timed([*PROGRAM, "import", str(letter), "--db", str(work / "warm.db")], environment)
    return environment


_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def _add_hundred(mail: Path) -> None:
    cur = mail / "cur"
    for number in range(100):
        text = (
            f"From: person{number % 20}@bench.example\nTo: owner@bench.example\n"
            f"Subject: New matter {number}\nDate: Mon, 1 Jun 2026 10:{number % 60:02d}:00 +0000\n"
            f"Message-ID: <new{number}@bench.example>\n\nThis is new letter {number}.\n"
        )
        (cur / f"2000000{number}.M{number}.host:2,S").write_text(text)


def _notmuch(mail: Path, work: Path, number: int) -> Run | None:
    if shutil.which("notmuch") is None:
        print("  notmuch is not installed")
        return None
    config = work / "notmuch-config"
    config.write_text(
        f"[database]\npath={mail}\n[user]\nname=x\nprimary_email=x@bench.example\n[new]\ntags=new\n"
    )
    run = timed(["notmuch", "new", "--quiet"], {**os.environ, "NOTMUCH_CONFIG": str(config)})
    _say("notmuch", number, run, size_mb(mail / ".notmuch"))
    shutil.rmtree(mail / ".notmuch")
    return run


def _mu(mail: Path, work: Path, number: int) -> Run | None:
    if shutil.which("mu") is None:
        print("  mu is not installed")
        return None
    home = work / "mu"
    init = ["mu", "init", f"--maildir={mail}", f"--muhome={home}"]
    subprocess.run(init, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run = timed(["mu", "index", "--quiet", f"--muhome={home}"], dict(os.environ))
    _say("mu", number, run, size_mb(home))
    return run


def _say(name: str, number: int, run: Run, store: float) -> None:
    print(
        f"  {name:10} {number / run.verdict_wall:8,.0f} messages/s  wall {run.verdict_wall:7.1f} s"
        f"  CPU {run.verdict_cpu:7.1f} s ({1e6 * run.verdict_cpu / number:,.0f} us each)  "
        f"memory {run.memory:5.0f} MB  store {store:6.1f} MB"
    )
    if run.verdict_wall != run.wall:
        print(
            f"    with the words: wall {run.wall:.1f} s  CPU {run.cpu:.1f} s "
            f"({1e6 * run.cpu / number:,.0f} us each)"
        )


def main(arguments: Sequence[str]) -> None:
    for source in arguments or DEFAULT:
        with tempfile.TemporaryDirectory(prefix="gonequiet-bench-") as place:
            work = Path(place)
            number = lay_out(Path(source), work / "mail")
            print(f"{source}: {number:,} messages")
            others = [_notmuch(work / "mail", work, number), _mu(work / "mail", work, number)]
            ours = _gonequiet(work / "mail", work, number)
            for name, other in zip(("notmuch", "mu"), others, strict=True):
                if other is not None:
                    print(
                        f"  against {name}: {other.wall / ours.verdict_wall:.1f} times in wall, "
                        f"{other.cpu / ours.verdict_cpu:.1f} times in CPU; with the words "
                        f"{other.wall / ours.wall:.1f} and {other.cpu / ours.cpu:.1f} times"
                    )


if __name__ == "__main__":
    main(sys.argv[1:])

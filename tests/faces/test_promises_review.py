"""`promises review` in a terminal: asked one by one, and what was said is kept."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk import Answer, Desk
from tests.support.letters import DANA, START, Letter, write_mbox

AS_OF = "2025-03-20"
ASKED = "y / n / s(kip) / q(uit):"
HEDGED = ("the survey", "the plan", "the invoice")


def letters() -> list[Letter]:
    """Returns three letters that promise something only perhaps."""
    return [
        Letter(
            sender=DANA,
            subject=f"About {thing}",
            text=f"Hello Kim,\n\nI'll try to send {thing} next week.\n\nDana\n",
            at=START + timedelta(days=number),
            message_id=f"hedged{number}@harbour.example",
        )
        for number, thing in enumerate(HEDGED)
    ]


@pytest.fixture
def asked(desk: Desk, tmp_path: Path) -> Desk:
    desk.takes_in(write_mbox(tmp_path / "mail" / "all.mbox", letters()))
    desk.asks("me", "kim@adler.example")
    assert len(desk.asks("promises", "review", "--as-of", AS_OF)) == len(HEDGED)
    return desk


def reviewed(desk: Desk, *answers: bytes) -> Answer:
    """Reviews in a terminal of its own, each answer typed when it is asked for."""
    owner_side, program_side = pty.openpty()
    command = [sys.executable, "-m", "gonequiet", "promises", "review"]
    command += ["--as-of", AS_OF, "--db", str(desk.db)]
    with subprocess.Popen(
        command,
        stdin=program_side,
        stdout=program_side,
        stderr=program_side,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "80"},
        start_new_session=True,
    ) as process:
        os.close(program_side)
        said = _typed(owner_side, answers)
        os.close(owner_side)  # which ends whatever still waits for an answer
        code = process.wait(60)
    return Answer(code, said, "")


def _typed(terminal: int, answers: tuple[bytes, ...]) -> str:
    """Types each answer when a question stands there; returns all that was shown."""
    shown, typed, until = b"", 0, time.monotonic() + 30
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            more = os.read(terminal, 4096)
        except OSError:  # the program has gone
            break
        if not more:
            break
        shown += more
        while typed < len(answers) and shown.count(ASKED.encode()) > typed:
            os.write(terminal, answers[typed])
            typed += 1
    return shown.decode("utf-8", "replace")


def proposed(desk: Desk) -> set[str]:
    """Returns the subjects of what is still asked about."""
    return {one["subject"] for one in desk.asks("promises", "review", "--as-of", AS_OF)}


def listed(desk: Desk) -> set[str]:
    found = desk.asks("promises", "--as-of", AS_OF)["promises"]
    return {one["subject"] for one in found}


def test_every_answer_typed_is_kept(asked: Desk) -> None:
    answer = reviewed(asked, b"y\n", b"n\n", b"s\n")

    assert answer.code == 0, answer
    assert answer.out.count(ASKED) == len(HEDGED)
    assert listed(asked) == {"About the invoice"}  # the latest is asked about first
    assert proposed(asked) == {"About the survey"}


def test_quitting_half_way_keeps_what_was_said(asked: Desk) -> None:
    answer = reviewed(asked, b"y\n", b"q\n")

    assert answer.code == 0, answer
    assert answer.out.count(ASKED) == 2
    assert listed(asked) == {"About the invoice"}
    assert proposed(asked) == {"About the plan", "About the survey"}


def test_the_end_of_input_ends_it_and_keeps_what_was_said(asked: Desk) -> None:
    answer = reviewed(asked, b"n\n", b"\x04")

    assert answer.code == 0, answer
    assert "Traceback" not in answer.out
    assert proposed(asked) == {"About the plan", "About the survey"}


def test_what_is_no_answer_is_taken_for_none(asked: Desk) -> None:
    reviewed(asked, b"\n", b"perhaps\n", b"q\n")

    assert len(proposed(asked)) == len(HEDGED)


def test_in_a_pipe_it_says_how_to_answer_and_asks_nothing(asked: Desk) -> None:
    answer = asked.run("promises", "review", "--as-of", AS_OF)

    assert answer.code == 0
    assert ASKED not in answer.out
    assert "'gonequiet promises confirm ID'" in answer.words
    assert "in a terminal you are asked one by one" in answer.words
    assert len(proposed(asked)) == len(HEDGED)


def test_an_answer_can_be_taken_back(asked: Desk) -> None:
    reviewed(asked, b"n\n", b"q\n")
    assert asked.run("undo").code == 0

    assert len(proposed(asked)) == len(HEDGED)

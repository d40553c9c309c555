"""Made-up answers after a silence, each with the path it takes (tests/data/responses.jsonl).

Every second one was left unread until the rules stood (`HELD`); later sets were written by the same
hand after the rules. From all of these the readers learn (`benchmarks/responses.py fit`), but for
`responses_fresh.jsonl`, written before they were fitted and never learned from.
"""

from __future__ import annotations

import json
from pathlib import Path as FilePath
from typing import NamedTuple

from gonequiet.domain.response import Path


class Told(NamedTuple):
    """One answer and its path.

    Attributes:
        question: the owner's message that waited.
        words: the new words of the answer.
        attached: names of what came with it.
        brought: how many people are copied who were not there before.
        in_thread: it answers in the thread of the question.
    """

    path: Path
    question: str
    words: str
    attached: tuple[str, ...]
    brought: int
    in_thread: bool


def _told(line: str) -> Told:
    row = json.loads(line)
    return Told(
        Path(row["path"]),
        row["question"],
        row["words"],
        tuple(row.get("attached", ())),
        row.get("brought", 0),
        row.get("in_thread", True),
    )


def _all(name: str) -> tuple[Told, ...]:
    file = FilePath(__file__).parents[1] / "data" / name
    return tuple(map(_told, file.read_text("utf-8").splitlines()))


TOLD = _all("responses.jsonl")
READ, HELD = TOLD[0::2], TOLD[1::2]
LATER = _all("responses_later.jsonl")
LAST = _all("responses_last.jsonl")
FRESH = _all("responses_fresh.jsonl")

"""Scores the shipped reader of commitments on sentences of real mail labelled by hand.

    python benchmarks/commitments.py score [--part tuned|held-out|all]
    python benchmarks/commitments.py agreement
    python benchmarks/commitments.py cost

The labels (tests/data/commitment_labels.tsv, definition in docs/promises.md) hold no text, only
where each sentence stands in ../shared/data/mail; `benchmarks/commitment_sample.py` drew them. A
third, chosen by the message's id, was never looked at while the rules were made: "held-out".

`score` prints precision, recall and F1 of what is read for sure against what is labelled a
commitment of the writer; the same of everything found against commitments and proposals together;
figures weighed back to all sentences by stratum; and how many days named are resolved rightly.
What is said of somebody named ("Anna will send it") is counted by itself.
`agreement` holds the second pass of labels against the first. `cost` prints CPU for each message.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.commitment_sample import DRAWN, personal_messages, written_on
from gonequiet.app.reading import BATCH, TextToRead, read_texts
from gonequiet.domain.message import ParsedMessage
from gonequiet.language.commitments import Party, SpokenCommitment, read_commitments
from gonequiet.language.tongues import find_tongue

LABELS = Path(__file__).parent.parent / "tests/data/commitment_labels.tsv"
SECOND = LABELS.with_name("commitment_labels_second.tsv")
HELD = {  # sentences in each stratum, as commitment_sample.py prints them
    "enron promise": 5884,
    "enron future": 20981,
    "enron rest": 125554,
    "list promise": 277,
    "list future": 2788,
    "list rest": 22915,
}


class Label(NamedTuple):
    """One labelled sentence, a line of the label file."""

    message_id: str
    start: int
    stop: int
    check: int
    stratum: str
    written_on: date
    label: str
    owed_by: str
    due_on: str

    @property
    def is_held_out(self) -> bool:
        """Whether it was kept unseen while the rules were made."""
        return crc32(self.message_id.encode()) % 3 == 0

    @property
    def wanted(self) -> str:
        """What a reader of the writer's own commitments should say."""
        return self.label if self.owed_by in ("writer", "") else "none"


def read_labels(path: Path = LABELS) -> list[Label]:
    """The lines of a label file."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [
        Label(r[0], int(r[1]), int(r[2]), int(r[3]), r[4], date.fromisoformat(r[5]), *r[6:9])
        for r in rows
    ]


def found_at(labels: list[Label]) -> Iterator[tuple[Label, SpokenCommitment | None]]:
    """Each label with what is read at its place, in the whole message."""
    wanted: dict[str, list[Label]] = {}
    for label in labels:
        wanted.setdefault(label.message_id, []).append(label)
    for folder in ("enron", "list"):
        for message in personal_messages(folder):
            for label in wanted.pop(message.message_id, ()):
                yield label, _found(message, label)
    if wanted:
        print(f"{len(wanted)} labelled messages were not found", file=sys.stderr)


def _found(message: ParsedMessage, label: Label) -> SpokenCommitment | None:
    text = message.new_text
    if crc32(text[label.start : label.stop].encode()) != label.check:
        print(f"{label.message_id}: its words are cut otherwise now", file=sys.stderr)
    read = read_commitments(text, written_on(message), find_tongue(text))
    return next((one for one in read if one.start == label.start), None)


def score(part: str) -> None:
    labels = [
        one for one in read_labels() if part == "all" or (part == "held-out") == one.is_held_out
    ]
    cells: Counter[tuple[str, str]] = Counter()
    weighed: Counter[tuple[str, str]] = Counter()
    days: Counter[bool] = Counter()
    named: Counter[str] = Counter()
    made_up = 0
    for label, found in found_at(labels):
        if found is not None and found.owed_by is Party.COLLEAGUE:
            named[f"{label.label} {label.owed_by}".strip()] += 1
            found = None
        said = "none" if found is None else "commitment" if found.is_sure else "proposed"
        cells[label.wanted, said] += 1
        weighed[label.wanted, said] += round(1000 * _weight(label))
        if found is not None and label.wanted != "none" and label.due_on != "unclear":
            read = "" if found.due_on is None else found.due_on.isoformat()
            if label.due_on:
                days[read == label.due_on] += 1
            made_up += bool(read and not label.due_on)
    print(f"{part}: {cells.total()} sentences")
    _print("read for sure, as drawn", cells, {"commitment"})
    _print("read for sure, weighed back", weighed, {"commitment"})
    _print("anything found, as drawn", cells, {"commitment", "proposed"})
    share = days[True] / max(days.total(), 1)
    print(
        f"days named: {days[True]} of {days.total()} right ({share:.1%}); "
        f"{made_up} read where none was"
    )
    others = sum(one.owed_by == "other" for one in labels)
    print(f"said of somebody named: {named.total()} by label {dict(named)}; labelled so: {others}")


def _weight(label: Label) -> float:
    folder, kind = label.stratum.split(" ")
    return HELD[label.stratum] / DRAWN[folder, kind] / 10


def _print(title: str, cells: Counter[tuple[str, str]], kinds: set[str]) -> None:
    both = sum(n for (want, said), n in cells.items() if want in kinds and said in kinds)
    said = sum(n for (_, said), n in cells.items() if said in kinds)
    want = sum(n for (want, _), n in cells.items() if want in kinds)
    f1 = 2 * both / max(said + want, 1)
    print(
        f"{title:28} precision {both / max(said, 1):.3f}  recall {both / max(want, 1):.3f}"
        f"  F1 {f1:.3f}"
    )


def agreement() -> None:
    first = {(one.message_id, one.start): one for one in read_labels()}
    pairs = [(first[one.message_id, one.start], one) for one in read_labels(SECOND)]
    same = sum(a.wanted == b.wanted for a, b in pairs)
    yes_a = sum(a.wanted == "commitment" for a, _ in pairs) / len(pairs)
    yes_b = sum(b.wanted == "commitment" for _, b in pairs) / len(pairs)
    agreed = sum((a.wanted == "commitment") == (b.wanted == "commitment") for a, b in pairs)
    by_chance = yes_a * yes_b + (1 - yes_a) * (1 - yes_b)
    kappa = (agreed / len(pairs) - by_chance) / (1 - by_chance)
    dated = [(a.due_on, b.due_on) for a, b in pairs if "none" not in (a.wanted, b.wanted)]
    print(f"{len(pairs)} sentences labelled twice; the same label {same / len(pairs):.1%}")
    print(f"commitment or not: {agreed / len(pairs):.1%}, kappa {kappa:.2f}")
    print(f"day: {sum(a == b for a, b in dated)} of {len(dated)} the same")


def cost() -> None:
    texts = [
        TextToRead(
            number, number, message.sent_at, message.utc_offset_minutes, "", message.new_text
        )
        for number, message in enumerate(personal_messages("enron"))
    ]
    read_texts(texts[:BATCH])  # loads rules and weights
    started = time.process_time()
    for at in range(0, len(texts), BATCH):
        read_texts(texts[at : at + BATCH])
    taken = time.process_time() - started
    worst = 0.0
    for text in sorted(texts, key=lambda one: -len(one.text))[:300]:
        started = time.process_time()
        read_texts([text])
        worst = max(worst, time.process_time() - started)
    print(
        f"{len(texts)} messages: {taken / len(texts) * 1e3:.3f} ms each; worst {worst * 1e3:.1f} ms"
    )
    for name, piece in HOSTILE.items():
        took = [_seconds(piece * (chars // len(piece))) * 1e3 for chars in (1_000, 4_000, 16_000)]
        print(f"{name:12} " + "  ".join(f"{one:6.1f} ms" for one in took))


HOSTILE = {
    "promises": "I will send you the draft by Friday, and ",
    "quotes": '"I will, ',
    "blanks": "I will   ",
    "words": "and and and ",
    "dates": "by Friday 12 May, ",
    "sentences": "I'll try. ",
    "asking": "let me know if you send it and I will ",
}
"""Texts made to be slow; 1,000, 4,000 and 16,000 characters of each (5,000 are read)."""


def _seconds(text: str) -> float:
    started = time.process_time()
    read_texts([TextToRead(1, 1, 0, 0, "", text)])
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("task", choices=["score", "agreement", "cost"])
    parser.add_argument("--part", choices=["tuned", "held-out", "all"], default="all")
    arguments = parser.parse_args()
    if arguments.task == "score":
        score(arguments.part)
    elif arguments.task == "agreement":
        agreement()
    else:
        cost()


if __name__ == "__main__":
    main()

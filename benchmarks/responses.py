"""Fits and scores the readers of where a response leads (`gonequiet.language.replies`).

    python benchmarks/responses.py fit
    python benchmarks/responses.py cross-validate
    python benchmarks/responses.py score FILE

Made-up responses lie in tests/data/responses*.jsonl, one a line: path, tongue, question, words, and
where it matters attached, brought, in_thread. `fit` writes the shipped weights from the files the
readers learn from. `cross-validate` reads each of the later ones, on which no rule was made, by
weights that never saw its tenth. `score` reads any file as it is shipped and prints what was read
as what.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path as FilePath

import numpy as np
from scipy.sparse import csr_matrix

sys.path.insert(0, str(FilePath(__file__).parent.parent))
from benchmarks import fitting
from gonequiet.analysis.response import Answer, marks_of, read_by_rules, read_response
from gonequiet.language.lexicon import Tongue
from gonequiet.language.replies import WAYS, Reply, reply_features
from gonequiet.language.tongues import find_tongue

DATA = FilePath(__file__).parent.parent / "tests/data"
WEIGHTS = FilePath(__file__).parent.parent / "src/gonequiet/language/weights"
RULES_MADE_ON = ("responses.jsonl", "responses_later.jsonl")
"""On these the rules find what they were made for; they are learned from, and not scored on."""
UNSEEN_BY_RULES = ("responses_last.jsonl", "responses_more.jsonl")
RECIPE = fitting.Recipe(without=(6, 7))
WRITTEN_ON = date(2026, 4, 22)


def read_answers(path: FilePath) -> list[tuple[str, Answer]]:
    """The path each response of a file was written for, and the response."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        (
            row["path"],
            Answer(
                row["question"],
                row["words"],
                WRITTEN_ON,
                tuple(row.get("attached", ())),
                ("Somebody New",) * row.get("brought", 0),
                row.get("in_thread", True),
            ),
        )
        for row in rows
    ]


def as_reply(answer: Answer) -> Reply:
    """A response as the readers take it."""
    tongue = find_tongue(answer.words)
    tongue = Tongue.ENGLISH if tongue is Tongue.OTHER else tongue
    path, evidence = read_by_rules(answer)
    return Reply(answer.question, answer.words, tongue, marks_of(path, evidence))


def load() -> tuple[fitting.Table, list[str], fitting.Rows]:
    """All responses as a table, their paths, and the rows no rule was made on."""
    told, replies = [], []
    for name in (*RULES_MADE_ON, *UNSEEN_BY_RULES):
        for path, answer in read_answers(DATA / name):
            told.append(path)
            replies.append(as_reply(answer))
    features = reply_features(replies)
    names, column = np.unique(features.names, return_inverse=True)
    ones = np.ones(len(column))
    shape = (len(told), len(names))
    table = fitting.Table(names, csr_matrix((ones, (features.sentence, column)), shape))
    known = sum(len(read_answers(DATA / name)) for name in RULES_MADE_ON)
    return table, told, np.arange(known, len(told))


def fit() -> None:
    """Writes the shipped weights."""
    table, told, _ = load()
    for way in WAYS:
        reader = fitting.fit_reader(table, np.array([one == way for one in told]), RECIPE)
        path = WEIGHTS / f"reply_{way}.npz"
        np.savez_compressed(
            path, **{name: value for name, value in reader._asdict().items() if name != "slots"}
        )
        print(f"{way}: {len(reader.names)} features, {path.stat().st_size // 1024} kB")


def chances(scores: fitting.Floats) -> fitting.Floats:
    """Log odds as chances."""
    return np.asarray(1.0 / (1.0 + np.exp(-scores)))


def cross_validate() -> None:
    """Prints how the later responses are read by weights that never saw their tenth."""
    table, told, later = load()
    scores = np.zeros((len(later), len(WAYS)))
    for fold in fitting.folds(len(later)):
        held_out = later[fold]
        rest = np.setdiff1d(np.arange(len(told)), held_out)
        for at, way in enumerate(WAYS):
            labels = np.array([told[row] == way for row in rest])
            reader = fitting.fit_reader(fitting.subset(table, rest), labels, RECIPE)
            part = fitting.features_of(table, held_out)
            scores[fold, at] = chances(reader.scores(part))
    found = [WAYS[at] for at in scores.argmax(axis=1)]
    print_table([told[row] for row in later], found)


def score(path: FilePath) -> None:
    """Prints how a file is read as shipped."""
    rows = read_answers(path)
    print_table(
        [told for told, _ in rows], [read_response(answer).path.value for _, answer in rows]
    )


def print_table(told: Sequence[str], found: Sequence[str]) -> None:
    """Prints what was read as what."""
    counted = Counter(zip(told, found, strict=True))
    right = sum(counted[way, way] for way in WAYS)
    named = [pair for pair in counted.elements() if pair[1] != "none"]
    kept = sum(one == other for one, other in named)
    print(f"{right} of {len(told)} right; of {len(named)} where a path is named, {kept}")
    print(f"{'written as':<12}" + "".join(f"{way:>12}" for way in WAYS))
    for way in WAYS:
        print(f"{way:<12}" + "".join(f"{counted[way, other]:>12}" for other in WAYS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("task", choices=["fit", "cross-validate", "score"])
    parser.add_argument("path", type=FilePath, nargs="?")
    arguments = parser.parse_args()
    if arguments.task == "score":
        score(arguments.path)
    else:
        {"fit": fit, "cross-validate": cross_validate}[arguments.task]()


if __name__ == "__main__":
    main()

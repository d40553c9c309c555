"""Scores the shipped readers of text on labelled files, without fitting anything.

    python benchmarks/text.py zones FILE.jsonl
    python benchmarks/text.py intent|hedge|politeness FILE.tsv [--cross-validate]
    python benchmarks/text.py fit FOLDER          # writes the shipped weights anew

Zones: the file holds one JSON object a line with "text" and "labels" ([start, stop, label]).
Characters that are no white space and carry a label are counted; labels are folded into six kinds
(words, greeting, closing, signature, quotation, separator), as the table `KIND_OF_LABEL` says.

The other files have a heading and then lines of label, tab, sentence: 1 or 0 for intent and hedge,
a score for politeness. With `--cross-validate` the shipped weights are not used: the file is cut
into ten and each tenth is read by weights fitted on the other nine by the same recipe.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks import fitting  # also when run as a file
from gonequiet.language.learned import LinearReader, load_reader
from gonequiet.language.ngrams import sentence_features
from gonequiet.language.zones import Zone, zone_spans

TASKS = ("intent", "hedge", "politeness")
THRESHOLDS = {"intent": -0.4, "hedge": -0.4, "politeness": 0.0}  # log odds; see decisions/0004
WEIGHTS = Path(__file__).parent.parent / "src/gonequiet/language/weights"
Floats = NDArray[np.float64]

KIND_OF_LABEL = {
    "paragraph": "words",
    "section_heading": "words",
    "tabular": "words",
    "technical": "words",
    "log_data": "words",
    "raw_code": "words",
    "code": "words",
    "patch": "words",
    "salutation": "greeting",
    "closing": "closing",
    "personal_signature": "signature",
    "mua_signature": "signature",
    "quotation": "quotation",
    "quotation_marker": "quotation",
    "inline_headers": "quotation",
    "visual_separator": "separator",
}
KIND_OF_ZONE = {
    Zone.PARAGRAPH: "words",
    Zone.GREETING: "greeting",
    Zone.CLOSING: "closing",
    Zone.SIGNATURE: "signature",
    Zone.FOOTER: "signature",
    Zone.SEPARATOR: "separator",
    Zone.MARKER: "quotation",
    Zone.HEADERS: "quotation",
    Zone.QUOTATION: "quotation",
}
Confusion = Counter[tuple[str, str]]


def count_zones(path: Path) -> Confusion:
    """Pairs of labelled and read kind, by character."""
    counts: Confusion = Counter()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            counts.update(_pairs(record["text"].replace("\r", " "), record["labels"]))
    return counts


def _pairs(text: str, labels: list[tuple[int, int, str]]) -> Confusion:
    read = ["none"] * len(text)
    for span in zone_spans(text):
        read[span.start : span.stop] = [KIND_OF_ZONE[span.zone]] * (span.stop - span.start)
    return Counter(
        (KIND_OF_LABEL.get(label, "words"), read[at])
        for start, stop, label in labels
        for at in range(start, stop)
        if not text[at].isspace()
    )


def print_zones(path: Path) -> None:
    counts = count_zones(path)
    right = sum(n for (label, read), n in counts.items() if label == read)
    print(f"characters right  {right / counts.total():.4f}  of {counts.total()}")
    for kind in sorted(set(KIND_OF_LABEL.values())):
        both = counts[kind, kind]
        labelled = sum(n for (label, _), n in counts.items() if label == kind)
        read = sum(n for (_, found), n in counts.items() if found == kind)
        precision, recall = both / max(read, 1), both / max(labelled, 1)
        f1 = 2 * both / max(read + labelled, 1)
        print(
            f"{kind:10} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  n {labelled}"
        )


def read_labelled(path: Path) -> tuple[list[str], Floats]:
    """Sentences and labels of a table."""
    lines = path.read_text(encoding="utf-8").split("\n")[1:]
    rows = [line.rstrip("\r").split("\t", 1) for line in lines if "\t" in line]
    sentences = [text.strip('"').replace('""', '"') for _, text in rows]
    return sentences, np.array([float(label) for label, _ in rows])


def fit_task(task: str, table: fitting.Table, labels: Floats) -> LinearReader:
    """Fits one reader; politeness weighs a request by how far it is from the middle."""
    recipe = fitting.RECIPES[task]
    if task != "politeness":
        return fitting.fit_reader(table, labels > 0.5, recipe)
    importance = np.abs(labels - labels.mean()) + 0.1
    return fitting.fit_reader(table, labels > np.median(labels), recipe, importance)


def cross_validated_scores(task: str, sentences: list[str], labels: Floats) -> Floats:
    """Scores of every sentence by weights that never saw its tenth."""
    table = fitting.read_table(sentences)
    scores = np.zeros(len(labels))
    for held_out in fitting.folds(len(labels)):
        rest = np.setdiff1d(np.arange(len(labels)), held_out)
        reader = fit_task(task, fitting.subset(table, rest), labels[rest])
        scores[held_out] = reader.scores(fitting.features_of(table, held_out))
    return scores


def print_sentences(task: str, path: Path, *, cross_validate: bool) -> None:
    sentences, labels = read_labelled(path)
    if cross_validate:
        scores = cross_validated_scores(task, sentences, labels)
        print("cross-validated: no sentence was read by weights that saw its tenth")
    else:
        scores = load_reader(task).scores(sentence_features(sentences))
        print("shipped weights: on the file they were fitted on this is memory (--cross-validate)")
    if task == "politeness":
        print_quartiles(labels, scores)
    else:
        print_binary(labels > 0.5, scores, THRESHOLDS[task])


def print_binary(labels: NDArray[np.bool_], scores: Floats, threshold: float) -> None:
    read = scores > threshold
    both = int((read & labels).sum())
    precision, recall = both / max(int(read.sum()), 1), both / max(int(labels.sum()), 1)
    f1 = 2 * both / max(int(read.sum() + labels.sum()), 1)
    area = fitting.area_under_curve(labels, scores)
    print(f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  AUC {area:.3f}")


def print_quartiles(labels: Floats, scores: Floats) -> None:
    low, high = np.quantile(labels, [0.25, 0.75])
    outer = (labels <= low) | (labels >= high)
    polite, scores = labels[outer] >= high, scores[outer]
    area = fitting.area_under_curve(polite, scores)
    right = float(((scores > THRESHOLDS["politeness"]) == polite).mean())
    print(f"top against bottom quartile: AUC {area:.3f}  accuracy {right:.3f}  n {len(scores)}")


def fit_all(folder: Path) -> None:
    for task in TASKS:
        sentences, labels = read_labelled(folder / f"{task}.tsv")
        reader = fit_task(task, fitting.read_table(sentences), labels)
        path = WEIGHTS / f"{task}.npz"
        np.savez_compressed(
            path, **{name: value for name, value in reader._asdict().items() if name != "slots"}
        )
        print(f"{task}: {len(reader.names)} features, {path.stat().st_size // 1024} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("task", choices=["zones", *TASKS, "fit"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    arguments = parser.parse_args()
    if arguments.task == "fit":
        fit_all(arguments.path)
    elif arguments.task == "zones":
        print_zones(arguments.path)
    else:
        print_sentences(arguments.task, arguments.path, cross_validate=arguments.cross_validate)


if __name__ == "__main__":
    main()

"""Scores the shipped readers of text on labelled files, without fitting anything.

    python benchmarks/text.py zones FILE.jsonl

Zones: the file holds one JSON object a line with "text" and "labels" ([start, stop, label]).
Characters that are no white space and carry a label are counted; labels are folded into six kinds
(words, greeting, closing, signature, quotation, separator), as the table `KIND_OF_LABEL` says.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from gonequiet.language.zones import Zone, zone_spans

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("task", choices=["zones"])
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    print_zones(arguments.file)


if __name__ == "__main__":
    main()

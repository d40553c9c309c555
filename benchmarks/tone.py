"""How well and how fast the tone of letters is judged.

Usage: python -m benchmarks.tone [--mails N] [MBOX_FOLDER]

Four things are printed: recall and false alarms on the made-up sentences of
tests/data/tone_sentences.tsv, by part (all of which was learned from, so these flatter; what is
found at first sight stands in docs/tone.md, and `benchmarks.tone_words --cross-fit` judges each set
by what was learned from the others); the same for tests/data/tone_last.tsv, of which nothing is
ever learned; the verdicts of the hand checks kept in tests/data; and, for
the sent folders (_sent_mail, sent, sent_items) of an mbox folder, findings a mail and words a
second.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gonequiet.formats.headers import read_headers
from gonequiet.formats.mbox import iter_spans
from gonequiet.formats.mime import parse_message
from gonequiet.formats.parts import read_body
from gonequiet.language.tone import lint

DATA = Path(__file__).resolve().parents[1] / "tests/data"
DEFAULT = Path(__file__).resolve().parents[2] / "shared/data/mail/enron"
SENT = ("_sent_mail", "sent", "sent_items")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--mails", type=int, default=2_000)
    arguments = parser.parse_args()
    print_sentences()
    print_last()
    print_speed()
    print_hand_check()
    if arguments.folder.exists():
        print_mails(arguments.folder, arguments.mails)
    else:
        print(f"{arguments.folder}: not there, left out")


def print_sentences() -> None:
    """Recall: the rule a sentence was written for is among its findings."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in _rows(DATA / "tone_sentences.tsv"):
        found = {finding.rule for finding in lint(row["sentence"])}
        if row["rule"] == "clean":
            counts[row["part"], "clean"] += 1
            counts[row["part"], "false"] += bool(found)
        else:
            counts[row["part"], "bad"] += 1
            counts[row["part"], "found"] += row["rule"] in found
    for part in dict.fromkeys(part for part, _ in counts):
        bad, clean = counts[part, "bad"], counts[part, "clean"]
        print(
            f"{part:12} recall {counts[part, 'found'] / max(1, bad):.3f} of {bad}, "
            f"false alarms {counts[part, 'false'] / max(1, clean):.3f} of {clean}"
        )


def print_last() -> None:
    """What is marked of sentences that nothing was learned from."""
    marked: Counter[str] = Counter()
    rows = _rows(DATA / "tone_last.tsv")
    is_clean = [row["kind"] == "clean" for row in rows]
    for row, fine in zip(rows, is_clean, strict=True):
        marked["clean" if fine else "bad"] += bool(lint(row["sentence"]))
    clean = sum(is_clean)
    print(
        f"last         marked {marked['bad'] / (len(rows) - clean):.3f} of {len(rows) - clean}, "
        f"false alarms {marked['clean'] / clean:.3f} of {clean}"
    )


def print_speed() -> None:
    """Words a second where every word is the sender's and every fourth sentence is marked."""
    rows = _rows(DATA / "tone_sentences.tsv")
    random.Random(7).shuffle(rows)
    bad = [row["sentence"] for row in rows if row["rule"] != "clean"]
    clean = [row["sentence"] for row in rows if row["rule"] == "clean"] * 6
    letters = [
        "\n\n".join([bad[at], *clean[3 * at : 3 * at + 3]]) for at in range(min(len(bad), 400))
    ]
    for letter in letters:
        lint(letter)
    began = time.process_time()
    for letter in letters:
        lint(letter)
    seconds = time.process_time() - began
    words = sum(len(letter.split()) for letter in letters)
    print(f"own words    {words / seconds:,.0f} words a second, a quarter of the sentences marked")


def print_hand_check() -> None:
    verdicts = Counter(
        (row["folder"], row["verdict"]) for row in _rows(DATA / "tone_hand_check.tsv")
    )
    for folder in ("sent", "received"):
        fair, unfair = verdicts[folder, "fair"], verdicts[folder, "unfair"]
        print(f"hand check   {fair} of {fair + unfair} findings in {folder} mail are fair")
    kept_back = Counter(
        (row["by"], row["verdict"]) for row in _rows(DATA / "tone_kept_back_check.tsv")
    )
    for by in ("phrase", "weight"):
        fair, unfair = kept_back[by, "fair"], kept_back[by, "unfair"]
        print(
            f"hand check   {fair} of {fair + unfair} findings by {by} are fair in mail of two "
            "people that took no part in the fit"
        )


def print_mails(folder: Path, most: int) -> None:
    texts = list(_sent_texts(folder))
    random.Random(7).shuffle(texts)
    texts = texts[:most]
    lint("warm")
    began = time.process_time()
    by_rule = Counter(finding.rule for text in texts for finding in lint(text))
    seconds = time.process_time() - began
    words = sum(len(text.split()) for text in texts)
    print(
        f"{len(texts)} sent mails: {by_rule.total() / max(1, len(texts)):.4f} findings a mail, "
        f"{words / seconds:,.0f} words a second"
    )
    print("  " + ", ".join(f"{rule} {count}" for rule, count in by_rule.most_common()))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _sent_texts(folder: Path) -> Iterator[str]:
    """The text of every distinct message in the sent folders."""
    seen: set[int] = set()
    for path in sorted(folder.rglob("*.mbox")):
        if path.stem not in SENT:
            continue
        buffer = path.read_bytes()
        for span in iter_spans(buffer):
            raw = buffer[span.start : span.end]
            digest = parse_message(raw).content_digest
            if digest not in seen:
                seen.add(digest)
                yield read_body(raw, read_headers(raw)).text


if __name__ == "__main__":
    main()

"""Fits the net by which the linter of tone judges sentences that no phrase stands in.

Usage: python -m benchmarks.tone_words [MAIL_FOLDER] [--cross-fit]

Learns from made-up sentences (tests/data/tone_sentences.tsv and tone_training.tsv, the examples of
the rules, our templates, the letters of the demo mailbox) and, as more that is clean, from what
people wrote in the sent folders and on the list of MAIL_FOLDER. Only what made-up sentences have
gets a weight, so nothing of anybody's mail is in the result. The mail of two people takes no
part; it is printed how much of it would be marked. src/gonequiet/language/cues/tone_net.tsv is
written. With --cross-fit, nothing is: each set of made-up sentences is judged by a net that learned
from all the others.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.tone import DATA, SENT, _sent_texts
from benchmarks.tone_net import Lesson, fit_nets
from gonequiet.domain.response import WHAT_FOLLOWS
from gonequiet.formats.headers import read_headers
from gonequiet.formats.mbox import iter_spans
from gonequiet.formats.parts import read_body
from gonequiet.language.tone import LANGUAGES, lint, rule_ids, rules
from gonequiet.language.tone.features import RULE, features_of
from gonequiet.language.tone.folding import bare_lines, folded, sentences
from gonequiet.language.tone.mood import moved
from gonequiet.language.tone.net import Net
from gonequiet.language.tone.reading import _Cues, _own_sentences
from gonequiet.language.tone.weighing import THRESHOLD

MAIL = Path(__file__).resolve().parents[2] / "shared/data/mail"
TARGET = Path(__file__).resolve().parents[1] / "src/gonequiet/language/cues/tone_net.tsv"
SOURCE = TARGET.parents[2]
FILES = ("tone_sentences.tsv", "tone_training.tsv")
PARTS = ("set_1", "set_2", "set_3", "set_4", "set_5", "pairs")
"""The sets that are judged by what was learned without them."""

KEPT_BACK = ("haedicke-m", "nemec-g")
LIST_MAILS = 1_500
EVERY_RECEIVED = 2
"""Of mail that others wrote, one in so many is read."""

CLEAN_COUNTS = 3.0
"""How many times each made-up clean sentence counts: there is more mail than there are of them."""

THRESHOLDS = (1.0, 2.0, 2.5, THRESHOLD, 3.5, 4.0)
"""Log odds for which it is printed what would be marked past them."""

OURS = 4
"""How many times what we propose ourselves counts."""

SHORT = 6
"""Words of a sentence that can be an empty check-in and nothing else."""


class Labelled(NamedTuple):
    """A made-up sentence, folded, the rule it offends ("clean" for none), and its set."""

    rule: str
    text: str
    part: str


Folder = tuple[list[list[str]], list[list[str]]]
"""The sentences of somebody's mails, sent and received."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=MAIL)
    parser.add_argument("--cross-fit", action="store_true", help="judge each set by the others")
    arguments = parser.parse_args()
    ours = [Labelled("clean", text, "ours") for text in our_sentences()]
    made_up = [*labelled_sentences(), *ours]
    people = {
        folder.name: (
            sentences_of_mails(_sent_texts(folder)),
            sentences_of_mails(received_texts(folder)),
        )
        for folder in sorted((arguments.folder / "enron").iterdir())
    }
    kept_back = {text for name in KEPT_BACK for text in texts_of(people[name])}
    known = {text for name in people if name not in KEPT_BACK for text in texts_of(people[name])}
    listed = {text for mail in sentences_of_mails(list_texts(arguments.folder)) for text in mail}
    clean = clean_ones((known | listed) - kept_back)
    sent = [mail for name in KEPT_BACK for mail in people[name][0]]
    if arguments.cross_fit:
        for part in PARTS:
            print_crossed(part, made_up, clean, sent)
        return
    net = fit_nets(lesson_of(made_up, clean), rule_ids()).written()
    print_kept_back(Net(net), sent)
    TARGET.write_text(net, encoding="utf-8")


def print_crossed(
    part: str, made_up: Sequence[Labelled], clean: Sequence[str], sent: Sequence[Sequence[str]]
) -> None:
    """Judges the sentences of a set by what was learned without it."""
    others = [each for each in made_up if each.part != part]
    net = Net(fit_nets(lesson_of(others, clean), rule_ids()).written())
    judged = [(each.rule, judge(net, each.text)) for each in made_up if each.part == part]
    print(part)
    for threshold in THRESHOLDS:
        bad = [(rule, said.rules(threshold)) for rule, said in judged if rule != "clean"]
        fine = [said.rules(threshold) for rule, said in judged if rule == "clean"]
        print(
            f"  past {threshold}: marked {share(bool(found) for _, found in bad):.3f}, by the rule "
            f"meant {share(rule in found for rule, found in bad):.3f}, "
            f"false alarms {share(map(bool, fine)):.4f}"
        )
    print_kept_back(net, sent)


def share(found: Iterable[bool]) -> float:
    """Returns how many of some are so."""
    return float(np.mean([*found]))


class Judged(NamedTuple):
    """What is said of a sentence that is a letter by itself."""

    by_phrase: set[str]
    rule: str
    odds: float

    def rules(self, threshold: float) -> set[str]:
        """Returns the rules it comes under, a phrase's or the net's."""
        return self.by_phrase or ({self.rule} if self.odds > threshold else set())


def judge(net: Net, text: str) -> Judged:
    """Returns what is said of a sentence."""
    sums = net.sums(features_of(text))
    (odds,) = moved([net.log_odds(sums)])
    by_phrase = {each.rule for each in lint(text) if not each.is_weighed}
    return Judged(by_phrase, net.rule(sums), odds)


def lesson_of(made_up: Sequence[Labelled], clean: Sequence[str]) -> Lesson:
    """Returns what is learned from: made-up sentences, and those of mail as clean."""
    numbers = {rule: number for number, rule in enumerate((*rule_ids(), "clean"))}
    of_rules = [numbers[each.rule] for each in made_up] + [numbers["clean"]] * len(clean)
    counts = [1.0 if each.rule != "clean" else CLEAN_COUNTS for each in made_up]
    return Lesson(
        [features_of(text) for text in (*(each.text for each in made_up), *clean)],
        np.array(of_rules),
        np.array([*counts, *[1.0] * len(clean)], np.float32),
        len(made_up),
    )


def texts_of(folder: Folder) -> Iterator[str]:
    return (text for mails in folder for mail in mails for text in mail)


def received_texts(folder: Path) -> Iterator[str]:
    """The text of some of the mails that somebody did not write, or has filed away."""
    for path in sorted(folder.rglob("*.mbox")):
        buffer = b"" if path.stem in SENT else path.read_bytes()
        for span in list(iter_spans(buffer))[::EVERY_RECEIVED]:
            raw = buffer[span.start : span.end]
            yield read_body(raw, read_headers(raw)).text


def clean_ones(texts: Iterable[str]) -> list[str]:
    """The sentences of mail that are learned from as clean."""
    return sorted(text for text in texts if not offends_plainly(text))


def print_kept_back(net: Net, sent: Sequence[Sequence[str]]) -> None:
    """Prints how much of the mail kept back would be marked, phrases aside."""
    odds = [
        odds
        for mail in sent
        for odds in moved([net.log_odds(net.sums(features_of(text))) for text in mail])
    ]
    for threshold in THRESHOLDS:
        found = sum(each > threshold for each in odds)
        print(f"  past {threshold}: {found / len(sent):.4f} findings a mail kept back", flush=True)


def labelled_sentences() -> list[Labelled]:
    found = []
    for name in FILES:
        with (DATA / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = " ".join(each.text for each in sentences(folded(row["sentence"])))
                found.append(Labelled(row["rule"], text, row["part"]))
    return found


def our_sentences() -> list[str]:
    """Sentences of the rules' good examples, of our templates and of the demo's letters."""
    known = [rule for language in LANGUAGES for rule in rules(language)]
    examples = [text for rule in known for text in rule.good]
    proposed = [
        text for rule in known for each in rule.wordings for text in quoted(each.suggestion)
    ]
    templates = [
        re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"))
        for path in sorted((SOURCE / "outbox/templates").glob("*.txt"))
    ]
    letters = [
        text
        for path in sorted((SOURCE / "demo").rglob("*.toml"))
        for text in strings_in(tomllib.loads(path.read_text(encoding="utf-8")))
    ]
    return (
        unmarked([*examples, *letters])
        + unmarked([*proposed, *templates, *WHAT_FOLLOWS.values()]) * OURS
    )


def quoted(suggestion: str) -> list[str]:
    """The wordings that a suggestion proposes, which it puts between quotation marks."""
    return suggestion.replace("„", '"').replace("“", '"').split('"')[1::2]


def unmarked(texts: Iterable[str]) -> list[str]:
    """The sentences of some texts, each once, in which no phrase of a rule stands."""
    found = [each.text for text in texts for each in sentences(folded(bare_lines(text)))]
    return [text for text in dict.fromkeys(found) if " " in text and not has_phrase(text)]


def offends_plainly(text: str) -> bool:
    """Whether a sentence of mail is no example of a clean one."""
    features = features_of(text)
    is_short = len(text.split()) <= SHORT
    sells = f"{RULE}false-deadline" in features  # received mail has advertisements
    return has_phrase(text) or sells or (is_short and f"{RULE}empty-check-in" in features)


def has_phrase(text: str) -> bool:
    """Whether a phrase of a rule stands in a sentence: the demo has letters that offend too."""
    cues = _Cues.of(LANGUAGES)
    return any(cue.phrase.occurs_in(text) for cue in cues.worth_trying(text))


def strings_in(value: object) -> Iterator[str]:
    """Every text in what a data file holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings_in(each)


def list_texts(folder: Path) -> Iterator[str]:
    """The text of some messages of the lists in a folder."""
    for path in sorted((folder / "list").glob("*.mbox")):
        buffer = path.read_bytes()
        spans = list(iter_spans(buffer))
        random.Random(1).shuffle(spans)
        for span in spans[:LIST_MAILS]:
            raw = buffer[span.start : span.end]
            yield read_body(raw, read_headers(raw)).text


def sentences_of_mails(texts: Iterable[str]) -> list[list[str]]:
    cut = (bare_lines(text[:20_000]) for text in texts)
    return [[each.text for each in _own_sentences(text, folded(text))] for text in cut]


if __name__ == "__main__":
    main()

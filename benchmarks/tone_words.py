"""Fits the weights by which the linter of tone judges sentences that no phrase stands in.

Usage: python -m benchmarks.tone_words [MAIL_FOLDER]

Learns from made-up sentences (tests/data/tone_sentences.tsv and tone_training.tsv, the examples of
the rules, our templates, the letters of the demo mailbox) and, as more that is clean, from what
people wrote in the sent folders and on the list of MAIL_FOLDER. Only what made-up sentences have
gets a weight, so nothing of anybody's mail is in the result. First some people's mail is kept back
and it is printed how much of it would be marked; then all is learned from, and
src/gonequiet/language/cues/tone_words.tsv written. Needs scikit-learn (the group `bench`).
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import tomllib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.tone import DATA, SENT, _sent_texts
from gonequiet.formats.headers import read_headers
from gonequiet.formats.mbox import iter_spans
from gonequiet.formats.parts import read_body
from gonequiet.language.tone import LANGUAGES, rule_ids, rules
from gonequiet.language.tone.features import RULE, features_of, plain_features
from gonequiet.language.tone.folding import bare_lines, folded, sentences
from gonequiet.language.tone.kinds import words_of
from gonequiet.language.tone.reading import _Cues, _own_sentences
from gonequiet.language.tone.weighing import STEP

MAIL = Path(__file__).resolve().parents[2] / "shared/data/mail"
TARGET = Path(__file__).resolve().parents[1] / "src/gonequiet/language/cues/tone_words.tsv"
SOURCE = TARGET.parents[2]
FILES = ("tone_sentences.tsv", "tone_training.tsv")
KEPT_BACK = ("beck-s", "lenhart-m", "sanders-r")
LIST_MAILS = 1_500
EVERY_RECEIVED = 4
"""Of mail that others wrote, one in so many is read."""

LEAST_TIMES = 2
LEAST_WEIGHT = 0.05
"""Weights below this are left out."""

CLEAN_COUNTS = 3.0
"""How many times each made-up clean sentence counts: there is more mail than there are of them."""

OURS = 4
"""How many times what we propose ourselves counts."""

SHORT = 6
"""Words of a sentence that can be an empty check-in and nothing else."""

STRENGTH = 1.0
"""The inverse strength of regularisation."""


class Labelled(NamedTuple):
    """A made-up sentence, folded, and the rule it offends; "clean" for none."""

    rule: str
    text: str


class Fit(NamedTuple):
    """What was learned: weights of features in log odds."""

    weights: dict[str, float]
    bias: float

    def log_odds(self, text: str) -> float:
        """How likely it is that a folded sentence offends."""
        return self.bias + sum(self.weights.get(each, 0.0) for each in features_of(text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=MAIL)
    parser.add_argument("--final", action="store_true", help="only learn from all, and write")
    arguments = parser.parse_args()
    made_up = [*labelled_sentences(), *(Labelled("clean", text) for text in our_sentences())]
    people = {
        folder.name: (
            sentences_of_mails(_sent_texts(folder)),
            sentences_of_mails(received_texts(folder)),
        )
        for folder in sorted((arguments.folder / "enron").iterdir())
    }
    listed = {text for mail in sentences_of_mails(list_texts(arguments.folder)) for text in mail}
    if not arguments.final:
        print_kept_back(made_up, people, sorted(listed))
    everybody = {text for folder in people.values() for text in texts_of(folder)}
    write(fit(made_up, clean_ones(everybody | listed)), rule_weights(made_up))


Folder = tuple[list[list[str]], list[list[str]]]
"""The sentences of somebody's mails, sent and received."""


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


def print_kept_back(
    made_up: Sequence[Labelled], people: dict[str, Folder], listed: Sequence[str]
) -> None:
    known = {
        text for name, each in people.items() if name not in KEPT_BACK for text in texts_of(each)
    }
    learned = fit(made_up, clean_ones(known | set(listed)))
    mails = [mail for name in KEPT_BACK for mail in people[name][0]]
    odds = sorted((learned.log_odds(text) for mail in mails for text in mail), reverse=True)
    for rate in (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05):
        needed = odds[int(rate * len(mails))]
        print(f"{rate:.3f} findings a mail kept back: log odds past {needed:.2f}")


def labelled_sentences() -> list[Labelled]:
    found = []
    for name in FILES:
        with (DATA / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = " ".join(each.text for each in sentences(folded(row["sentence"])))
                found.append(Labelled(row["rule"], text))
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
    return unmarked([*examples, *letters]) + unmarked([*proposed, *templates]) * OURS


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


def fit(made_up: Sequence[Labelled], clean: Sequence[str]) -> Fit:
    """Logistic regression: whether a sentence is marked, from which features it has."""
    features = [features_of(text) for _, text in made_up]
    times = Counter(each for found in features for each in found)
    kept = sorted(each for each, count in times.items() if count >= LEAST_TIMES)
    places = {each: at for at, each in enumerate(kept)}
    columns = array("i")
    ends = [0]
    for found in (*features, *map(features_of, clean)):
        columns.extend(places[each] for each in found if each in places)
        ends.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), (len(ends) - 1, len(kept)))
    marked = [rule != "clean" for rule, _ in made_up] + [False] * len(clean)
    counts = [1.0 if rule != "clean" else CLEAN_COUNTS for rule, _ in made_up] + [1.0] * len(clean)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300)
    model.fit(matrix, marked, sample_weight=counts)
    return Fit(dict(zip(kept, map(float, model.coef_[0]), strict=True)), float(model.intercept_[0]))


def rule_weights(made_up: Sequence[Labelled]) -> dict[str, list[float]]:
    """For each word and kind, how much it speaks for each rule, given that there is one."""
    marked = [(plain_features(*words_of(text)), rule) for rule, text in made_up if rule != "clean"]
    times = Counter(each for found, _ in marked for each in found)
    kept = sorted(each for each, count in times.items() if count > LEAST_TIMES)
    places = {each: at for at, each in enumerate(kept)}
    rows = np.zeros((len(marked), len(kept)))
    for row, (found, _) in enumerate(marked):
        rows[row, [places[each] for each in found if each in places]] = 1
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(rows, [rule_ids().index(rule) for _, rule in marked])
    return {each: [float(w) for w in model.coef_[:, at]] for each, at in places.items()}


def write(learned: Fit, of_rules: dict[str, list[float]]) -> None:
    """Writes whole steps: a weight for each feature, and for a word alone one for each rule."""
    lines = ["\t".join(("feature", "marked", *rule_ids())), f"{round(learned.bias / STEP)}"]
    kept = {name for name, weight in learned.weights.items() if abs(weight) >= LEAST_WEIGHT}
    for name in sorted(kept | set(of_rules)):
        if name.startswith(RULE) and name not in kept:
            continue
        numbers = (learned.weights.get(name, 0.0), *of_rules.get(name, ()))
        lines.append("\t".join((name, *(str(round(number / STEP)) for number in numbers))))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

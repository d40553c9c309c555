"""Fits the weights of words that the linter of tone adds to its phrases.

Usage: python -m benchmarks.tone_words [MBOX_FOLDER]

Learns from the made-up sentences of tests/data/tone_sentences.tsv (for each rule, and clean ones)
and, as more that is clean, from sentences of the sent folders of an mbox folder. Only words of the
made-up sentences get a weight, so nothing of anybody's mail is in the result. The letters of the
demo mailbox, in which half of the German ones stand for what there is no real mail of, the examples
of the rules and our own templates are clean too. Writes
src/gonequiet/language/cues/tone_words.tsv and prints how many sentences of mail that took no part
in the fit would be marked. Needs scikit-learn (the group `bench`).
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.tone import DATA, DEFAULT, _sent_texts
from gonequiet.language.tone import LANGUAGES, rule_ids, rules
from gonequiet.language.tone.folding import bare_lines, folded, sentences
from gonequiet.language.tone.reading import _Cues, _own_sentences
from gonequiet.language.tone.weighing import STEP, THRESHOLD, features, words_of

TARGET = Path(__file__).resolve().parents[1] / "src/gonequiet/language/cues/tone_words.tsv"
CLEAN_SENTENCES = 12_000
LEAST = 0.05
"""Weights below this are left out."""

SOURCE = TARGET.parents[2]
Counts = Counter[str]
Labelled = tuple[Counts, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    mails = sentences_of_mails(parser.parse_args().folder)
    fitted_on, kept_back = mails[: len(mails) // 2], mails[len(mails) // 2 :]
    clean = [sentence for mail in fitted_on for sentence in mail]
    random.Random(1).shuffle(clean)
    letters, ours = demo_sentences(), our_examples()
    made_up = made_up_sentences() + [
        (counts_of(text), "clean") for text in [*letters[::2], *ours * 5]
    ]
    weights, bias = fit(made_up, [counts_of(text) for text in clean[:CLEAN_SENTENCES]])
    write(weights, bias, names_of_rules(made_up))
    for name, groups in (
        ("mails", kept_back),
        ("sentences of the demo", [[text] for text in letters[1::2]]),
    ):
        marked = sum(any(is_marked(text, weights, bias) for text in group) for group in groups)
        print(f"{marked} marked of {len(groups)} {name} kept back")


def is_marked(text: str, weights: dict[str, float], bias: float) -> bool:
    counts = counts_of(text)
    return bias + sum(weights.get(word, 0.0) * n for word, n in counts.items()) > THRESHOLD


def counts_of(text: str) -> Counts:
    """How many of the different words of a sentence have each feature."""
    return Counter(each for word in words_of(folded(text)) for each in features(word))


def made_up_sentences() -> list[Labelled]:
    with (DATA / "tone_sentences.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(counts_of(row["sentence"]), row["rule"]) for row in rows]


def our_examples() -> list[str]:
    """Sentences of the rules' good examples, and of our templates."""
    examples = [text for language in LANGUAGES for rule in rules(language) for text in rule.good]
    templates = [
        re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"))
        for path in sorted((SOURCE / "outbox/templates").glob("*.txt"))
    ]
    return unmarked([*examples, *templates])


def demo_sentences() -> list[str]:
    """Sentences of the demo's letters, shuffled."""
    found = unmarked(
        text
        for path in sorted((SOURCE / "demo").rglob("*.toml"))
        for text in strings_in(tomllib.loads(path.read_text(encoding="utf-8")))
    )
    random.Random(2).shuffle(found)
    return found


def unmarked(texts: Iterable[str]) -> list[str]:
    """The sentences of some texts, each once, in which no phrase of a rule stands."""
    found = [each.text for text in texts for each in sentences(folded(bare_lines(text)))]
    return [
        text for text in dict.fromkeys(found) if len(text.split()) > 3 and not lint_phrases(text)
    ]


def lint_phrases(text: str) -> bool:
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


def sentences_of_mails(folder: Path) -> list[list[str]]:
    texts = list(_sent_texts(folder))
    random.Random(3).shuffle(texts)
    cut = (bare_lines(text[:20_000]) for text in texts)
    return [[each.text for each in _own_sentences(text, folded(text))] for text in cut]


def fit(made_up: Sequence[Labelled], clean: Sequence[Counts]) -> tuple[dict[str, float], float]:
    """Logistic regression: whether a sentence is marked, from which words it has."""
    vocabulary = {word: at for at, word in enumerate(sorted(set().union(*(w for w, _ in made_up))))}
    rows = [words for words, _ in made_up] + list(clean)
    places = [
        (row, vocabulary[word], times)
        for row, counts in enumerate(rows)
        for word, times in counts.items()
        if word in vocabulary
    ]
    at_rows, at_words, values = zip(*places, strict=True)
    matrix = csr_matrix((values, (at_rows, at_words)), (len(rows), len(vocabulary)), dtype=float)
    marked = [rule != "clean" for _, rule in made_up] + [False] * len(clean)
    model = LogisticRegression(C=1.0, max_iter=500).fit(matrix, marked)
    found = dict(zip(vocabulary, map(float, model.coef_[0]), strict=True))
    kept = {word: weight for word, weight in found.items() if abs(weight) >= LEAST}
    return kept, float(model.intercept_[0])


def names_of_rules(made_up: Sequence[Labelled]) -> dict[str, list[float]]:
    """For each word, how much more often it stands in sentences for a rule than for others."""
    marked = [(words, rule) for words, rule in made_up if rule != "clean"]
    sizes = Counter(rule for _, rule in marked)
    times = Counter((word, rule) for words, rule in marked for word in words)
    overall = Counter(word for words, _ in marked for word in words)
    return {
        word: [
            math.log((times[word, rule] + 0.5) / (sizes[rule] + 1))
            - math.log((overall[word] + 0.5) / (len(marked) + 1))
            for rule in rule_ids()
        ]
        for word in overall
    }


def write(weights: dict[str, float], bias: float, rules: dict[str, list[float]]) -> None:
    """Writes whole steps: a weight for each word, then one for each rule."""
    nothing = [0.0] * len(rule_ids())
    lines = ["\t".join(("word", "marked", *rule_ids())), f"\t{round(bias / STEP)}"]
    for word in sorted(weights):
        numbers = (weights[word], *rules.get(word, nothing))
        lines.append("\t".join((word, *(str(round(number / STEP)) for number in numbers))))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

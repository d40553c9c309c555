"""The rules of tone: what they mark, what they let pass, and where they say it stands."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.language.tone import LANGUAGES, Rule, lint, rule_ids, rules, weighing
from gonequiet.language.tone.weighing import FLOOR, weigh

MANUAL = Path(__file__).resolve().parents[2] / "docs/tone.md"
SENTENCES = Path(__file__).resolve().parents[1] / "data/tone_sentences.tsv"
NET = Path(weighing.__file__).parents[1] / "cues/tone_net.tsv"
ALL_RULES = [rule for language in LANGUAGES for rule in rules(language)]
NAMES = [f"{rule.language}-{rule.id}" for rule in ALL_RULES]


def found(text: str, **options: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.quote) for finding in lint(text, **options)]


@pytest.mark.parametrize("rule", ALL_RULES, ids=NAMES)
def test_a_rule_marks_its_bad_examples(rule: Rule) -> None:
    for sentence in rule.bad:
        assert rule.id in {finding.rule for finding in lint(sentence, language=rule.language)}


@pytest.mark.parametrize("rule", ALL_RULES, ids=NAMES)
def test_no_rule_marks_the_good_examples(rule: Rule) -> None:
    assert [found(sentence) for sentence in rule.good] == [[]] * len(rule.good)


@pytest.mark.parametrize("rule", ALL_RULES, ids=NAMES)
def test_no_rule_marks_a_better_wording_it_proposes(rule: Rule) -> None:
    for wording in rule.wordings:
        proposed = wording.suggestion.replace("„", '"').replace("“", '"').split('"')[1::2]
        assert [found(text) for text in proposed] == [[]] * len(proposed)


@pytest.mark.parametrize("rule", ALL_RULES, ids=NAMES)
def test_a_rule_says_why_what_instead_and_where_from(rule: Rule) -> None:
    assert rule.reason.endswith(".")
    assert rule.suggestion
    assert rule.source
    assert len(rule.bad) >= 3
    assert len(rule.good) >= 3


@pytest.mark.parametrize("rule", ALL_RULES, ids=NAMES)
def test_the_manual_explains_every_rule(rule: Rule) -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    told = [f"`{rule.id}`", rule.reason, *rule.bad, *rule.good]
    assert [words for words in told if words not in manual] == []
    assert rule.language != "en" or rule.source in manual


def test_every_language_has_the_same_rules() -> None:
    assert [[rule.id for rule in rules(language)] for language in LANGUAGES] == [
        list(rule_ids())
    ] * len(LANGUAGES)


@pytest.mark.parametrize("part", ["development", "held_out", "fifth"])
def test_the_sentences_the_rules_were_written_for_are_told_apart(part: str) -> None:
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        own = [row for row in rows if row["part"] == part]
    bad = [row for row in own if row["rule"] != "clean"]
    clean = [row for row in own if row["rule"] == "clean"]
    hits = [row for row in bad if row["rule"] in {rule for rule, _ in found(row["sentence"])}]
    false = [row for row in clean if found(row["sentence"])]
    assert len(hits) >= 0.95 * len(bad)
    assert len(false) <= 0.02 * len(clean)


def test_a_sentence_that_no_phrase_names_is_marked_for_all_its_words() -> None:
    text = "The plan is attached. You are clearly too busy to bother with small fry like us."
    assert found(text) == [
        ("mind-reading", "You are clearly too busy to bother with small fry like us.")
    ]


def test_words_between_quotation_marks_weigh_nothing() -> None:
    said = "You are clearly too busy to bother with small fry like us."
    assert found(f'She wrote "{said}" to him.') == []


def test_all_the_words_of_a_sentence_are_weighed_in_its_own_language_only() -> None:
    text = "Ich habe so eine Ahnung, dass Sie gar nicht entscheiden dürfen."
    assert [rule for rule, _ in found(text)] == ["mind-reading"]
    assert [rule for rule, _ in found(text, language="de")] == ["mind-reading"]
    assert found(text, language="en") == []


def test_a_marked_sentence_can_be_excused_like_any_other() -> None:
    said = "You are clearly too busy to bother with small fry like us."
    assert found(f"gonequiet: allow mind-reading\n\n{said}") == []


def test_two_words_are_never_enough_to_be_marked_for_all_of_them() -> None:
    rows = [row.split("\t") for row in NET.read_text("utf-8").split("\n\n")[1].splitlines()]
    words = [row[0] for row in sorted(rows, key=lambda row: -int(row[1])) if row[0].isalpha()]
    assert len(words) > 1_000
    assert {weigh(f"{one} {two}").log_odds for one, two in pairwise(words[:50])} == {FLOOR}


def test_a_finding_says_where_it_stands_and_what_it_quotes() -> None:
    text = "Hello Dana,\n\nthe plan is attached. This is my\nthird email to you.\n"
    (finding,) = lint(text)
    assert (finding.rule, finding.line, finding.column) == ("counting-attempts", 3, 23)
    assert text[finding.start : finding.end] == finding.quote == "This is my\nthird email"


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_keep_positions(line_end: str) -> None:
    text = line_end.join(["Hello Dana,", "", "Never mind. Just checking in!", ""])
    (finding,) = lint(text)
    assert (finding.line, finding.column) == (3, 13)
    assert text[finding.start : finding.end] == "Just checking in"


def test_letters_that_grow_in_lower_case_do_not_shift_positions() -> None:
    (finding,) = lint("İİİ İstanbul is fine. Just checking in!")
    assert finding.quote == "Just checking in"


def test_typographic_quotes_and_umlauts_written_out_make_no_difference() -> None:
    assert [rule for rule, _ in found("I’ve tried to reach you several times.")] == [
        "counting-attempts"
    ]
    assert [rule for rule, _ in found("Sie muessen sich jetzt entscheiden.")] == ["pressure"]


def test_words_of_others_are_not_judged() -> None:
    announced = "On Mon, 3 Mar 2025 at 10:12, Dana Reyes wrote:"
    text = f"Thank you, that suits me.\n\n{announced}\n> Just checking in!\n"
    assert found(text) == []


def test_words_in_quotation_marks_are_talked_about_not_said() -> None:
    assert found('I never write "just checking in" to anybody.') == []


def test_a_signature_is_not_judged() -> None:
    assert found("The plan is attached.\n\n-- \nAct now, only two places left!\n") == []


def test_a_line_excuses_the_paragraph_below_it() -> None:
    text = (
        "gonequiet: allow counting-attempts\n\nThis is my third email.\n\nThis is my third email."
    )
    assert [finding.line for finding in lint(text)] == [5]


def test_a_comment_excuses_the_paragraph_it_stands_in_and_only_the_rules_it_names() -> None:
    text = (
        "This is my third email. Just checking in! <!-- gonequiet: allow guilt, empty-check-in -->"
    )
    assert [rule for rule, _ in found(text)] == ["counting-attempts"]


def test_a_disabled_rule_is_silent() -> None:
    text = "This is my third email. Just checking in!"
    assert [finding.rule for finding in lint(text, disabled=["empty-check-in"])] == [
        "counting-attempts"
    ]


def test_an_unknown_rule_or_language_is_refused() -> None:
    with pytest.raises(ValueError, match="No such rule: politeness"):
        lint("Hello", disabled=["politeness"])
    with pytest.raises(ValueError, match="'fr'"):
        lint("Bonjour", language="fr")


def test_one_language_alone_can_be_asked_for() -> None:
    assert found("Just checking in!", language="de") == []
    assert found("Jetzt oder nie!", language="de") == [("false-deadline", "Jetzt oder nie")]


def test_a_check_in_that_names_the_matter_is_fine() -> None:
    assert found("I'm following up on the lease: the landlord accepted clause 7.") == []
    assert found("Just following up on the pricing sheet of 3 March.") == []
    assert [rule for rule, _ in found("Just following up on my last email.")] == ["empty-check-in"]


def test_a_question_above_a_forwarded_mail_is_no_empty_check_in() -> None:
    announced = "On Mon, 3 Mar 2025 at 10:12, Dana Reyes wrote:"
    below = f"\n\n{announced}\n> The landlord wants two more years.\n"
    assert [rule for rule, _ in found("Any thoughts?")] == ["empty-check-in"]
    assert found(f"Any thoughts?{below}") == []
    assert [rule for rule, _ in found(f"Just checking in!{below}")] == ["empty-check-in"]


def test_a_question_in_a_letter_that_says_more_is_no_empty_check_in() -> None:
    more = "The landlord wants two more years. The rent stays. The roof is done. The plan is here."
    assert found(f"{more} Any thoughts?") == []


def test_a_deadline_with_its_reason_is_fine() -> None:
    assert found("I need your decision by noon because the board meets at two.") == []
    assert [rule for rule, _ in found("I need your decision by noon.")] == ["pressure"]


def test_a_line_broken_by_a_mail_program_does_not_end_a_sentence() -> None:
    first = "It is a pleasure to work on this, and I am just following up"
    wrapped = f"{first}\non the lease for Harbour Street."
    assert found(wrapped) == []


@given(st.text(alphabet="Just checking in. you my third email\n\r>\"'İß", max_size=400))
def test_any_text_gives_findings_that_quote_it(text: str) -> None:
    for finding in lint(text):
        assert text[finding.start : finding.end] == finding.quote
        assert finding.line >= 1
        assert finding.column >= 1

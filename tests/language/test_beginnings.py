"""Letters a pattern begins with are told from it; letters are found in one pass over a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonequiet.language.act_rules import ActRule, act_rules, rules_anywhere
from gonequiet.language.beginnings import beginnings_of
from gonequiet.language.hints import forms_of, pattern_of
from gonequiet.language.lexicon import Tongue
from gonequiet.language.pages import Page, bit_of, page_of

RULES = [
    rule
    for tongue in (Tongue.ENGLISH, Tongue.GERMAN)
    for rule in act_rules(tongue)
    if rule not in rules_anywhere(tongue)
]


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("send|call me", {"send", "call me"}),
        (r"\b(?:could|can) you [a-z]+", {"could you ", "can you "}),
        ("(?:please )?send", {"please send", "send"}),
        ("(?:i|we)(?:'ll| will) do", {"i'll do", "i will do", "we'll do", "we will do"}),
        ("^(?!no)(?<=x)yes", {"yes"}),
        ("a(?:b|.)c", {"a"}),
        ("col[ou]r", {"color", "colur"}),
        ("ab*c", {"ab", "ac"}),
        ("ab+c", {"ab"}),
        ("ab{2,3}c", {"ab"}),
        ("ab{0,2}c", {"ab", "ac"}),
        (r"a\.b\?", {"a.b?"}),
        (r"end[.)]", {"end"}),
        ("[a-z]+ing", {""}),
        (".*", {""}),
        ("(?P<name>go)", {"go"}),
    ],
)
def test_the_letters_a_match_begins_with_are_read_off_the_pattern(
    pattern: str, letters: set[str]
) -> None:
    assert beginnings_of(pattern) == letters


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.act} {rule.name}")
@settings(max_examples=10)
@given(data=st.data())
def test_whatever_a_rule_fits_begins_with_its_letters(rule: ActRule, data: st.DataObject) -> None:
    bare = re.sub(r"\(\?<?[=!][^()]*\)", "", rule.form.pattern)  # looks ahead and back aside
    fits = data.draw(st.from_regex(bare, fullmatch=True))

    assert fits.startswith(tuple(beginnings_of(rule.form.pattern)))


def test_a_pattern_with_too_many_beginnings_keeps_what_they_share() -> None:
    letters = beginnings_of("(?:a|b|c|d|e|f|g|h)(?:1|2|3|4|5|6|7|8)(?:x|y|z)")
    assert letters == {f"{one}{two}" for one in "abcdefgh" for two in range(1, 9)}


def test_only_questions_begin_anywhere() -> None:
    assert {rule.name for rule in rules_anywhere(Tongue.ENGLISH)} == {"question"}


def test_the_longest_letters_at_a_word_are_found() -> None:
    pattern = pattern_of(["will", "will do", "we "])
    text = "we will do; goodwill, will dough"

    found = [(match.start(), match[1]) for match in pattern.finditer(text)]
    assert found == [(0, "we "), (3, "will do"), (22, "will do")]


def test_letters_inside_a_word_are_found_where_languages_join_words() -> None:
    pattern = pattern_of(["zahl"], anywhere=True)
    assert [match.start() for match in pattern.finditer("anzahlung zahl")] == [2, 10]


def hinted(page: Page, kind: str) -> list[bool]:
    return [bool(kinds & bit_of(kind)) for kinds in page.kinds]


def test_a_page_knows_who_has_something_to_look_for_in_which_sentence() -> None:
    page = page_of("I'll send it. It's attached. Could you sign?", Tongue.ENGLISH)

    assert hinted(page, "begins") == [True, False, False]
    assert hinted(page, "delivers") == [False, True, False]
    assert hinted(page, "question") == [False, False, True]
    names = [{rule.name for _, rules in starts for rule in rules} for starts in page.starts]
    assert names == [{"i_will"}, set(), {"could_you", "does_day_work"}]


def test_a_page_in_a_language_we_do_not_read_hints_at_nothing() -> None:
    page = page_of("I'll send it. Could you sign?", Tongue.OTHER)

    assert not any(page.kinds)
    assert not any(page.starts)


@given(st.text(max_size=200), st.sampled_from(Tongue))
def test_any_text_makes_a_page_as_long_as_it_is(text: str, tongue: Tongue) -> None:
    page = page_of(text, tongue)

    assert len(page.folded) == len(text)
    assert len(page.kinds) == len(page.starts) == len(page.spans)


def test_forms_are_found_by_the_letters_they_begin_with() -> None:
    forms = forms_of({"go": r"\bgo (?:home|away)\b", "sign": r"©|\bcopyright\b", "cut": "% off"})

    assert set(forms.found_in("copyright: 10% off, go away, go home")) == {"go", "sign", "cut"}
    assert list(forms.found_in("cargo away, gone home")) == []

"""A request and a template give a draft; names stay names, and no template runs away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gonequiet.analysis.wording import (
    MAX_CHARS,
    TemplateProblem,
    day_in_words,
    plain_line,
    plan_of,
    write_draft,
)
from gonequiet.domain.draft import DraftForm, Person
from tests.support.drafts import OWED, PROMISE, QUESTION, WRITTEN_ON, request

PLAIN = "Subject: About {{ matters[0].what }}\n\n{{ greeting }}\n\n{{ note }}\n\n{{ closing }}\n"


def test_a_draft_has_subject_greeting_and_closing() -> None:
    draft = write_draft(request(note="The plan is attached."), PLAIN)
    assert draft.subject == "About Lease for Harbour Street"
    assert draft.body == "Hi Dana,\n\nThe plan is attached.\n\nBest regards,\nMax\n"


def test_an_answer_takes_the_subject_of_its_thread_once() -> None:
    for subject in ("Lease", "Re: Lease", "RE: Lease"):
        draft = write_draft(request(subject=subject, reply_to="a@halden.example"), PLAIN)
        assert draft.subject.lower() == "re: lease"


@pytest.mark.parametrize("name", ["{{7*7}}", "%(x)s", "${x}", "{% raw %}", "<b>Dana</b>", "{0}"])
def test_a_name_is_never_a_template(name: str) -> None:
    draft = write_draft(
        request(contact=Person(name=name, address="a@b.example")),
        "Subject: {{ contact }}\n\nTo {{ contact }}.\n",
    )
    assert draft.subject == name
    assert draft.body == f"To {name}.\n"
    assert draft.contact.name == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Dana\r\nBcc: all@x.example", "Dana Bcc: all@x.example"),
        ("Da\u202ena", "Dana"),
        ("\x1b[31mDana\x1b[0m", "Dana"),
        ("\x1b]8;;http://x.example\x07Dana", "Dana"),
        ("Dana\x00\u200b\u2066", "Dana"),
        ("Dana\U000e0041", "Dana"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_of_a_name(name: str, shown: str) -> None:
    contact = Person(name=name, address="a@b.example")
    draft = write_draft(
        request(contact=contact, matters=(replace(QUESTION, what=name),)),
        "Subject: {{ contact }}\n\n{{ matters[0].what }}\n",
    )
    assert draft.contact.name == draft.subject == draft.body.strip() == shown


def test_a_matter_stays_inside_the_quotation_marks_around_it() -> None:
    matter = replace(QUESTION, what='The "third" reminder')
    draft = write_draft(request(matters=(matter,)), 'Subject: x\n\n"{{ matters[0].what }}"\n')
    assert draft.body == "\"The 'third' reminder\"\n"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Subject: x\n\n{{ nope }}\n", "nope"),
        ("Subject: x\n\n{% if mine %}\n", "syntax error"),
        ("No subject\n", "its first line is not 'Subject: ...'"),
        ("Subject: x\n\n{{ 'a' * 1000000000 }}\n", "'*' is not known"),
        ("Subject: x\n\n{% set a = 'a' %}\n", "'set' is not known"),
        ("Subject: x\n\n{% for i in range(100000) %}x{% endfor %}\n", "'range' is not known"),
        ("Subject: x\n\n{% macro a() %}{{ a() }}{% endmacro %}\n", "'macro' is not known"),
        ("Subject: x\n\n{{ '%1000000000s'|format(note) }}\n", "format"),
        ("Subject: x\n\n{{ 'a}}'\n * 9 }}\n", "'*' is not known"),
        ("Subject: x\n\n{% include 'reminder.de' %}\n", "'include' is not known"),
    ],
)
def test_a_wrong_template_says_what_is_wrong(template: str, said: str) -> None:
    with pytest.raises(TemplateProblem, match="(?s)" + said.replace("*", r"\*")):
        write_draft(request(), template)


def test_loops_within_loops_run_out_of_fuel() -> None:
    loop = "{% for a in points %}" * 6 + "x" + "{% endfor %}" * 6
    with pytest.raises(TemplateProblem, match="without end"):
        write_draft(request(points=("a",) * 40), f"Subject: x\n\n{loop}\n")


def test_a_letter_that_is_too_long_is_refused() -> None:
    loop = "{% for a in points %}" + "word " * 500 + "{% endfor %}"
    with pytest.raises(TemplateProblem, match="too long"):
        write_draft(request(points=("a",) * (MAX_CHARS // 2000)), f"Subject: x\n\n{loop}\n")


def test_the_line_of_a_mistake_is_told() -> None:
    with pytest.raises(TemplateProblem) as caught:
        write_draft(request(), "Subject: x\n\nfine\n{{ nope }}\n")
    assert caught.value.line == 4


def test_bullets_and_stars_in_the_text_of_a_template_are_only_text() -> None:
    draft = write_draft(request(), "Subject: x\n\n* one * two\n{# set * #}\n")
    assert draft.body == "* one * two\n"


def test_the_same_plan_has_the_same_id_on_another_day_and_in_other_words() -> None:
    one = request()
    assert plan_of(one) == plan_of(replace(one, written_on=date(2026, 3, 21)))
    assert plan_of(one) == plan_of(replace(one, greeting="Hello Dana,", closing="Max"))


@pytest.mark.parametrize(
    "change",
    [
        {"form": DraftForm.CLOSING},
        {"language": "de"},
        {"contact": Person(name="Dana Reyes", address="dana@elsewhere.example")},
        {"matters": (OWED, PROMISE)},
        {"note": "Another word."},
        {"reply_to": "b@halden.example"},
    ],
)
def test_another_plan_has_another_id(change: dict[str, Any]) -> None:
    assert plan_of(request()) != plan_of(request(**change))


def test_dates_are_written_as_the_language_does_and_name_another_year() -> None:
    day = date(2026, 3, 3)
    assert day_in_words(day, "en", written_on=WRITTEN_ON) == "3 March"
    assert day_in_words(day, "de", written_on=WRITTEN_ON) == "3. März"
    assert day_in_words(day, "en", written_on=date(2027, 1, 1)) == "3 March 2026"


def test_a_line_of_a_value_is_bounded() -> None:
    assert len(plain_line("x" * 100_000)) == 300

"""Subjects without their marks: the key by which replies of all mail programs meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.domain.thread import SUBJECT_CHARS, SubjectKey, subject_key


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Slipway quote",
        "RE:   Slipway  quote",
        "AW: Slipway quote",
        "SV: Slipway quote",
        "Antwort: Slipway quote",
        "Odp: Slipway quote",
        "R: Slipway quote",
        "Ynt: Slipway quote",
        "回复: Slipway quote",
        "答复：Slipway quote",
        "Отв: Slipway quote",
        "Re[2]: Slipway quote",
        "Re(3): Slipway quote",
        "Re : Slipway quote",
        "[boat-users] Re: [boat-users] Slipway quote",
        "Re: EXTERNAL: AW: Slipway quote",
        "Re: ***UNCHECKED*** Slipway quote",
        "Re: Slipway quote [EXTERNAL]",
        "Re: Fwd: Slipway quote",
    ],
)
def test_reply_marks_of_any_language_are_left_out(subject: str) -> None:
    assert subject_key(subject) == SubjectKey("slipway quote", is_reply=True, is_forward=False)


@pytest.mark.parametrize(
    "subject",
    ["Fwd: Slipway quote", "FW: Slipway quote", "WG: Slipway quote", "TR: Slipway quote",
     "RV: Slipway quote", "Fw: Re: Slipway quote", "转发: Slipway quote"],
)  # fmt: skip
def test_the_outermost_mark_says_forward(subject: str) -> None:
    assert subject_key(subject) == SubjectKey("slipway quote", is_reply=False, is_forward=True)


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        ("Review: the numbers", "review: the numbers"),
        ("Reading list", "reading list"),
        ("Istanbul: flights", "istanbul: flights"),
        ("Trip: flights", "trip: flights"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_words_that_only_begin_like_a_mark_stay(subject: str, key: str) -> None:
    assert subject_key(subject) == SubjectKey(key, is_reply=False, is_forward=False)


def test_a_number_in_brackets_keeps_two_matters_apart() -> None:
    assert subject_key("[#4711] Re: your ticket").key == subject_key("Re: [#4711] your ticket").key
    assert subject_key("[#4711] your ticket").key != subject_key("[#4712] your ticket").key
    assert subject_key("[PATCH 1/2] hull").key != subject_key("[PATCH 2/2] hull").key


def test_an_endless_subject_is_cut() -> None:
    assert len(subject_key("Re: " * 10 + "x" * 1_000_000).key) <= SUBJECT_CHARS


@given(st.text(max_size=80))
def test_marking_a_subject_as_a_reply_does_not_change_its_key(subject: str) -> None:
    plain = subject_key(subject)
    marked = subject_key(f"Re: {subject}")

    assert marked.key == plain.key
    assert marked.is_reply
    assert subject_key(f"AW: Re: {subject}").key == plain.key

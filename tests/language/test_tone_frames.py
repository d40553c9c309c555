"""The kinds of words and the frames that sentences are weighed by."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gonequiet.language.tone import rule_ids, weighing
from gonequiet.language.tone.features import all_frames, features_of, readings
from gonequiet.language.tone.frames import (
    END,
    FrameError,
    Frames,
    read_frame,
    symbols_of,
    unknown_kinds,
)
from gonequiet.language.tone.kinds import Kinds, words_of

DATA = tomllib.loads(
    (Path(weighing.__file__).parents[1] / "cues/tone_frames.toml").read_text("utf-8")
)
KINDS = {"@you": ["you", "sie"], "@answer": ["reply", "get_back", "antwort*"]}


def stands(written: str, sentence: str) -> bool:
    frame = read_frame(written, "grievance")
    words, marks = words_of(sentence)
    places = Kinds(KINDS, symbols_of([frame])).places(words)
    for mark in (*marks, END):
        places[mark] = 1 << len(words)
    found = [each.name for each in Frames([frame]).found_in(places, len(words))]
    assert found in ([], [frame.name])
    return bool(found)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("@you never @answer", "you have never sent a reply"),
        ("@you never @answer", "you never get back to me"),
        ("@you nie|nicht @answer", "sie haben nicht geantwortet, nie antworten sie"),
        ("you ... reply", "you who read all of it could reply"),
        ("^just checking", "so just checking"),
        ("back$", "please come back"),
        ("checking $", "just checking"),
        ("why ... @you ?", "why is it that you never call at all, my dear friend?"),
        ("ignor* me", "ignoring even me"),
        ("you # times", "you had 3 times"),
    ],
)
def test_a_frame_stands_where_its_parts_follow_one_another(written: str, sentence: str) -> None:
    assert stands(written, sentence)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("@you never @answer", "never did you reply"),
        ("@you never @answer", "you one two three never reply"),
        ("you ... reply", "you one two three four five six seven reply"),
        ("^just checking", "one two three just checking"),
        ("back$", "come back soon"),
        ("why ... @you ?", "why you"),
        ("@you never @answer !if", "if you never reply"),
        ("@you never", "others never"),
    ],
)
def test_a_frame_does_not_stand_elsewhere(written: str, sentence: str) -> None:
    assert not stands(written, sentence)


def test_words_in_quotation_marks_have_no_shape() -> None:
    assert not stands("@you never @answer", 'she wrote "you never reply" to him')


def test_a_frame_in_which_nothing_must_occur_is_refused() -> None:
    with pytest.raises(FrameError, match="Nothing in the frame"):
        read_frame("!if ...", "guilt")


def test_a_frame_keeps_its_name_as_long_as_it_is_written_the_same() -> None:
    assert read_frame("you never", "guilt").name == read_frame("you never", "guilt").name
    assert read_frame("you never", "guilt").name != read_frame("you  always", "guilt").name


def test_every_frame_names_kinds_and_rules_there_are() -> None:
    frames = all_frames(DATA["frames"])
    assert len(frames) > 500
    assert unknown_kinds(frames, {f"@{name}": words for name, words in DATA["narrow"].items()}) == (
        set()
    )
    assert {frame.rule for frame in frames} <= set(rule_ids())
    assert len({frame.name for frame in frames}) == len(frames)


def test_a_frame_says_the_same_of_words_of_one_kind() -> None:
    assert {each for each in features_of("you never replied.") if each.startswith("F")} == {
        each for each in features_of("you never answered.") if each.startswith("F")
    }


def test_the_kinds_of_a_word_are_found_in_both_languages() -> None:
    wide = readings().wide
    assert "<answer" in wide.kinds_of("replied")
    assert "<answer" in wide.kinds_of("geantwortet")
    assert "<answer" not in wide.kinds_of("harbour")

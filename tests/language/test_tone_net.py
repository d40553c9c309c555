"""The net that weighs sentences, and what a letter says of each of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.language.tone import rule_ids, weighing
from gonequiet.language.tone.mood import moved
from gonequiet.language.tone.net import STEP, Net

WRITTEN = (Path(weighing.__file__).parents[1] / "cues/tone_net.tsv").read_text("utf-8")

# Two hidden units: the first passes on what stands over 1, the second what "not" takes away.
SMALL = "\n".join(
    [
        "bias\t-50",
        "inner\t-1 0",
        "outer\t10 -20",
        "guilt\t0 5 0",
        "grievance\t7 0 1",
        "",
        "after\t1\tSO",
        "all\t0\tPO",
        "not\t-1\tNP",
        "",
    ]
)


@pytest.mark.parametrize(
    ("features", "units"),
    [
        (set(), -50),
        ({"after"}, -50 + 100 + 10 * (4 - 1)),
        ({"after", "all"}, -50 + 100 + 10 * (5 - 1)),
        ({"all"}, -50),
        ({"after", "all", "not"}, -50 + 0 + 10 * (4 - 1) - 20),
        ({"not", "never seen"}, -50 - 100 - 20),
    ],
)
def test_the_odds_are_those_worked_out_by_hand(features: set[str], units: int) -> None:
    net = Net(SMALL)
    assert net.log_odds(net.sums(features)) == pytest.approx(STEP * units)


def test_the_rule_is_the_one_the_hidden_units_speak_for_most() -> None:
    net = Net(SMALL)
    assert net.rule(net.sums({"all"})) == "grievance"
    assert net.rule(net.sums({"after", "all"})) == "guilt"


def test_features_can_be_summed_up_in_two_goes() -> None:
    net = Net(SMALL)
    assert net.sums({"not"}, net.sums({"after", "all"})) == net.sums({"after", "all", "not"})


def test_every_part_of_the_data_file_has_a_number_for_each_hidden_unit() -> None:
    head, rows = WRITTEN.split("\n\n")
    parts = {line.split("\t")[0]: line.split("\t")[1].split() for line in head.splitlines()}
    units = len(parts["inner"])
    assert list(parts) == ["bias", "inner", "outer", *rule_ids()]
    assert len(parts["outer"]) == units
    assert {len(parts[rule]) for rule in rule_ids()} == {units + 1}
    assert {len(row.split("\t")[2]) for row in rows.splitlines()} == {units}


def test_the_longest_sentence_does_not_run_over_from_one_unit_into_the_next() -> None:
    rows = WRITTEN.split("\n\n")[1].splitlines()
    net = Net(WRITTEN)
    features = {row.split("\t")[0] for row in rows}
    own = sum(int(row.split("\t")[1]) for row in rows)
    assert net.sums(features).features == len(rows)
    assert net._unpacked(net.sums(features))[1] == own


def test_a_sentence_among_many_that_are_fine_is_judged_more_mildly() -> None:
    alone = moved([4.0])[0]
    among_fine = moved([4.0, *[-10.0] * 9])[0]
    assert among_fine < alone


def test_a_sentence_among_many_that_offend_is_judged_more_strictly() -> None:
    assert moved([1.0, 9.0, 9.0, 9.0])[0] > moved([1.0])[0]


def test_nothing_is_said_of_no_sentences() -> None:
    assert moved([]) == []


@given(st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_the_order_of_sentences_by_their_odds_stays(odds: list[float]) -> None:
    found = moved(odds)
    assert len(found) == len(odds)
    assert all(
        moved_one <= moved_two
        for one, moved_one in zip(odds, found, strict=True)
        for two, moved_two in zip(odds, found, strict=True)
        if one <= two
    )

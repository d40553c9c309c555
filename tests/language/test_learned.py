"""The shipped weights tell clear cases apart; their quality is measured in benchmarks/text.py."""

from __future__ import annotations

import numpy as np
import pytest

from gonequiet.language.hedges import find_hedges, hedge_chances
from gonequiet.language.learned import load_reader
from gonequiet.language.lexicon import Tongue
from gonequiet.language.ngrams import sentence_features
from gonequiet.language.politeness import warmth_scores
from gonequiet.language.tongues import find_tongue


def test_a_request_scores_above_a_report() -> None:
    request, report = load_reader("intent").scores(
        sentence_features(["Could you call me on Monday?", "The storm closed the port."])
    )
    assert request > 0 > report


def test_a_sentence_scores_the_same_alone_and_in_company() -> None:
    reader = load_reader("hedge")
    sentences = ["Some say it may rain.", "It rained.", ""]
    together = reader.scores(sentence_features(sentences))
    alone = [reader.scores(sentence_features([sentence]))[0] for sentence in sentences]
    assert np.allclose(together, alone)


def test_a_hedged_sentence_scores_above_a_plain_one() -> None:
    hedged, plain = hedge_chances(
        ["Some experts believe it is probably older.", "The house was built in 1931."]
    )
    assert hedged > 0.5 > plain


def test_hedges_are_found_where_they_stand() -> None:
    (hedge,) = find_hedges("We will probably sign.")
    assert (hedge.start, hedge.stop, hedge.kind) == (8, 16, "perhaps")


def test_thanks_are_warmer_than_reproach() -> None:
    warm, cold = warmth_scores(
        [
            "Thanks for the lovely work! Could you help me with one more?",
            "Why did you ignore this again?",
        ]
    )
    assert warm > 0 > cold


def test_an_unread_language_gets_no_opinion() -> None:
    assert warmth_scores(["Merci beaucoup !"], Tongue.OTHER) == [0.0]
    assert hedge_chances(["Peut-être."], Tongue.OTHER) == [0.0]


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("Could you send me the figures for the last two quarters?", Tongue.ENGLISH),
        ("Könnten Sie mir bitte die Zahlen schicken? Das wäre nett.", Tongue.GERMAN),
        ("Pouvez-vous nous envoyer le contrat pour la semaine prochaine ?", Tongue.OTHER),
        ("ok", Tongue.ENGLISH),
    ],
)
def test_the_language_is_told_by_common_words(text: str, tongue: Tongue) -> None:
    assert find_tongue(text) is tongue

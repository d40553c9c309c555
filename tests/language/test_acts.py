"""Sentences are read for what they do, with the words and the day that show it."""

from __future__ import annotations

from datetime import date

import pytest

from gonequiet.language.acts import Act, ActText, SpokenAct, read_acts, read_acts_of
from gonequiet.language.lexicon import Tongue
from gonequiet.language.sentences import split_sentences

TUESDAY = date(2025, 3, 11)


def acts_of(text: str, tongue: Tongue = Tongue.ENGLISH) -> set[Act]:
    return {found.act for found in read_acts(text, TUESDAY, tongue)}


def commitment(text: str, tongue: Tongue = Tongue.ENGLISH) -> SpokenAct:
    (found,) = (one for one in read_acts(text, TUESDAY, tongue) if one.act is Act.COMMITMENT)
    return found


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Could you send me the figures?", Act.REQUEST),
        ("Please sign the second page.", Act.REQUEST),
        ("Which of the two do you prefer?", Act.QUESTION),
        ("Shall we meet on Thursday at ten?", Act.PROPOSAL),
        ("I'll send the contract on Monday.", Act.COMMITMENT),
        ("That works for me.", Act.ACCEPTANCE),
        ("Unfortunately we are not able to offer more.", Act.REFUSAL),
        ("We need a bit more time to think.", Act.DEFERRAL),
        ("Let's catch up sometime soon.", Act.DEFERRAL),
        ("Thanks for the quick answer.", Act.THANKS),
        ("The office is on the second floor.", Act.INFORMATION),
    ],
)
def test_an_english_sentence_does_one_thing(text: str, act: Act) -> None:
    assert act in acts_of(text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Könnten Sie mir die Zahlen schicken?", Act.REQUEST),
        ("Passt es Ihnen am Donnerstag?", Act.PROPOSAL),
        ("Ich schicke Ihnen den Vertrag nächste Woche.", Act.COMMITMENT),
        ("Das passt gut.", Act.ACCEPTANCE),
        ("Leider können wir das nicht machen.", Act.REFUSAL),
        ("Wir brauchen noch etwas Zeit.", Act.DEFERRAL),
        ("Vielen Dank für die schnelle Antwort.", Act.THANKS),
    ],
)
def test_a_german_sentence_does_one_thing(text: str, act: Act) -> None:
    assert act in acts_of(text, Tongue.GERMAN)


def test_a_commitment_says_what_and_by_when() -> None:
    found = commitment("Thanks. I'll send you the signed contract by Friday.")
    assert found.what == "I'll send you the signed contract by Friday"
    assert found.due_on == date(2025, 3, 14)


def test_a_german_commitment_says_by_when() -> None:
    assert commitment("Ich melde mich bis Freitag.", Tongue.GERMAN).due_on == date(2025, 3, 14)


def test_trying_is_less_certain_than_doing() -> None:
    sure = commitment("I'll send the draft tomorrow.")
    tried = commitment("I'll try to find the draft.")
    assert tried.chance < sure.chance


@pytest.mark.parametrize(
    "text",
    [
        "Please let me know if you have any questions.",
        "Should you need anything else, please do not hesitate to contact me.",
        "I'll be happy to answer any questions, just let me know if there are further questions.",
        "Let's get together at some point.",
    ],
)
def test_courtesies_and_vague_hopes_are_neither_requests_nor_commitments(text: str) -> None:
    assert not acts_of(text) & {Act.REQUEST, Act.COMMITMENT, Act.PROPOSAL}


def test_a_language_without_cues_is_not_read() -> None:
    assert read_acts("Pouvez-vous envoyer le contrat ?", TUESDAY, Tongue.OTHER) == ()


def test_many_texts_are_read_as_each_alone() -> None:
    texts = [
        ActText("Could you send me the figures? I'd need them by Friday.", TUESDAY, Tongue.ENGLISH),
        ActText("Ich schicke Ihnen den Vertrag nächste Woche.", TUESDAY, Tongue.GERMAN),
        ActText("Pouvez-vous envoyer le contrat ?", TUESDAY, Tongue.OTHER),
        ActText("", TUESDAY, Tongue.ENGLISH),
        ActText("The yard is shut, and you know what the crane costs us.", TUESDAY, Tongue.ENGLISH),
    ]
    alone = [read_acts(one.text, one.written_on, one.tongue) for one in texts]
    assert [[act[:4] for act in acts] for acts in read_acts_of(texts)] == [
        [act[:4] for act in acts] for acts in alone
    ]


def test_sentences_cut_before_are_taken_as_they_are() -> None:
    text = "Please call. Thanks for the plan."
    (acts,) = read_acts_of([ActText(text, TUESDAY, Tongue.ENGLISH, split_sentences(text))])
    assert [act.act for act in acts] == [Act.REQUEST, Act.THANKS]

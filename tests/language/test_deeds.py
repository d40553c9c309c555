"""What words say was done about something owed."""

from __future__ import annotations

import pytest

from gonequiet.language.deeds import Deed, read_deeds
from gonequiet.language.lexicon import Tongue
from gonequiet.language.mass import is_sent_to_many
from gonequiet.language.undertakings import Sort, sort_of, topic_of


def deeds(text: str, tongue: Tongue = Tongue.ENGLISH) -> set[Deed]:
    return {one.deed for one in read_deeds(text, tongue)}


@pytest.mark.parametrize(
    ("sentence", "deed"),
    [
        ("The floor plan is attached.", Deed.DELIVERS),
        ("Here is the list you wanted.", Deed.DELIVERS),
        ("I have sent you the key today.", Deed.DELIVERS),
        ("Done.", Deed.DONE),
        ("I have called the landlord.", Deed.DONE),
        ("Room and names confirmed.", Deed.DONE),
        ("Thank you for the floor plan.", Deed.RECEIVED),
        ("Got it, thanks.", Deed.RECEIVED),
        ("Never mind the floor plan.", Deed.WAIVED),
        ("I am sorry, I won't be able to send it.", Deed.CALLED_OFF),
        ("It was good to see you.", Deed.MET),
        ("Any news of the floor plan?", Deed.ASKED_AFTER),
        ("Sorry for the delay.", Deed.LATE),
    ],
)
def test_a_sentence_says_what_was_done(sentence: str, deed: Deed) -> None:
    assert deed in deeds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Well, I can't see that it went out last week.",
        "I cannot thank you enough for the plan.",
        "I can't wait to send it.",
    ],
)
def test_what_nobody_can_see_or_thank_for_is_not_called_off(sentence: str) -> None:
    assert Deed.CALLED_OFF not in deeds(sentence)


@pytest.mark.parametrize(
    ("sentence", "deed"),
    [
        ("Anbei der Grundriss.", Deed.DELIVERS),
        ("Das ist erledigt.", Deed.DONE),
        ("Danke für den Grundriss.", Deed.RECEIVED),
        ("Das hat sich erledigt.", Deed.WAIVED),
        ("Gibt es schon Neuigkeiten?", Deed.ASKED_AFTER),
        ("Ich habe den Grundriss noch nicht erhalten.", Deed.ASKED_AFTER),
        ("Bei uns ist noch nichts angekommen.", Deed.ASKED_AFTER),
    ],
)
def test_german_sentences_say_so_too(sentence: str, deed: Deed) -> None:
    assert deed in deeds(sentence, Tongue.GERMAN)


@pytest.mark.parametrize(
    ("sentence", "tongue"),
    [
        ("Ich habe noch keine Unterlagen erhalten.", Tongue.GERMAN),
        ("Wir haben leider nichts bekommen.", Tongue.GERMAN),
        ("I never got the floor plan.", Tongue.ENGLISH),
    ],
)
def test_what_did_not_come_was_not_received(sentence: str, tongue: Tongue) -> None:
    assert deeds(sentence, tongue) == {Deed.ASKED_AFTER}


def test_an_ordinary_sentence_says_of_no_deed() -> None:
    assert deeds("The hall seats two hundred and has a small kitchen.") == set()


def test_a_deed_keeps_a_few_words_of_what_it_is_about() -> None:
    (found,) = read_deeds("The floor plan is attached.", Tongue.ENGLISH)

    assert {"floor", "plan"} <= set(found.about)


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("i will send you the floor plan by friday", Sort.DELIVER),
        ("you will have the lease by monday", Sort.DELIVER),
        ("i will get back to you", Sort.CONTACT),
        ("i will call and then send the plan", Sort.CONTACT),
        ("i will be there at noon", Sort.MEET),
        ("i will look into it", Sort.OTHER),
    ],
)
def test_the_verb_that_comes_first_says_what_sort_of_deed_is_owed(words: str, sort: Sort) -> None:
    assert sort_of(words) is sort


def test_a_topic_is_what_names_the_thing() -> None:
    assert topic_of("i will send you the floor plan by friday") == {"floor", "plan"}


@pytest.mark.parametrize(
    "text",
    [
        "We will ship it on Monday. To unsubscribe, click here.",
        "This is an automated message. We will call you.",
        "Dear customer, we will send you a voucher.",
        "Sie erhalten diese Nachricht automatisch erzeugt.",
    ],
)
def test_what_says_that_it_was_sent_to_many_is_known(text: str) -> None:
    assert is_sent_to_many(text)


def test_a_letter_of_one_person_to_another_is_not_taken_for_mass_mail() -> None:
    assert not is_sent_to_many("Dear Dana,\n\nI will send the order tomorrow.\n\nRegards\nKim")

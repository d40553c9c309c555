"""What counts as a promise, by when it is due, and what makes it unsure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.language.commitments import Party, SpokenCommitment, read_commitments
from gonequiet.language.lexicon import Tongue

WEDNESDAY = date(2026, 3, 4)


def read(text: str, tongue: Tongue = Tongue.ENGLISH) -> tuple[SpokenCommitment, ...]:
    return read_commitments(text, WEDNESDAY, tongue)


@pytest.mark.parametrize(
    "sentence",
    [
        "I'll send you the draft on Friday.",
        "I will be getting back to you on Monday.",
        "We will get back to you by the end of next week.",
        "I will look into it.",
        "Let me check with the tenant and get back to you.",
        "Will call the printer tomorrow and mail you the proofs.",
        "I am going to forward this to our lawyers.",
        "Once I have the figures I will pass them on.",
        "My assistant will send you the invitation.",
        "You will have the signed lease by Monday.",
        "I will have Robin set up a call.",
        "Yes, I will be there.",
        "I\u2019ll keep you posted.",
        "I promise to return the keys on Sunday.",
        "I draft the measurement plan by Monday 9 March.",
        "We'll have both samples with you by Monday.",
        "On it, will have the keys back to you tonight.",
        "Expect the signed lease in your mailbox on Thursday.",
        "You can count on our sketches by Tuesday.",
        "The samples are coming your way tomorrow.",
        "Give us until Friday and you'll have the whole list.",
        "Let me bring the old plans over to you tomorrow.",
        "We'll wire the deposit on Tuesday.",
        "I will let you have my notes by Monday.",
        "Got it, thanks - will read it next week and get back to you.",
    ],
)
def test_a_deed_undertaken_for_somebody_is_a_promise(sentence: str) -> None:
    (found,) = read(sentence)

    assert found.is_sure
    assert found.owed_by is Party.WRITER


@pytest.mark.parametrize(
    "sentence",
    [
        "I will be in London next week.",
        "The dates do not suit us, so I'll bow out.",
        "We will step aside this time.",
        "I will be out of the office on Monday.",
        "I will be getting back from working a week in Leeds on Sunday, so we leave on Monday.",
        "We'll be working out of the Leeds office until Friday.",
        "I'll be getting back late on Tuesday.",
        "I look forward to the meeting, and I will need a taxi.",
        "I'll note that the old key still fits.",
        "We will open two more offices for all our customers this year.",
        "Could you send me the draft by Friday?",
        "Will you be there on Thursday?",
        "I would be happy to help.",
        "Let's catch up sometime.",
        "I will visit sometime.",
        "He said that I will regret it.",
        '"We will prevail," the mayor said.',
        "I will not sign this.",
        "I'll talk to you next week.",
        "I am going to the mountains on Saturday.",
        "I'll leave that to you.",
        "We will pick a day further down the road.",
        "I will call you once things have quieted down.",
        "I'll send you word in due course.",
        "Expect heavy rain on Thursday.",
        "Let me get this straight: you meet them tomorrow.",
        "We will pay more attention to the roof next year.",
        "Thank you for the draft you sent on Monday.",
        "We will see.",
        "One last wish and I will leave you alone.",
        "Never mind, I'll catch you another day.",
        "I will take your lead on this one.",
        "Attendees from our team will include Lee Ward and Jo Mercer.",
        "I assume you will have the tenants over for the walk and anyone else you like.",
    ],
)
def test_whereabouts_wishes_news_and_requests_are_none(sentence: str) -> None:
    assert not [one for one in read(sentence) if one.is_sure]


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("I'll try to send it tomorrow.", "wavering"),
        ("I will probably call you on Monday.", "wavering"),
        ("If the bank agrees, I will send you the lease.", "condition"),
        ("Send me the plan and I'll review it.", "asked first"),
        ("Let me know and I will forward the file.", "asked first"),
        ("I plan to send you the draft on Friday.", "intention"),
        ("You should receive the parcel by Friday.", "intention"),
        ("It will be sent to you by Friday.", "intention"),
        ("Will do.", "does not say what"),
    ],
)
def test_what_is_hedged_conditional_or_planned_is_only_proposed(sentence: str, doubt: str) -> None:
    (found,) = read(sentence)

    assert not found.is_sure
    assert found.rule.endswith(f": {doubt}")


def test_an_if_that_asks_whether_is_no_condition() -> None:
    (found,) = read("I will ask him if the room is free.")

    assert found.is_sure


def test_what_the_writer_says_the_reader_undertook_is_the_readers_and_proposed() -> None:
    (found,) = read("As agreed, you will send us the floor plan by Monday.")

    assert (found.owed_by, found.is_sure) == (Party.READER, False)
    assert found.due_on == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Anna will send you the draft by Friday.", "Anna will send you the draft by Friday"),
        ("Thanks. But Ron Lee will call you.", "Ron Lee will call you"),
        ("I copied Tomas; Tomas'll keep you posted.", "Tomas'll keep you posted"),
        ("Dr. Lee is going to meet with you.", "Dr. Lee is going to meet with you"),
        ("Ana will get the keys to you, but not the car.", "Ana will get the keys to you"),
    ],
)
def test_what_somebody_named_will_do_for_the_reader_is_their_sides_promise(
    sentence: str, words: str
) -> None:
    (found,) = read(sentence)

    assert (found.owed_by, found.is_sure) == (Party.COLLEAGUE, True)
    assert sentence[found.what_start : found.what_stop] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Ron will send us the final version.",
        "Anna will not call you.",
        "Could Anna send you the draft?",
        "This will help you.",
        "Your Generalist will contact you.",
        "Monday will give you a rest.",
        "They will let you know.",
        "The Company will give you the opportunity to buy.",
        "Anna will be in London to meet you.",
    ],
)
def test_what_others_do_for_others_and_what_is_no_name_is_none(sentence: str) -> None:
    assert read(sentence) == ()


def test_what_somebody_named_will_perhaps_do_is_only_proposed() -> None:
    (found,) = read("Hopefully Lexi will have the plans for you.")

    assert (found.owed_by, found.is_sure) == (Party.COLLEAGUE, False)


def test_german_names_are_told_from_other_nouns() -> None:
    (found,) = read("Frau Reyes schickt Ihnen die Zahlen bis Montag.", Tongue.GERMAN)

    assert (found.owed_by, found.due_on) == (Party.COLLEAGUE, date(2026, 3, 9))
    assert read("Der Verlag schickt Ihnen das Buch.", Tongue.GERMAN) == ()


@pytest.mark.parametrize(
    ("sentence", "due_on"),
    [
        ("I'll send it by Friday.", date(2026, 3, 6)),
        ("I will call you tomorrow.", date(2026, 3, 5)),
        ("I will call you tommorow.", date(2026, 3, 5)),
        ("I'll draft it this afternoon.", WEDNESDAY),
        ("I will give you a call this weekend.", date(2026, 3, 8)),
        ("I'll get back to you next week.", date(2026, 3, 13)),
        ("Monday I will sign it.", date(2026, 3, 9)),
        ("I will send it by Thursday, 12 March.", date(2026, 3, 12)),
        ("You will have it the day after, on Thursday 21 May.", date(2026, 5, 21)),
        ("I will let you know this \nweek.", date(2026, 3, 6)),
        ("They vote on 9 March, and I will call you the day after.", date(2026, 3, 10)),
        ("I'll send you the notes of Monday's meeting.", None),
        ("I'll tell you what came of today's call.", None),
        ("I will set up a meeting for next week.", None),
        ("I'll keep you posted - we should know more on Friday.", None),
    ],
)
def test_the_day_is_the_one_the_deed_is_due(sentence: str, due_on: date | None) -> None:
    (found,) = read(sentence)

    assert found.due_on == due_on


@pytest.mark.parametrize(
    ("sentence", "due_on"),
    [
        ("Ich schicke Ihnen das Angebot bis Dienstag.", date(2026, 3, 10)),
        ("Den Vertrag sende ich Ihnen bis Donnerstag, 12. März zu.", date(2026, 3, 12)),
        ("Wir werden Ihnen die Zahlen morgen zusenden.", date(2026, 3, 5)),
        ("Sie bekommen die Liste bis Freitag von mir.", date(2026, 3, 6)),
        ("Ich komme morgen wieder auf Sie zu.", date(2026, 3, 5)),
        ("Den Plan bekommen Sie von uns noch am Freitag.", date(2026, 3, 6)),
        ("Die Muster kriegst du morgen.", date(2026, 3, 5)),
        ("Die Verträge gehen am Montag an Sie raus.", date(2026, 3, 9)),
        ("Die Bilder folgen am Dienstag.", date(2026, 3, 10)),
        ("Das Gutachten liegt bis Freitag bei Ihnen.", date(2026, 3, 6)),
        ("Ich kläre das mit dem Vermieter und melde mich.", None),
        ("Bis Freitag haben Sie die Pläne.", date(2026, 3, 6)),
        ("Am Freitag haben Sie es.", date(2026, 3, 6)),
        ("Ich lasse Ihnen die Pläne am Freitag zukommen.", date(2026, 3, 6)),
        ("Bis zum 30. März bekommst du das Protokoll.", date(2026, 3, 30)),
    ],
)
def test_german_promises_are_read_with_their_day(sentence: str, due_on: date | None) -> None:
    (found,) = read(sentence, Tongue.GERMAN)

    assert (found.is_sure, found.due_on) == (True, due_on)


@pytest.mark.parametrize(
    "sentence",
    [
        "Anbei sende ich Ihnen die Liste.",
        "Im Namen von Frau Ott teile ich Ihnen mit, dass der Saal am Freitag frei ist.",
        "Gern bestätige ich Ihnen den Termin am Dienstag.",
        "Bis Freitag haben Sie die Möglichkeit zur Anmeldung.",
        "Am Freitag haben Sie es geschafft.",
        "Ich lasse es bei Ihnen liegen.",
        "Ich freue mich auf das Treffen.",
        "Können Sie mir die Zahlen bis Freitag schicken?",
        "Ich schicke Ihnen das nicht mehr.",
        "So machen wir es.",
        "Ich komme auf meine Frage von neulich zurück.",
        "Ich melde mich, sobald sich der Trubel gelegt hat.",
        "Die Kinder gehen morgen an den Strand.",
        "Sie bekommen am Montag Besuch vom Vermieter.",
        "Es folgt ein langer Winter.",
        "Ich werde am Montag aus dem Urlaub zurückkommen.",
    ],
)
def test_german_asides_are_none(sentence: str) -> None:
    assert read(sentence, Tongue.GERMAN) == ()


def test_the_span_is_that_of_the_undertaking_in_the_text_as_it_was_written() -> None:
    text = "Thank you.  That helps:\nI will send  you the\nplan, but not the survey.\n"
    (found,) = read(text)

    assert text[found.what_start : found.what_stop] == "I will send  you the\nplan"


def test_a_word_before_and_i_that_names_nobody_is_no_part_of_the_undertaking() -> None:
    text = "It costs 90 an hour and I will pay the rest on Friday."
    (found,) = read(text)
    assert text[found.what_start : found.what_stop] == "I will pay the rest on Friday"


def test_a_day_by_number_does_not_cut_the_undertaking_short() -> None:
    text = "Den Plan sende ich Ihnen bis zum 30. März zurück."
    (found,) = read(text, Tongue.GERMAN)

    assert text[found.what_start : found.what_stop] == text[:-1]


def test_a_language_we_do_not_read_holds_no_promise() -> None:
    assert read("I will send it tomorrow.", Tongue.OTHER) == ()


@given(st.text(max_size=400), st.sampled_from(Tongue))
def test_any_text_is_read_and_every_span_lies_within_its_sentence(
    text: str, tongue: Tongue
) -> None:
    for one in read(f"I will send it tomorrow {text}", tongue):
        assert one.start <= one.what_start < one.what_stop <= one.stop


def test_a_sentence_as_long_as_a_contract_is_not_read() -> None:
    begun = "I will send you the draft on Friday"
    assert len(read(f"{begun}, {'and so on, ' * 20}with all of it.")) == 1
    assert read(f"{begun}, {'and so on, ' * 120}with all of it.") == ()

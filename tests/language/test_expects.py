"""Questions, requests and invitations call for an answer; courtesies and news do not."""

from __future__ import annotations

import pytest

from gonequiet.language.answer_cues import Why
from gonequiet.language.expects import read_expectation


@pytest.mark.parametrize(
    "text",
    [
        "Did you get the draft?",
        "Could you send me the figures",
        "Please send the draft.",
        "Let me know which day suits you.",
        "Shall we meet on Tuesday at ten?",
        "I would be glad to hear the price.",
        "Would be happy to hear from you.",
        "Können Sie mir das schicken?",
        "Kannst du am Freitag?",
    ],
)
def test_an_answer_is_expected(text: str) -> None:
    assert read_expectation(text, "").expects_answer


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, got it. Let me know if you have any questions.",
        "Please let me know if you need\nanything else.",
        "FYI",
        "Any questions?",
        "Attached please find the minutes.",
        "See http://x.example/?a=1 for it.",
        "Bei Fragen melden Sie sich bitte.",
        "Vielen Dank, das passt.",
        "I hope this helps. If not, please discuss it with Lee.",
        "Glad to hear the boat is dry again.",
        "I would like to warmly thank you for all your help.",
        "That is all from here. Please stay in touch.",
        "",
    ],
)
def test_no_answer_is_expected(text: str) -> None:
    assert not read_expectation(text, "").expects_answer


def test_marks_that_were_blanks_and_bullets_once_ask_nothing() -> None:
    listed = "We sell:\n? ?Plans of all kinds ? \n? ??Repairs of the quay ? \n? ?Storage"
    assert not read_expectation(listed, "").expects_answer
    assert read_expectation(f"{listed}\nCould you name a day?", "").expects_answer
    assert read_expectation("Est-ce que le plan vous convient ?", "").expects_answer


def test_a_question_in_the_subject_counts_when_there_is_hardly_any_text() -> None:
    assert read_expectation("", "Lunch on Friday?").asks_question


def test_a_draft_that_comes_with_the_message_is_sent_to_be_read() -> None:
    read = read_expectation("As discussed, the agreement.", "Re: terms", attached=("terms.docx",))
    assert read.why is Why.ATTACHED_DRAFT
    assert read.answer_probability > 0.5
    assert not read_expectation("As discussed, the agreement.", "Re: terms").expects_answer


@pytest.mark.parametrize(
    "text",
    [
        "The revised plan is attached. Nothing to do on your side.",
        "FYI, the plan as it went out.",
        "Zur Information der Entwurf von gestern.",
    ],
)
def test_a_draft_sent_for_information_is_not_waited_for(text: str) -> None:
    assert not read_expectation(text, "The plan", attached=["plan_revised.pdf"]).expects_answer


@pytest.mark.parametrize(
    "words",
    [
        "Please contact Lee Ward or Jo Mercer.",
        "Dana, please ask Tomas.",
        "Please check with the harbour office.",
    ],
)
def test_a_reply_that_says_who_knows_waits_for_nothing(words: str) -> None:
    assert not read_expectation(words, "Re: Number of the crane").expects_answer
    assert read_expectation(words, "Number of the crane").expects_answer


@pytest.mark.parametrize(
    "words",
    [
        "Please contact me.",
        "Please call Lee and tell me what he says.",
        "Please ask Jo whether the crane is free.",
        "Please contact Lee. Could you send me the number?",
        "Please contact Lee. Please send me the number as well.",
    ],
)
def test_a_reply_that_asks_for_more_than_that_waits(words: str) -> None:
    assert read_expectation(words, "Re: Number of the crane").expects_answer


@pytest.mark.parametrize(
    "words",
    [
        "As requested, our form of guarantee is attached. Do not hesitate to call to discuss it.",
        "Here is the draft that was sent to Lee in May.",
        "Anbei der Vertrag, wie gewünscht.",
    ],
)
def test_a_paper_the_reader_had_asked_for_is_not_waited_for(words: str) -> None:
    assert not read_expectation(words, "Guarantee").expects_answer


def test_a_paper_asked_for_that_is_to_be_reviewed_is_waited_for() -> None:
    words = "As requested, the draft is attached for your review."
    assert read_expectation(words, "Guarantee").expects_answer


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for everything! What more could one want?",
        "Das Boot schwimmt. Was will man mehr?",
        "It passed at once. Who would have thought?",
        "Happy anniversary! Can you believe it's been nine years? Have a wonderful day.",
        "Ich gratuliere! Ist das nicht der schönste Lohn für den langen Sommer?",
        "It was a pleasure. If there is anything else you need, let me know.",
        "Give me until Tuesday and you'll have my remarks.",
        "Alle sind gesund. Ist das nicht herrlich?",
    ],
)
def test_a_sigh_of_content_asks_nothing(text: str) -> None:
    assert not read_expectation(text, "Re: The boat").expects_answer


def test_being_told_not_to_answer_outweighs_a_question() -> None:
    text = "Did you see the news? No need to reply, I will call tomorrow."
    assert not read_expectation(text, "").expects_answer


@pytest.mark.parametrize(
    "text",
    [
        "Here is the plan of the hall you wanted. There is no need to get back to me.",
        "Could you use this? It needs no answer today or ever.",
        "You don't have to reply, it is only the list you asked for; please keep it.",
        "Anbei der Plan. Eine Rückmeldung ist nicht nötig.",
        "Bitte beachten Sie die Liste, eine Antwort ist nicht erforderlich.",
        "Sie brauchen mir nicht zu antworten, bitte nur ablegen.",
    ],
)
def test_whoever_says_in_any_words_that_no_answer_is_needed_waits_for_none(text: str) -> None:
    assert not read_expectation(text, "").expects_answer


@pytest.mark.parametrize(
    "text",
    [
        "Ich habe noch keine Antwort erhalten. Wie ist der Stand?",
        "Wenn Sie nicht antworten, verfällt der Platz. Kommen Sie?",
        "I had no answer to my last letter. Could you look into it?",
        "You did not answer my question on the rent: who pays it?",
        "If you do not reply by Monday the place is gone. Do you want it?",
    ],
)
def test_to_have_had_no_answer_is_not_to_need_none(text: str) -> None:
    assert read_expectation(text, "").expects_answer


@pytest.mark.parametrize(
    "text",
    [
        "I'm afraid I can't take the stall on before the summer, so I'll bow out.",
        "Sadly I can't come until the weekend.",
    ],
)
def test_who_cannot_before_a_season_asks_for_nothing(text: str) -> None:
    assert not read_expectation(text, "Re: The stall").expects_answer


@pytest.mark.parametrize(
    "text",
    [
        "That is a kind offer, but the stall is not for me.",
        "Für den Markt bitte planen Sie ohne mich.",
        "Ich sage hiermit die Einladung ab.",
    ],
)
def test_a_refusal_in_polite_words_asks_for_nothing(text: str) -> None:
    assert not read_expectation(text, "Re: The stall").expects_answer


@pytest.mark.parametrize(
    "text",
    [
        "I'd be glad of a yes or no on the stall.",
        "Your view on the stall would help me to plan it.",
        "Ein kurzes Ja oder Nein zum Stand genügt mir.",
        "Ich erinnere freundlich an den Mietvertrag.",
    ],
)
def test_a_request_without_a_question_or_a_please_waits_for_an_answer(text: str) -> None:
    assert read_expectation(text, "Re: The stall").expects_answer


def test_who_cannot_go_on_before_something_of_the_readers_asks_for_it() -> None:
    assert read_expectation("We can't start until the lease is signed.", "").expects_answer


@pytest.mark.parametrize(
    "text",
    [
        "Please send the plan and the price.",
        "Bitte schick mir den Plan und den Preis.",
        "What do the plan and the print cost?",
        "Please send the plan. What does it cost?",
        "What does the plan cost? Who prints it?",
        "Please send the plan. Please also call the printer.",
    ],
)
def test_more_than_one_thing_may_be_asked(text: str) -> None:
    assert read_expectation(text, "").asks_several


@pytest.mark.parametrize(
    "text",
    [
        "Please send the plan.",
        "Is the plan ready?",
        "Bitte schick mir den Plan.",
        "Thanks for the plan and the price.",
    ],
)
def test_one_thing_is_asked_or_none(text: str) -> None:
    assert not read_expectation(text, "").asks_several


def test_a_long_text_is_read_in_linear_time() -> None:
    read = read_expectation("please " * 100_000 + "?" * 100_000, "")
    assert read.has_request

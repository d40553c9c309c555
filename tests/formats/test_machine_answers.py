"""What programs answer by themselves, and what a person wrote that looks like it."""

from __future__ import annotations

import pytest

from gonequiet.domain.message import MessageKind
from gonequiet.formats.mime import parse_message
from tests.support.mail import mail


def kind_of(subject: str, body: str) -> MessageKind:
    return parse_message(mail(body, headers={"Subject": subject})).kind


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        (
            "Re: Garden benches [Ticket #50417]",
            "Thank you for contacting Larch. Your message has been logged as ticket #50417.\n",
        ),
        ("Re: Benches (Case 88121)", "Your enquiry has been registered as case 88121.\n"),
        (
            "Your request",
            "We have received your request. Please do not reply to this automated message.\n",
        ),
        (
            "Re: Benches",
            "We acknowledge receipt of your message, which is being dealt with. Ref 70112.\n",
        ),
        (
            "Re: Benches",
            "Your query is important to us. It has been assigned the number 70113. [70113]\n",
        ),
        (
            "AW: Bänke",
            "Danke für Ihre Anfrage [33121]. Unser Team meldet sich in Kürze bei Ihnen.\n",
        ),
        (
            "Ihre Anfrage [#33120]",
            "Guten Tag\n\nIhre Anfrage ist bei uns eingegangen und wird bearbeitet.\n",
        ),
        (
            "Eingangsbestätigung",
            "Wir haben Ihre Unterlagen erhalten. Diese Nachricht wurde automatisch erstellt.\n",
        ),
        (
            "Re: Benches [Ticket #50417]",
            "We've received your message, ticket #50417.\n\n> Could you tell me what I owe you?\n",
        ),
    ],
)
def test_an_acknowledgement_by_a_program_is_automatic_without_any_header(
    subject: str, body: str
) -> None:
    assert kind_of(subject, body) is MessageKind.AUTOMATIC


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: Benches", "We have received your message, thank you.\n"),
        ("Re: Benches", "I have received your request 50417 and look at it now.\n"),
        ("Re: Ticket #50417", "Your request 50417 has been registered. Which colour is it?\n"),
        ("Re: Benches [#50417]", "Your order is confirmed for Tuesday, case 50417 is closed.\n"),
        ("Re: Order", "We received your request, reference 7712. The price list is attached.\n"),
        ("AW: Bänke", "Wir haben Ihre Unterlagen erhalten, vielen Dank. Gruß, Ute Kern\n"),
        ("AW: Antrag 4711", "Ihre Anfrage 4711 ist eingegangen, ich melde mich morgen.\n"),
        ("Re: Benches", "Thanks for getting in touch. The 2040 model is the right one.\n"),
        ("Re: Benches", "> Your enquiry has been registered as case 88121.\n\nGo ahead then.\n"),
    ],
)
def test_what_a_person_says_of_something_that_came_in_is_their_own(subject: str, body: str) -> None:
    assert kind_of(subject, body) is MessageKind.PERSONAL


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Recall: Floor plan", 'Iris Moor would like to recall the message, "Floor plan".\n'),
        ("Rückruf: Lageplan", 'Moor, Iris möchte die Nachricht "Lageplan" zurückrufen.\n'),
        ("Read: Floor plan", "Your message was read on 4 March 2025.\n"),
        (
            "Lesebestätigung: Lageplan",
            "Dies ist eine Empfangsbestätigung für eine Mail, die Sie gesendet haben.\n",
        ),
        ("Return Receipt (displayed) - Floor plan", "This is a Return Receipt for the mail.\n"),
    ],
)
def test_a_receipt_and_a_recall_are_automatic(subject: str, body: str) -> None:
    assert kind_of(subject, body) is MessageKind.AUTOMATIC


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Recall: faulty hinges", "Please send back the hinges of batch nine.\n"),
        ("Rückruf: heute um vier", "Passt es Ihnen um vier?\n"),
        ("Read: your last letter", "It made me laugh. Come and see us.\n"),
    ],
)
def test_words_that_merely_begin_alike_are_a_persons_own(subject: str, body: str) -> None:
    assert kind_of(subject, body) is MessageKind.PERSONAL

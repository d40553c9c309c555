"""Which mail a person wrote, and which a machine, a list or a calendar did."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gonequiet.domain.message import MessageKind, ParsedMessage
from gonequiet.formats.mime import parse_message
from tests.support.mail import delivery_failure, mail, multipart, part


def read(body: str = "Shall we meet?\n", **headers: str) -> ParsedMessage:
    return parse_message(mail(body, headers={k.replace("_", "-"): v for k, v in headers.items()}))


AWAY = "I am out of the office and will be back on Monday 10 March.\n"


@pytest.mark.parametrize(
    "headers",
    [
        {"Subject": "Out of Office AutoReply: Draft agreement"},
        {"Subject": "Automatic reply: Draft agreement"},
        {"Subject": "Out of Office: Draft agreement"},
        {"Subject": "Automatische Antwort: Entwurf"},
        {"Subject": "Abwesenheitsnotiz: Entwurf"},
        {"Subject": "Réponse automatique : Projet"},
        {"Subject": "Respuesta automática: Borrador"},
        {"Subject": "Re: Draft agreement", "Auto-Submitted": "auto-replied"},
        {"Subject": "Re: Draft agreement", "X-Autoreply": "yes"},
        {"Subject": "Re: Draft agreement", "Precedence": "auto_reply"},
    ],
)
def test_an_absence_note_is_one_and_says_when(headers: Mapping[str, str]) -> None:
    message = parse_message(mail(AWAY, headers=headers))
    assert message.kind is MessageKind.OUT_OF_OFFICE
    assert message.return_on == "2025-03-10"


@pytest.mark.parametrize(
    "body",
    [
        "We have received your message and will answer within two working days.\n",
        "Your request has been registered. Case number: 2210.\n",
        "Wir haben Ihre Anfrage erhalten und melden uns.\n",
    ],
)
@pytest.mark.parametrize("subject", ["Automatic reply: Lease", "Automatische Antwort: Vertrag"])
def test_an_automatic_answer_that_something_came_in_says_nobody_is_away(
    subject: str, body: str
) -> None:
    assert read(body, Subject=subject).kind is MessageKind.AUTOMATIC
    away = read(f"{body}{AWAY}", Subject=subject)
    assert away.kind is MessageKind.OUT_OF_OFFICE


@pytest.mark.parametrize(
    "head",
    [
        "View this e-mail in your browser: https://news.example/v",
        "Having trouble viewing this message? Read it online.",
        "Newsletter im Browser ansehen",
        "Si no puede ver correctamente este mensaje, haga clic.",
        "Wenn dieser Newsletter nicht richtig angezeigt wird, klicken Sie hier.",
        "Si ce message ne s'affiche pas correctement, cliquez ici.",
    ],
)
def test_what_can_be_seen_elsewhere_in_full_is_a_mailing(head: str) -> None:
    body = f"{head}\n\nDear reader,\n\n{'The yard has a new crane. ' * 12}\n"
    assert read(body).kind is MessageKind.LIST
    assert read(body, Subject="Re: news").kind is MessageKind.PERSONAL
    later = f"Dear Kim,\n\n{'The yard has a new crane. ' * 30}\n{head}\n"
    assert read(later).kind is MessageKind.PERSONAL


@pytest.mark.parametrize(
    "words",
    [
        "the newsletter looks odd in my browser, and online as well.",
        "I had trouble viewing this attachment. Can you send it again as a PDF?",
        "I have trouble reading this message online, could you send it again?",
        "please open the page in your browser and tell me whether the login works.",
        "I can read it online now, thanks. Could you send me the draft?",
        "die Nachricht wird nicht richtig angezeigt, hier noch einmal der Plan im Browser.",
    ],
)
@pytest.mark.parametrize("greeting", ["Dear Kim,\n\n", ""])
def test_a_person_may_speak_of_browsers_and_newsletters(greeting: str, words: str) -> None:
    assert read(f"{greeting}{words}\n{'More about the yard. ' * 20}\n").kind is (
        MessageKind.PERSONAL
    )


def test_who_left_and_who_returns_is_said_beside_what_came_in() -> None:
    subject = "Automatic reply: Lease"
    for words in (
        "Your e-mail has been received. I have left the company; please contact Lee Ward.\n",
        "Your message has been received. Dana Reyes no longer works for Harbour Ltd.\n",
    ):
        left = read(words, Subject=subject)
        assert left.kind is MessageKind.BOUNCE
        assert left.failed_addresses == ("dana.reyes@harbour.example",)
    for words in (
        "I have received your message and will answer when I return on 10 March.\n",
        "Ich habe Ihre Nachricht erhalten. Ich bin wieder ab 10. März da.\n",
    ):
        away = read(words, Subject=subject)
        assert (away.kind, away.return_on) == (MessageKind.OUT_OF_OFFICE, "2025-03-10")


def test_reports_to_who_runs_a_domain_are_automatic() -> None:
    subject = "Report Domain: adler.example Submitter: mx.example Report-ID: 12"
    assert read("Attached.\n", From="abuse@mx.example", Subject=subject).kind is (
        MessageKind.AUTOMATIC
    )
    complaint = multipart(
        'report; report-type="feedback-report"',
        part("text/plain", "This is a report of abuse.\n"),
        part("message/feedback-report", "Feedback-Type: abuse\n"),
    )
    assert parse_message(complaint).kind is MessageKind.AUTOMATIC


def test_the_absence_note_of_notes_is_known_by_subject_and_words() -> None:
    body = (
        "I will be out of the office starting  03/01/2025 and will not return until 03/10/2025.\n"
    )
    message = read(body, Subject="Dana Reyes is out of the office.")
    assert (message.kind, message.return_on) == (MessageKind.OUT_OF_OFFICE, "2025-03-10")


@pytest.mark.parametrize(
    "headers",
    [
        {"Subject": "Out of the office next week"},
        {"Subject": "Out of Office"},
        {"Subject": "Re: Out of Office AutoReply: Draft agreement"},
        {"Subject": "Vacation plans"},
        {"Subject": "Fuera de la oficina el viernes"},
        {"Subject": "Afwezig"},
        {"Subject": "Draft agreement"},
        {"Subject": "Draft agreement", "Auto-Submitted": "no"},
        {"Subject": "Draft agreement", "X-Auto-Response-Suppress": "All"},
    ],
)
def test_a_person_who_tells_of_an_absence_is_a_person(headers: Mapping[str, str]) -> None:
    assert parse_message(mail(AWAY, headers=headers)).kind is MessageKind.PERSONAL


def test_an_absence_subject_needs_words_of_absence() -> None:
    message = read("The keys are with Bo.\n", Subject="Out of the office: where the keys are")
    assert message.kind is MessageKind.PERSONAL


def test_an_automatic_answer_that_tells_of_no_absence_is_only_automatic() -> None:
    message = read(
        "We have received your request.\n", Auto_Submitted="auto-replied", Precedence="bulk"
    )
    assert (message.kind, message.return_on) == (MessageKind.AUTOMATIC, "")


def test_a_delivery_failure_names_the_address_that_failed() -> None:
    message = parse_message(delivery_failure("lost@harbour.example"))
    assert message.kind is MessageKind.BOUNCE
    assert message.failed_addresses == ("lost@harbour.example",)


def test_the_address_as_written_goes_before_the_one_it_was_rewritten_to() -> None:
    raw = delivery_failure("lost@internal.example").replace(
        b"Action: failed", b"Original-Recipient: rfc822;Dana@Harbour.example\nAction: failed"
    )
    assert parse_message(raw).failed_addresses == ("dana@harbour.example",)


def test_several_failures_are_all_named() -> None:
    more = b"\nFinal-Recipient: rfc822; two@harbour.example\nAction: failed\nStatus: 5.1.1\n--b0"
    raw = delivery_failure("one@harbour.example").replace(b"\n--b0\nContent-Type: message/rfc822",
        more + b"\nContent-Type: message/rfc822")  # fmt: skip
    assert parse_message(raw).failed_addresses == ("one@harbour.example", "two@harbour.example")


@pytest.mark.parametrize("action", [b"delayed", b"delivered", b"relayed", b"expanded"])
def test_a_report_of_anything_but_failure_is_automatic(action: bytes) -> None:
    raw = (
        delivery_failure("slow@harbour.example")
        .replace(b"failed", action)
        .replace(b"5.1.1", b"2.0.0")
    )
    message = parse_message(raw)
    assert (message.kind, message.failed_addresses) == (MessageKind.AUTOMATIC, ())


EXCHANGE = """Your message

  To:      lost@harbour.example
  Subject: Draft agreement

did not reach the following recipient(s):

lost@harbour.example on Mon, 3 Mar 2025 09:30:00 +0100
    The recipient name is not recognized
"""
NOTICE = """Hi. This is the mail program at mx.harbour.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<lost@harbour.example>:
Sorry, no mailbox here by that name.

--- Below this line is a copy of the message.

To: other@harbour.example
"""
RETURNED = """A message that you sent could not be delivered to all of its recipients.
The following address(es) failed:

  lost@harbour.example
    unrouteable address
"""


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        ("postmaster@harbour.example", "Undeliverable: Draft agreement", EXCHANGE),
        ("MAILER-DAEMON@mx.harbour.example", "failure notice", NOTICE),
        ("Mail Delivery System <daemon@mx.example>", "Mail delivery failed: returned", RETURNED),
    ],
)
def test_failures_told_in_words_name_the_address(sender: str, subject: str, body: str) -> None:
    message = read(body, From=sender, Subject=subject)
    assert message.kind is MessageKind.BOUNCE
    assert message.failed_addresses == ("lost@harbour.example",)


def test_a_notice_that_names_nobody_is_about_whom_it_is_sent_to() -> None:
    body = (
        "\n--------- Inline attachment follows ---------\n\nFrom: Kim Adler\nSubject: \n\nHello\n"
    )
    message = read(
        body,
        From="Exchange.Administrator@adler.example",
        To="lost@harbour.example",
        Subject="Undeliverable: Hello",
    )
    assert message.failed_addresses == ("lost@harbour.example",)


def test_a_failure_that_names_nobody_does_not_name_the_owner() -> None:
    message = read("It failed.\n", From="mailer-daemon@mx.example", Subject="failure notice")
    assert (message.kind, message.failed_addresses) == (MessageKind.BOUNCE, ())


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        ("mailer-daemon@mx.example", "Warning: could not send message for past 4 hours",
         "THIS IS A WARNING MESSAGE ONLY\nlost@harbour.example will be retried\n"),
        ("mailer-daemon@mx.example", "Delivery Status Notification (Delay)", "Still trying.\n"),
    ],
)  # fmt: skip
def test_a_warning_that_mail_is_late_is_no_failure(sender: str, subject: str, body: str) -> None:
    message = read(body, From=sender, Subject=subject)
    assert (message.kind, message.failed_addresses) == (MessageKind.AUTOMATIC, ())


@pytest.mark.parametrize(
    "subject", ["Undeliverable: Draft", "Re: Returned mail", "Delivery failed"]
)
def test_a_person_who_writes_about_a_failure_is_a_person(subject: str) -> None:
    message = read("It came back, what is your new address?\n", Subject=subject)
    assert message.kind is MessageKind.PERSONAL


@pytest.mark.parametrize(
    ("headers", "list_id"),
    [
        ({"List-Id": "Harbour talk <Talk.harbour.example>"}, "talk.harbour.example"),
        ({"List-Id": "talk.harbour.example"}, "talk.harbour.example"),
        ({"List-Post": "<mailto:talk@harbour.example>"}, "talk@harbour.example"),
        ({"Mailing-List": "list talk@groups.example; contact x"}, ""),
        ({"Precedence": "bulk"}, ""),
        ({"List-Unsubscribe": "<https://news.example/u>"}, ""),
    ],
)
def test_list_mail_is_known_by_its_headers(headers: Mapping[str, str], list_id: str) -> None:
    message = parse_message(mail(headers=headers))
    assert (message.kind, message.list_id) == (MessageKind.LIST, list_id)


def test_a_reply_with_a_way_to_unsubscribe_is_a_persons() -> None:
    message = read(List_Unsubscribe="<https://crm.example/u>", In_Reply_To="<m0@adler.example>")
    assert message.kind is MessageKind.PERSONAL


NEWS = "The new crane stands on the north quay and takes up work on Monday morning.\n" * 4


def test_a_newsletter_without_list_headers_is_known_by_its_words() -> None:
    body = NEWS + "\nTo unsubscribe, visit https://harbour.example/leave\n"
    assert read(body, Subject="Harbour news").kind is MessageKind.LIST


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        (
            "Re: Harbour news",
            "Interesting!\n\nTo unsubscribe, visit https://harbour.example/leave\n",
        ),
        ("Fwd: Harbour news", NEWS + "\nTo unsubscribe, visit https://harbour.example/leave\n"),
        ("News", NEWS + "\n> News.\n> To unsubscribe, visit https://harbour.example/leave\n"),
        ("", "unsubscribe news kim@adler.example\n"),
        ("List", NEWS + "Please unsubscribe me from your list, kim@adler.example.\n"),
    ],
)
def test_a_newsletter_passed_on_or_answered_is_a_persons(subject: str, body: str) -> None:
    assert read(body, Subject=subject).kind is MessageKind.PERSONAL


@pytest.mark.parametrize(
    "sender",
    [
        "no-reply@shop.example",
        "noreply@shop.example",
        "Shop <do_not_reply@shop.example>",
        "orders.noreply@shop.example",
        "notifications@tracker.example",
        "noreply+x7@shop.example",
    ],
)
def test_senders_that_take_no_answer_are_machines(sender: str) -> None:
    assert read(From=sender).kind is MessageKind.AUTOMATIC


@pytest.mark.parametrize("sender", ["nora.eply@x.example", "robotham@x.example", "info@x.example"])
def test_senders_that_only_look_alike_are_people(sender: str) -> None:
    assert read(From=sender).kind is MessageKind.PERSONAL


def test_generated_mail_says_so() -> None:
    assert read(Auto_Submitted="auto-generated").kind is MessageKind.AUTOMATIC


def test_a_receipt_is_automatic() -> None:
    body = "Your message\n\n  To: Dana\n  Subject: Draft\n\nwas read on Monday, 3 March 2025.\n"
    assert read(body, Subject="Read: Draft").kind is MessageKind.AUTOMATIC
    receipt = multipart(
        "report; report-type=disposition-notification",
        part("text/plain", "It was displayed.\n"),
        part("message/disposition-notification", "Disposition: manual-action; displayed\n"),
    )
    assert parse_message(receipt).kind is MessageKind.AUTOMATIC


INVITATION = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.mark.parametrize("content", ["text/calendar; method=REQUEST", "text/calendar"])
def test_an_invitation_is_calendar_mail(content: str) -> None:
    raw = multipart("alternative", part("text/plain", "Lunch?\n"), part(content, INVITATION))
    message = parse_message(raw)
    assert message.kind is MessageKind.CALENDAR
    assert message.new_text.strip() == "Lunch?"


def test_a_calendar_file_that_only_informs_is_a_persons() -> None:
    published = INVITATION.replace("REQUEST", "PUBLISH")
    raw = multipart("mixed", part("text/plain", "The dates.\n"), part("text/calendar", published))
    assert parse_message(raw).kind is MessageKind.PERSONAL


def test_an_invitation_merely_attached_leaves_the_letter_a_persons() -> None:
    attached = part("text/calendar; method=REQUEST", INVITATION, Content_Disposition="attachment")
    raw = multipart(
        "mixed", part("text/plain", "Good to meet you. The date is attached.\n"), attached
    )
    assert parse_message(raw).kind is MessageKind.PERSONAL


def test_an_invitation_whose_data_were_lost_is_known_by_its_form() -> None:
    body = (
        "When: Monday, March 3, 2025 9:30 AM-10:00 AM.\nWhere: Room 4\n\n*~*~*~*~*~*~*\n\nHello\n"
    )
    assert read(body).kind is MessageKind.CALENDAR


def test_a_short_answer_to_an_invitation_is_calendar_mail() -> None:
    assert read("", Subject="Accepted: Lunch").kind is MessageKind.CALENDAR


def test_an_ordinary_letter_is_personal() -> None:
    assert read().kind is MessageKind.PERSONAL

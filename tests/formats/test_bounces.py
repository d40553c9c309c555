"""Delivery failures as servers of all sorts write them, each in words of its own."""

from __future__ import annotations

import pytest

from gonequiet.domain.message import MessageKind, ParsedMessage
from gonequiet.formats.mime import parse_message
from tests.support.mail import delivery_failure, mail, multipart, part

LOST = "lost@harbour.example"
MACHINE = "mailer-daemon@mx.example"
ADMIN = "Mail Admin <postmaster@mx.example>"


def read(
    body: str, sender: str = MACHINE, subject: str = "Notice", **headers: str
) -> ParsedMessage:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return parse_message(mail(body, headers={"From": sender, "Subject": subject, **fields}))


@pytest.mark.parametrize("written", [b"Failed", b"failed (no such mailbox)", b"failure", b"error"])
def test_an_action_is_read_as_servers_write_it(written: bytes) -> None:
    raw = delivery_failure(LOST).replace(b"Action: failed", b"Action: " + written)
    message = parse_message(raw.replace(b"Status: 5.1.1\n", b""))
    assert (message.kind, message.failed_addresses) == (MessageKind.BOUNCE, (LOST,))


def report(words: str) -> ParsedMessage:
    return parse_message(
        multipart(
            'report; report-type="delivery-status"',
            part("text/plain", words),
            part("message/delivery-status", "Reporting-MTA: dns; mx.example\n"),
            headers={"From": MACHINE, "Subject": "Report"},
        )
    )


def test_a_report_that_tells_nothing_leaves_it_to_the_words_beside_it() -> None:
    message = report(f"The following people did not receive this:\n  <{LOST}>\n")
    assert (message.kind, message.failed_addresses) == (MessageKind.BOUNCE, (LOST,))
    assert report("Your message is on its way.\n").kind is MessageKind.AUTOMATIC


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Processing Error", f"Intended recipient: {LOST}\nThe mail below has been returned.\n"),
        ("Your message to Dana", f"Your message to {LOST} could not be delivered.\n"),
        ("Mail Not Delivered", f"<{LOST}>:\nRemote host said: 550 no such user\n"),
        ("Rapport", f"Unknown user:\n\n{LOST}\n"),
        ("Non-Delivery: Draft agreement", f"It could not be delivered to\n  {LOST}\n"),
        ("Delivery Report", f"Your message was automatically rejected: {LOST}\n"),
    ],
)
@pytest.mark.parametrize("sender", [MACHINE, ADMIN])
def test_a_server_may_tell_it_under_any_subject(sender: str, subject: str, body: str) -> None:
    message = read(body, sender, subject)
    assert (message.kind, message.failed_addresses) == (MessageKind.BOUNCE, (LOST,))


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        ("smtp.gate@mx.example", "Returned Mail - Error During Delivery",
         f"----- Failed Recipients -----\n<{LOST}>: mailbox unavailable [SMTP Error Code 550]\n"),
        ("scanner@mx.example", "Mail could not be delivered",
         f"Sent <<< RCPT TO:<{LOST}>\nReceived >>> 550 5.1.1 unknown user.\n"),
        ("ndr@mx.example", "Mail delivery failed: returning message to sender",
         ("This message was created automatically by mail delivery software.\n"
         f"It could not be delivered to:\n  {LOST}\n")),
        ("Mail Delivery <gate@mx.example>", "Delivery status notification",
         ("This is an automatically generated Delivery Status Notification.\n"
         f"Delivery to the following recipients failed permanently:\n   * {LOST}\n")),
    ],
)  # fmt: skip
def test_a_program_that_could_not_deliver_shows_by_its_words(
    sender: str, subject: str, body: str
) -> None:
    message = read(body, sender, subject)
    assert (message.kind, message.failed_addresses) == (MessageKind.BOUNCE, (LOST,))


@pytest.mark.parametrize(
    ("subject", "body", "headers"),
    [
        ("Returned mail", "Yours came back to me, with 550 5.1.1. Which address is right?\n",
         {"In-Reply-To": "<m0@harbour.example>"}),
        ("Re: Returned mail", "It said: 550 5.1.1 user unknown. What is your address?\n", {}),
        ("Fwd: Delivery failure", "Remote host said: 550. Any idea?\n", {}),
        ("Delivery failed", "The crane broke, the gate could not be delivered to the yard.\n", {}),
        (
            "Delivery failed",
            "The parcel could not be delivered to the following address: Quay 4. Which is right?\n",
            {},
        ),
        (
            "Delivery failed",
            "The parcel could not be delivered to the following address: Quay 4.\n",
            {},
        ),
        (
            "Mail failed to Lee",
            "When I send to lee@harbour.example I get smtp error 550. Could you ask IT?\n",
            {},
        ),
        ("Returned mail", ("See below, what is this?\n\nOn Mon, Kim Adler wrote:\n"
         "> Remote host said: 550 no such user\n"), {}),
    ],
)  # fmt: skip
def test_a_person_who_tells_of_a_failure_stays_a_person(
    subject: str, body: str, headers: dict[str, str]
) -> None:
    fields = {name.replace("-", "_"): value for name, value in headers.items()}
    message = read(body, "Dana Reyes <dana@harbour.example>", subject, **fields)
    assert message.kind is MessageKind.PERSONAL


def test_everybody_listed_failed_and_nobody_else() -> None:
    people = [f"p{number}@harbour.example" for number in range(8)]
    body = "Unable to deliver your message to the following addresses.\n\n" + "".join(
        f"<{one}>:\nThis account has been closed; letters to it are turned away at the door.\n\n"
        for one in people
    )
    body += (
        "For help, contact <postmaster@mx.example>. We do not accept mail from box@own.example\n"
    )
    message = read(body, subject="Delivery failure")
    assert message.failed_addresses == tuple(people)


def test_quotation_marks_belong_to_no_address() -> None:
    message = read(f"Could not deliver to '{LOST}'.\n", subject="Delivery failure")
    assert message.failed_addresses == (LOST,)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Delivery failure notification",
         (f"It could not be delivered to the following recipients:\n{LOST}\n"
         "Delivery attempts will continue to be made for 5 days.\n")),
        ("Mail Delivery Warning", f"Delivery to {LOST} was postponed: its box is full.\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sender", [MACHINE, "gate@mx.example"])
def test_what_will_be_tried_again_has_not_failed(sender: str, subject: str, body: str) -> None:
    message = read(body, sender, subject, Return_Path="<>")
    assert (message.kind, message.failed_addresses) == (MessageKind.AUTOMATIC, ())


def test_what_has_no_way_back_was_written_by_no_person() -> None:
    assert read("Your file was taken in.\n", "gate@mx.example", Return_Path="<>").kind is (
        MessageKind.AUTOMATIC
    )
    usual = read("Your file was taken in.\n", "dana@harbour.example", Return_Path="<d@x.example>")
    assert usual.kind is MessageKind.PERSONAL

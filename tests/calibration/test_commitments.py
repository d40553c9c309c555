"""Commitments against known truth: sentences labelled by hand, and mail that binds nobody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from benchmarks.commitment_sample import MAIL, personal_messages
from benchmarks.commitments import LABELS, Label, found_at, read_labels

from gonequiet.app.reading import TextToRead, WordsRead, read_texts
from gonequiet.domain.message import ParsedMessage, Role
from tests.support.desk import Desk
from tests.support.letters import START, Letter, write_mbox

needs_mail = pytest.mark.skipif(
    not MAIL.is_dir(), reason="the real mail in ../shared/data is not here"
)
ASKING = {"request", "proposal"}


@pytest.fixture(scope="module")
def read() -> list[tuple[Label, str, str]]:
    """Every label with what is read at its place, and the day."""
    found = []
    for label, one in found_at(read_labels()):
        said = "none" if one is None else "commitment" if one.is_sure else "proposed"
        found.append((label, said, "" if one is None or not one.due_on else str(one.due_on)))
    return found


def test_the_labels_are_enough_and_hold_no_text() -> None:
    labels = read_labels()

    assert len(labels) >= 1_500
    lines = LABELS.read_text("utf-8").splitlines()
    assert all(field.count(" ") <= 1 for line in lines for field in line.split("\t"))


@needs_mail
@pytest.mark.slow
@pytest.mark.parametrize("held_out", [True, False])
def test_commitments_are_found_and_hardly_anything_else(
    read: list[tuple[Label, str, str]], held_out: bool
) -> None:
    some = [(label.wanted, said) for label, said, _ in read if label.is_held_out == held_out]
    both = sum(want == said == "commitment" for want, said in some)
    either = sum((want == "commitment") + (said == "commitment") for want, said in some)

    assert 2 * both / either >= 0.80


@needs_mail
@pytest.mark.slow
def test_days_named_are_resolved_to_the_day_meant(read: list[tuple[Label, str, str]]) -> None:
    named = [
        label.due_on == day
        for label, said, day in read
        if said != "none" and label.wanted != "none" and label.due_on not in ("", "unclear")
    ]

    assert len(named) >= 40
    assert sum(named) / len(named) >= 0.95


SENDERS = (
    ("Orders", "orders@shop.example"),
    ("Harbour News", "newsletter@harbour.example"),
    ("", "no-reply@bank.example"),
    ("Anna from Birch", "anna@birch.example"),
    ("Member Services", "info@club.example"),
)
BODIES = (
    "Thank you for your order. We will ship it on Monday and send you a tracking number.",
    "We'll be announcing the winners next week. Please tell your friends!",
    "Your invoice for March is attached. Please pay within fourteen days.",
    "You will receive a confirmation by Friday. Please check your details.",
    "I will be hosting three webinars in May. Could you join us? Register today.",
    "Your password will expire tomorrow. Please change it by Friday.",
    "We will call you to arrange the delivery. Please have your order number ready.",
    "Ana has sent you a message. Please reply within two days; we will let her know.",
    "Our engineers will repair the line tonight. We will keep you posted.",
    "Wir schicken Ihnen Ihre Bestellung bis Freitag. Bitte prüfen Sie die Angaben.",
)
FOOTERS = (
    "To unsubscribe, click here.",
    "You are receiving this e-mail because you have an account with us.",
    "This is an automated message. Please do not reply to this e-mail.",
    "Copyright 2026 Birch. All rights reserved. Privacy policy",
    "Manage your preferences | View this e-mail in your browser",
    "Diese Nachricht wurde automatisch erstellt. Newsletter abbestellen",
)
GREETINGS = ("", "Hello Kim,\n\n", "Dear customer,\n\n", "Guten Tag,\n\n")


def mass_mail() -> Iterator[Letter]:
    """Newsletters, receipts and notifications of every make, with no header that says so."""
    made = product(SENDERS, BODIES, FOOTERS, GREETINGS)
    for number, ((name, address), body, footer, greeting) in enumerate(made):
        yield Letter(
            sender=f"{name} <{address}>",
            subject=f"News {number}",
            text=f"{greeting}{body}\n\n{footer}\n",
            at=START,
            message_id=f"n{number}@mass.example",
        )


def test_newsletters_receipts_and_notifications_promise_and_ask_nothing(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path / "desk" / "records.db")
    letters = list(mass_mail())
    assert len(letters) >= 500
    desk.takes_in(write_mbox(tmp_path / "mail" / "mass.mbox", letters))

    assert desk.exported("commitment") == []
    acts = [act for line in desk.exported("words") for act in line["acts"]]
    assert [act for act in acts if act[0] in ASKING] == []


@needs_mail
@pytest.mark.slow
def test_real_mass_mail_that_looks_personal_is_hardly_ever_taken_for_somebodys_word() -> None:
    read = list(real_mass_mail())
    promised = sum(any(claim.is_sure for claim in words.claims) for words in read)
    asked = sum(any(act.act in ASKING for act in words.acts) for words in read)

    assert len(read) >= 100
    assert promised / len(read) <= 0.01
    assert asked / len(read) <= 0.04


def real_mass_mail() -> Iterator[WordsRead]:
    for message in personal_messages("enron"):
        sender = next((one.address for one in message.participants if one.role == "from"), "")
        words = message.new_text.lower()
        shops = ("amazon.com", "travelocity", "buy.com", "expedia", "newsdata", "m0.net", "ebay")
        if any(shop in sender for shop in shops) or "unsubscribe" in words:
            yield from read_texts([_as_stored(message, sender)])


def _as_stored(message: ParsedMessage, sender: str) -> TextToRead:
    readers = (Role.TO, Role.CC, Role.BCC)
    return TextToRead(
        1,
        1,
        message.sent_at,
        0,
        sender,
        message.new_text,
        message.signature,
        message.is_to_many,
        tuple(one.address for one in message.participants if one.role in readers),
    )

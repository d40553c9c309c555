"""The words of a copy are read once, and give what reading them anew gives."""

from __future__ import annotations

import pytest

from gonequiet.formats.mime import RawMail, parse_message, parse_messages
from gonequiet.formats.words import Flat
from tests.support.mail import delivery_failure, multipart, part

LETTER = (
    "Dear Kim,\n\ncould you send me the draft of the agreement by Friday? We would like to look "
    "at the second clause once more before the meeting, and Rosa has asked for the figures.\n\n"
    "Best regards,\nDana\n\n> When do you need the draft?\n> Kim\n"
)


class _Notebook:
    """A memo that forgets nothing and counts what it was asked."""

    def __init__(self) -> None:
        self.held: dict[bytes, Flat] = {}
        self.found = 0

    def find(self, key: bytes) -> Flat | None:
        held = self.held.get(key)
        self.found += held is not None
        return held

    def keep(self, key: bytes, value: Flat) -> None:
        self.held[key] = value


def letter(*, text: str = LETTER, **fields: str) -> bytes:
    named = {"From": "Dana Reyes <dana.reyes@harbour.example>", "Subject": "Agreement", **fields}
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in named.items())
    return f"{head}\n{text}".encode()


def test_a_copy_under_another_id_is_read_from_the_memo_and_is_the_same() -> None:
    memo = _Notebook()
    first = letter(Message_ID="<one@harbour.example>", Date="Mon, 3 Mar 2025 09:30:00 +0100")
    copy = letter(Message_ID="<two@harbour.example>", Date="Mon, 3 Mar 2025 10:30:00 +0100")
    parse_message(first, memo=memo)
    read = parse_message(copy, memo=memo)
    assert memo.found == 1
    assert read == parse_message(copy)
    assert read.message_id == "two@harbour.example"
    assert read.new_text.startswith("Dear Kim")
    assert read.quoted_digest != 0


def test_attachments_and_problems_come_from_the_memo_too() -> None:
    memo = _Notebook()
    cut_off = multipart(
        "mixed",
        part("text/plain", LETTER),
        part("text/csv", "a,b\n", Content_Disposition='attachment; filename="figures.csv"'),
    ).removesuffix(b"--b0--\n")
    first, again = (parse_message(cut_off, memo=memo) for _ in range(2))
    assert memo.found == 1
    assert again == first == parse_message(cut_off)
    assert again.attachments[0].name == "figures.csv"
    assert again.problems


@pytest.mark.parametrize(
    "other",
    [
        letter(Subject="Agreement, second draft"),
        letter(From="Dana Reyes <dana@harbour.example>"),
        letter(In_Reply_To="<zero@harbour.example>"),
        letter(text=LETTER + "PS"),
        letter(Content_Type="text/html"),
        letter(List_Id="<talk.harbour.example>"),
        letter(Auto_Submitted="auto-generated"),
        letter(Content_Transfer_Encoding="quoted-printable"),
    ],
)
def test_what_differs_in_anything_the_words_rest_on_is_read_anew(other: bytes) -> None:
    memo = _Notebook()
    parse_message(letter(), memo=memo)
    assert parse_message(other, memo=memo) == parse_message(other)
    assert memo.found == 0


def test_a_bounce_and_an_absence_are_never_taken_from_the_memo() -> None:
    memo = _Notebook()
    away = "I am out of the office until 14 March and will answer when I am back. " * 4
    bounce = "The following recipient could not be delivered: <kim@adler.example> unknown. " * 4
    for raw in (
        letter(Subject="Out of office: Agreement", text=away),
        letter(From="MAILER-DAEMON@x.example", Subject="Undeliverable mail", text=bounce),
    ):
        parse_message(raw, memo=memo)
    assert memo.held == {}


def test_mails_read_together_say_what_each_says_alone() -> None:
    memo = _Notebook()
    mails = [
        letter(Message_ID=f"<{number}@harbour.example>", text=LETTER * (1 + number % 3))
        for number in range(9)
    ]
    mails.append(delivery_failure("nobody@adler.example"))
    mails.append(multipart("mixed", part("text/plain", LETTER), part("text/csv", "a,b\n")))
    read = parse_messages([RawMail(raw, None, len(raw)) for raw in mails], memo)
    assert read == [parse_message(raw) for raw in mails]
    assert read == parse_messages([RawMail(raw, None, len(raw)) for raw in mails], memo)
    assert memo.found == 10

"""What says the same but for its id is read once, and gives what reading it anew gives."""

from __future__ import annotations

import pytest

from gonequiet.app.packing import PackedMessage, whole_digest
from gonequiet.app.ports import PackedRecord
from gonequiet.sources.mail_files.mail_records import Flat, records_reader
from gonequiet.sources.mail_files.tasks import Raw
from tests.support.mail import delivery_failure, multipart, part

LETTER = (
    "Dear Kim,\n\ncould you send me the draft of the agreement by Friday? We would like to look "
    "at the second clause once more before the meeting, and Rosa has asked for the figures.\n\n"
    "Best regards,\nDana\n\n> When do you need the draft?\n> Kim\n"
)
MONDAY = "Mon, 3 Mar 2025 09:30:00 +0100"
FROM_LINE = b"From dana@harbour.example Mon Mar  3 09:30:00 2025"


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


class _Blank(_Notebook):
    """A memo that remembers nothing."""

    def keep(self, key: bytes, value: Flat) -> None:
        """Forgets it."""


def letter(*, text: str = LETTER, **fields: str) -> bytes:
    named = {
        "From": "Dana Reyes <dana.reyes@harbour.example>",
        "To": "kim@adler.example, Rosa Lindt <rosa@adler.example>",
        "Subject": "Agreement",
        "Date": MONDAY,
        **fields,
    }
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in named.items())
    return f"{head}\n{text}".encode()


def read(memo: _Notebook, *mails: bytes, line: bytes = b"") -> list[PackedRecord]:
    """Reads mails one after the other; every digest is there afterwards, as in the store."""
    raws = [Raw(str(number), mail, len(mail), line) for number, mail in enumerate(mails)]
    found = [record for raw in raws for record in records_reader(memo)([raw])]
    return [one._replace(message=_with_digest(one)) for one in found]


def _with_digest(record: PackedRecord) -> PackedMessage:
    message = record.message
    return message._replace(digest=message.digest or whole_digest(message))


def test_a_copy_under_another_id_is_known_and_is_the_same() -> None:
    memo = _Notebook()
    first = letter(Message_ID="<one@harbour.example>", X_Folder="Inbox")
    copy = letter(Message_ID="<two@harbour.example>", X_Folder="Inbox, all that was kept of it")
    known = read(memo, first, copy)
    assert memo.found == 1
    assert known == read(_Blank(), first, copy)
    assert known[1].message.row[0] == "two@harbour.example"
    assert known[1].message.row[-1] == len(copy)
    assert known[1].message.texts[1].startswith("Dear Kim")
    assert known[1].message.digest != known[0].message.digest


def test_attachments_and_problems_are_those_of_the_copy_too() -> None:
    memo = _Notebook()
    cut_off = multipart(
        "mixed",
        part("text/plain", LETTER),
        part("text/csv", "a,b\n", Content_Disposition='attachment; filename="figures.csv"'),
    ).removesuffix(b"--b0--\n")
    known = read(memo, cut_off, cut_off)
    assert memo.found == 1
    assert known == read(_Blank(), cut_off, cut_off)
    assert "figures.csv" in str(known[1].message.row)
    assert known[1].problems


@pytest.mark.parametrize(
    "other",
    [
        letter(Subject="Agreement, second draft"),
        letter(From="Dana Reyes <dana@harbour.example>"),
        letter(To="kim@adler.example"),
        letter(Cc="tom@adler.example"),
        letter(Date="Mon, 3 Mar 2025 10:30:00 +0100"),
        letter(In_Reply_To="<zero@harbour.example>"),
        letter(text=LETTER + "PS"),
        letter(Content_Type="text/html"),
        letter(List_Id="<talk.harbour.example>"),
        letter(Auto_Submitted="auto-generated"),
        letter(X_Gmail_Labels="Sent"),
        letter(Content_Transfer_Encoding="quoted-printable"),
    ],
)
def test_what_differs_in_anything_else_is_read_anew(other: bytes) -> None:
    memo = _Notebook()
    read(memo, letter())
    assert read(memo, other) == read(_Blank(), other)
    assert memo.found == 0


@pytest.mark.parametrize(
    "raw",
    [
        letter(
            Subject="Out of office: Agreement", text="I am out of the office until 14 March. " * 4
        ),
        letter(
            From="MAILER-DAEMON@x.example",
            Subject="Undeliverable mail",
            text="The following recipient could not be delivered: <kim@adler.example> unknown. "
            * 4,
        ),
        letter(From="Dana <dana@harbour.example>, Kim <kim@adler.example>"),
        letter(X_Gmail_Labels="Sent,Harbour"),
        letter(Date="some day", Received="from a by b; Mon, 3 Mar 2025 09:30:00 +0100"),
    ],
)
def test_what_rests_on_more_than_its_fields_and_body_is_not_kept(raw: bytes) -> None:
    memo = _Notebook()
    read(memo, raw)
    assert memo.held == {}


def test_a_letter_dated_by_the_line_of_its_mailbox_speaks_for_no_other() -> None:
    memo = _Notebook()
    undated = letter(Date="")
    first, later = (
        read(memo, undated, line=line)[0] for line in (FROM_LINE, FROM_LINE.replace(b"09", b"10"))
    )
    assert memo.found == 0
    assert first.message.sent_at != later.message.sent_at


def test_mails_read_together_say_what_each_says_alone() -> None:
    memo = _Notebook()
    mails = [
        letter(Message_ID=f"<{number}@harbour.example>", text=LETTER * (1 + number % 3))
        for number in range(9)
    ]
    mails.append(delivery_failure("nobody@adler.example"))
    mails.append(multipart("mixed", part("text/plain", LETTER), part("text/csv", "a,b\n")))
    raws = [Raw(str(number), mail, len(mail), b"") for number, mail in enumerate(mails)]
    together = records_reader(_Blank())(raws)
    assert together == [records_reader(_Blank())([raw])[0] for raw in raws]
    assert [one.position for one in records_reader(memo)(raws)] == [raw.position for raw in raws]
    again = records_reader(memo)(raws)
    assert memo.found == 10
    assert [_with_digest(one) for one in again] == [one.message for one in together]

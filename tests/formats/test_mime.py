"""A raw mail becomes everything it says about itself."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonequiet.domain.message import Attachment, Participant, Role, SentAtFrom
from gonequiet.formats.mime import parse_message
from tests.support.mail import mail, multipart, nested, part

UNTIMED = settings(deadline=None)  # the first odd charset loads the guesser


def text_of(raw: bytes) -> str:
    return parse_message(raw).new_text.strip()


def test_an_ordinary_mail_is_read_whole() -> None:
    message = parse_message(mail())
    assert message.message_id == "m1@harbour.example"
    assert message.participants == (
        Participant(Role.FROM, "Dana Reyes", "dana.reyes@harbour.example"),
        Participant(Role.TO, "Kim Adler", "kim@adler.example"),
    )
    assert message.sent_at == 1_740_990_600
    assert message.sent_at_from is SentAtFrom.DATE
    assert message.utc_offset_minutes == 60
    assert message.subject == "Draft agreement"
    assert message.new_text.strip() == "Shall we meet on Thursday?"
    assert message.asks_question
    assert message.size == len(mail())
    assert message.problems == ()
    assert not message.uncertain_sender
    assert not message.has_received


def test_all_roles_are_read_in_order() -> None:
    raw = mail(
        headers={
            "Sender": "Office <office@harbour.example>",
            "Reply-To": "sales@harbour.example",
            "Cc": "Bo Lund <bo@harbour.example>, mi@adler.example",
            "Bcc": "hidden@adler.example",
        }
    )
    roles = [(who.role, who.address.split("@")[0]) for who in parse_message(raw).participants]
    assert roles == [
        (Role.FROM, "dana.reyes"),
        (Role.SENDER, "office"),
        (Role.REPLY_TO, "sales"),
        (Role.TO, "kim"),
        (Role.CC, "bo"),
        (Role.CC, "mi"),
        (Role.BCC, "hidden"),
    ]


def test_a_field_given_twice_counts_twice() -> None:
    raw = b"To: second@adler.example\n" + mail()
    people = [who.address for who in parse_message(raw).participants if who.role is Role.TO]
    assert people == ["second@adler.example", "kim@adler.example"]


def test_field_names_may_be_written_in_any_way() -> None:
    raw = mail().replace(b"From:", b"FROM :").replace(b"Message-ID:", b"message-id:")
    message = parse_message(raw)
    assert message.message_id == "m1@harbour.example"
    assert message.participants[0].address == "dana.reyes@harbour.example"


def test_names_kept_in_export_fields_are_used() -> None:
    raw = mail(headers={"From": "dana.reyes@harbour.example", "X-From": "Reyes, Dana </O=H/CN=DR>"})
    assert parse_message(raw).participants[0].name == "Reyes, Dana"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<a@x.example>", "a@x.example"),
        ("  <a@x.example>  (note)", "a@x.example"),
        ("a@x.example", "a@x.example"),
        ("<>", ""),
        ("", ""),
        ("<no closing", ""),
        ("<two words>", ""),
        ("<a@x.example><b@x.example>", "a@x.example"),
    ],
)
def test_message_ids_are_read_or_left_empty(written: str, read: str) -> None:
    assert parse_message(mail(headers={"Message-ID": written})).message_id == read


def test_references_are_kept_oldest_first() -> None:
    raw = mail(headers={"References": "<a@x>\n <b@x>\t<c@x>", "In-Reply-To": "<c@x>"})
    message = parse_message(raw)
    assert message.references == ("a@x", "b@x", "c@x")
    assert message.in_reply_to == ("c@x",)


def test_of_too_many_references_the_first_and_the_last_are_kept() -> None:
    many = " ".join(f"<r{n}@x>" for n in range(250))
    message = parse_message(mail(headers={"References": many}))
    assert len(message.references) == 100
    assert (message.references[0], message.references[1]) == ("r0@x", "r151@x")
    assert message.references[-1] == "r249@x"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("a\n long\n one", "a long one"),
        ("tabs\tand  blanks", "tabs and blanks"),
        ("=?utf-8?q?two=0Alines=1B[31m?=", "two lines[31m"),
        ("\u202egnirts\u202c", "gnirts"),
        ("{braces} %s", "{braces} %s"),
    ],
)
def test_subjects_are_one_clean_line(written: str, read: str) -> None:
    assert parse_message(mail(headers={"Subject": written})).subject == read


@pytest.mark.parametrize(
    "encoding", ["quoted-printable", "Quoted-Printable", "base64", "8bit", "x"]
)
def test_transfer_encodings_are_undone(encoding: str) -> None:
    words = "Grüße, 2 = 2\nund zurück\n"
    if encoding.lower() == "quoted-printable":
        coded = quopri.encodestring(words.encode()).decode()
    elif encoding == "base64":
        coded = base64.encodebytes(words.encode()).decode()
    else:
        coded = words
    raw = mail(
        coded,
        headers={
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": encoding,
        },
    )
    assert text_of(raw) == words.strip()


def test_crlf_and_lf_mean_the_same() -> None:
    raw = mail("one\n\ntwo\n")
    for one, other in zip(
        parse_message(raw), parse_message(raw.replace(b"\n", b"\r\n")), strict=True
    ):
        assert one == other or one == len(raw)


def test_html_is_read_where_there_is_nothing_else() -> None:
    raw = mail("<p>Hello <b>Kim</b></p><p>Bye</p>", headers={"Content-Type": "text/html"})
    assert text_of(raw) == "Hello Kim\n\nBye"


def test_the_plain_alternative_is_preferred() -> None:
    raw = multipart(
        "alternative", part("text/plain", "plain words\n"), part("text/html", "<p>rich words</p>")
    )
    assert text_of(raw) == "plain words"


@pytest.mark.parametrize(
    "stub",
    [
        "",
        "  \n",
        "This message needs an HTML-capable mail reader.\n",
        "Please view it in your browser\n",
    ],
)
def test_an_empty_plain_alternative_gives_way_to_html(stub: str) -> None:
    raw = multipart("alternative", part("text/plain", stub), part("text/html", "<p>words</p>"))
    assert text_of(raw) == "words"


def test_attachments_are_described_and_not_read() -> None:
    data = bytes(range(256)) * 40
    raw = multipart(
        "mixed",
        part("text/plain", "see attached\n"),
        part(
            'application/pdf; name="draft.pdf"',
            base64.encodebytes(data),
            Content_Transfer_Encoding="base64",
            Content_Disposition='attachment; filename="=?utf-8?q?Entw=C3=BCrfe?=.pdf"',
        ),
        part("text/plain", "not for reading\n", Content_Disposition="attachment"),
    )
    message = parse_message(raw)
    assert message.new_text.strip() == "see attached"
    named, unnamed = message.attachments
    assert (named.name, named.media_type) == ("Entwürfe.pdf", "application/pdf")
    assert abs(named.size - len(data)) <= 3
    assert unnamed == Attachment("", "text/plain", len("not for reading\n"))


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename*=utf-8''Entw%C3%BCrfe.pdf", "Entwürfe.pdf"),
        ("attachment; filename*0=long; filename*1=-name.pdf", "long-name.pdf"),
        ("attachment; filename*0*=utf-8''Entw%C3; filename*1*=%BCrfe.pdf", "Entwürfe.pdf"),
        ("attachment; filename=../../etc/passwd", "../../etc/passwd"),
        ('attachment; filename="a;b.pdf"', "a;b.pdf"),
        ("attachment", ""),
    ],
)
def test_file_names_are_decoded_and_never_used(disposition: str, name: str) -> None:
    raw = multipart("mixed", part("application/pdf", "x", Content_Disposition=disposition))
    assert parse_message(raw).attachments[0].name == name


def test_attachments_inside_the_rich_alternative_are_found() -> None:
    rich = nested(
        "mixed",
        part("text/html", "<p>rich</p>"),
        part("image/png", "x", Content_Disposition="attachment; filename=a.png"),
        boundary="inner",
    )
    message = parse_message(multipart("alternative", part("text/plain", "plain\n"), rich))
    assert message.new_text.strip() == "plain"
    assert [each.name for each in message.attachments] == ["a.png"]


def test_words_in_several_parts_are_joined() -> None:
    raw = multipart("mixed", part("text/plain", "one\n"), part("text/plain", "two\n"))
    assert text_of(raw).split() == ["one", "two"]


def test_an_enclosed_message_is_an_attachment_named_by_its_subject() -> None:
    raw = multipart("mixed", part("text/plain", "FYI\n"), part("message/rfc822", mail("inner\n")))
    message = parse_message(raw)
    assert message.attachments[0].name == "Draft agreement"
    assert "inner" not in message.new_text


def test_boundaries_that_begin_alike_are_told_apart() -> None:
    inner = nested("alternative", part("text/plain", "inner words\n"), boundary="b00")
    raw = multipart("mixed", inner, part("text/plain", "outer words\n"), boundary="b0")
    assert text_of(raw).split() == ["inner", "words", "outer", "words"]


def test_a_part_cut_off_is_read_and_told() -> None:
    raw = multipart("mixed", part("text/plain", "first words\n")).removesuffix(b"--b0--\n")
    message = parse_message(raw)
    assert message.new_text.strip() == "first words"
    assert message.problems == ("Its last part has no end; it may have been cut off.",)


def test_parts_that_are_only_announced_leave_the_text() -> None:
    raw = mail("just words\n", headers={"Content-Type": "multipart/mixed; boundary=zzz"})
    message = parse_message(raw)
    assert message.new_text.strip() == "just words"
    assert message.problems == ("It says it has parts, and none were found; all was read as text.",)


def test_one_damaged_part_does_not_cost_the_others() -> None:
    raw = multipart(
        "mixed",
        part("text/plain", "good words\n"),
        part("text/plain", "QUJD=RA\n", Content_Transfer_Encoding="base64"),
        part("image/png", "@@@", Content_Transfer_Encoding="base64"),
    )
    message = parse_message(raw)
    assert message.new_text.startswith("good words")
    assert len(message.attachments) == 1


def test_damaged_base64_is_read_as_far_as_it_goes_and_told() -> None:
    coded = base64.b64encode(b"words that are complete").decode().rstrip("=")
    message = parse_message(mail(coded, headers={"Content-Transfer-Encoding": "base64"}))
    assert message.new_text.strip() == "words that are complete"
    assert message.problems == (
        "Its transfer encoding is damaged; what could be decoded was read.",
    )


def test_encrypted_mail_says_that_it_was_not_read() -> None:
    raw = mail("MIAG...\n", headers={"Content-Type": "application/pkcs7-mime; name=smime.p7m"})
    message = parse_message(raw)
    assert message.new_text == ""
    assert message.problems == ("Its text is encrypted or enclosed in S/MIME and was not read.",)


def test_words_inside_an_outlook_attachment_are_told() -> None:
    raw = multipart("mixed", part("application/ms-tnef; name=winmail.dat", "x"))
    assert "TNEF" in parse_message(raw).problems[0]


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("Inbox,Important", ("Inbox", "Important")),
        ('Sent,"Customers, old",Sent', ("Sent", "Customers, old")),
        ("=?UTF-8?Q?Gesendet,Kunden_=C3=A4lter?=", ("Gesendet", "Kunden älter")),
        ("", ()),
    ],
)
def test_labels_are_decoded(written: str, labels: tuple[str, ...]) -> None:
    assert parse_message(mail(headers={"X-Gmail-Labels": written})).labels == labels


def test_received_mail_is_known_by_its_trace() -> None:
    assert parse_message(mail(headers={"Received": "from a by b; x"})).has_received


def test_an_own_mbox_line_in_a_file_is_used_and_not_read_as_a_field() -> None:
    line = b"From dana@harbour.example Mon Mar  3 09:30:00 2025\n"
    message = parse_message(line + mail(without=("Date",)))
    assert message.sent_at_from is SentAtFrom.MBOX_LINE
    assert message.participants[0].address == "dana.reyes@harbour.example"


def test_a_mbox_line_written_by_nobody_dates_nothing() -> None:
    line = b"From MAILER-DAEMON Mon Mar  3 09:30:00 2025"
    message = parse_message(mail(without=("Date",)), mbox_line=line)
    assert message.sent_at is None
    assert message.problems == ("It has no Date. No other moment was found.",)


def test_a_record_that_was_cut_says_so_and_keeps_its_size() -> None:
    message = parse_message(mail(), record_size=10**9)
    assert message.size == 10**9
    assert message.problems == ("The record is too large; only its beginning was read.",)


@pytest.mark.parametrize(
    "sender",
    [
        "dana@harbour.example",
        "Dana <dana@harbour.example>",
        '"Reyes, Dana (sales)" <dana@harbour.example>',
        '"other@harbour.example" <dana@harbour.example>',
        "dana@harbour.example (Dana)",
        "=?utf-8?q?D=C3=A4na?= <dana@harbour.example>",
        "Dana Reyes <dana@harbour.example> (sales)",
        "Däna <dana@harbour.example>",
        "Reyes, Dana <dana@harbour.example>",
        "Dana Reyes, PhD <dana@harbour.example>",
        '"Dana Reyes" dana@harbour.example',
        "[EXT] Dana Reyes <dana@harbour.example>",
        "=?utf-8?q?Reyes,_D=C3=A4na_(Sales)?= <dana@harbour.example>",
        "Dana Reyes <mailto:dana@harbour.example>",
    ],
)
def test_a_sender_all_programs_read_alike_is_certain(sender: str) -> None:
    message = parse_message(mail(headers={"From": sender}))
    assert message.participants[0].address == "dana@harbour.example"
    assert not message.uncertain_sender


@pytest.mark.parametrize(
    "raw",
    [
        b"From: kim@adler.example\n" + mail(),
        mail(headers={"From": "dana@harbour.example, kim@adler.example"}),
        mail(headers={"From": "kim@adler.example <dana@harbour.example"}),
        mail(headers={"From": "=?utf-8?q?kim=40adler.example=3C?= dana@harbour.example"}),
        mail(headers={"From": "<kim@adler.example> <dana@harbour.example>"}),
        mail(headers={"Subject": "x\rFrom: kim@adler.example"}),
        mail(headers={"Subject": "x\rFrom: kim@adler.example"}, without=("From",)),
        b"no field here\nFrom: kim@adler.example\n" + mail(without=("From",)),
        mail(headers={"From": "dana\x00@harbour.example"}),
        mail(headers={"From": "a" * 5_000 + "@harbour.example"}),
    ],
)
def test_a_sender_programs_may_read_differently_is_uncertain(raw: bytes) -> None:
    message = parse_message(raw)
    assert message.uncertain_sender
    assert message.problems


def test_a_mail_without_a_sender_says_so() -> None:
    message = parse_message(mail(without=("From",)))
    assert not message.uncertain_sender
    assert message.problems == ("It names no author with an address.",)


def test_old_mac_line_ends_are_read_without_suspicion() -> None:
    message = parse_message(mail("one\ntwo\n").replace(b"\n", b"\r"))
    assert message.new_text.strip() == "one\ntwo"
    assert not message.uncertain_sender


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "It is empty."),
        (b"Just words, and no header.\n\nAnd more.\n", "It names no author with an address."),
        (mail("").rstrip(b"\n"), "The header section does not end; there is no body."),
    ],
)
def test_what_is_hardly_a_mail_is_kept_with_its_problems(raw: bytes, problem: str) -> None:
    assert problem in parse_message(raw).problems


def test_a_text_without_any_header_is_read_as_text() -> None:
    assert text_of(b"just words without a header\n").startswith("just words")


@pytest.mark.parametrize("before", [b"\n\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_what_stands_before_the_header_does_not_hide_it(before: bytes) -> None:
    message = parse_message(before + mail())
    assert message.participants[0].address == "dana.reyes@harbour.example"
    assert message.problems == ()


def is_storable(value: object) -> bool:
    if isinstance(value, tuple):
        return all(is_storable(each) for each in value)
    if isinstance(value, str):
        return value.encode("utf-8").decode("utf-8") == value and "\x00" not in value
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return value is None


@UNTIMED
@given(st.binary())
def test_any_bytes_become_a_message_that_can_be_stored(raw: bytes) -> None:
    message = parse_message(raw)
    assert is_storable(tuple(message))
    assert message.problems


HEADER = st.sampled_from(
    b"From To Subject Date Message-ID References Content-Type Content-Transfer-Encoding Received"
    b" X-Gmail-Labels List-Id MIME-Version Content-Disposition".split()
)
TELLING = (
    b"a@x.example",
    b'"A, B" <a@x.example>',
    b"=?utf-8?b?w6k=?=",
    b"<a@x.example>",
    b"multipart/mixed; boundary=b",
    b"text/html; charset=utf-16",
    b"text/plain; charset=hz",
    b"base64",
    b"quoted-printable",
    b"Mon, 3 Mar 2025 09:30:00 +0100",
)
VALUE = st.one_of(st.binary(max_size=40), st.sampled_from(TELLING))
PIECES = (b"\n--b\n", b"\n--b--\n", b"Content-Type: text/html\n\n", b"<p>x</p>", b"> q\n")
BODY = st.lists(st.one_of(st.binary(max_size=60), st.sampled_from(PIECES))).map(b"".join)


@UNTIMED
@given(st.lists(st.tuples(HEADER, VALUE)), BODY)
def test_any_fields_and_any_body_become_a_message(
    fields: list[tuple[bytes, bytes]], body: bytes
) -> None:
    raw = b"".join(name + b": " + value + b"\n" for name, value in fields) + b"\n" + body
    assert is_storable(tuple(parse_message(raw)))


@UNTIMED
@given(st.integers(0, 2_000))
def test_a_mail_cut_anywhere_is_still_read(length: int) -> None:
    raw = multipart(
        "mixed",
        part("text/plain", "words\n" * 20),
        nested("alternative", part("text/html", "<p>x</p>"), boundary="in"),
    )
    assert is_storable(tuple(parse_message(raw[:length])))

"""Cards of every version and habit: names, every way to reach somebody, and where they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonequiet.domain.card import Card, card_from
from gonequiet.domain.message import Channel, MessageKind, ParsedMessage, Role
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.formats.record_file import ReadOptions
from gonequiet.formats.vcard import read_cards

OPTIONS = ReadOptions(now=1_780_000_000, country="DE")


def read(*lines: str | bytes) -> tuple[list[ParsedMessage], list[RecordProblem]]:
    data = b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    found = list(read_cards([data], OPTIONS))
    records = [one.message for one in found if not isinstance(one, RecordProblem)]
    return records, [one for one in found if isinstance(one, RecordProblem)]


def only(*lines: str | bytes) -> tuple[ParsedMessage, Card, list[str]]:
    (record,), problems = read("BEGIN:VCARD", *lines, "END:VCARD")
    assert problems == []
    ways = [one.address for one in record.participants]
    return record, card_from(record.detail), ways


def test_a_card_of_today_says_who_and_where_and_how() -> None:
    record, card, ways = only(
        "VERSION:4.0",
        "FN:Dana Reyes",
        "N:Reyes;Dana;;;",
        "EMAIL;TYPE=work:Dana@Harbour.example",
        "EMAIL;TYPE=home;PREF=1:mailto:dana.reyes@mail.example",
        "TEL;VALUE=uri;TYPE=cell:tel:+49-30-5550-1234",
        "ORG:Harbour\\, Sons & Co;Quays",
        "TITLE:Head of quays",
        "ADR;TYPE=home:;;Am Ufer 1;Potsdam;;14467;Germany",
        "ADR;TYPE=work:;;Kai 2;Berlin;;10115;Deutschland",
        "TZ:Europe/Berlin",
        "REV:20260102T030405Z",
        "UID:urn:uuid:1",
        "URL:https://www.linkedin.com/in/Dana-Reyes/",
    )
    assert (record.channel, record.kind, record.sent_at) == (Channel.CARD, MessageKind.CARD, None)
    assert record.subject == "Dana Reyes"
    assert {one.role for one in record.participants} == {Role.REPLY_TO}
    assert ways == [
        "dana@harbour.example",
        "dana.reyes@mail.example",
        "tel:+493055501234",
        "net:linkedin/dana-reyes",
    ]
    assert card == Card(
        uid="urn:uuid:1",
        name="Dana Reyes",
        organisation="Harbour, Sons & Co, Quays",
        role="Head of quays",
        city="Berlin",
        country="Deutschland",
        zone="Europe/Berlin",
        revised_on="2026-01-02",
    )
    assert "dana@harbour.example" in record.new_text.lower()


def test_a_card_of_an_old_telephone_is_read_in_its_own_letters() -> None:
    _, card, ways = only(
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;",
        "TEL;CELL;PREF:030 55501234",
        "EMAIL;INTERNET:joerg@yard.example",
        "ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Werft =",
        "Gro=DF;Kai",
        b"TITLE:Gesch\xe4ftsf\xfchrer",
    )
    assert card.name == "Jörg Müller"
    assert card.organisation == "Werft Groß, Kai"
    assert card.role == "Geschäftsführer"
    assert ways == ["joerg@yard.example", "tel:+493055501234"]


def test_groups_folds_and_lower_case_are_as_good() -> None:
    _, card, ways = only(
        "version:3.0",
        "fn:Li Wu",
        "item1.EMAIL;type=INTERNET;type=pref:li@yard.ex",
        " ample",
        "item1.X-ABLabel:_$!<Work>!$_",
        "item2.TEL;type=CELL;type=VOICE:+1 212 555 0123",
        'item3.ADR;type="work":;;1 Main St\\;B;New York;NY;10001;USA',
    )
    assert ways == ["li@yard.example", "tel:+12125550123"]
    assert (card.city, card.country) == ("New York", "USA")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("FN:dana@harbour.example", "N:Reyes;Dana;M.;;"), "Dana M. Reyes"),
        (("N:Reyes;Dana", "NICKNAME:Dee"), "Dana Reyes"),
        (("NICKNAME:Dee",), "Dee"),
        (("ORG:Harbour;Quays",), "Harbour"),
        (("EMAIL:dana@harbour.example",), "dana@harbour.example"),
    ],
)
def test_a_card_without_a_full_name_goes_by_what_it_has(lines: tuple[str, ...], name: str) -> None:
    record, _, _ = only(*lines)
    assert record.subject == name


@pytest.mark.parametrize("line", ["X-ME:1", "X-IS-ME:true", "CATEGORIES:Friends,Me"])
def test_the_owners_own_card_may_say_so(line: str) -> None:
    assert only("FN:Kim Adler", line)[1].is_owner
    assert not only("FN:Kim Adler", "CATEGORIES:Mechanics")[1].is_owner


def test_what_is_no_address_is_no_way_to_reach_anybody() -> None:
    _, _, ways = only("FN:Dana", "EMAIL:n/a", "EMAIL:a@b@c", "TEL:none", "URL:https://quay.example")
    assert ways == []


def test_groups_and_empty_cards_are_listed() -> None:
    records, problems = read(
        *("BEGIN:VCARD", "FN:Friends", "KIND:group", "END:VCARD"),
        *("BEGIN:VCARD", "VERSION:3.0", "END:VCARD"),
        *("BEGIN:VCARD", "FN:Dana", "END:VCARD"),
    )
    assert [record.subject for record in records] == ["Dana"]
    assert [(one.kind, one.position) for one in problems] == [
        (ProblemKind.SKIPPED, "1"),
        (ProblemKind.UNREADABLE, "2"),
    ]


def test_a_file_that_is_cut_off_keeps_its_good_cards() -> None:
    records, problems = read(
        *("BEGIN:VCARD", "FN:Dana", "END:VCARD"), *("BEGIN:VCARD", "FN:Li", "EMAIL:li@yard.exa")
    )
    assert [record.subject for record in records] == ["Dana"]
    assert [one.kind for one in problems] == [ProblemKind.PARTLY_READ]


def test_a_card_that_never_ends_costs_only_itself() -> None:
    records, problems = read(
        *("BEGIN:VCARD", "FN:Li"), *("BEGIN:VCARD", "FN:Dana", "END:VCARD"), "END:VCARD"
    )
    assert [record.subject for record in records] == ["Dana"]
    assert len(problems) == 1


def test_pictures_and_endless_lists_stay_outside() -> None:
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 3_000_000
    numbers = [f"TEL:+49305550{number:04}" for number in range(5000)]
    (record,), _ = read("BEGIN:VCARD", "FN:Dana", *numbers, photo, "END:VCARD")
    assert len(record.participants) == 100
    assert len(record.problems) == 1
    assert len(record.new_text) < 5000


def test_utf_16_is_read() -> None:
    data = "BEGIN:VCARD\r\nFN:Jörg\r\nEMAIL:j@yard.example\r\nEND:VCARD\r\n".encode("utf-16")
    (found,) = read_cards([data], OPTIONS)
    assert not isinstance(found, RecordProblem)
    assert found.message.subject == "Jörg"


LINES = st.sampled_from(
    [
        "BEGIN:VCARD", "END:VCARD", "VERSION:2.1", "FN:Dana Reyes", "N:;;;;;;;;", "N:\\;\\",
        "FN;ENCODING=QUOTED-PRINTABLE:=ZZ=", "TEL;ENCODING=BASE64:+49", "TEL:++++++49", "EMAIL:@",
        "FN;CHARSET=nonsense:x", "ADR:a;b", "ADR;TYPE=work:;;;;;;;;;;x", "REV:99999999", "TZ:\x00",
        'EMAIL;TYPE="a:b', "item1.EMAIL:a@b.example", "BEGIN:X", "END:X", "ORG;;;=:;", "KIND:GROUP",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=20), st.binary(max_size=60))
def test_any_bytes_in_and_no_exception_out(lines: list[str], more: bytes) -> None:
    data = "\n".join(lines).encode() + more
    for content in (data, b"BEGIN:VCARD\n" + data + b"\nEND:VCARD", more):
        found = list(read_cards([content], OPTIONS))
        assert found
        assert all(
            isinstance(one, RecordProblem) or one.message.channel is Channel.CARD for one in found
        )

"""Calls, texts, chats and networks: what is read, which way it went, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonequiet.domain.call import CallOutcome, call_from
from gonequiet.domain.message import Channel, ParsedMessage, Role
from gonequiet.domain.provenance import RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats.chat_export import read_chat
from gonequiet.formats.local_times import DateOrder, find_order, parse_moment
from gonequiet.formats.record_file import ReadOptions, RecordReader
from gonequiet.formats.record_table import heading_key, read_table
from gonequiet.formats.sms_backup import read_backup
from gonequiet.formats.tables import disarmed
from tests.support.channels import (
    CARRIER_CSV,
    CHAT_ANDROID,
    CHAT_IOS,
    CONNECTIONS_CSV,
    FILES,
    INVITATIONS_CSV,
    MESSAGES_CSV,
    ODD_CSV,
    calls_xml,
    texts_xml,
)

OPTIONS = ReadOptions(now=1_750_000_000, country="DE", zone="Europe/Berlin", names=("Kim Adler",))


def read(
    reader: RecordReader, content: bytes, options: ReadOptions = OPTIONS, size: int = 1 << 20
) -> tuple[list[ParsedMessage], list[RecordProblem]]:
    blocks = (content[at : at + size] for at in range(0, len(content), size))
    found = list(reader(blocks, options))
    records = [one.message for one in found if isinstance(one, RecordRead)]
    return records, [one for one in found if isinstance(one, RecordProblem)]


def outcomes(records: Iterable[ParsedMessage]) -> Iterator[tuple[str, str]]:
    return ((one.states, call_from(one.detail).outcome.value) for one in records)


def test_calls_tell_their_direction_and_what_came_of_them() -> None:
    records, problems = read(read_backup, calls_xml(6))
    assert not problems
    assert list(outcomes(records)) == [
        ("inbound", "missed"),
        ("outbound", "answered"),
        ("inbound", "missed"),
        ("inbound", "answered"),
        ("outbound", "missed"),
        ("inbound", "missed"),
    ]
    assert records[0].participants[0].address == "tel:+493055501000"


def test_texts_are_mended_where_xml_forbids_what_they_hold() -> None:
    records, problems = read(read_backup, texts_xml(2))
    assert not problems
    assert records[0].new_text.endswith("😀 \ufffd done")
    assert records[0].expects_answer
    assert [one.states for one in records] == ["inbound", "outbound", "inbound"]
    assert {one.participants[0].address for one in records} <= {
        "tel:+493055501000",
        "tel:+493055501010",
    }
    assert records[2].new_text == "The plan, as a picture"
    assert records[2].attachments[0].name == "plan.jpg"


@pytest.mark.parametrize("size", [1, 7, 64])
def test_where_the_blocks_are_cut_changes_nothing(size: int) -> None:
    assert read(read_backup, texts_xml(5), size=size) == read(read_backup, texts_xml(5))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_what_stands_before_a_truncation_is_kept_and_the_rest_is_told(share: float) -> None:
    whole = calls_xml(40)
    records, problems = read(read_backup, whole[: int(len(whole) * share)])
    assert len(records) >= int(40 * share) - 2
    assert len(problems) == 1


def test_a_document_type_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><calls count="1"><call/></calls>'
    records, problems = read(read_backup, bomb)
    assert not records
    assert "document type" in problems[0].reason


def test_a_withheld_number_is_listed() -> None:
    call = calls_xml(1).replace(b"+49 30 55501000", b"-2")
    records, problems = read(read_backup, call)
    assert not records
    assert "no number" in problems[0].reason


def test_a_text_from_a_short_number_was_sent_by_a_machine() -> None:
    text = texts_xml(1).replace(b"03055501000", b"72404")
    records, _ = read(read_backup, text)
    assert records[0].kind == "automatic"


def test_a_carriers_table_is_understood_by_its_heading() -> None:
    records, problems = read(read_table, CARRIER_CSV)
    assert list(outcomes(records)) == [("outbound", "answered"), ("inbound", "missed")]
    assert records[0].sent_at == 1742804100
    assert call_from(records[0].detail).duration_seconds == 130
    assert [one.position for one in problems] == ["4"]


_ROW = b"%02d.03.2025;09:15:00;030 5550100%d;outgoing;00:02:1%d\n"
WHOLE_TABLE = b"Date;Time;Number;Direction;Duration\n" + b"".join(
    _ROW % (13 + number, number, number) for number in range(5)
)


def test_a_table_cut_off_in_its_last_row_loses_that_row_and_says_so() -> None:
    whole, problems = read(read_table, WHOLE_TABLE)
    assert len(whole) == 5
    assert not problems
    begins = WHOLE_TABLE.rindex(b"\n", 0, -1) + 1
    for end in range(begins + 1, len(WHOLE_TABLE) - 1):
        records, problems = read(read_table, WHOLE_TABLE[:end])
        assert records == whole[:4]
        assert [one.position for one in problems] == ["6"]
        assert "cut off" in problems[0].reason


def test_a_table_whose_last_row_has_no_line_end_is_whole() -> None:
    records, problems = read(read_table, WHOLE_TABLE.rstrip(b"\n"))
    assert len(records) == 5
    assert not problems
    free = b"Date,Number,Direction,Text\n2025-03-14 09:00,+493055501000,in,Yes\n"
    records, problems = read(read_table, free + b"2025-03-15 09:00,+493055501000,out,Thank you")
    assert len(records) == 2
    assert not problems


def test_a_last_row_with_more_cells_than_those_above_is_read() -> None:
    records, problems = read(read_table, WHOLE_TABLE.rstrip(b"\n") + b";more;and more")
    assert len(records) == 5
    assert not problems


def test_a_table_nobody_knows_asks_and_is_read_once_told() -> None:
    records, problems = read(read_table, ODD_CSV)
    assert not records
    assert "--map" in problems[0].reason
    key = heading_key(["when", "whom", "how"])
    said = f'{{"{key}": {{"at": "when", "number": "whom", "direction": "how"}}}}'
    records, problems = read(read_table, ODD_CSV, OPTIONS._replace(mapping=said))
    assert list(outcomes(records)) == [("inbound", "unknown")]
    assert not problems


def test_a_chat_knows_its_two_sides() -> None:
    for options in (OPTIONS, OPTIONS._replace(names=(), name="WhatsApp Chat with Dana Reyes.txt")):
        records, problems = read(read_chat, CHAT_IOS, options)
        assert not problems
        assert [one.states for one in records] == ["inbound", "outbound", "inbound", "inbound"]
        assert records[1].new_text.endswith("the third floor")
        assert records[1].participants[0] == (Role.TO, "Dana Reyes", "chat:dana reyes")
        assert records[1].expects_answer
        assert records[3].channel is Channel.CALL
        assert call_from(records[3].detail).outcome is CallOutcome.MISSED


def test_a_chat_in_which_nobody_is_known_to_be_the_owner_asks() -> None:
    records, problems = read(read_chat, CHAT_IOS, OPTIONS._replace(names=()))
    assert not records
    assert "--as" in problems[0].reason


def test_a_chat_with_the_month_first_is_read_so() -> None:
    records, problems = read(read_chat, CHAT_ANDROID, OPTIONS._replace(zone=""))
    assert [one.sent_at for one in records] == [1742850900, 1742850960]
    assert not problems


def test_connections_are_cards_with_every_way_to_reach_them() -> None:
    records, problems = read(read_table, CONNECTIONS_CSV)
    assert not problems
    assert [[who.address for who in one.participants] for one in records] == [
        ["net:linkedin/dana-reyes", "dana.reyes@harbour.example"],
        ["net:linkedin/tomas-lindt"],
    ]
    assert all(one.channel is Channel.CARD for one in records)


@pytest.mark.parametrize("names", [("Kim Adler",), ()])
def test_network_messages_know_the_owner_by_name_or_by_being_everywhere(
    names: tuple[str, ...],
) -> None:
    records, problems = read(read_table, MESSAGES_CSV, OPTIONS._replace(names=names))
    assert not problems
    assert [one.states for one in records] == ["outbound", "inbound"]
    assert records[0].participants[0].address == "net:linkedin/dana-reyes"


def test_an_invitation_to_connect_waits_for_an_answer() -> None:
    (record,), _ = read(read_table, INVITATIONS_CSV)
    assert record.states == "outbound"
    assert record.expects_answer


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1742807700000", 1742807700),
        ("1742807700", 1742807700),
        ("2025-03-24 09:15", 1742807700),
        ("2025-03-24T10:15:00+01:00", 1742807700),
        ("24.03.25, 09:15", 1742807700),
        ("24 Mar 2025 9:15 AM", 1742807700),
        ("March 24, 2025 9:15 am", 1742807700),
        ("24. März 2025 09:15", 1742807700),
        ("31.02.2025 09:15", None),
        ("soon", None),
        ("", None),
    ],
)
def test_moments_are_read_as_people_write_them(text: str, at: int | None) -> None:
    assert parse_moment(text, DateOrder(False, False), "") == at


def test_one_date_settles_the_order_for_a_whole_file() -> None:
    assert find_order(["03/04/2025", "03/25/2025"], "DE") == DateOrder(True, False)
    assert find_order(["03/04/2025", "25/03/2025"], "US") == DateOrder(False, False)
    assert find_order(["03/04/2025"], "US") == DateOrder(True, True)
    assert find_order(["2025-03-04"], "US") == DateOrder(True, False)


@pytest.mark.parametrize("reader", [read_backup, read_table, read_chat])
@given(content=st.binary(max_size=2_000))
def test_any_bytes_are_read_or_listed(reader: RecordReader, content: bytes) -> None:
    for one in reader([content], OPTIONS):
        assert isinstance(one, RecordRead | RecordProblem)


@pytest.mark.parametrize("reader", [read_backup, read_table, read_chat])
@given(data=st.data())
def test_damaged_files_are_read_or_listed(reader: RecordReader, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(sorted(FILES.values()))))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    for one in reader([bytes(content)], OPTIONS):
        assert isinstance(one, RecordRead | RecordProblem)


@given(st.text(max_size=40))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    assert disarmed(cell).lstrip()[:1] not in {"=", "+", "-", "@", "|", "%"}

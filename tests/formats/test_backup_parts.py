"""A large backup of calls and texts is read in parts, and gives what it gives as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gonequiet.domain.provenance import RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats.backup_parts import (
    FilePart,
    find_marks,
    find_parts,
    still_fitting,
)
from gonequiet.formats.record_file import ReadOptions
from gonequiet.formats.sms_backup import read_backup
from tests.support.channels import calls_xml, texts_xml

OPTIONS = ReadOptions(now=1_750_000_000, country="DE")
Found = list[RecordRead | RecordProblem]


def read_whole(content: bytes) -> Found:
    return list(read_backup([content], OPTIONS))


def whole_records(content: bytes) -> list[RecordRead]:
    return [one for one in read_whole(content) if isinstance(one, RecordRead)]


def read_parts(content: bytes, part_bytes: int) -> Found:
    return read_cut(content, find_parts(content, part_bytes))


def read_cut(content: bytes, parts: Sequence[FilePart]) -> Found:
    return [
        found
        for part in parts
        for found in read_backup(
            [part.head, content[part.start : part.stop], part.tail],
            OPTIONS._replace(before=part.before),
        )
    ]


@pytest.mark.parametrize("part_bytes", [1, 300, 5_000])
@pytest.mark.parametrize("content", [calls_xml(60), texts_xml(60)], ids=["calls", "texts"])
def test_the_parts_give_what_the_whole_gives(content: bytes, part_bytes: int) -> None:
    assert len(find_parts(content, part_bytes)) > 1
    assert read_parts(content, part_bytes) == read_whole(content)


def test_what_programs_write_before_the_entries_is_passed_over() -> None:
    said = b"<!--File made by a program <v1>-->".replace(b"<v1>", b"v1")
    content = calls_xml(60).replace(b"<calls", said + b'<?xml-stylesheet href="x.xsl"?>\n<calls')
    assert len(find_parts(content, 900)) > 3
    assert read_parts(content, 900) == read_whole(content)


@pytest.mark.parametrize(
    "content",
    [
        calls_xml(60).replace(b"</calls>", b"<!-- <call /> --></calls>"),
        calls_xml(60).replace(b"</calls>", b"<![CDATA[<call />]]></calls>"),
        b'<!DOCTYPE calls [<!ENTITY b "c">]>' + calls_xml(60),
        calls_xml(60).decode().encode("utf-16"),
        b"no backup at all " * 400,
    ],
    ids=["comment", "cdata", "document type", "utf-16", "something else"],
)
def test_a_file_in_doubt_is_read_whole(content: bytes) -> None:
    assert [(part.start, part.stop) for part in find_parts(content, 900)] == [(0, len(content))]


def test_damage_in_one_part_costs_only_the_rest_of_that_part() -> None:
    content = calls_xml(100)
    middle = content.index(b"<call ", len(content) // 2)
    damaged = content[:middle] + b"<<" + content[middle + 2 :]
    found = read_parts(damaged, 2_000)
    records = [one.message for one in found if isinstance(one, RecordRead)]
    assert len(found) == len(records) + 1
    assert len(found) > len(read_whole(damaged))
    assert records[-1] == [one.message for one in whole_records(content)][-1]


def test_reading_goes_on_behind_what_is_the_same() -> None:
    before, now = texts_xml(60), texts_xml(1_060)
    marks = find_marks(before, find_parts(before, 900))
    kept = still_fitting(now, marks)
    assert kept == marks
    rest = find_parts(now, 900, after=kept[-1])
    known = [one for one in read_parts(now, 900) if int(one.position) <= kept[-1].before]
    assert known + read_cut(now, rest) == read_parts(now, 900)


def test_what_changed_further_back_is_read_again() -> None:
    before = texts_xml(60)
    marks = find_marks(before, find_parts(before, 900))
    changed = before.replace(b"Number 30:", b"Nummer 30:")
    kept = still_fitting(changed, marks)
    assert 0 < len(kept) < len(marks)
    assert kept[-1].before <= 30
    assert not still_fitting(before.replace(b"Number 0:", b"Nummer 0:"), marks)
    assert still_fitting(before[: len(before) // 2], marks) == marks[: len(marks) // 2]

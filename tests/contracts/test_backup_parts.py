"""Large backups of calls and texts, read in parts: whole, once, and on from where they grew."""

from __future__ import annotations

from pathlib import Path

from gonequiet.formats.backup_parts import PART_BYTES
from tests.support.channels import texts_xml
from tests.support.desk import Desk


def test_a_large_backup_comes_in_whole_and_only_once(tmp_path: Path) -> None:
    desk, file = Desk(tmp_path / "records.db"), tmp_path / "phone.xml"
    content = texts_xml(12_000)
    assert len(content) > PART_BYTES
    file.write_bytes(content)
    assert desk.takes_in(file) == (12_001, 0)
    assert desk.takes_in(file) == (0, 0)
    assert desk.run("verify").code == 0


def test_the_next_backup_is_read_from_where_it_grew(tmp_path: Path) -> None:
    desk, file = Desk(tmp_path / "records.db"), tmp_path / "phone.xml"
    file.write_bytes(texts_xml(12_000))
    desk.takes_in(file)
    file.write_bytes(texts_xml(12_100))
    new, copies = desk.takes_in(file)
    assert new == 100
    assert copies < 6_000
    anew = Desk(tmp_path / "anew" / "records.db")
    anew.takes_in(file)
    assert held(desk) == held(anew)
    assert desk.run("verify").code == 0


def test_a_backup_that_was_cut_off_is_mended_by_the_next(tmp_path: Path) -> None:
    desk, file = Desk(tmp_path / "records.db"), tmp_path / "phone.xml"
    file.write_bytes(texts_xml(12_000)[:-500_000])
    desk.run("import", file)
    assert len(desk.problems()) == 1
    file.write_bytes(texts_xml(12_000))
    desk.takes_in(file)
    assert desk.problems() == []


def test_what_a_backup_holds_no_more_is_kept_apart(tmp_path: Path) -> None:
    desk, file = Desk(tmp_path / "records.db"), tmp_path / "phone.xml"
    file.write_bytes(texts_xml(12_000))
    desk.takes_in(file)
    file.write_bytes(texts_xml(11_000))
    desk.takes_in(file)
    former = [position for position, _ in held(desk) if position.startswith("before 1: ")]
    assert len(former) == 1_000
    assert desk.run("verify").code == 0


def held(desk: Desk) -> list[tuple[str, int]]:
    """Returns where every record lies."""
    return sorted(
        (position, line["content_digest"])
        for line in desk.exported("message")
        for _, _, position, _ in line["copies"]
    )

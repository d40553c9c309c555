"""Every channel through the front door: imported, judged, searched, sound, and never doubled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.channels import CARRIER_CSV, FILES, ODD_CSV
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, Letter, write_mbox, write_zip

NUMBER = "+493055501000"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def home(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("GONEQUIET_COUNTRY", "DE")
    monkeypatch.setenv("GONEQUIET_TIME_ZONE", "Europe/Berlin")
    return desk


def takes_in(desk: Desk, *places: Path) -> tuple[int, int]:
    answer = desk.run("import", *places, "--as", "Kim Adler", "--workers", "1", "--json")
    assert answer.code == 0, answer
    sources = answer.json["sources"]
    return sum(one["messages"] for one in sources), sum(one["copies"] for one in sources)


def test_a_folder_of_everything_is_read_and_a_second_time_adds_nothing(
    home: Desk, files: Path
) -> None:
    before = {one.name: one.read_bytes() for one in files.iterdir()}
    first, _ = takes_in(home, files)
    assert first == 20
    export = home.export()
    assert takes_in(home, files) == (0, 0)
    assert home.export() == export
    assert {one.name: one.read_bytes() for one in files.iterdir()} == before
    assert home.asks("verify")["sound"]
    channels = {line["channel"] for line in home.exported("message")}
    assert channels == {"call", "text", "chat", "network", "card"}


@pytest.mark.parametrize("name", FILES)
def test_the_same_record_of_two_files_is_one(home: Desk, files: Path, name: str) -> None:
    first, _ = takes_in(home, files / name)
    (files.parent / "again").mkdir()
    again = files.parent / "again" / name
    again.write_bytes(FILES[name] + b"\n")
    assert takes_in(home, again) == (0, first)
    assert home.asks("verify")["sound"]


def test_an_archive_holds_them_as_well(home: Desk, files: Path, tmp_path: Path) -> None:
    direct, _ = takes_in(home, files)
    members = [(f"Takeout/{name}", content) for name, content in FILES.items()]
    assert takes_in(home, write_zip(tmp_path / "all.zip", members)) == (0, direct)


def test_a_backup_that_grew_adds_what_is_new(home: Desk, tmp_path: Path) -> None:
    from tests.support.channels import calls_xml

    file = tmp_path / "calls.xml"
    file.write_bytes(calls_xml(3))
    takes_in(home, file)
    file.write_bytes(calls_xml(5))
    assert takes_in(home, file)[0] == 2
    assert home.asks("verify")["sound"]


def test_a_call_answers_a_mail_once_the_card_says_whose_number_it_is(
    home: Desk, tmp_path: Path
) -> None:
    asked = Letter(
        sender=OWNER,
        to=DANA,
        subject="The plan",
        text="Could you send me the plan, please?\n",
        at=START - timedelta(days=2),
        message_id="p@x.example",
    )
    takes_in(home, write_mbox(tmp_path / "Sent.mbox", [asked]))
    home.run("me", "kim@adler.example")
    (tmp_path / "carrier.csv").write_bytes(CARRIER_CSV)
    home.run("import", tmp_path / "carrier.csv")
    as_of = ("--as-of", "2025-05-01")
    assert len(home.asks("show", "dana.reyes@harbour.example", *as_of)["matters"]) == 1
    home.run("merge", "dana.reyes@harbour.example", f"tel:{NUMBER}")
    found = home.asks("show", "dana.reyes@harbour.example", *as_of)
    assert found["matters"] == []
    assert found["outcomes"] == {"other_channel": 1}


def test_a_table_is_told_its_columns_once(home: Desk, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_bytes(ODD_CSV)
    assert home.run("import", tmp_path / "odd.csv").code == 1
    assert [one["kind"] for one in home.problems()] == ["not_recognised"]
    wrong = home.run("import", tmp_path / "odd.csv", "--map", "number=nobody", "--map", "at=when")
    assert wrong.code == 2
    assert "'whom'" in wrong.err
    columns = ("--map", "number=whom", "--map", "at=when", "--map", "direction=how")
    assert home.run("import", tmp_path / "odd.csv", *columns).code == 0
    assert len(home.exported("message")) == 1
    (tmp_path / "later.csv").write_bytes(ODD_CSV.replace(b"09:15", b"10:15"))
    assert home.run("import", tmp_path / "later.csv").code == 0
    assert len(home.exported("message")) == 2


def test_what_is_cut_off_keeps_what_came_before_and_says_so(home: Desk, files: Path) -> None:
    for name, content in FILES.items():
        (files / name).write_bytes(content[: len(content) * 2 // 3])
    takes_in(home, files)
    assert home.asks("verify")["sound"]
    assert len(home.exported("message")) >= 10
    assert home.problems()


def test_a_country_said_later_doubles_no_text(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.support.channels import texts_xml

    file = tmp_path / "sms.xml"
    file.write_bytes(texts_xml(4))
    first, _ = takes_in(desk, file)
    monkeypatch.setenv("GONEQUIET_COUNTRY", "DE")
    assert takes_in(desk, file) == (0, first)
    assert desk.asks("verify")["sound"]

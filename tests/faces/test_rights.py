"""The contacts' rights: exported whole, erased whole and kept out, left alone; and the owner's."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.channels import FILES
from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, START, TOMAS, Letter, answer_to, write_mbox

DANA_ADDRESS = "dana.reyes@harbour.example"
TOMAS_ADDRESS = "tomas.lindt@birch.example"
WORDS = ("zebrawood", "quinceblossom", "marzipanned", "hollyhocked")


def letters() -> list[Letter]:
    """Dana alone, Dana with Tomas, Tomas alone, and Tomas about Dana."""
    hers = Letter(text=f"The {WORDS[0]} and the {WORDS[1]} are ready.\n", message_id="1@x.example")
    own = answer_to(hers, OWNER, text=f"Thank you for the {WORDS[2]}, Dana.\n")._replace(
        message_id="2@x.example"
    )
    both = Letter(
        sender=OWNER,
        to=f"{DANA}, {TOMAS}",
        subject="Harbour, with Dana Reyes",
        text="Shall the three of us meet, Dana Reyes and Tomas?\n",
        at=START + timedelta(days=1),
        message_id="3@x.example",
    )
    his = Letter(
        sender=TOMAS,
        to=OWNER,
        subject="Prices",
        text="Could you send me the prices? I met Dana  Reyes (dana.reyes@harbour.example).\n",
        at=START + timedelta(days=2),
        message_id="4@x.example",
    )
    return [hers, own, both, his]


@pytest.fixture
def box(tmp_path: Path, desk: Desk) -> Path:
    desk.run("me", "kim@adler.example")
    box = write_mbox(tmp_path / "mail" / "Dana Reyes" / "Sent.mbox", letters())
    desk.takes_in(tmp_path / "mail")
    desk.run("me", "kim@adler.example")
    return box


def found_on_disk(folder: Path, *words: str) -> set[str]:
    """Returns which words any file of a folder holds."""
    files = [one.read_bytes().lower() for one in folder.rglob("*") if one.is_file()]
    return {word for word in words if any(word.lower().encode() in held for held in files)}


def test_one_contact_is_written_whole(box: Path, desk: Desk, tmp_path: Path) -> None:
    desk.run("log", "met", DANA_ADDRESS, "--on", "2025-03-20", "--note", "at the fair")
    whole = desk.asks("whole", DANA_ADDRESS)
    assert [one["subject"] for one in whole["records"]].count("Met") == 1
    assert {WORDS[0], WORDS[2]} <= set(json.dumps(whole["records"]).replace(",", " ").split())
    assert whole["contact"]["key"] == DANA_ADDRESS
    assert whole["as_of"].endswith("Z")
    assert whole["contact"]["last_received_at"].startswith("2025-")
    assert [one["verb"] for one in whole["said_by_you"]] == ["log"]
    assert desk.run("whole", DANA_ADDRESS, "--html", tmp_path / "d.html").code == 0
    page = (tmp_path / "d.html").read_text()
    assert WORDS[0] in page
    assert "default-src 'none'" in page


def test_what_was_concluded_is_written_with_what_it_rests_on(
    box: Path, desk: Desk, tmp_path: Path
) -> None:
    promise = Letter(
        text="I will send you the figures by Friday.\n", message_id="5@x.example"
    )._replace(at=START + timedelta(days=3))
    desk.takes_in(write_mbox(tmp_path / "more" / "Inbox.mbox", [promise]))
    page = tmp_path / "d.html"
    concluded = desk.asks("whole", DANA_ADDRESS)["concluded"]
    assert concluded["verdict"]
    (one,) = concluded["promises"]
    assert (one["side"], one["said"]["message_id"]) == ("theirs", "5@x.example")
    desk.run("whole", DANA_ADDRESS, "--html", page)
    assert "send you the figures by Friday" in page.read_text().partition("<h2>Records")[0]
    desk.run("freeze", DANA_ADDRESS)
    frozen = desk.asks("whole", DANA_ADDRESS)["concluded"]
    assert (frozen["promises"], frozen["signs"], frozen["verdict"]) == ([], [], None)


def test_nothing_in_a_page_is_markup_of_the_records(desk: Desk, tmp_path: Path) -> None:
    wild = Letter(
        sender='"<img src=x onerror=alert(1)>" <wild@harbour.example>',
        subject="</title><script>alert(2)</script>",
        text="<iframe src='https://tracker.example'></iframe> \u202eevil\n",
        message_id="w@x.example",
    )
    desk.takes_in(write_mbox(tmp_path / "Inbox.mbox", [wild]))
    desk.run("whole", "wild@harbour.example", "--html", tmp_path / "w.html")
    page = (tmp_path / "w.html").read_text()
    assert not any(tag in page for tag in ("<script", "<img", "<iframe", "\u202e"))


def test_an_erased_contact_is_nowhere_on_the_disk(box: Path, desk: Desk) -> None:
    desk.run("log", "met", DANA_ADDRESS, "--on", "2025-03-20", "--note", f"about {WORDS[3]}")
    traces = (DANA_ADDRESS, "Dana Reyes", "Reyes, Dana", "Dana  Reyes", *WORDS)
    assert found_on_disk(desk.db.parent, *traces) >= {DANA_ADDRESS, "Dana Reyes", WORDS[3]}
    answer = desk.run("erase", "Dana Reyes", "--yes", "--json")
    assert answer.code == 0
    assert answer.json["records"] == 3
    assert found_on_disk(desk.db.parent, *traces) == set()
    assert desk.asks("verify")["sound"]


def test_nobody_comes_back_with_the_next_import(box: Path, desk: Desk, tmp_path: Path) -> None:
    desk.run("erase", DANA_ADDRESS, "--yes")
    before = desk.exported("message")
    assert desk.run("import", tmp_path / "mail").code == 0
    write_mbox(tmp_path / "again" / "Sent.mbox", letters())
    assert desk.takes_in(tmp_path / "again")[0] == 0
    assert found_on_disk(desk.db.parent, DANA_ADDRESS, "Dana Reyes", *WORDS) == set()
    assert len(desk.exported("message")) == len(before)
    assert desk.asks("verify")["sound"]


@pytest.mark.parametrize(
    "name",
    ["Mail with Dana Reyes.mbox", "reyes, dana/Sent.mbox", "dana.reyes@harbour.example.mbox"],
)
def test_a_place_named_after_an_erased_contact_is_kept_without_the_name(
    box: Path, desk: Desk, tmp_path: Path, name: str
) -> None:
    desk.run("erase", DANA_ADDRESS, "--yes")
    for place in (tmp_path / "named" / name, tmp_path / "named"):
        write_mbox(tmp_path / "named" / name, letters())
        desk.takes_in(place)
        desk.takes_in(place)
    traces = ("Dana Reyes", "reyes, dana", name.partition("/")[0])
    assert found_on_disk(desk.db.parent, *traces) == set()
    assert len({one["location"] for one in desk.asks("status")["sources"]}) == 3
    assert desk.asks("verify")["sound"]


def test_what_others_share_stays_without_the_erased(box: Path, desk: Desk) -> None:
    desk.run("erase", DANA_ADDRESS, "--yes")
    left = {one["message_id"]: one for one in desk.exported("message")}
    assert set(left) == {"3@x.example", "4@x.example"}
    assert ["to", TOMAS_ADDRESS] in left["3@x.example"]["participants"]
    assert "[erased]" in left["4@x.example"]["new_text"]
    assert "prices" in left["4@x.example"]["new_text"]


def test_records_of_others_are_as_they_were(box: Path, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    desk.run("import", folder, "--as", "Kim Adler")
    texts = {one["key"]: one["new_text"] for one in desk.exported("message")}
    desk.run("erase", TOMAS_ADDRESS, "--yes")
    after = {one["key"]: one["new_text"] for one in desk.exported("message")}
    gone = texts.keys() - after.keys()
    assert gone
    assert all(texts[key] == after[key] for key in after)
    assert desk.asks("verify")["sound"]


def test_erasing_asks_first_and_nothing_happens_without_a_yes(box: Path, desk: Desk) -> None:
    before = desk.export()
    answer = desk.run("erase", DANA_ADDRESS)
    assert answer.code == 1
    assert desk.export() == before


def test_a_frozen_contact_is_left_alone_until_thawed(box: Path, desk: Desk) -> None:
    assert DANA_ADDRESS in {one["contact_key"] for one in _open(desk)}
    assert desk.run("freeze", DANA_ADDRESS).code == 0
    assert DANA_ADDRESS not in {one["contact_key"] for one in _open(desk)}
    assert desk.run("freeze", DANA_ADDRESS).code in (1, 2)
    aside = {one["key"]: one["set_aside"] for one in desk.asks("contacts", "--set-aside")}
    assert aside[DANA_ADDRESS] == "frozen"
    assert len(desk.asks("search", "prices")) == 1
    desk.run("undo")
    assert DANA_ADDRESS in {one["contact_key"] for one in _open(desk)}


def _open(desk: Desk) -> list[dict[str, str]]:
    found = desk.asks("quiet", "--as-of", "2025-04-20")
    return [*found["quiet"], *found["waiting"]]


def test_records_are_kept_as_long_as_the_owner_says(box: Path, desk: Desk, tmp_path: Path) -> None:
    place = desk.asks("status")["sources"][0]["location"]
    assert desk.asks("retain", place, "--days", "30")["deleted"] == 4
    assert desk.exported("message") == []
    (tmp_path / "mail" / "Dana Reyes" / "Sent.mbox").touch()
    desk.run("import", tmp_path / "mail")
    assert desk.exported("message") == []
    assert desk.asks("verify")["sound"]


def test_a_backup_restores_what_was_there(box: Path, desk: Desk, tmp_path: Path) -> None:
    before = desk.export()
    assert desk.run("backup", tmp_path / "safe.db").code == 0
    desk.run("erase", DANA_ADDRESS, "--yes")
    answer = desk.run("restore", tmp_path / "safe.db")
    assert answer.code == 0
    assert "before-restore" in answer.out.replace("\n", "")
    assert desk.export() == before
    assert desk.asks("verify")["sound"]


def test_an_archive_fills_an_empty_place_with_the_same(
    box: Path, desk: Desk, tmp_path: Path
) -> None:
    desk.run("log", "met", TOMAS_ADDRESS, "--on", "2025-03-20", "--note", "fair")
    desk.run("erase", DANA_ADDRESS, "--yes")
    before = desk.export()
    desk.run("export", "--archive", "--out", tmp_path / "all.jsonl")
    other = Desk(tmp_path / "other" / "new.db")
    assert other.run("restore", tmp_path / "all.jsonl").code == 0
    assert other.export() == before
    assert other.asks("verify")["sound"]
    assert other.takes_in(tmp_path / "mail")[0] == 0


@pytest.mark.parametrize("what", ["nothing", "mail", "half", "text"])
def test_what_is_no_backup_is_refused_and_nothing_changes(
    box: Path, desk: Desk, tmp_path: Path, what: str
) -> None:
    before = desk.export()
    desk.run("export", "--archive", "--out", tmp_path / "all.jsonl")
    whole = (tmp_path / "all.jsonl").read_text()
    file = tmp_path / "file"
    if what != "nothing":
        file.write_text(
            {"mail": "From: x\n\n", "half": whole[: len(whole) // 2], "text": "x"}[what]
        )
    assert desk.run("restore", file).code in (1, 2)
    assert desk.export() == before
    assert not list(desk.db.parent.glob("*.before-restore*"))


def test_a_damaged_backup_is_refused(box: Path, desk: Desk, tmp_path: Path) -> None:
    before = desk.export()
    (tmp_path / "bad.db").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    assert desk.run("restore", tmp_path / "bad.db").code in (1, 2)
    assert desk.export() == before
    with sqlite3.connect(desk.db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

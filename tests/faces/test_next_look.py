"""The next look: what was judged is kept, stands as long as it should, and changes no number."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk, finish, start
from tests.support.letters import DANA, OWNER, START, Letter, correspondence, write_mbox

LAST = START + timedelta(minutes=37 * 600)
AT_ONCE = ("--as-of", f"{LAST + timedelta(hours=2):%Y-%m-%dT%H:%M}Z")
LATER = ("--as-of", f"{LAST + timedelta(days=2):%Y-%m-%d}")


@pytest.fixture
def busy(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with a fortnight of mail, the owner known."""
    sent: list[Letter] = []
    received: list[Letter] = []
    for letter in correspondence(600):
        (sent if letter.sender == OWNER else received).append(letter)
    desk.takes_in(write_mbox(tmp_path / "Sent", sent), write_mbox(tmp_path / "Inbox", received))
    desk.run("me", "kim@adler.example")
    return desk


def forget_looks(desk: Desk) -> int:
    """Drops everything that was judged; returns how many looks there were."""
    with sqlite3.connect(desk.db) as connection:
        found = connection.execute("SELECT count(*) FROM look").fetchone()[0]
        connection.execute("DELETE FROM look")
        connection.execute("DELETE FROM judged")
    connection.close()
    return int(found)


def open_matters(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [*report["quiet"], *report["waiting"]]


def test_what_is_kept_is_what_would_be_judged(busy: Desk) -> None:
    judged = busy.asks("quiet", *LATER)
    assert len(open_matters(judged)) > 20
    assert busy.asks("quiet", *LATER) == judged
    assert forget_looks(busy) == len(open_matters(judged))
    assert busy.asks("quiet", *LATER) == judged


def test_a_kept_answer_needs_no_model(busy: Desk) -> None:
    busy.asks("quiet", *LATER)
    environment = {"PYTHONPROFILEIMPORTTIME": "1"}
    answer = finish(start("quiet", *LATER, "--db", busy.db, environment=environment))
    loaded = set(re.findall(r"^import time:.*\| +([\w.]+)$", answer.err, re.MULTILINE))
    assert "gonequiet.app.judging" in loaded
    assert not loaded & {"numpy", "sqlalchemy", "holidays", "gonequiet.app.believing"}


def test_one_contact_is_judged_as_all_are(busy: Desk) -> None:
    alone = busy.asks("show", "p1@firm1.example", *LATER)["matters"]
    together = open_matters(busy.asks("quiet", *LATER))
    theirs = [one for one in together if one["contact_key"] == "p1@firm1.example"]
    chances = {one["message_id"]: one["probability"] for one in theirs}
    assert alone
    assert {one["message_id"]: one["probability"] for one in alone} == pytest.approx(chances)


def test_other_mail_makes_another_judgement(busy: Desk, tmp_path: Path) -> None:
    before = busy.asks("quiet", *LATER)
    asked = next(one for one in before["quiet"] + before["waiting"])
    answer = Letter(
        f"<{asked['address']}>",
        OWNER,
        f"Re: {asked['matter']}",
        "Here it is.\n",
        LAST + timedelta(days=1),
        "late@made.example",
        asked["message_id"],
    )
    busy.takes_in(write_mbox(tmp_path / "More", [answer]))
    after = busy.asks("quiet", *LATER)
    left = {one["message_id"] for one in open_matters(after)}
    assert asked["message_id"] not in left
    forget_looks(busy)
    assert busy.asks("quiet", *LATER) == after


def test_the_owners_word_makes_another_judgement(busy: Desk) -> None:
    before = busy.asks("quiet", *LATER)
    busy.run("merge", "p1@firm1.example", "p2@firm2.example")
    after = busy.asks("quiet", *LATER)
    assert after != before
    forget_looks(busy)
    assert busy.asks("quiet", *LATER) == after


def test_another_threshold_makes_another_judgement(
    busy: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = busy.asks("quiet", *AT_ONCE)
    monkeypatch.setenv("GONEQUIET_QUIET_BELOW", "0.02")
    after = busy.asks("quiet", *AT_ONCE)
    assert after["waiting"] != before["waiting"]
    forget_looks(busy)
    assert busy.asks("quiet", *AT_ONCE) == after


def test_the_past_is_judged_as_it_was(desk: Desk, tmp_path: Path) -> None:
    letters = correspondence(600)
    box = write_mbox(tmp_path / "Sent mail", letters[:400])
    moment = ("--as-of", f"{letters[399].at:%Y-%m-%dT%H:%M}Z")
    desk.takes_in(box)
    desk.run("me", "kim@adler.example")
    then = desk.asks("quiet", *moment)
    desk.takes_in(write_mbox(tmp_path / "Later mail", letters[400:]))
    desk.asks("quiet", *LATER)
    since = desk.asks("quiet", *moment)
    assert open_matters(then)
    assert open_matters(since) == open_matters(then)


def waiting_of(desk: Desk, *as_of: str) -> dict[str, dict[str, Any]]:
    return {one["message_id"]: one for one in desk.asks("quiet", *as_of)["waiting"]}


def test_a_matter_becomes_quiet_at_its_next_look(busy: Desk) -> None:
    waiting = waiting_of(busy, *AT_ONCE)
    looks = [(one["look_again_at"], key) for key, one in waiting.items() if one["look_again_at"]]
    first, key = min(looks)
    report = busy.asks("quiet", *AT_ONCE)
    assert report["next_look_at"] == first
    before = datetime.fromisoformat(first) - timedelta(minutes=90)
    assert key in waiting_of(busy, "--as-of", f"{before:%Y-%m-%dT%H:%M:%S}Z")
    then = busy.asks("quiet", "--as-of", first)
    assert key in {one["message_id"] for one in then["quiet"]}


def test_nobody_is_quiet_before_a_working_day_and_the_next_look_says_when(
    desk: Desk, tmp_path: Path
) -> None:
    friday = START + timedelta(days=4)
    asked = Letter(OWNER, DANA, at=friday, message_id="ask@adler.example")
    desk.takes_in(write_mbox(tmp_path / "Sent", [asked]))
    desk.run("me", "kim@adler.example")
    report = desk.asks("quiet", "--as-of", f"{friday + timedelta(days=1):%Y-%m-%d}")
    assert report["quiet"] == []
    look = report["waiting"][0]["look_again_at"]
    assert look is None or look >= f"{friday + timedelta(days=3):%Y-%m-%d}"


def test_status_names_the_next_look_while_what_was_judged_stands(
    busy: Desk, tmp_path: Path
) -> None:
    assert busy.asks("status")["judged_at"] is None
    assert "Not judged since" in busy.run("status").out
    judged = busy.asks("quiet", *AT_ONCE)
    status = busy.asks("status")
    assert status["judged_at"] == judged["as_of"]
    assert status["next_look_at"] == judged["next_look_at"]
    assert "next moment to look" in busy.run("status").out
    busy.takes_in(write_mbox(tmp_path / "More", [Letter(at=LAST)]))
    assert busy.asks("status")["judged_at"] is None


def test_a_question_about_now_is_answered_as_of_the_last_one(busy: Desk) -> None:
    first, second = busy.asks("quiet"), busy.asks("quiet")
    assert second == first
    assert busy.asks("show", "p1@firm1.example")["as_of"] == first["as_of"]


def test_only_the_latest_judgements_are_kept(busy: Desk) -> None:
    for days in range(15):
        busy.asks("quiet", "--as-of", f"{LAST + timedelta(days=days):%Y-%m-%d}")
    with sqlite3.connect(busy.db) as connection:
        kept = connection.execute("SELECT count(*) FROM judged").fetchone()[0]
        orphans = connection.execute(
            "SELECT count(*) FROM look WHERE judged_id NOT IN (SELECT id FROM judged)"
        ).fetchone()[0]
    connection.close()
    assert kept == 12
    assert orphans == 0


def test_a_look_ahead_is_not_taken_for_the_present(busy: Desk) -> None:
    judged = busy.asks("quiet", *LATER)
    busy.asks("quiet", "--as-of", "2199-01-01")
    assert busy.asks("status")["judged_at"] == judged["as_of"]
    assert busy.asks("quiet")["as_of"] < "2199"

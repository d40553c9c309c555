"""`gonequiet recap` through its front door: notes in, a ledger and a draft out."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, LEASE, START, answer_to, write_mbox

ANSWER = answer_to(LEASE, DANA, text="Let us talk on the phone this week.\n")
SPOKE = START + timedelta(days=6)
TALK = f"{SPOKE:%Y-%m-%dT10:00Z}"
AS_OF = ("--as-of", f"{START + timedelta(days=7):%Y-%m-%d}")
NOTES = "rent stays as it is\nDana: signed lease by 20 March\nI send the plans tomorrow\n"


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    write_mbox(tmp_path / "mail" / "Inbox", [ANSWER])
    write_mbox(tmp_path / "mail" / "Sent", [LEASE])
    desk.takes_in(tmp_path / "mail")
    desk.run("me", "kim@adler.example")
    desk.run("log", "called", "dana.reyes@harbour.example", "--on", TALK, "--minutes", "20")
    return desk


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes.txt"
    file.write_text(NOTES, "utf-8")
    return file


def recapped(desk: Desk, *words: str | Path) -> Any:
    return desk.asks("recap", "dana", *words, *AS_OF)


def promised(desk: Desk) -> list[tuple[str, str, str | None]]:
    listed = desk.asks("promises", *AS_OF)["promises"]
    return [(one["side"], one["what"], one["due_on"]) for one in listed]


def test_what_each_side_undertakes_goes_into_the_ledger_once_confirmed(
    filled: Desk, notes: Path
) -> None:
    made = recapped(filled, "--notes", notes, "--yes")
    assert promised(filled) == [
        ("mine", "send the plans", f"{START + timedelta(days=7):%Y-%m-%d}"),
        ("theirs", "signed lease", "2025-03-20"),
    ]
    keys = [one["promise"] for one in made["recap"]["steps"]]
    listed = filled.asks("promises", *AS_OF)["promises"]
    assert sorted(keys) == sorted(one["key"] for one in listed)


def test_nothing_goes_into_the_ledger_unasked(filled: Desk, notes: Path) -> None:
    recapped(filled, "--notes", notes)
    assert promised(filled) == []


def test_one_undo_takes_the_whole_recap_back(filled: Desk, notes: Path) -> None:
    recapped(filled, "--notes", notes, "--yes")
    assert "Taken back: agreed" in filled.run("undo").out
    assert promised(filled) == []


def test_the_recap_answers_the_last_mail_and_names_the_call(filled: Desk, notes: Path) -> None:
    draft = recapped(filled, "--notes", notes)["draft"]
    assert draft["reply_to"] == ANSWER.message_id
    assert f"Thank you for the call on {SPOKE:%A}, {SPOKE.day} March." in draft["body"]
    assert "- rent stays as it is\n" in draft["body"]
    assert "- Dana: signed lease, by 20 March\n" in draft["body"]
    assert draft["findings"] == []
    assert draft["saved"]["outcome"] == "made"


def test_going_over_the_notes_rewrites_the_untouched_draft_and_the_ledger(
    filled: Desk, notes: Path
) -> None:
    first = recapped(filled, "--notes", notes, "--yes")["draft"]
    notes.write_text("Dana: signed lease by 27 March\n", "utf-8")
    again = recapped(filled, "--notes", notes, "--yes")["draft"]
    assert (again["id"], again["saved"]["outcome"]) == (first["id"], "rewritten")
    assert promised(filled) == [("theirs", "signed lease", "2025-03-27")]


def test_without_notes_there_is_a_form_that_never_replaces_a_letter(
    filled: Desk, notes: Path
) -> None:
    form = recapped(filled)["draft"]
    assert "Who does what, and by when\n\n- Dana:\n" in form["body"]
    assert form["findings"] == []
    assert recapped(filled, "--notes", notes)["draft"]["saved"]["outcome"] == "rewritten"
    assert recapped(filled)["draft"]["saved"]["outcome"] == "same"
    saved = Path(form["saved"]["file"]).read_text("utf-8")
    assert "rent stays as it is" in saved


def test_what_is_not_plainly_said_is_neither_recorded_nor_asserted(
    filled: Desk, notes: Path
) -> None:
    notes.write_text("Dana might lower the rent\n", "utf-8")
    made = recapped(filled, "--notes", notes, "--yes")
    assert promised(filled) == []
    assert "- Dana might lower the rent\n" in made["draft"]["body"]


def test_notes_of_nobody_known_are_refused_with_what_to_do(filled: Desk, notes: Path) -> None:
    answer = filled.run("recap", "Zebulon", "--notes", notes, *AS_OF)
    assert answer.code == 2
    assert "gonequiet meetings" in answer.err


def test_nothing_is_drafted_to_somebody_frozen(filled: Desk, notes: Path) -> None:
    filled.run("freeze", "dana")
    answer = filled.run("recap", "dana", "--notes", notes, "--yes", *AS_OF)
    assert answer.code == 2
    assert "frozen" in answer.err
    assert promised(filled) == []


def test_erasing_the_contact_erases_what_was_agreed(filled: Desk, notes: Path) -> None:
    recapped(filled, "--notes", notes, "--yes")
    assert filled.run("erase", "dana", "--yes").code == 0
    assert "signed lease" not in filled.export()


def test_notes_are_read_from_standard_input(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(NOTES))
    assert len(recapped(filled, "--notes", "-")["recap"]["steps"]) == 2


def test_what_was_agreed_on_the_phone_counts_without_a_mail_address(
    filled: Desk, notes: Path, tmp_path: Path
) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Fenn\r\nTEL:+493012345678\r\nEND:VCARD\r\n"
    (tmp_path / "ada.vcf").write_text(card, "utf-8")
    filled.takes_in(tmp_path / "ada.vcf")
    filled.run("log", "called", "+493012345678", "--on", TALK)
    notes.write_text("Ada: keys by Friday\n", "utf-8")
    made = filled.asks("recap", "+493012345678", "--notes", notes, "--yes", *AS_OF)
    assert made["draft"] is None
    assert [what for _, what, _ in promised(filled)] == ["keys"]


def test_what_the_notes_hold_stays_literal(filled: Desk, notes: Path) -> None:
    notes.write_text(
        "{{7*7}} and %(x)s were on the table\nDana: {% raw %} file by Friday\n", "utf-8"
    )
    body = recapped(filled, "--notes", notes)["draft"]["body"]
    assert "- {{7*7}} and %(x)s were on the table\n" in body
    assert "- Dana: {% raw %} file, by 14 March\n" in body


def test_in_a_terminal_the_owner_is_asked_and_can_leave_a_line_out(
    filled: Desk, notes: Path
) -> None:
    shown = typed(filled, "1\n", "recap", "dana", "--notes", str(notes), *AS_OF)
    assert "Into the ledger: 1, 2?" in shown
    assert [side for side, _, _ in promised(filled)] == ["mine"]


def typed(desk: Desk, keys: str, *words: str) -> str:
    """Runs a command in a terminal, with what is typed there; returns what it shows."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "gonequiet", *words, "--db", str(desk.db)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, keys.encode())
    shown = b""
    try:
        while part := os.read(ours, 4_096):
            shown += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait(60) == 0, shown
    return shown.decode()

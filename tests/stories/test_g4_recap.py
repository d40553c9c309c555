"""G4 and G3: what was agreed is written down; somebody's reliability is asked about discreetly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.stories.conftest import Asked


def test_a_recap_says_what_was_discussed_and_who_does_what_by_when(
    ask: Asked, truth: dict[str, Any]
) -> None:
    draft = ask(
        "draft", truth["silences"][0]["addresses"][0], "--as", "recap", "--print", "--language",
        "en", "--matter", "the price of phase two", "--step",
        "Dana: names two dates by 2026-05-15", "--step", "Clara: sends the revised plan",
        "--as-of", truth["as_of"],
    )  # fmt: skip
    assert "- the price of phase two\n" in draft["body"]
    assert "- Dana: names two dates, by 15 May\n- Clara: sends the revised plan\n" in draft["body"]
    assert draft["findings"] == []


def test_after_a_meeting_the_notes_become_promises_of_both_sides_and_a_letter(
    desk: Asked, truth: dict[str, Any], tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text(
        "the carve-out needs a second look\nMichael: updated data room list by Tuesday\n"
        "I send the revised plan by 12 May\n",
        "utf-8",
    )
    as_of = ("--as-of", truth["as_of"])
    made = desk(
        "recap", "Project Osprey: half an hour", "--notes", str(notes), "--yes", "--to-folder",
        str(tmp_path / "drafts"), *as_of,
    )  # fmt: skip
    assert made["recap"]["contact"] == "Michael Chen"
    assert made["recap"]["talk"]["title"] == "Project Osprey: half an hour?"
    body = made["draft"]["body"]
    assert "Thank you for the call on Tuesday, 5 May." in body
    assert "- the carve-out needs a second look\n" in body
    assert "- Michael: updated data room list, by 12 May\n" in body
    assert "- Clara: send the revised plan, by 12 May\n" in body
    assert made["draft"]["reply_to"]
    assert made["draft"]["findings"] == []
    (theirs,) = desk("promises", "mchen@castellan.example", "--side", "theirs", *as_of)["promises"]
    assert (theirs["what"], theirs["due_on"]) == ("updated data room list", "2026-05-12")
    assert theirs["said"]["words"] == "Michael: updated data room list by Tuesday"


def test_a_recap_with_a_dated_step_of_each_side_puts_the_engagement_on_track(
    desk: Asked, truth: dict[str, Any], tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Gita: purchase order by 15 May\nme: schedule by 13 May\n", "utf-8")
    as_of = ("--as-of", truth["as_of"])
    folder = ("--to-folder", str(tmp_path / "drafts"))
    desk("recap", "Gita Desai", "--notes", str(notes), "--yes", *folder, *as_of)
    (step,) = [one for one in desk("next", *as_of) if one["name"] == "Thurrock site"]
    assert step["state"] == "on track"
    assert "schedule" in step["step"]["says"]


def test_a_reference_is_asked_for_in_confidence_and_says_nothing_against_anybody(
    ask: Asked, truth: dict[str, Any]
) -> None:
    draft = ask(
        "draft", truth["silences"][0]["addresses"][0], "--as", "reference", "--print",
        "--language", "en", "--person", "Lea Ost", "--as-of", truth["as_of"],
    )  # fmt: skip
    assert "in confidence" in draft["subject"]
    assert "nothing needs to be in writing" in draft["body"]
    assert draft["reply_to"] == ""
    assert draft["findings"] == []

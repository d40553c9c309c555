"""C5: drafts lie among the owner's own, once for a plan; nobody else's are touched."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from tests.stories.conftest import Asked

FOREIGN = b"From: clara@brandtfield.example\nTo: aiko@kaisei.example\nSubject: Not yet\n\nHello\n"


def mail_at(path: str) -> EmailMessage:
    return email.message_from_bytes(Path(path).read_bytes(), policy=default)


def test_the_same_plan_twice_makes_one_draft_and_what_was_there_stays(
    desk: Asked, truth: dict[str, Any], tmp_path: Path
) -> None:
    drafts = tmp_path / "Mail" / ".Drafts"
    for part in ("cur", "new", "tmp"):
        (drafts / part).mkdir(parents=True)
    (drafts / "cur" / "1700000000.1.host:2,D").write_bytes(FOREIGN)
    words = ("draft", "Priscilla Okafor", "--as", "reminder", "--to-folder", str(drafts),
             "--as-of", truth["as_of"])  # fmt: skip
    first, again = desk(*words), desk(*words)

    assert (first["saved"]["outcome"], again["saved"]["outcome"]) == ("made", "same")
    assert len(list((drafts / "cur").iterdir())) == 2
    assert (drafts / "cur" / "1700000000.1.host:2,D").read_bytes() == FOREIGN
    letter = mail_at(first["saved"]["file"])
    assert letter["In-Reply-To"] == f"<{first['reply_to']}>"
    assert letter["X-Gonequiet-Draft"]


def test_an_invitation_brings_its_calendar_file(
    desk: Asked, truth: dict[str, Any], tmp_path: Path
) -> None:
    made = desk(
        "draft", "Hugh Penrose", "--as", "invitation", "--on", "2026-05-12", "--at", "10:00",
        "--place", "Cafe Nord", "--to-folder", str(tmp_path), "--as-of", truth["as_of"],
    )  # fmt: skip
    (event,) = mail_at(made["saved"]["file"]).iter_attachments()
    assert event.get_filename() == "invitation.ics"
    assert "SUMMARY" in event.get_content()
    assert "Cafe Nord" in event.get_content()

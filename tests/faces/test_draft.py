"""`gonequiet draft`, `outbox` and `templates` through their front door."""

from __future__ import annotations

import email
import json
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Answer, Desk
from tests.support.letters import DANA, LEASE, OWNER, START, TOMAS, Letter, answer_to, write_mbox

GREETED = Letter(
    sender=OWNER,
    to=DANA,
    subject="Harbour tour",
    text="Hi Dana,\n\nwould you send me the photographs, please?\n\nCheers,\nKim\n",
    at=START - timedelta(days=20),
    message_id="tour@adler.example",
)
FOLLOWED = Letter(
    sender=OWNER,
    to=DANA,
    subject="Re: The lease",
    text="Hi Dana,\n\nclause 4 is agreed. Would Tuesday suit you to sign?\n\nCheers,\nKim\n",
    at=START + timedelta(days=9),
    message_id="lease2@adler.example",
    answers="lease@adler.example",
)
KEYS = Letter(
    sender=TOMAS,
    to=OWNER,
    subject="Two spare keys",
    text="Hello Kim,\n\ncould you lend us the two spare keys for May?\n\nTomas\n",
    at=START + timedelta(days=5),
    message_id="keys@birch.example",
)
LETTERS = [GREETED, answer_to(GREETED, DANA, text="With pleasure, they are attached.\n"), LEASE,
           FOLLOWED, KEYS]  # fmt: skip
AS_OF = ("--as-of", f"{START + timedelta(days=30):%Y-%m-%d}")


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    write_mbox(tmp_path / "mail" / "Inbox", [one for one in LETTERS if one.sender != OWNER])
    write_mbox(tmp_path / "mail" / "Sent", [one for one in LETTERS if one.sender == OWNER])
    desk.takes_in(tmp_path / "mail")
    desk.run("me", "kim@adler.example")
    return desk


def drafted(desk: Desk, *words: str | Path) -> Any:
    return desk.asks("draft", *words, *AS_OF)


def mail_at(path: str) -> EmailMessage:
    return email.message_from_bytes(Path(path).read_bytes(), policy=default)


def test_a_reminder_names_the_matter_its_date_and_one_easy_step(filled: Desk) -> None:
    made = drafted(filled, "dana", "--as", "reminder")
    assert made["to"] == "dana.reyes@harbour.example"
    assert made["from"] == "kim@adler.example"
    assert made["subject"] == "Re: The lease"
    assert '"The lease", in my note of 5 March' in made["body"]
    assert "One line is plenty" in made["body"]
    assert made["findings"] == []


def test_greeting_and_closing_are_those_the_owner_uses_with_them(filled: Desk) -> None:
    body = drafted(filled, "dana", "--as", "reminder")["body"]
    assert body.startswith("Hi Dana,\n")
    assert body.endswith("\nCheers,\nKim\n")


def test_a_reminder_answers_the_latest_message_of_its_thread(filled: Desk) -> None:
    message = mail_at(drafted(filled, "dana", "--as", "reminder")["saved"]["file"])
    assert message["In-Reply-To"] == "<lease2@adler.example>"
    assert message["References"] == "<lease@adler.example> <lease2@adler.example>"
    assert message["X-Gonequiet-Draft"]


def test_the_same_plan_twice_makes_one_draft(filled: Desk) -> None:
    first = drafted(filled, "dana", "--as", "reminder")
    again = drafted(filled, "dana", "--as", "reminder")
    assert (first["saved"]["outcome"], again["saved"]["outcome"]) == ("made", "same")
    assert first["saved"]["file"] == again["saved"]["file"]
    assert len(list(Path(first["saved"]["file"]).parent.iterdir())) == 1


def test_an_edited_draft_is_left_alone_and_said(filled: Desk) -> None:
    place = Path(drafted(filled, "dana", "--as", "reminder")["saved"]["file"])
    edited = place.read_bytes().replace(b"One line", b"A line")
    place.write_bytes(edited)
    again = drafted(filled, "dana", "--as", "reminder")
    assert again["saved"]["outcome"] == "edited"
    assert place.read_bytes() == edited
    (listed,) = filled.asks("outbox")["drafts"]
    assert listed["state"] == "edited"
    refused = filled.run("outbox", "remove", listed["plan"])
    assert refused.code == 2
    assert "You have edited this draft" in refused.err
    assert place.read_bytes() == edited


def test_a_draft_that_is_gone_is_not_made_again_unasked(filled: Desk) -> None:
    place = Path(drafted(filled, "dana", "--as", "reminder")["saved"]["file"])
    place.unlink()
    assert drafted(filled, "dana", "--as", "reminder")["saved"]["outcome"] == "gone"
    assert not place.exists()
    (listed,) = filled.asks("outbox")["drafts"]
    assert listed["state"] == "gone"
    assert drafted(filled, "dana", "--as", "reminder", "--again")["saved"]["outcome"] == "made"
    assert place.exists()


def test_an_untouched_draft_is_removed_by_the_beginning_of_its_id(filled: Desk) -> None:
    made = drafted(filled, "dana", "--as", "reminder")
    assert filled.run("outbox", "remove", made["id"][:5]).code == 0
    assert not Path(made["saved"]["file"]).exists()
    assert filled.asks("outbox")["drafts"] == []
    assert drafted(filled, "dana", "--as", "reminder")["saved"]["outcome"] == "made"


def test_an_unknown_id_is_refused(filled: Desk) -> None:
    refused = filled.run("outbox", "remove", "ffff")
    assert refused.code == 2
    assert "There is no draft 'ffff'" in refused.err


def test_a_draft_that_was_made_is_exported_verified_and_not_undone(filled: Desk) -> None:
    made = drafted(filled, "dana", "--as", "reminder")
    (edit,) = [one for one in filled.exported("edit") if one["verb"] == "draft"]
    assert json.loads(edit["second"])["plan"] == made["id"]
    assert filled.run("verify").code == 0
    filled.run("undo")
    assert len(filled.asks("outbox")["drafts"]) == 1


def test_a_maildir_can_be_named(filled: Desk, tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / ".Drafts" / part).mkdir(parents=True)
    there = tmp_path / "Maildir" / ".Drafts"
    made = drafted(filled, "dana", "--as", "reminder", "--to-folder", there)
    assert Path(made["saved"]["file"]).parent == there / "cur"


def test_the_folder_can_be_set(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONEQUIET_OUTBOX", str(tmp_path / "letters"))
    made = drafted(filled, "dana", "--as", "reminder")
    assert Path(made["saved"]["file"]).parent == tmp_path / "letters"


def test_a_folder_that_cannot_be_written_is_said_with_the_next_step(
    filled: Desk, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    answer = filled.run("draft", "dana", "--as", "reminder", *AS_OF, "--to-folder",
                        tmp_path / "file" / "below")  # fmt: skip
    assert answer.code == 1
    assert "--print shows the draft without saving it" in answer.err


def test_what_is_only_printed_is_not_saved(filled: Desk) -> None:
    answer = filled.run("draft", "dana", "--as", "reminder", "--print", *AS_OF)
    assert answer.code == 0
    assert "To:      Dana Reyes <dana.reyes@harbour.example>" in answer.out
    assert "nothing was saved" in answer.out
    assert filled.asks("outbox")["drafts"] == []


def test_a_call_script_is_shown_and_never_saved(filled: Desk) -> None:
    made = drafted(filled, "dana", "--as", "call")
    assert made["saved"] is None
    assert '"The lease" (of 5 March)' in made["body"]


def test_a_decline_answers_what_they_asked(filled: Desk) -> None:
    made = drafted(filled, "tomas", "--as", "decline")
    assert 'your message about "Two spare keys" of 8 March' in made["body"]
    assert mail_at(made["saved"]["file"])["In-Reply-To"] == "<keys@birch.example>"


def test_somebody_new_is_greeted_as_the_owner_greets(filled: Desk) -> None:
    assert drafted(filled, "tomas", "--as", "decline")["body"].startswith("Hi Tomas,\n")


def test_a_hand_off_names_who_takes_over(filled: Desk) -> None:
    body = drafted(filled, "tomas", "--as", "hand-off", "--person", "Lea Ost")["body"]
    assert "Lea Ost is the right person for it" in body


def test_an_invitation_carries_the_meeting_by_the_owners_clock(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONEQUIET_TIME_ZONE", "Europe/Berlin")
    made = drafted(filled, "dana", "--as", "invitation", "--on", "2025-07-03", "--at", "10:00",
                   "--place", "Harbour office")  # fmt: skip
    assert "Thursday, 3 July, 10:00, about 45 minutes\nHarbour office" in made["body"]
    (part,) = mail_at(made["saved"]["file"]).iter_attachments()
    assert b"DTSTART:20250703T080000Z" in part.get_payload(decode=True)


def test_a_talk_at_no_place_names_how_far_the_clock_is_from_utc(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONEQUIET_TIME_ZONE", "Europe/Berlin")
    made = drafted(filled, "dana", "--as", "invitation", "--on", "2025-07-03", "--at", "10:00")
    assert "10:00 (UTC+02:00)" in made["body"]


def test_a_recap_says_who_does_what_by_when(filled: Desk) -> None:
    steps = (
        "--step",
        "Dana: sends the signed lease by 2025-04-10",
        "--step",
        "Kim: books the room",
    )
    made = drafted(filled, "dana", "--as", "recap", "--matter", "the price", *steps)
    assert "- the price\n" in made["body"]
    assert "- Dana: sends the signed lease, by 10 April\n" in made["body"]
    assert "- Kim: books the room\n" in made["body"]


def test_a_promise_of_theirs_is_named_once_its_day_has_come(desk: Desk, tmp_path: Path) -> None:
    promised = answer_to(
        LEASE,
        DANA,
        text="Hi Kim,\n\nI will send you the signed lease by Friday 14 March.\n\nDana\n",
    )
    to_oneself = GREETED._replace(
        to=OWNER, at=START + timedelta(days=14), message_id="self@adler.example"
    )
    write_mbox(tmp_path / "mail" / "Inbox", [promised, KEYS])
    write_mbox(tmp_path / "mail" / "Sent", [GREETED, LEASE, FOLLOWED, to_oneself])
    desk.takes_in(tmp_path / "mail")
    desk.run("me", "kim@adler.example")
    words = ("draft", "dana", "--as", "call", "--as-of")
    before = desk.asks(*words, "2025-03-13")["body"]
    after = desk.asks(*words, "2025-03-18")["body"]
    assert "signed lease by Friday" not in before
    assert '"I will send you the signed lease by Friday 14 March" (of 5 March)' in after
    assert "(planned for 14 March)" in after


@pytest.mark.parametrize("day", ["1970-01-01", "2999-12-31"])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_day_at_the_end_of_time_is_only_empty(
    filled: Desk, monkeypatch: pytest.MonkeyPatch, day: str, zone: str
) -> None:
    monkeypatch.setenv("GONEQUIET_TIME_ZONE", zone)
    answer = filled.run("draft", "dana", "--as", "keep-warm", "--print", "--as-of", day)
    assert "Dana" in answer.out
    assert answer.code == 0


def test_german_is_written_on_request(filled: Desk) -> None:
    made = drafted(filled, "dana", "--as", "reminder", "--language", "de")
    assert "„The lease“, mein Schreiben vom 5. März" in made["body"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nobody", "--as", "reminder"), "No contact goes by 'nobody'"),
        (("tomas", "--as", "reminder"), "Name the matter yourself: --matter"),
        (("dana", "--as", "decline"), "nothing open on your side"),
        (("dana", "--as", "invitation"), "Say when"),
        (("dana", "--as", "invitation", "--on", "2025-07-03", "--at", "25:00"), "not an hour"),
        (("dana", "--as", "invitation", "--on", "soon", "--at", "10:00"), "not a day"),
        (("dana", "--as", "invitation", "--on", "2025-01-03", "--at", "10:00"), "is past"),
        (("dana", "--as", "reference"), "Say whom it is about"),
        (("dana", "--as", "recap"), "Say what was discussed"),
        (("dana", "--as", "recap", "--step", "sends the plan"), "does not say who"),
    ],
)
def test_wrong_requests_are_refused_with_the_next_step(
    filled: Desk, words: tuple[str, ...], said: str
) -> None:
    answer = filled.run("draft", *words, *AS_OF)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())
    assert filled.asks("outbox")["drafts"] == []


def edited_template(desk: Desk, name: str, text: str) -> Path:
    place = Path(desk_json("templates", "edit", name)["place"])
    place.write_text(text, encoding="utf-8")
    return place


def desk_json(*words: str) -> Any:
    return without_database(*words, "--json", code=0).json


def without_database(*words: str, code: int) -> Answer:
    """Runs a command that knows no `--db`."""
    import io
    from contextlib import redirect_stderr, redirect_stdout

    from gonequiet.cli.entry import run

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        found = run(list(words))
    assert found == code, err.getvalue()
    return Answer(found, out.getvalue(), err.getvalue())


def test_a_template_of_the_owners_outranks_ours_and_its_findings_are_told(filled: Desk) -> None:
    edited_template(filled, "reminder.en", "Subject: x\n\n{{ greeting }}\n\nJust checking in!\n")
    answer = filled.run("draft", "dana", "--as", "reminder", *AS_OF)
    assert answer.code == 1
    assert "empty-check-in" in answer.out
    assert "1 finding in its wording." in answer.out


def test_a_finding_can_be_ruled_out_in_the_settings(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited_template(filled, "reminder.en", "Subject: x\n\n{{ greeting }}\n\nJust checking in!\n")
    monkeypatch.setenv("GONEQUIET_LINT_DISABLE", "empty-check-in,guilt")
    assert drafted(filled, "dana", "--as", "reminder")["findings"] == []


def test_a_rule_that_is_none_is_refused_in_the_settings(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONEQUIET_LINT_DISABLE", "manners")
    answer = filled.run("draft", "dana", "--as", "reminder", *AS_OF)
    assert answer.code == 2
    assert "write rules 'gonequiet lint' has" in answer.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Subject: x\n\n{{ nope }}\n", "line 3"),
        ("Subject: x\n\n{{ 'a' * 999999999 }}\n", "'*' is not known in templates"),
        ("no subject\n", "Subject: ..."),
    ],
)
def test_a_wrong_template_is_named_with_its_line(filled: Desk, text: str, said: str) -> None:
    place = edited_template(filled, "reminder.en", text)
    answer = filled.run("draft", "dana", "--as", "reminder", *AS_OF)
    assert answer.code == 2
    assert str(place) in answer.err
    assert said in answer.err


def test_templates_are_listed_shown_and_never_overwritten(filled: Desk) -> None:
    names = {one["name"] for one in desk_json("templates")}
    assert {"reminder.en", "closing.de", "reference.en"} <= names
    assert "{{ greeting }}" in without_database("templates", "show", "closing.de", code=0).out
    edited_template(filled, "closing.de", "Subject: meins\n\nmeins\n")
    assert "meins" in desk_json("templates", "edit", "closing.de")["text"]
    assert "There is no template" in without_database("templates", "show", "x.en", code=2).err


def test_a_draft_is_judged_by_its_id(filled: Desk) -> None:
    made = drafted(filled, "dana", "--as", "reminder")
    assert without_database("lint", "--draft", made["id"][:6], code=0).out == "Nothing to reword.\n"
    place = Path(made["saved"]["file"])
    place.write_bytes(place.read_bytes().replace(b"One line is plenty", b"This is my third email"))
    judged = without_database("lint", "--draft", made["id"][:6], "--format", "json", code=1).json
    assert [each["rule"] for each in judged["findings"]] == ["counting-attempts"]


def test_a_name_that_could_steer_stays_literal(desk: Desk, tmp_path: Path) -> None:
    hostile = '"{{7*7}} %s \u202eevil" <dana.reyes@harbour.example>'
    asked = LEASE._replace(to=hostile)
    write_mbox(tmp_path / "mail" / "Sent", [asked])
    write_mbox(tmp_path / "mail" / "Inbox", [KEYS])
    desk.takes_in(tmp_path / "mail")
    desk.run("me", "kim@adler.example")
    made = drafted(desk, "dana.reyes@harbour.example", "--as", "reminder", "--language", "de")
    message = mail_at(made["saved"]["file"])
    assert message["To"].addresses[0].display_name == "{{7*7}} %s evil"
    assert "49" not in made["body"]
    assert "\u202e" not in made["body"]


def test_a_foreign_draft_in_the_folder_is_untouched(filled: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    foreign = folder / "mine.eml"
    foreign.write_bytes(b"Subject: mine\r\n\r\nleave me\r\n")
    made = drafted(filled, "dana", "--as", "reminder", "--to-folder", folder)
    filled.run("outbox", "remove", made["id"], "--to-folder", folder)
    assert foreign.read_bytes() == b"Subject: mine\r\n\r\nleave me\r\n"
    assert list(folder.iterdir()) == [foreign]


def test_nothing_is_drafted_to_a_contact_who_is_frozen(filled: Desk) -> None:
    filled.run("freeze", "dana")
    answer = filled.run("draft", "dana", "--as", "reminder", *AS_OF)
    assert answer.code == 2
    assert "--thaw" in answer.err


def test_erasing_a_contact_takes_our_drafts_to_them_from_every_folder(
    filled: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    place = Path(
        drafted(filled, "dana", "--as", "reminder", "--to-folder", folder)["saved"]["file"]
    )
    place.write_bytes(place.read_bytes() + b"one more line\r\n")
    kept = drafted(filled, "tomas", "--as", "decline", "--to-folder", folder)["saved"]["file"]
    drafted(filled, "dana", "--as", "closing")
    assert filled.run("erase", "dana", "--yes").code == 0
    assert list(folder.iterdir()) == [Path(kept)]
    assert filled.asks("outbox")["drafts"] == []
    assert [one["contact"] for one in filled.asks("outbox", "--to-folder", folder)["drafts"]] == [
        "tomas.lindt@birch.example"
    ]

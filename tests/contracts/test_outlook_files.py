"""Outlook files through the front door: mail like any other; what cannot be read is listed."""

from __future__ import annotations

import random
import signal
import sys
from pathlib import Path

import pytest

from tests.support.data_files import PstFolder, pst_file
from tests.support.desk import Desk
from tests.support.faults import stopped_imports
from tests.support.letters import (
    DANA,
    FOURTH,
    OWNER,
    Letter,
    answer_to,
    correspondence,
    write_eml,
    write_zip,
)
from tests.support.outlook import Given, Value, arrived, msg_file, person, sent

LETTER = Letter()
HEADERS = LETTER.raw().decode().partition("\n\n")[0]
ARRIVED = arrived(f"Received: from relay.example by mx.adler.example\n{HEADERS}", LETTER.text)
ANSWER = sent(
    "kim@adler.example",
    "dana.reyes@harbour.example",
    subject="Re: Draft agreement",
    text="Thursday suits me well. Could you send me the figures before?\r\n",
    at=LETTER.at.replace(hour=12),
    more={0x1035: "<two@adler.example>", 0x1042: "<one@harbour.example>", 0x0C1A: "Kim Adler"},
)


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def test_saved_messages_are_mail_with_threads_and_directions(desk: Desk, tmp_path: Path) -> None:
    saved = put(tmp_path / "saved", {"Inbox/a.msg": ARRIVED, "Sent Items/b.msg": ANSWER})
    assert desk.takes_in(saved) == (2, 0)
    assert desk.run("me", "kim@adler.example").code == 0
    messages = desk.exported("message")
    assert {line["direction"] for line in messages} == {"inbound", "outbound"}
    assert len({line["thread"] for line in messages}) == 1
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_a_message_known_from_a_mailbox_is_a_copy(desk: Desk, tmp_path: Path) -> None:
    write_eml(tmp_path / "mail", [LETTER])
    assert desk.takes_in(tmp_path / "mail") == (1, 0)
    assert desk.takes_in(put(tmp_path / "saved", {"a.msg": ARRIVED})) == (0, 1)
    assert desk.takes_in(put(tmp_path / "saved", {})) == (0, 0)


def test_it_is_the_same_in_an_archive(desk: Desk, tmp_path: Path) -> None:
    archive = write_zip(tmp_path / "saved.zip", [("a.msg", ARRIVED), ("b.msg", ANSWER)])
    assert desk.takes_in(archive) == (2, 0)


def test_what_is_no_message_or_damaged_is_listed(desk: Desk, tmp_path: Path) -> None:
    card = msg_file({0x001A: "IPM.Contact"})
    files = {"a.msg": ARRIVED, "card.msg": card, "cut.msg": ARRIVED[:3000]}
    assert desk.takes_in(put(tmp_path / "saved", files)) == (1, 0)
    assert {line["unit"]: line["problem_kind"] for line in desk.exported("problem")} == {
        "card.msg": "skipped",
        "cut.msg": "unreadable",
    }


@pytest.mark.parametrize("seed", range(6))
def test_a_data_file_that_is_none_is_one_problem_and_nothing_else_is_lost(
    desk: Desk, tmp_path: Path, seed: int
) -> None:
    junk = b"!BDN" + random.Random(seed).randbytes((0, 20, 508, 600, 5000, 100_000)[seed])
    saved = put(tmp_path / "saved", {"mail.pst": junk, "a.msg": ARRIVED})
    assert desk.takes_in(saved) == (1, 0)
    (problem,) = desk.exported("problem")
    assert problem["unit"] == "mail.pst"
    assert problem["problem_kind"] == "unreadable"
    assert desk.takes_in(saved) == (0, 0)
    assert len(desk.exported("problem")) == 1
    assert (saved / "mail.pst").read_bytes() == junk


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra was not installed."""
    monkeypatch.setitem(sys.modules, "olefile", None)
    monkeypatch.setitem(sys.modules, "pypff", None)


@pytest.mark.usefixtures("without_extra")
@pytest.mark.parametrize("name", ["a.msg", "mail.pst"])
def test_without_the_extra_the_owner_is_told_what_to_install(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    content = ARRIVED if name == "a.msg" else b"!BDN" + b"\0" * 600
    saved = put(tmp_path / "saved", {name: content})
    refused = desk.run("import", saved, "--workers", "1")
    assert refused.code == 1
    assert "pip install 'gonequiet[outlook]'" in refused.words


def test_once_the_extra_is_there_the_same_import_reads_what_was_left(
    desk: Desk, tmp_path: Path
) -> None:
    saved = put(tmp_path / "saved", {"a.msg": ARRIVED})
    write_zip(saved / "old.zip", [("b.msg", ANSWER)])
    write_eml(saved / "mail", [Letter(message_id="other@harbour.example", text="Hello\n")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "olefile", None)
        assert desk.takes_in(saved) == (1, 0)
        reasons = {line["reason"] for line in desk.exported("problem")}
        assert len(reasons) == 1
        assert "pip install 'gonequiet[outlook]'" in reasons.pop()
    assert desk.takes_in(saved) == (2, 0)
    assert not desk.exported("problem")


def item(letter: Letter, **more: Value) -> tuple[Given, list[Given], list[Given]]:
    """A letter as it lies in a data file: as it arrived, or as the owner sent it."""
    address = letter.sender.partition("<")[2].rstrip(">")
    sent_by: Given = {0x0C1A: letter.sender.partition(" <")[0], 0x0C1F: address, 0x0C1E: "SMTP"}
    known: Given = {
        0x001A: "IPM.Note", 0x0037: "\x01\x01" + letter.subject, 0x0039: letter.at,
        0x0E07: 1, 0x1000: letter.text.replace("\n", "\r\n"),
        0x1035: f"<{letter.message_id}>",
    }  # fmt: skip
    to = [person(letter.to.partition("<")[2].rstrip(">"))]
    return (
        {**known, **sent_by, **{int(name[1:], 16): value for name, value in more.items()}},
        to,
        [],
    )


REPLY = answer_to(LETTER, OWNER)
DRAFT = Letter(sender=OWNER, to=DANA, message_id="draft@adler.example", text="Dear Dana,\n")
PLAN: Given = {0x3707: "plan.pdf", 0x370E: "application/pdf", 0x3705: 1, 0x3701: b"x" * 900}


def data_file() -> bytes:
    given, to, _ = item(LETTER)
    return pst_file(
        [
            PstFolder("Posteingang", [(given, to, [PLAN])], [PstFolder("Clients", [item(FOURTH)])]),
            PstFolder("Gesendete Elemente", [item(REPLY, x1042="<one@harbour.example>")]),
            PstFolder("Entwürfe", [item(DRAFT, x0E07=9)]),
            PstFolder("Contacts", [({0x001A: "IPM.Contact"}, [], [])] * 3, holds="IPF.Contact"),
        ]
    )


def test_a_data_file_is_mail_in_its_folders(desk: Desk, tmp_path: Path) -> None:
    content = data_file()
    saved = put(tmp_path / "saved", {"mail.pst": content})
    assert desk.takes_in(saved) == (4, 0)
    assert desk.run("me", "kim@adler.example").code == 0
    messages = {line["message_id"]: line for line in desk.exported("message")}
    assert messages["one@harbour.example"]["direction"] == "inbound"
    assert messages["one@harbour.example"]["attachments"] == [["plan.pdf", "application/pdf", 900]]
    assert messages[REPLY.message_id]["direction"] == "outbound"
    assert messages[REPLY.message_id]["thread"] == messages["one@harbour.example"]["thread"]
    (place,) = messages[FOURTH.message_id]["copies"]
    assert place[2].startswith("Top of Personal Folders/Posteingang/Clients#")
    assert {line["copies"][0][3] for line in messages.values()} == {"inbox", "sent", "drafts"}
    (left_out,) = desk.exported("problem")
    assert left_out["problem_kind"] == "skipped"
    assert left_out["reason"].startswith("3 cards, tasks or notes")
    assert "No Sent folder" not in desk.run("quiet", "--as-of", "2025-03-05").out
    assert desk.asks("verify") == {"sound": True, "findings": []}
    assert (saved / "mail.pst").read_bytes() == content


def test_a_data_file_is_read_again_only_when_it_changed(desk: Desk, tmp_path: Path) -> None:
    saved = put(tmp_path / "saved", {"mail.pst": data_file()})
    desk.takes_in(saved)
    first = desk.export()
    assert desk.takes_in(saved) == (0, 0)
    (saved / "mail.pst").touch()
    assert desk.takes_in(saved) == (0, 4)
    assert desk.export() == first


def test_mail_known_from_a_mailbox_lies_in_the_data_file_too(desk: Desk, tmp_path: Path) -> None:
    write_eml(tmp_path / "mail", [LETTER, REPLY])
    assert desk.takes_in(tmp_path / "mail") == (2, 0)
    assert desk.takes_in(put(tmp_path / "saved", {"mail.pst": data_file()})) == (2, 2)


def test_a_data_file_cut_off_anywhere_is_listed_and_stops_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    content = data_file()
    for part in range(1, 12):
        saved = put(tmp_path / f"{part}", {"mail.pst": content[: len(content) * part // 12]})
        answer = desk.run("import", saved, "--workers", "1", "--json")
        [told] = answer.json["sources"]
        assert answer.code == int(told["nothing_read"]), answer
        assert told["problems"] >= 1
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_a_damaged_item_costs_only_itself(desk: Desk, tmp_path: Path) -> None:
    content = bytearray(data_file())
    begins = content.rindex(b"\xec\xbc", 0, content.index(FOURTH.message_id.encode("utf-16-le")))
    content[begins : begins + 10] = b"\xff" * 10  # the head of its properties
    saved = put(tmp_path / "saved", {"mail.pst": bytes(content)})
    desk.takes_in(saved)
    known = {line["message_id"] for line in desk.exported("message")}
    assert known == {"one@harbour.example", REPLY.message_id, DRAFT.message_id}
    reasons = {line["position"]: line["reason"] for line in desk.exported("problem")}
    damaged = reasons["Top of Personal Folders/Posteingang/Clients, item 1"]
    assert damaged == "This item of the Outlook data file is damaged and could not be read."
    assert desk.asks("verify") == {"sound": True, "findings": []}


@pytest.mark.parametrize("seed", range(8))
def test_a_data_file_with_any_bytes_changed_never_stops_an_import(
    desk: Desk, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    content = bytearray(data_file())
    for _ in range(chance.choice((3, 30, 300))):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    saved = put(tmp_path / "saved", {"mail.pst": bytes(content), "a.msg": ARRIVED})
    answer = desk.run("import", saved, "--workers", "1", "--json")
    assert answer.code == 0, answer
    assert "one@harbour.example" in {line["message_id"] for line in desk.exported("message")}
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_an_import_of_a_data_file_that_is_killed_comes_to_the_same_end(
    desk: Desk, tmp_path: Path
) -> None:
    many = [
        PstFolder(f"Clients {number}", [item(letter) for letter in correspondence(300)[number::3]])
        for number in range(3)
    ]
    saved = put(tmp_path / "saved", {"mail.pst": pst_file(many)})
    assert desk.import_(saved).code == 0
    undisturbed = desk.export()
    stopped = stopped_imports(saved, tmp_path / "stops", times=3, number=signal.SIGKILL, seed=7)
    for after, exported in stopped:
        assert exported == undisturbed
        assert after.asks("verify") == {"sound": True, "findings": []}


INVITATION = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:quay-1@harbour.example\r\n"
    b"DTSTAMP:20250301T080000Z\r\nDTSTART:20250310T090000Z\r\nDTEND:20250310T100000Z\r\n"
    b"SUMMARY:The quay\r\nORGANIZER:mailto:dana.reyes@harbour.example\r\n"
    b"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:kim@adler.example\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)
INVITE: Given = {0x3707: "invite.ics", 0x370E: "application/ics", 0x3705: 1, 0x3701: INVITATION}


def test_the_meeting_an_item_carries_is_read_beside_it(desk: Desk, tmp_path: Path) -> None:
    given, to, _ = item(LETTER)
    stored = pst_file([PstFolder("Inbox", [(given, to, [INVITE, PLAN])])])
    assert desk.takes_in(put(tmp_path / "one", {"mail.pst": stored})) == (2, 0)
    saved = msg_file(given, to, [INVITE, PLAN])
    assert desk.takes_in(put(tmp_path / "two", {"a.msg": saved})) == (0, 2)
    messages = {line["channel"]: line for line in desk.exported("message")}
    assert set(messages) == {"mail", "meeting"}
    assert messages["meeting"]["subject"] == "The quay"
    assert messages["mail"]["attachments"] == [
        ["invite.ics", "application/ics", len(INVITATION)],
        ["plan.pdf", "application/pdf", 900],
    ]
    assert desk.asks("verify") == {"sound": True, "findings": []}

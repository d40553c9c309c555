"""A changed employer is another explanation, with the new way: shown wherever silence is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.letters import DANA, OWNER, Letter, answer_to, write_mbox

FIRST = Letter(sender=OWNER, to=DANA, message_id="one@adler.example")
ASKED = Letter(
    sender=OWNER,
    to=DANA,
    subject="The figures",
    text="Could you send me the figures by Friday?\n",
    at=FIRST.at + timedelta(days=40),
    message_id="two@adler.example",
)
AS_OF = ("--as-of", (ASKED.at + timedelta(days=60)).date().isoformat())


def card(organisation: str, role: str, *ways: str) -> str:
    lines = ("BEGIN:VCARD", "VERSION:3.0", "UID:7", "FN:Dana Reyes", f"ORG:{organisation}",
             f"TITLE:{role}", *ways, "END:VCARD")  # fmt: skip
    return "".join(f"{line}\r\n" for line in lines)


OLD = card("Harbour Ltd", "Fitter", "EMAIL:dana.reyes@harbour.example", "TEL:+49 30 55501000")
NEW = card("Quay Works", "Head of Quays", "EMAIL:dana@quayworks.example", "TEL:+49 30 55501000")


@pytest.fixture
def home(desk: Desk, tmp_path: Path) -> Desk:
    write_mbox(tmp_path / "mail" / "Sent", [FIRST, ASKED])
    write_mbox(tmp_path / "mail" / "Inbox", [answer_to(FIRST, DANA)])
    desk.takes_in(tmp_path / "mail")
    assert desk.run("me", "kim@adler.example").code == 0
    (tmp_path / "contacts.vcf").write_text(OLD, newline="")
    desk.takes_in(tmp_path / "contacts.vcf")
    return desk


def test_the_card_stands_in_show_and_contacts(home: Desk) -> None:
    shown = home.run("show", "Dana Reyes", *AS_OF).out
    assert "Fitter, Harbour Ltd" in shown
    listed = home.run("contacts").out
    assert "Fitter, Harbour Ltd" in listed
    (one,) = [one for one in home.asks("contacts") if one["name"] == "Dana Reyes"]
    assert (one["works_at"], one["role"]) == ("Harbour Ltd", "Fitter")


def test_a_new_card_explains_a_silence_wherever_one_is_shown(home: Desk, tmp_path: Path) -> None:
    said = "Their card names Quay Works now, before Harbour Ltd."
    way = "Another way: dana@quayworks.example, +493055501000."
    who = "dana.reyes@harbour.example"
    for tokens in (("show", who), ("reflect", who)):
        assert "Quay Works" not in home.run(*tokens, *AS_OF).out
    (tmp_path / "contacts.vcf").write_text(NEW, newline="")
    home.takes_in(tmp_path / "contacts.vcf")
    for tokens in (("show", who), ("reflect", who)):
        shown = " ".join(home.run(*tokens, *AS_OF).out.split())
        assert said in shown
        assert way in shown
    shown = home.asks("show", who, *AS_OF)["workplace"]
    assert shown["moves"][0]["says"] == said
    assert shown["ways"] == ["dana@quayworks.example", "tel:+493055501000"]
    assert home.asks("verify") == {"sound": True, "findings": []}


def test_a_silence_is_listed_with_the_new_way(
    home: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "contacts.vcf").write_text(NEW, newline="")
    home.takes_in(tmp_path / "contacts.vcf")
    monkeypatch.setenv("GONEQUIET_QUIET_BELOW", "0.99")
    monkeypatch.setenv("GONEQUIET_STALE_AFTER_DAYS", "90")
    shown = home.run("quiet", *AS_OF).out
    assert "Their card names Quay Works now" in shown
    listed = home.asks("quiet", *AS_OF)
    assert list(listed["elsewhere"]) == [one["contact_key"] for one in listed["quiet"]]


BOUNCE = (
    "From: MAILER-DAEMON@mx.example\nTo: kim@adler.example\nSubject: Undelivered mail\n"
    "Date: {at}\nMessage-ID: <dead@mx.example>\n"
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
    "--b\nContent-Type: text/plain\n\nIt could not be delivered.\n\n"
    "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
    "Final-Recipient: rfc822; dana.reyes@harbour.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
)


def test_an_address_that_came_back_is_said_with_another_way(home: Desk, tmp_path: Path) -> None:
    at = f"{ASKED.at + timedelta(minutes=3):%a, %d %b %Y %H:%M:%S +0000}"
    (tmp_path / "bounce.eml").write_text(BOUNCE.format(at=at))
    home.takes_in(tmp_path / "bounce.eml")
    shown = " ".join(home.run("show", "Dana Reyes", *AS_OF).out.split())
    assert "Mail to dana.reyes@harbour.example came back on" in shown
    assert "Another way: +493055501000." in shown
    before = (ASKED.at - timedelta(days=1)).date().isoformat()
    assert "came back" not in home.run("show", "Dana Reyes", "--as-of", before).out

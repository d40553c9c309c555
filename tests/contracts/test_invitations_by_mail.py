"""Meetings that mails carry: invitations, answers, cancellations; one meeting however it came."""

from __future__ import annotations

import mailbox
import signal
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gonequiet.formats.mail_meetings import meetings_in
from gonequiet.formats.record_file import ReadOptions
from tests.support.desk import Desk
from tests.support.faults import stopped_imports
from tests.support.letters import settle

KIM, DANA, LI = "kim@adler.example", "dana@harbour.example", "li@birch.example"
AS_OF = ("--as-of", "2026-03-20")


def event(method: str, *more: str, stamp: str = "20260301T080000Z", sequence: int = 0) -> str:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT",
        "UID:quay-1@harbour.example", f"DTSTAMP:{stamp}", f"SEQUENCE:{sequence}",
        "DTSTART:20260310T090000Z", "DTEND:20260310T100000Z", "SUMMARY:The quay",
        "LOCATION:Hafenstraße 12", f"ORGANIZER;CN=Kim Adler:mailto:{KIM}", *more,
        "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def attendee(address: str, said: str = "NEEDS-ACTION") -> str:
    return f"ATTENDEE;PARTSTAT={said}:mailto:{address}"


def mail(sender: str, to: str, calendar: str, *, day: int, attached: bool = False) -> bytes:
    """Returns a mail as calendars write them: words, and the calendar beside them."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "The quay"
    message["Date"] = datetime(2026, 3, day, 8, tzinfo=UTC)
    message["Message-ID"] = f"<{day}.{sender}>"
    message.set_content("See the invitation.\n")
    method = calendar.partition("METHOD:")[2].partition("\r")[0]
    kept: dict[str, Any] = (
        {"disposition": "attachment", "filename": "invite.ics"} if attached else {}
    )
    message.add_alternative(
        calendar.encode(), "text", "calendar", params={"method": method, "charset": "utf-8"}, **kept
    )
    return message.as_bytes()


def put(folder: Path, *mails: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for number, content in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(content)
    return folder


def met(desk: Desk, *tokens: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.asks("meetings", *tokens, *AS_OF)
    return found


INVITED = mail(KIM, DANA, event("REQUEST", attendee(DANA)), day=1)
ACCEPTED = mail(
    DANA, KIM, event("REPLY", attendee(DANA, "ACCEPTED"), stamp="20260302T080000Z"), day=2
)
CALLED_OFF = mail(
    KIM, DANA, event("CANCEL", attendee(DANA), stamp="20260305T080000Z", sequence=1), day=5
)


def meetings(desk: Desk) -> list[dict[str, Any]]:
    return [line for line in desk.exported("message") if line["channel"] == "meeting"]


def test_an_invitation_is_a_mail_and_a_meeting_beside_it(desk: Desk, tmp_path: Path) -> None:
    assert desk.takes_in(put(tmp_path / "mail", INVITED)) == (2, 0)
    channels = {line["channel"] for line in desk.exported("message")}
    assert channels == {"mail", "meeting"}
    assert desk.takes_in(tmp_path / "mail") == (0, 0)
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_the_same_meeting_in_the_calendar_and_by_mail_is_one(desk: Desk, tmp_path: Path) -> None:
    folder = put(tmp_path / "all", INVITED)
    kept = event("PUBLISH", attendee(DANA, "ACCEPTED"), "LAST-MODIFIED:20260302T090000Z")
    (folder / "calendar.ics").write_bytes(kept.replace("METHOD:PUBLISH\r\n", "").encode())
    desk.takes_in(folder)
    desk.run("me", KIM)
    (live,) = [line for line in meetings(desk) if line["link_rule"] != "superseded"]
    assert live["detail"]["attendance"] == [[DANA, "accepted"]]


def test_an_answer_by_mail_is_the_attendance_of_who_wrote_it(desk: Desk, tmp_path: Path) -> None:
    invited = mail(KIM, DANA, event("REQUEST", attendee(DANA), attendee(LI)), day=1)
    desk.takes_in(put(tmp_path / "mail", invited))
    desk.run("me", KIM)
    assert not met(desk)["held"]  # nobody answered
    desk.takes_in(put(tmp_path / "more", ACCEPTED))
    held = met(desk)["held"]
    assert [one["contact"] for one in held] == [DANA]
    live = [line for line in meetings(desk) if line["link_rule"] != "superseded"]
    assert len(live) == 1
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_an_answer_alone_stands_for_the_meeting(desk: Desk, tmp_path: Path) -> None:
    desk.takes_in(put(tmp_path / "mail", ACCEPTED))
    desk.run("me", KIM)
    assert len(met(desk)["held"]) == 1


def test_a_meeting_called_off_by_mail_is_off(desk: Desk, tmp_path: Path) -> None:
    desk.takes_in(put(tmp_path / "mail", INVITED, ACCEPTED, CALLED_OFF))
    desk.run("me", KIM)
    assert not met(desk)["held"]
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_whose_meeting_it_is_not_cannot_call_it_off(desk: Desk, tmp_path: Path) -> None:
    forged = mail(LI, KIM, event("CANCEL", attendee(DANA), stamp="20260306T080000Z"), day=6)
    declined = event("REPLY", attendee(DANA, "DECLINED"), stamp="20260306T090000Z")
    answered = mail(LI, KIM, declined, day=7)
    desk.takes_in(put(tmp_path / "mail", INVITED, ACCEPTED, forged, answered))
    desk.run("me", KIM)
    assert len(met(desk)["held"]) == 1
    reasons = [line["reason"] for line in desk.exported("problem")]
    assert len([one for one in reasons if "neither its author called" in one]) == 2


def test_a_calendar_that_was_merely_sent_along_is_no_invitation(desk: Desk, tmp_path: Path) -> None:
    published = event("PUBLISH", attendee(DANA))
    plain = published.replace("METHOD:PUBLISH\r\n", "")
    sent = mail(DANA, KIM, published, day=1), mail(DANA, KIM, plain, day=2, attached=True)
    desk.takes_in(put(tmp_path / "mail", *sent))
    assert not meetings(desk)


def test_mails_that_carry_meetings_are_no_calendar_that_was_read(
    desk: Desk, tmp_path: Path
) -> None:
    desk.takes_in(put(tmp_path / "mail", INVITED, ACCEPTED))
    unread = desk.asks("quiet", "--as-of", "2026-03-03")["unread"]
    assert "meetings" in unread
    (tmp_path / "calendar.ics").write_bytes(event("PUBLISH", attendee(DANA)).encode())
    desk.takes_in(tmp_path / "calendar.ics")
    assert "meetings" not in desk.asks("quiet", "--as-of", "2026-03-03")["unread"]


def test_an_invitation_that_cannot_be_read_is_listed_and_the_mail_is_kept(
    desk: Desk, tmp_path: Path
) -> None:
    endless = event("REQUEST", attendee(DANA)).replace("DTSTART:2026", "DTSTART:9926")
    assert desk.takes_in(put(tmp_path / "mail", mail(KIM, DANA, endless, day=1))) == (1, 0)
    (problem,) = desk.exported("problem")
    assert problem["reason"] == "The event has no start, or an absurd one."


def test_an_invitation_attached_and_beside_the_words_is_one(desk: Desk, tmp_path: Path) -> None:
    from email import message_from_bytes, policy

    twice = message_from_bytes(INVITED, policy=policy.default)
    assert isinstance(twice, EmailMessage)
    twice.add_attachment(event("REQUEST", attendee(DANA)).encode(), "application", "ics",
                         filename="invite.ics")  # fmt: skip
    assert desk.takes_in(put(tmp_path / "mail", twice.as_bytes())) == (2, 0)


@given(st.binary(max_size=2000), st.integers(0, 1500))
def test_any_bytes_in_a_mail_raise_nothing(junk: bytes, at: int) -> None:
    spoilt = INVITED[:at] + junk + INVITED[at:]
    options = ReadOptions(now=1_780_000_000)
    for content in (junk, spoilt):
        assert len(list(meetings_in(content, options, sent_at=None, authors=frozenset({KIM})))) < 9


def test_who_is_erased_is_gone_from_the_meetings_that_mails_carried(
    desk: Desk, tmp_path: Path
) -> None:
    invited = mail(KIM, f"{DANA}, {LI}", event("REQUEST", attendee(DANA), attendee(LI)), day=1)
    folder = put(tmp_path / "mail", invited, ACCEPTED)
    desk.takes_in(folder)
    desk.run("me", KIM)
    assert desk.run("erase", DANA, "--yes").code == 0
    (folder / "0.eml").touch()
    desk.takes_in(put(tmp_path / "again", invited, ACCEPTED))
    held = b"".join(one.read_bytes() for one in desk.db.parent.rglob("*") if one.is_file())
    assert DANA.encode() not in held
    assert LI.encode() in held
    assert desk.asks("verify") == {"sound": True, "findings": []}


def test_an_import_of_invitations_that_is_killed_comes_to_the_same_end(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    box = mailbox.mbox(folder / "Sent.mbox")
    for number in range(240):
        calendar = event("REQUEST", attendee(DANA)).replace("quay-1@", f"quay-{number}@")
        box.add(mail(KIM, DANA, calendar, day=1 + number % 28).replace(b"<1.", b"<%d.1." % number))
    box.close()
    settle(folder)
    assert desk.import_(folder).code == 0
    undisturbed = desk.export()
    assert undisturbed.count('"channel": "meeting"') == 240
    for after, exported in stopped_imports(
        folder, tmp_path / "stops", times=2, number=signal.SIGKILL, seed=5
    ):
        assert exported == undisturbed
        assert after.asks("verify") == {"sound": True, "findings": []}

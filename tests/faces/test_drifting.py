"""`gonequiet drifting`: what else may have ended an exchange is said beside it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from tests.support.desk import Desk
from tests.support.letters import OWNER, START, Letter, write_mbox

FADED = "Leif Berg <leif@pier.example>"
REPORT = """The following address could not be reached:

<leif@pier.example>: user unknown
"""


def letter(sender: str, to: str, at: datetime, number: int) -> Letter:
    return Letter(
        sender=sender,
        to=to,
        subject="The yard",
        text=f"Thanks, all is well here; {number} boats are in.\n",
        at=at,
        message_id=f"{number}-{at:%Y%m%d%H}@made.example",
    )


def exchanges() -> tuple[list[Letter], list[Letter]]:
    """Letters both ways each week; those with one contact ended long ago."""
    theirs, own = [], []
    for number in range(25):
        who = f"Person {number} Lind <p{number}@firm{number}.example>" if number else FADED
        for week in range(44 if number else 20):
            at = START + timedelta(weeks=week, hours=number)
            theirs.append(letter(who, OWNER, at, number))
            own.append(letter(OWNER, who, at + timedelta(hours=30), number))
    bounced = Letter(
        sender="Mail Delivery System <mailer-daemon@mx.example>",
        subject="Undelivered mail returned to sender",
        text=REPORT,
        at=START + timedelta(weeks=21),
        message_id="report@mx.example",
    )
    return [*theirs, bounced], own


def test_an_address_that_failed_is_said_of_an_exchange_that_faded(
    desk: Desk, tmp_path: Path
) -> None:
    theirs, own = exchanges()
    write_mbox(tmp_path / "mail" / "Inbox.mbox", theirs)
    write_mbox(tmp_path / "mail" / "Sent.mbox", own)
    desk.takes_in(tmp_path / "mail")
    desk.run("me", "kim@adler.example")
    when = ("--as-of", f"{START + timedelta(weeks=43, days=4):%Y-%m-%d}")
    (found,) = desk.asks("drifting", *when)
    assert found["name"] == "Leif Berg"
    assert len(found["elsewhere"]) == 1
    assert found["elsewhere"][0].startswith("Mail to leif@pier.example came back on")
    words = desk.run("drifting", *when).words
    assert "Mail to leif@pier.example came back on" in words
    assert "No other way to reach them is known." in words

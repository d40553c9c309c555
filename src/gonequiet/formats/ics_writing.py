"""An invitation as a calendar file (RFC 5545, iTIP REQUEST of RFC 5546); bytes, no file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from gonequiet.domain.draft import Draft, Person, Proposal

MEDIA_TYPE: Final = "text/calendar"
FILE_NAME: Final = "invitation.ics"
_LONGEST_LINE: Final = 75  # octets, RFC 5545 3.1
_SPECIAL: Final = re.compile(r"([\\;,])")
_PARAMETER: Final = re.compile(r'["\x00-\x08\x0a-\x1f\x7f]')


def render_invitation(draft: Draft, proposal: Proposal, *, written_at: int) -> bytes:
    """Returns the calendar file of an invitation: one meeting, the owner asking the contact.

    The same plan has the same UID, so that a calendar changes the meeting instead of adding one.

    Args:
        draft: the letter it goes with.
        proposal: the meeting.
        written_at: UTC epoch seconds.
    """
    domain = draft.owner.address.rpartition("@")[2] or "localhost"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gonequiet//drafts//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        f"UID:{draft.plan}@{_bare(domain)}",
        f"DTSTAMP:{render_moment(written_at)}",
        f"DTSTART:{render_moment(proposal.starts_at)}",
        f"DTEND:{render_moment(proposal.starts_at + 60 * proposal.minutes)}",
        f"SUMMARY:{render_text(draft.subject)}",
        *([f"LOCATION:{render_text(proposal.place)}"] if proposal.place else []),
        render_party("ORGANIZER", draft.owner, ""),
        render_party(
            "ATTENDEE", draft.contact, ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
        ),
        "SEQUENCE:0",
        "STATUS:TENTATIVE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def render_moment(moment: int) -> str:
    """Returns a moment, UTC epoch seconds, as calendars write it."""
    return f"{datetime.fromtimestamp(moment, UTC):%Y%m%dT%H%M%SZ}"


def render_party(name: str, person: Person, more: str) -> str:
    """Returns the line of somebody who takes part; `more` are parameters, each behind a ";"."""
    shown = _PARAMETER.sub("", person.name).strip()
    called = f';CN="{shown}"' if shown else ""
    return f"{name}{called}{more}:mailto:{_bare(person.address)}"


def _bare(text: str) -> str:
    """A value without anything that could begin another line."""
    return re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]", "", text)


def render_text(text: str) -> str:
    """Returns a TEXT value (RFC 5545 3.3.11)."""
    one_line = "".join(
        letter for letter in text.replace("\r", "") if letter >= " " or letter == "\n"
    )
    return _SPECIAL.sub(r"\\\1", one_line).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line, broken where it is too long; no letter is cut in two."""
    pieces, piece = [], b""
    for letter in line:
        encoded = letter.encode("utf-8", "replace")
        if len(piece) + len(encoded) > _LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += encoded
    return b"\r\n".join([*pieces, piece]) + b"\r\n"

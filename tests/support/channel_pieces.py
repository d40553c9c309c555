"""Small calendars, address books and telephones beside a mailbox, for properties of conclusions.

The people are those of `mailboxes`, so that the same ones are met, called and written to.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tests.support.letters import START

WAYS = (
    "dana.reyes@harbour.example",
    "d.reyes@harbour.example",
    "dana@private.example",
    "lee.ward@harbour.example",
    "tomas@lindt.example",
    "kim@adler.example",
    "new@yard.example",
)
NUMBERS = ("+49 30 5550100", "+49 30 5550101", "030 5550101", "22000")
NAMES = ("Dana Reyes", "Lee Ward", "Kim Adler", "Noor Haddad", "Kontor")


class Piece(NamedTuple):
    """One record of a channel, and with which piece of everything it comes."""

    kind: str
    text: str
    piece: int


def _card(name: str, ways: list[str], numbers: list[str]) -> str:
    lines = ["BEGIN:VCARD", f"FN:{name}", *(f"EMAIL:{way}" for way in ways)]
    lines += [f"TEL:{number}" for number in numbers]
    return "".join(f"{line}\n" for line in [*lines, "END:VCARD"])


def _event(
    number: int, sequence: int, organiser: str, guests: list[str], said: str, state: str, day: int
) -> str:
    at = START + timedelta(days=day, hours=3 * sequence)
    people = [
        f"ATTENDEE;PARTSTAT={said}:mailto:{guest}"
        if "@" in guest
        else f"ATTENDEE;CN={guest};PARTSTAT={said}:invalid:nomail"
        for guest in guests
    ]
    lines = (
        "BEGIN:VEVENT",
        f"UID:meeting-{number}@adler.example",
        f"SEQUENCE:{sequence}",
        f"CREATED:{at - timedelta(days=4):%Y%m%dT%H%M%SZ}",
        f"LAST-MODIFIED:{at - timedelta(days=3 - sequence):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{at:%Y%m%dT%H%M%SZ}",
        "DURATION:PT1H",
        f"STATUS:{state}",
        f"ORGANIZER:mailto:{organiser}",
        *people,
        "END:VEVENT",
    )
    return "".join(f"{line}\n" for line in lines)


def _when(day: int, minute: int) -> int:
    return 1000 * int((START + timedelta(days=day, minutes=minute)).astimezone(UTC).timestamp())


def _call(number: str, kind: int, day: int, minute: int) -> str:
    return (
        f'<call number="{number}" duration="{60 * (kind % 3)}" date="{_when(day, minute)}" '
        f'type="{kind}" contact_name="Dana Reyes" />\n'
    )


def _text(number: str, kind: int, day: int, minute: int) -> str:
    return (
        f'<sms protocol="0" address="{number}" date="{_when(day, minute)}" type="{kind}" '
        f'body="Could you call me back on day {day}?" contact_name="Lee Ward" />\n'
    )


_day = st.integers(0, 60)
_minute = st.integers(0, 1400)
_piece = st.integers(0, 2)
_cards = st.builds(
    Piece,
    st.just("card"),
    st.builds(
        _card,
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(WAYS), max_size=3, unique=True),
        st.lists(st.sampled_from(NUMBERS), max_size=2, unique=True),
    ),
    _piece,
)
_events = st.builds(
    Piece,
    st.just("event"),
    st.builds(
        _event,
        st.integers(0, 3),
        st.integers(0, 2),
        st.sampled_from(WAYS),
        st.lists(st.sampled_from((*WAYS, *NAMES)), min_size=1, max_size=3, unique=True),
        st.sampled_from(("ACCEPTED", "DECLINED", "NEEDS-ACTION")),
        st.sampled_from(("CONFIRMED", "CONFIRMED", "CANCELLED")),
        _day,
    ),
    _piece,
)
_numbers = st.sampled_from(NUMBERS)
_calls = st.builds(
    Piece,
    st.just("call"),
    st.builds(_call, _numbers, st.integers(1, 5), _day, _minute),
    _piece,
)
_texts = st.builds(
    Piece,
    st.just("text"),
    st.builds(_text, _numbers, st.integers(1, 2), _day, _minute),
    _piece,
)


def channel_pieces() -> st.SearchStrategy[list[Piece]]:
    """Makes records of every channel but mail."""
    return st.lists(st.one_of(_cards, _cards, _events, _events, _calls, _texts), max_size=14)


_AROUND = {
    "card": ("{}.vcf", "", ""),
    "event": ("{}.ics", "BEGIN:VCALENDAR\nVERSION:2.0\n", "END:VCALENDAR\n"),
    "call": ("{}-calls.xml", "<?xml version='1.0' ?>\n<calls>\n", "</calls>\n"),
    "text": ("{}-texts.xml", "<?xml version='1.0' ?>\n<smses>\n", "</smses>\n"),
}


def add_channel_piece(root: Path, pieces: Sequence[Piece], piece: int) -> None:
    """Writes the files that come with one piece, named so that they are read in that order."""
    for kind, (name, before, after) in _AROUND.items():
        texts = [one.text for one in pieces if one.kind == kind and one.piece == piece]
        if texts:
            (root / name.format(piece)).write_text(before + "".join(texts) + after)

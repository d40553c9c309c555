"""What the demo's owner does beside mail, calendar and cards: her telephone and her network.

Each file is as the program that makes it writes it: SMS Backup & Restore, WhatsApp, LinkedIn. Some
of it is the ordinary traffic of a year; four of the people who are silent in mail answered by one
of these ways, one was only tried, and one was asked by text and answered by mail.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import NamedTuple, TypeVar

OWNER = "Clara Brandt"
CALLED_BACK, TEXTED, CHATTED, WROTE_THERE = (
    "Victor Lim",
    "Emily Carrow",
    "Hugh Penrose",
    "Graham Sutcliffe",
)
"""Silent in mail; each answered on the channel of the name."""
TRIED = "Stephen Marsh"
"""Silent in mail; the owner called once more, and nobody took it."""
ASKED_BY_TEXT = "Joanna Price"
"""Asked by text; she answered by mail."""
REGULARS = ("Dana Reyes", "Rachel Adeyemi", "Priscilla Okafor")
"""Silent in mail, and otherwise in touch by telephone, until it stopped."""

FIRST = datetime(2025, 5, 9, 10, tzinfo=UTC)
LAST = datetime(2026, 5, 7, 15, tzinfo=UTC)
STOPPED = datetime(2026, 2, 1, tzinfo=UTC)
CALL_IN, CALL_OUT, CALL_MISSED = 1, 2, 3
TEXT_IN, TEXT_OUT = 1, 2


class Call(NamedTuple):
    """One line of the telephone's call log."""

    who: str
    at: datetime
    type: int
    seconds: int


class Said(NamedTuple):
    """Something written, whichever way."""

    who: str
    at: datetime
    is_hers: bool
    words: str


_Line = TypeVar("_Line", Call, Said)


def numbers_on(cards: Path) -> dict[str, str]:
    """Returns the first telephone number of each card, by name."""
    found: dict[str, str] = {}
    for card in cards.read_text(encoding="utf-8").split("BEGIN:VCARD")[1:]:
        name = re.search(r"^FN:(.+)$", card, re.MULTILINE)
        number = re.search(r"^TEL[^:]*:(.+)$", card, re.MULTILINE)
        if name and number:
            found[name[1].strip()] = number[1].strip()
    return found


def calls() -> Iterator[Call]:
    """Yields a year of calls."""
    for person, week in _regular_weeks():
        yield Call(person, week, (CALL_IN, CALL_OUT)[week.day % 2], 120 + week.day)
    yield Call(CALLED_BACK, datetime(2026, 4, 20, 9, 5, tzinfo=UTC), CALL_IN, 431)
    yield Call(TRIED, datetime(2026, 4, 24, 14, 0, tzinfo=UTC), CALL_OUT, 0)
    yield Call("Tom Field", LAST, CALL_IN, 60)


def texts() -> Iterator[Said]:
    """Yields a year of texts."""
    for person, week in _regular_weeks():
        yield Said(
            person, week + timedelta(hours=3), week.day % 2 == 0, "Running ten minutes late."
        )
    yield Said(TEXTED, datetime(2026, 4, 21, 8, 30, tzinfo=UTC), False, "References come Monday.")
    asked = "Could you tell me whether the lease draft has reached you?"
    yield Said(ASKED_BY_TEXT, datetime(2026, 4, 22, 12, 0, tzinfo=UTC), True, asked)
    yield Said("Tom Field", LAST, False, "See you at the office.")


def chat() -> Iterator[Said]:
    """Yields a chat with one person."""
    for week in _weeks(FIRST, STOPPED, 28):
        yield Said(CHATTED, week, False, "Good to see you today.")
        yield Said(CHATTED, week + timedelta(minutes=4), True, "Likewise.")
    yield Said(CHATTED, datetime(2026, 4, 22, 18, 10, tzinfo=UTC), False, "Count me in for dinner.")
    yield Said(CHATTED, LAST, True, "Wonderful.")


def network() -> Iterator[Said]:
    """Yields messages on LinkedIn."""
    yield Said(WROTE_THERE, datetime(2026, 4, 23, 7, 45, tzinfo=UTC), False, "Terms: it is a go.")
    yield Said("Amy Lindholm", LAST, False, "Thanks for connecting.")


def _regular_weeks() -> Iterator[tuple[str, datetime]]:
    for number, person in enumerate(REGULARS):
        for week in _weeks(FIRST + timedelta(days=number), STOPPED, 21):
            yield person, week


def _weeks(first: datetime, stop: datetime, days: int) -> Iterator[datetime]:
    at = first
    while at < stop:
        yield at
        at += timedelta(days=days)


# As files.


def write_telephone(folder: Path, numbers: dict[str, str], *, until: datetime = LAST) -> None:
    """Writes each channel of the telephone and the network into a file of its own.

    Args:
        folder: where to.
        numbers: telephone numbers by name.
        until: when the files were made: nothing later stands in them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "calls.xml").write_text(_calls_xml(_by(calls(), until), numbers), "utf-8")
    (folder / "texts.xml").write_text(_texts_xml(_by(texts(), until), numbers), "utf-8")
    talk = folder / f"WhatsApp Chat with {CHATTED}.txt"
    talk.write_text("".join(map(_chat_line, _by(chat(), until))), "utf-8")
    (folder / "messages.csv").write_text(_messages_csv(_by(network(), until)), "utf-8")


def _by(lines: Iterable[_Line], until: datetime) -> list[_Line]:
    return sorted((one for one in lines if one.at <= until), key=lambda one: one.at)


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * 1000


_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"


def _calls_xml(lines: list[Call], numbers: dict[str, str]) -> str:
    rows = "".join(
        f'  <call number="{numbers[one.who]}" duration="{one.seconds}" date="{_ms(one.at)}" '
        f'type="{one.type}" presentation="1" contact_name="{escape(one.who)}" />\n'
        for one in lines
    )
    return f'{_HEAD}<calls count="{len(lines)}">\n{rows}</calls>\n'


def _texts_xml(lines: list[Said], numbers: dict[str, str]) -> str:
    rows = "".join(
        f'  <sms protocol="0" address="{numbers[one.who]}" date="{_ms(one.at)}" '
        f'type="{TEXT_OUT if one.is_hers else TEXT_IN}" body="{escape(one.words)}" '
        f'contact_name="{escape(one.who)}" />\n'
        for one in lines
    )
    return f'{_HEAD}<smses count="{len(lines)}">\n{rows}</smses>\n'


def _chat_line(one: Said) -> str:
    name = OWNER if one.is_hers else one.who
    return f"[{one.at:%d.%m.%y, %H:%M:%S}] {name}: {one.words}\n"


_MESSAGES_HEADING = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
    "DATE,SUBJECT,CONTENT,FOLDER\r\n"
)


def _messages_csv(lines: list[Said]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    out.write(_MESSAGES_HEADING)
    for number, one in enumerate(lines):
        table.writerow(
            (
                number,
                "",
                one.who,
                _profile(one.who),
                OWNER,
                _profile(OWNER),
                f"{one.at:%Y-%m-%d %H:%M:%S} UTC",
                "",
                one.words,
                "INBOX",
            )
        )
    return out.getvalue()


def _profile(name: str) -> str:
    return f"https://www.linkedin.com/in/{name.lower().replace(' ', '-')}"

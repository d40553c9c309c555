"""Meetings that mails carry: invitations, answers to them, cancellations (iMIP, RFC 6047).

They are what a calendar file holds, and become the same records; what comes by mail is believed
only from somebody whose meeting it is (RFC 6047 2.3), for anybody can write a mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import Message
from typing import Final

from gonequiet.domain.message import ParsedMessage, Role
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats.charsets import as_utf8
from gonequiet.formats.content_lines import lines_of
from gonequiet.formats.icalendar_file import read_calendar
from gonequiet.formats.record_file import ReadOptions

_KINDS: Final = frozenset({"text/calendar", "application/ics"})
_MOST_BYTES: Final = 4 * 1024 * 1024  # of a mail; invitations are small
_MOST_OF_A_PART: Final = 256 * 1024
_MOST_PARTS: Final = 200
_MOST_MEETINGS: Final = 1000
_INVITES: Final = frozenset({"REQUEST", "CANCEL", "ADD"})
_ANSWERS: Final = "REPLY"
_STRANGER: Final = (
    "It carries a meeting that neither its author called nor was invited to; the meeting was "
    "left out."
)


def meetings_in(
    raw: bytes, options: ReadOptions, *, sent_at: int | None, authors: frozenset[str]
) -> Iterator[RecordRead | RecordProblem]:
    """Yields the meetings that a mail invites to, answers or calls off; each once.

    Args:
        raw: the mail.
        options: what a calendar does not tell itself.
        sent_at: its moment, UTC epoch seconds: what is ahead is reckoned from there.
        authors: every address it says it is from: calendars write in the name of their owners.
    """
    options = options._replace(now=options.now if sent_at is None else sent_at)
    known: set[bytes] = set()
    for content in _calendars(raw[:_MOST_BYTES]):
        method = _method(content)
        if content in known or method not in (*_INVITES, _ANSWERS):
            continue
        known.add(content)
        for number, found in enumerate(read_calendar(iter([content]), options)):
            if number >= _MOST_MEETINGS:
                return
            if isinstance(found, RecordRead):
                yield found if _may_say(found.message, method, authors) else _stranger(found)
            elif found.kind is ProblemKind.UNREADABLE:
                yield found  # what is cut off is the mail's own problem


def _stranger(found: RecordRead) -> RecordProblem:
    return RecordProblem(kind=ProblemKind.PARTLY_READ, position=found.position, reason=_STRANGER)


def _may_say(meeting: ParsedMessage, method: str, authors: frozenset[str]) -> bool:
    """Whoever calls a meeting may change it; whoever is invited may answer for themselves."""
    wanted = Role.TO if method == _ANSWERS else Role.FROM
    parties = {one.address for one in meeting.participants if one.role is wanted}
    return not parties.isdisjoint(authors)


def _calendars(raw: bytes) -> Iterator[bytes]:
    """Yields the calendars in a mail; those in mails it encloses are somebody else's."""
    try:
        for part in _parts(message_from_bytes(raw)):
            if part.get_content_type() in _KINDS:
                content = part.get_payload(decode=True)
                if isinstance(content, bytes) and len(content) <= _MOST_OF_A_PART:
                    yield as_utf8(content)
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return  # what the library cannot take apart carries no invitation


def _parts(mail: Message) -> Iterator[Message]:
    waiting, seen = [mail], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "message":
            continue
        held = part.get_payload()
        if isinstance(held, list):
            waiting += [one for one in held[:_MOST_PARTS] if isinstance(one, Message)]
        else:
            yield part


def _method(content: bytes) -> str:
    stated: Iterable[str] = (
        line.value.strip().upper() for line in lines_of(content[:4096], frozenset({"METHOD"}))
    )
    return next(iter(stated), "")

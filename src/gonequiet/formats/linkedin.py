"""What LinkedIn gives when its members ask for their data: connections, messages, invitations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gonequiet.domain.card import Card
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import Channel, MessageKind, Participant, Role
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.reach import NAME, NET, named
from gonequiet.domain.source import RecordRead
from gonequiet.formats.channel_record import channel_record
from gonequiet.formats.local_times import DateOrder, parse_moment
from gonequiet.formats.record_file import ReadOptions

_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/([^/?#\s]{1,200})", re.IGNORECASE
)
CONNECTIONS: Final = frozenset({"first name", "last name", "connected on"})
MESSAGES: Final = frozenset({"conversation id", "from", "to", "date", "content"})
INVITATIONS: Final = frozenset({"from", "to", "sent at", "direction"})
_UTC: Final = DateOrder(is_month_first=True, is_guessed=False)
_MAIL: Final = re.compile(r"[^@\s]{1,200}@[^@\s]{1,200}")

Row = Mapping[str, str]


def heading_of(lines: Sequence[Sequence[str]]) -> frozenset[str]:
    """Returns the names of the columns, where these are LinkedIn's, else nothing."""
    for line in lines[:8]:
        names = frozenset(cell.strip().casefold() for cell in line)
        if any(known <= names for known in (CONNECTIONS, MESSAGES, INVITATIONS)):
            return names
    return frozenset()


def read_rows(
    heading: frozenset[str], rows: Sequence[tuple[int, Row]], options: ReadOptions
) -> Iterator[RecordRead | RecordProblem]:
    """Yields the records of one of LinkedIn's tables.

    Args:
        heading: as `heading_of` gives it.
        rows: line number and cells by column name, in lower case.
        options: the owner's names tell which side of a message is the owner's.
    """
    if heading >= MESSAGES:
        yield from _messages(rows, options)
        return
    read = _connection if heading >= CONNECTIONS else _invitation
    for number, row in rows:
        yield read(number, row)


def _messages(
    rows: Sequence[tuple[int, Row]], options: ReadOptions
) -> Iterator[RecordRead | RecordProblem]:
    owner = _owner(rows, options)
    if owner is None and rows:
        yield _problem(1, _WHO, ProblemKind.NOT_RECOGNISED)
        return
    for number, row in rows:
        yield _message(number, row, owner or "")


_WHO = (
    "It cannot be told which side of these messages is yours. Say your name as it stands there: "
    "gonequiet import FILE --as 'NAME'."
)


def _problem(number: int, reason: str, kind: ProblemKind = ProblemKind.UNREADABLE) -> RecordProblem:
    return RecordProblem(kind=kind, position=str(number), reason=reason)


def _address(url: str, name: str) -> str:
    found = _PROFILE.search(url)
    return f"{NET}linkedin/{found[1].lower()}" if found else named(NAME, name)


def _connection(number: int, row: Row) -> RecordRead | RecordProblem:
    name = " ".join(f"{row.get('first name', '')} {row.get('last name', '')}".split())[:200]
    profile = _address(row.get("url", ""), name)
    if not name or not profile:
        return _problem(number, "This connection has no name.")
    mail = row.get("email address", "").strip().lower()
    people = [Participant(Role.REPLY_TO, name, profile)]
    if _MAIL.fullmatch(mail):
        people.append(Participant(Role.REPLY_TO, name, mail))
    connected = parse_moment(row.get("connected on", ""), _UTC, "")
    card = Card(
        uid=profile,
        name=name,
        organisation=row.get("company", "").strip()[:300],
        role=row.get("position", "").strip()[:300],
        revised_on="" if connected is None else _iso_day(connected),
    )
    said = ", ".join(filter(None, (card.role, card.organisation)))
    record = channel_record(
        channel=Channel.CARD,
        kind=MessageKind.CARD,
        people=people,
        at=None,
        subject=name,
        text=said,
        detail=card.as_text(),
        asks=False,
    )
    return RecordRead(str(number), "", record)


def _iso_day(at: int) -> str:
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"


def _owner(rows: Sequence[tuple[int, Row]], options: ReadOptions) -> str | None:
    """Returns the owner's address: named so, or the only one in every conversation."""
    known = {name.casefold() for name in options.names}
    seen: Counter[str] = Counter()
    conversations: dict[str, set[str]] = {}
    for _, row in rows:
        sender = _address(row.get("sender profile url", ""), row["from"])
        if row["from"].strip().casefold() in known:
            return sender
        people = {sender, *_recipients(row)}
        conversations.setdefault(row["conversation id"], set()).update(people)
    for people in conversations.values():
        seen.update(people)
    first = seen.most_common(2)
    if len(conversations) < 2 or not first or first[0][1] < len(conversations):
        return None
    return None if len(first) > 1 and first[1][1] == first[0][1] else first[0][0]


def _recipients(row: Row) -> list[str]:
    urls = row.get("recipient profile urls", "").split(",")
    names = row.get("to", "").split(",")
    if any(_PROFILE.search(url) for url in urls):
        return [_address(url, "") for url in urls if _PROFILE.search(url)]
    return [named(NAME, name) for name in names if name.strip()]


def _message(number: int, row: Row, owner: str) -> RecordRead | RecordProblem:
    at = parse_moment(row.get("date", ""), _UTC, "")
    sender = _address(row.get("sender profile url", ""), row["from"])
    if at is None or not sender:
        return _problem(number, "This message has no sender or no date that can be read.")
    is_own = sender == owner
    people = [Participant(Role.FROM, " ".join(row["from"].split())[:200], sender)]
    if is_own:
        people = [Participant(Role.TO, _only_name(row), one) for one in _recipients(row)[:200]]
    if not people:
        return _problem(number, "This message names nobody it went to.")
    record = channel_record(
        channel=Channel.NETWORK,
        kind=MessageKind.PERSONAL,
        people=people,
        at=at,
        states=Direction.OUTBOUND if is_own else Direction.INBOUND,
        subject=row.get("subject", "").strip()[:500],
        text=row.get("content", ""),
    )
    return RecordRead(str(number), "", record)


def _only_name(row: Row) -> str:
    name = " ".join(row.get("to", "").split())[:200]
    return "" if "," in name else name


def _invitation(number: int, row: Row) -> RecordRead | RecordProblem:
    at = parse_moment(row.get("sent at", ""), _UTC, "")
    is_own = row.get("direction", "").strip().upper().startswith("OUT")
    side, role = ("to", Role.TO) if is_own else ("from", Role.FROM)
    url = row.get("inviteeprofileurl" if is_own else "inviterprofileurl", "")
    name = " ".join(row.get(side, "").split())[:200]
    address = _address(url, name)
    if at is None or not address:
        return _problem(number, "This invitation has no person or no date that can be read.")
    record = channel_record(
        channel=Channel.NETWORK,
        kind=MessageKind.PERSONAL,
        people=[Participant(role, name, address)],
        at=at,
        states=Direction.OUTBOUND if is_own else Direction.INBOUND,
        subject="Invitation to connect",
        text=row.get("message", ""),
        asks=is_own,
    )
    return RecordRead(str(number), "", record)

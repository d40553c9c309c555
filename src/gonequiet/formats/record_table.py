"""Tables (CSV): what LinkedIn exports, and lists of calls or texts from carriers and programs.

Which column holds what is taken from its heading, where that is one of the usual words; else the
owner says so, and it is remembered for tables with the same heading.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from gonequiet.domain.call import Call, CallOutcome
from gonequiet.domain.digests import text_digest
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import Channel, MessageKind, ParsedMessage, Participant, Role
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.source import RecordRead
from gonequiet.formats import linkedin
from gonequiet.formats.channel_record import channel_record
from gonequiet.formats.local_times import DateOrder, find_order, parse_moment
from gonequiet.formats.phone_numbers import tel_address
from gonequiet.formats.record_file import ReadOptions, whole
from gonequiet.formats.sms_backup import kind_of_sender
from gonequiet.formats.tables import parse_table

FIELDS: Final = ("number", "name", "at", "direction", "outcome", "duration", "text")
"""What a column may hold; `number`, `at`, and one that tells calls from texts are needed."""

_HEADINGS: Final = {
    "number": "number|phone|phone number|telephone|tel|rufnummer|nummer|telefonnummer"
    "|contact number|called number|calling number|from/to|gegenstelle|phone_number|participant",
    "name": "name|contact|contact name|kontakt|caller name|kontaktname",
    "at": "date|datum|date/time|datetime|time|zeitpunkt|timestamp|start|start time|call date|when"
    "|datum/uhrzeit|date time|sent|received|gesendet|beginn",
    "time": "time|uhrzeit|zeit|call time",
    "direction": "direction|type|call type|richtung|art|typ|in/out|incoming/outgoing|folder",
    "outcome": "outcome|status|result|answered|ergebnis",
    "duration": "duration|dauer|length|minutes|seconds|duration (sec)|duration (s)|call duration"
    "|gesprächsdauer|usage",
    "text": "text|message|body|content|nachricht|inhalt|sms",
}
_OUT: Final = re.compile(r"out|sent|dial|ausg|abgeh|gesendet|placed|made", re.IGNORECASE)
_IN: Final = re.compile(r"\bin|incom|receiv|eing|empf|missed|verpasst|voicemail", re.IGNORECASE)
_MISSED: Final = re.compile(
    r"miss|verpasst|no.?answer|unanswered|nicht angenommen|busy|fail|\bno\b|false", re.IGNORECASE
)
_VOICEMAIL: Final = re.compile(r"voice ?mail|mailbox", re.IGNORECASE)
_REJECTED: Final = re.compile(r"reject|declin|abgelehnt|blocked", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_PARTS: Final = re.compile(
    r"(\d{1,5})\s*(h|hr|hours?|std|m|min|minutes?|s|sec|seconds?|sek)\b", re.IGNORECASE
)
_SECONDS: Final = {"h": 3600, "m": 60, "s": 1}
_MOST_CELL: Final = 131_072


class Mapped(NamedTuple):
    """Which column holds what.

    Attributes:
        columns: column positions by field; `at` may take several, read one after the other.
        order: which number of a date is the day, None to find out.
    """

    columns: dict[str, tuple[int, ...]]
    order: DateOrder | None


def heading_key(heading: Sequence[str]) -> str:
    """Returns what a mapping is remembered by: the words of the heading."""
    words = "|".join(cell.strip().casefold() for cell in heading)
    return f"{text_digest(words) & (2**64 - 1):016x}"


def read_table(
    blocks: Iterable[bytes], options: ReadOptions
) -> Iterator[RecordRead | RecordProblem]:
    """Yields the records of a table, in order."""
    content, is_cut = whole(blocks)
    text = _decoded(content)
    rows, broken = _rows(text)
    ends_early = not broken and not is_cut and _ends_early(text, rows)
    if ends_early:
        rows.pop()
    network = linkedin.heading_of(rows)
    if network:
        yield from linkedin.read_rows(network, _named_rows(rows, network), options)
    else:
        yield from _list(rows, options)
    if broken or is_cut:
        reason = "The table is damaged or too large here; the rows before were read."
        yield _problem(len(rows) + 1, reason, ProblemKind.PARTLY_READ)
    elif ends_early:
        reason = "The table is cut off in its last row; the rows before were read."
        yield _problem(len(rows) + 1, reason, ProblemKind.PARTLY_READ)


def _ends_early(text: str, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table ends in the middle of a row: cells are missing, or part of the last one.

    Part of a cell shows where all cells above it are of one shape ("00:01:00") and it is only the
    beginning of that.
    """
    above = [row for row in rows[-_LOOKED_BACK:-1] if len(row) > 1]
    if text.endswith(("\n", "\r")) or len(above) < _FEWEST_ABOVE:
        return False
    last = rows[-1]
    if len(last) < min(map(len, above)) or text.count('"') % 2:
        return True
    cells = [row[len(last) - 1] for row in above if len(row) >= len(last)]
    if len(cells) < _FEWEST_ABOVE:
        return False
    usual, times = Counter(map(_shape, cells)).most_common(1)[0]
    ended = _shape(last[-1])
    is_usual = times >= len(cells) - 1  # one of them may be the heading
    return is_usual and ended != usual and usual.startswith(ended)


_LOOKED_BACK: Final = 50
_FEWEST_ABOVE: Final = 2
_DIGIT: Final = re.compile(r"\d")


def _shape(cell: str) -> str:
    return _DIGIT.sub("9", cell.strip())


def heading_of_table(head: bytes) -> list[str]:
    """Returns the heading of a table, from its first bytes; nothing when there is none."""
    rows, _ = _rows(_decoded(head))
    return next((row for row in rows[:20] if len(row) > 1), [])


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str) -> tuple[list[list[str]], bool]:
    rows: list[list[str]] = []
    try:
        for row in parse_table(text.replace("\0", "")):
            rows.append(row)  # noqa: PERF402 - what came before an error is kept
    except csv.Error:
        return rows, True
    return rows, False


def _named_rows(
    rows: Sequence[Sequence[str]], heading: frozenset[str]
) -> list[tuple[int, Mapping[str, str]]]:
    """Returns the rows below a heading, by the names of their columns."""
    at = next(
        number
        for number, row in enumerate(rows)
        if frozenset(cell.strip().casefold() for cell in row) == heading
    )
    names = [cell.strip().casefold() for cell in rows[at]]
    found: list[tuple[int, Mapping[str, str]]] = []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        if any(cell.strip() for cell in row):
            cells = [*row, *[""] * (len(names) - len(row))]
            found.append((number, dict(zip(names, cells, strict=False))))
    return found


def _list(
    rows: Sequence[Sequence[str]], options: ReadOptions
) -> Iterator[RecordRead | RecordProblem]:
    at = next((number for number, row in enumerate(rows[:20]) if len(row) > 1), None)
    if at is None:
        yield _problem(1, "This table has no columns.", ProblemKind.NOT_RECOGNISED)
        return
    mapped = _remembered(rows[at], options) or propose(rows[at])
    if mapped is None:
        yield _problem(at + 1, _UNKNOWN, ProblemKind.NOT_RECOGNISED)
        return
    body = [(number, row) for number, row in enumerate(rows[at + 1 :], start=at + 2) if any(row)]
    order = mapped.order or find_order((_at(row, mapped) for _, row in body), options.country)
    if order.is_guessed and mapped.order is None:
        yield _problem(at + 1, _GUESSED, ProblemKind.PARTLY_READ)
    for number, row in body:
        yield _record(number, row, mapped, order, options)


_UNKNOWN = (
    "The columns of this table are not known. Say which holds what: gonequiet import FILE "
    "--map number=COLUMN --map at=COLUMN --map direction=COLUMN --map duration=COLUMN."
)
_GUESSED = (
    "Nothing in this table shows whether its dates put the day or the month first; your country "
    "decided. Say --map order=day or --map order=month if that is wrong."
)


def _problem(number: int, reason: str, kind: ProblemKind) -> RecordProblem:
    return RecordProblem(kind=kind, position=str(number), reason=reason)


def _remembered(heading: Sequence[str], options: ReadOptions) -> Mapped | None:
    """What the owner said of tables with this heading."""
    try:
        said = json.loads(options.mapping or "{}").get(heading_key(heading))
    except (ValueError, AttributeError):
        return None
    return mapped_by(heading, said) if isinstance(said, dict) else None


def mapped_by(heading: Sequence[str], said: Mapping[str, object]) -> Mapped | None:
    """Returns what the owner's words come to on a heading, None when a column is not there.

    Args:
        heading: the names of the columns.
        said: the name of a column (or several, with a comma) by field; `order`: day or month.
    """
    names = [cell.strip().casefold() for cell in heading]
    columns: dict[str, tuple[int, ...]] = {}
    for field in FIELDS:
        wanted = [one.strip().casefold() for one in str(said.get(field, "")).split(",")]
        if any(one and one not in names for one in wanted):
            return None
        places = tuple(names.index(one) for one in wanted if one)
        if places:
            columns[field] = places
    if not {"number", "at"} <= columns.keys():
        return None
    order = str(said.get("order", ""))
    return Mapped(columns, DateOrder(order == "month", False) if order else None)


def propose(heading: Sequence[str]) -> Mapped | None:
    """Returns which column holds what by the usual words, None where that is not clear."""
    names = [" ".join(cell.split()).casefold() for cell in heading]
    columns: dict[str, tuple[int, ...]] = {}
    for field, words in _HEADINGS.items():
        taken = {place for places in columns.values() for place in places}
        known = words.split("|")
        found = [at for at, name in enumerate(names) if name in known and at not in taken]
        if found:
            columns[field] = (min(found, key=lambda at: known.index(names[at])),)
    clock = columns.pop("time", ())
    if "at" in columns:
        columns["at"] += clock
    enough = {"number", "at"} <= columns.keys() and columns.keys() & {"direction", "text"}
    return Mapped(columns, None) if enough else None


def _at(row: Sequence[str], mapped: Mapped) -> str:
    return " ".join(_cells(row, mapped, "at"))


def _cells(row: Sequence[str], mapped: Mapped, field: str) -> list[str]:
    return [row[place].strip() for place in mapped.columns.get(field, ()) if place < len(row)]


class _Exchange(NamedTuple):
    """What every row says: with whom, when, and who began."""

    address: str
    people: tuple[Participant, ...]
    at: int
    direction: Direction


def _record(
    number: int, row: Sequence[str], mapped: Mapped, order: DateOrder, options: ReadOptions
) -> RecordRead | RecordProblem:
    def cell(field: str) -> str:
        return " ".join(_cells(row, mapped, field))

    at = parse_moment(_at(row, mapped), order, options.zone)
    address = tel_address(cell("number"), options.country)
    if at is None or not address:
        reason = "This row has no number or no date that can be read."
        return _problem(number, reason, ProblemKind.UNREADABLE)
    said = cell("direction")
    direction = _direction(said)
    role = Role.FROM if direction is Direction.INBOUND else Role.TO
    who = (Participant(role, cell("name")[:200], address),)
    exchange = _Exchange(address, who, at, direction)
    if "text" in mapped.columns and not cell("duration"):
        return RecordRead(str(number), "", _text_record(exchange, cell("text")))
    call = _call(f"{said} {cell('outcome')}", cell("duration"))
    return RecordRead(str(number), "", _call_record(exchange, call))


def _direction(said: str) -> Direction:
    is_inbound = _IN.search(said) and not _OUT.search(said)
    return Direction.INBOUND if is_inbound else Direction.OUTBOUND


def _text_record(exchange: _Exchange, words: str) -> ParsedMessage:
    return channel_record(
        channel=Channel.TEXT,
        kind=kind_of_sender(exchange.address, exchange.direction),
        people=exchange.people,
        at=exchange.at,
        states=exchange.direction,
        text=words,
    )


def _call_record(exchange: _Exchange, call: Call) -> ParsedMessage:
    return channel_record(
        channel=Channel.CALL,
        kind=MessageKind.CALL,
        people=exchange.people,
        at=exchange.at,
        states=exchange.direction,
        detail=call.as_text(),
        asks=call.outcome is CallOutcome.MISSED,
    )


def _call(said: str, duration: str) -> Call:
    seconds = _seconds(duration)
    for pattern, outcome in (
        (_VOICEMAIL, CallOutcome.VOICEMAIL),
        (_REJECTED, CallOutcome.REJECTED),
        (_MISSED, CallOutcome.MISSED),
    ):
        if pattern.search(said):
            return Call(outcome, seconds)
    if seconds is None:
        return Call(CallOutcome.UNKNOWN, None)
    return Call(CallOutcome.ANSWERED if seconds else CallOutcome.MISSED, seconds)


def _seconds(text: str) -> int | None:
    """Returns a duration: "95", "1:35", "0:01:35", "1 min 35 s"; None when it is none."""
    text = text.strip()[:40]
    if text.isascii() and text.isdigit():
        return int(text)
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
    parts = _PARTS.findall(text)
    return sum(int(n) * _SECONDS[unit[0].lower()] for n, unit in parts) if parts else None

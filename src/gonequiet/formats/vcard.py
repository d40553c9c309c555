"""Address cards (vCard 2.1, RFC 2426, RFC 6350), one record for each.

Programs write cards that strict readers refuse, so lines are read one by one: what cannot be made
out is left, the rest of the card stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from gonequiet.domain.card import Card
from gonequiet.domain.message import Channel, MessageKind, ParsedMessage, Participant, Role
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.reach import NET
from gonequiet.domain.source import RecordRead
from gonequiet.formats.channel_record import channel_record
from gonequiet.formats.charsets import as_utf8
from gonequiet.formats.content_lines import (
    Block,
    Line,
    blocks_of,
    fields_of,
    lines_of,
    one_line,
    plain,
)
from gonequiet.formats.phone_numbers import tel_address
from gonequiet.formats.record_file import ReadOptions, whole

MOST_CARDS: Final = 100_000
_MOST_WAYS: Final = 100
_MOST_NOTE: Final = 5000
_WANTED: Final = frozenset(
    {
        "FN", "N", "NICKNAME", "EMAIL", "TEL", "ORG", "TITLE", "ROLE", "ADR", "TZ", "REV", "UID",
        "URL", "X-SOCIALPROFILE", "IMPP", "NOTE", "KIND", "CATEGORIES", "X-ME", "X-IS-ME",
        "X-ADDRESSBOOKSERVER-KIND",
    }
)  # fmt: skip
_MAIL: Final = re.compile(r"(?:mailto:)?[^\s<>\"(),:;@]{1,200}@[^\s<>\"(),:;@]{1,200}")
_WRITTEN_AROUND: Final = re.compile(r"<([^<>\s]{3,300})>")
_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/([^/?#\s]{1,120})", re.IGNORECASE
)
_DATE: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_OWN_CATEGORIES: Final = frozenset({"me", "myself", "ich"})

Fields = Mapping[str, Sequence[Line]]


def read_cards(
    blocks: Iterable[bytes], options: ReadOptions
) -> Iterator[RecordRead | RecordProblem]:
    """Yields the cards of a file in order, and what could not be read."""
    data, is_longer = whole(blocks)
    data = as_utf8(data)
    number, is_whole = 0, True
    for block in blocks_of(data, {"VCARD"}):
        number, is_whole = number + 1, block.is_whole
        if number > MOST_CARDS:
            reason = f"Only the first {MOST_CARDS} cards are read."
            yield _problem("end", reason, ProblemKind.PARTLY_READ)
            break
        yield _card(block, f"{number}", options)
    if not number:
        yield _problem("0", "There is no card in this file.", ProblemKind.UNREADABLE)
    elif is_whole and not data[-100:].rstrip().upper().endswith(b"END:VCARD"):
        reason = "The file ends with something that is no card; it may be cut off here."
        yield _problem("end", reason, ProblemKind.PARTLY_READ)
    if is_longer:
        reason = "The file is too large; only its beginning was read."
        yield _problem("end", reason, ProblemKind.PARTLY_READ)


def _card(block: Block, position: str, options: ReadOptions) -> RecordRead | RecordProblem:
    if not block.is_whole:
        reason = "The card has no end: the file is cut off here, or damaged."
        return _problem(position, reason, ProblemKind.PARTLY_READ)
    fields = _gathered(lines_of(block.content, _WANTED))
    if _first(fields, "KIND", "X-ADDRESSBOOKSERVER-KIND").lower() == "group":
        reason = "This card is of a group; those in it have cards of their own."
        return _problem(position, reason, ProblemKind.SKIPPED)
    ways = _ways(fields, options.country)
    name = _name(fields)
    if not name and not ways:
        reason = "The card names nobody and no way to reach anybody."
        return _problem(position, reason, ProblemKind.UNREADABLE)
    return RecordRead(position, "", _record(fields, name or ways[0], ways, block))


def _record(fields: Fields, name: str, ways: Sequence[str], block: Block) -> ParsedMessage:
    city, country = _place(fields)
    card = Card(
        uid=one_line(_first(fields, "UID"), 200),
        name=name,
        organisation=", ".join(filter(None, fields_of(_value(fields, "ORG")))),
        role=_first(fields, "TITLE", "ROLE"),
        city=city,
        country=country,
        zone=_first(fields, "TZ"),
        revised_on=_day(_first(fields, "REV")),
        is_owner=_is_owner(fields),
    )
    return channel_record(
        channel=Channel.CARD,
        kind=MessageKind.CARD,
        people=[Participant(Role.REPLY_TO, name, way) for way in ways],
        at=None,
        subject=name,
        text=_text(fields, card),
        detail=card.as_text(),
        size=len(block.content),
        problems=["The card is too large; only its beginning was read."] if block.is_cut else [],
        asks=False,
    )


def _gathered(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        held = found.setdefault(line.name, [])
        if line.value.strip() and len(held) < _MOST_WAYS:
            held.append(line)
    return found


def _value(fields: Fields, name: str) -> str:
    lines = fields.get(name)
    return lines[0].value if lines else ""


def _first(fields: Fields, *names: str) -> str:
    """Returns the first of some properties that says anything, as one line."""
    for name in names:
        if said := one_line(_value(fields, name), 200):
            return said
    return ""


def _name(fields: Fields) -> str:
    """Returns the name a person goes by: in full, else of its parts, else the organisation's."""
    full = _first(fields, "FN")
    if full and "@" not in full:
        return full
    family, given, middle, *_ = [*fields_of(_value(fields, "N")), "", "", ""]
    composed = " ".join(filter(None, (given, middle, family)))
    return composed or _first(fields, "NICKNAME") or " ".join(fields_of(_value(fields, "ORG"))[:1])


def _ways(fields: Fields, country: str) -> list[str]:
    """Returns every way to reach the person, each once, in the order of the card."""
    found = [address for line in fields.get("EMAIL", ()) if (address := _mail(line.value))]
    found += [tel_address(_number(line.value), country) for line in fields.get("TEL", ())]
    for name in ("X-SOCIALPROFILE", "URL", "IMPP"):
        found += [profile_address(line.value) for line in fields.get(name, ())]
    return list(dict.fromkeys(filter(None, found)))[:_MOST_WAYS]


def _mail(value: str) -> str:
    written = plain(value, 500).lower()
    around = _WRITTEN_AROUND.search(written)
    found = _MAIL.fullmatch(around[1] if around else written)
    return found[0].removeprefix("mailto:") if found else ""


def _number(value: str) -> str:
    return plain(value, 100).removeprefix("tel:").removeprefix("TEL:")


def profile_address(link: str) -> str:
    """Returns the address of a person's profile on a network, "" when the link is none."""
    found = _PROFILE.search(link[:1000])
    return f"{NET}linkedin/{found[1].lower()}" if found else ""


def _place(fields: Fields) -> tuple[str, str]:
    """Returns city and country, of the address of work before any other."""
    lines = fields.get("ADR", ())
    at_work = [line for line in lines if "work" in line.parameters.get("TYPE", "").lower()]
    for line in (*at_work, *lines):
        parts = [*fields_of(line.value), *[""] * 7]
        if parts[3] or parts[6]:
            return parts[3], parts[6]
    return "", ""


def _day(text: str) -> str:
    found = _DATE.match(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def _is_owner(fields: Fields) -> bool:
    """Whether the card says that it is the owner's own."""
    if _first(fields, "X-ME", "X-IS-ME").lower() in ("1", "true", "yes"):
        return True
    said = _first(fields, "CATEGORIES").lower().split(",")
    return not _OWN_CATEGORIES.isdisjoint(one.strip() for one in said)


def _text(fields: Fields, card: Card) -> str:
    """Returns the card as it is read and searched."""
    lines = [card.role, card.organisation, card.city, card.country]
    for name in ("EMAIL", "TEL", "URL"):
        lines += [one_line(line.value, 200) for line in fields.get(name, ())]
    lines.append(plain(_value(fields, "NOTE"), _MOST_NOTE))
    return "\n".join(filter(None, lines))


def _problem(position: str, reason: str, kind: ProblemKind) -> RecordProblem:
    return RecordProblem(kind=kind, position=position, reason=reason)

"""Chats as WhatsApp exports them: one line a message, in the telephone's own language and dates.

    [31.12.23, 21:15:09] Dana Reyes: See you on Tuesday
    12/31/23, 9:15 PM - Dana Reyes: See you on Tuesday

A line that begins otherwise goes on with the message before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from gonequiet.domain.call import Call, CallOutcome
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import Attachment, Channel, MessageKind, Participant, Role
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.reach import CHAT, named
from gonequiet.domain.source import RecordRead
from gonequiet.formats.channel_record import channel_record
from gonequiet.formats.charsets import as_utf8
from gonequiet.formats.chat_lines import LINE
from gonequiet.formats.local_times import DateOrder, find_order, parse_moment
from gonequiet.formats.phone_numbers import tel_address
from gonequiet.formats.record_file import ReadOptions, whole

_SPEAKER: Final = re.compile(r"(?P<name>[^:\n]{1,80}): ?")
_MEDIA: Final = re.compile(
    r"<(?:Media omitted|Medien ausgeschlossen|Multimedia omitido|Médias omis)>|"
    r"(?:image|video|audio|GIF|sticker|document|Bild|Video|Audio|Sticker|Dokument) "
    r"(?:omitted|weggelassen)|<(?:attached|Anhang): ?(?P<name>[^>\n]{1,200})>|"
    r"(?P<file>[^\n]{1,200}) \((?:file attached|Datei angehängt)\)",
    re.IGNORECASE,
)
_MISSED: Final = re.compile(
    r"(?:missed (?:voice|video|group)? ?call|verpasster (?:sprach|video)?anruf|"
    r"(?:sprach|video)anruf verpasst)",
    re.IGNORECASE,
)
_WITH: Final = re.compile(
    r"(?:WhatsApp[ -])?Chat (?:with|mit|con|avec) (?P<name>.+?)(?: ?\(\d+\))?(?:\.txt|\.zip)?$",
    re.IGNORECASE,
)
_MARKS: Final = str.maketrans("", "", "\u200e\u200f\u202a\u202c\ufeff")
_TWO: Final = 2


class _Said(NamedTuple):
    """One thing somebody said: line number, moment as written, who, and the words."""

    number: int
    stamp: str
    name: str
    text: str


def read_chat(
    blocks: Iterable[bytes], options: ReadOptions
) -> Iterator[RecordRead | RecordProblem]:
    """Yields the messages of a chat, in order."""
    content, is_cut = whole(blocks)
    text = as_utf8(content).decode("utf-8", "replace")
    said = list(_said(text))
    order = find_order((one.stamp for one in said), options.country)
    sides = _Sides.of(said, options)
    if said and sides is None:
        yield _problem("1", _WHO, ProblemKind.NOT_RECOGNISED)
        return
    if order.is_guessed:
        yield _problem("1", _ORDER.format("month" if order.is_month_first else "day"))
    for one in said:
        if sides is not None:
            yield _record(one, sides, order, options)
    if is_cut:
        yield _problem(str(len(said)), "The file is larger than is read; the rest was left out.")


_WHO = (
    "It cannot be told which of the people in this chat you are. Say your name as it stands there: "
    "gonequiet import FILE --as 'NAME'."
)
_ORDER = (
    "Nothing in this chat shows whether its dates put the day or the month first; they were read "
    "with the {} first. Set your country in the settings if that is wrong."
)


def _problem(
    position: str, reason: str, kind: ProblemKind = ProblemKind.PARTLY_READ
) -> RecordProblem:
    return RecordProblem(kind=kind, position=position, reason=reason)


def _said(text: str) -> Iterator[_Said]:
    """Yields what somebody said; lines of the program itself name nobody and are left out."""
    starts = list(LINE.finditer(text))
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        speaker = _SPEAKER.match(text, start.end(), end)
        if speaker is None:
            continue
        words = text[speaker.end() : end].translate(_MARKS).strip()
        name = speaker["name"].translate(_MARKS).strip().lstrip("~").strip()
        yield _Said(number + 1, start["a"] or start["b"], name, words)


class _Sides(NamedTuple):
    """Who in a chat is the owner; everybody else is the other side."""

    owner: frozenset[str]
    others: tuple[str, ...]

    @classmethod
    def of(cls, said: list[_Said], options: ReadOptions) -> _Sides | None:
        """Finds the owner: by name, else as the one the file is not named after."""
        names = list(dict.fromkeys(one.name for one in said))
        known = {name.casefold() for name in options.names}
        owner = frozenset(name for name in names if name.casefold() in known)
        if not owner:
            titled = _WITH.search(options.name)
            other = titled["name"].strip().casefold() if titled else ""
            rest = [name for name in names if name.casefold() != other]
            if not other or (len(names) > 1 and len(names) != _TWO) or len(rest) == len(names) > 1:
                return None
            owner = frozenset(rest)
        return cls(owner, tuple(name for name in names if name not in owner))


def _record(
    one: _Said, sides: _Sides, order: DateOrder, options: ReadOptions
) -> RecordRead | RecordProblem:
    at = parse_moment(one.stamp, order, options.zone)
    if at is None:
        return _problem(str(one.number), "This line has no date that can be read.")
    is_own = one.name in sides.owner
    people = tuple(_people(one, sides, options, is_own=is_own))
    if not people:
        return _problem(str(one.number), "Nobody else is named in this chat.")
    missed = _MISSED.match(one.text) is not None
    words, attached = _parts(one.text)
    return RecordRead(
        str(one.number),
        "",
        channel_record(
            channel=Channel.CALL if missed else Channel.CHAT,
            kind=MessageKind.CALL if missed else MessageKind.PERSONAL,
            people=people,
            at=at,
            states=Direction.OUTBOUND if is_own else Direction.INBOUND,
            text="" if missed else words,
            detail=Call(CallOutcome.MISSED).as_text() if missed else "",
            attachments=attached,
            asks=True if missed else None,
        ),
    )


def _people(
    one: _Said, sides: _Sides, options: ReadOptions, *, is_own: bool
) -> Iterator[Participant]:
    """Yields whom the owner wrote to, or who wrote."""
    others = sides.others or (_other_named(options),)
    role = Role.TO if is_own else Role.FROM
    for name in others if is_own else (one.name,):
        address = _address(name, options)
        if address:
            yield Participant(role, "" if address.startswith("tel:") else name, address)


def _other_named(options: ReadOptions) -> str:
    titled = _WITH.search(options.name)
    return titled["name"].strip() if titled else ""


def _address(name: str, options: ReadOptions) -> str:
    """A number where the chat shows one, else the name itself."""
    digits = sum(letter.isdigit() for letter in name)
    is_number = digits >= 7 and not any(letter.isalpha() for letter in name)
    return (tel_address(name, options.country) if is_number else "") or named(CHAT, name)


def _parts(text: str) -> tuple[str, list[Attachment]]:
    found = _MEDIA.search(text)
    if found is None:
        return text, []
    name = (found["name"] or found["file"] or "").strip()
    words = (text[: found.start()] + text[found.end() :]).strip()
    return words, [Attachment(name[:200], "application/octet-stream", 0)]

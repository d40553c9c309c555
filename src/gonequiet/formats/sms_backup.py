"""SMS Backup & Restore: calls, texts and picture messages of a telephone, as XML.

The files are large, often cut off, and hold what XML forbids: halves of surrogate pairs written as
numbers, control characters. They are mended as they stream by; document types are refused; what
stands before a truncation is kept.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple
from xml.parsers import expat

from defusedxml.common import DTDForbidden

from gonequiet.domain.call import Call, CallOutcome
from gonequiet.domain.interaction import Direction
from gonequiet.domain.message import Attachment, Channel, MessageKind, Participant, Role
from gonequiet.domain.moments import plausible
from gonequiet.domain.provenance import ProblemKind, RecordProblem
from gonequiet.domain.reach import TEL, named
from gonequiet.domain.source import RecordRead
from gonequiet.formats.channel_record import channel_record
from gonequiet.formats.phone_numbers import tel_address
from gonequiet.formats.record_file import ReadOptions

_CALLS: Final = {
    "1": (Direction.INBOUND, CallOutcome.ANSWERED),
    "2": (Direction.OUTBOUND, CallOutcome.ANSWERED),
    "3": (Direction.INBOUND, CallOutcome.MISSED),
    "4": (Direction.INBOUND, CallOutcome.VOICEMAIL),
    "5": (Direction.INBOUND, CallOutcome.REJECTED),
    "6": (Direction.INBOUND, CallOutcome.REJECTED),
}
_SENT: Final = frozenset({"2", "4", "5", "6"})  # sent, outbox, failed, queued
_DRAFT: Final = "3"
_MMS_FROM, _MMS_TO = "137", "151"
_REFERENCE: Final = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|(\d{1,10}));")
_ALLOWED: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HELD: Final = 40
_TAIL: Final = re.compile(r"(?:&#(?:55[2-9]\d\d|56[0-2]\d\d|563[01]\d);)?(?:&[^;\s<>\"]{0,12})?\Z")
"""A reference, or the first of a pair of them, that may go on in the next block."""
_NOBODY: Final = frozenset({"", "null", "(unknown)", "unknown", "insert-address-token"})
_MOST_PEOPLE: Final = 200
_READ_CHARS: Final = 1_000  # of a number or a name


def read_backup(
    blocks: Iterable[bytes], options: ReadOptions
) -> Iterator[RecordRead | RecordProblem]:
    """Yields the calls and messages of a backup, in order."""
    number = options.before
    try:
        for number, entry in enumerate(_entries(blocks), options.before + 1):
            yield _record(entry, number, options)
    except (expat.ExpatError, DTDForbidden, ValueError, LookupError) as error:
        what = "holds a document type" if isinstance(error, DTDForbidden) else "ends early"
        yield RecordProblem(
            kind=ProblemKind.PARTLY_READ if number else ProblemKind.UNREADABLE,
            position=str(number + 1),
            reason=f"The file {what} or is damaged here; the {number:,} before it were read.",
        )


class _Entry(NamedTuple):
    """A call, text or picture message.

    Attributes:
        tag: call, sms or mms.
        given: its attributes.
        inner: tag and attributes of what stands in it.
    """

    tag: str
    given: Mapping[str, str]
    inner: list[tuple[str, Mapping[str, str]]]

    def within(self, tag: str) -> Iterator[Mapping[str, str]]:
        """Yields the attributes of what stands in it under a tag."""
        return (given for name, given in self.inner if name == tag)


class _Entries:
    """Takes a backup apart as it streams by; holds what is open and what was not asked for yet.

    The parser underneath is used by itself: a tree of elements, built to be thrown away, costs
    more than reading the file. Without a document type there is nothing to expand or to fetch.
    """

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(None, "}")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _refuse
        self._open: list[_Entry] = []
        self._whole: list[_Entry] = []

    def of(self, text: str, *, is_last: bool = False) -> list[_Entry]:
        """Returns the entries a piece of the file makes whole, and those before damage in it."""
        self._whole = []
        self._parser.Parse(text, is_last)
        return self._whole

    @property
    def rest(self) -> list[_Entry]:
        """What was whole before the parser gave up."""
        return self._whole

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag in _ENTRIES:
            self._open.append(_Entry(tag, given, []))
        elif self._open:
            self._open[-1].inner.append((tag, given))

    def _end(self, tag: str) -> None:
        if tag in _ENTRIES:
            self._whole.append(self._open.pop())


_ENTRIES: Final = frozenset(("sms", "mms", "call"))


def _refuse(name: str, system: str | None, public: str | None, _inner: bool) -> None:
    raise DTDForbidden(name, system, public)


def _entries(blocks: Iterable[bytes]) -> Iterator[_Entry]:
    """Yields each call and message once it is whole; nothing else is held."""
    entries = _Entries()
    try:
        for text in _mended(blocks):
            yield from entries.of(text)
        yield from entries.of("", is_last=True)
    except (expat.ExpatError, DTDForbidden):
        yield from entries.rest
        raise


def _mended(blocks: Iterable[bytes]) -> Iterator[str]:
    """Yields the text of a file with what XML forbids replaced, in pieces."""
    decoder = None
    held = ""
    for block in blocks:
        if decoder is None:
            wide = block[:2] in (b"\xff\xfe", b"\xfe\xff")
            decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")("replace")
        text = held + decoder.decode(block)
        tail = _TAIL.search(text, max(0, len(text) - _HELD))
        cut = tail.start() if tail is not None else len(text)
        held = text[cut:]
        yield _without_forbidden(text[:cut])
    if held:
        yield _without_forbidden(held)


def _without_forbidden(text: str) -> str:
    if "&#" in text:
        text = _PAIR.sub(_joined, text)
        text = _REFERENCE.sub(_allowed, text)
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return text
    return _ALLOWED.sub("\ufffd", text)


_PLAIN: Final = b"\t\n\r" + bytes(range(0x20, 0x80))


_PAIR: Final = re.compile(r"&#(5[56]\d{3});&#(5[67]\d{3});")


def _joined(found: re.Match[str]) -> str:
    """Two numbers that are the halves of one character."""
    high, low = int(found[1]), int(found[2])
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return found[0]


def _allowed(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or _ALLOWED.match(chr(code)):
        return "\ufffd"
    return found[0]


def _record(entry: _Entry, number: int, options: ReadOptions) -> RecordRead | RecordProblem:
    given = entry.given
    at = _moment(given)
    if at is None:
        reason = "This entry has no date that can be read."
        return RecordProblem(kind=ProblemKind.UNREADABLE, position=str(number), reason=reason)
    if entry.tag == "call":
        return _call(given, number, at, options)
    return (
        _mms(entry, number, at, options) if entry.tag == "mms" else _sms(given, number, at, options)
    )


def _moment(given: Mapping[str, str]) -> int | None:
    text = given.get("date", "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 14:
        return None
    value = int(text)
    at = value // 1000 if value > 100_000_000_000 else value  # some versions write seconds
    return plausible(at)


def _call(
    given: Mapping[str, str], number: int, at: int, options: ReadOptions
) -> RecordRead | RecordProblem:
    direction, outcome = _CALLS.get(given.get("type", ""), (Direction.INBOUND, CallOutcome.UNKNOWN))
    seconds = _whole(given.get("duration", ""))
    if outcome is CallOutcome.ANSWERED and not seconds:
        outcome = CallOutcome.MISSED  # nobody spoke: an outgoing call that rang out
    who = _party(given, direction, options)
    if who is None:
        return _without_number(number)
    record = channel_record(
        channel=Channel.CALL,
        kind=MessageKind.CALL,
        people=(who,),
        at=at,
        states=direction,
        detail=Call(outcome, seconds).as_text(),
        asks=outcome is CallOutcome.MISSED,
    )
    return RecordRead(str(number), "", record)


def _without_number(number: int) -> RecordProblem:
    return RecordProblem(
        kind=ProblemKind.SKIPPED,
        position=str(number),
        reason="This entry names no number: the caller withheld it, or it was never stored.",
    )


def _sms(
    given: Mapping[str, str], number: int, at: int, options: ReadOptions
) -> RecordRead | RecordProblem:
    kind = given.get("type", "1")
    if kind == _DRAFT:
        return RecordProblem(
            kind=ProblemKind.SKIPPED,
            position=str(number),
            reason="This is a draft; it was not sent.",
        )
    direction = Direction.OUTBOUND if kind in _SENT else Direction.INBOUND
    who = _party(given, direction, options)
    if who is None:
        return _without_number(number)
    subject = given.get("subject", "")
    return RecordRead(
        str(number),
        "",
        channel_record(
            channel=Channel.TEXT,
            kind=kind_of_sender(who.address, direction),
            people=(who,),
            at=at,
            states=direction,
            subject="" if subject in _NOBODY else subject,
            text=_text(given.get("body", "")),
        ),
    )


@lru_cache(maxsize=8_192)
def kind_of_sender(address: str, direction: Direction) -> MessageKind:
    """A text from a short number, or from a word, was sent by a machine."""
    digits = address.removeprefix(TEL).lstrip("+")
    is_short = digits.isdigit() and len(digits) <= _SHORT
    by_machine = direction is Direction.INBOUND and (is_short or not digits.isdigit())
    return MessageKind.AUTOMATIC if by_machine else MessageKind.PERSONAL


_SHORT: Final = 6


def _mms(entry: _Entry, number: int, at: int, options: ReadOptions) -> RecordRead | RecordProblem:
    direction = Direction.OUTBOUND if entry.given.get("msg_box") in _SENT else Direction.INBOUND
    people = _mms_people(entry, direction, options)
    if not people:
        return _without_number(number)
    words, attached = [], []
    for part in entry.within("part"):
        kind = part.get("ct", "")
        if kind == "text/plain":
            words.append(_text(part.get("text", "")))
        elif kind not in ("application/smil", ""):
            size = len(part.get("data", "")) * 3 // 4
            attached.append(Attachment(part.get("cl", "")[:200], kind.lower()[:100], size))
    return RecordRead(
        str(number),
        "",
        channel_record(
            channel=Channel.TEXT,
            kind=kind_of_sender(people[0].address, direction),
            people=people,
            at=at,
            states=direction,
            text="\n".join(filter(None, words)),
            attachments=attached[:50],
        ),
    )


def _mms_people(
    entry: _Entry, direction: Direction, options: ReadOptions
) -> tuple[Participant, ...]:
    """The sender of what came in, or everybody something went to."""
    wanted = _MMS_FROM if direction is Direction.INBOUND else _MMS_TO
    role = Role.FROM if direction is Direction.INBOUND else Role.TO
    found = [
        tel_address(one.get("address", ""), options.country)
        for one in entry.within("addr")
        if one.get("type") == wanted
    ][:_MOST_PEOPLE]
    known = [address for address in dict.fromkeys(found) if address]
    if known:
        name = entry.given.get("contact_name", "") if len(known) == 1 else ""
        return tuple(Participant(role, _name(name), address) for address in known)
    listed = entry.given.get("address", "").split("~")[:_MOST_PEOPLE]
    addresses = [tel_address(one, options.country) for one in listed]
    return tuple(Participant(role, "", address) for address in addresses if address)


def _party(
    given: Mapping[str, str], direction: Direction, options: ReadOptions
) -> Participant | None:
    written = given.get("number") or given.get("address") or ""
    role = Role.FROM if direction is Direction.INBOUND else Role.TO
    called = given.get("contact_name", "")[:_READ_CHARS]
    return _participant(written[:_READ_CHARS], called, role, options.country)


@lru_cache(maxsize=8_192)
def _participant(written: str, called: str, role: Role, country: str) -> Participant | None:
    """Who a number and a name are; the same few come again and again."""
    name = _name(called)
    if written.strip().lower() in _NOBODY or written in ("-1", "-2", "-3"):
        return None
    address = tel_address(written, country) or named(TEL, written[:60])
    return Participant(role, name, address) if address else None


def _name(written: str) -> str:
    text = " ".join(written.split())[:200]
    return "" if text.lower() in _NOBODY else text


def _text(written: str) -> str:
    return "" if written == "null" else written


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None

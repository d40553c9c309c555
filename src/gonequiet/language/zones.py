"""Cuts the text of a message into what its sender wrote for it and everything else.

`cut_zones` is the fast form that every imported message goes through; `zone_spans` gives the same
cut as character spans with finer names. Both stand on `quoting` (where the words of others begin)
and `signature` (how a message ends). Forwarded and quoted text is never read as the sender's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from gonequiet.language.blocks import BlockKind
from gonequiet.language.quoting import find_blocks, is_quoted, may_hold_others_words
from gonequiet.language.signature import find_ending, is_attachment_name, stands_apart
from gonequiet.language.signature_lines import ends_walk, is_closing

MAX_CHARS = 65_536  # text past this is not cut; no letter is longer


class Zones(NamedTuple):
    """The parts of one message's text.

    Attributes:
        new_text: the words written for this message, greeting and closing included.
        signature: the signature block without the closing above it, "" when none.
        quoted: earlier mail repeated below or between the new words, "" when none.
        forwarded: mail passed on, "" when none.
    """

    new_text: str
    signature: str
    quoted: str
    forwarded: str


class Zone(StrEnum):
    """What a run of lines is in its own message, be that new, quoted or forwarded."""

    PARAGRAPH = "paragraph"
    GREETING = "greeting"
    CLOSING = "closing"
    SIGNATURE = "signature"
    FOOTER = "footer"
    SEPARATOR = "separator"
    MARKER = "marker"
    HEADERS = "headers"
    QUOTATION = "quotation"


class Part(StrEnum):
    """Whose words they are."""

    NEW = "new"
    QUOTED = "quoted"
    FORWARDED = "forwarded"


class ZoneSpan(NamedTuple):
    """A run of whole lines of one zone; `text[start:stop]` without the last line's end."""

    start: int
    stop: int
    zone: Zone
    part: Part


class _Section(NamedTuple):
    """A run of lines that have one writer."""

    kind: BlockKind
    part: Part
    start: int
    stop: int


_GREETING = re.compile(
    r"\s*(?:(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings|gentlemen|ladies"
    r"|all|team|folks|everyone|hallo|liebe[rs]?|sehr geehrte\w*|guten (?:tag|morgen|abend)|moin"
    r"|servus|bonjour|cher|chère|salut|hola|estimad[oa]|ciao|beste)\b.{0,60}[,:!.-]?"
    r"|[A-Z][\w.'-]{1,20}(?:(?:,| and| &|/| or) ?[A-Z][\w.'-]{1,20}){0,4} ?(?:,|:|-|--))\s*$"
)
_RULE = re.compile(r"\s*(?:[-_=*#~+]\s?){4,}\s*$")


def cut_zones(text: str) -> Zones:
    """Cuts a message's text, whatever its line ends; past `MAX_CHARS` it is left off."""
    text = _normalised(text)
    lines = text.split("\n")
    if not may_hold_others_words(text):
        return _own_zones(lines, 0, len(lines))
    return _joined(lines, _sections(lines))


def zone_spans(text: str) -> tuple[ZoneSpan, ...]:
    """The same cut as spans of characters, in order; blank lines belong to no span."""
    if "\r" in text:
        raise ValueError("Spans need text with bare line feeds; replace other line ends first.")
    lines = text[:MAX_CHARS].split("\n")
    offsets = _line_offsets(lines)
    sections = _sections(lines)
    named = (line for section in sections for line in _named_lines(lines, section))
    return tuple(_merged(named, lines, offsets))


def quoted_words(quoted: str) -> str:
    """The words of `Zones.quoted` or `Zones.forwarded` that stand first, prefixes taken off.

    Announcements and headers are skipped, so that the result begins as the earlier message began.
    """
    lines = _normalised(quoted).split("\n")
    for block in find_blocks(lines):
        if block.kind is BlockKind.TEXT:
            return "\n".join(lines[block.start : block.stop]).strip()
        if block.kind is BlockKind.QUOTATION:
            return "\n".join(map(_unprefixed, lines[block.start : block.stop])).strip()
    return ""


def _unprefixed(line: str) -> str:
    stripped = line.lstrip()
    return stripped[1:].removeprefix(" ") if stripped.startswith(">") else line


def _normalised(text: str) -> str:
    if len(text) > MAX_CHARS:
        text = text[:MAX_CHARS]
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _own_zones(lines: Sequence[str], start: int, stop: int) -> Zones:
    ending = find_ending(lines, start, stop)
    return Zones(
        new_text="\n".join(lines[start : ending.signature]).strip(),
        signature="\n".join(lines[ending.signature : ending.footer]).strip(),
        quoted="",
        forwarded="",
    )


def _joined(lines: Sequence[str], sections: Iterator[_Section]) -> Zones:
    new: list[str] = []
    signatures: list[str] = []
    others: dict[Part, list[str]] = {Part.QUOTED: [], Part.FORWARDED: []}
    for section in sections:
        if section.part is Part.NEW:
            own = _own_zones(lines, section.start, section.stop)
            new.append(own.new_text)
            signatures.append(own.signature)
        else:
            stop = len(lines) if _is_all_others(lines, section) else section.stop
            others[section.part].append("\n".join(lines[section.start : stop]).strip())
            if stop == len(lines):
                break
    return Zones(
        new_text="\n\n".join(filter(None, new)),
        signature="\n".join(filter(None, signatures)),
        quoted="\n".join(filter(None, others[Part.QUOTED])),
        forwarded="\n".join(filter(None, others[Part.FORWARDED])),
    )


def _is_all_others(lines: Sequence[str], section: _Section) -> bool:
    """Whether nothing below this section can be new: headers, then words without a prefix."""
    if section.kind is not BlockKind.HEADERS:
        return False
    below = (line for line in lines[section.stop : section.stop + 20] if line.strip())
    return not is_quoted(next(below, ">"))


def _sections(lines: Sequence[str]) -> Iterator[_Section]:
    """Says of every block whose words it holds.

    A marker or header block hands over to somebody else until the end of the text, with one
    exception: what stands below lines with a ">" prefix is the sender's own again, because the
    prefix says where the quotation ends.
    """
    part = Part.NEW
    open_ended = False
    for kind, start, stop, forwards, _, memo in find_blocks(lines):
        if kind is BlockKind.QUOTATION:
            quoted = part if part is Part.FORWARDED else Part.QUOTED
            yield _Section(kind, quoted, start, stop)
            part = part if open_ended else Part.NEW
            continue
        is_text = kind is BlockKind.TEXT
        if part is Part.NEW and not is_text and not memo:
            part = Part.FORWARDED if forwards else Part.QUOTED
        if is_text and part is not Part.NEW:
            open_ended = open_ended or any(map(str.strip, lines[start:stop]))
        yield _Section(kind, part, start, stop)


def _line_offsets(lines: Sequence[str]) -> list[int]:
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    return offsets


_BLOCK_ZONES = {
    BlockKind.QUOTATION: Zone.QUOTATION,
    BlockKind.MARKER: Zone.MARKER,
    BlockKind.HEADERS: Zone.HEADERS,
    BlockKind.LETTERHEAD: Zone.SIGNATURE,
}


def _named_lines(lines: Sequence[str], section: _Section) -> Iterator[tuple[int, Zone, Part]]:
    if section.kind is not BlockKind.TEXT:
        zone = _BLOCK_ZONES[section.kind]
        yield from ((at, zone, section.part) for at in range(section.start, section.stop))
        return
    start = section.start
    for stop in (*_inner_ends(lines, section), section.stop):
        ending = find_ending(lines, start, stop)
        closing = _closing_start(lines, start, ending.signature)
        greeting = _greeting_stop(lines, start, closing)
        apart = dict(_set_apart(lines, greeting, closing))
        for at in range(start, stop):
            zone = _zone_at(lines[at], at, greeting, closing, *ending)
            yield at, apart.get(at, zone), section.part
        start = stop


def _set_apart(lines: Sequence[str], start: int, stop: int) -> Iterator[tuple[int, Zone]]:
    """Lines of footers and of blocks of contact details that stand between the paragraphs."""
    while start < stop:
        end = start
        while end < stop and lines[end].strip() and not _RULE.match(lines[end][:200]):
            end += 1
        ending = stands_apart(lines, start, end) if end > start else None
        if ending is not None:
            zone = Zone.FOOTER if ending.footer == start else Zone.SIGNATURE
            yield from ((at, zone) for at in range(start, end))
        start = max(end, start + 1)


def _inner_ends(lines: Sequence[str], section: _Section) -> Iterator[int]:
    """Where a letter ends inside the section and another text goes on below it.

    That is the case after "Best regards," and a few short lines that are no prose.
    """
    at = section.start
    while at < section.stop:
        if _is_closing_line(lines[at]):
            stop = _letter_stop(lines, at + 1, section.stop)
            if stop < section.stop:
                yield stop
            at = stop
        else:
            at += 1


def _is_closing_line(line: str) -> bool:
    line = line.strip()
    return 0 < len(line) < 30 and line[-1] == "," and is_closing(line)


def _letter_stop(lines: Sequence[str], start: int, stop: int) -> int:
    limit = min(stop, start + _LINES_BELOW_CLOSING)
    for at in range(start, limit):
        if lines[at].strip() and ends_walk(lines[at].strip()):
            return at
    return limit


_LINES_BELOW_CLOSING = 14


def _zone_at(line: str, at: int, greeting: int, closing: int, signature: int, footer: int) -> Zone:
    if _RULE.match(line[:200]):
        return Zone.SEPARATOR
    if is_attachment_name(line):
        return Zone.PARAGRAPH
    if at < greeting:
        return Zone.GREETING
    if at < closing:
        return Zone.PARAGRAPH
    if at < signature:
        return Zone.CLOSING
    return Zone.SIGNATURE if at < footer else Zone.FOOTER


def _greeting_stop(lines: Sequence[str], start: int, stop: int) -> int:
    """Index after the greeting line, or `start` when the text opens without one."""
    for at in range(start, min(stop, start + 6)):
        if lines[at].strip():
            return at + 1 if len(lines[at]) <= 60 and _GREETING.match(lines[at]) else start
    return start


def _closing_start(lines: Sequence[str], start: int, stop: int) -> int:
    """First line of "Thanks," and the name below it; `stop` when there is neither."""
    top = stop
    for at in range(stop - 1, max(start, stop - 7) - 1, -1):
        line = lines[at].strip()
        if not line:
            continue
        if len(line) > _LONGEST_CLOSING:
            break
        if is_closing(line):
            return at
        if not (_NAME.match(line) and _stands_alone(lines, at, start)):
            break
        top = at
    return top


_LONGEST_CLOSING = 45
_NAME = re.compile(r"[-–~/* ]{0,3}(?:[A-ZÄÖÜ][\w.'-]*|[a-z]{2,9})(?: [A-ZÄÖÜ][\w.'-]*){0,3}[.,!]?$")
_NEVER_A_NAME = re.compile(
    r"(?:fyi|done|ok|okay|yes|no|agreed|great|perfect|ditto|help|ps)\W*$", re.IGNORECASE
)


def _stands_alone(lines: Sequence[str], at: int, start: int) -> bool:
    """Whether a line is set apart, so that it is a name and not the end of a sentence."""
    if _NEVER_A_NAME.match(lines[at].strip()):
        return False
    above = lines[at - 1].strip() if at > start else ""
    return not above or len(above) < _LONGEST_CLOSING or above[-1] in ".!?,:;-)"


def _merged(
    named: Iterator[tuple[int, Zone, Part]], lines: Sequence[str], offsets: Sequence[int]
) -> Iterator[ZoneSpan]:
    current: ZoneSpan | None = None
    for at, zone, part in named:
        stop = offsets[at] + len(lines[at])
        if not lines[at].strip():
            continue
        if current is not None and (current.zone, current.part) == (zone, part):
            current = current._replace(stop=stop)
            continue
        if current is not None:
            yield current
        current = ZoneSpan(offsets[at], stop, zone, part)
    if current is not None:
        yield current

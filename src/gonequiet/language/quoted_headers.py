"""The headers of another message inside a text: those of mail programs, and those of a memo.

With them goes what stands above: the name and date of Lotus Notes, its letterhead, a rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gonequiet.language.attributions import MAX_LINE
from gonequiet.language.blocks import Block, BlockKind

WHITE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_MAX_HEADER_LINES = 120
WRAPPED_AT = 60  # shorter quoted lines were not wrapped by a mail program
_HEADER = re.compile(
    r"[\s*|]{0,20}(?P<name>from|to|cc|bcc|sent|sent by|date|subject|importance|reply-to"
    r"|attachments?"
    r"|organi[sz]ation|newsgroups|received|return-path|re|[a-z]{1,30}-[a-z-]{1,40}"
    r"|von|an|gesendet|datum|betreff|kopie|wichtigkeit|antwort an|anlagen?"
    r"|de|à|envoyé|objet|para|enviado(?: el)?|fecha|asunto|da|a|inviato|data|oggetto"
    r"|aan|verzonden|onderwerp)\*?[ \t]{0,3}:",
    re.IGNORECASE,
)
# The names in it but for those with a hyphen, which the pattern alone knows.
_NAMES = frozenset(
    (
        "from", "to", "cc", "bcc", "sent", "date", "subject", "importance", "attachment",
        "attachments", "organisation", "organization", "newsgroups", "received", "re", "von", "an",
        "gesendet", "datum", "betreff", "kopie", "wichtigkeit", "anlage", "anlagen", "de", "à",
        "envoyé", "objet", "para", "enviado", "fecha", "asunto", "da", "a", "inviato", "data",
        "oggetto", "aan", "verzonden", "onderwerp", "sent by", "antwort an", "enviado el",
    )
)  # fmt: skip
_FROM_NAMES = frozenset({"from", "von", "de", "da"})
_TO_NAMES = frozenset({"to", "an", "à", "para", "a", "aan", "newsgroups"})
_SUBJECT_NAMES = frozenset({"subject", "betreff", "objet", "asunto", "oggetto", "onderwerp"})
_MEMO_NAMES = frozenset({"to", "from", "date", "subject", "re", "an", "von", "betreff", "datum"})
_MEMO_HEADERS = 3
_SENT_BY = "sent by"
_DATE_NAMES = frozenset(
    {"sent", "date", "gesendet", "datum", "envoyé", "enviado", "enviado el", "fecha", "inviato"}
    | {"data", "verzonden"}
)
_SENT_NAMES = frozenset({"sent", "gesendet", "envoyé", "enviado", "inviato", "verzonden"})
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?"
_DATED = re.compile(rf"\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}},? +(?:{_CLOCK})?\W*(?:\S{{2,5}})?\s*$")
_DATE_ONLY = re.compile(rf"\s*\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}},? *(?:{_CLOCK})?\W*$")
_TIME_ONLY = re.compile(rf"\s*{_CLOCK}\W*(?:\S{{2,5}})?\s*$")
_NOTES_ASIDE = re.compile(r"\s*(?:please respond to|sent by)\b", re.IGNORECASE)
_RULE = re.compile(r"\s*[-_=*]{8,}\s*$")


def announced_headers(lines: Sequence[str], start: int) -> tuple[Block, ...]:
    """The header block a marker announces, with the name and date Notes puts before it."""
    limit = min(start + 12, len(lines))
    for index in range(start, limit):
        if is_whole_header(lines[index]):
            whole = Block(BlockKind.HEADERS, index, index + 1)
            above = (Block(BlockKind.MARKER, start, index),) if index > start else ()
            return (*above, whole)
        if header_name(lines[index][:MAX_LINE]):
            stop = headers_stop(lines, index)
            before = Block(BlockKind.MARKER, start, index)
            after = Block(BlockKind.HEADERS, index, stop)
            return (before, after) if index > start else (after,)
        if not _may_precede_headers(lines[index]):
            break
    return ()


def is_whole_header(line: str) -> bool:
    """Whether the header block of Lotus Notes stands on one line, as some exports leave it."""
    return (
        " To: " in line and "Subject:" in line and _ON_ONE_LINE.match(line[:MAX_LINE]) is not None
    )


_ON_ONE_LINE = re.compile(
    r"\s*\S.{0,120}?\s\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})? ?(?:[AP]M)?\s"
    r"(?:\s*(?:Please respond to|Sent by)\b.{0,160}?\s)?\s*To: "
)


def _may_precede_headers(line: str) -> bool:
    return len(line) <= 120 and not line.rstrip().endswith((".", "?", "!", ","))


def begins_headers(line: str) -> bool:
    """Whether what follows a line is its headers; below "Sent by" those of Lotus Notes begin."""
    return header_name(line[:MAX_LINE]) not in ("", _SENT_BY)


def headers_at(lines: Sequence[str], index: int, floor: int) -> tuple[Block, ...] | None:
    """The headers that begin at a line, with what announces them above, or None."""
    if not header_name(lines[index][:MAX_LINE]):
        return None
    stop = headers_stop(lines, index)
    names = _header_names(lines, index, stop)
    preface = _preface_start(lines, index, floor)
    mail = _are_mail_headers(names, lines[index], has_preface=preface < index)
    if not mail and len(set(names) & _MEMO_NAMES) < _MEMO_HEADERS:
        return None
    block = Block(BlockKind.HEADERS, index, stop, memo=not mail)
    if preface == index:
        return (block,)
    kind = BlockKind.LETTERHEAD if _is_letterhead(lines, preface, index) else BlockKind.MARKER
    return (Block(kind, preface, index), block)


def _are_mail_headers(names: list[str], first: str, *, has_preface: bool) -> bool:
    """Tells mail headers from a memo's or a form's, which need no mail program to be written."""
    found = set(names)
    about = bool(found & _SUBJECT_NAMES) + bool(found & _DATE_NAMES) + bool(found & _TO_NAMES)
    if names[:2] == ["to", "cc"] and names[-1] == "subject":
        return True  # Lotus Notes, in an answer to an answer
    if names[0] in _FROM_NAMES:
        return about >= 2 or (about == 1 and "@" in first)
    if names[0] in _SENT_NAMES and found & _FROM_NAMES:
        return about >= 2  # webmail puts the moment first; nobody types "Sent:" above a memo
    return has_preface and about >= 2


def _header_names(lines: Sequence[str], start: int, stop: int) -> list[str]:
    names = [header_name(line[:MAX_LINE]) for line in lines[start:stop]]
    return [name for name in names if name]


@lru_cache(maxsize=512)
def header_name(line: str) -> str:
    """The name of the field a line states, "" for none; each line is asked about several times."""
    stated, colon, _ = line.partition(":")
    if not colon:
        return ""
    name = stated.strip(" \t").lower()
    if name in _NAMES and len(stated) <= len(name) + _MOST_BLANKS:
        return name
    name = name.strip(_AROUND_NAMES)
    is_one_word = "-" in name and " " not in name
    return _odd_header_name(line) if is_one_word or name in _NAMES else ""


_MOST_BLANKS = 3
_AROUND_NAMES = WHITE + "*|"


def _odd_header_name(line: str) -> str:
    match = _HEADER.match(line)
    return match["name"].lower() if match else ""


def headers_stop(lines: Sequence[str], start: int) -> int:
    """Index after the last header line, folded recipients and a folded subject included."""
    stop = start + 1
    subject_at = start if _is_subject(lines[start]) else -1
    while stop < min(len(lines), start + _MAX_HEADER_LINES):
        name = header_name(lines[stop][:MAX_LINE])
        if name:
            subject_at = stop if name in _SUBJECT_NAMES else subject_at
        elif not lines[stop].strip():
            if not _header_follows(lines, stop):
                break
        elif subject_at >= 0 and not _folds_subject(lines, stop, subject_at):
            break
        stop += 1
    return stop


def _is_subject(line: str) -> bool:
    return header_name(line[:MAX_LINE]) in _SUBJECT_NAMES


def _header_follows(lines: Sequence[str], blank: int) -> bool:
    after = blank + 1
    if after < len(lines) and not lines[after].strip():
        after += 1
    return after < len(lines) and header_name(lines[after][:MAX_LINE]) != ""


def _folds_subject(lines: Sequence[str], index: int, subject_at: int) -> bool:
    """A subject near the right margin goes on below when a blank line follows that."""
    is_next = index == subject_at + 1 and len(lines[subject_at]) >= WRAPPED_AT
    return is_next and (index + 1 >= len(lines) or not lines[index + 1].strip())


def _preface_start(lines: Sequence[str], index: int, floor: int) -> int:
    """First line of the name, date and rule that stand above a header block, else `index`."""
    at = _above(lines, index, floor)
    if at >= 0 and (_RULE.match(lines[at]) or _is_letterhead(lines, at, index)):
        return at
    while at >= 0 and _NOTES_ASIDE.match(lines[at][:MAX_LINE]):
        index, at = at, _above(lines, at, floor)
    if at >= 0 and _TIME_ONLY.match(lines[at][:MAX_LINE]) and not _DATE_ONLY.match(lines[at]):
        at = _above(lines, at, floor)
    if at < 0 or len(lines[at]) > MAX_LINE or not _DATED.search(lines[at]):
        return index
    return _name_start(lines, at, floor)


def _is_letterhead(lines: Sequence[str], at: int, index: int) -> bool:
    """Notes puts the company, indented, above an indented "From: name   date"."""
    return (
        lines[at][0] in " \t"
        and lines[index][0] in " \t"
        and len(lines[at]) <= 80
        and _DATED.search(lines[index]) is not None
    )


def _name_start(lines: Sequence[str], dated: int, floor: int) -> int:
    """The line with the sender's name: the dated line itself, or the one above it."""
    if not _DATE_ONLY.match(lines[dated]):
        return dated
    above = _above(lines, dated, floor)
    while above >= 0 and _NOTES_ASIDE.match(lines[above][:MAX_LINE]):
        above = _above(lines, above, floor)
    is_name = above >= 0 and len(lines[above]) <= 80 and lines[above].rstrip()[-1] not in "?!:"
    return above if is_name else dated


def _above(lines: Sequence[str], index: int, floor: int) -> int:
    """The nearest line above with something on it, at most two blank ones away, or -1."""
    for at in range(index - 1, max(floor, index - 4) - 1, -1):
        if lines[at].strip():
            return at
    return -1

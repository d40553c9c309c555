"""Where the words of others begin: quotations, forwarded mail, and the lines that announce them.

Every mail program announces them in its own way. The forms read here are the dashed marker
("-----Original Message-----"), the header block with or without dashes, the name and date that
Lotus Notes puts above its own, the attribution ("On ... wrote:") on up to three lines, and the
prefix ">". All work goes line by line, so the cost is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gonequiet.language.attributions import (
    MAX_LINE,
    ends_in_colon,
    find_attribution,
    may_hold_attribution,
)


class BlockKind(StrEnum):
    """What a run of lines is, as far as quoting goes."""

    TEXT = "text"
    QUOTATION = "quotation"  # lines behind a ">" prefix
    MARKER = "marker"  # a dashed line, a name and date, an attribution
    LETTERHEAD = "letterhead"  # the company, above the headers of Lotus Notes
    HEADERS = "headers"  # From, Sent, To, Subject of another message


class Block(NamedTuple):
    """A run of lines of one kind.

    Attributes:
        kind: what the lines are.
        start: index of the first line.
        stop: index after the last line.
        forwards: whether a marker says that what follows was passed on, not answered.
        attributes: whether a marker only names who wrote the quotation below it.
        memo: whether headers are those of a memo, typed by the one who writes.
    """

    kind: BlockKind
    start: int
    stop: int
    forwards: bool = False
    attributes: bool = False
    memo: bool = False


_WHITE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_MAX_HEADER_LINES = 120
_WRAPPED_AT = 60  # shorter quoted lines were not wrapped by a mail program

_MARKER = re.compile(
    r"[\s*_=<-]{0,90}(?:"
    r"(?P<forward>forwarded (?:message|by)|begin forwarded message|weitergeleitete (?:nachricht"
    r"|mail)"
    r"|anfang der weitergeleiteten|message (?:transféré|réexpédié)|mensaje reenviado"
    r"|messaggio inoltrato|doorgestuurd bericht|start of forwarded)"
    r"|original(?:[ -](?:message|appointment|nachricht|e-?mail)| text follows)"
    r"|ursprüngliche (?:nachricht|mail)|message d'origine|message original|mensaje original"
    r"|messaggio originale|oorspronkelijk bericht|reply (?:message|separator))",
    re.IGNORECASE,
)
_DASHED = re.compile(r"[\s<]*[-_*=]{2,}")
_BARE_FORWARD = re.compile(
    r"(?:begin forwarded message|anfang der weitergeleiteten \S+)\s*:", re.IGNORECASE
)
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
_BARE_URL_OR_TAG = re.compile(r">\s*From\b")
_RULE = re.compile(r"\s*[-_=*]{8,}\s*$")

# The first look at every message. Both searches run on a literal or a rare character first, which
# is what makes them cheap; case is spelled out because ignoring it would cost that.
_OPENS = (
    r"[ \t*|_<\u00a0\ufeff\u200e-]{0,60}(?:>|---|-----|==|[Ff]rom|FROM|[Vv]on|VON|De ?:|D[aE] ?:"
    r"|[Tt]o ?:|TO ?:|An ?:"
    r"|À ?:|[Pp]ara ?:|Aan ?:|A ?:|[Oo]riginal|ORIGINAL|[Ff]orwarded|FORWARDED|[Bb]egin |BEGIN "
    r"|Anfang d"
    r"|[Uu]rspr|[Ww]eiterg|[Mm]ess?ag|[Mm]ensaje|[Rr]eply|[Ss]tart of|[Dd]oorgest|[Oo]orspr)"
)
_OPENING = re.compile(_OPENS)
_LINE_OPENING = re.compile(r"\n" + _OPENS)


def may_hold_others_words(text: str) -> bool:
    """Says cheaply whether any announcement could be in the text; False is certain."""
    if _OPENING.match(text) or _LINE_OPENING.search(text):
        return True
    return may_hold_attribution(text) or (" To: " in text and "Subject: " in text)


_BLANKS = " \t\u00a0\ufeff\u200e"
_MARGIN = frozenset(_BLANKS)
_MAY_END = frozenset(": \t\u00a0*_：")  # ends what says who wrote
_MAY_OPEN = frozenset(">-_*=<BbA")  # begins what is announced without a colon


def find_blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Cuts lines into blocks, in order and without gaps; nothing is looked at twice."""
    text_start = 0
    refused_until = 0  # lines of a header block that proved to be none are not tried again
    for index in _candidates(lines):
        if index < text_start:
            continue
        found = _announcement(lines, index, text_start, refused_until)
        if found is None:
            if index >= refused_until and _header_name(lines[index][:MAX_LINE]):
                refused_until = _headers_stop(lines, index)
            continue
        if found[0].start > text_start:
            yield Block(BlockKind.TEXT, text_start, found[0].start)
        yield from found
        text_start = found[-1].stop
    if text_start < len(lines):
        yield Block(BlockKind.TEXT, text_start, len(lines))


def _candidates(lines: Sequence[str]) -> Iterator[int]:
    """The lines at which anything can be announced: few, and the others cost next to nothing."""
    return (
        at
        for at, line in enumerate(lines)
        if ":" in line
        or line[:1] in _MAY_OPEN
        or (line[:1] in _MARGIN and line.lstrip(_BLANKS)[:1] in _MAY_OPEN)
    )


def _announcement(
    lines: Sequence[str], index: int, floor: int, refused_until: int
) -> tuple[Block, ...] | None:
    """The blocks announced at this line, or None; may reach back as far as `floor`."""
    line = lines[index]
    stripped = line.lstrip(_BLANKS)
    if not stripped:
        return None
    if stripped[0] == ">":
        return _quotation(lines, index)
    if " To: " in line and _is_whole_header(line):
        return (Block(BlockKind.HEADERS, index, index + 1),)
    if len(line) > MAX_LINE:
        return None
    if stripped[0] in "-_*=<Bb" or stripped.startswith("Anf"):
        marker = _marker(lines, index)
        if marker is not None:
            return marker
    if ":" in line:
        headers = _headers(lines, index, floor) if index >= refused_until else None
        return headers or (_attribution(lines, index, floor) if line[-1:] in _MAY_END else None)
    return None


def _attribution(lines: Sequence[str], index: int, floor: int) -> tuple[Block, ...] | None:
    if not ends_in_colon(lines[index]):
        return None
    start = find_attribution(lines, index, floor, quotes_next=_quotes_next(lines, index))
    return None if start is None else (Block(BlockKind.MARKER, start, index + 1, attributes=True),)


def _quotation(lines: Sequence[str], index: int) -> tuple[Block, ...] | None:
    if _is_munged(lines, index):
        return None
    stop, end = index + 1, len(lines)
    while stop < end:
        step = 1 if lines[stop][:1] == ">" else _quotation_goes_on(lines, stop)
        if not step:
            break
        stop += step
    return (Block(BlockKind.QUOTATION, index, stop),)


def _is_munged(lines: Sequence[str], index: int) -> bool:
    """A lone ">From" is how mbox files protect a line of the writer's own."""
    return bool(_BARE_URL_OR_TAG.match(lines[index])) and not (
        index + 1 < len(lines) and is_quoted(lines[index + 1])
    )


def _quotation_goes_on(lines: Sequence[str], index: int) -> int:
    """How many lines from `index` still belong to the quotation above; 0 when it ended."""
    if is_quoted(lines[index]):
        return 1
    ahead = index + 1
    if not lines[index].strip():
        while ahead < len(lines) and ahead < index + 3 and not lines[ahead].strip():
            ahead += 1
    elif not _is_overflow(lines[index - 1]):
        return 0
    return ahead - index if ahead < len(lines) and is_quoted(lines[ahead]) else 0


def _is_overflow(above: str) -> bool:
    """Whether a quoted line was so long that its end may have lost the prefix."""
    return len(above) >= _WRAPPED_AT and above.rstrip()[-1:] not in ".?!:"


def is_quoted(line: str) -> bool:
    """Whether the line stands behind a quotation prefix."""
    return line[:1] == ">" or line.lstrip(" \t\u00a0")[:1] == ">"


def _marker(lines: Sequence[str], index: int) -> tuple[Block, ...] | None:
    line = lines[index]
    if not line.strip(_RULED) or not (_DASHED.match(line) or _is_bare_forward(line)):
        return None
    if not line.lstrip(_BEFORE_MARKERS).lower().startswith(_MARKED_BY):
        return None
    match = _MARKER.match(line)
    if match is None:
        return None
    stop = _marker_stop(lines, index)
    marker = Block(BlockKind.MARKER, index, stop, forwards=match["forward"] is not None)
    return (marker, *_announced_headers(lines, stop))


_BEFORE_MARKERS = _WHITE + "*_=<-"
_MARKED_BY = (
    "forwarded ", "begin forwarded ", "weitergeleitete ", "anfang der ", "message ", "mensaje ",
    "messaggio ", "doorgestuurd ", "start of forwarded", "original", "ursprüngliche ",
    "oorspronkelijk ", "reply ",
)  # fmt: skip
_RULED = " \t*_=<>-"


def _is_bare_forward(line: str) -> bool:
    """Whether a line announces forwarded mail without dashes."""
    lowered = line.lower()
    may_be = "forwarded message" in lowered or "weitergeleiteten" in lowered
    return may_be and _BARE_FORWARD.search(line) is not None


def _marker_stop(lines: Sequence[str], index: int) -> int:
    """A marker wrapped by the sender's program ends with the line that ends in dashes."""
    if "Forwarded by" not in lines[index] or lines[index].rstrip().endswith("--"):
        return index + 1
    for stop in range(index + 1, min(index + 3, len(lines))):
        if lines[stop].rstrip().endswith("--"):
            return stop + 1
    return index + 1


def _announced_headers(lines: Sequence[str], start: int) -> tuple[Block, ...]:
    """The header block a marker announces, with the name and date Notes puts before it."""
    limit = min(start + 12, len(lines))
    for index in range(start, limit):
        if _is_whole_header(lines[index]):
            whole = Block(BlockKind.HEADERS, index, index + 1)
            above = (Block(BlockKind.MARKER, start, index),) if index > start else ()
            return (*above, whole)
        if _header_name(lines[index][:MAX_LINE]):
            stop = _headers_stop(lines, index)
            before = Block(BlockKind.MARKER, start, index)
            after = Block(BlockKind.HEADERS, index, stop)
            return (before, after) if index > start else (after,)
        if not _may_precede_headers(lines[index]):
            break
    return ()


def _is_whole_header(line: str) -> bool:
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


def _headers(lines: Sequence[str], index: int, floor: int) -> tuple[Block, ...] | None:
    if not _header_name(lines[index][:MAX_LINE]):
        return None
    stop = _headers_stop(lines, index)
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
    names = [_header_name(line[:MAX_LINE]) for line in lines[start:stop]]
    return [name for name in names if name]


@lru_cache(maxsize=512)
def _header_name(line: str) -> str:
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
_AROUND_NAMES = _WHITE + "*|"


def _odd_header_name(line: str) -> str:
    match = _HEADER.match(line)
    return match["name"].lower() if match else ""


def _headers_stop(lines: Sequence[str], start: int) -> int:
    """Index after the last header line, folded recipients and a folded subject included."""
    stop = start + 1
    subject_at = start if _is_subject(lines[start]) else -1
    while stop < min(len(lines), start + _MAX_HEADER_LINES):
        name = _header_name(lines[stop][:MAX_LINE])
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
    return _header_name(line[:MAX_LINE]) in _SUBJECT_NAMES


def _header_follows(lines: Sequence[str], blank: int) -> bool:
    after = blank + 1
    if after < len(lines) and not lines[after].strip():
        after += 1
    return after < len(lines) and _header_name(lines[after][:MAX_LINE]) != ""


def _folds_subject(lines: Sequence[str], index: int, subject_at: int) -> bool:
    """A subject near the right margin goes on below when a blank line follows that."""
    is_next = index == subject_at + 1 and len(lines[subject_at]) >= _WRAPPED_AT
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
    is_name = above >= 0 and len(lines[above]) <= 80 and lines[above].rstrip()[-1] not in "?!:"
    return above if is_name else dated


def _above(lines: Sequence[str], index: int, floor: int) -> int:
    """The nearest line above with something on it, at most two blank ones away, or -1."""
    for at in range(index - 1, max(floor, index - 4) - 1, -1):
        if lines[at].strip():
            return at
    return -1


def _quotes_next(lines: Sequence[str], index: int) -> bool:
    following = (line for line in lines[index + 1 : index + 4] if line.strip())
    return is_quoted(next(following, ""))

"""Where the words of others begin: quotations, forwarded mail, and the lines that announce them.

Every mail program announces them in its own way. The forms read here are the dashed marker
("-----Original Message-----"), the header block with or without dashes, the name and date that
Lotus Notes puts above its own or beside them, the attribution ("On ... wrote:") on up to three
lines, and the prefix ">". All work goes line by line, so the cost is linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gonequiet.language.attributions import (
    MAX_LINE,
    ends_in_colon,
    find_attribution,
    may_hold_attribution,
)
from gonequiet.language.blocks import Block, BlockKind
from gonequiet.language.columned_headers import HINT, columned_headers
from gonequiet.language.quoted_headers import (
    WHITE,
    WRAPPED_AT,
    announced_headers,
    begins_headers,
    headers_at,
    headers_stop,
    is_whole_header,
)

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
_BARE_URL_OR_TAG = re.compile(r">\s*From\b")

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
    return may_hold_attribution(text) or (" To: " in text and "Subject:" in text)


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
            if index >= refused_until and begins_headers(lines[index]):
                refused_until = headers_stop(lines, index)
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
    if " To: " in line and is_whole_header(line):
        return (Block(BlockKind.HEADERS, index, index + 1),)
    if len(line) > MAX_LINE:
        return None
    if HINT in line and (columned := columned_headers(lines, index, floor)):
        return columned
    if stripped[0] in "-_*=<Bb" or stripped.startswith("Anf"):
        marker = _marker(lines, index)
        if marker is not None:
            return marker
    if ":" in line:
        headers = headers_at(lines, index, floor) if index >= refused_until else None
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
    return len(above) >= WRAPPED_AT and above.rstrip()[-1:] not in ".?!:"


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
    return (marker, *announced_headers(lines, stop))


_BEFORE_MARKERS = WHITE + "*_=<-"
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


def _quotes_next(lines: Sequence[str], index: int) -> bool:
    following = (line for line in lines[index + 1 : index + 4] if line.strip())
    return is_quoted(next(following, ""))

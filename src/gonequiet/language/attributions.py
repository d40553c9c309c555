"""The line that says who wrote what is quoted below it: "On Monday Dana Reyes wrote:".

Mail programs write it in the language of whoever uses them. Some verbs are known; where none is, a
line that names a moment and somebody with an address, and hardly anything besides, is one too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MAX_LINE = 400  # no announcement is longer; longer lines are prose and are not searched

_VERBS = (
    r"\b(?:wrote|writes|schrieb|schreibt|geschrieben|écrit|ecrit|escribió|escribio|escribe|scritto"
    r"|scrisse|schreef|escreveu|skrev|skriver|napisała?|pisze|napsala?|kirjoitti|yazdı|написала?"
    r"|писала?|пишет)"
)
_WROTE = re.compile(rf"{_VERBS}\b|写道|作成|작성", re.IGNORECASE)
_WROTE_LAST = re.compile(
    _VERBS + r"(?:\(\w\))?(?: (?:on|am) [^:]{4,40}:\d\d[^:]{0,12})?\s*:$", re.IGNORECASE
)
_ATTRIBUTION_START = re.compile(
    r"\W{0,4}(?:on|at|am|le|el|il|op|em|den|in|quoting|von|from|w dniu|dnia|dne)\b",
    re.IGNORECASE,
)
# In whatever language: a moment and somebody with an address, and next to nothing besides.
_BRACKETED = r"[<(\[](?:mailto:)?[^\s<>()\[\]@]{1,80}@[^\s<>()\[\]]{1,120}[>)\]]"
_MOMENT_FIRST = re.compile(
    rf"\W{{0,4}}(?:[^\W\d]{{1,12}}[.,]{{0,2}} )?\d[^<>@]{{4,90}}{_BRACKETED}"
    r"\S{0,8}(?: \S+){0,2}$"
)
_NAME_FIRST = re.compile(rf"\W{{0,4}}[^<>@:]{{0,60}}{_BRACKETED},?(?P<rest>[^@]{{8,80}})$")
_PROSE = re.compile(
    r"\W{0,4}(?:on|at|in|by|until|from|before|after|since|am|bis|ab|um|vom|seit|vor|nach)\b",
    re.IGNORECASE,
)
_QUOTING = re.compile(
    rf"\W{{0,4}}(?:quoting|zitat von|citando|citation de)\b.{{0,80}}{_BRACKETED}:$", re.IGNORECASE
)
_MOMENT = re.compile(
    r"(?=.*(?:(?:19|20)\d\d|\d[./-] ?\d{1,2}[./-] ?\d\d)).*\d{1,2}[:.h]\d\d", re.DOTALL
)
_COLONS = (":", "：")
_ENDS_IN_COLON = re.compile(r"[:：][ \t\u00a0*_]{0,3}(?:\n|$)")
_WROTE_HINTS = (
    "wrote", "writes", "schri", "schre", "crit", "escr", "skriv", "skrev", "pisze", "napisa",
    "napsal", "kirjoitti", "WROTE", ">:",
)  # fmt: skip
_OTHER_HINTS = (
    "yazdı", "писал", "пишет", "写道", "作成", "작성",
)  # fmt: skip


def may_hold_attribution(text: str) -> bool:
    """Says cheaply whether an attribution could be in the text; False is certain."""
    if ":\n" not in text and _ENDS_IN_COLON.search(text) is None:
        return False
    if any([hint in text for hint in _WROTE_HINTS]):  # noqa: C419  # a list is faster
        return True
    return not text.isascii() and any([hint in text for hint in _OTHER_HINTS])  # noqa: C419


def ends_in_colon(line: str) -> bool:
    """Whether a line ends as every attribution does."""
    return line.rstrip(" \t\u00a0*_").endswith(_COLONS)


def find_attribution(
    lines: Sequence[str], index: int, floor: int, *, quotes_next: bool
) -> int | None:
    """Returns the line on which an attribution begins that ends on a line, None for none.

    Args:
        lines: of the text.
        index: the line it would end on, in a colon.
        floor: the first line it may begin on.
        quotes_next: what follows is quoted by its prefix.
    """
    for start, is_signed in _starts(lines, index, floor):
        joined = " ".join(part.strip() for part in lines[start : index + 1]).rstrip(" \u00a0*_")
        if _is_signed(joined) if is_signed else _is_attribution(joined, quotes_next=quotes_next):
            return start
    return None


def _starts(lines: Sequence[str], index: int, floor: int) -> Iterator[tuple[int, bool]]:
    """Yields where it may begin, and whether only one that is signed does there."""
    above, start = index - 1, _opened_at(lines, index, floor)
    reaches_above = above >= floor and "@" in lines[above] and len(lines[above]) <= MAX_LINE
    if reaches_above and start == index:
        yield above, True
    yield start, False
    if start != index:
        yield index, False
    if reaches_above:
        yield above, False


def _opened_at(lines: Sequence[str], index: int, floor: int) -> int:
    """The line the attribution begins on: this one, or up to two lines above."""
    for start in range(index, max(floor, index - 2) - 1, -1):
        if not lines[start].strip() or len(lines[start]) > MAX_LINE:
            break
        if _ATTRIBUTION_START.match(lines[start]) and any(map(str.isdigit, lines[start])):
            return start
    return index


def _is_attribution(joined: str, *, quotes_next: bool) -> bool:
    says_wrote = _WROTE.search(joined) is not None
    may_be_prose = not (says_wrote or quotes_next) and _PROSE.match(joined) is not None
    if "@" in joined and not may_be_prose and _is_signed(joined):
        return True
    if not says_wrote:
        return False
    has_digit = any(map(str.isdigit, joined))
    if _ATTRIBUTION_START.match(joined) and has_digit:
        return True
    named_last = _WROTE_LAST.search(joined) is not None
    return named_last and (quotes_next or "@" in joined or (has_digit and len(joined) < 120))


def _is_signed(joined: str) -> bool:
    """Whether a line that ends in a colon names a moment and an address, and hardly anything else.

    So quotations are announced in languages of which not one word is known here.
    """
    if _QUOTING.match(joined):
        return True
    if not _MOMENT.match(joined):
        return False
    if _MOMENT_FIRST.match(joined):
        return True
    named = _NAME_FIRST.match(joined)
    return named is not None and _MOMENT.match(named["rest"]) is not None

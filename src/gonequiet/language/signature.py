"""How a message ends: the closing, the signature block, and what programs put below it.

Read from the bottom up, a few lines only: footers first, then the block of name, title and
telephone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gonequiet.language.footers import LINES_OF_PROSE, footer_start, is_footer
from gonequiet.language.signature_lines import (
    ENOUGH_DETAILS,
    MARKS_AT_END,
    contact_weight,
    ends_walk,
    is_closing,
    is_said,
)


class Ending(NamedTuple):
    """Line indexes at which the parts of an ending start.

    Attributes:
        signature: first line of the signature block.
        footer: first line of the footers; everything from here on was added by programs.
    """

    signature: int
    footer: int


_MAX_SIGNATURE_LINES = 14
_MAX_DELIMITED_LINES = 30
_MAX_BLANKS = 3
_LINES_OF_NAMES = 2
_ENOUGH_AFTER_CLOSING = 1
_DELIMITER = re.compile(r"\s{0,2}(?:--|__|—|–)\s{0,2}$")
_SENT_FROM = re.compile(
    r"\W{0,3}(?:sent (?:for [A-Z]|from|via|with) (?:my|a|an|the|outlook|mail|yahoo|gmail|proton"
    r"|iphone"
    r"|samsung)"
    r"|get outlook for|sent wirelessly|von mein(?:em|er) \S+.{0,20} gesendet|gesendet (?:von|mit)"
    r"|envoyé de(?:puis)? mon|enviado desde mi|diese nachricht wurde von meinem)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"\s{0,20}(?:-\s{1,3}\S.{0,80}\.\w{2,4}|<<.{1,90}>>|\(see attached file.{1,90}"
    r"|\[(?:image|cid|attachment).{0,90}\]|<embedded .{3,60}>)\s{0,9}$",
    re.IGNORECASE,
)
_ATTACHED_FIRST = ("-", "<", "(", "[")
_SENT_STARTS = ("Sent", "Get ", "Von ", "Gese", "Envo", "Envi", "Dies", "sent", "<Sent", "(Sent")


def find_ending(lines: Sequence[str], start: int, stop: int) -> Ending:
    """Finds signature and footers at the end of `lines[start:stop]`."""
    stop = _skip_attached(lines, start, stop)
    footer = footer_start(lines, start, stop)
    body_stop = _skip_blank(lines, start, footer)
    return Ending(_signature_start(lines, start, body_stop), footer)


def _skip_blank(lines: Sequence[str], start: int, stop: int) -> int:
    while stop > start and not lines[stop - 1].strip():
        stop -= 1
    return stop


def _skip_attached(lines: Sequence[str], start: int, stop: int) -> int:
    """Leaves off the names of attachments that mail programs write below the text."""
    stop = _skip_blank(lines, start, stop)
    while stop > start and is_attachment_name(lines[stop - 1]):
        stop = _skip_blank(lines, start, stop - 1)
    return stop


def is_attachment_name(line: str) -> bool:
    """Whether a line is a mail program's note of an attached file."""
    return line.lstrip()[:1] in _ATTACHED_FIRST and _ATTACHED.match(line[:200]) is not None


def _signature_start(lines: Sequence[str], start: int, stop: int) -> int:
    delimited = _delimiter(lines, start, stop)
    if delimited >= 0:
        return delimited
    top = _below_what_was_said(lines, start, _block_top(lines, start, stop), stop)
    if top == stop:
        return stop
    after_closing = _follows_closing(lines, start, top)
    again = _named_again(lines, top, stop)
    if again >= 0:
        return again
    top = _below_closing(lines, top, stop)
    needed = _ENOUGH_AFTER_CLOSING if after_closing else ENOUGH_DETAILS
    if _weighs(lines, top, stop, needed):
        return top
    return top if after_closing and _lines_held(lines, top, stop) > _LINES_OF_NAMES else stop


def _named_again(lines: Sequence[str], top: int, stop: int) -> int:
    """Where "Ida Holm" stands below "Ida", one by hand and one by the program; -1 for nowhere."""
    name = ""
    for at in range(top, stop):
        line = lines[at].strip()
        if name and line.startswith(name):
            return at
        if line:
            is_name = " " not in line and len(line) > 1 and line[0].isupper()
            name = f"{line.rstrip(MARKS_AT_END)} " if is_name else ""
    return -1


def _weighs(lines: Sequence[str], top: int, stop: int, needed: int) -> bool:
    """Whether the lines hold enough details of contact; looks no further than it must."""
    weight = 0
    for line in lines[top:stop]:
        weight += contact_weight(line)
        if weight >= needed:
            return True
    return False


def _follows_closing(lines: Sequence[str], start: int, top: int) -> bool:
    """Whether the nearest line above is "Thanks," or its like."""
    above = _skip_blank(lines, start, top)
    return above > start and is_closing(lines[above - 1])


def stands_apart(lines: Sequence[str], start: int, stop: int) -> Ending | None:
    """What a paragraph in the middle of a text is, when it is a footer or a block of contacts.

    Returns:
        An ending within the paragraph, or None when it is an ordinary one.
    """
    if is_footer(lines[start:stop]):
        return Ending(start, start)
    if stop - start < LINES_OF_PROSE or any(ends_walk(line.strip()) for line in lines[start:stop]):
        return None
    return Ending(start, stop) if _weighs(lines, start, stop, ENOUGH_DETAILS + 1) else None


def _lines_held(lines: Sequence[str], start: int, stop: int) -> int:
    return sum(1 for line in lines[start:stop] if line.strip())


def _block_top(lines: Sequence[str], start: int, stop: int) -> int:
    """Walks up from the end until a line that cannot stand in a signature."""
    top = stop
    blanks = 0
    for at in range(stop - 1, max(start, stop - _MAX_SIGNATURE_LINES) - 1, -1):
        line = lines[at].strip()
        if not line:
            blanks += 1
            if blanks > _MAX_BLANKS:
                break
            continue
        if ends_walk(line):
            break
        top = at
    return top


def _below_what_was_said(lines: Sequence[str], start: int, top: int, stop: int) -> int:
    """Leaves out a sentence that stands apart above the block, however short: "Yes."."""
    below = top + 1
    if below >= stop or lines[below].strip():
        return top
    is_all = _skip_blank(lines, start, top) == start
    if not is_said(lines[top].strip(), is_all=is_all):
        return top
    while below < stop and not lines[below].strip():
        below += 1
    return below


def _delimiter(lines: Sequence[str], start: int, stop: int) -> int:
    """The line "-- " (RFC 3676) or "Sent from my ...", when near enough to the end."""
    floor = max(start, stop - _MAX_DELIMITED_LINES)
    window = lines[floor:stop]
    if "-- " in window or "--" in window or "__" in window or "—" in window:
        return next(at for at in range(stop - 1, floor - 1, -1) if _DELIMITER.match(lines[at]))
    for at in range(stop - 1, max(start, stop - 4) - 1, -1):
        if lines[at].startswith(_SENT_STARTS) and _SENT_FROM.match(lines[at][:80]):
            return at
    return -1


def _below_closing(lines: Sequence[str], top: int, stop: int) -> int:
    """Leaves the writer's first name with the closing it follows."""
    first = lines[top].strip()
    if " " in first or contact_weight(first) or not first[:1].isalpha():
        return top
    below = top + 1
    while below < stop and not lines[below].strip():
        below += 1
    return below

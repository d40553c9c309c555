"""Headers of another message in two columns, as Lotus Notes writes them into mail for outside.

    Lee Ward
    <lee@quay.example>       To:      Kim Adler <kim@adler.example>
                             cc:
    03/04/2025 09:12 AM      Subject: Keys

On the left stand the name and the moment, on the right whom it was to and the subject. What knows
them is the one column in which "To:", "cc:" and "Subject:" stand below each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from gonequiet.language.attributions import MAX_LINE
from gonequiet.language.blocks import Block, BlockKind

HINT = "  To:"
_LEAST_COLUMN = 12  # a name and a date need as much room
_MOST_LINES = 40  # recipients may fold over many
_MOST_NAME_LINES = 6
_MOST_FOLDS = 6
_LEAST_INDENT = 2
_ENDS = ".!?,"  # of what somebody wrote


def columned_headers(lines: Sequence[str], index: int, floor: int) -> tuple[Block, ...] | None:
    """Returns the headers that begin at a line which holds `HINT`, None when it begins none.

    Args:
        lines: of the text.
        index: the line with "To:".
        floor: the first line that may belong to them.
    """
    if len(lines[index]) > MAX_LINE:
        return None
    column = lines[index].find(HINT) + 2 if index else _column_of_copies(lines)
    copied = _below(lines, index, column, "cc:") if column >= _LEAST_COLUMN else None
    subject = None if copied is None else _below(lines, copied, column, "Subject:")
    if subject is None:
        return None
    start = _name_start(lines, index, floor, column)
    stop = subject + 1
    while stop < min(len(lines), subject + 1 + _MOST_FOLDS) and _is_indented(lines[stop]):
        stop += 1
    return (Block(BlockKind.HEADERS, start, stop),)


def _column_of_copies(lines: Sequence[str]) -> int:
    """Returns the column of the first "cc:", -1 without one; the first line may lack its margin."""
    places = (line.find(" cc:") for line in lines[1:_MOST_LINES])
    return next((place + 1 for place in places if place >= 0), -1)


def _below(lines: Sequence[str], index: int, column: int, name: str) -> int | None:
    """Returns the next line on which a field stands in a column."""
    for at in range(index + 1, min(len(lines), index + _MOST_LINES)):
        if lines[at].startswith(name, column):
            return at
    return None


def _name_start(lines: Sequence[str], index: int, floor: int, column: int) -> int:
    """Returns the line on which the left column begins."""
    start = index
    while start > max(floor, index - _MOST_NAME_LINES):
        above = lines[start - 1].rstrip()
        is_first = start == 1 and above[-1:] not in _ENDS  # its margin may be gone
        if not (_is_indented(above) or is_first) or not 0 < len(above) <= column:
            break
        start -= 1
    return start


def _is_indented(line: str) -> bool:
    return line[:_LEAST_INDENT].isspace() and not line.isspace()

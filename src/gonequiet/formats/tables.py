"""Tables for other programs, with nothing in them that those would run.

A cell that begins like a formula is run by spreadsheet programs, also behind blanks and control
characters (OWASP, CSV injection); an apostrophe before it makes it plain text. Where a program
takes semicolons, tabs or line breaks for the ends of cells (a comma is the decimal mark in half of
Europe), a formula may also begin in the middle of a cell, so it is disarmed there as well.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_BEGINNING: Final = re.compile(
    r"(?:\A|[;\t\r\n])[;\"\s\x00-\x20\x7f-\xa0\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*+"
)
"""The beginning of a cell, whatever separates cells; it always takes the whole run of blanks, so
that the time stays linear."""
_FORMULA: Final = re.compile(r"'*+[=+\-@\uff1d\uff0b\uff0d\uff20|%]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def disarmed(cell: str) -> str:
    """Returns a cell that no program takes for a formula; control characters are left out."""
    return _BEGINNING.sub(_with_apostrophe, _CONTROL.sub("", cell))


def rearmed(cell: str) -> str:
    """Returns a cell as it was before `disarmed`; apostrophes of other people stay."""
    pieces: list[str] = []
    done = 0
    for found in _BEGINNING.finditer(cell):
        at = found.end()
        pieces.append(cell[done:at])
        done = at + (cell[at : at + 1] == "'" and _FORMULA.match(cell, at) is not None)
    return "".join([*pieces, cell[done:]])


def _with_apostrophe(found: re.Match[str]) -> str:
    return found[0] + ("'" if _FORMULA.match(found.string, found.end()) else "")


def render_csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yields lines of RFC 4180 CSV, every cell disarmed, line ends left to the caller."""
    # Only characters of its line end make the writer quote a cell that holds line breaks.
    line = csv.writer(_Line(), lineterminator="\r\n")
    for row in rows:
        yield str(line.writerow([disarmed(cell) for cell in row])).removesuffix("\r\n")


class _Line:
    """Gives back what is written to it: the writer returns that."""

    def write(self, text: str) -> str:
        return text


def parse_table(text: str, *, has_heading: bool = False) -> Iterator[list[str]]:
    """Yields the rows of a table, whatever separates its cells; a broken row ends it quietly.

    Args:
        text: the table.
        has_heading: its first line is its heading, so that only that says what separates cells.

    Raises:
        csv.Error: a cell is larger than any table of people holds.
    """
    head = text[:4096].partition("\n")[0] if has_heading else text[:4096]
    mark = max(",;\t|", key=head.count)
    lines = (line[0] for line in _LINE.finditer(text))
    yield from csv.reader(lines, delimiter=mark)


_LINE: Final = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
"""A line with its end, as files are cut into lines: str.splitlines would cut within cells."""

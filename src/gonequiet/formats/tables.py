"""Tables for other programs, with nothing in them that those would run.

A cell that begins like a formula is run by spreadsheet programs, also behind blanks and control
characters (OWASP, CSV injection); an apostrophe before it makes it plain text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_FORMULA: Final = re.compile(
    r"[\s\x00-\x20\x7f-\xa0\ufeff\u200b-\u200f]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]"
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def disarmed(cell: str) -> str:
    """Returns a cell that no program takes for a formula; control characters are left out."""
    text = _CONTROL.sub("", cell)
    starts = _FORMULA.match(text) is not None or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if starts else text


def render_csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yields lines of RFC 4180 CSV, every cell disarmed, line ends left to the caller."""
    line = csv.writer(_Line(), lineterminator="")
    for row in rows:
        yield str(line.writerow([disarmed(cell) for cell in row]))


class _Line:
    """Gives back what is written to it: the writer returns that."""

    def write(self, text: str) -> str:
        return text


def parse_table(text: str) -> Iterator[list[str]]:
    """Yields the rows of a table, whatever separates its cells; a broken row ends it quietly.

    Raises:
        csv.Error: a cell is larger than any table of people holds.
    """
    head = text[:4096]
    mark = max(",;\t|", key=head.count)
    yield from csv.reader(text.splitlines(keepends=True), delimiter=mark)

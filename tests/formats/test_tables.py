"""Tables for other programs: nothing in them runs, and they come back as they were."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gonequiet.formats.tables import disarmed, parse_table, rearmed, render_csv

CELLS = st.text(alphabet="'=+;\t\n\r\" a\u00a0\u202e", max_size=12) | st.text(max_size=12)


@given(CELLS)
def test_a_disarmed_cell_comes_back_and_is_safe_whatever_separates_cells(cell: str) -> None:
    shown = disarmed(cell)
    assert rearmed(shown) == re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", cell)
    for part in re.split(r"[;\t\r\n]", shown):
        assert part.strip('" \u00a0\u202e')[:1] not in {"=", "+", "-", "@", "|", "%"}


def test_apostrophes_that_disarm_nothing_stay_as_they_are() -> None:
    for cell in ("'t Hooft", "he said; 'never'", "'", "rock 'n' roll"):
        assert rearmed(cell) == disarmed(cell) == cell


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), max_size=4))
def test_a_table_that_is_written_is_read_as_the_same_rows(rows: list[list[str]]) -> None:
    lines = [f"{line}\r\n" for line in render_csv([["head", "line"], *rows])]
    found = list(parse_table("".join(lines), has_heading=True))
    assert found == [["head", "line"], *([disarmed(cell) for cell in row] for row in rows)]


def test_the_heading_says_what_separates_cells() -> None:
    text = "contact;note\nx;one, two, three, four\n"
    assert list(parse_table(text, has_heading=True))[1] == ["x", "one, two, three, four"]

"""The page of the course shows the table the code has."""

from __future__ import annotations

from pathlib import Path

from gonequiet.domain.course import TRANSITIONS, CourseState

PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "0013-course.md"


def named(states: frozenset[CourseState]) -> str:
    """Returns states as the page names them."""
    missing = [one for one in CourseState if one not in states]
    if len(missing) < 2:
        return "any" + "".join(f" but {one.value}" for one in missing)
    return "; ".join(one.value for one in CourseState if one in states)


def test_every_row_of_the_transition_table_stands_on_its_page_in_order() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    shown = [line.split(" | ")[:3] for line in lines if line.startswith("| ")][2:]
    rows = [
        [f"| {named(row.sources)}", row.event.value, row.target.value if row.target else "stays"]
        for row in TRANSITIONS
    ]
    assert shown == rows

"""C4: what costs goodwill is marked with its reason and a better wording; decent words are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories.conftest import Asked

UNKIND = {
    "grievance": "Your silence is unacceptable.",
    "guilt": "The least you could do is write back.",
    "pressure": "I need your answer today.",
    "counting-attempts": "This is my third email.",
    "false-deadline": "Act now, only two places left!",
    "mind-reading": "I guess you are not interested.",
    "empty-check-in": "Just checking in!",
}


@pytest.mark.parametrize("rule", UNKIND)
def test_an_owners_edit_that_costs_goodwill_is_marked_in_the_draft(
    desk: Asked, truth: dict[str, Any], tmp_path: Path, rule: str
) -> None:
    made = desk(
        "draft", truth["silences"][0]["addresses"][0], "--as", "reminder", "--language", "en",
        "--to-folder", str(tmp_path / "drafts"), "--as-of", truth["as_of"],
    )  # fmt: skip
    place = Path(made["saved"]["file"])
    unkind = place.read_text("utf-8").replace("One line is plenty", f"{UNKIND[rule]} One line")
    place.write_text(unkind, encoding="utf-8", newline="")
    assert made["findings"] == []
    assert {each["rule"] for each in judged(place)} == {rule}
    assert all(each["reason"] and each["suggestion"] for each in judged(place))


def judged(place: Path) -> list[dict[str, str]]:
    from gonequiet.app.linting import lint_letter

    return [each._asdict() for each in lint_letter(place.read_bytes(), place.name).findings]

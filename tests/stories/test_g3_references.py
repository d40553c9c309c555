"""G3: what others say of reliability informs patience, and never replaces the records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.stories.conftest import Asked

SAID = ("--says", "a date of hers is a date", "--by", "Greg Tolliver", "--leaning", "reliable")


def test_reliability_is_an_estimate_with_its_interval_from_promises(
    ask: Asked, truth: dict[str, Any]
) -> None:
    found = ask("reference", "Dana Reyes", "--as-of", truth["as_of"])["reliability"]
    low, high = found["interval_90"]
    assert found["kept"] == 3
    assert 0 < low < found["share"] < high < 1


def test_references_move_the_estimate_a_little_and_are_kept_apart(desk: Asked) -> None:
    before = desk("reference", "Dana Reyes")["reliability"]
    for _ in range(6):
        found = desk("reference", "Dana Reyes", *SAID)
    after = found["reliability"]
    assert (after["kept"], after["lapsed"]) == (before["kept"], before["lapsed"])
    assert before["share"] < after["share"] < before["share"] + 0.15


def test_a_reference_informs_patience(desk: Asked) -> None:
    name = "Daniel Kowalski"

    def step() -> dict[str, Any]:
        (found,) = [
            one["step"] for one in desk("next", "--as-of", "2026-04-21") if one["contact"] == name
        ]
        return dict(found)

    before = step()
    desk("reference", name, *SAID, "--on", "2026-03-02")
    after = step()
    assert (before["not_before"][:10], after["not_before"][:10]) == ("2026-04-22", "2026-04-23")
    assert "Greg Tolliver told you they are reliable: they are left more time." in after["why"]
    against = ("--says", "never paid", "--by", "Jo Field", "--leaning", "unreliable")
    desk("reference", name, *against, "--on", "2026-03-02")
    assert step() == before


def test_a_reference_is_exported_and_erased_with_the_contact(desk: Asked, tmp_path: Path) -> None:
    desk("reference", "Dana Reyes", *SAID)
    assert SAID[1] in str(desk("whole", "Dana Reyes"))
    assert SAID[1].encode() in (tmp_path / "own.db").read_bytes()
    desk("erase", "Dana Reyes", "--yes")
    assert not [file for file in tmp_path.iterdir() if SAID[1].encode() in file.read_bytes()]


def test_a_reference_is_private_and_stands_in_no_draft(desk: Asked, truth: dict[str, Any]) -> None:
    desk("reference", "Dana Reyes", *SAID)
    for form in ("reminder", "closing", "keep-warm"):
        words = ("draft", "Dana Reyes", "--as", form, "--print", "--as-of", truth["as_of"])
        assert "a date of hers" not in desk(*words)["body"]

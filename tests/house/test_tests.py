"""Rules of the house about the tests themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PURE = ("domain", "stats", "language", "formats", "analysis", "app")
_TOUCHES_A_DISK = re.compile(r"\b(?:tmp_path|tempfile|Desk|Database|subprocess)\b")


@pytest.mark.parametrize("folder", PURE)
def test_the_pure_tests_touch_no_disk_and_start_no_process(folder: str) -> None:
    modules = sorted((TESTS / folder).rglob("*.py"))
    texts = {one.name: one.read_text(encoding="utf-8") for one in modules}
    assert len(texts) > 1
    assert [name for name, text in texts.items() if _TOUCHES_A_DISK.search(text)] == []

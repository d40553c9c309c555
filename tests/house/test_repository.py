"""What is kept in the repository says nothing of the machine it was made on."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# In pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(
    "|".join(f"/{name}/" for name in ("work", "root", "tmp")) + r"|C:\\U" + "sers"
)
REGISTRIES = re.compile(
    "|".join(
        ("python" + "hosted", r"pypi\.", r"index-" + "url(?! )", "arti" + "factory", "nex" + "us")
    )
)
SECRETS = re.compile("BEGIN [A-Z ]*PRIVATE" + " KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}")
LARGEST = 3_000_000


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return []
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [path for name in listed.stdout.decode().split("\0") if (path := ROOT / name).is_file()]


FILES = tracked()


@pytest.fixture(autouse=True)
def in_a_clone() -> None:
    if not FILES:
        pytest.skip("this is no clone of the repository")


def holding(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    found = {}
    for file in FILES:
        if file != Path(__file__) and (hits := pattern.findall(text_of(file))):
            found[str(file.relative_to(ROOT))] = hits
    return found


def text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def test_no_file_names_a_registry() -> None:
    found = holding(REGISTRIES)
    found.pop("Makefile", None)  # asks that the registry's address be left out
    assert found == {}


def test_no_file_holds_a_secret() -> None:
    assert holding(SECRETS) == {}


def test_no_file_is_large() -> None:
    assert {str(file) for file in FILES if file.stat().st_size > LARGEST} == set()


def test_requirements_are_pinned_with_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if re.match(r"[a-z0-9]", line)]
        assert pins
        assert all("==" in line for line in pins)
        assert sum("--hash=sha256:" in line for line in lines) >= len(pins)


def test_no_file_holds_a_path_of_a_machine() -> None:
    assert holding(MACHINE_PATHS) == {}

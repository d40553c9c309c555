"""What is built is documented, and what is documented is built."""

from __future__ import annotations

import re
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from gonequiet.analysis.completeness import Doubt
from gonequiet.cli.commands import COMMANDS
from gonequiet.cli.entry import build
from gonequiet.cli.printing import ACT, FINE, USAGE
from gonequiet.cli.quiet import _ASIDE
from gonequiet.domain.contact import JoinRule, SetAsideReason, SuggestionReason
from gonequiet.domain.provenance import ProblemKind
from gonequiet.settings import PREFIX, Settings
from tests.docs.manual import (
    ROOT,
    command_lines,
    is_in_project,
    mentioned_commands,
    named_files,
    page,
    pages,
    paths_in,
    quoted_demo,
    relative_links,
    samples,
    sections,
    tokens_of,
)
from tests.support.desk import Desk, finish, start

PAGES = pages()
DEMO_MOMENT = "2026-05-07T16:30Z"
NAMES = [str(one.relative_to(ROOT)) for one in PAGES]


def options_of(command: str) -> list[tuple[str, ...]]:
    """Returns the names each option of a command goes by."""
    found = build()[command].assemble_argument_collection()
    return [argument.names for argument in found if argument.names != ("*",)]


def is_named(word: str, text: str) -> bool:
    """Whether a text holds a word between code marks, alone or before its value."""
    return re.search(rf"`{re.escape(word)}(?![\w-])", text) is not None


def first_level(value: Any) -> set[str]:
    """Returns the fields of a report, or of each row of one."""
    return {one for one in paths_in(value) if "." not in one.removeprefix("[].")}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_section_with_an_example(command: str) -> None:
    assert f"\ngonequiet {command}" in sections(page("commands.md"))[command]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_stands_in_its_section(command: str) -> None:
    section = sections(page("commands.md"))[command]
    missing = [
        names for names in options_of(command) if not any(is_named(one, section) for one in names)
    ]
    assert not missing


@pytest.mark.parametrize("command", COMMANDS)
def test_no_section_names_an_option_its_command_does_not_take(command: str) -> None:
    known = {name for names in options_of(command) for name in names}
    named = set(re.findall(r"`(--[a-z-]+)", sections(page("commands.md"))[command]))
    assert named <= known


def test_the_manual_describes_no_command_that_is_not_there() -> None:
    titles = sections(page("commands.md")).keys()
    assert titles - COMMANDS.keys() == {"Options most commands share", "Exit codes"}


@pytest.mark.parametrize("code", [FINE, ACT, USAGE])
def test_every_exit_code_is_explained(code: int) -> None:
    assert f"| `{code}` |" in sections(page("commands.md"))["Exit codes"]


_DEFAULTS = {one.name: one.default for one in fields(Settings)}


@pytest.mark.parametrize("name", _DEFAULTS)
def test_every_setting_is_described_with_its_default_and_its_variable(name: str) -> None:
    text = page("settings.md")
    row = next(line for line in text.splitlines() if line.startswith(f"| `{name}` |"))
    default = _DEFAULTS[name]
    stated = row.split("|")[2].strip().strip("`").strip('"')
    assert (stated if isinstance(default, str) else float(stated)) == default
    assert f"`{PREFIX}{name.upper()}`" in text


def test_the_manual_describes_no_setting_that_is_not_there() -> None:
    named = re.findall(r"^\| `([a-z_]+)` \|", page("settings.md"), re.MULTILINE)
    assert set(named) == _DEFAULTS.keys()


@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        (Doubt, "quiet.md"),
        (ProblemKind, "reading.md"),
        (JoinRule, "identity.md"),
        (SetAsideReason, "identity.md"),
        (SuggestionReason, "identity.md"),
    ],
)
def test_every_word_the_program_answers_with_is_explained(kinds: type[StrEnum], name: str) -> None:
    text = page(name)
    assert [kind.value for kind in kinds if not is_named(kind.value, text)] == []


def test_every_reason_for_setting_aside_is_explained() -> None:
    text = page("quiet.md")
    assert [words for words in _ASIDE.values() if f"| {words} |" not in text] == []


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    links = relative_links(path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_page_of_the_manual_is_reached_from_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    reached = {(ROOT / link).resolve() for link in relative_links(readme)}
    listed = {one.resolve() for one in (ROOT / "docs").glob("*.md")}
    assert listed <= reached


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_command_line_a_document_quotes_is_understood(path: Path) -> None:
    app = build()
    for line in command_lines(path.read_text(encoding="utf-8")):
        app.parse_args(tokens_of(line), exit_on_error=False, print_error=False)


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_command_a_document_mentions_is_there(path: Path) -> None:
    assert mentioned_commands(path.read_text(encoding="utf-8")) <= COMMANDS.keys()


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_the_map_and_the_recipes_name_is_there(name: str) -> None:
    named = named_files((ROOT / name).read_text(encoding="utf-8"))
    assert len(named) > 20
    assert [one for one in sorted(named) if not is_in_project(one)] == []


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Where the demo lies, and what `gonequiet demo` prints."""
    home = tmp_path_factory.mktemp("home")
    variables = {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    answer = finish(start("demo", home / "demo", environment=variables))
    assert answer.code == 0, answer.err
    return home / "demo", answer.out


@pytest.fixture(scope="module")
def demo(demo_folder: tuple[Path, str]) -> str:
    """What `gonequiet demo` prints."""
    return demo_folder[1]


def test_readme_quotes_the_demo_as_it_is(demo: str) -> None:
    real = demo.splitlines()
    wrong = [line for line in quoted_demo() if line not in real]
    assert not wrong, "run: python -m tests.docs.refresh"


def test_the_next_steps_the_demo_names_are_understood(demo: str) -> None:
    steps = [line.strip() for line in demo.splitlines() if line.startswith("  gonequiet ")]
    assert steps
    for step in steps:
        build().parse_args(tokens_of(step), exit_on_error=False, print_error=False)


@pytest.mark.parametrize(
    "line",
    [
        ("quiet", "--as-of", DEMO_MOMENT),
        ("show", "Dana Reyes", "--as-of", DEMO_MOMENT),
        ("reflect", "Oliver Hartnell", "--as-of", DEMO_MOMENT),
        ("drifting", "--as-of", DEMO_MOMENT),
        ("promises", "--as-of", DEMO_MOMENT),
        ("status", "--as-of", DEMO_MOMENT),
        ("search", "Osprey phase two"),
        ("contacts",),
        ("me",),
    ],
    ids=lambda line: str(line[0]),
)
def test_the_json_a_section_shows_has_the_fields_the_command_prints_of_the_demo(
    demo_folder: tuple[Path, str], line: tuple[str, ...]
) -> None:
    folder, _ = demo_folder
    section = sections(page("commands.md"))[line[0]]
    shown = samples(section)[0]
    printed = Desk(folder / "demo.db").asks(*line)
    assert paths_in(shown) <= paths_in(printed)
    if "There are more fields than shown here" not in section:
        assert first_level(printed) <= first_level(shown)

"""Rules of the house about code that no linter knows."""

from __future__ import annotations

import ast
import io
import re
import statistics
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "gonequiet"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 40
LONGER_WITH_REASON: frozenset[str] = frozenset()
"""Functions that may be longer than `LONGEST`; each needs its reason in a comment beside it."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Measured(NamedTuple):
    name: str
    lines: int


def name_of(module: Path) -> str:
    return str(module.relative_to(SOURCE).with_suffix(""))


@pytest.fixture(scope="module")
def functions() -> list[Measured]:
    return [one for module in MODULES for one in measured(module)]


def measured(module: Path) -> Iterator[Measured]:
    text = module.read_text(encoding="utf-8")
    code = lines_with_code(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            body = without_docstring(node.body)
            lines = [line for line in code if body and within(line, body)]
            yield Measured(f"{name_of(module)}.{node.name}", len(lines))


def within(line: int, body: list[ast.stmt]) -> bool:
    return body[0].lineno <= line <= (body[-1].end_lineno or 0)


def lines_with_code(text: str) -> set[int]:
    """Returns the lines that hold more than a comment."""
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _NO_CODE:
            found.update(range(token.start[0], token.end[0] + 1))
    return found


_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if is_text else body


def test_no_function_is_longer_than_one_can_hold_in_mind(functions: list[Measured]) -> None:
    long = {one.name for one in functions if one.lines > LONGEST}
    assert long == LONGER_WITH_REASON


def test_most_functions_are_a_few_lines(functions: list[Measured]) -> None:
    lines = [one.lines for one in functions]
    assert statistics.median(lines) <= 8
    assert sum(number < 20 for number in lines) / len(lines) >= 0.9


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    return {name_of(one): ast.parse(one.read_text(encoding="utf-8")) for one in MODULES}


def public_nodes(tree: ast.Module) -> Iterator[ast.Module | ast.ClassDef | Function]:
    """Yields the module, its classes, and the functions others may call."""
    yield tree
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node
            if not node.name.startswith("_"):
                yield from (
                    one for one in node.body if isinstance(one, Function) and is_public(one)
                )
        elif isinstance(node, Function) and is_public(node):
            yield node


def is_public(node: Function) -> bool:
    return not node.name.startswith("_")


def first_line(node: ast.Module | ast.ClassDef | Function) -> str:
    return (ast.get_docstring(node) or "").partition("\n")[0]


LABELS = re.compile(
    r"\b(?:ghost(?:ed|s|ing)?|dead lead|lead score|nudg(?:e|es|ed)|break-?up mail)\b", re.IGNORECASE
)


def test_only_the_wiring_and_the_reading_of_files_look_at_the_clock() -> None:
    """`time` is an argument: whoever needs the present is given it."""
    asking = re.compile(r"\btime\.(?:time|time_ns)\(|\bdatetime\.now\(|\bdate\.today\(|\butcnow\(")
    found = {name_of(one) for one in MODULES if asking.search(one.read_text(encoding="utf-8"))}
    assert found <= {"wiring/places", "sources/mail_files/planning"}


def test_nothing_can_send_or_fetch(trees: dict[str, ast.Module]) -> None:
    """No module that could carry anything off this machine is imported."""
    carriers = {"socket", "http", "urllib", "smtplib", "ftplib", "requests", "httpx", "webbrowser"}
    found = {
        (module, name)
        for module, tree in trees.items()
        for name in imported(tree)
        if name.partition(".")[0] in carriers and name != "urllib.parse"
    }
    assert found == set()


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_every_module_class_and_public_function_says_what_it_is_for(
    trees: dict[str, ast.Module],
) -> None:
    silent = {
        f"{name}.{getattr(node, 'name', '')}"
        for name, tree in trees.items()
        for node in public_nodes(tree)
        if not first_line(node)
    }
    assert silent == set()


def test_no_module_is_named_like_one_of_pythons_own() -> None:
    assert {name_of(one) for one in MODULES if one.stem in sys.stdlib_module_names} == set()


def test_nobody_is_labelled() -> None:
    """The situation has a name, the person has not; only the tone linter knows such words."""
    found = {
        name_of(one): LABELS.findall(one.read_text(encoding="utf-8"))
        for one in MODULES
        if not one.is_relative_to(SOURCE / "language")
    }
    assert {name: words for name, words in found.items() if words} == {}

"""The documents as the tests see them: pages, sections, links and quoted command lines."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DEMO_BEGIN, DEMO_END = "<!-- demo: real output -->", "<!-- demo ends -->"

_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_JSON = re.compile(r"^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"`([\w./*-]+(?:\.py|\.toml|\.md|/))`")
_MENTION = re.compile(r"gonequiet ([A-Za-z]+)(?: --help)?")
_VARIABLE = re.compile(r"^(?:[A-Z_]+=\S+ )+")


def pages() -> list[Path]:
    """Returns every document."""
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def page(name: str) -> str:
    """Returns the text of a page of the manual."""
    return (DOCS / name).read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """Returns what stands under each heading of the second level."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def samples(section: str) -> list[Any]:
    """Returns the JSON a section shows."""
    return [json.loads(block) for block in _JSON.findall(section)]


def paths_in(value: Any, above: str = "") -> set[str]:
    """Returns the fields of a value and of all that is in it, as `card.addresses[].rule`."""
    if isinstance(value, list):
        return set().union(*(paths_in(one, f"{above}[]") for one in value))
    if not isinstance(value, dict):
        return set()
    own = {f"{above}.{name}".lstrip(".") for name in value}
    return own.union(*(paths_in(one, f"{above}.{name}".lstrip(".")) for name, one in value.items()))


def relative_links(text: str) -> list[str]:
    """Returns the targets of links into the project, anchors left out."""
    found = (target.partition("#")[0] for target in _LINK.findall(_FENCE.sub("", text)))
    return [target for target in found if target and "://" not in target]


def command_lines(text: str) -> Iterator[str]:
    """Yields every `gonequiet ...` line the text quotes, in a block or in a sentence."""
    blocks = [line.strip() for block in _FENCE.findall(text) for line in block.splitlines()]
    for line in [*blocks, *_CODE.findall(_FENCE.sub("", text))]:
        bare = _VARIABLE.sub("", line.removeprefix("$ "))
        if bare.startswith("gonequiet ") and not _MENTION.fullmatch(bare):
            yield bare


def mentioned_commands(text: str) -> set[str]:
    """Returns the commands a text mentions by name alone: `gonequiet quiet`."""
    spans = (_MENTION.fullmatch(code) for code in _CODE.findall(_FENCE.sub("", text)))
    return {span[1] for span in spans if span} - {"COMMAND"}


def named_files(text: str) -> set[str]:
    """Returns the project's files a text names between code marks; NAME stands for any."""
    found = _FILE.findall(_FENCE.sub("", text))
    return {name for name in found if not re.search(r"NAME|NNNN|[*]", name)}


def is_in_project(name: str) -> bool:
    """Whether a file of that name, or path that ends so, is in the project."""
    if (ROOT / name).exists() or (ROOT / "src" / "gonequiet" / name).exists():
        return True
    folders = [ROOT / "src", ROOT / "tests", ROOT / "benchmarks"]
    namesakes = (one for folder in folders for one in folder.rglob(Path(name).name))
    return any(one.as_posix().endswith(f"/{name}".rstrip("/")) for one in namesakes)


def tokens_of(line: str) -> list[str]:
    """Returns what the program would be given."""
    return shlex.split(line, comments=True)[1:]


def quoted_demo() -> list[str]:
    """Returns the lines of the demo that README quotes; "..." stands for what is left out."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text[text.index(DEMO_BEGIN) : text.index(DEMO_END)]
    lines = _FENCE.findall(block)[0].splitlines()
    return [line for line in lines if line.strip() not in ("", "...")]

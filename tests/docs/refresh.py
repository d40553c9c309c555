"""Writes what the demo prints today into README: `python -m tests.docs.refresh`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.manual import DEMO_BEGIN, DEMO_END, ROOT
from tests.support.desk import finish, start

SHOWN = 3


def shortened(output: str) -> str:
    """Returns the first matters and the summary, with "..." for what is left out."""
    blocks = output.strip().split("\n\n")
    summary = next(
        number
        for number, block in enumerate(blocks)
        if "quiet" in block.split("\n")[0] and number > 0 and block[0].isdigit()
    )
    return "\n\n".join([*blocks[: 1 + SHOWN], "...", blocks[summary]])


def main() -> None:
    """Runs the demo and replaces the block."""
    with TemporaryDirectory() as folder:
        answer = finish(start("demo", Path(folder) / "demo"))
    if answer.code:
        raise SystemExit(answer.err)
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, after = text.index(DEMO_BEGIN) + len(DEMO_BEGIN), text.index(DEMO_END)
    block = f"\n```\n{shortened(answer.out)}\n```\n"
    readme.write_text(text[:before] + block + text[after:], encoding="utf-8")


if __name__ == "__main__":
    main()

"""Printing: one look for all commands, in a terminal and in a pipe, and JSON."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from contextvars import ContextVar
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from gonequiet.domain.days import Days

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
PIPED_WIDTH = 100

FINE, ACT, USAGE = 0, 1, 2
"""Exit codes: all is fine; the owner should act; the command was not understood."""


def literal(text: str, *, keep_lines: bool = False) -> str:
    """Returns a text that cannot steer the terminal: control and bidi characters are shown."""
    shown = _UNSEEN.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
    return shown if keep_lines else " ".join(shown.split())


def terminal_width() -> int:
    """Returns how many columns there are to write in; at most `PIPED_WIDTH`."""
    import shutil

    return min(shutil.get_terminal_size((80, 24)).columns, PIPED_WIDTH)


@cache
def console() -> Console:
    """Returns the terminal; plain and a little wider when piped."""
    from rich.console import Console

    class Calm(Console):
        """Leaves a reader who goes away early to whoever called."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    if sys.stdout.isatty():
        return Calm(highlight=False, markup=False, emoji=False, soft_wrap=False)
    return Calm(
        highlight=False,
        markup=False,
        emoji=False,
        width=PIPED_WIDTH,
        no_color=True,
        force_terminal=False,
    )


def print_indented(text: str, by: int, style: str = "") -> None:
    """Prints a paragraph; lines it is broken into keep the indent."""
    indent = " " * by
    lines = textwrap.wrap(
        text,
        console().width - 1,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    for line in lines:
        console().print(line, style=style, no_wrap=True, overflow="ignore", crop=False)


def print_json(value: object) -> None:
    """Prints a value as JSON, keys in their own order, moments in ISO 8601."""
    text = json.dumps(value, default=plain, ensure_ascii=False, indent=2)
    sys.stdout.write(unseen_escaped(text) + "\n")


def unseen_escaped(text: str) -> str:
    """Returns JSON whose control and bidi characters are escapes; it means the same."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain(value: object) -> Any:
    """Returns what JSON can hold of a value of ours."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def iso(moment: int | None) -> str | None:
    """Returns a moment as ISO 8601 in UTC."""
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")


_days_shown: ContextVar[Callable[[], Days]] = ContextVar("days_shown", default=Days)


def show_days_of(days: Callable[[], Days]) -> None:
    """Says by whose wall clock moments are shown, asked for when the first one is."""
    _days_shown.set(days)


def local(moment: int) -> datetime:
    """Returns a moment as the owner's wall clock shows it."""
    return _days_shown.get()().local(moment)


def day(moment: int | None) -> str:
    """Returns the owner's day of a moment, for reading."""
    return "no date" if moment is None else f"{local(moment):%d %b %Y}"


def plural(number: int, one: str, many: str = "") -> str:
    """Returns a number and its noun: "1 matter", "1,204 matters"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def print_doubts(doubts: Sequence[str], *, heading: str, aside: bool) -> None:
    """Prints why verdicts are withheld; on standard error where JSON goes to standard output."""
    if not doubts:
        return
    if aside:
        sys.stderr.writelines(f"{heading} {one}\n" for one in doubts)
        return
    console().print(f"\n{heading}")
    for one in doubts:
        print_indented(f"- {literal(one)}", 2)


def progress_to_stderr() -> _Moving | _Milestones:
    """Returns a reporter of long work: a line that moves in a terminal, milestones in a pipe."""
    return _Moving() if sys.stderr.isatty() else _Milestones()


class _Moving:
    """Rewrites one line."""

    def __call__(self, phase: str, done: int, total: int | None) -> None:
        count = f" {done:,}" if done else ""
        of = f" of {total:,}" if total else ""
        sys.stderr.write(f"\r\x1b[K{phase}{count}{of} ...")
        sys.stderr.flush()

    def __del__(self) -> None:
        sys.stderr.write("\r\x1b[K")


class _Milestones:
    """Says each phase once, and of a long one each quarter that is done."""

    def __init__(self) -> None:
        self._said = ("", 0)

    def __call__(self, phase: str, done: int, total: int | None) -> None:
        quarter = 4 * done // total if total and total >= _LONG else 0
        if (phase, quarter) != self._said and quarter < 4:
            self._said = (phase, quarter)
            count = f", {done:,} of {total:,}" if quarter else ""
            sys.stderr.write(f"{phase}{count} ...\n")


_LONG = 2_000
"""What is made of so many pieces takes seconds."""

"""Whether words were written to many at once: newsletters, receipts, notices.

What such a mail "will" do binds nobody to the reader, and what it asks is asked of everybody. The
headers tell most of it (`formats.automatic`); this looks at the words, for what came without them.
One clear sign is enough; of the slighter ones (a press here, a special offer, a link) it takes
several.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

_PAGE_CHARS = 12_000
_ENOUGH = 3  # slight signs of different kinds
_MANY_LINKS = 4


class _Cues(NamedTuple):
    """The data file, made ready."""

    clear: re.Pattern[str]
    slight: re.Pattern[str]
    clear_hints: tuple[str, ...]
    slight_hints: tuple[str, ...]


def is_sent_to_many(text: str, *, from_a_role: bool = False) -> bool:
    """Whether the words say that they were sent to many, or by a machine.

    Args:
        text: of the message.
        from_a_role: its sender is an office, not a person ("info@", "orders@"): one slight sign
            is enough.
    """
    page, cues = text[:_PAGE_CHARS].lower(), _cues()
    hinted = any([letters in page for letters in cues.clear_hints])  # noqa: C419  # a list is faster
    if hinted and cues.clear.search(page):
        return True
    wanted = 1 if from_a_role else _ENOUGH
    links = page.count("http") + page.count("www.")
    found = int(links >= _MANY_LINKS)
    if found + sum([letters in page for letters in cues.slight_hints]) >= wanted:
        found += len({match.lastgroup for match in cues.slight.finditer(page)})
    return found >= wanted


@cache
def _cues() -> _Cues:
    path = resources.files("gonequiet.language.cues").joinpath("mass.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    slight = "|".join(f"(?P<{name}>{form})" for name, form in data["slight"].items())
    return _Cues(
        re.compile("|".join(data["clear"].values())),
        re.compile(slight),
        tuple(data["hints"]["clear"]),
        tuple(data["hints"]["slight"]),
    )

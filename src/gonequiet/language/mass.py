"""Whether words were written to many at once: newsletters, receipts, notices.

What such a mail "will" do binds nobody to the reader, and what it asks is asked of everybody. The
headers tell most of it (`formats.automatic`); this looks at the words, for what came without them.
One clear sign is enough; of the slighter ones (a press here, a special offer, a link) it takes
several.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from gonequiet.language.hints import Forms, forms_of

_PAGE_CHARS = 12_000
_ENOUGH = 3  # slight signs of different kinds
_MANY_LINKS = 4


_CLEAR = "clear "  # names of clear signs begin so


def is_sent_to_many(text: str, *, from_a_role: bool = False) -> bool:
    """Whether the words say that they were sent to many, or by a machine.

    Args:
        text: of the message.
        from_a_role: its sender is an office, not a person ("info@", "orders@"): one slight sign
            is enough.
    """
    page, found = text[:_PAGE_CHARS].lower(), set[str]()
    for name in _signs().found_in(page):
        if name.startswith(_CLEAR):
            return True
        found.add(name)
    wanted = 1 if from_a_role else _ENOUGH
    links = page.count("http") + page.count("www.")
    return len(found) + (links >= _MANY_LINKS) >= wanted


@cache
def _signs() -> Forms:
    path = resources.files("gonequiet.language.cues").joinpath("mass.toml")
    data: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return forms_of(
        {f"{_CLEAR}{name}": form for name, form in data["clear"].items()} | data["slight"]
    )

"""Where what was costly to find out is kept between questions."""

from __future__ import annotations

from typing import Protocol

WHEREABOUTS = "whereabouts"
"""Under this name lies where contacts were found to be; new mail may tell of another place."""


class Shelf(Protocol):
    """Texts by name; dropped whenever conclusions are drawn anew."""

    def find_kept(self, name: str) -> str | None:
        """Returns a text by name, None when it is not kept (any more)."""

    def keep(self, name: str, text: str) -> None:
        """Keeps a text; that it cannot be kept is no failure."""

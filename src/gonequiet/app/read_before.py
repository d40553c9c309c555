"""What was read of messages for engagements, kept between questions until the records change.

This is the seam: what is asked here could come from what the reading pass stores instead. Whoever
reads imports the readers only then; they take longer to load than most questions take.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from gonequiet.app.shelf import Shelf

READER = 16
"""Raise it when the same words would be read otherwise."""

Rows = list[list[str]]


class ReadBefore:
    """Findings by topic and message, on a shelf.

    Args:
        shelf: where they are kept.
    """

    _NAME = f"engagement reading {READER}"

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        kept = shelf.find_kept(self._NAME)
        self._found: dict[str, dict[str, Rows]] = json.loads(kept) if kept else {}
        self._is_new = False

    def has(self, topic: str, name: object) -> bool:
        """Whether a finding is known."""
        return str(name) in self._found.get(topic, {})

    def get(self, topic: str, name: object, read: Callable[[], Rows]) -> Rows:
        """Returns a finding; it is read when it is not known yet."""
        topics = self._found.setdefault(topic, {})
        if str(name) not in topics:
            topics[str(name)] = read()
            self._is_new = True
        return topics[str(name)]

    def keep(self) -> None:
        """Keeps what is new for the next question."""
        if self._is_new:
            self._shelf.keep(self._NAME, json.dumps(self._found, ensure_ascii=False))
            self._is_new = False

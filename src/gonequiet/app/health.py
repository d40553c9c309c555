"""Use case: is the store sound, and how far can the records be trusted?"""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that is wrong with the store.

    Attributes:
        where: which part of it.
        what: what is wrong, in words.
    """

    where: str
    what: str

"""What must not be nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

Found = TypeVar("Found", bound="Collection[object]")


def some(found: Found) -> Found:
    """Returns what was found, of which there must be some: a loop over nothing proves nothing."""
    assert found
    return found

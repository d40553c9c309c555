"""Chance that is the same on every machine: one stream for each purpose."""

from __future__ import annotations

from random import Random


def chance(seed: int, purpose: str) -> Random:
    """Returns the stream of one purpose; more draws for one do not disturb another."""
    return Random(f"{seed}/{purpose}")  # noqa: S311 - repeatable, not secret

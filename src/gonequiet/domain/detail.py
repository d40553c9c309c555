"""Turns what only one channel knows into text for the store, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping


def as_text(values: Mapping[str, object]) -> str:
    """Returns the values as one line of JSON; what is empty is left out."""
    held = {name: value for name, value in values.items() if value not in ("", None, (), 0, False)}
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> dict[str, object]:
    """Returns the values again; what is no such text holds none."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def text_of(values: Mapping[str, object], name: str) -> str:
    """Returns a text, "" when there is none."""
    found = values.get(name)
    return found if isinstance(found, str) else ""


def number_of(values: Mapping[str, object], name: str) -> int | None:
    """Returns a whole number, None when there is none."""
    found = values.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None

"""A reference: what somebody says of a contact's reliability, recorded with its source.

It is private, it expires, and it informs the estimate made of promises kept and lapsed; it never
replaces it. It is exported and erased with the contact.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gonequiet.domain.detail import as_text, from_text, number_of, text_of
from gonequiet.domain.edit import Edit, EditVerb, active_edits


class Leaning(StrEnum):
    """Which way a reference speaks."""

    RELIABLE = "reliable"
    UNRELIABLE = "unreliable"
    NEITHER = "neither"


class Reference(NamedTuple):
    """One reference.

    Attributes:
        number: of the edit that holds it.
        address: of the contact.
        says: what was said, in the owner's words or theirs.
        said_by: who said it.
        said_on: when.
        is_fact: something that happened; else an opinion.
        leaning: which way it speaks.
        expires_on: after this day it no longer counts.
    """

    number: int
    address: str
    says: str
    said_by: str
    said_on: date
    is_fact: bool
    leaning: Leaning
    expires_on: date

    def as_text(self) -> str:
        """Returns it for the journal."""
        return as_text(
            {
                "says": self.says,
                "said_by": self.said_by,
                "said_on": self.said_on.isoformat(),
                "is_fact": self.is_fact,
                "leaning": self.leaning.value,
                "expires_on": self.expires_on.isoformat(),
            }
        )


def references_in(journal: Iterable[Edit]) -> list[Reference]:
    """Returns the references that still hold, in the order they were entered."""
    entries = [edit for edit in active_edits(journal) if edit.verb is EditVerb.REFERENCE]
    removed = {number_of(from_text(edit.second), "removes") for edit in entries}
    found = [_reference(edit) for edit in entries if edit.number not in removed]
    return [one for one in found if one is not None]


def _reference(edit: Edit) -> Reference | None:
    values = from_text(edit.second)
    try:
        return Reference(
            edit.number,
            edit.first,
            text_of(values, "says"),
            text_of(values, "said_by"),
            date.fromisoformat(text_of(values, "said_on")),
            values.get("is_fact") is True,
            Leaning(text_of(values, "leaning")),
            date.fromisoformat(text_of(values, "expires_on")),
        )
    except ValueError:
        return None

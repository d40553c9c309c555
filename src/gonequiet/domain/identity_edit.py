"""What the owner said about who is who: a journal that is only added to, and its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple


class EditVerb(StrEnum):
    """What the owner said."""

    MERGE = "merge"  # first and second are one contact
    SPLIT = "split"  # first stands alone
    ME = "me"  # first is an address of the owner
    NOT_ME = "not_me"  # first is no address of the owner
    UNDO = "undo"  # the edit numbered `undoes` no longer holds


class IdentityEdit(NamedTuple):
    """One entry of the journal.

    Attributes:
        number: rises from entry to entry.
        verb: what was said.
        first: an address.
        second: an address, for a merge.
        undoes: number of an earlier entry, for an undo; an undo can be undone.
    """

    number: int
    verb: EditVerb
    first: str = ""
    second: str = ""
    undoes: int = 0


class Edits(NamedTuple):
    """What the journal comes to.

    Attributes:
        together: pairs of addresses that are one contact.
        alone: addresses that no rule may join to another.
        mine: addresses that are the owner's.
        not_mine: addresses that are not.
    """

    together: tuple[tuple[str, str], ...]
    alone: frozenset[str]
    mine: frozenset[str]
    not_mine: frozenset[str]


def active_edits(journal: Iterable[IdentityEdit]) -> tuple[IdentityEdit, ...]:
    """The entries that still hold, in order; undos are carried out and left out."""
    undone: set[int] = set()
    active: list[IdentityEdit] = []
    for edit in sorted(journal, key=lambda entry: entry.number, reverse=True):
        if edit.number in undone:
            continue
        if edit.verb == EditVerb.UNDO:
            undone.add(edit.undoes)
        else:
            active.append(edit)
    return tuple(reversed(active))


def replay(journal: Sequence[IdentityEdit]) -> Edits:
    """Carries out a journal from its beginning; what was said later wins."""
    together: list[tuple[str, str]] = []
    alone: set[str] = set()
    mine: dict[str, bool] = {}
    for edit in active_edits(journal):
        if edit.verb == EditVerb.MERGE:
            together.append((edit.first, edit.second))
        elif edit.verb == EditVerb.SPLIT:
            together = _without(together, edit.first)
            alone.add(edit.first)
        else:
            mine[edit.first] = edit.verb == EditVerb.ME
    return Edits(
        tuple(together),
        frozenset(alone),
        frozenset(address for address, said in mine.items() if said),
        frozenset(address for address, said in mine.items() if not said),
    )


def _without(together: list[tuple[str, str]], address: str) -> list[tuple[str, str]]:
    """Takes an address out of what was merged; those merged through it stay together."""
    partners = [
        left if right == address else right
        for left, right in together
        if address in (left, right) and left != right
    ]
    kept = [pair for pair in together if address not in pair]
    return kept + list(pairwise(partners))

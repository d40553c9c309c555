"""What the owner said: a journal that is only added to, and its meaning.

Every word of the owner outranks what the program concludes, is kept, and can be taken back. What
a verb means beyond who is who stands in the module that replays it.
"""

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
    REFERENCE = "reference"  # what somebody says of the contact `first`: `second`, JSON
    FREEZE = "freeze"  # nothing is to be concluded about the contact with address first
    THAW = "thaw"  # it may be again
    RETAIN = "retain"  # records of source `first` are kept for `second` days, "" for ever
    UNDO = "undo"  # the edit numbered `undoes` no longer holds
    COLUMNS = "columns"  # which column of tables with heading `first` holds what: `second`, JSON
    MY_NAME = "my_name"  # the owner goes by `first` in chats and networks
    LOG = "log"  # an interaction entered by hand: first is the contact's key, second is JSON
    ENGAGEMENT = "engagement"  # first is a Message-ID of it, second is JSON
    COURSE = "course"  # a step of an engagement's course: first as above, second is JSON
    TANGIBLE = "tangible"  # whether a tangible commitment holds: first is its Message-ID
    PATH = "path"  # how a response is to be read: first is its Message-ID, second the path
    DRAFT = "draft"  # a draft was made: first is the contact's key, second is JSON
    OVERRULE = "overrule"  # first is the id of a piece of evidence, second why
    PROMISE = "promise"  # first is a commitment's key, second a `commitment.Verdict`
    AGREED = "agreed"  # what was agreed with the contact `first` in a conversation: `second`, JSON


IDENTITY_VERBS = frozenset(
    (
        EditVerb.MERGE,
        EditVerb.SPLIT,
        EditVerb.ME,
        EditVerb.NOT_ME,
        EditVerb.FREEZE,
        EditVerb.THAW,
    )
)
"""What is said about who is who; every conclusion rests on it."""


class Edit(NamedTuple):
    """One entry of the journal.

    Attributes:
        number: rises from entry to entry.
        verb: what was said.
        first: what it is about; an address, where it is about who is who.
        second: what is said of it; an address, for a merge.
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
        frozen: addresses of contacts about whom nothing is to be concluded.
    """

    together: tuple[tuple[str, str], ...]
    alone: frozenset[str]
    mine: frozenset[str]
    not_mine: frozenset[str]
    frozen: frozenset[str] = frozenset()


def active_edits(journal: Iterable[Edit]) -> tuple[Edit, ...]:
    """The entries that still hold, in order; undos are carried out and left out."""
    undone: set[int] = set()
    active: list[Edit] = []
    for edit in sorted(journal, key=lambda entry: entry.number, reverse=True):
        if edit.number in undone:
            continue
        if edit.verb == EditVerb.UNDO:
            undone.add(edit.undoes)
        else:
            active.append(edit)
    return tuple(reversed(active))


def identity_edits(journal: Iterable[Edit]) -> tuple[Edit, ...]:
    """What of the journal still holds and says who is who."""
    return tuple(edit for edit in active_edits(journal) if edit.verb in IDENTITY_VERBS)


def replay(journal: Sequence[Edit]) -> Edits:
    """Carries out a journal from its beginning; what was said later wins."""
    together: list[tuple[str, str]] = []
    alone: set[str] = set()
    mine: dict[str, bool] = {}
    frozen: dict[str, bool] = {}
    for edit in active_edits(journal):
        if edit.verb == EditVerb.MERGE:
            together.append((edit.first, edit.second))
        elif edit.verb == EditVerb.SPLIT:
            together = _without(together, edit.first)
            alone.add(edit.first)
        elif edit.verb in (EditVerb.ME, EditVerb.NOT_ME):
            mine[edit.first] = edit.verb == EditVerb.ME
        elif edit.verb in (EditVerb.FREEZE, EditVerb.THAW):
            frozen[edit.first] = edit.verb == EditVerb.FREEZE
    return Edits(
        tuple(together),
        frozenset(alone),
        frozenset(address for address, said in mine.items() if said),
        frozenset(address for address, said in mine.items() if not said),
        frozenset(address for address, said in frozen.items() if said),
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


def days_kept(journal: Iterable[Edit]) -> dict[str, int]:
    """How many days the records of a source are kept, where the owner said so."""
    said = {
        edit.first: edit.second for edit in active_edits(journal) if edit.verb == EditVerb.RETAIN
    }
    return {location: int(days) for location, days in said.items() if days.isdigit()}

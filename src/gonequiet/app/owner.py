"""Who the owner is taken to be: what they said, else what the records propose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gonequiet.analysis.owner import OwnerCandidate, OwnerHint, likely_owner, propose_owner
from gonequiet.domain.edit import Edit, EditVerb, active_edits


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerView:
    """Who the owner is taken to be.

    Attributes:
        addresses: the owner's addresses.
        is_confirmed: the owner said so; else it is proposed from the records.
        candidates: what was proposed, best first.
    """

    addresses: frozenset[str]
    is_confirmed: bool
    candidates: tuple[OwnerCandidate, ...]


def find_owner(edits: Sequence[Edit], hints: Sequence[OwnerHint]) -> OwnerView:
    """Returns who the owner is: as said, else as the records propose."""
    active = active_edits(edits)
    refused = {edit.first for edit in active if edit.verb is EditVerb.NOT_ME}
    said = frozenset(edit.first for edit in active if edit.verb is EditVerb.ME) - refused
    candidates = tuple(one for one in propose_owner(hints) if one.address not in refused)
    if said:
        return OwnerView(addresses=said, is_confirmed=True, candidates=candidates)
    likely = likely_owner(hints, candidates)
    return OwnerView(addresses=likely, is_confirmed=False, candidates=candidates)

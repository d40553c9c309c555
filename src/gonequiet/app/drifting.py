"""Use case: with whom has the exchange faded, though nothing is owed either way?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gonequiet.analysis.drifting import Drift, Fading, assess_drift, fit_drift, who_faded
from gonequiet.domain.moments import DAY
from gonequiet.stats.arrays import Floats, Ints

LISTED_BELOW = 0.6
"""A contact is listed when the chance that their rhythm goes on is below this."""
FEWEST_EXCHANGES = 20
"""With fewer contacts there is no rhythm of others to hold one against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftingContact:
    """A contact with whom the exchange has faded against its own rhythm.

    Attributes:
        theirs: chance that the contact's side is still alive.
        own: chance that the owner's side is.
        faded: which side has faded.
        usual_gap_days: typical days between their messages.
        silent_days: days since their last one.
        next_message: chance of a message from them within the horizon, as the past bore it out.
        last_at: moment of their last message.
    """

    name: str
    key: str
    organisation: str
    theirs: float
    own: float
    faded: str
    usual_gap_days: float
    silent_days: float
    next_message: float
    last_at: int


class ExchangeRecords(Protocol):
    """Who wrote to whom and when, of contacts that are not set aside."""

    def exchanges(self, as_of: int) -> list[tuple[int, int, bool]]:
        """Returns contact, moment, and whether the owner wrote it, of personal mail."""

    def names(self) -> dict[int, tuple[str, str, str]]:
        """Returns name, key and organisation by contact."""

    def waited_for(self, as_of: int) -> frozenset[int]:
        """Returns the contacts of whom an answer is awaited."""


def find_drifting(
    records: ExchangeRecords, *, as_of: int, horizon_days: int = 90
) -> list[DriftingContact]:
    """Returns the contacts whose side has faded, the longest rhythm first.

    A contact of whom an answer is awaited is no matter of drifting: that is a silence.
    """
    rows = records.exchanges(as_of)
    sides = [_side(rows, own=own) for own in (False, True)]
    if min(len(np.unique(group)) for group, _ in sides) < FEWEST_EXCHANGES:
        return []
    theirs, own = (
        assess_drift(
            fit_drift(*side, as_of=float(as_of), horizon_days=float(horizon_days)),
            *side,
            as_of=float(as_of),
        )
        for side in sides
    )
    return _faded(records, theirs, own, as_of)


def _side(rows: list[tuple[int, int, bool]], *, own: bool) -> tuple[Ints, Floats]:
    found = [(contact, at) for contact, at, is_own in rows if is_own == own]
    return (
        np.array([contact for contact, _ in found], np.int64),
        np.array([at for _, at in found], np.float64),
    )


def _faded(
    records: ExchangeRecords, theirs: Drift, own: Drift, as_of: int
) -> list[DriftingContact]:
    names, waited_for = records.names(), records.waited_for(as_of)
    own_alive = dict(zip(own.group.tolist(), own.alive.tolist(), strict=True))
    own_sittings = dict(zip(own.group.tolist(), (own.rhythm.repeats + 1).tolist(), strict=True))
    found = []
    for at, contact in enumerate(theirs.group.tolist()):
        if contact in waited_for or contact not in names:
            continue
        alive, ours = float(theirs.alive[at]), own_alive.get(contact, 1.0)
        sittings = float(theirs.rhythm.repeats[at]) + 1 + own_sittings.get(contact, 0.0)
        faded = who_faded(alive, ours, sittings, faded_below=LISTED_BELOW)
        if faded in (Fading.THEIRS, Fading.BOTH):
            name, key, organisation = names[contact]
            found.append(
                DriftingContact(
                    name=name,
                    key=key,
                    organisation=organisation,
                    theirs=alive,
                    own=ours,
                    faded=faded.value,
                    usual_gap_days=float(theirs.usual_gap_days[at]),
                    silent_days=float(theirs.silent_days[at]),
                    next_message=float(theirs.next_message[at]),
                    last_at=as_of - int(theirs.silent_days[at] * DAY),
                )
            )
    return sorted(found, key=lambda one: (-one.last_at, one.key))

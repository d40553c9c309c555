"""Drifting: nothing is owed either way, but the exchange has faded against its own rhythm.

Both directions are told apart, because they mean different things: the contact may have stopped
writing, the owner may have, or both. Each direction has its own rhythm and its own BG/NBD; bursts
of messages count as one sitting, for a burst says little about the rhythm. What is said is the
chance that one more message comes within a horizon, which is checked against the past, and the
chance that the exchange is still alive, which cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gonequiet.stats.arrays import Floats, Ints
from gonequiet.stats.bgnbd import BgNbd, Rhythm, chance_alive, chance_of_message, fit_bgnbd
from gonequiet.stats.hazard import DAY
from gonequiet.stats.reweigh import fit_weights

SITTING = DAY  # messages closer than this to the one before are one sitting
FADED_BELOW = 0.3
MANY_SITTINGS = 4.0  # fewer are no rhythm to fade against


class Direction(StrEnum):
    """Who writes."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Fading(StrEnum):
    """Which side of an exchange has faded."""

    NEITHER = "neither"
    THEIRS = "theirs"
    OWN = "own"
    BOTH = "both"
    TOO_LITTLE = "too_little"  # too few sittings to speak of a rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What is said of some exchanges in one direction.

    Attributes:
        group: the exchange, as it was numbered by the caller, sorted, shape (n,).
        rhythm: its sittings, in days.
        alive: chance that the rhythm goes on.
        next_message: chance of another message within the horizon.
        usual_gap_days: mean days between sittings; infinite after a single one.
        silent_days: days since the last.
    """

    group: Ints
    rhythm: Rhythm
    alive: Floats
    next_message: Floats
    usual_gap_days: Floats
    silent_days: Floats


def find_rhythm(group: Ints, moments: Floats, as_of: float) -> tuple[Ints, Rhythm]:
    """Sittings of each exchange up to a moment, in days since its first.

    Args:
        group: exchange of each message.
        moments: epoch seconds of each message; later ones than `as_of` are not looked at.
        as_of: the moment asked about.

    Returns:
        The exchanges with any message, sorted, and their rhythm in the same order.
    """
    known = moments <= as_of
    order = np.lexsort((moments[known], group[known]))
    who, when = group[known][order], moments[known][order]
    groups, first = np.unique(who, return_index=True)
    starts_sitting = np.ones(len(who), np.bool_)
    starts_sitting[1:] = (np.diff(when) > SITTING) | (np.diff(who) != 0)
    place = np.searchsorted(groups, who)
    sittings = np.bincount(place[starts_sitting], minlength=len(groups))
    last = np.zeros(len(groups))
    np.maximum.at(last, place[starts_sitting], (when - when[first][place])[starts_sitting])
    seen = as_of - when[first] if len(groups) else np.zeros(0)
    repeats = sittings.astype(np.float64) - 1.0
    rhythm = Rhythm(repeats=repeats, last=last / DAY, seen=seen / DAY)
    return groups, rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftModel:
    """BG/NBD, and how its statements about the past had to be bent to come true.

    Attributes:
        rhythm: the parameters.
        weights: of a constant, of the stated logit, and of the silence in usual gaps.
        horizon_days: the horizon the weights were learned for.
    """

    rhythm: BgNbd
    weights: Floats
    horizon_days: float


UNBENT: Floats = np.array([0.0, 1.0, 0.0])
LOOKS_BACK = 6  # moments of the past at which statements are checked
_HOLD = np.array([2.0, 10.0, 5.0])  # statements' worth of holding each weight where it is


def fit_drift(
    group: Ints, moments: Floats, *, as_of: float, horizon_days: float = 90.0
) -> DriftModel:
    """Fits the rhythm, then bends it by what came of statements made earlier.

    Contacts come back, so BG/NBD alone says too much; looking back at moments whose horizon is
    over shows by how much.

    Args:
        group: exchange of each message.
        moments: epoch seconds of each message; later ones than `as_of` are not looked at.
        as_of: the moment asked about.
        horizon_days: how far ahead.
    """
    known = moments <= as_of
    group, moments = group[known], moments[known]
    rhythm = fit_bgnbd(find_rhythm(group, moments, as_of)[1])
    plain = DriftModel(rhythm=rhythm, weights=UNBENT, horizon_days=horizon_days)
    looks = [as_of - k * horizon_days * DAY for k in range(1, LOOKS_BACK + 1)]
    past = [_look(plain, group, moments, look) for look in looks]
    parts = np.concatenate([p for p, _ in past])
    came = np.concatenate([c for _, c in past])
    weights = fit_weights(
        parts, came, np.full(len(came), 1.0 / LOOKS_BACK), centre=UNBENT, precision=_HOLD
    )
    return DriftModel(rhythm=rhythm, weights=weights, horizon_days=horizon_days)


def _look(model: DriftModel, group: Ints, moments: Floats, at: float) -> tuple[Floats, Floats]:
    """What would have been said at a moment of the past, and what came of it."""
    groups, rhythm = find_rhythm(group, moments, at)
    until = at + model.horizon_days * DAY
    came = np.isin(groups, group[(moments > at) & (moments <= until)])
    return _parts(model, rhythm), came.astype(np.float64)


def _parts(model: DriftModel, rhythm: Rhythm) -> Floats:
    """A constant, the stated logit and the silence in usual gaps, one row an exchange."""
    said = chance_of_message(model.rhythm, rhythm, model.horizon_days)
    safe = np.clip(said, 1e-6, 1.0 - 1e-6)
    silent = rhythm.seen - rhythm.last
    gap = (rhythm.seen + 30.0) / (rhythm.repeats + 1.0)
    ratio = np.log1p(silent / gap) - np.log(2.0)
    return np.column_stack((np.ones(len(said)), np.log(safe) - np.log1p(-safe), ratio))


def assess_drift(model: DriftModel, group: Ints, moments: Floats, *, as_of: float) -> Drift:
    """The state of all exchanges in one direction.

    Args:
        model: fitted to these exchanges or to others.
        group: exchange of each message.
        moments: epoch seconds of each message.
        as_of: the moment asked about.
    """
    groups, rhythm = find_rhythm(group, moments, as_of)
    logit = _parts(model, rhythm) @ model.weights
    gaps = rhythm.last / np.maximum(rhythm.repeats, 1.0)
    return Drift(
        group=groups,
        rhythm=rhythm,
        alive=chance_alive(model.rhythm, rhythm),
        next_message=1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0))),
        usual_gap_days=np.where(rhythm.repeats > 0, gaps, np.inf),
        silent_days=rhythm.seen - rhythm.last,
    )


def who_faded(
    theirs: float, own: float, sittings: float, *, faded_below: float = FADED_BELOW
) -> Fading:
    """Which side has faded, from both sides' chances to be alive.

    Args:
        theirs: chance that the contact's side goes on.
        own: chance that the owner's side goes on.
        sittings: of both sides together.
        faded_below: a chance below it counts as faded.
    """
    if sittings < MANY_SITTINGS:
        return Fading.TOO_LITTLE
    table = {
        (False, False): Fading.NEITHER,
        (True, False): Fading.THEIRS,
        (False, True): Fading.OWN,
        (True, True): Fading.BOTH,
    }
    return table[theirs < faded_below, own < faded_below]

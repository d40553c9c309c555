"""Waits drawn from a known truth: hazards, frailties and what each wait's chance really was."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.waits import Arrivals, Waits
from gonequiet.stats.arrays import Floats, Ints
from gonequiet.stats.hazard import DAY, EDGES, WIDTHS

START = 1_600_000_000.0


@dataclass(frozen=True)
class Truth:
    """The drawn waits and what generated them.

    Attributes:
        waits: the records.
        multiplier: of each wait's hazard, contact's frailty and message together.
        accumulated: hazard accumulated to each bin edge at multiplier 1.
    """

    waits: Waits
    multiplier: Floats
    accumulated: Floats

    def chance(self, rows: Ints, waited_days: Floats, horizon_days: float = 30.0) -> Floats:
        """The true chance of a reply within the horizon, given the wait so far."""
        begin = waited_days * DAY
        end = begin + horizon_days * DAY
        growth = np.interp(end, EDGES, self.accumulated) - np.interp(begin, EDGES, self.accumulated)
        return -np.expm1(-self.multiplier[rows] * growth)


def draw_waits(
    *,
    seed: int,
    contacts: int = 150,
    waits: int = 3000,
    shape: float = 1.0,
    question_effect: float = 0.7,
    years: float = 3.0,
    answered_in_all: float = 1.2,
) -> Truth:
    """Draws waits whose contacts have Gamma frailties of mean 1 and the given shape.

    The hazard falls like that of real mail: half of what accumulates does so in the first day.
    """
    rng = np.random.default_rng(seed)
    frailty = rng.gamma(shape, 1.0 / shape, contacts)
    contact = rng.integers(0, contacts, waits)
    sent_at = np.sort(START + rng.uniform(0.0, years * 365 * DAY, waits))
    asks = rng.random(waits) < 0.5
    raw = WIDTHS / (WIDTHS.cumsum() + 4 * 3600.0)
    accumulated = np.concatenate(([0.0], np.cumsum(raw / raw.sum()))) * answered_in_all
    multiplier = frailty[contact] * np.exp(question_effect * (asks - 0.5))
    target = rng.exponential(size=waits) / multiplier
    replied_after = np.where(
        target < accumulated[-1], np.interp(target, accumulated, EDGES), np.inf
    )
    replied_after = np.where(np.isfinite(replied_after), np.ceil(replied_after), np.inf)
    return Truth(_waits(contact, sent_at, asks, replied_after, rng), multiplier, accumulated)


def _waits(
    contact: Ints,
    sent_at: Floats,
    asks: np.ndarray[tuple[int], np.dtype[np.bool_]],
    replied_after: Floats,
    rng: np.random.Generator,
) -> Waits:
    n = len(sent_at)
    no = np.zeros(n, np.bool_)
    answered = np.isfinite(replied_after)
    return Waits(
        message=np.arange(n),
        owner=np.zeros(n, np.int64),
        contact=contact + 1,
        sent_at=sent_at,
        observed_until=np.full(n, sent_at[-1] + 90 * DAY),
        n_to=np.ones(n),
        n_cc=np.zeros(n),
        is_reply=no,
        is_forward=no,
        asks_question=asks,
        has_request=no,
        new_text_chars=rng.integers(20, 900, n).astype(np.float64),
        replied_after=replied_after,
        answered_by_other_after=np.full(n, np.inf),
        covered=~no,
        arrivals=Arrivals(
            owner=np.zeros(int(answered.sum()), np.int64),
            contact=contact[answered] + 1,
            received_at=(sent_at + replied_after)[answered],
        ),
    )

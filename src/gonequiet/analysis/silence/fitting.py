"""How the reply model learns: at once from sums, and better from a refit.

`update` needs nothing but sums: the owner's own events and exposure replace the pooled hazard,
and a handful of weights bend the prior's scorecard to what came of the owner's own waits. `fit`
moves every knot of the scorecard, held to that by a penalty. Both look at nothing after `as_of`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gonequiet.analysis.silence.facts import FACT_GROUPS, FactSpec, find_facts
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.model import (
    HORIZON_DAYS,
    ReplyModel,
    age_slope,
    layout_of,
    place_facts,
)
from gonequiet.analysis.silence.waits import Waits
from gonequiet.stats.additive import Additive, Penalty, Stratum, fit_additive, linear_part
from gonequiet.stats.arrays import Floats, Floats32, Ints
from gonequiet.stats.frailty import fit_shape
from gonequiet.stats.hazard import DAY, HOUR, WIDTHS, BinSums
from gonequiet.stats.reweigh import fit_weights

FIT_AGES = (0.0, 0.5, 1.0, 3.0, 7.0, 14.0, 30.0)  # days; between them effects are interpolated
ROW_WEIGHT = 0.5  # rows of one wait at several ages repeat one another
FADING_DAYS = 1095.0  # what happened three years ago teaches half as much
PRIOR_WAITS = 20.0  # the prior's hazard weighs as much as so many waits of the owner's own
BORROWED_SPREAD = 0.15  # variance of a logit whose scorecard was learned from other people's mail
BORROWED_WAITS = 200.0  # after so many own waits half of that is gone
FIRM_WAITS = 1500.0  # at so many settled waits the hold on the prior is twice the least
SHIFT_PRECISION = 1.0
STRETCH_PRECISION = 20.0


def bin_sums(waits: Waits, as_of: float) -> BinSums:
    """Events and exposure per bin of everything known at a moment."""
    used = waits.covered & (waits.sent_at <= as_of)
    seen = np.minimum(waits.observed_until, as_of) - waits.sent_at
    return BinSums.of(waits.replied_after[used], seen[used])


def settled_rows(waits: Waits, age_days: float, as_of: float) -> Ints:
    """Waits open at an age whose outcome within the horizon is known at a moment."""
    room = np.minimum(waits.observed_until, as_of) - waits.sent_at
    open_ = waits.covered & (waits.replied_after > age_days * DAY)
    return np.flatnonzero(open_ & (room >= (age_days + HORIZON_DAYS) * DAY))


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the owner's own settled waits teach.

    Attributes:
        bins: the hazard they were counted with.
        strata: one per age.
        contact: contact of each row of the first stratum.
    """

    bins: BinSums
    strata: tuple[Stratum, ...]
    contact: Ints


def find_lessons(waits: Waits, prior: ReplyModel, as_of: float) -> Lessons:
    """Gathers all settled waits at the ages the model is fitted at."""
    bins = bin_sums(waits, as_of) + prior.bins.scaled(few_waits_share(prior.bins))
    history = History.of(waits, bins.accumulated())
    strata = tuple(_stratum(waits, history, prior.specs, age, as_of) for age in FIT_AGES)
    return Lessons(bins, strata, history.groups.contact[settled_rows(waits, FIT_AGES[0], as_of)])


def few_waits_share(bins: BinSums) -> float:
    """Factor that makes the prior's hazard weigh as much as a few waits."""
    seen = float(bins.exposure[0]) * HOUR / float(WIDTHS[0])
    return min(1.0, PRIOR_WAITS / seen) if seen > 0.0 else 1.0


def _stratum(
    waits: Waits, history: History, specs: tuple[FactSpec, ...], age_days: float, as_of: float
) -> Stratum:
    rows = settled_rows(waits, age_days, as_of)
    facts = find_facts(waits, history, rows, np.full(len(rows), age_days * DAY))
    happened = waits.replied_after[rows] <= (age_days + HORIZON_DAYS) * DAY
    return Stratum(
        z=float(age_slope(np.array(age_days))),
        columns=place_facts(specs, facts),
        happened=happened.astype(np.float32),
        weights=_fading_weights(as_of - waits.sent_at[rows]),
    )


def _fading_weights(ago: Floats) -> Floats32:
    return (ROW_WEIGHT * np.exp2(-ago / (FADING_DAYS * DAY))).astype(np.float32)


def update(waits: Waits, *, prior: ReplyModel, as_of: float) -> ReplyModel:
    """The prior, yielding to the owner's own sums; no knot is fitted.

    Args:
        waits: the records; what lies after `as_of` is not looked at.
        prior: usually the shipped one.
        as_of: UTC epoch seconds.
    """
    return _updated(prior, find_lessons(waits, prior, as_of))


def fit(
    waits: Waits, *, prior: ReplyModel, as_of: float, penalty: Penalty | None = None
) -> ReplyModel:
    """Fits the whole model to everything known at a moment; deterministic.

    Args:
        waits: the records; what lies after `as_of` is not looked at.
        prior: where the scorecard stands without evidence.
        as_of: UTC epoch seconds.
        penalty: how strongly the scorecard is held to the updated prior.
    """
    lessons = find_lessons(waits, prior, as_of)
    start = _updated(prior, lessons)
    fitted = fit_additive(
        lessons.strata,
        prior.layout,
        prior=start.card,
        penalty=penalty or penalty_for(start.fitted_on),
    )
    return replace(
        start,
        card=fitted.model,
        usual=usual_weights(prior, lessons.strata),
        spread=start.spread * _still_borrowed(start.fitted_on) + fitted.mean_variance,
    )


def penalty_for(settled: int) -> Penalty:
    """The few own waits, the firmer the hold on the prior: knots are many, answers are rare."""
    firmness = 1.0 + FIRM_WAITS / max(settled, 1)
    usual = Penalty()
    return Penalty(level=usual.level * firmness, smooth=usual.smooth * firmness)


def _updated(prior: ReplyModel, lessons: Lessons) -> ReplyModel:
    learned = len(lessons.strata[0])
    if not learned:
        return replace(prior, bins=lessons.bins, spread=BORROWED_SPREAD)
    card = _reweighed(prior, lessons.strata)
    return replace(
        prior,
        bins=lessons.bins,
        card=card,
        shape=_left_over(prior, card, lessons),
        spread=BORROWED_SPREAD,
        fitted_on=learned,
    )


def _still_borrowed(fitted_on: int) -> float:
    return BORROWED_WAITS / (BORROWED_WAITS + fitted_on)


def _members(specs: tuple[FactSpec, ...]) -> Floats:
    """Which group each knot belongs to, shape (groups, width) of 0 and 1."""
    rows = [[name in group for name in [s.name for s in specs]] for group in FACT_GROUPS]
    return np.repeat(np.array(rows, np.float64), [len(s.knots) for s in specs], axis=1)


def _parts(prior: ReplyModel, stratum: Stratum, members: Floats) -> Floats:
    """The prior's logit of each row, group by group, with a column of ones and one of z."""
    ones = np.full(len(stratum), 1.0)
    z = ones * stratum.z
    card = prior.card
    groups = [
        linear_part(
            Additive(constant=0.0, effects=card.effects * m, slopes=card.slopes * m),
            prior.layout,
            stratum.columns,
            z,
        )
        for m in members
    ]
    return np.column_stack([ones, z, *groups])


def _reweighed(prior: ReplyModel, strata: tuple[Stratum, ...]) -> Additive:
    """The prior's scorecard with a weight per group of facts, a shift, and a drift with age."""
    members = _members(prior.specs)
    parts = np.concatenate([_parts(prior, stratum, members) for stratum in strata])
    card = prior.card
    groups = len(members)
    weights = fit_weights(
        parts,
        np.concatenate([s.happened for s in strata]).astype(np.float64),
        np.concatenate([s.weights for s in strata]).astype(np.float64),
        centre=np.array([card.constant, 0.0, *[1.0] * groups]),
        precision=np.array([SHIFT_PRECISION, SHIFT_PRECISION, *[STRETCH_PRECISION] * groups]),
    )
    stretch = weights[2:] @ members
    drift = np.zeros(len(stretch))
    first = layout_of(prior.specs).sizes[0]
    drift[:first] = weights[1]  # the first fact is how long was waited; its hats sum to one
    return Additive(
        constant=float(weights[0]),
        effects=card.effects * stretch,
        slopes=card.slopes * stretch + drift,
    )


def _left_over(prior: ReplyModel, card: Additive, lessons: Lessons) -> float:
    """Shape of the frailty between contacts that the facts of the message do not explain."""
    stratum = lessons.strata[0]
    members = _members(prior.specs)
    quiet = replace(prior, card=card)
    parts = _parts(quiet, stratum, members)
    without_history = card.constant + parts[:, 2]
    whole = np.logaddexp(0.0, without_history)  # -log(1 - p): hazard over the whole horizon
    happened = stratum.happened.astype(np.float64)
    until_answer = 1.0 - whole / np.expm1(np.maximum(whole, 1e-9))
    expected = np.where(happened > 0.0, until_answer, whole)
    scale = happened.sum() / max(float(expected.sum()), 1e-9)
    codes = np.unique(lessons.contact, return_inverse=True)[1]
    events: Floats = np.bincount(codes, happened).astype(np.float64)
    exposure: Floats = np.bincount(codes, expected * scale).astype(np.float64)
    return fit_shape(events, exposure)


def usual_weights(prior: ReplyModel, strata: tuple[Stratum, ...]) -> Floats:
    """Mean weight of each knot over all rows."""
    total = sum(len(stratum) for stratum in strata)
    if not total:
        return prior.usual
    sums = [np.zeros(len(spec.knots)) for spec in prior.specs]
    for stratum in strata:
        for weights, column in zip(sums, stratum.columns, strict=True):
            size = len(weights)
            weights += np.bincount(column.left, 1.0 - column.share, size)
            weights += np.bincount(column.left.astype(np.int64) + 1, column.share, size)
    return np.concatenate(sums) / total

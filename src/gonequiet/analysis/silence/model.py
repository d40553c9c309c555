"""The reply model: fitted from waits, asked for the chance that a reply still comes.

Two layers, both readable. Below, sums: events and exposure per bin of time waited give the pooled
hazard, and per owner, contact and pair the evidence of a Gamma frailty. On top, a scorecard adds
up what the facts of the message, the pair and the time since are worth. The shipped prior holds
the scorecard; the owner's own sums replace the hazard at once and refits move the scorecard.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from gonequiet.analysis.silence.facts import (
    ALL_FACTS,
    SOLO_FACTS,
    Facts,
    FactSpec,
    find_facts,
    stretch,
)
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.waits import Waits
from gonequiet.stats.additive import (
    Additive,
    Fit,
    Layout,
    Penalty,
    Stratum,
    fit_additive,
    linear_part,
)
from gonequiet.stats.arrays import Floats, Floats32, Ints
from gonequiet.stats.hats import HatRow, place
from gonequiet.stats.hazard import DAY, HOUR, WIDTHS, BinSums
from gonequiet.stats.recalibrate import Recalibration

HORIZON_DAYS = 30.0
FIT_AGES = (0.0, 0.5, 1.0, 3.0, 7.0, 14.0)  # days; between them effects are interpolated
ROW_WEIGHT = 0.5  # rows of one wait at several ages repeat one another
FADING_DAYS = 1095.0  # what happened three years ago teaches half as much


def age_slope(waited_days: Floats) -> Floats:
    """The z of the scorecard: -0.5 at once, 0.5 after two weeks, bounded after a month."""
    stretched: Floats = np.log1p(np.clip(waited_days, 0.0, 30.0)) / np.log(15.0)
    return stretched - 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyModel:
    """All that is needed to say how likely a reply still is.

    Attributes:
        specs: the facts the scorecard weighs.
        bins: events and exposure per bin of time waited; the pooled hazard.
        card: the scorecard.
        usual: mean weight of each knot over the rows it was fitted on; what reasons compare with.
        recalibration: correction from how earlier statements came out.
        fitted_on: waits the scorecard has seen of the owner's own.
    """

    specs: tuple[FactSpec, ...]
    bins: BinSums
    card: Additive
    usual: Floats
    covariance: Floats = field(repr=False)
    recalibration: Recalibration = field(default_factory=Recalibration)
    fitted_on: int = 0

    @property
    def layout(self) -> Layout:
        """Columns per fact."""
        return layout_of(self.specs)

    def accumulated(self) -> Floats:
        """The pooled hazard accumulated to each bin edge."""
        return self.bins.accumulated()


def layout_of(specs: tuple[FactSpec, ...]) -> Layout:
    """The layout of some facts' columns."""
    return Layout(tuple(len(spec.knots) for spec in specs))


def blank_model(*, team: bool = False) -> ReplyModel:
    """A model that knows nothing: no effects, a flat and slow hazard."""
    specs = ALL_FACTS if team else SOLO_FACTS
    width = layout_of(specs).width
    flat = BinSums(events=0.002 * WIDTHS / HOUR, exposure=WIDTHS / HOUR)
    return ReplyModel(
        specs=specs,
        bins=flat,
        card=Additive.zero(width),
        usual=np.zeros(width),
        covariance=np.zeros((2 * width + 1, 2 * width + 1)),
    )


def place_facts(specs: tuple[FactSpec, ...], facts: Facts) -> tuple[HatRow, ...]:
    """Each fact between its knots."""
    return tuple(
        place(stretch(spec.scale, facts[spec.name]), spec.stretched_knots()) for spec in specs
    )


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


def fit(
    waits: Waits,
    *,
    prior: ReplyModel,
    as_of: float,
    penalty: Penalty | None = None,
) -> ReplyModel:
    """Fits the model to everything known at a moment.

    Args:
        waits: the records; what lies after `as_of` is not looked at.
        prior: where the scorecard stands without evidence.
        as_of: UTC epoch seconds.
        penalty: how strongly the scorecard is held to the prior.
    """
    bins = bin_sums(waits, as_of) + prior.bins.scaled(_yielding(prior.bins))
    history = History.of(waits, bins.accumulated())
    strata = tuple(_stratum(waits, history, prior.specs, age, as_of) for age in FIT_AGES)
    fitted = fit_additive(
        strata, layout_of(prior.specs), prior=prior.card, penalty=penalty or Penalty()
    )
    return _with_fit(prior, bins, fitted, strata)


def _yielding(bins: BinSums, waits_worth: float = 20.0) -> float:
    """Factor that makes the prior's hazard weigh as much as some waits of the owner's own."""
    most = float(bins.exposure[0]) * HOUR / float(WIDTHS[0])
    return waits_worth / most if most > waits_worth else 1.0


def _with_fit(
    prior: ReplyModel, bins: BinSums, fitted: Fit, strata: tuple[Stratum, ...]
) -> ReplyModel:
    return replace(
        prior,
        bins=bins,
        card=fitted.model,
        covariance=fitted.covariance,
        usual=_usual(prior, strata),
        fitted_on=len(strata[0]),
        recalibration=Recalibration(),
    )


def _usual(prior: ReplyModel, strata: tuple[Stratum, ...]) -> Floats:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictions:
    """What is said of some waits.

    Attributes:
        probability: chance of a reply within the horizon, shape (n,).
        logit: before recalibration, for the standard horizon.
        columns: the placed facts, for reasons and intervals.
        waited_days: how long each has waited.
    """

    probability: Floats
    logit: Floats
    columns: tuple[HatRow, ...]
    waited_days: Floats


def predict(
    model: ReplyModel, waits: Waits, history: History, rows: Ints, waited_days: Floats
) -> Predictions:
    """The chance of a reply within 30 days for waits still open at an age.

    Args:
        model: fitted or shipped.
        waits: the records.
        history: `History.of(waits, model.accumulated())`; build it once for many questions.
        rows: which waits, shape (n,).
        waited_days: how long each has waited, shape (n,).
    """
    facts = find_facts(waits, history, rows, waited_days * DAY)
    columns = place_facts(model.specs, facts)
    logit = linear_part(model.card, model.layout, columns, age_slope(waited_days))
    said = 1.0 / (1.0 + np.exp(-model.recalibration.apply(logit)))
    return Predictions(probability=said, logit=logit, columns=columns, waited_days=waited_days)

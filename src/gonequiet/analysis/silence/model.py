"""The reply model as a value: sums below, a scorecard on top.

Below, events and exposure per bin of time waited give the pooled hazard, and per owner, contact
and pair the evidence of a Gamma frailty. On top, a scorecard adds up what the facts of the
message, the pair and the time since are worth. Both are numbers that can be read, and both are
all there is: the model is asked in `predicting` and learns in `fitting`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.facts import ALL_FACTS, SOLO_FACTS, Facts, FactSpec, stretch
from gonequiet.stats.additive import Additive, Layout
from gonequiet.stats.arrays import Floats
from gonequiet.stats.hats import HatRow, place
from gonequiet.stats.hazard import HOUR, WIDTHS, BinSums

HORIZON_DAYS = 30.0


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
        shape: of the Gamma frailty that is left between contacts; what intervals rest on.
        spread: variance of a stated logit that comes from having seen few waits.
        fitted_on: settled waits of the owner's own that it has learned from.
    """

    specs: tuple[FactSpec, ...]
    bins: BinSums
    card: Additive
    usual: Floats
    shape: float = 1.0
    spread: float = 0.0
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


def specs_for(*, team: bool) -> tuple[FactSpec, ...]:
    """The facts one owner can know, or a team."""
    return ALL_FACTS if team else SOLO_FACTS


def blank_model(*, team: bool = False) -> ReplyModel:
    """A model that knows nothing: no effects, a flat and slow hazard."""
    specs = specs_for(team=team)
    width = layout_of(specs).width
    flat = BinSums(events=0.002 * WIDTHS / HOUR, exposure=WIDTHS / HOUR)
    return ReplyModel(specs=specs, bins=flat, card=Additive.zero(width), usual=np.zeros(width))


def place_facts(specs: tuple[FactSpec, ...], facts: Facts) -> tuple[HatRow, ...]:
    """Each fact between its knots."""
    return tuple(
        place(stretch(spec.scale, facts[spec.name]), spec.stretched_knots()) for spec in specs
    )

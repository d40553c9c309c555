"""The reply model of the owner's own mail: fitted at fixed points, kept, and found again.

A model is fitted to what was known when the number of waits last passed a power of 1.1. So it is
never more than a tenth of the records behind, the same records always give the same model however
they came in, and a question about a past day uses what could be learned by then.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.fitting import fit, update
from gonequiet.analysis.silence.history import History
from gonequiet.analysis.silence.model import ReplyModel
from gonequiet.analysis.silence.own_ages import AGES, OwnAges, find_own_ages
from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.analysis.silence.waits import Waits
from gonequiet.app.shelf import Shelf
from gonequiet.stats.additive import Additive
from gonequiet.stats.hazard import BinSums

GROWTH = 1.1
FEWEST = 60
"""With fewer waits a fit would learn noise: the shipped prior yields to sums alone."""
FORM = 2
"""Rises when what is kept changes, so that nothing old is read as new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned from the owner's own mail.

    Attributes:
        model: the fitted model.
        own: what the owner's silences of each age came to.
    """

    model: ReplyModel
    own: OwnAges


def learn(waits: Waits, shelf: Shelf, whole: Callable[[], Waits] | None = None) -> Learned:
    """Returns what the waits known at a moment teach; fits only when that is not kept yet.

    Args:
        waits: the records as they stand at the moment of judgement, ordered by `sent_at`.
        shelf: where models are kept.
        whole: gives them with everything that arrived, where `waits` hold only a part of that.
    """
    number = _fitting_point(len(waits))
    if number == 0:
        as_of = float(waits.observed_until.max()) if len(waits) else 0.0
        model = update(whole() if whole else waits, prior=shipped_prior(), as_of=as_of)
        return Learned(model=model, own=_nothing_of_age())
    as_of = float(waits.sent_at[number - 1])
    name = f"model {FORM} {number} {as_of:.0f}"
    kept = shelf.find_kept(name)
    if kept is not None:
        return parse_learned(kept)
    learned = _learn_at((whole() if whole else waits).known_at(as_of), as_of)
    shelf.keep(name, render_learned(learned))
    return learned


def _fitting_point(waits: int) -> int:
    """The largest whole power of the growth that the number of waits has reached."""
    if waits < FEWEST:
        return 0
    point = int(GROWTH ** int(np.log(waits) / np.log(GROWTH) + 1e-9))
    return min(point, waits)


def _learn_at(known: Waits, as_of: float) -> Learned:
    model = fit(known, prior=shipped_prior(), as_of=as_of)
    history = History.of(known, model.accumulated())
    return Learned(model=model, own=find_own_ages(model, known, history, as_of))


def _nothing_of_age() -> OwnAges:
    return OwnAges(said=np.zeros(len(AGES)), came=np.zeros(len(AGES)))


def render_learned(learned: Learned) -> str:
    """Returns what was learned as JSON, to the last digit."""
    model = learned.model
    return json.dumps(
        {
            "facts": [spec.name for spec in model.specs],
            "events": model.bins.events.tolist(),
            "exposure": model.bins.exposure.tolist(),
            "constant": model.card.constant,
            "effects": model.card.effects.tolist(),
            "slopes": model.card.slopes.tolist(),
            "usual": model.usual.tolist(),
            "shape": model.shape,
            "spread": model.spread,
            "fitted_on": model.fitted_on,
            "said": learned.own.said.tolist(),
            "came": learned.own.came.tolist(),
        }
    )


def parse_learned(text: str) -> Learned:
    """Reads what `render_learned` wrote."""
    kept = json.loads(text)
    prior = shipped_prior()
    model = ReplyModel(
        specs=prior.specs,
        bins=BinSums(events=np.array(kept["events"]), exposure=np.array(kept["exposure"])),
        card=Additive(
            constant=kept["constant"],
            effects=np.array(kept["effects"]),
            slopes=np.array(kept["slopes"]),
        ),
        usual=np.array(kept["usual"]),
        shape=kept["shape"],
        spread=kept["spread"],
        fitted_on=kept["fitted_on"],
    )
    return Learned(
        model=model, own=OwnAges(said=np.array(kept["said"]), came=np.array(kept["came"]))
    )

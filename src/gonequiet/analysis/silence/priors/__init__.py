"""What the reply model believes before it has seen any mail of the owner's.

Fitted by `benchmarks/priors.py` on public lists and company mail, and shipped as numbers: the
scorecard's value at each knot, and a few waits' worth of pooled hazard. No record and no person
is in it. How the numbers were chosen stands in docs/decisions/0003-reply-model.md.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np

from gonequiet.analysis.silence.facts import FactSpec
from gonequiet.analysis.silence.model import ReplyModel, blank_model
from gonequiet.stats.additive import Additive
from gonequiet.stats.arrays import Floats
from gonequiet.stats.hazard import BinSums

_DIGITS = 4


@cache
def shipped_prior(*, team: bool = False) -> ReplyModel:
    """The prior every owner starts with.

    Args:
        team: weigh what a whole team sees of the contacts too.
    """
    name = "team.json" if team else "owner.json"
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return parse_prior(text, team=team)


def parse_prior(text: str, *, team: bool) -> ReplyModel:
    """Reads a prior as `render_prior` wrote it."""
    blank = blank_model(team=team)
    stored = json.loads(text)
    facts = stored["facts"]
    return replace(
        blank,
        bins=BinSums(events=np.array(stored["events"]), exposure=np.array(stored["exposure"])),
        card=Additive(
            constant=stored["constant"],
            effects=_column(blank.specs, facts, "effects"),
            slopes=_column(blank.specs, facts, "slopes"),
        ),
        usual=_column(blank.specs, facts, "usual"),
        shape=stored["shape"],
        spread=stored["spread"],
        fitted_on=stored["fitted_on"],
    )


def _column(
    specs: tuple[FactSpec, ...], facts: dict[str, dict[str, list[float]]], name: str
) -> Floats:
    return np.concatenate([np.array(facts[spec.name][name], np.float64) for spec in specs])


def render_prior(model: ReplyModel) -> str:
    """Writes a prior as JSON, rounded, one fact a line."""
    layout = model.layout
    facts = {
        spec.name: {
            "effects": _rounded(layout.part(model.card.effects, k)),
            "slopes": _rounded(layout.part(model.card.slopes, k)),
            "usual": _rounded(layout.part(model.usual, k)),
        }
        for k, spec in enumerate(model.specs)
    }
    lines = ",\n".join(f'  "{name}": {json.dumps(values)}' for name, values in facts.items())
    head = {
        "constant": round(model.card.constant, _DIGITS),
        "shape": round(model.shape, _DIGITS),
        "spread": round(model.spread, _DIGITS),
        "fitted_on": model.fitted_on,
        "events": _rounded(model.bins.events),
        "exposure": _rounded(model.bins.exposure),
    }
    rest = ",\n".join(f' "{name}": {json.dumps(value)}' for name, value in head.items())
    return f'{{\n{rest},\n "facts": {{\n{lines}\n }}\n}}\n'


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), _DIGITS) for value in values]

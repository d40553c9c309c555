"""Fits the shipped priors from tables of waits, and measures what they are worth elsewhere.

Usage:
    python -m benchmarks.priors write DIR ...       fits on all tables, writes the package data
    python -m benchmarks.priors transfer DIR ...    each table from priors fitted on the others

Only what was known before the 70 % cut of each table is used, so that the later part stays fresh.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from gonequiet.analysis.silence.facts import OWNER_VOLUME
from gonequiet.analysis.silence.fitting import (
    BORROWED_SPREAD,
    Lessons,
    few_waits_share,
    find_lessons,
    fit,
    update,
    usual_weights,
)
from gonequiet.analysis.silence.model import ReplyModel, blank_model
from gonequiet.analysis.silence.priors import parse_prior, render_prior
from gonequiet.app.backtest import Learner, replay_start, replay_waits, report_on
from gonequiet.sources.waiting_tables import read_waiting_tables
from gonequiet.stats.additive import Penalty, Stratum, fit_additive
from gonequiet.stats.hats import HatRow
from gonequiet.stats.hazard import BinSums

PRIOR_PENALTY = Penalty(level=12.0, smooth=36.0)
MOST_WAITS = 10_000.0  # a larger table counts no more than this
PACKAGE_DATA = Path(__file__).parents[1] / "src/gonequiet/analysis/silence/priors"


def lessons_of(directory: str, *, team: bool) -> Lessons:
    waits = read_waiting_tables(directory, team=team)
    return find_lessons(waits, blank_model(team=team), replay_start(waits))


def fit_prior(lessons: Sequence[Lessons], *, team: bool) -> ReplyModel:
    """One prior from the lessons of several tables; figures of the owner's volume are left out."""
    blank = blank_model(team=team)
    weighed = [_weighed(lesson, blank) for lesson in lessons]
    strata = tuple(_joined(same_age) for same_age in zip(*weighed, strict=True))
    fitted = fit_additive(strata, blank.layout, prior=blank.card, penalty=PRIOR_PENALTY)
    bins = [lesson.bins.scaled(few_waits_share(lesson.bins)) for lesson in lessons]
    pooled = replace(
        blank,
        bins=_total(bins),
        card=fitted.model,
        usual=usual_weights(blank, strata),
        spread=BORROWED_SPREAD,
    )
    return parse_prior(render_prior(pooled), team=team)


def _total(bins: Sequence[BinSums]) -> BinSums:
    total = bins[0]
    for more in bins[1:]:
        total += more
    return total


def _weighed(lessons: Lessons, blank: ReplyModel) -> list[Stratum]:
    """Strata with owner volume blanked and large tables weighed down."""
    factor = np.float32(min(1.0, MOST_WAITS / len(lessons.strata[0])))
    names = [spec.name for spec in blank.specs]
    return [
        replace(
            stratum,
            weights=stratum.weights * factor,
            columns=tuple(
                _blanked(column) if name in OWNER_VOLUME else column
                for name, column in zip(names, stratum.columns, strict=True)
            ),
        )
        for stratum in lessons.strata
    ]


def _blanked(column: HatRow) -> HatRow:
    return HatRow(np.zeros_like(column.left), np.zeros_like(column.share))


def _joined(strata: Sequence[Stratum]) -> Stratum:
    columns = tuple(
        HatRow(np.concatenate([c.left for c in same]), np.concatenate([c.share for c in same]))
        for same in zip(*(s.columns for s in strata), strict=True)
    )
    return Stratum(
        z=strata[0].z,
        columns=columns,
        happened=np.concatenate([s.happened for s in strata]),
        weights=np.concatenate([s.weights for s in strata]),
    )


def write(directories: Sequence[str]) -> None:
    for team, name in ((False, "owner.json"), (True, "team.json")):
        prior = fit_prior([lessons_of(d, team=team) for d in directories], team=team)
        (PACKAGE_DATA / name).write_text(render_prior(prior), encoding="utf-8")
        print("written", name)


def transfer(directories: Sequence[str], *, team: bool) -> None:
    lessons = {d: lessons_of(d, team=team) for d in directories}
    for target in directories:
        prior = fit_prior([lessons[d] for d in directories if d != target], team=team)
        waits = read_waiting_tables(target, team=team)
        for name, learn, refit in RUNS:
            replay = replay_waits(waits, prior=prior, refit_days=refit, learn=learn)
            report = report_on(replay)
            pooled = report.pooled
            print(
                f"{Path(target).name:18} {name:14} AUC {pooled.auc:.4f}  "
                f"log loss {pooled.log_loss:.4f}  ECE {pooled.ece:.4f}  cold ECE "
                f"{report.cold.ece:.4f}",
                flush=True,
            )


RUNS: tuple[tuple[str, Learner, float | None], ...] = (
    ("sums, once", update, None),
    ("sums, 182 days", update, 182.0),
    ("fit, once", fit, None),
    ("fit, 182 days", fit, 182.0),
)


def main(arguments: Sequence[str]) -> None:
    directories = [a for a in arguments[1:] if not a.startswith("--")]
    if arguments[0] == "write":
        write(directories)
    else:
        transfer(directories, team="--team" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])

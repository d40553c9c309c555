"""Use case: were the probabilities right, and what does being wrong cost?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gonequiet.analysis.silence.picture import render_reliability_svg
from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.analysis.silence.waits import Waits
from gonequiet.app.backtest import START_SHARE, BacktestReport, Replay, replay_waits, report_on
from gonequiet.app.backtest_costs import Costs, costs_at, rules_of_thumb, threshold_for
from gonequiet.stats.scoring import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtested:
    """What a replay showed.

    Attributes:
        report: how honest the statements were.
        costs: what the owner's threshold costs.
        wanted: the threshold that meets a wanted rate of false alarms, None when none was named.
        rules: figures of what is usually done instead, by name.
        picture: the reliability picture, SVG.
    """

    report: BacktestReport
    costs: Costs
    wanted: Costs | None
    rules: dict[str, Figures]
    picture: str


def replay_all(
    waits: Waits, *, threshold: float, false_alarms: float | None, team: bool
) -> tuple[Backtested, Replay]:
    """Replays records and returns what that showed, and every statement.

    Args:
        waits: the records.
        threshold: the owner's.
        false_alarms: wanted at most so many a month, None when the owner names no rate.
        team: weigh what a whole team sees.
    """
    replay = replay_waits(waits, prior=shipped_prior(team=team))
    report = report_on(replay)
    wanted = None
    if false_alarms is not None:
        wanted = costs_at(replay, threshold_for(replay, false_alarms))
    start = float(np.quantile(waits.sent_at[waits.covered], START_SHARE)) if len(waits) else 0.0
    found = Backtested(
        report=report,
        costs=costs_at(replay, threshold),
        wanted=wanted,
        rules=rules_of_thumb(replay, waits, start) if report.pooled.n else {},
        picture=render_reliability_svg(report.bands),
    )
    return found, replay

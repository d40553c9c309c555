"""The reply model on real waits: the bars it must not fall below."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonequiet.analysis.silence.model import blank_model
from gonequiet.analysis.silence.priors import shipped_prior
from gonequiet.app.backtest import replay_start, replay_waits, report_on
from gonequiet.app.backtest_costs import rules_of_thumb
from gonequiet.sources.waiting_tables import read_waiting_tables

TABLES = Path(__file__).parents[3] / "shared/data/waiting"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not TABLES.exists(), reason="../shared/data/waiting is not here"),
]


@pytest.mark.parametrize(
    ("table", "auc", "log_loss", "ece"),
    [
        ("vendor-list", 0.845, 0.104, 0.010),
        ("engineers-list", 0.795, 0.200, 0.010),
        ("maintainers-list", 0.906, 0.082, 0.010),
        ("company", 0.840, 0.0505, 0.010),
    ],
)
def test_one_owner_reaches_the_bars(table: str, auc: float, log_loss: float, ece: float) -> None:
    waits = read_waiting_tables(str(TABLES / table), team=False)
    replay = replay_waits(waits, prior=shipped_prior())
    report = report_on(replay)
    assert report.pooled.auc >= auc
    assert report.pooled.log_loss <= log_loss
    assert report.pooled.ece <= ece
    assert report.cold.ece <= 0.03
    base = rules_of_thumb(replay, waits, replay_start(waits))["base rate per age"]
    assert report.pooled.log_loss < base.log_loss


@pytest.mark.parametrize(("table", "auc"), [("vendor-list", 0.888), ("engineers-list", 0.810)])
def test_a_team_knows_more(table: str, auc: float) -> None:
    waits = read_waiting_tables(str(TABLES / table), team=True)
    report = report_on(replay_waits(waits, prior=shipped_prior(team=True)))
    assert report.pooled.auc >= auc


def test_without_any_prior_the_model_still_learns_from_one_table() -> None:
    waits = read_waiting_tables(str(TABLES / "engineers-list"), team=False)
    report = report_on(replay_waits(waits, prior=blank_model(), refit_days=None))
    assert report.pooled.auc >= 0.787
    assert report.pooled.log_loss <= 0.203
